"""Entering what bids say about several lots, and distributing the lots: every step with its source and its reason.

Nothing entered is changed afterwards; a correction replaces it and says why. A distribution is stored whole, with the
text it was computed from, and earlier ones stay.
"""

from collections.abc import Sequence
from fractions import Fraction

import sqlalchemy as sa

from procurement.audit.actions import record
from procurement.audit.events import Event
from procurement.bids.actions import hold
from procurement.bids.lot_figures import SheetState
from procurement.bids.models import Bid
from procurement.bids.queries_comparison import compared_bids
from procurement.core import clock
from procurement.core.db import db
from procurement.core.errors import Conflict, Refused, refuse_if
from procurement.core.permissions import Role
from procurement.evaluation import lot_award_rules as rules
from procurement.evaluation import queries_lot_award, queries_lot_page
from procurement.evaluation.lot_award_determination import Report
from procurement.evaluation.lot_award_input import LotAwardInput, canonical
from procurement.evaluation.lot_award_milp import NoDistribution
from procurement.evaluation.lot_award_result import calculated
from procurement.evaluation.lot_award_rules import DiscountEntry, TermsEntry
from procurement.evaluation.models_lot_award import (
    BidderLink,
    BidDiscount,
    BidLotTerms,
    LotAwardDrawing,
    LotAwardRun,
)
from procurement.evaluation.rules import objections_to_text
from procurement.evaluation.run_input import hash_of
from procurement.members.models import Account
from procurement.tenders.models import Tender
from procurement.tenders.queries_lot_rules import lot_rules_of
from procurement.values.figures import german
from procurement.values.objection import Objection


def _hold_for_entry(tender: Tender) -> None:
    hold(tender)
    refuse_if(
        rules.objections_to_entering(tender.stage, lot_rules_of(tender.id), queries_lot_page.decided_lots(tender))
    )


def enter_discount(
    bid: Bid, entry: DiscountEntry, *, by: Account, replaces: BidDiscount | None = None, reason: str = ""
) -> BidDiscount:
    """Enter a rebate over several lots as it stands in the bid, or correct an entered one with a reason."""
    _hold_for_entry(bid.tender)
    found = rules.objections_to_discount(entry, _offered(bid), len(bid.tender.lots))
    refuse_if(found + (objections_to_text(reason) if replaces else []) + _objections_to_replacing(replaces))
    discount = BidDiscount(
        bid_id=bid.id,
        lot_numbers=sorted(set(entry.lots)),
        least_lots=entry.least,
        share=str(entry.share),
        source=entry.source.strip(),
        replaces_id=replaces.id if replaces else None,
        reason=reason.strip(),
        entered_by_id=by.id,
        entered_at=clock.now(),
    )
    db.session.add(discount)
    db.session.flush()
    changes = {
        "Nachlass": (queries_lot_page.worded(replaces) if replaces else "", queries_lot_page.worded(discount)),
        "Quelle": ("", discount.source),
    }
    changes["Begründung"] = ("", discount.reason)
    record(Event.LOT_DISCOUNT_ENTERED, discount, by=by, changes=changes, tender_id=bid.tender_id)
    return discount


def take_back_discount(discount: BidDiscount, reason: str, *, by: Account) -> BidDiscount:
    """Let an entered rebate count no more; it stays readable."""
    _hold_for_entry(discount.bid.tender)
    refuse_if(objections_to_text(reason) + _objections_to_replacing(discount))
    ending = BidDiscount(
        bid_id=discount.bid_id,
        lot_numbers=discount.lot_numbers,
        least_lots=discount.least_lots,
        share=None,
        source=discount.source,
        replaces_id=discount.id,
        reason=reason.strip(),
        entered_by_id=by.id,
        entered_at=clock.now(),
    )
    db.session.add(ending)
    db.session.flush()
    changes = {"Nachlass": (queries_lot_page.worded(discount), ""), "Begründung": ("", ending.reason)}
    record(Event.LOT_DISCOUNT_ENTERED, ending, by=by, changes=changes, tender_id=discount.bid.tender_id)
    return ending


