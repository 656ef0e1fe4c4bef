"""Verbs of an adjusted quantity: proposed by the office, confirmed or objected to by the member, taken back.

None of them touches what the member typed. Where the item stands in a tender already, the verbs of
:mod:`procurement.tenders.actions_adjustments` go around these: they hold the tender first.
"""

from collections.abc import Iterable

from procurement.audit.actions import Change, record
from procurement.audit.actor import Actor
from procurement.audit.events import Event
from procurement.core import clock, links, mail
from procurement.core.db import db
from procurement.core.errors import Conflict, NotFound, refuse_if
from procurement.demand import adjustments, queries_adjustments
from procurement.demand.actions_guard import hold
from procurement.demand.actions_watch import note_change
from procurement.demand.adjustments import AdjustmentEntry, Quantities
from procurement.demand.entries import worded
from procurement.demand.models import Adjustment, Article, DemandItem
from procurement.demand.states import AdjustmentState
from procurement.members.models import Account
from procurement.members.queries_own import people_of

Words = dict[str, Change | str]
PAGE = "tenders.adjustment"  # the page belongs to tenders, because a confirmed adjustment may change a planned tender


def propose(item: DemandItem, entry: AdjustmentEntry, *, by: Account) -> Adjustment:
    """Set another quantity beside the typed one; it counts once the member has confirmed it."""
    hold(item.demand.round, shared=True)
    hold(item.demand)
    db.session.refresh(item)
    before = queries_adjustments.counting_of(item)
    waiting = queries_adjustments.is_waiting(item.id)
    refuse_if(adjustments.objections_to_proposing(entry, before, item.demand.state, is_waiting=waiting))
    minimum, expected, maximum = entry.quantities
    made = Adjustment(
        item=item,
        minimum=minimum,
        expected=expected,
        maximum=maximum,
        reason=entry.reason.strip(),
        state=AdjustmentState.PROPOSED,
        proposed_at=clock.now(),
        proposed_by_id=by.id,
    )
    db.session.add(made)
    db.session.flush()
    _record(Event.ADJUSTMENT_PROPOSED, made, before, made.reason, by)
    _tell(made)
    return made


def _tell(made: Adjustment) -> None:
    demand = made.item.demand
    address = links.absolute(PAGE, adjustment_id=made.id)
    for person in people_of(demand.member):
        mail.enqueue_mail(
            person.email,
            f"Bitte bestätigen: Anpassung einer Menge in {demand.round.title}",
            f"Guten Tag {person.name},\n\ndie Vergabestelle schlägt für {demand.member.name} eine andere Menge vor:\n"
            f"{made.item.article.audit_label}\n{made.reason}\n\nAnsehen, bestätigen oder widersprechen:\n{address}\n",
        )


def confirm(adjustment: Adjustment, *, by: Account, seen_version: int | None = None) -> Adjustment:
    """Let the adjusted quantity count from now on, by the member's lead or its substitute."""
    before = _answer(adjustment, AdjustmentState.CONFIRMED, "", by, seen_version)
    _record(Event.ADJUSTMENT_CONFIRMED, adjustment, before, adjustment.reason, by)
    demand = adjustment.item.demand
    note_change(demand.round, f"Anpassung von {demand.member.name} bestätigt", by=by)
    return adjustment


def object_to(adjustment: Adjustment, reason: str, *, by: Account, seen_version: int | None = None) -> Adjustment:
    """Stay with the quantity that counts, and say why."""
    _answer(adjustment, AdjustmentState.OBJECTED, reason, by, seen_version)
    words: Words = {"Artikel": adjustment.item.article.audit_label, "Begründung": reason.strip()}
    demand = adjustment.item.demand
    record(Event.ADJUSTMENT_OBJECTED, demand, by=by, changes=words, member_id=demand.member_id)
    return adjustment


def _answer(
    adjustment: Adjustment, state: AdjustmentState, reason: str, by: Account, seen_version: int | None
) -> Quantities:
    """Store the member's answer; return the quantities that counted until now."""
    demand = adjustment.item.demand
    if demand.member_id not in by.member_ids:
        raise NotFound
    hold(demand.round, shared=True)
    hold(demand)
    _hold(adjustment, seen_version)
    found = adjustments.objections_to_answering(adjustment.state, demand.state)
    if state is AdjustmentState.OBJECTED:
        found += adjustments.objections_to_reason(reason, "Bitte begründen Sie Ihren Widerspruch.", "answer")
    refuse_if(found)
    before = queries_adjustments.counting_of(adjustment.item)
    adjustment.state, adjustment.answer = state, reason.strip()
    adjustment.answered_at, adjustment.answered_by_id = clock.now(), by.id
    return before


def take_back(adjustment: Adjustment, *, by: Account, seen_version: int | None = None) -> Adjustment:
    """Take an unanswered proposal back, by the procurement office."""
    demand = adjustment.item.demand
    hold(demand.round, shared=True)
    hold(demand)
    _hold(adjustment, seen_version)
    refuse_if(adjustments.objections_to_taking_back(adjustment.state))
    adjustment.state, adjustment.answered_at = AdjustmentState.TAKEN_BACK, clock.now()
    adjustment.answered_by_id = by.id
    words: Words = {"Artikel": adjustment.item.article.audit_label}
    record(Event.ADJUSTMENT_TAKEN_BACK, demand, by=by, changes=words, member_id=demand.member_id)
    return adjustment


def supersede(item_ids: Iterable[int]) -> None:
    """End what was proposed or confirmed about these items, because their member entered them anew."""
    for adjustment in queries_adjustments.proposed_or_confirmed(item_ids):
        adjustment.state, adjustment.answer = AdjustmentState.TAKEN_BACK, adjustments.SUPERSEDED


def _hold(adjustment: Adjustment, seen_version: int | None) -> None:
    db.session.refresh(adjustment, with_for_update={"of": Adjustment})
    if seen_version is not None and seen_version != adjustment.version:
        raise Conflict(
            f"Die Anpassung wurde inzwischen geändert: Sie sahen Stand {seen_version}, gespeichert ist Stand "
            f"{adjustment.version} ({adjustment.state.label}). Bitte laden Sie die Seite neu."
        )


def _record(event: Event, adjustment: Adjustment, before: Quantities, reason: str, by: Actor) -> None:
    """One entry of the demand, named like every change of the row, so that its history shows old and new."""
    demand, article = adjustment.item.demand, adjustment.item.article
    after = (adjustment.minimum, adjustment.expected, adjustment.maximum)
    words: Words = {article.audit_label: (_in_words(before, article), _in_words(after, article)), "Begründung": reason}
    record(event, demand, by=by, changes=words, member_id=demand.member_id)


def _in_words(quantities: Quantities, article: Article) -> str:
    return worded(*quantities, article.unit, "")
