"""What is typed: cells on the page of points, each with the version that was shown, and a drawing of lots."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PointsEntry:
    """Points 0 to 10 for one bid and one B-criterion; ``seen`` is the version shown, 0 for an empty cell."""

    bid_id: int
    criterion_id: int
    points: int | None
    reason: str
    seen: int | None = None

    @property
    def cell(self) -> str:
        """The cell's name, as form fields end with it."""
        return f"{self.bid_id}-{self.criterion_id}"


@dataclass(frozen=True, slots=True)
class FigureEntry:
    """The figure one bidder states for one criterion, as typed, and where it stands in the bid."""

    bid_id: int
    criterion_id: int
    figure: str
    reason: str
    seen: int | None = None

    @property
    def cell(self) -> str:
        """The cell's name, as form fields end with it."""
        return f"{self.bid_id}-{self.criterion_id}"


@dataclass(frozen=True, slots=True)
class AnswerEntry:
    """Whether one bid meets one A-criterion; a "no" needs a reason."""

    bid_id: int
    criterion_id: int
    is_met: bool | None
    reason: str
    seen: int | None = None

    @property
    def cell(self) -> str:
        """The cell's name, as form fields end with it."""
        return f"{self.bid_id}-{self.criterion_id}"


@dataclass(frozen=True, slots=True)
class DrawingEntry:
    """A drawing of lots between bids on rank 1: whom the lot fell on, who was there, how it was done."""

    winner: str
    recorded_by_id: int | None
    second_id: int | None
    record: str
