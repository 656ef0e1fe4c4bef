"""What bids ask of the procurement office between opening and award, as facts of one tender and the tasks they make.

An evaluator who has not submitted sees nothing but the own points here, because prices and what others found stay
hidden until then; whoever declared a conflict of interest finds nothing about these bids at all.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from procurement.home.tasks import Task, Urgency, named


@dataclass(frozen=True, slots=True)
class Evaluator:
    """Somebody of the panel."""

    account_id: int
    name: str
    has_submitted: bool


@dataclass(frozen=True, slots=True)
class Proposal:
    """An exclusion that waits for the second person."""

    id: int
    bidder: str
    proposed_by_id: int


@dataclass(frozen=True, slots=True)
class BidWork:
    """What is open on the bids of a tender; ``unasked`` are winners without an answer of the competition register."""

    has_conflict: bool = False
    panel: Sequence[Evaluator] = ()
    without_consensus: int = 0
    bids: int = 0
    unexamined: int = 0
    round_number: int = 0
    round_deadline_at: datetime | None = None
    exclusions: Sequence[Proposal] = ()
    letters: int = 0
    unsent: int = 0
    earliest_on: date | None = None
    unasked: Sequence[str] = ()
    reviews: Sequence[str] = ()

    @property
    def waiting(self) -> list[Evaluator]:
        """Who of the panel has not submitted."""
        return [one for one in self.panel if not one.has_submitted]

    @property
    def is_scored(self) -> bool:
        """Whether nothing of a panel is missing any more; also without a panel."""
        return not self.waiting and not self.without_consensus

    def is_blind(self, reader_id: int) -> bool:
        """Whether the reader still has to submit points."""
        return any(one.account_id == reader_id for one in self.waiting)


@dataclass(frozen=True, slots=True)
class Case:
    """The tender a task is about."""

    id: int
    title: str

    def task(self, verb: str, note: str, urgency: Urgency, endpoint: str, **more: int) -> Task:
        """A task on one of its pages."""
        return Task(f"{verb}: {self.title}", note, urgency, endpoint, more or {"tender_id": self.id})


def examining_tasks(case: Case, work: BidWork, reader_id: int) -> list[Task]:
    """Bids to examine, exclusions to confirm, points to give and to agree on."""
    if work.is_blind(reader_id):
        note = "Ihre Punkte fehlen; Preise sehen Sie, sobald Sie abgegeben haben"
        return [case.task("Punkte vergeben", note, Urgency.NOW, "evaluation.notes")]
    return [*_examination(case, work), *_exclusions(case, work, reader_id), *_panel(case, work, reader_id)]


def _examination(case: Case, work: BidWork) -> list[Task]:
    if not work.unexamined:
        return []
    note = f"{work.unexamined} von {work.bids} Angeboten formal noch nicht geprüft"
    return [case.task("Angebote prüfen", note, Urgency.NOW, "examination.show")]


def _exclusions(case: Case, work: BidWork, reader_id: int) -> list[Task]:
    found = []
    for one in work.exclusions:
        is_own = one.proposed_by_id == reader_id
        note = f"{one.bidder}, von Ihnen vorgeschlagen; eine andere Person bestätigt" if is_own else one.bidder
        urgency = Urgency.OTHERS if is_own else Urgency.NOW
        found.append(case.task("Ausschluss bestätigen", note, urgency, "evaluation.exclusion", exclusion_id=one.id))
    return found


def _panel(case: Case, work: BidWork, reader_id: int) -> list[Task]:
    if work.waiting:
        note = f"es fehlen die Punkte von {named([one.name for one in work.waiting])}"
        return [case.task("Punkte vergeben", note, Urgency.OTHERS, "evaluation.panel")]
    if not work.without_consensus:
        return []
    is_member = any(one.account_id == reader_id for one in work.panel)
    count = work.without_consensus
    note = "eine Bewertung ist noch offen" if count == 1 else f"{count} Bewertungen sind noch offen"
    urgency = Urgency.NOW if is_member else Urgency.OTHERS
    return [case.task("Konsens festhalten", note, urgency, "evaluation.panel")]


def round_task(case: Case, work: BidWork, now: datetime) -> Task | None:
    """The negotiated round: bidders have time, then two people open."""
    if work.round_deadline_at is None:
        return None
    name = f"Runde {work.round_number}"
    if now <= work.round_deadline_at:
        note, urgency = f"{name}: Bieter können weitere Angebote einreichen", Urgency.OTHERS
    else:
        note, urgency = f"{name}: Frist abgelaufen, zwei Personen öffnen gemeinsam", Urgency.NOW
    values = {"tender_id": case.id}
    label = f"Weitere Angebote öffnen: {case.title}"
    return Task(label, note, urgency, "bids.negotiation_rounds", values, work.round_deadline_at)


def awarding_tasks(case: Case, work: BidWork, today: date, *, is_eu: bool) -> list[Task]:
    """Register, letters, standstill and award, each as far as it is possible now."""
    found = []
    if work.unasked:
        note = f"Auskunft fehlt zu {named(work.unasked)}"
        found.append(case.task("Wettbewerbsregister abfragen", note, Urgency.NOW, "awarding.show"))
    is_somebody_owed = is_eu and work.bids > 1 and work.earliest_on is None
    if is_somebody_owed or work.unsent:
        found.append(case.task("Bieter informieren", _letters(work), Urgency.NOW, "awarding.show"))
    else:
        found.append(_award(case, work, today))
    return found


def _letters(work: BidWork) -> str:
    if not work.letters:
        return "Entscheidung bestätigt; die Schreiben nach § 134 GWB fehlen noch"
    return f"{work.unsent} von {work.letters} Schreiben nach § 134 GWB noch nicht versandt"


def _award(case: Case, work: BidWork, today: date) -> Task:
    if work.reviews:
        note = f"gesperrt, solange die Nachprüfung läuft ({named(work.reviews)})"
        return case.task("Zuschlag erteilen", note, Urgency.OTHERS, "awarding.objections")
    if work.earliest_on is not None and today < work.earliest_on:
        note = f"Bieter informiert; die Stillhaltefrist läuft, Zuschlag frühestens am {work.earliest_on:%d.%m.%Y}"
        return case.task("Zuschlag erteilen", note, Urgency.PREPARE, "awarding.show")
    if work.unasked:
        return case.task("Zuschlag erteilen", "nach der Auskunft des Registers", Urgency.PREPARE, "awarding.show")
    return case.task("Zuschlag erteilen", "jetzt möglich: nichts steht entgegen", Urgency.NOW, "awarding.show")
