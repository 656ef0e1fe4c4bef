"""The life of a tender: planned from a closed round, changed while it is planned, moved through its stages, cancelled.

Lots and lines are changed in :mod:`procurement.tenders.actions_bill`, criteria and method in
:mod:`procurement.tenders.actions_scoring`, value and publication in :mod:`procurement.tenders.actions_publication`.
"""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from fractions import Fraction

import sqlalchemy as sa

from procurement.audit.actions import Change, record
from procurement.audit.actor import Actor
from procurement.audit.events import Event
from procurement.core import clock, filters
from procurement.core.db import db
from procurement.core.errors import refuse_if
from procurement.demand.models import DemandRound
from procurement.members.models import Member
from procurement.tenders import queries, rules, timetable
from procurement.tenders.actions_guard import hold, hold_for_change
from procurement.tenders.actions_shares import change_term, line_from_demand
from procurement.tenders.conversion import converted, objections_to_periods, objections_to_term
from procurement.tenders.entries import JointLineEntry, LotEntry, TenderEntry
from procurement.tenders.kinds import LineOrigin, TenderStage
from procurement.tenders.lineage import PlannedLine
from procurement.tenders.models import LineShare, Lot, LotItem, Participant, StageChange, Tender
from procurement.tenders.procedure_choice import objections_to_changing_procedure
from procurement.tenders.timetable import Deadlines
from procurement.values.payment import ContractTerm

Words = dict[str, Change | str]
FIRST_LOT = "Los 1"
GERMAN_NAMES = {
    "reference": "Vergabenummer",
    "title": "Titel",
    "description": "Beschreibung",
    "procedure_type": "Verfahrensart",
    "procedure_started_on": "Beginn des Verfahrens",
    "term_months": "Laufzeit in Monaten",
    "option_months": "Verlängerungsoptionen in Monaten",
    "has_total_price": "Gesamtpreis für die Laufzeit",
    "question_deadline_at": "Frist für Bieterfragen",
    "bid_deadline_at": "Angebotsfrist",
    "bid_validity_end_on": "Bindefrist",
}


def plan(entry: TenderEntry, round_: DemandRound, *, by: Actor, article_ids: Collection[int] | None = None) -> Tender:
    """Plan a tender from a closed round: one lot, one line per article somebody needs, every member's part kept.

    ``article_ids`` limits it to some articles; the others can go into another tender. Demand already in a tender that
    was not cancelled is left out, so that nobody's need is bought twice.
    """
    db.session.refresh(round_, with_for_update={"of": DemandRound})
    lines = [
        line for line in queries.open_lines(round_) if article_ids is None or line.article.article_id in article_ids
    ]
    refuse_if(
        rules.objections_to_entry(entry, is_taken=queries.reference_is_taken(entry.reference))
        + rules.objections_to_planning(round_.state, lines)
        + objections_to_term(entry.term, (line.article for line in lines))
        + objections_to_periods(entry.term, lines)
    )
    tender = _new_tender(entry, by, round_)
    lot = Lot(number=1, title=FIRST_LOT)
    tender.lots.append(lot)
    lot.lines = [
        line_from_demand(line.article, line.quantity, entry.term, position) for position, line in enumerate(lines, 1)
    ]
    members = {request.member_id for line in lines for request in line.requests}
    tender.participants = [Participant(member_id=member_id) for member_id in sorted(members)]
    _keep_shares(lot.lines, lines, entry.term)
    words = {"Bedarfsrunde": round_.audit_label, "Positionen": str(len(lines)), "Mitglieder": str(len(members))}
    _begin(tender, by, words)
    return tender


def plan_without_round(
    entry: TenderEntry, lots: Sequence[LotEntry], participants: Collection[Member], *, by: Actor
) -> Tender:
    """Plan a tender from a given bill of quantities, as for a tabulation taken over; its lines are joint lines."""
    found = rules.objections_to_entry(entry, is_taken=queries.reference_is_taken(entry.reference))
    taken: set[str] = set()
    for lot in lots:
        found += rules.objections_to_lot_title(lot.title)
        for line in lot.lines:
            found += rules.objections_to_joint_line(line, taken)
            taken.add(line.number.strip())
    refuse_if(found)
    tender = _new_tender(entry, by, None)
    for number, lot in enumerate(lots, 1):
        made = Lot(number=number, title=lot.title.strip())
        tender.lots.append(made)
        made.lines = [joint_line(position, line) for position, line in enumerate(lot.lines, 1)]
    tender.participants = [Participant(member=member) for member in participants]
    _begin(tender, by, {"Positionen": str(len(taken)), "Mitglieder": str(len(participants))})
    return tender


def _new_tender(entry: TenderEntry, by: Actor, round_: DemandRound | None) -> Tender:
    tender = Tender(round=round_, created_by_id=by.id, parameters={}, stage=TenderStage.PLANNED, **_fields(entry))
    db.session.add(tender)
    return tender


def _begin(tender: Tender, by: Actor, words: dict[str, str]) -> None:
    db.session.flush()
    note_stage(tender, by)
    changes: Words = {"Verfahrensart": tender.procedure_type.label, **words}
    record(Event.TENDER_PLANNED, tender, by=by, changes=changes, tender_id=tender.id)


