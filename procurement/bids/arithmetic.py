"""Line totals, lot totals and what they are worth: completeness, and contradictions between unit price and total.

Two decisions. What counts is announced before the bids arrive (:class:`PriceBasis`). And an incomplete bid has no
evaluation total at all: the sum of what it does have is named ``partial_sum``, is there only while prices are missing,
and is never ranked, because leaving positions out would otherwise be the surest way to be cheapest
(§ 57 Abs. 1 Nr. 5 VgV).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from procurement.values.label import Labelled
from procurement.values.money import Money, UnitPrice
from procurement.values.quantity import Quantity


class PriceBasis(Labelled):
    """The announced rule for a line whose unit price and written total contradict each other."""

    UNIT_PRICE = "unit_price", "Der Einheitspreis gilt"
    WRITTEN_TOTAL = "written_total", "Der eingetragene Gesamtbetrag gilt"


class UnassignableLine(ValueError):
    """A line belongs to no position of the lot, or to one that has a line already; the import refuses such sheets."""

    def __init__(self, item_key: str) -> None:
        super().__init__(
            f"Die Zeile „{item_key}“ gehört zu keiner Position des Loses oder kommt doppelt vor. "
            "Bitte lesen Sie das Preisblatt erneut ein."
        )


@dataclass(frozen=True, slots=True)
class PriceLine:
    """One position of one bid, net: our quantity, the bidder's unit price and the total the bidder wrote beside it."""

    item_key: str
    quantity: Quantity
    unit_price: UnitPrice | None
    written_total: Money | None = None

    @property
    def recomputed_total(self) -> Money | None:
        """Quantity x unit price, rounded half up to the cent; ``None`` without a unit price."""
        return None if self.unit_price is None else self.unit_price.times(self.quantity)

    def counting_total(self, basis: PriceBasis) -> Money | None:
        """What the line contributes under the announced rule; a line without a unit price is unpriced either way.

        Where the written total counts but none was written, the product counts.
        """
        if self.unit_price is None or basis is PriceBasis.UNIT_PRICE or self.written_total is None:
            return self.recomputed_total
        return self.written_total


@dataclass(frozen=True, slots=True)
class Contradiction:
    """A line whose written total is not quantity x unit price (arithmetic check, § 56 Abs. 1 VgV)."""

    item_key: str
    recomputed: Money
    written: Money

    @property
    def difference(self) -> Money:
        """Written minus recomputed: negative when the bidder wrote too little."""
        return self.written - self.recomputed


@dataclass(frozen=True, slots=True)
class Completeness:
    """How many positions a lot has and which of them the bid leaves without a price."""

    expected: int
    missing: tuple[str, ...]

    @property
    def is_complete(self) -> bool:
        """Every position has a price; a lot without positions is never complete."""
        return self.expected > 0 and not self.missing

    @property
    def is_absent(self) -> bool:
        """No position has a price: the bidder did not bid for this lot at all."""
        return len(self.missing) == self.expected


@dataclass(frozen=True, slots=True)
class LotArithmetic:
    """One bid's figures for one lot; exactly one of ``evaluation_total`` and ``partial_sum`` is there."""

    basis: PriceBasis
    completeness: Completeness
    evaluation_total: Money | None
    partial_sum: Money | None
    contradictions: tuple[Contradiction, ...]


def contradictions(lines: Iterable[PriceLine]) -> tuple[Contradiction, ...]:
    """Every line whose written total differs from quantity x unit price, by a cent or more."""
    return tuple(
        Contradiction(line.item_key, line.recomputed_total, line.written_total)
        for line in lines
        if line.recomputed_total is not None
        and line.written_total is not None
        and line.recomputed_total != line.written_total
    )


def check_lot(item_keys: Sequence[str], lines: Sequence[PriceLine], basis: PriceBasis) -> LotArithmetic:
    """Add up one bid for one lot against the lot's own list of positions; a position without a line is missing."""
    by_key = _assigned(item_keys, lines)
    totals = {key: line.counting_total(basis) for key, line in by_key.items()}
    missing = tuple(key for key in item_keys if totals.get(key) is None)
    completeness = Completeness(len(item_keys), missing)
    priced = Money.total(total for total in totals.values() if total is not None)
    return LotArithmetic(
        basis=basis,
        completeness=completeness,
        evaluation_total=priced if completeness.is_complete else None,
        partial_sum=None if completeness.is_complete else priced,
        contradictions=contradictions(lines),
    )


def bid_total(lots: Iterable[LotArithmetic]) -> Money | None:
    """The evaluation total over several lots; ``None`` as soon as one of them has none, and for no lot at all."""
    totals = [lot.evaluation_total for lot in lots]
    known = [total for total in totals if total is not None]
    return Money.total(known) if known and len(known) == len(totals) else None


def _assigned(item_keys: Sequence[str], lines: Sequence[PriceLine]) -> dict[str, PriceLine]:
    """Lines by position; raise :class:`UnassignableLine` for a foreign or duplicated one."""
    known = set(item_keys)
    by_key: dict[str, PriceLine] = {}
    for line in lines:
        if line.item_key not in known or line.item_key in by_key:
            raise UnassignableLine(line.item_key)
        by_key[line.item_key] = line
    return by_key
