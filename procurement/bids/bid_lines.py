"""One bid's prices for one lot as a person reads them, line by line, and which part of a long list is on screen."""

from dataclasses import dataclass

from procurement.bids.arithmetic import PriceLine
from procurement.values.money import Money, UnitPrice
from procurement.values.quantity import Quantity

WINDOW = 100


@dataclass(frozen=True, slots=True)
class BidLine:
    """A position with the price offered for it, ``None`` where it is missing; ``written`` is the bidder's own total."""

    number: str
    title: str
    quantity: Quantity
    unit: str
    unit_price: UnitPrice | None
    written: Money | None

    @property
    def total(self) -> Money | None:
        """Quantity x unit price."""
        return self._line.recomputed_total

    @property
    def difference(self) -> Money | None:
        """Written minus recomputed total; ``None`` when both agree or one is not there."""
        if self.total is None or self.written is None or self.written == self.total:
            return None
        return self.written - self.total

    @property
    def _line(self) -> PriceLine:
        return PriceLine(self.number, self.quantity, self.unit_price, self.written)


@dataclass(frozen=True, slots=True)
class Window:
    """A part of a long list: rows ``offset`` to ``offset + WINDOW`` of ``total``, counted from 0."""

    offset: int
    total: int

    @classmethod
    def at(cls, wanted: int, total: int) -> "Window":
        """The window that holds row ``wanted``; beyond the end the last one."""
        last = max(0, total - 1) // WINDOW * WINDOW
        return cls(min(max(0, wanted) // WINDOW * WINDOW, last), total)

    @property
    def first(self) -> int:
        """The number of the first row shown, counted from 1."""
        return self.offset + 1

    @property
    def last(self) -> int:
        """The number of the last row shown, counted from 1."""
        return min(self.offset + WINDOW, self.total)

    @property
    def previous(self) -> int | None:
        """Where the window before this one begins."""
        return self.offset - WINDOW if self.offset else None

    @property
    def final(self) -> int:
        """Where the last window begins."""
        return max(0, self.total - 1) // WINDOW * WINDOW

    @property
    def following(self) -> int | None:
        """Where the window after this one begins."""
        return self.offset + WINDOW if self.last < self.total else None
