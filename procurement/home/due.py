"""What is owed until a day between opening and the end of a procedure, by bidders or by the procurement office.

While a bidder still has time the case lies with others; afterwards, or once the answer is there, with the office. The
duties after an award (§§ 39 and 62 VgV, § 1 Abs. 2 VergStatVO) are the office's own from the first day.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from procurement.home.deadlines import Deadline
from procurement.home.tasks import Task, Urgency

SOON_DAYS = 7


class DueKind(StrEnum):
    """What is owed."""

    DOCUMENTS = "documents"
    PRICE = "price"
    NOTICE = "notice"
    STATISTICS = "statistics"
    DEBRIEF = "debrief"


@dataclass(frozen=True, slots=True)
class Due:
    """One of them; ``number`` is that of its page, ``is_answered`` that the bidder has answered already."""

    kind: DueKind
    number: int
    title: str
    who: str
    on: date
    is_answered: bool = False


@dataclass(frozen=True, slots=True)
class _Wording:
    """How a kind reads: its deadline, what the office does, and where; a bidder's turn comes first or not."""

    deadline: str
    verb: str
    note: str
    endpoint: str
    value: str = "tender_id"
    is_asked_of_bidder: bool = False


_WORDINGS: Mapping[DueKind, _Wording] = {
    DueKind.DOCUMENTS: _Wording(
        "Nachgeforderte Unterlagen",
        "Nachgeforderte Unterlagen festhalten",
        "{who}, Frist bis {on}",
        "examination.bid",
        "bid_id",
        is_asked_of_bidder=True,
    ),
    DueKind.PRICE: _Wording(
        "Antwort zur Preisaufklärung",
        "Preisaufklärung entscheiden",
        "{who}, Frist bis {on}",
        "examination.bid",
        "bid_id",
        is_asked_of_bidder=True,
    ),
    DueKind.NOTICE: _Wording(
        "Vergabebekanntmachung",
        "Vergabebekanntmachung absenden",
        "spätestens am {on} (30 Tage, § 39 VgV)",
        "awarding.show",
    ),
    DueKind.STATISTICS: _Wording(
        "Vergabestatistik",
        "Vergabestatistik melden",
        "spätestens am {on} (60 Tage, § 1 Abs. 2 VergStatVO)",
        "awarding.show",
    ),
    DueKind.DEBRIEF: _Wording(
        "Unterrichtung eines Bieters",
        "Bieter über die Gründe unterrichten",
        "{who}, spätestens am {on} (15 Tage, § 62 VgV)",
        "awarding.show",
    ),
}


def due_task(due: Due, today: date) -> Task:
    """The task of one of them."""
    wording = _WORDINGS[due.kind]
    note = wording.note.format(who=due.who, on=f"{due.on:%d.%m.%Y}")
    if due.is_answered:
        note = f"{due.who} hat geantwortet"
    values = {wording.value: due.number}
    return Task(f"{wording.verb}: {due.title}", note, _urgency(due, today), wording.endpoint, values)


def _urgency(due: Due, today: date) -> Urgency:
    if due.is_answered:
        return Urgency.NOW
    if today > due.on:
        return Urgency.OVERDUE
    if _WORDINGS[due.kind].is_asked_of_bidder:
        return Urgency.OTHERS
    return Urgency.SOON if (due.on - today).days <= SOON_DAYS else Urgency.PREPARE


def due_tasks(dues: Iterable[Due], today: date) -> list[Task]:
    """All of them."""
    return [due_task(one, today) for one in dues]


def due_deadline(due: Due) -> Deadline:
    """The same as a deadline of the calendar."""
    wording = _WORDINGS[due.kind]
    what = f"{wording.deadline}, {due.who}" if due.who else wording.deadline
    return Deadline(what, due.title, due.on, None, wording.endpoint, {wording.value: due.number})
