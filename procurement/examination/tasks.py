"""What remains to be done with one bid, stage by stage in the order of the profile: state and what is missing."""

from collections.abc import Sequence
from dataclasses import dataclass

from procurement.examination.document_requests import CheckedDocument
from procurement.examination.profiles import Stage
from procurement.examination.states import IntegrityFinding, RequestState
from procurement.values.label import Labelled
from procurement.values.objection import Objection


class TaskState(Labelled):
    """How a stage stands for a bid."""

    DONE = "done", "erledigt"
    OPEN = "open", "offen"
    WAITING = "waiting", "wartet auf Bieter"
    OBJECTED = "objected", "beanstandet"
    OUT = "out", "entfällt"

    @property
    def tone(self) -> str:
        """The tone of its badge."""
        tones = {"done": "success", "open": "neutral", "waiting": "info", "objected": "danger", "out": "neutral"}
        return tones[self.value]


@dataclass(frozen=True, slots=True)
class StageTask:
    """One stage of one bid."""

    stage: Stage
    state: TaskState
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LotFormal:
    """The formal result of one lot the bid was handed in for."""

    lot: int
    is_recorded: bool
    objection: str = ""


@dataclass(frozen=True, slots=True)
class PriceTask:
    """A conspicuous price: whether it still needs somebody, waits for the bidder, or is to be rejected."""

    lot: int
    is_open: bool
    is_waiting: bool
    is_rejected: bool


@dataclass(frozen=True, slots=True)
class BidExamined:
    """Everything known about one bid."""

    is_out: bool
    formal: Sequence[LotFormal]
    documents: Sequence[CheckedDocument]
    request: RequestState | None
    unanswered: Sequence[str]
    unmet: Sequence[str]
    integrity: IntegrityFinding | None
    prices: Sequence[PriceTask]
    is_evaluated: bool


def tasks_of(bid: BidExamined, order: Sequence[Stage]) -> list[StageTask]:
    """The stages in order; of an excluded bid none is left."""
    if bid.is_out:
        return [StageTask(stage, TaskState.OUT) for stage in order]
    made = {
        Stage.FORMAL: _formal(bid),
        Stage.SUITABILITY: _suitability(bid),
        Stage.PRICE: _prices(bid.prices),
        Stage.AWARD: StageTask(Stage.AWARD, TaskState.DONE if bid.is_evaluated else TaskState.OPEN),
    }
    return [made[stage] for stage in order]


def objections_to_finishing(stage: Stage, tasks: Sequence[StageTask], order: str) -> list[Objection]:
    """Why a stage must not be finished yet: an earlier one of this bid is not, each named with what it lacks.

    Noting part of a later stage stays possible, and so does an objection: it leads to the exclusion of the bid.
    """
    places = [task.stage for task in tasks]
    if stage not in places or tasks[places.index(stage)].state is not TaskState.DONE:
        return []
    return [
        Objection(_unfinished(task, stage, order))
        for task in tasks[: places.index(stage)]
        if task.state is not TaskState.DONE
    ]


def _unfinished(task: StageTask, stage: Stage, order: str) -> str:
    missing = f": {'; '.join(task.missing)}" if task.missing else ""
    return (
        f"„{stage.label}“ lässt sich noch nicht abschließen. Nach der Prüfreihenfolge „{order}“ kommt vorher "
        f"„{task.stage.label}“ ({task.state.label}{missing})."
    )


def _formal(bid: BidExamined) -> StageTask:
    objected = [f"Los {one.lot}: {one.objection}" for one in bid.formal if one.objection]
    lacking = [document.title for document in bid.documents if document.is_lacking]
    if bid.request is RequestState.OPEN:
        return StageTask(Stage.FORMAL, TaskState.WAITING, tuple(objected or lacking))
    if objected or (lacking and (bid.request or not any(one.can_be_requested for one in bid.documents))):
        return StageTask(Stage.FORMAL, TaskState.OBJECTED, (*objected, *lacking))
    missing = [f"Los {one.lot}: formale Prüfung" for one in bid.formal if not one.is_recorded]
    unchecked = [f"{one.title}: noch nicht geprüft" for one in bid.documents if one.state is None]
    missing += (
        unchecked if len(unchecked) == 1 else [f"{len(unchecked)} Unterlagen noch nicht geprüft"] * bool(unchecked)
    )
    missing += [f"{title}: nachfordern" for title in lacking]
    return StageTask(Stage.FORMAL, TaskState.OPEN if missing else TaskState.DONE, tuple(missing))


def _suitability(bid: BidExamined) -> StageTask:
    if bid.unmet or (bid.integrity and bid.integrity.stands_in_the_way):
        named = [*bid.unmet, *([bid.integrity.label] if bid.integrity and bid.integrity.stands_in_the_way else [])]
        return StageTask(Stage.SUITABILITY, TaskState.OBJECTED, tuple(named))
    missing = list(bid.unanswered)
    if bid.integrity is None:
        missing.append("Ausschlussgründe der §§ 123, 124 GWB")
    return StageTask(Stage.SUITABILITY, TaskState.OPEN if missing else TaskState.DONE, tuple(missing))


def _prices(prices: Sequence[PriceTask]) -> StageTask:
    rejected = [f"Los {one.lot}: Preis nicht aufgeklärt" for one in prices if one.is_rejected]
    if rejected:
        return StageTask(Stage.PRICE, TaskState.OBJECTED, tuple(rejected))
    waiting = [f"Los {one.lot}: Antwort des Bieters" for one in prices if one.is_waiting]
    open_ = [f"Los {one.lot}: Preis prüfen" for one in prices if one.is_open and not one.is_waiting]
    if open_:
        return StageTask(Stage.PRICE, TaskState.OPEN, (*open_, *waiting))
    return StageTask(Stage.PRICE, TaskState.WAITING if waiting else TaskState.DONE, tuple(waiting))
