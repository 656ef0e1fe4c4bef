"""Who is reminded: members without an answer, and everybody who acts for them today, substitutes too."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from procurement.core import clock
from procurement.core.db import db
from procurement.core.permissions import Role
from procurement.demand.models import Demand, DemandRound, Reminder
from procurement.demand.states import UNANSWERED, ReminderKind, RoundState
from procurement.members.models import Account, Assignment, Delegation, Member

SPARED_AFTER_INVITATION = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Addressee:
    """A person who acts for a member."""

    name: str
    email: str


@dataclass(frozen=True, slots=True)
class Unanswered:
    """An invited member without an answer."""

    demand_id: int
    member_id: int
    member_name: str


def unanswered(round_: DemandRound, member_ids: Collection[int] | None = None) -> list[Unanswered]:
    """Invited members without an answer in the German alphabet, all or only the chosen ones."""
    query = _invited(round_).where(Demand.state.in_(UNANSWERED))
    if member_ids is not None:
        query = query.where(Demand.member_id.in_(member_ids))
    return [Unanswered(*row) for row in db.session.execute(query)]


def due(round_: DemandRound, kind: ReminderKind, now: datetime) -> list[Unanswered]:
    """Members without an answer that the date itself has not reminded yet; who was just invited is spared a day."""
    sent = sa.exists().where(Reminder.demand_id == Demand.id, Reminder.kind == kind, Reminder.by_id.is_(None))
    just_invited = sa.exists().where(
        Reminder.demand_id == Demand.id,
        Reminder.kind == ReminderKind.INVITATION,
        Reminder.sent_at > now - SPARED_AFTER_INVITATION,
    )
    query = _invited(round_).where(Demand.state.in_(UNANSWERED), ~sent, ~just_invited)
    return [Unanswered(*row) for row in db.session.execute(query)]


def uninvited(round_: DemandRound) -> list[Unanswered]:
    """Members of the round to whom no invitation was written yet."""
    written = sa.exists().where(Reminder.demand_id == Demand.id, Reminder.kind == ReminderKind.INVITATION)
    return [Unanswered(*row) for row in db.session.execute(_invited(round_).where(~written))]


def _invited(round_: DemandRound) -> sa.Select[int, int, str]:
    query = sa.select(Demand.id, Member.id, Member.name).join(Member, Member.id == Demand.member_id)
    return query.where(Demand.round_id == round_.id).order_by(Member.sort_key, Member.key)


def rounds_to_remind(now: datetime) -> list[tuple[DemandRound, ReminderKind]]:
    """Open rounds whose date of a reminder has come while members can still answer; the last reminder wins."""
    query = sa.select(DemandRound).where(DemandRound.state == RoundState.OPEN, DemandRound.deadline_at > now)
    moments = sa.or_(DemandRound.reminder_at <= now, DemandRound.escalation_at <= now)
    found = []
    for round_ in db.session.scalars(query.where(moments).order_by(DemandRound.id)):
        is_last = round_.escalation_at is not None and round_.escalation_at <= now
        found.append((round_, ReminderKind.ESCALATION if is_last else ReminderKind.REMINDER))
    return found


def addressees(member_ids: Collection[int]) -> dict[int, list[Addressee]]:
    """Per member everybody with an active account who acts for it today; members without anybody are missing."""
    today = clock.today()
    own = (
        sa.select(Assignment.member_id, Account.name, Account.email)
        .join(Account, Account.id == Assignment.account_id)
        .where(Assignment.role == Role.MEMBER_LEAD, Assignment.member_id.in_(member_ids), Account.is_active)
    )
    substitutes = (
        sa.select(Delegation.member_id, Account.name, Account.email)
        .join(Account, Account.id == Delegation.to_account_id)
        .where(Delegation.member_id.in_(member_ids), Account.is_active, Delegation.revoked_at.is_(None))
        .where(Delegation.starts_on <= today, Delegation.ends_on >= today)
    )
    found: dict[int, list[Addressee]] = {}
    people = {(row.member_id, row.name, row.email) for row in db.session.execute(own.union(substitutes))}
    for member_id, name, email in sorted(people):
        found.setdefault(member_id, []).append(Addressee(name, email))
    return found


def office_addressees(round_: DemandRound) -> list[Addressee]:
    """The person who made the round; if that account is closed, every active account of the procurement office."""
    maker = db.session.get(Account, round_.created_by_id)
    if maker is not None and maker.is_active:
        return [Addressee(maker.name, maker.email)]
    query = sa.select(Account.name, Account.email).join(Assignment, Assignment.account_id == Account.id)
    query = query.where(Assignment.role == Role.OFFICER, Account.is_active).distinct().order_by(Account.name)
    return [Addressee(*row) for row in db.session.execute(query)]
