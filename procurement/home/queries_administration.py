"""An administrator's start page: who needs an account or a role, missing figures, failed sign-ins."""

from dataclasses import dataclass
from datetime import timedelta

import sqlalchemy as sa

from procurement.core import clock
from procurement.core.db import db
from procurement.core.permissions import Role
from procurement.home import operation
from procurement.home.operation import AccountFacts, FigureGap, FirstStep, MemberFacts
from procurement.home.queries_operation import outbox_counts
from procurement.members.kinds import FigureKind, PopulationBasis
from procurement.members.models import Account, Assignment, LoginAttempt, Member, ReferenceFigure
from procurement.members.queries import association

FAILURES_WITHIN = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class FailedSignIns:
    """How often signing in failed within a day, for how many account names, from how many addresses."""

    attempts: int
    names: int
    addresses: int


@dataclass(frozen=True, slots=True)
class AdministrationPage:
    """What the start page of an administrator shows."""

    first_steps: list[FirstStep]
    accounts: int
    members: int
    without_role: list[AccountFacts]
    closed: list[AccountFacts]
    gaps: list[FigureGap]
    without_lead: list[MemberFacts]
    active_officers: int
    failures: FailedSignIns
    mails_waiting: int
    mails_given_up: int


def administration_page() -> AdministrationPage:
    """Everything an administrator looks after, for the whole installation."""
    accounts, members, today = _accounts(), _members(), clock.today()
    waiting, given_up = outbox_counts()
    return AdministrationPage(
        first_steps=operation.first_steps(members, accounts, today, has_association=association() is not None),
        accounts=sum(account.is_active for account in accounts),
        members=len(members),
        without_role=operation.accounts_without_role(accounts),
        closed=operation.closed_accounts(accounts),
        gaps=operation.figure_gaps(members, today),
        without_lead=operation.members_without_lead(members, accounts),
        active_officers=sum(account.is_officer and account.is_active for account in accounts),
        failures=_failures(),
        mails_waiting=waiting,
        mails_given_up=given_up,
    )


def _accounts() -> list[AccountFacts]:
    """Every account with what its roles mean here, by name."""
    query = (
        sa.select(Account.id, Account.name, Account.email, Account.is_active, Assignment.role, Assignment.member_id)
        .outerjoin(Assignment, Assignment.account_id == Account.id)
        .order_by(Account.name, Account.id)
    )
    people: dict[int, tuple[str, str, bool]] = {}
    roles: dict[int, set[Role]] = {}
    led: dict[int, set[int]] = {}
    for account_id, name, email, is_active, role, member_id in db.session.execute(query):
        people[account_id] = (name, email, is_active)
        if role is not None:
            roles.setdefault(account_id, set()).add(role)
        if member_id is not None:
            led.setdefault(account_id, set()).add(member_id)
    return [
        AccountFacts(
            account_id,
            *person,
            has_role=account_id in roles,
            is_officer=Role.OFFICER in roles.get(account_id, ()),
            is_auditor=Role.AUDITOR in roles.get(account_id, ()),
            member_ids=frozenset(led.get(account_id, ())),
        )
        for account_id, person in people.items()
    ]


def _members() -> list[MemberFacts]:
    """Today's members in the German alphabet, each with the latest reference dates up to today."""
    today = clock.today()
    figure = ReferenceFigure
    inhabitants = sa.func.max(figure.reference_date).filter(figure.kind == FigureKind.INHABITANTS)
    clients = sa.func.max(figure.reference_date).filter(figure.kind == FigureKind.CLIENTS)
    known = sa.and_(figure.member_id == Member.id, figure.reference_date <= today)
    query = (
        sa.select(Member.id, Member.name, Member.population_basis, inhabitants, clients)
        .outerjoin(figure, known)
        .where(sa.or_(Member.left_on.is_(None), Member.left_on > today))
        .group_by(Member.id, Member.name, Member.population_basis, Member.sort_key, Member.key)
        .order_by(Member.sort_key, Member.key)
    )
    return [
        MemberFacts(member_id, name, basis is not PopulationBasis.NONE, inhabitants_on, clients_on)
        for member_id, name, basis, inhabitants_on, clients_on in db.session.execute(query)
    ]


def _failures() -> FailedSignIns:
    since = clock.now() - FAILURES_WITHIN
    names, addresses = sa.func.count(LoginAttempt.email.distinct()), sa.func.count(LoginAttempt.address.distinct())
    query = sa.select(sa.func.count(LoginAttempt.id), names, addresses)
    query = query.where(LoginAttempt.succeeded.is_(False), LoginAttempt.at > since)
    return FailedSignIns(*db.session.execute(query).one())