def _objections_to_replacing(discount: BidDiscount | None) -> list[Objection]:
    if discount is None:
        return []
    if db.session.scalar(sa.select(BidDiscount.id).filter_by(replaces_id=discount.id)) is None:
        return []
    return [Objection("Dieser Eintrag ist inzwischen berichtigt; bitte die Seite neu laden.")]


def _offered(bid: Bid) -> set[int]:
    """The lots for which this bid was handed in."""
    compared = next((one for one in compared_bids(bid.tender) if one.bid_id == bid.id), None)
    if compared is None:
        return set()
    return {lot.number for lot in bid.tender.lots if compared.sheets[lot.id] is not SheetState.NONE}


def note_terms(bid: Bid, entry: TermsEntry, *, by: Account) -> BidLotTerms:
    """Note a bid's proven capacity and the lots it wants most; the latest note counts."""
    _hold_for_entry(bid.tender)
    refuse_if(rules.objections_to_terms(entry, [lot.number for lot in bid.tender.lots]))
    terms = BidLotTerms(
        bid_id=bid.id,
        capacity=entry.capacity,
        preference=list(entry.preference),
        source=entry.source.strip(),
        entered_by_id=by.id,
        entered_at=clock.now(),
    )
    before = queries_lot_award.terms_of(bid.tender_id).get(bid.id)
    db.session.add(terms)
    db.session.flush()
    changes = {
        "Kapazität": (before.capacity if before else "", terms.capacity),
        "Wunschlose": (str(before.preference) if before else "", str(terms.preference)),
        "Quelle": ("", terms.source),
    }
    record(Event.LOT_TERMS_NOTED, terms, by=by, changes=changes, tender_id=bid.tender_id)
    return terms


def link_bidders(tender: Tender, bids: Sequence[Bid], reason: str, *, by: Account) -> BidderLink:
    """Let bidders share one limit because they belong together; the reason goes into the file."""
    _hold_for_entry(tender)
    own = [bid for bid in bids if bid.tender_id == tender.id]
    refuse_if(rules.objections_to_link([bid.id for bid in own], reason))
    link = BidderLink(
        tender=tender,
        bid_ids=sorted({bid.id for bid in own}),
        reason=reason.strip(),
        entered_by_id=by.id,
        entered_at=clock.now(),
    )
    db.session.add(link)
    db.session.flush()
    changes = {"Bieter": ("", ", ".join(bid.bidder.name for bid in own)), "Begründung": ("", link.reason)}
    record(Event.BIDDERS_LINKED, link, by=by, changes=changes, tender_id=tender.id)
    return link


def unlink_bidders(link: BidderLink, reason: str, *, by: Account) -> BidderLink:
    """End a link; both rows stay."""
    _hold_for_entry(link.tender)
    refuse_if(objections_to_text(reason))
    if link not in queries_lot_award.links_of(link.tender_id):
        raise Refused("Diese Verbindung ist bereits aufgehoben.")
    ending = BidderLink(
        tender_id=link.tender_id,
        bid_ids=link.bid_ids,
        reason=reason.strip(),
        dissolves_id=link.id,
        entered_by_id=by.id,
        entered_at=clock.now(),
    )
    db.session.add(ending)
    db.session.flush()
    record(Event.BIDDERS_UNLINKED, ending, by=by, changes={"Begründung": ending.reason}, tender_id=link.tender_id)
    return ending


def determine(tender: Tender, *, by: Account, report: Report | None = None) -> LotAwardRun:
    """Distribute the lots by the announced rules: a new record, earlier ones stay.

    Raises :class:`Refused` while a lot is not evaluated, or if time did not suffice for any distribution.
    """
    given, basis = prepared(tender)
    return store(tender, given, basis, result_of(given, report), by=by)


def prepared(tender: Tender) -> tuple[LotAwardInput, str]:
    """The input and what it rests on, read under the tender's lock; raises :class:`Refused` with every objection."""
    hold(tender)
    return readable_input(tender)


