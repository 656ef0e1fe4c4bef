"""Reading members, figures, accounts and signed-in sessions."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NoReturn

import sqlalchemy as sa

from procurement.core import clock
from procurement.core.db import db
from procurement.core.errors import NotFound
from procurement.members.kinds import FigureKind
from procurement.members.models import Account, Association, LoginAttempt, LoginSession, Member, ReferenceFigure


@dataclass(frozen=True, slots=True)
class ShownAccount:
    """The signed-in person as the head of a page shows it."""

    name: str
    role_label: str
    member_name: str


def token_hash(token: str) -> str:
    """What is stored of a session token: whoever reads the database cannot sign in with it."""
    return hashlib.sha256(token.encode()).hexdigest()


def account_of_session(token: str) -> Account | None:
    """The account of a running session, or nobody when it has ended, expired, or the account is inactive."""
    query = sa.select(LoginSession).filter_by(token_hash=token_hash(token), ended_at=None)
    session = db.session.scalar(query)
    if session is None or session.expires_at <= clock.now() or not session.account.is_active:
        return None
    session.account.session_token = token
    return session.account


def shown_account(account: Account) -> ShownAccount:
    """Name, roles and member of an account in words."""
    roles = ", ".join(dict.fromkeys(assignment.role.label for assignment in account.assignments))
    members = [a.member.name for a in account.assignments if a.member is not None]
    members += [f"{d.member.name} (in Vertretung bis {d.ends_on:%d.%m.%Y})" for d in account.running_delegations]
    return ShownAccount(account.name, roles, ", ".join(members))


def account_by_email(email: str) -> Account | None:
    """The account with this address, however it is capitalised."""
    return db.session.scalar(sa.select(Account).filter_by(email=email.strip().casefold()))


def account(account_id: int) -> Account:
    """One account, or :class:`NotFound`."""
    return db.session.get(Account, account_id) or _missing()


def accounts() -> list[Account]:
    """All accounts by name."""
    return list(db.session.scalars(sa.select(Account).order_by(Account.name, Account.id)))


def failed_attempts(column: sa.orm.InstrumentedAttribute[str], value: str, window: timedelta) -> int:
    """Failed sign-ins within the window, counted since the last success of the same account name."""
    since = clock.now() - window
    if column is LoginAttempt.email:
        last_success = db.session.scalar(sa.select(sa.func.max(LoginAttempt.at)).filter_by(email=value, succeeded=True))
        since = max(since, last_success) if last_success else since
    query = sa.select(sa.func.count()).select_from(LoginAttempt)
    return (
        db.session.scalar(query.where(column == value, LoginAttempt.succeeded.is_(False), LoginAttempt.at > since)) or 0
    )


def association() -> Association | None:
    """The association of this installation; nothing before it is set up."""
    return db.session.get(Association, 1)


def members(*, on: date | None = None) -> list[Member]:
    """All members in the German alphabet; with a day, only those who are members on it."""
    query = sa.select(Member).order_by(Member.sort_key, Member.key)
    if on is not None:
        query = query.where(sa.or_(Member.left_on.is_(None), Member.left_on > on))
        query = query.where(sa.or_(Member.joined_on.is_(None), Member.joined_on <= on))
    return list(db.session.scalars(query))


@dataclass(frozen=True, slots=True)
class MemberLine:
    """A member in the list, with the latest figures."""

    member: Member
    inhabitants: ReferenceFigure | None
    clients: ReferenceFigure | None


def members_with_figures() -> list[MemberLine]:
    """All members with their latest inhabitants and clients."""
    known = members()
    ids = [member.id for member in known]
    inhabitants = figures_on(FigureKind.INHABITANTS, clock.today(), ids)
    clients = figures_on(FigureKind.CLIENTS, clock.today(), ids)
    return [MemberLine(m, inhabitants.get(m.id), clients.get(m.id)) for m in known]


def demonstration_accounts() -> list[Account]:
    """The accounts of the demonstration, named on its sign-in page; real installations have none."""
    return list(db.session.scalars(sa.select(Account).filter_by(is_demonstration=True).order_by(Account.id)))


def member(member_id: int) -> Member:
    """One member, or :class:`NotFound`."""
    return db.session.get(Member, member_id) or _missing()


def own_member(account: Account, member_id: int) -> Member:
    """A member this person acts for; every other one looks like one that does not exist."""
    return member(member_id) if member_id in account.member_ids else _missing()


def member_by_key(key: str) -> Member | None:
    """The member with this AGS or own key."""
    return db.session.scalar(sa.select(Member).filter_by(key=key))


def figures_of(member_id: int) -> list[ReferenceFigure]:
    """Every recorded figure of a member, newest reference date first."""
    query = sa.select(ReferenceFigure).filter_by(member_id=member_id)
    return list(db.session.scalars(query.order_by(ReferenceFigure.reference_date.desc(), ReferenceFigure.id.desc())))


def figures_on(kind: FigureKind, on: date, member_ids: Iterable[int]) -> Mapping[int, ReferenceFigure]:
    """Per member the latest figure whose reference date is not after ``on``; members without one are missing."""
    query = (
        sa.select(ReferenceFigure)
        .where(ReferenceFigure.kind == kind, ReferenceFigure.reference_date <= on)
        .where(ReferenceFigure.member_id.in_(list(member_ids)))
        .order_by(ReferenceFigure.reference_date, ReferenceFigure.id)
    )
    return {figure.member_id: figure for figure in db.session.scalars(query)}


def _missing() -> NoReturn:
    raise NotFound
