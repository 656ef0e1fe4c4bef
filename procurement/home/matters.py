"""What waits for a decision or an answer of one person, whichever feature it comes from, as tasks of a start page.

A matter is a row of one statement: which kind it is, the numbers of its page, and what its sentence names.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from procurement.home.tasks import Task, Urgency


class MatterKind(StrEnum):
    """What can wait; the first ones for the procurement office, the others for a lead."""

    LATE = "late"
    WITHDRAWAL = "withdrawal"
    OBJECTED = "objected"
    CALL_OFF = "call_off"
    COST_OBJECTION = "cost_objection"
    QUESTIONS = "questions"
    NOTICE = "notice"
    COMPLAINT = "complaint"
    REVIEW = "review"
    QUIET_PROPOSAL = "quiet_proposal"
    NO_CONTRACT = "no_contract"
    APPROVAL = "approval"
    OWN_APPROVAL = "own_approval"
    PARTICIPATION = "participation"
    LATE_PARTICIPATION = "late_participation"
    ADJUSTMENT = "adjustment"
    DEPARTMENTS = "departments"
    ANNOUNCEMENT = "announcement"
    PROPOSAL = "proposal"
    RELEASED = "released"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Matter:
    """One of them; ``first`` and ``second`` are the numbers of its page, ``at`` its moment or its deadline."""

    kind: MatterKind
    first: int
    second: int
    title: str
    who: str
    at: datetime | None
    count: int = 1


@dataclass(frozen=True, slots=True)
class _Wording:
    """How a kind reads: verb before the title, note with ``{who}``, ``{on}``, ``{amount}``; where its page is."""

    verb: str
    note: str
    endpoint: str
    numbers: Sequence[str]
    urgency: Urgency = Urgency.NOW
    amounts: tuple[str, str] = ("", "")
    has_deadline: bool = False


_ANSWER = ("round_id", "member_id")
_WORDINGS: Mapping[MatterKind, _Wording] = {
    MatterKind.LATE: _Wording("Nachmeldung entscheiden", "{who}, beantragt am {on}", "tenders.change", ("change_id",)),
    MatterKind.WITHDRAWAL: _Wording(
        "Rücknahme entscheiden", "{who}, beantragt am {on}", "tenders.change", ("change_id",)
    ),
    MatterKind.OBJECTED: _Wording(
        "Widerspruch klären",
        "{who} widerspricht {amount}, zuletzt am {on}",
        "tenders.adjustment",
        ("adjustment_id",),
        amounts=("einer angepassten Menge", "{count} angepassten Mengen"),
    ),
    MatterKind.CALL_OFF: _Wording(
        "Abruf entscheiden", "{who}, beantragt am {on}", "contracts.decision", ("contract_id", "call_off_id")
    ),
    MatterKind.COST_OBJECTION: _Wording(
        "Einwand beantworten",
        "{who} zur Kostenaufteilung, erhoben am {on}",
        "allocation.case",
        ("run_id", "case_id"),
    ),
    MatterKind.QUESTIONS: _Wording(
        "Bieterfragen beantworten",
        "{amount}, zuletzt am {on}",
        "tenders.questions",
        ("tender_id",),
        amounts=("eine Frage offen", "{count} Fragen offen"),
    ),
    MatterKind.NOTICE: _Wording(
        "Änderung bekannt machen", "Fassung vom {on}, noch nicht abgesandt", "tenders.versions", ("tender_id",)
    ),
    MatterKind.COMPLAINT: _Wording(
        "Rüge beantworten", "{who}, eingegangen am {on}", "awarding.objections", ("tender_id",)
    ),
    MatterKind.REVIEW: _Wording(
        "Nachprüfungsverfahren",
        "{who}, zugestellt am {on}; der Zuschlag ist bis zur Entscheidung gesperrt",
        "awarding.objections",
        ("tender_id",),
        Urgency.OTHERS,
    ),
    MatterKind.QUIET_PROPOSAL: _Wording(
        "Vorschlag weiterführen", "seit dem {on} ohne neuen Beitrag", "workgroup.show", ("proposal_id",)
    ),
    MatterKind.NO_CONTRACT: _Wording(
        "Vertrag anlegen",
        "{amount} ohne Vertrag",
        "contracts.index",
        (),
        amounts=("ein Los mit Zuschlag", "{count} Lose mit Zuschlag"),
    ),
    MatterKind.APPROVAL: _Wording("Bedarf freigeben", "für {who}", "demand.approval", _ANSWER, has_deadline=True),
    MatterKind.OWN_APPROVAL: _Wording(
        "Bedarf freigeben",
        "für {who}, von Ihnen eingereicht; eine zweite Person Ihres Hauses gibt frei",
        "demand.approval",
        _ANSWER,
        Urgency.OTHERS,
        has_deadline=True,
    ),
    MatterKind.PARTICIPATION: _Wording(
        "Teilnahme bestätigen",
        "für {who}; vorher wird nicht veröffentlicht",
        "tenders.own_participation",
        ("tender_id", "member_id"),
    ),
    MatterKind.LATE_PARTICIPATION: _Wording(
        "Nachträgliche Teilnahme bestätigen",
        "für {who}, gefragt am {on}",
        "tenders.own_late_participation",
        ("tender_id", "member_id"),
    ),
    MatterKind.ADJUSTMENT: _Wording(
        "Angepasste Menge prüfen",
        "für {who}, {amount} der Vergabestelle vom {on}",
        "tenders.adjustment",
        ("adjustment_id",),
        amounts=("ein Vorschlag", "{count} Vorschläge, der jüngste"),
    ),
    MatterKind.DEPARTMENTS: _Wording(
        "Fachämter übernehmen",
        "für {who}, {amount} noch nicht übernommen",
        "demand.departments",
        _ANSWER,
        amounts=("eine Meldung", "{count} Meldungen"),
        has_deadline=True,
    ),
    MatterKind.ANNOUNCEMENT: _Wording(
        "Mitteilung lesen", "vom {on}", "workgroup.announcement", ("announcement_id",), Urgency.NEWS
    ),
    MatterKind.PROPOSAL: _Wording(
        "Zum Vorschlag äußern", "in Diskussion seit dem {on}", "workgroup.show", ("proposal_id",)
    ),
    MatterKind.RELEASED: _Wording(
        "Abruf freigegeben", "für {who}, entschieden am {on}", "contracts.show", ("contract_id",), Urgency.NEWS
    ),
    MatterKind.REFUSED: _Wording(
        "Abruf abgelehnt", "für {who}, entschieden am {on}", "contracts.show", ("contract_id",), Urgency.NEWS
    ),
}


def matter_task(matter: Matter) -> Task:
    """The matter as a task: verb and title, who and since when, and the page where it is settled."""
    wording = _WORDINGS[matter.kind]
    amount = wording.amounts[0 if matter.count == 1 else 1].format(count=matter.count)
    on = f"{matter.at:%d.%m.%Y}" if matter.at else ""
    return Task(
        f"{wording.verb}: {matter.title}",
        wording.note.format(who=matter.who, on=on, amount=amount),
        wording.urgency,
        wording.endpoint,
        dict(zip(wording.numbers, (matter.first, matter.second), strict=False)),
        matter.at if wording.has_deadline else None,
    )


def matter_tasks(matters: Iterable[Matter]) -> list[Task]:
    """All of them."""
    return [matter_task(matter) for matter in matters]
