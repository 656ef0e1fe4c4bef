"""What the address of the Preisspiegel chooses; nonsense in it counts as not chosen."""

from dataclasses import replace
from types import SimpleNamespace

import pytest

from procurement.bids.comparison_filters import RowFilter
from procurement.bids.comparison_view import PriceView, Selection, chosen_lot

LOTS = [SimpleNamespace(number=1), SimpleNamespace(number=4)]


def test_the_address_chooses_lot_figure_rows_and_window():
    chosen = Selection.of({"lot": "4", "view": "total", "rows": "missing", "offset": "100"})
    assert chosen == Selection(4, PriceView.TOTAL, RowFilter.MISSING, 100)
    assert chosen_lot(LOTS, chosen).number == 4


@pytest.mark.parametrize("nonsense", ["", "-1", "x", "１", "9" * 30])
def test_nonsense_chooses_nothing(nonsense):
    address = dict.fromkeys(("lot", "view", "rows", "offset"), nonsense)
    assert Selection.of(address) == Selection()
    assert chosen_lot(LOTS, Selection.of(address)).number == 1


def test_an_address_names_only_what_was_chosen_and_begins_at_the_first_row():
    chosen = Selection.of(
        {"lot": "4", "view": "total", "rows": "all", "order": "value", "sought": " a  b ", "offset": "9"}
    )
    assert chosen.address() == {"lot": "4", "view": "total", "order": "value", "sought": "a b"}
    assert chosen.address(view=PriceView.UNIT_PRICE, sought="") == {"lot": "4", "order": "value"}
    assert Selection.of(chosen.address()) == replace(chosen, offset=0)
