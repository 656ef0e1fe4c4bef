"""Replaying a tender up to its publication: lots, joint items, estimates, criteria, method, deadlines."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta

from procurement.core import clock
from procurement.demand.models import DemandRound
from procurement.scenario.cast import Cast
from procurement.scenario.errors import at_path
from procurement.scenario.schema import CriterionPart, JointItemPart, LotPart, TenderPart
from procurement.scenario.timeline import Timeline, moment
from procurement.tenders import (
    actions,
    actions_bill,
    actions_lot_rules,
    actions_participation,
    actions_publication,
    actions_requirements,
    actions_scoring,
    queries_participation,
)
from procurement.tenders.criteria_entries import CriterionEntry
from procurement.tenders.entries import JointLineEntry, LotEntry, TenderEntry
from procurement.tenders.lot_rules import LotRules
from procurement.tenders.models import Lot, LotItem, Tender
from procurement.tenders.participation import Confirmation, usual_scope
from procurement.tenders.requirements import DocumentEntry, SuitabilityEntry
from procurement.tenders.timetable import Deadlines
from procurement.values.money import UnitPrice
from procurement.values.quantity import Quantity

USUAL_BID_PERIOD = timedelta(days=35)
QUESTIONS_BEFORE_BIDS = timedelta(days=8)
USUAL_VALIDITY = timedelta(days=60)


def plan(part: TenderPart, path: str, round_: DemandRound | None, cast: Cast, timeline: Timeline) -> Tender:
    """Plan the tender with everything that publication will fix."""
    with at_path(path), clock.at(timeline.step()):
        tender = _planned(part, round_, cast)
        if round_ is not None:
            _lay_out_lots(tender, part, path, cast)
        _complete(tender, part, cast)
    return tender


def _planned(part: TenderPart, round_: DemandRound | None, cast: Cast) -> Tender:
    entry = TenderEntry(
        reference=part.reference,
        title=part.title,
        description=part.description,
        procedure_type=part.procedure_type,
        procedure_started_on=part.started_on or clock.today(),
        **({"term": round_.term} if round_ is not None else {}),
    )
    if round_ is not None:
        return actions.plan(entry, round_, by=cast.preparer)
    lots = [LotEntry(lot.title, [_joint(item) for item in lot.joint_items]) for lot in part.lots]
    return actions.plan_without_round(entry, lots, list(cast.members.values()), by=cast.preparer)


def _joint(part: JointItemPart) -> JointLineEntry:
    estimate = UnitPrice.of(part.estimate) if part.estimate is not None else None
    quantity = Quantity.of(part.quantity)
    return JointLineEntry(part.number, part.title, part.unit, quantity, part.nature, estimate, part.reason)


def _lay_out_lots(tender: Tender, part: TenderPart, path: str, cast: Cast) -> None:
    """Name the first lot, add the others, move their lines there, add joint items."""
    parts = part.lots or [LotPart()]
    lines = {line.number: line for lot in tender.lots for line in lot.lines}
    by = cast.preparer
    for index, wanted in enumerate(parts):
        with at_path(f"{path}.lots[{index}]"):
            if index == 0:
                lot = actions_bill.rename_lot(tender.lots[0], wanted.title, by=by)
            else:
                lot = actions_bill.add_lot(tender, wanted.title, by=by)
                for number in _named(wanted, lines):
                    actions_bill.move_line(lines[number], lot, by=by)
            for item in wanted.joint_items:
                actions_bill.add_joint_line(lot, _joint(item), by=by)


def _named(part: LotPart, lines: Mapping[str, LotItem]) -> Sequence[str]:
    if part.items == "all":
        raise ValueError("Ab dem zweiten Los müssen die Positionen unter „items“ genannt sein.")
    unknown = [number for number in part.items if number not in lines]
    if unknown:
        raise LookupError(f"Eine Position {unknown[0]} gibt es in dieser Ausschreibung nicht.")
    return part.items


def _complete(tender: Tender, part: TenderPart, cast: Cast) -> None:
    by = cast.preparer
    lines = {line.number: line for lot in all_lots(tender) for line in lot.lines}
    for number, price in part.estimates.items():
        if number not in lines:
            raise LookupError(f"estimates: Eine Position {number} gibt es in dieser Ausschreibung nicht.")
        actions_bill.set_estimate(lines[number], UnitPrice.of(price), by=by)
    actions_scoring.set_criteria(tender, list(_rows(part.criteria, "")), by=by)
    parameters = {name: str(value) for name, value in part.method.parameters.items()}
    actions_scoring.set_method(tender, part.method.name, parameters, part.method.tie, by=by)
    _require(tender, part, cast)
    actions_publication.estimate_value(tender, by=by)


def _require(tender: Tender, part: TenderPart, cast: Cast) -> None:
    """What bidders hand in and prove, and how several lots are awarded."""
    by = cast.preparer
    for document in part.documents:
        entry = DocumentEntry(document.title, document.kind, document.description)
        actions_requirements.demand_document(tender, entry, by=by)
    for criterion in part.suitability:
        actions_requirements.demand_suitability(tender, SuitabilityEntry(criterion.title, criterion.evidence), by=by)
    if part.lot_rules is not None:
        written = part.lot_rules
        groups = tuple(tuple(group) for group in written.combinable)
        rules = LotRules(None, written.award_limit, written.mode, written.objective, written.tie, groups)
        actions_lot_rules.set_lot_rules(tender, rules, by=by)


def all_lots(tender: Tender) -> list[Lot]:
    """The lots as they are now."""
    return sorted(tender.lots, key=lambda lot: lot.number)


def _rows(parts: Sequence[CriterionPart], parent: str) -> Iterator[CriterionEntry]:
    """The tree as rows, parents before children."""
    for part in parts:
        weight = str(part.weight) if part.weight is not None else None
        minimum = str(part.minimum) if part.minimum is not None else None
        yield CriterionEntry(part.number, part.title, parent, part.kind, weight, minimum)
        yield from _rows(part.children, part.number)


def take_part(tender: Tender, part: TenderPart, path: str, cast: Cast, timeline: Timeline) -> None:
    """Let the lead of every member confirm that it takes part bindingly, but those the file names as missing."""
    with at_path(f"{path}.mandates"), clock.at(timeline.now):
        for key in part.mandates.missing:
            cast.member(key)
        scope = usual_scope(tender.reference, tender.title, tender.procurement_role)
        for participant in queries_participation.participants(tender.id):
            key = participant.member.key
            if key not in part.mandates.missing:
                entry = Confirmation(clock.today(), scope)
                actions_participation.confirm_participation(participant, entry, by=cast.leads[key])


def publish(tender: Tender, part: TenderPart, path: str, cast: Cast, timeline: Timeline) -> None:
    """Set the deadlines and publish."""
    with at_path(path):
        # Read before the clock goes back: days from today count from the real today.
        published_at = moment(part.published_at) if part.published_at else None
        deadlines = _deadlines(part, published_at or timeline.now)
    with at_path(path), clock.at(timeline.jump(published_at)):
        actions.set_deadlines(tender, deadlines, by=cast.preparer)
        actions_publication.publish(tender, by=cast.preparer)


def _deadlines(part: TenderPart, published_at: datetime) -> Deadlines:
    bids = moment(part.bid_deadline) if part.bid_deadline else published_at + USUAL_BID_PERIOD
    questions = moment(part.question_deadline) if part.question_deadline else bids - QUESTIONS_BEFORE_BIDS
    validity = part.bid_validity_end or (bids + USUAL_VALIDITY).date()
    return Deadlines(questions, bids, validity)
