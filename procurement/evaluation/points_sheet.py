"""The page of points: criteria × bids, what is still blank, and one criterion or one bid picked out to be filled.

Two-envelope idea: no price is on this sheet, so that whoever gives points does not know them (domain rule 3.2).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from procurement.tenders.criteria_scales import FREE, FigureScale, Scale
from procurement.tenders.kinds import CriterionKind
from procurement.values.label import Labelled


class Answer(Labelled):
    """Whether a bid meets an A-criterion."""

    MET = "met", "erfüllt"
    NOT_MET = "not_met", "nicht erfüllt"


@dataclass(frozen=True, slots=True)
class SheetCriterion:
    """A leaf of the criteria tree."""

    id: int
    number: str
    title: str
    description: str
    kind: CriterionKind
    scale: Scale = FREE

    @property
    def is_scored(self) -> bool:
        """Whether it gets points; otherwise it is answered with yes or no."""
        return self.kind is CriterionKind.SCORED

    @property
    def is_stated(self) -> bool:
        """Whether bidders state a figure from which the points are computed."""
        return isinstance(self.scale, FigureScale)

    @property
    def is_judged(self) -> bool:
        """Whether people give the points."""
        return self.is_scored and not self.is_stated


@dataclass(frozen=True, slots=True)
class SheetBid:
    """A bid that can be rated."""

    id: int
    number: int
    bidder: str
    is_complete: bool


@dataclass(frozen=True, slots=True)
class SheetCell:
    """What is stored for one bid and one criterion; ``version`` 0 and an empty value for nothing.

    ``is_open`` is false where a panel agrees on the points, so that nobody enters them here.
    """

    bid: SheetBid
    criterion: SheetCriterion
    value: str = ""
    reason: str = ""
    version: int = 0
    given_by: str = ""
    given_at: datetime | None = None
    is_needed: bool = True
    is_open: bool = True

    @property
    def key(self) -> str:
        """The cell's name in form fields."""
        return f"{self.bid.id}-{self.criterion.id}"

    @property
    def is_blank(self) -> bool:
        """Nothing is stored, though the evaluation needs it."""
        return self.is_needed and not self.version

    @property
    def shown(self) -> str:
        """The value in words: points as a figure, an answer by its label."""
        labels = {answer.value: answer.label for answer in Answer}
        return self.value.replace(".", ",") if self.criterion.is_stated else labels.get(self.value, self.value)


@dataclass(frozen=True, slots=True)
class PointsSheet:
    """All cells, criterion by criterion, in the order of criteria and bids."""

    criteria: tuple[SheetCriterion, ...]
    bids: tuple[SheetBid, ...]
    cells: tuple[SheetCell, ...]

    def of_criterion(self, criterion_id: int) -> list[SheetCell]:
        """All bids under one criterion."""
        return [cell for cell in self.cells if cell.criterion.id == criterion_id]

    def of_bid(self, bid_id: int) -> list[SheetCell]:
        """One bid under all criteria."""
        return [cell for cell in self.cells if cell.bid.id == bid_id]

    @property
    def needed(self) -> int:
        """How many cells the evaluation needs."""
        return sum(cell.is_needed for cell in self.cells)

    @property
    def blank(self) -> int:
        """How many of them are missing."""
        return sum(cell.is_blank for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Choice:
    """What is picked out of the sheet: one criterion across all bids, or one bid under all criteria."""

    criterion: SheetCriterion | None
    bid: SheetBid | None
    cells: tuple[SheetCell, ...]

    @property
    def open_cells(self) -> tuple[SheetCell, ...]:
        """Those that are filled here and not agreed on by a panel."""
        return tuple(cell for cell in self.cells if cell.is_open)


def choice(sheet: PointsSheet, criterion_id: int | None, bid_id: int | None) -> Choice | None:
    """What was asked for; without a valid wish the first criterion with a blank cell, else the first one."""
    bid = next((one for one in sheet.bids if one.id == bid_id), None)
    if bid is not None:
        return Choice(None, bid, tuple(sheet.of_bid(bid.id)))
    wanted = [one for one in sheet.criteria if one.id == criterion_id]
    blank = [cell.criterion for cell in sheet.cells if cell.is_blank]
    criterion = next(iter((*wanted, *blank, *sheet.criteria)), None)
    return Choice(criterion, None, tuple(sheet.of_criterion(criterion.id))) if criterion and sheet.bids else None


def next_blank(sheet: PointsSheet, done: Choice) -> dict[str, int] | None:
    """Where to go on after saving, as parameters of the page: the next bid or criterion with a blank cell."""
    blank = [cell for cell in sheet.cells if cell.is_blank and cell.is_open]
    if not blank:
        return None
    if done.bid is not None:
        return {"bid": _following([cell.bid.id for cell in blank], [bid.id for bid in sheet.bids], done.bid.id)}
    ids = [criterion.id for criterion in sheet.criteria]
    here = done.criterion.id if done.criterion else ids[0]
    return {"criterion": _following([cell.criterion.id for cell in blank], ids, here)}


def _following(blank: Sequence[int], order: Sequence[int], here: int) -> int:
    """The first with a blank cell behind the present one, from the top again if there is none."""
    start = order.index(here) + 1
    return next(one for one in (*order[start:], *order[:start]) if one in blank)
