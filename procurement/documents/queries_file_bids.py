"""What a tender's file holds about its bids once they are opened, and the receipts before that.

Whoever calls has made sure that the reader may see the bids with their prices. Before the opening there are the
receipts only, without names: those are for officers, the file is for auditors as well.
"""

from collections.abc import Mapping

import sqlalchemy as sa

from procurement.bids.models import Bid, BidFile, BidOpening, SheetReading
from procurement.bids.queries_firms import notices_of, registrations_of
from procurement.bids.queries_negotiation import rounds
from procurement.bids.states import BidState
from procurement.core.db import db
from procurement.documents.file_registers import Cell, Line, Register
from procurement.examination import queries as examination
from procurement.tenders.models import Tender

UNREAD = (BidState.SEALED, BidState.WITHDRAWN)
NO_FILE: list[BidFile | None] = [None]


def bid_name(bid: Bid) -> str:
    """How lists name a bid."""
    return f"Angebot {bid.number}, {bid.shown_name}"


def _bids(tender: Tender) -> list[Bid]:
    return list(db.session.scalars(sa.select(Bid).filter_by(tender_id=tender.id).order_by(Bid.number)))


def receipts(tender: Tender, *, with_names: bool) -> Register:
    """Every file that came in with the hash on its receipt."""
    lines = [_receipt(bid, file, with_names=with_names) for bid in _bids(tender) for file in (bid.files or NO_FILE)]
    return Register("Eingangsbestätigungen", "Eingegangene Angebote und ihre Dateien mit Prüfsumme bei Eingang", lines)


def _receipt(bid: Bid, file: BidFile | None, *, with_names: bool) -> Line:
    name: dict[str, Cell] = {"Bieter": bid.shown_name} if with_names else {}
    excuse: dict[str, Cell] = {"Verspätung nicht zu vertreten": bid.late_excused_reason} if with_names else {}
    return {
        "Angebot": bid.number,
        **name,
        "Runde": bid.round_number,
        "Eingang": bid.received_at,
        "Stand": bid.state,
        "Datei": file.number if file else None,
        "Los": file.lot.number if file and file.lot else None,
        "SHA-256 bei Eingang": (file.sealed_sha256 if file else "") or "",
        **excuse,
    }


def firms(tender: Tender) -> Register:
    """Firms that asked to be informed."""
    return Register(
        "Unternehmen",
        "Unternehmen, die unterrichtet werden wollten (§ 9 Abs. 3 VgV)",
        [
            {"Unternehmen": one.bidder.name, "Ort": one.bidder.city, "Vermerkt": one.registered_at}
            for one in registrations_of(tender.id)
        ],
    )


def notices(tender: Tender) -> Register:
    """What firms were told, oldest first."""
    return Register(
        "Mitteilungen",
        "Mitteilungen an Unternehmen im Wortlaut",
        [
            {
                "Unternehmen": one.bidder.name,
                "Betreff": one.subject,
                "Text": one.text,
                "An": one.recipient or "per Post",
                "Verfasst": one.made_at,
                "Unterrichtet": one.informed_at,
            }
            for one in sorted(notices_of(tender.id), key=lambda one: one.id)
        ],
    )


def openings(tender: Tender) -> Register:
    """Who opened when, round by round."""
    query = sa.select(BidOpening).filter_by(tender_id=tender.id).order_by(BidOpening.round_number)
    return Register(
        "Öffnungen",
        "Angebotsöffnungen durch zwei Personen (§ 55 VgV)",
        [
            {
                "Runde": one.round_number,
                "Erste Person": one.first_by.name,
                "Erste Freigabe": one.first_at,
                "Zweite Person": one.second_by.name if one.second_by else "",
                "Zweite Freigabe": one.second_at,
                "Übernommen von": one.imported_from,
            }
            for one in db.session.scalars(query)
        ],
    )


def negotiations(tender: Tender) -> Register:
    """Invitations to further bids."""
    return Register(
        "Verhandlungsrunden",
        "Aufforderungen zu weiteren Angeboten (§ 17 VgV)",
        [
            {
                "Runde": one.number,
                "Frist": one.deadline_at,
                "Gegenstand": one.topics,
                "Letzte Runde": one.is_final,
                "Ohne weiteres Angebot": one.without_bid,
                "Nicht aufgefordert, weil": one.reason_left_out,
                "Aufgefordert": one.invited_at,
                "Person": one.invited_by.name,
            }
            for one in rounds(tender.id)
        ],
    )


def opened_files(tender: Tender) -> list[BidFile]:
    """The files of opened bids without their bytes, by bid and number; withdrawn bids are never read."""
    query = sa.select(BidFile).join(Bid, Bid.id == BidFile.bid_id)
    query = query.where(Bid.tender_id == tender.id, Bid.state.not_in(UNREAD), BidFile.content_sha256.is_not(None))
    return list(db.session.scalars(query.order_by(Bid.number, BidFile.number)))


def clear_bytes(file_id: int) -> bytes:
    """The bytes of an opened file, read when they are needed and forgotten again."""
    query = sa.select(BidFile.content).filter_by(id=file_id)
    return db.session.scalar(query) or b""


