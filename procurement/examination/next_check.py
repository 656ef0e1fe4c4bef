"""What is next in the examination, of one bid and of all: the first stage that somebody can work on, in order.

Stages that wait for a bidder come last, because nothing can be done about them before the deadline.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from procurement.examination.profiles import Stage
from procurement.examination.tasks import StageTask, TaskState

TO_DO = (TaskState.OPEN, TaskState.OBJECTED)


@dataclass(frozen=True, slots=True)
class NextCheck:
    """A stage of a bid; ``is_waiting`` that the bidder has the next move."""

    bid_id: int
    bid_number: int
    bidder: str
    stage: Stage
    is_waiting: bool

    @property
    def anchor(self) -> str:
        """Where the stage stands on the page of the bid."""
        return f"stage-{self.stage.value}"


@dataclass(frozen=True, slots=True)
class ExaminedBid:
    """One bid with its stages in order."""

    id: int
    number: int
    bidder: str
    tasks: Sequence[StageTask]


def next_check(bids: Iterable[ExaminedBid]) -> NextCheck | None:
    """The first stage to work on, else the first that waits for a bidder; the scoring has its own page."""
    stages = [(bid, task) for bid in bids for task in bid.tasks if task.stage is not Stage.AWARD]
    found = [one for one in stages if one[1].state in TO_DO] or [
        one for one in stages if one[1].state is TaskState.WAITING
    ]
    if not found:
        return None
    bid, task = found[0]
    return NextCheck(bid.id, bid.number, bid.bidder, task.stage, is_waiting=task.state is TaskState.WAITING)
