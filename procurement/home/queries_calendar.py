"""All deadlines the signed-in account may see, for its calendar: demand rounds, tenders, and what is owed on bids."""

from datetime import date, datetime

from procurement.core.calendars import CalendarEntry
from procurement.core.links import absolute
from procurement.core.permissions import Role
from procurement.demand import queries_calendar
from procurement.home.due import due_deadline
from procurement.home.queries_due import dues
from procurement.members.models import Account
from procurement.tenders import queries as tenders_queries
from procurement.tenders.kinds import TenderStage
from procurement.tenders.models import Tender

OVER = (TenderStage.AWARDED, TenderStage.CANCELLED)


def all_entries(account: Account) -> list[CalendarEntry]:
    """The deadlines of rounds that are not closed and of tenders that are not over."""
    return [*queries_calendar.calendar_entries(account), *_tenders(account), *_dues(account)]


def _dues(account: Account) -> list[CalendarEntry]:
    """What bidders and the procurement office owe until a day; for the office only."""
    if Role.OFFICER not in account.roles:
        return []
    found = []
    for due in dues(account):
        deadline = due_deadline(due)
        title, page = f"{deadline.what}: {deadline.title}", absolute(deadline.endpoint, **deadline.values)
        found.append(CalendarEntry(f"due-{due.kind.value}-{due.number}", title, due.on, page))
    return found


def tender_entries(account: Account, tender_id: int) -> tuple[str, list[CalendarEntry]]:
    """The title of one tender the account may see, and its deadlines; NotFound for any other."""
    if tenders_queries.sees_all(account):
        tender = tenders_queries.tender_for(account, tender_id)
        return tender.title, _of_tender(tender)
    own = tenders_queries.own_tender(account, tender_id)
    return own.title, _bid_deadline(own.id, own.title, own.bid_deadline_at)


def _tenders(account: Account) -> list[CalendarEntry]:
    if tenders_queries.sees_all(account):
        listed = (one.tender for one in tenders_queries.tenders())
        return [entry for tender in listed if tender.stage not in OVER for entry in _of_tender(tender)]
    own = (one for one in tenders_queries.own_tenders(account) if one.stage not in OVER)
    return [entry for one in own for entry in _bid_deadline(one.id, one.title, one.bid_deadline_at)]


def _of_tender(tender: Tender) -> list[CalendarEntry]:
    """Bidders' questions, bids, and until when bidders are bound."""
    return [
        *_entry(tender.id, "questions", f"Frist für Bieterfragen: {tender.title}", tender.question_deadline_at),
        *_bid_deadline(tender.id, tender.title, tender.bid_deadline_at),
        *_entry(tender.id, "validity", f"Ende der Bindefrist: {tender.title}", tender.bid_validity_end_on),
    ]


def _bid_deadline(tender_id: int, title: str, at: datetime | None) -> list[CalendarEntry]:
    return _entry(tender_id, "bids", f"Angebotsfrist: {title}", at)


def _entry(tender_id: int, name: str, title: str, at: datetime | date | None) -> list[CalendarEntry]:
    if at is None:
        return []
    return [CalendarEntry(f"tender-{tender_id}-{name}", title, at, absolute("tenders.show", tender_id=tender_id))]
