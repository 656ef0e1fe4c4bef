"""What of a Preisspiegel is on screen: which lot, which figure per cell, which rows in which order."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Protocol, TypeVar

from procurement.bids.compared_prices import ComparedPrices
from procurement.bids.comparison_filters import RowFilter, RowOrder, in_order, rows_matching, rows_naming
from procurement.values.label import Labelled

LONGEST_SEARCH = 80


class PriceView(Labelled):
    """The figure shown in a bidder's cells."""

    UNIT_PRICE = "unit_price", "Einzelpreis"
    TOTAL = "total", "Gesamtpreis"
    FROM_MEAN = "from_mean", "Abweichung vom Mittel"
    FROM_ESTIMATE = "from_estimate", "Abweichung von der Schätzung"


class Numbered(Protocol):
    """Anything with a number to choose it by, such as a lot."""

    @property
    def number(self) -> int: ...


Choice = TypeVar("Choice", bound=Numbered)


@dataclass(frozen=True, slots=True)
class Selection:
    """The choices in the address; whatever is unknown there counts as not chosen."""

    lot: int | None = None
    view: PriceView = PriceView.UNIT_PRICE
    rows: RowFilter = RowFilter.ALL
    offset: int = 0
    order: RowOrder = RowOrder.POSITION
    sought: str = ""

    @classmethod
    def of(cls, address: Mapping[str, str]) -> "Selection":
        """Read ``lot``, ``view``, ``rows``, ``offset``, ``order`` and ``sought``."""
        views = {view.value: view for view in PriceView}
        filters = {rows.value: rows for rows in RowFilter}
        orders = {order.value: order for order in RowOrder}
        return cls(
            lot=_number(address.get("lot", "")),
            view=views.get(address.get("view", ""), PriceView.UNIT_PRICE),
            rows=filters.get(address.get("rows", ""), RowFilter.ALL),
            offset=_number(address.get("offset", "")) or 0,
            order=orders.get(address.get("order", ""), RowOrder.POSITION),
            sought=" ".join(address.get("sought", "").split())[:LONGEST_SEARCH],
        )

    def address(self, **changed: Any) -> dict[str, str]:
        """The address of these choices with some of them changed; what nobody chose and the window are left out."""
        wanted = replace(self, **changed)
        chosen = {"view": wanted.view, "rows": wanted.rows, "order": wanted.order}
        usual = {"view": PriceView.UNIT_PRICE, "rows": RowFilter.ALL, "order": RowOrder.POSITION}
        lot = {} if wanted.lot is None else {"lot": str(wanted.lot)}
        sought = {"sought": wanted.sought} if wanted.sought else {}
        return lot | {name: choice.value for name, choice in chosen.items() if choice is not usual[name]} | sought

    @property
    def is_narrowed(self) -> bool:
        """Whether only some rows of the lot are wanted."""
        return self.rows is not RowFilter.ALL or bool(self.sought)


def matching_rows(prices: ComparedPrices, chosen: Selection) -> list[int]:
    """The numbers of the rows that are wanted, in the order that is wanted."""
    rows = rows_matching(prices.comparison, chosen.rows)
    if chosen.sought:
        named = rows_naming([(line.number, line.title) for line in prices.lines], chosen.sought)
        rows = [row for row in rows if row in named]
    return in_order(prices.comparison, rows, chosen.order)


def chosen_lot(lots: Sequence[Choice], chosen: Selection) -> Choice:
    """The lot asked for, otherwise the first."""
    return next((lot for lot in lots if lot.number == chosen.lot), lots[0])


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < len("1000000000") else None