def files_received(tender: Tender) -> Register:
    """The opened files with both hashes, and where they lie in the archive."""
    return Register(
        "Dateien",
        "Dateien der geöffneten Angebote mit Prüfsumme",
        [
            {
                "Angebot": one.bid.number,
                "Bieter": one.bid.shown_name,
                "Datei": one.number,
                "Name": one.filename,
                "Los": one.lot.number if one.lot else None,
                "Eingang": one.received_at,
                "SHA-256 versiegelt": one.sealed_sha256 or "",
                "SHA-256 geöffnet": one.content_sha256 or "",
            }
            for one in opened_files(tender)
        ],
    )


def readings(tender: Tender) -> Register:
    """Every attempt to read a price sheet."""
    query = sa.select(SheetReading).join(Bid, Bid.id == SheetReading.bid_id).where(Bid.tender_id == tender.id)
    names = {bid.id: bid_name(bid) for bid in _bids(tender)}
    return Register(
        "Einlesungen",
        "Einlesen der Preisblätter mit Befunden",
        [
            {
                "Angebot": names[one.bid_id],
                "Los": one.lot.number,
                "Zeitpunkt": one.read_at,
                "Person": one.read_by.name if one.read_by else "",
                "Übernommen": one.was_taken_over,
                "Grund": one.reason,
                "Befunde": "; ".join(_finding(found) for found in one.findings),
            }
            for one in db.session.scalars(query.order_by(SheetReading.id))
        ],
    )


def _finding(found: Mapping[str, str]) -> str:
    """A finding as a person reads it: where, and what."""
    return f"{found['sheet']} {found['cell']}".strip() + f": {found['message']}"


def formal_results(tender: Tender) -> Register:
    """The formal check, bid by bid and lot by lot."""
    return Register(
        "Formale-Prüfung",
        "Ergebnis der formalen Prüfung (§§ 56, 57 VgV)",
        [
            {
                "Angebot": bid_name(one.bid),
                "Los": one.lot.number,
                "Ausschlussgrund": one.ground,
                "Text": one.text,
                "Person": one.recorded_by.name,
                "Zeitpunkt": one.recorded_at,
            }
            for one in examination.formal_results_of(tender.id)
        ],
    )


def documents_demanded(tender: Tender) -> Register:
    """What was found of the demanded documents."""
    names = {bid.id: bid_name(bid) for bid in _bids(tender)}
    return Register(
        "Unterlagen",
        "Geforderte Unterlagen je Angebot",
        [
            {
                "Angebot": names[one.bid_id],
                "Unterlage": one.document.title,
                "Befund": one.state,
                "Bemerkung": one.note,
                "Person": one.checked_by.name,
                "Zeitpunkt": one.checked_at,
            }
            for one in examination.document_checks_of(tender.id)
        ],
    )


def document_requests(tender: Tender) -> Register:
    """What was asked for afterwards and what came."""
    return Register(
        "Nachforderungen",
        "Nachforderungen mit Frist und Ergebnis (§ 56 Abs. 2 bis 5 VgV)",
        [
            {
                "Angebot": bid_name(one.bid),
                "Unterlagen": ", ".join(str(title) for title in one.titles.values()),
                "Versandt": one.letter.sent_at,
                "Frist": one.due_on,
                "Ergebnis": one.state,
                "Eingang": one.received_on,
                "Bemerkung": one.note,
                "Unwesentlich, weil": one.immaterial_reason,
            }
            for one in examination.requests_of_tender(tender.id)
        ],
    )


def suitability(tender: Tender) -> Register:
    """The criteria of suitability with their evidence."""
    names = {bid.id: bid_name(bid) for bid in _bids(tender)}
    return Register(
        "Eignung",
        "Eignung je Kriterium mit Nachweis (§ 122 GWB, § 42 VgV)",
        [
            {
                "Angebot": names[one.bid_id],
                "Kriterium": one.criterion.title,
                "Erfüllt": one.is_met,
                "Nachweis": one.evidence,
                "Person": one.checked_by.name,
                "Zeitpunkt": one.checked_at,
            }
            for one in examination.suitability_answers_of(tender.id)
        ],
    )


def integrity(tender: Tender) -> Register:
    """Grounds for exclusion under the act."""
    names = {bid.id: bid_name(bid) for bid in _bids(tender)}
    return Register(
        "Ausschlussgründe",
        "Zwingende und fakultative Ausschlussgründe (§§ 123, 124 GWB)",
        [
            {
                "Angebot": names[one.bid_id],
                "Befund": one.finding,
                "Bemerkung": one.note,
                "Person": one.checked_by.name,
                "Zeitpunkt": one.checked_at,
            }
            for one in examination.integrity_checks_of(tender.id)
        ],
    )


def price_checks(tender: Tender) -> Register:
    """The checks of conspicuous prices."""
    return Register(
        "Preisprüfung",
        "Aufklärung ungewöhnlich niedriger Preise (§ 60 VgV)",
        [
            {
                "Angebot": bid_name(one.bid),
                "Los": one.lot.number,
                "Anlass": "; ".join(one.signals),
                "Fragen": one.questions,
                "Frist": one.due_on,
                "Antwort": one.answer,
                "Antwort vom": one.answered_on,
                "Ergebnis": one.outcome,
                "Begründung": one.reason,
                "Bleibt in der Wertung, weil": one.keep_reason,
                "Person": one.decided_by.name if one.decided_by else "",
                "Zeitpunkt": one.decided_at,
            }
            for one in examination.clarifications_of(tender.id)
        ],
    )
