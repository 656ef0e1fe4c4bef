"""A Preisspiegel with its words: who bids, what each row is called, and how each bid stands in each lot, in German.

The figures are those of :mod:`procurement.bids.comparison`; here are the texts around them, in the same order.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from procurement.bids.comparison import PriceComparison
from procurement.bids.exclusion import Exclusion
from procurement.bids.lot_figures import SheetState
from procurement.bids.price_order import Standing


@dataclass(frozen=True, slots=True)
class ComparedBid:
    """A bid as the head of a column; ``sheets`` says per lot id what became of its price sheet."""

    bid_id: int
    number: int
    name: str
    exclusion: Exclusion | None
    sheets: Mapping[int, SheetState]

    @property
    def key(self) -> str:
        """The bid in the comparison."""
        return str(self.bid_id)


@dataclass(frozen=True, slots=True)
class ComparedLine:
    """What stands in front of a row: the texts of a position; the figures are in the comparison."""

    number: str
    title: str
    unit: str
    line_id: int = 0


@dataclass(frozen=True, slots=True)
class ComparedLot:
    """A lot of the comparison."""

    lot_id: int
    number: int
    title: str

    @property
    def key(self) -> str:
        """The lot in the comparison."""
        return str(self.number)


@dataclass(frozen=True, slots=True)
class LotStanding:
    """One bid in one lot: its figures and its state in words; ``tone`` is that of a status badge."""

    bid: ComparedBid
    standing: Standing
    state: str
    tone: str


@dataclass(frozen=True, slots=True)
class ComparedPrices:
    """Everything needed to show a Preisspiegel; bids, lots and lines in the order of its columns and rows."""

    comparison: PriceComparison
    bids: tuple[ComparedBid, ...]
    lots: tuple[ComparedLot, ...]
    lines: tuple[ComparedLine, ...]

    def standings_in(self, lot: ComparedLot) -> tuple[LotStanding, ...]:
        """How every bid stands in a lot, in the order of the columns; none for a lot without positions."""
        if not any(order.lot_key == lot.key for order in self.comparison.lots):
            return ()
        order = self.comparison.order_of(lot.key)
        return tuple(
            LotStanding(bid, standing, *state_in_words(bid.exclusion, bid.sheets[lot.lot_id], standing))
            for bid, standing in zip(self.bids, order.standings, strict=True)
        )

    def counting_in(self, lot: ComparedLot) -> tuple[int, ...]:
        """The columns that make lowest price and mean in a lot: bids with prices there that are not excluded."""
        return tuple(self.comparison.counting.get(lot.key, ()))

    def rows_of(self, lot: ComparedLot) -> list[int]:
        """The row numbers of one lot, in order."""
        return [row for row, position in enumerate(self.comparison.positions) if position.lot_key == lot.key]


def state_in_words(exclusion: Exclusion | None, sheet: SheetState, standing: Standing) -> tuple[str, str]:
    """How a bid stands in a lot, and the tone for it; an incomplete bid is named so and never gets a rank."""
    if exclusion is not None:
        return f"ausgeschlossen ({exclusion.norm})", "danger"
    if sheet is SheetState.NONE:
        return "kein Angebot für dieses Los", "neutral"
    if sheet is SheetState.REFUSED:
        return "Preisblatt nicht übernommen", "danger"
    missing = len(standing.completeness.missing)
    if missing:
        return f"unvollständig ({missing} {'Preis fehlt' if missing == 1 else 'Preise fehlen'})", "warning"
    return "vollständig", "success"
