"""What of a Preisspiegel is on screen: which lot, which figure per cell, which rows; read from the page's address."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

from procurement.bids.comparison_filters import RowFilter
from procurement.values.label import Labelled


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

    @classmethod
    def of(cls, address: Mapping[str, str]) -> "Selection":
        """Read ``lot``, ``view``, ``rows`` and ``offset``."""
        views = {view.value: view for view in PriceView}
        filters = {rows.value: rows for rows in RowFilter}
        return cls(
            lot=_number(address.get("lot", "")),
            view=views.get(address.get("view", ""), PriceView.UNIT_PRICE),
            rows=filters.get(address.get("rows", ""), RowFilter.ALL),
            offset=_number(address.get("offset", "")) or 0,
        )


def chosen_lot(lots: Sequence[Choice], chosen: Selection) -> Choice:
    """The lot asked for, otherwise the first."""
    return next((lot for lot in lots if lot.number == chosen.lot), lots[0])


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < len("1000000000") else None
