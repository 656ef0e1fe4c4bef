"""Reading announcements: the office and auditors see all of them, a lead what is for all or for an own member."""

from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa

from procurement.core import clock
from procurement.core.db import db
from procurement.core.errors import NotFound
from procurement.core.permissions import Role
from procurement.members.models import Account, Assignment, Member
from procurement.members.queries import members
from procurement.workgroup.announcement_rules import has_run_out
from procurement.workgroup.models import Addressee, Announcement, Reading
from procurement.workgroup.states import AnnouncementState


@dataclass(frozen=True, slots=True)
class ListedAnnouncement:
    """An announcement in a list: when its reader marked it, whether it waits for that, whether it has run out."""

    announcement: Announcement
    read_at: datetime | None
    is_unread: bool
    has_run_out: bool


@dataclass(frozen=True, slots=True)
class MemberReading:
    """How many of a member's people have read an announcement."""

    member: Member
    people: int
    read: int


def sees_all(account: Account) -> bool:
    """Whether the account sees announcements for whomever they are."""
    return bool(account.roles & {Role.OFFICER, Role.AUDITOR})


def announcement_for(account: Account, announcement_id: int) -> Announcement:
    """An announcement the account may see, else :class:`NotFound`."""
    query = sa.select(Announcement).where(Announcement.id == announcement_id)
    found = db.session.scalar(query if sees_all(account) else query.where(_is_for(account)))
    if found is None:
        raise NotFound
    return found


def _is_for(account: Account) -> sa.ColumnElement[bool]:
    """Whether an announcement is addressed to a member the account acts for."""
    if not account.member_ids:
        return sa.false()
    chosen = sa.select(Addressee.announcement_id).where(Addressee.member_id.in_(account.member_ids))
    return Announcement.is_for_all | Announcement.id.in_(chosen)


def is_addressed(announcement: Announcement, account: Account) -> bool:
    """Whether the account belongs to the people an announcement is for."""
    query = sa.select(Announcement.id).where(Announcement.id == announcement.id, _is_for(account))
    return db.session.scalar(query) is not None


def announcements(account: Account) -> list[ListedAnnouncement]:
    """Every announcement the account may see, newest first."""
    query = sa.select(Announcement).order_by(Announcement.published_at.desc(), Announcement.id.desc())
    found = list(db.session.scalars(query if sees_all(account) else query.where(_is_for(account))))
    addressed = set(db.session.scalars(sa.select(Announcement.id).where(_is_for(account))))
    read, today = _readings_by(account), clock.today()
    return [_listed(one, read.get(one.id), today, is_for_reader=one.id in addressed) for one in found]


def _readings_by(account: Account) -> dict[int, datetime]:
    query = sa.select(Reading.announcement_id, Reading.read_at).filter_by(account_id=account.id)
    return {row[0]: row[1] for row in db.session.execute(query)}


def _listed(
    announcement: Announcement, read_at: datetime | None, today: date, *, is_for_reader: bool
) -> ListedAnnouncement:
    over = has_run_out(announcement, today)
    waits = is_for_reader and read_at is None and not over and announcement.state is AnnouncementState.PUBLISHED
    return ListedAnnouncement(announcement, read_at, waits, over)


def unread(account: Account) -> list[Announcement]:
    """Valid announcements for this account that it has not marked as read, newest first."""
    is_read = sa.exists().where(Reading.announcement_id == Announcement.id, Reading.account_id == account.id)
    query = (
        sa.select(Announcement)
        .where(_is_for(account), ~is_read, Announcement.state == AnnouncementState.PUBLISHED)
        .where(sa.or_(Announcement.valid_until.is_(None), Announcement.valid_until >= clock.today()))
    )
    return list(db.session.scalars(query.order_by(Announcement.published_at.desc(), Announcement.id.desc())))


def reading_of(announcement: Announcement, account: Account) -> Reading | None:
    """When the account marked the announcement as read, if it did."""
    return db.session.get(Reading, (announcement.id, account.id))


def addressed_members(announcement: Announcement) -> list[Member]:
    """The members an announcement is for, in the German alphabet; for all means all of today."""
    if announcement.is_for_all:
        return members(on=clock.today())
    chosen = set(db.session.scalars(sa.select(Addressee.member_id).filter_by(announcement_id=announcement.id)))
    return [member for member in members() if member.id in chosen]


def people_of(announcement: Announcement) -> list[tuple[int, Account]]:
    """The active leads of the addressed members, each with the number of its member."""
    ids = [member.id for member in addressed_members(announcement)]
    query = (
        sa.select(Assignment.member_id, Account)
        .join(Assignment.account)
        .where(Assignment.role == Role.MEMBER_LEAD, Assignment.member_id.in_(ids), Account.is_active)
        .order_by(Account.name, Account.id)
    )
    return [(member_id, person) for member_id, person in db.session.execute(query) if member_id is not None]


def recipients(announcement: Announcement, *, unread_only: bool = False) -> list[Account]:
    """The people to write to, each once; ``unread_only`` leaves out who has marked the announcement as read."""
    read = _readers(announcement) if unread_only else set()
    people = {person.id: person for _member_id, person in people_of(announcement)}
    return [person for account_id, person in people.items() if account_id not in read]


def _readers(announcement: Announcement) -> set[int]:
    return set(db.session.scalars(sa.select(Reading.account_id).filter_by(announcement_id=announcement.id)))


def readings(announcement: Announcement) -> list[MemberReading]:
    """Per addressed member how many of its people have read the announcement."""
    read, people = _readers(announcement), people_of(announcement)
    lines = []
    for member in addressed_members(announcement):
        own = [person.id for member_id, person in people if member_id == member.id]
        lines.append(MemberReading(member, len(own), sum(account_id in read for account_id in own)))
    return lines
