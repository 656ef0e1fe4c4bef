"""Reading members' objections: officers and auditors read all, a lead its own member's."""

import sqlalchemy as sa

from procurement.allocation.models import AllocationRun, MemberAmount, MemberObjection
from procurement.allocation.queries import sees_all
from procurement.allocation.states import CaseState
from procurement.core.db import db
from procurement.core.errors import NotFound
from procurement.members.models import Account


def takes_part(run_id: int, member_id: int) -> bool:
    """Whether the run charges this member."""
    query = sa.select(MemberAmount.id).filter_by(run_id=run_id, member_id=member_id)
    return db.session.scalar(query) is not None


def open_case(run_id: int, member_id: int) -> MemberObjection | None:
    """The member's unanswered objection to this run."""
    return db.session.scalar(
        sa.select(MemberObjection).filter_by(run_id=run_id, member_id=member_id, state=CaseState.OPEN)
    )


def cases_of(run: AllocationRun, account: Account) -> list[MemberObjection]:
    """The objections to a run that the account may read, oldest first."""
    query = sa.select(MemberObjection).filter_by(run_id=run.id).order_by(MemberObjection.id)
    if not sees_all(account):
        query = query.where(MemberObjection.member_id.in_(account.member_ids))
    return list(db.session.scalars(query))


def case_of(run: AllocationRun, case_id: int) -> MemberObjection:
    """One objection to this run, or :class:`NotFound`."""
    found = db.session.scalar(sa.select(MemberObjection).filter_by(run_id=run.id, id=case_id))
    if found is None:
        raise NotFound
    return found


def charged_ids(run: AllocationRun, account: Account) -> list[int]:
    """The account's own members that the run charges."""
    query = sa.select(MemberAmount.member_id).filter_by(run_id=run.id)
    return list(db.session.scalars(query.where(MemberAmount.member_id.in_(account.member_ids))))
