"""The deadlines of demand rounds for calendar files: leads see until when to answer, the office its reminders too."""

import sqlalchemy as sa

from procurement.core.calendars import CalendarEntry
from procurement.core.db import db
from procurement.core.errors import NotFound
from procurement.core.links import absolute
from procurement.demand.models import Demand, DemandRound
from procurement.demand.queries import sees_all
from procurement.demand.states import RoundState
from procurement.members.models import Account

OFFICE_MOMENTS = (("reminder_at", "reminder", "Erinnerung"), ("escalation_at", "escalation", "Letzte Erinnerung"))


def round_and_entries(account: Account, round_id: int) -> tuple[DemandRound, list[CalendarEntry]]:
    """A round the account may see, with its deadlines; :class:`NotFound` for any other."""
    round_ = db.session.get(DemandRound, round_id)
    members = _own_members(account)
    if round_ is None or not (sees_all(account) or (round_id in members and round_.state is not RoundState.DRAFT)):
        raise NotFound
    return round_, _entries(round_, account, members)


def calendar_entries(account: Account) -> list[CalendarEntry]:
    """The deadlines of every round that is not closed and that the account may see, the earliest first."""
    members = _own_members(account)
    query = sa.select(DemandRound).where(DemandRound.state != RoundState.CLOSED).order_by(DemandRound.deadline_at)
    if not sees_all(account):
        query = query.where(DemandRound.state != RoundState.DRAFT, DemandRound.id.in_(members))
    return [entry for round_ in db.session.scalars(query) for entry in _entries(round_, account, members)]


def _own_members(account: Account) -> dict[int, int]:
    """The rounds the account's members are invited to, each with one of these members."""
    query = sa.select(Demand.round_id, Demand.member_id).where(Demand.member_id.in_(account.member_ids))
    return {row.round_id: row.member_id for row in db.session.execute(query)}


def _entries(round_: DemandRound, account: Account, members: dict[int, int]) -> list[CalendarEntry]:
    key = f"demand-round-{round_.id}"
    if not sees_all(account):
        url = absolute("demand.entry", round_id=round_.id, member_id=members[round_.id])
        text = "Bis dahin nimmt die Vergabestelle Ihren Bedarf oder Ihre Fehlanzeige an."
        return [CalendarEntry(f"{key}-deadline", f"Bedarf melden: {round_.title}", round_.deadline_at, url, text)]
    url = absolute("demand.show", round_id=round_.id)
    text = "Bis dahin können die eingeladenen Mitglieder antworten."
    found = [CalendarEntry(f"{key}-deadline", f"Frist Bedarfsrunde: {round_.title}", round_.deadline_at, url, text)]
    for field, name, label in OFFICE_MOMENTS:
        at = getattr(round_, field)
        if at is not None:
            note = "Mitglieder ohne Antwort erhalten an diesem Zeitpunkt von selbst eine E-Mail."
            found.append(CalendarEntry(f"{key}-{name}", f"{label} zur Bedarfsrunde: {round_.title}", at, url, note))
    return sorted(found, key=lambda entry: (entry.at, entry.key))
