"""What a lead sees of the own member: who acts for it, who stands in, which members it came from."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from procurement.core import clock
from procurement.core.db import db
from procurement.core.errors import NotFound
from procurement.core.permissions import Role
from procurement.members.kinds import FigureKind
from procurement.members.membership import FigureSuggestion, PredecessorFigure, suggested_figure
from procurement.members.models import Account, Assignment, Delegation, Member
from procurement.members.queries import figures_on


@dataclass(frozen=True, slots=True)
class OwnMember:
    """A member the account acts for; ``until`` is the last day of a substitution, None for a lead of its own."""

    member: Member
    people: list[Account]
    delegations: list[Delegation]
    predecessors: list[Member]
    until: date | None


def own_members(account: Account) -> list[OwnMember]:
    """Every member the account acts for today, in the German alphabet."""
    query = sa.select(Member).where(Member.id.in_(account.member_ids)).order_by(Member.sort_key, Member.key)
    ends = {delegation.member_id: delegation.ends_on for delegation in account.running_delegations}
    return [
        OwnMember(
            member,
            leads_of(member),
            current_delegations(member),
            predecessors_of(member.id),
            None if member.id in account.own_member_ids else ends[member.id],
        )
        for member in db.session.scalars(query)
    ]


def own_member(account: Account, member_id: int) -> Member:
    """One member the account acts for, or :class:`NotFound`."""
    found = db.session.get(Member, member_id)
    if found is None or found.id not in account.member_ids:
        raise NotFound
    return found


def own_delegation(account: Account, delegation_id: int) -> Delegation:
    """A substitution of a member the account acts for, or :class:`NotFound`."""
    found = db.session.get(Delegation, delegation_id)
    if found is None or found.member_id not in account.member_ids:
        raise NotFound
    return found


def leads_of(member: Member) -> list[Account]:
    """The active people who lead this member by their own role, by name."""
    query = (
        sa.select(Account)
        .join(Assignment, Assignment.account_id == Account.id)
        .where(Assignment.role == Role.MEMBER_LEAD, Assignment.member_id == member.id, Account.is_active)
        .order_by(Account.name, Account.id)
    )
    return list(db.session.scalars(query).unique())


def current_delegations(member: Member) -> list[Delegation]:
    """Substitutions that run or are to come, the next one first."""
    query = (
        sa.select(Delegation)
        .where(Delegation.member_id == member.id, Delegation.revoked_at.is_(None))
        .where(Delegation.ends_on >= clock.today())
        .order_by(Delegation.starts_on, Delegation.id)
    )
    return list(db.session.scalars(query))


def people_of(member: Member) -> list[Account]:
    """Everybody who acts for the member today: its leads, then the substitutes of today."""
    leads = leads_of(member)
    today = clock.today()
    standing_in = [d.to_account for d in current_delegations(member) if d.is_valid_on(today)]
    return leads + [person for person in standing_in if person.is_active and person not in leads]


def predecessors_of(member_id: int) -> list[Member]:
    """The members this one came from by merger or a new key."""
    query = sa.select(Member).where(Member.successor_id == member_id).order_by(Member.sort_key, Member.key)
    return list(db.session.scalars(query))


def former_names() -> dict[int, list[str]]:
    """For every successor the names it goes back to."""
    query = sa.select(Member.successor_id, Member.name).where(Member.successor_id.is_not(None))
    found: dict[int, list[str]] = {}
    for successor_id, name in db.session.execute(query.order_by(Member.sort_key, Member.key)):
        if successor_id is not None:
            found.setdefault(successor_id, []).append(name)
    return found


def suggestion_for(kind: FigureKind, predecessors: Sequence[Member]) -> FigureSuggestion | None:
    """What the predecessors' latest figures of this kind add up to."""
    latest = figures_on(kind, clock.today(), [member.id for member in predecessors])
    known = [PredecessorFigure(f.member.name, f.value, f.reference_date) for f in latest.values()]
    return suggested_figure(known, len(predecessors))


def officers() -> list[Account]:
    """The active people of the procurement office, by name."""
    query = sa.select(Account).join(Assignment, Assignment.account_id == Account.id)
    query = query.where(Assignment.role == Role.OFFICER, Account.is_active).order_by(Account.name, Account.id)
    return list(db.session.scalars(query).unique())
