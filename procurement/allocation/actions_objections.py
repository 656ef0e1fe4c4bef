"""Verbs of a member's objection: raise it, answer it. An accepted one leads to a correction, which is a new run.

The due date of the allocation stays as it is: an objection alone delays no payment.
"""

from procurement.allocation import queries_objections
from procurement.allocation.models import AllocationRun, MemberObjection
from procurement.allocation.objection_rules import objections_to_answering, objections_to_raising
from procurement.allocation.states import CaseState
from procurement.audit.actions import Change, record
from procurement.audit.events import Event
from procurement.core import clock
from procurement.core.db import db
from procurement.core.errors import Conflict, NotFound, refuse_if
from procurement.members.models import Account, Member


def raise_objection(run: AllocationRun, member: Member, reason: str, *, by: Account) -> MemberObjection:
    """Open a case against an approved allocation in which the member takes part."""
    if member.id not in by.member_ids or not queries_objections.takes_part(run.id, member.id):
        raise NotFound
    db.session.refresh(run, with_for_update={"of": AllocationRun})
    has_open_case = queries_objections.open_case(run.id, member.id) is not None
    refuse_if(objections_to_raising(run.state, reason, has_open_case=has_open_case))
    made = MemberObjection(
        run=run, member=member, reason=reason.strip(), raised_at=clock.now(), raised_by_id=by.id, state=CaseState.OPEN
    )
    db.session.add(made)
    words: dict[str, Change | str] = {"Begründung": made.reason}
    record(Event.OBJECTION_RAISED, made, by=by, changes=words, tender_id=run.tender_id, member_id=member.id)
    return made


def answer_objection(
    case: MemberObjection, answer: str, *, accept: bool, by: Account, seen_version: int | None = None
) -> MemberObjection:
    """Answer a case with a reason the member reads."""
    db.session.refresh(case, with_for_update={"of": MemberObjection})
    if seen_version is not None and seen_version != case.version:
        raise Conflict(f"Der Einwand wurde inzwischen beantwortet: {case.state.label}.")
    refuse_if(objections_to_answering(case.state, answer))
    before, case.state = case.state, CaseState.ACCEPTED if accept else CaseState.DISMISSED
    case.answer, case.answered_at, case.answered_by_id = answer.strip(), clock.now(), by.id
    changes: dict[str, Change | str] = {"Zustand": (before, case.state), "Antwort": case.answer}
    tender_id, member_id = case.run.tender_id, case.member_id
    record(Event.OBJECTION_ANSWERED, case, by=by, changes=changes, tender_id=tender_id, member_id=member_id)
    return case
