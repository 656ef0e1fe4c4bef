"""From a bidder's name to the decision on its bid: entering, receiving, withdrawing, excusing, excluding, reading.

A file is sealed in the same breath in which it arrives; its clear bytes are neither stored nor looked into. What stands
on the receipt is the checksum of the sealed bytes. The opening is in :mod:`procurement.bids.actions_opening`.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import PurePath

import sqlalchemy as sa

from procurement.audit.actions import Change, record
from procurement.audit.actor import Actor
from procurement.audit.events import Event
from procurement.audit.models import AuditEntry
from procurement.bids import queries, rules
from procurement.bids.entries import BidderEntry, seal_name
from procurement.bids.formal_check import is_late
from procurement.bids.models import Bid, Bidder, BidFile
from procurement.bids.states import BidState
from procurement.core import clock
from procurement.core.db import db
from procurement.core.errors import Conflict, Refused, refuse_if
from procurement.core.filters import exact_moment
from procurement.sealing.files import seal
from procurement.tenders.models import Lot, Tender
from procurement.values.objection import Objection

LONGEST_FILENAME = 200


@dataclass(frozen=True, slots=True)
class ReceivedFile:
    """A file as it came in; ``lot`` is the lot whose price sheet it is, or ``None`` for any other document."""

    lot: Lot | None
    filename: str
    content: bytes


def register_bidder(entry: BidderEntry, *, by: Actor) -> Bidder:
    """Enter a bidder; names are unique, so that one company does not bid twice by mistake."""
    if not entry.clean_name:
        raise Refused([Objection("Bitte den Namen des Bieters angeben.", "name")])
    if queries.bidder_by_name(entry.clean_name) is not None:
        raise Refused([Objection(f"Einen Bieter mit dem Namen „{entry.clean_name}“ gibt es bereits.", "name")])
    bidder = Bidder(
        name=entry.clean_name,
        street=entry.street.strip(),
        postcode=entry.postcode.strip(),
        city=entry.city.strip(),
        email=entry.email.strip(),
    )
    db.session.add(bidder)
    record(Event.BIDDER_REGISTERED, bidder, by=by)
    return bidder


def receive_bid(
    tender: Tender,
    bidder: Bidder,
    files: Sequence[ReceivedFile],
    received_at: datetime,
    *,
    by: Actor,
    proof: str = "",
) -> Bid:
    """Record a bid with the moment of its receipt and seal its files at once.

    A late bid is recorded like any other. ``proof`` says how a receipt in time is known when it is entered only after
    the deadline. Raises :class:`Refused` with every objection.
    """
    hold(tender)
    facts = receipt_facts(tender, files, received_at, proof)
    earlier = queries.bid_of(tender.id, bidder.id)
    refuse_if(rules.objections_to_receiving(replace(facts, earlier_bid_number=earlier.number if earlier else None)))
    bid = Bid(tender=tender, bidder=bidder, number=next_number(tender), received_at=received_at)
    return keep_sealed(bid, files, by=by, proof=proof)


def receive_variant(
    tender: Tender,
    bidder: Bidder,
    files: Sequence[ReceivedFile],
    received_at: datetime,
    *,
    by: Actor,
    proof: str = "",
) -> Bid:
    """Record a variant (Nebenangebot) as a bid of its own beside the bidder's main bid; several are possible.

    One that is not admitted is recorded as well: it stays out of the ranking (§ 57 Abs. 1 Nr. 6 VgV), not out of sight.
    """
    hold(tender)
    refuse_if(rules.objections_to_receiving(receipt_facts(tender, files, received_at, proof)))
    bid = Bid(
        tender=tender,
        bidder=bidder,
        number=next_number(tender),
        received_at=received_at,
        variant_number=queries.next_variant_number(tender.id, bidder.id),
        main_bid=queries.bid_of(tender.id, bidder.id),
    )
    return keep_sealed(bid, files, by=by, proof=proof)


def keep_sealed(bid: Bid, files: Sequence[ReceivedFile], *, by: Actor, proof: str = "") -> Bid:
    """Store a bid that may be received, with its files sealed at once."""
    tender = bid.tender
    db.session.add(bid)
    db.session.flush()
    for number, file in enumerate(files, 1):
        bid.files.append(_sealed(tender, bid, number, file))
    record(Event.BID_RECEIVED, bid, by=by, changes=_receipt_words(bid, proof), tender_id=tender.id)
    return bid


def hold(tender: Tender) -> None:
    """Lock the tender for the rest of the transaction and read it as it is now: numbers and stages stay true."""
    db.session.refresh(tender, with_for_update={"of": Tender})


def receipt_facts(
    tender: Tender, files: Sequence[ReceivedFile], received_at: datetime, proof: str
) -> rules.ReceiptFacts:
    """What decides whether these files may be received for the first round of bids."""
    if any(file.lot is not None and file.lot.tender_id != tender.id for file in files):
        raise Refused("Ein Preisblatt gehört zu einem Los einer anderen Ausschreibung.")
    return rules.ReceiptFacts(
        stage=tender.stage,
        now=clock.now(),
        received_at=received_at,
        published_at=tender.published_at,
        bid_deadline_at=tender.bid_deadline_at,
        lot_numbers=[file.lot.number if file.lot else None for file in files],
        empty_files=[file.filename for file in files if not file.content],
        earlier_bid_number=None,
        proof=proof,
    )


def next_number(tender: Tender) -> int:
    """The number of the next bid; numbers of withdrawn bids are not given again."""
    return (db.session.scalar(sa.select(sa.func.max(Bid.number)).where(Bid.tender_id == tender.id)) or 0) + 1


def _sealed(tender: Tender, bid: Bid, number: int, file: ReceivedFile) -> BidFile:
    if tender.opening_public_key is None:
        raise Refused("Der Ausschreibung fehlt der Öffnungsschlüssel; Angebote können nicht verschlossen werden.")
    sealed = seal(tender.reference, seal_name(bid.number, number), tender.opening_public_key, file.content)
    return BidFile(
        lot=file.lot,
        number=number,
        filename=bare_name(file.filename),
        sealed=sealed.to_bytes(),
        sealed_sha256=sealed.sha256,
        received_at=bid.received_at,
    )


def bare_name(filename: str) -> str:
    """The printable name of a file without its folders; browsers may send a whole path."""
    bare = PurePath(filename.replace("\\", "/")).name
    return "".join(letter for letter in bare if letter.isprintable())[-LONGEST_FILENAME:] or "Datei"


def _receipt_words(bid: Bid, proof: str) -> dict[str, str]:
    words = {"Bieter": bid.bidder.name, "Eingang": exact_moment(bid.received_at)}
    if bid.variant_number:
        words["Nebenangebot"] = str(bid.variant_number)
    if bid.negotiation:
        words["Verhandlungsrunde"] = str(bid.round_number)
    if bid.deadline_at and is_late(bid.received_at, bid.deadline_at):
        words["Verspätet"] = "nach Ablauf der Angebotsfrist"
    if proof.strip():
        words["Nachweis des Eingangs"] = proof.strip()
    for file in bid.files:
        what = f"Preisblatt Los {file.lot.number}" if file.lot else "weitere Unterlage"
        words[f"Datei {file.number} ({what}), SHA-256"] = file.sealed_sha256 or ""
    return words


def withdraw_bid(bid: Bid, *, by: Actor, seen: int | None = None) -> Bid:
    """Note that the bidder took the bid back; its files stay sealed for good and the bidder may bid again."""
    _compare(bid, seen)
    hold(bid.tender)
    refuse_if(rules.objections_to_withdrawing(bid.tender.stage, bid.state, clock.now(), bid.deadline_at))
    before, bid.state = bid.state, BidState.WITHDRAWN
    changes: dict[str, Change | str] = {"Zustand": (before, bid.state), "Bieter": bid.bidder.name}
    record(Event.BID_WITHDRAWN, bid, by=by, changes=changes, tender_id=bid.tender_id)
    return bid


def excuse_late(bid: Bid, reason: str, *, by: Actor, seen: int | None = None) -> Bid:
    """Record why the bidder is not to blame for being late, so that the bid stays in (§ 57 (1) no. 1 VgV)."""
    _compare(bid, seen)
    hold(bid.tender)
    deadline = bid.deadline_at
    was_late = deadline is not None and is_late(bid.received_at, deadline)
    found = rules.objections_to_excusing(bid.tender.stage, bid.state, was_late=was_late, reason=reason)
    refuse_if(rules.objections_to_excusing_further(bid.state, is_further=bid.round_number > 1) or found)
    before, bid.late_excused_reason = bid.late_excused_reason, reason.strip()
    changes = {"Nicht zu vertreten, weil": (before, bid.late_excused_reason)}
    record(Event.LATENESS_EXCUSED, bid, by=by, changes=changes, tender_id=bid.tender_id)
    return bid


def exclude_bid(bid: Bid, norm: str, reason: str, *, by: Actor, seen: int | None = None) -> Bid:
    """Exclude an opened bid under a norm, with a reason, before any lot was evaluated.

    Afterwards two people decide and every ranking is computed anew in the same breath: the evaluation does that.
    """
    _compare(bid, seen)
    hold(bid.tender)
    refuse_if(rules.objections_to_excluding_alone(was_evaluated=queries.was_evaluated(bid.tender_id)))
    return exclude_with_rerun(bid, norm, reason, by=by)


def exclude_with_rerun(bid: Bid, norm: str, reason: str, *, by: Actor) -> Bid:
    """The exclusion itself; whoever calls it after an evaluation evaluates anew in the same transaction."""
    refuse_if(rules.objections_to_excluding(bid.tender.stage, bid.state, reason) + rules.objections_to_norm(norm))
    before, bid.state = bid.state, BidState.EXCLUDED
    bid.exclusion_norm, bid.exclusion_reason = norm.strip(), reason.strip()
    changes: dict[str, Change | str] = {"Zustand": (before, bid.state)}
    changes |= {"Norm": bid.exclusion_norm, "Begründung": bid.exclusion_reason}
    record(Event.BID_EXCLUDED, bid, by=by, changes=changes, tender_id=bid.tender_id)
    return bid


def log_reading(tender: Tender, *, by: Actor) -> AuditEntry:
    """Record that an auditor reads the opened bids today."""
    if not queries.is_opened(tender):
        raise Refused("Die Angebote sind noch nicht geöffnet.")
    return record(Event.BID_READ_BY_AUDITOR, tender, by=by, tender_id=tender.id)


def _compare(bid: Bid, seen: int | None) -> None:
    if seen is not None and seen != bid.version:
        raise Conflict(
            f"Angebot {bid.number} wurde inzwischen geändert: Sie sahen Stand {seen}, gespeichert ist Stand "
            f"{bid.version} („{bid.state.label}“). Bitte neu laden und prüfen."
        )