def _keep_shares(items: Sequence[LotItem], lines: Sequence[PlannedLine], term: ContractTerm) -> None:
    """Store every member's part in one statement: 2,000 lines of 31 members are 62,000 shares."""
    db.session.flush()
    shares = []
    for item, line in zip(items, lines, strict=True):
        factor = term.periods(line.article.period) or Fraction(1)
        shares += [
            {
                "line_id": item.id,
                "member_id": request.member_id,
                "demand_item_id": request.demand_item_id,
                "quantity": converted(request.expected, factor),
                "factor_numerator": factor.numerator,
                "factor_denominator": factor.denominator,
            }
            for request in line.requests
        ]
    db.session.execute(sa.insert(LineShare), shares)


def joint_line(position: int, entry: JointLineEntry) -> LotItem:
    """A line no member asked for, not yet in a lot."""
    texts = {name: getattr(entry, name).strip() for name in ("number", "title", "unit", "reason", "cpv")}
    return LotItem(
        position=position,
        nature=entry.nature,
        quantity=entry.quantity,
        estimate_net=entry.estimate_net,
        origin=LineOrigin.JOINT,
        **texts,
    )


def _fields(entry: TenderEntry) -> dict[str, object]:
    texts = {name: getattr(entry, name).strip() for name in ("reference", "title", "description")}
    chosen = {"procedure_type": entry.procedure_type, "procedure_started_on": entry.procedure_started_on}
    term = {"term_months": entry.term.months, "option_months": entry.term.option_months}
    return texts | chosen | term | {"has_total_price": entry.term.has_total_price}


def change_tender(tender: Tender, entry: TenderEntry, *, by: Actor, seen_version: int | None = None) -> Tender:
    """Change what is entered about a planned tender."""
    hold_for_change(tender, seen_version)
    taken = queries.reference_is_taken(entry.reference, besides=tender.id)
    found = rules.objections_to_entry(entry, is_taken=taken)
    refuse_if(found + objections_to_changing_procedure(tender.procedure_type, entry.procedure_type))
    if entry.term != tender.term:
        change_term(tender, entry.term)
    _change(tender, _fields(entry), by)
    return tender


def set_deadlines(tender: Tender, deadlines: Deadlines, *, by: Actor, seen_version: int | None = None) -> Tender:
    """Set the ends of questions, bids and bidders' commitment; they are fixed at publication."""
    hold_for_change(tender, seen_version)
    refuse_if(timetable.objections_to_deadlines(deadlines, clock.now()))
    _change(tender, {name: getattr(deadlines, name) for name in Deadlines.__slots__}, by)
    return tender


def _change(tender: Tender, values: dict[str, object], by: Actor) -> None:
    changes = {
        GERMAN_NAMES[name]: (_worded(getattr(tender, name)), _worded(value))
        for name, value in values.items()
        if getattr(tender, name) != value
    }
    for name, value in values.items():
        setattr(tender, name, value)
    record(Event.TENDER_CHANGED, tender, by=by, changes=changes, tender_id=tender.id)


def _worded(value: object) -> object:
    """Dates and moments as people write them; everything else as it is."""
    if isinstance(value, bool):
        return "ja" if value else "nein"
    if isinstance(value, datetime):
        return filters.moment(value)
    return filters.short_day(value) if isinstance(value, date) else value


def advance(tender: Tender, to_stage: TenderStage, *, by: Actor) -> Tender:
    """Move a tender along the one table of stages; publication and cancellation have their own verbs.

    Called by the features that follow when they finish their part.
    """
    hold(tender)
    refuse_if(rules.objections_to_advancing(tender, to_stage, clock.now()))
    _move(tender, to_stage, by)
    return tender


def close_bids(tender: Tender, *, by: Actor) -> Tender:
    """Note that the bid deadline has passed; from here on no bid is in time, and the opening may begin."""
    hold(tender)
    refuse_if(rules.objections_to_closing_bids(tender, clock.now()))
    _move(tender, TenderStage.BIDS_CLOSED, by)
    return tender


def withdraw(tender: Tender, reason: str, *, by: Actor, seen_version: int | None = None) -> Tender:
    """Give up a plan that no bidder has seen; what is published ends by the cancellation of § 63 VgV."""
    hold(tender, seen_version)
    refuse_if(rules.objections_to_withdrawing(tender.stage))
    return cancel(tender, reason, by=by)


def cancel(tender: Tender, reason: str, *, by: Actor, seen_version: int | None = None) -> Tender:
    """End a tender without an award; its demand is free for another. Callers have a ground, or a mere plan."""
    hold(tender, seen_version)
    refuse_if(rules.objections_to_cancelling(tender.stage, reason))
    before, tender.stage, tender.cancelled_reason = tender.stage, TenderStage.CANCELLED, reason.strip()
    note_stage(tender, by)
    changes: Words = {"Verfahrensstand": (before, tender.stage), "Grund": reason.strip()}
    record(Event.TENDER_CANCELLED, tender, by=by, changes=changes, tender_id=tender.id)
    return tender


def _move(tender: Tender, to_stage: TenderStage, by: Actor) -> None:
    before, tender.stage = tender.stage, to_stage
    note_stage(tender, by)
    record(Event.STAGE_ADVANCED, tender, by=by, changes={"Verfahrensstand": (before, to_stage)}, tender_id=tender.id)


def note_stage(tender: Tender, by: Actor) -> None:
    """Keep when the tender reached the stage it now has, and through whom."""
    db.session.add(StageChange(tender_id=tender.id, stage=tender.stage, at=clock.now(), by_id=by.id))
