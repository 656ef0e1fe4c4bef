"""What an officer has to do about tenders, from the open points of a planned one to the cost allocation.

Opening, award and allocation need two people; whoever did the first half finds the case under "bei anderen".
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from procurement.allocation.states import RunState
from procurement.awarding.rules import EU_PROCEDURES
from procurement.bids.formal_check import is_late
from procurement.evaluation.states import AwardState
from procurement.home.bid_work import BidWork, Case, awarding_tasks, examining_tasks, round_task
from procurement.home.tasks import Task, Urgency, named
from procurement.tenders.kinds import ProcedureType, TenderStage
from procurement.tenders.participation import Participation

REMIND_AFTER_DAYS = 7


@dataclass(frozen=True, slots=True)
class LotFacts:
    """Where a lot of an opened tender stands; ``decision`` is its award decision unless that was rejected."""

    number: int
    is_evaluated: bool
    decision: AwardState | None = None
    proposed_by_id: int | None = None
    proposed_by_name: str = ""


@dataclass(frozen=True, slots=True)
class TenderFacts:
    """A running tender; ``objections`` keep it from publication, ``is_named``: whether the reader may open bids."""

    id: int
    title: str
    stage: TenderStage
    bid_deadline_at: datetime | None = None
    objections: Sequence[str] = ()
    is_named: bool = False
    first_by_id: int | None = None
    first_by_name: str = ""
    lots: Sequence[LotFacts] = ()
    procedure_type: ProcedureType = ProcedureType.OPEN
    participation: Participation | None = None
    work: BidWork = field(default_factory=BidWork)

    @property
    def case(self) -> Case:
        """What names it in a task."""
        return Case(self.id, self.title)


@dataclass(frozen=True, slots=True)
class RunFacts:
    """A cost allocation that still asks for something."""

    id: int
    title: str
    number: int
    state: RunState
    prepared_by_id: int
    prepared_by_name: str


def tender_tasks(facts: TenderFacts, reader_id: int, now: datetime, today: date | None = None) -> list[Task]:
    """What this tender asks of the reader or of a colleague; nothing while bidders have time. ``today`` in Berlin."""
    if facts.stage is TenderStage.PLANNED:
        return [*_procedure(facts), *_participation(facts, now), _publication(facts)]
    if facts.stage in {TenderStage.PUBLISHED, TenderStage.BIDS_CLOSED}:
        is_over = facts.bid_deadline_at is not None and is_late(now, facts.bid_deadline_at)
        return [_opening(facts, reader_id)] if is_over else []
    if facts.stage is TenderStage.AWARDED:
        note = "Zuschlag erteilt, noch keine Berechnung"
        return [_task(facts, "Kosten aufteilen", note, Urgency.NOW, "allocation.of_tender")]
    if facts.work.has_conflict:
        return []
    return _after_opening(facts, reader_id, now, today or now.date())


def _after_opening(facts: TenderFacts, reader_id: int, now: datetime, today: date) -> list[Task]:
    """From the opened bids to the award."""
    if facts.stage is TenderStage.NEGOTIATION:
        task = round_task(facts.case, facts.work, now)
        return [task] if task else []
    if facts.stage is TenderStage.OPENED:
        found = examining_tasks(facts.case, facts.work, reader_id)
        return found if facts.work.is_blind(reader_id) else [*found, *_evaluation(facts)]
    is_decided = _is_decided(facts)
    if facts.stage is TenderStage.STANDSTILL or is_decided:
        is_eu = facts.procedure_type in EU_PROCEDURES
        return awarding_tasks(facts.case, facts.work, today, is_eu=is_eu)
    return [*_evaluation(facts), *_confirmations(facts, reader_id)]


def _task(facts: TenderFacts, verb: str, note: str, urgency: Urgency, endpoint: str) -> Task:
    return Task(f"{verb}: {facts.title}", note, urgency, endpoint, {"tender_id": facts.id})


def _publication(facts: TenderFacts) -> Task:
    if not facts.objections:
        note = "alle Angaben vollständig"
        return _task(facts, "Ausschreibung veröffentlichen", note, Urgency.NOW, "tenders.publish")
    first, more = facts.objections[0], len(facts.objections) - 1
    note = f"{first} ({more} weitere{'r Punkt' if more == 1 else ' Punkte'})" if more else first
    return _task(facts, "Ausschreibung vorbereiten", note, Urgency.PREPARE, "tenders.show")


def _procedure(facts: TenderFacts) -> list[Task]:
    """A value that crossed the threshold reopens the decision (§ 3 VgV)."""
    if facts.procedure_type is not ProcedureType.UNDECIDED:
        return []
    note = "Die Verfahrensart ist offen; vorher wird nicht veröffentlicht."
    return [_task(facts, "Verfahrensart entscheiden", note, Urgency.NOW, "tenders.value")]


def _participation(facts: TenderFacts, now: datetime) -> list[Task]:
    """Members that have not confirmed: theirs to do for a week, then the procurement office reminds them."""
    asked = facts.participation
    if asked is None or not asked.missing:
        return []
    since, note = asked.since, f"{len(asked.missing)} von {asked.count} fehlen: {named(asked.missing)}"
    if since is None or (now.date() - since).days < REMIND_AFTER_DAYS:
        return [_task(facts, "Teilnahme bestätigen", note, Urgency.OTHERS, "tenders.participation")]
    note = f"{note}; gefragt am {since:%d.%m.%Y}"
    return [_task(facts, "An Teilnahme erinnern", note, Urgency.NOW, "tenders.participation")]


def _opening(facts: TenderFacts, reader_id: int) -> Task:
    if facts.first_by_id == reader_id:
        note, urgency = "von Ihnen freigegeben, die zweite Person fehlt noch", Urgency.OTHERS
    elif facts.first_by_id is not None:
        note, urgency = f"{facts.first_by_name} hat freigegeben, die zweite Person fehlt noch", Urgency.NOW
    else:
        note, urgency = "Angebotsfrist abgelaufen, zwei Personen öffnen gemeinsam", Urgency.NOW
    if not facts.is_named:
        note, urgency = f"{note}; benannt sind andere Personen der Vergabestelle", Urgency.OTHERS
    label = f"Angebote öffnen: {facts.title}"
    return Task(label, note, urgency, "bids.index", {"tender_id": facts.id}, facts.bid_deadline_at)


def _evaluation(facts: TenderFacts) -> list[Task]:
    """Lots without a run are evaluated first; an award is proposed when every lot is."""
    open_lots = [lot.number for lot in facts.lots if not lot.is_evaluated]
    if open_lots and not facts.work.is_scored:
        return []
    if open_lots:
        note = f"{_lots(open_lots)} noch nicht gewertet"
        return [_task(facts, "Angebote werten", note, Urgency.NOW, "evaluation.show")]
    undecided = [lot.number for lot in facts.lots if lot.decision is None]
    if undecided and facts.stage is TenderStage.EVALUATED:
        note = f"{_lots(undecided)} ohne Vorschlag"
        return [_task(facts, "Zuschlag vorschlagen", note, Urgency.NOW, "evaluation.award")]
    return []


def _confirmations(facts: TenderFacts, reader_id: int) -> list[Task]:
    proposed = [lot for lot in facts.lots if lot.decision is AwardState.PROPOSED]
    own = [lot.number for lot in proposed if lot.proposed_by_id == reader_id]
    others = [lot for lot in proposed if lot.proposed_by_id != reader_id]
    found = []
    if others:
        people = ", ".join(sorted({lot.proposed_by_name for lot in others}))
        note = f"{_lots([lot.number for lot in others])}, vorgeschlagen von {people}"
        found.append(_task(facts, "Zuschlag bestätigen", note, Urgency.NOW, "evaluation.award"))
    if own:
        note = f"{_lots(own)}, von Ihnen vorgeschlagen; eine andere Person bestätigt"
        found.append(_task(facts, "Zuschlag bestätigen", note, Urgency.OTHERS, "evaluation.award"))
    return found


def _is_decided(facts: TenderFacts) -> bool:
    """Whether every lot with a proposal is confirmed, so that the bidders are told and the award is made."""
    decisions = {lot.decision for lot in facts.lots if lot.decision is not None}
    return facts.stage is TenderStage.AWARD_DECIDED and decisions == {AwardState.CONFIRMED}


def _lots(numbers: Sequence[int]) -> str:
    return f"{'Los' if len(numbers) == 1 else 'Lose'} {', '.join(map(str, numbers))}"


def run_task(facts: RunFacts, reader_id: int) -> Task:
    """A calculated allocation waits for its check, then for its approval, an approved one for its documents."""
    if facts.state is RunState.APPROVED:
        note = f"Fassung {facts.number} ist freigegeben; die Mitglieder warten auf ihre Kostenmitteilung"
        title = f"Dokumente ausstellen: {facts.title}"
        return Task(title, note, Urgency.NOW, "documents.of_run", {"run_id": facts.id})
    verb = "prüfen" if facts.state is RunState.CALCULATED else "freigeben"
    is_own = facts.prepared_by_id == reader_id
    who = "von Ihnen berechnet, eine andere Person ist dran" if is_own else f"berechnet von {facts.prepared_by_name}"
    return Task(
        f"Kostenaufteilung {verb}: {facts.title}",
        f"Fassung {facts.number}, {who}",
        Urgency.OTHERS if is_own else Urgency.NOW,
        "allocation.show",
        {"run_id": facts.id},
    )
