"""Verbs of the second release: present a demand to a colleague, release it, hand it back with a reason."""

from collections.abc import Iterable

from procurement.audit.actions import Change, record
from procurement.audit.events import Event
from procurement.core import clock, filters
from procurement.core.errors import refuse_if
from procurement.core.links import absolute
from procurement.core.mail import enqueue_mail
from procurement.demand import approval, queries_answers
from procurement.demand.actions_guard import compare, hold_own
from procurement.demand.actions_watch import answered, note_change
from procurement.demand.models import Demand
from procurement.demand.states import DemandState
from procurement.members.models import Account
from procurement.members.queries_own import people_of
from procurement.values.objection import Objection

Words = dict[str, Change | str]


def present(demand: Demand, *, by: Account) -> Demand:
    """Lay a submitted demand or a nil return before the colleagues; the caller has checked that it may be submitted."""
    before, demand.state = demand.state, DemandState.AWAITING_APPROVAL
    demand.submitted_at, demand.submitted_by_id = clock.now(), by.id
    demand.approved_at, demand.approved_by_id = None, None
    demand.revision = max(demand.revision, 1)
    answer = DemandState.SUBMITTED if any(queries_answers.maxima_of(demand)) else DemandState.NIL
    words: Words = {
        "Zustand": (before, demand.state),
        "Antwort": "Fehlanzeige" if answer is DemandState.NIL else "Bedarf",
        "Fassung": str(demand.revision),
    }
    record(Event.DEMAND_PRESENTED, demand, by=by, changes=words, member_id=demand.member_id)
    _tell(demand, [person for person in people_of(demand.member) if person.id != by.id], by)
    return demand


def _tell(demand: Demand, people: Iterable[Account], by: Account) -> None:
    link = absolute("demand.approval", round_id=demand.round_id, member_id=demand.member_id)
    until = filters.moment(demand.round.deadline_at)
    for person in people:
        enqueue_mail(
            person.email,
            f"Bitte freigeben: {demand.round.title}",
            f"Guten Tag {person.name},\n\n{by.name} hat den Bedarf für {demand.member.name} eingereicht. Er geht erst "
            f"an die Vergabestelle, wenn Sie ihn freigeben, spätestens {until}:\n\n{link}\n",
        )


def approve(demand: Demand, *, by: Account, seen_version: int | None = None) -> Demand:
    """Release the demand: from now on the procurement office has it; without quantities it is a nil return."""
    hold_own(demand, by)
    compare(demand, seen_version)
    contact = queries_answers.contact_of(demand.round)
    refuse_if(approval.objections_to_approving(demand, demand.round, by.id, now=clock.now(), contact=contact))
    before = demand.state
    demand.state = DemandState.SUBMITTED if any(queries_answers.maxima_of(demand)) else DemandState.NIL
    demand.approved_at, demand.approved_by_id = clock.now(), by.id
    submitter = demand.submitted_by.acting_name(demand.member_id) if demand.submitted_by else ""
    words: Words = {"Zustand": (before, demand.state), "Eingereicht von": submitter}
    record(Event.DEMAND_APPROVED, demand, by=by, changes=words, member_id=demand.member_id)
    note_change(demand.round, answered(demand), by=by)
    return demand


def hand_back(demand: Demand, reason: str, *, by: Account, seen_version: int | None = None) -> Demand:
    """Open the demand for changes with a reason, by a colleague or by the person who submitted it."""
    hold_own(demand, by)
    compare(demand, seen_version)
    contact = queries_answers.contact_of(demand.round)
    found = approval.objections_to_deciding(demand, demand.round, now=clock.now(), contact=contact)
    if not reason.strip():
        found.append(Objection("Bitte begründen Sie, warum der Bedarf zurückgeht.", "reason"))
    refuse_if(found)
    before, submitter = demand.state, demand.submitted_by
    demand.state = DemandState.DRAFT if queries_answers.entries_of(demand) else DemandState.OPEN
    demand.submitted_at, demand.submitted_by_id = None, None
    words: Words = {"Zustand": (before, demand.state), "Begründung": reason.strip()}
    record(Event.DEMAND_RETURNED, demand, by=by, changes=words, member_id=demand.member_id)
    if submitter is not None and submitter.id != by.id:
        text = f"Guten Tag {submitter.name},\n\n{by.name} hat den Bedarf nicht freigegeben: {reason.strip()}\n\n"
        link = absolute("demand.entry", round_id=demand.round_id, member_id=demand.member_id)
        enqueue_mail(submitter.email, f"Zurückgegeben: {demand.round.title}", f"{text}{link}\n")
    return demand