def readable_input(tender: Tender) -> tuple[LotAwardInput, str]:
    """The same without the lock, for a job that computes first and stores afterwards."""
    facts = queries_lot_page.facts_of(tender)
    refuse_if(rules.objections_to_determining(facts))
    if facts.rules is None:
        raise Refused("Für diese Ausschreibung sind keine Regeln über mehrere Lose bekannt gemacht.")
    return queries_lot_award.input_of(tender, facts.rules), queries_lot_award.basis_of(tender.id)


def store_unchanged(
    tender: Tender, given: LotAwardInput, basis: str, result: dict[str, object], *, by: Account
) -> LotAwardRun:
    """Store what a job computed; raises :class:`Conflict` if its input is not what stands now."""
    now, _basis = prepared(tender)
    if canonical(now) != canonical(given):
        raise Conflict("Während der Berechnung haben sich Wertungen oder Nachlässe geändert. Bitte neu bestimmen.")
    return store(tender, given, basis, result, by=by)


def result_of(given: LotAwardInput, report: Report | None = None) -> dict[str, object]:
    """The stored form of the result."""
    try:
        return calculated(given, report=report)
    except NoDistribution as error:
        raise Refused(str(error)) from error


def store(tender: Tender, given: LotAwardInput, basis: str, result: dict[str, object], *, by: Account) -> LotAwardRun:
    """Keep a distribution that was computed from this input."""
    text, latest = canonical(given), queries_lot_award.latest_of(tender.id)
    run = LotAwardRun(
        tender=tender,
        number=latest.number + 1 if latest else 1,
        input=text,
        input_hash=hash_of(text),
        basis=basis,
        result=result,
        made_at=clock.now(),
        made_by_id=by.id,
    )
    db.session.add(run)
    db.session.flush()
    record(Event.LOTS_DISTRIBUTED, run, by=by, changes=_words(given, run), tender_id=tender.id)
    return run


def _words(given: LotAwardInput, run: LotAwardRun) -> dict[str, str]:
    names = {bid_id: bid.name for bid_id, bid in given.bids.items()}
    awarded = [f"Los {lot}: {names.get(bid, 'niemand')}" for lot, bid in run.result["award"].items()]
    return {
        "Verteilung": ", ".join(awarded),
        "Summe netto": f"{german(Fraction(run.result['total']) / 100)} €",
        "Bewiesen": "ja" if run.result["is_optimal"] else "nein",
        "Eindeutig": "ja" if run.result["is_unique"] else "nein",
        "Prüfsumme der Eingaben, SHA-256": run.input_hash,
    }


def record_award_drawing(
    run: LotAwardRun, choice: int, text: str, second: Account | None, *, by: Account
) -> LotAwardDrawing:
    """Note that two people drew lots between equal distributions; the text is the record."""
    hold(run.tender)
    second_id = second.id if second and Role.OFFICER in second.roles else None
    latest = queries_lot_award.latest_of(run.tender_id)
    is_current = latest is run and queries_lot_award.is_current(run)
    is_drawn = queries_lot_award.drawing_of(run) is not None
    found = rules.objections_to_award_drawing(
        run.result, is_current=is_current, is_drawn=is_drawn, people=(by.id, second_id)
    )
    refuse_if(found + objections_to_text(text, "record"))
    if not 0 <= choice < len(run.result["equals"]):
        raise Refused("Bitte eine der gleichwertigen Verteilungen wählen.")
    drawing = LotAwardDrawing(
        run=run,
        choice=choice,
        record=text.strip(),
        recorded_by_id=by.id,
        second_id=second_id,
        recorded_at=clock.now(),
    )
    db.session.add(drawing)
    changes = {"Los fiel auf": f"Verteilung {choice + 1}", "Niederschrift": drawing.record}
    record(Event.LOT_AWARD_DRAWN, drawing, by=by, changes=changes, tender_id=run.tender_id)
    return drawing
