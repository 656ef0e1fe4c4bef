"""Price sheets through upload, opening and reading: one wrong cell and no price of that lot is taken over.

The sheet of the example: head in row 12, positions FW-1 (4 pieces) in row 13 and FW-2 (40 pieces) in row 14, sum in row
15; the unit price stands in column F, the total in G, the identity of a position in H.
"""

import io

import openpyxl
import pytest
import sqlalchemy as sa

from procurement.audit.actions import record
from procurement.audit.actor import COMMAND_LINE
from procurement.audit.events import Event
from procurement.audit.models import AuditEntry
from procurement.bids import actions, actions_sheets, queries, queries_comparison
from procurement.bids.actions import ReceivedFile
from procurement.bids.lot_figures import SheetState
from procurement.bids.models import BidPrice, SheetReading
from procurement.core import clock
from procurement.core.db import db
from procurement.core.errors import Refused
from procurement.tenders.kinds import TenderStage
from procurement.values.money import Money, UnitPrice
from tests.factories import bids as make_bids
from tests.factories import tenders as make_tenders

PRICES = {"FW-1": "900", "FW-2": "40.50"}
SPREADSHEET = "Preisblatt.xlsx"


@pytest.fixture
def tender(context):
    return make_tenders.published_tender()


def edited(lot, *changes, prices=PRICES) -> ReceivedFile:
    """The bidder's sheet after somebody changed cells or rows of it."""
    book = openpyxl.load_workbook(io.BytesIO(make_bids.sheet(lot, prices).content))
    for change in changes:
        change(book.worksheets[0])
    stored = io.BytesIO()
    book.save(stored)
    return ReceivedFile(lot, SPREADSHEET, stored.getvalue())


def cell(address, value):
    return lambda sheet: sheet.__setitem__(address, value)


def copied_row(sheet):
    sheet.append([value.value for value in sheet[14]])


def deleted_row(sheet):
    sheet.delete_rows(14)


def foreign_row(sheet):
    sheet.append([None, "Rabatt", "10 % auf alles"])


def second_sheet(sheet):
    sheet.parent.create_sheet("Bedingungen")["A1"] = "Unsere AGB gelten"


def merged(sheet):
    sheet.merge_cells("A13:B13")


WRONG = [
    (cell("F13", "900,00"), "F13", "text_in_number"),
    (cell("F13", "1.234"), "F13", "ambiguous_number"),
    (cell("F13", "=450*2"), "F13", "formula_in_price"),
    (cell("F14", -1), "F14", "negative_price"),
    (cell("F14", 0.1234567), "F14", "too_many_decimals"),
    (cell("F14", 10**10), "F14", "price_too_large"),
    (cell("F14", True), "F14", "not_a_price"),
    (cell("D13", 5), "D13", "changed_quantity"),
    (cell("C14", "UTM-Lizenz light"), "C14", "changed_text"),
    (cell("G13", "=F13*3"), "G13", "foreign_formula"),
    (cell("J14", "nur bei Abnahme bis März"), "J14", "foreign_content"),
    (cell("F12", "Preis"), "A1", "changed_head"),
    (cell("B6", "0000000000000000"), "B6", "wrong_sheet"),
    (copied_row, "H16", "duplicate_row"),
    (deleted_row, "A14", "deleted_row"),
    (foreign_row, "B16", "foreign_row"),
    (second_sheet, "", "foreign_sheet"),
    (merged, "A13", "merged_cells"),
]


def stored_prices(bid) -> int:
    return db.session.scalar(sa.select(sa.func.count()).select_from(BidPrice).filter_by(bid_id=bid.id))


def findings_of(bid) -> list[dict[str, str]]:
    return db.session.scalars(sa.select(SheetReading).filter_by(bid_id=bid.id)).one().findings


def test_one_wrong_cell_and_nothing_of_the_lot_is_taken_over(tender):
    """Eighteen bidders, each with one mistake of its own, and one without any."""
    bids = {
        code: make_bids.sealed_bid(tender, name=f"{code} GmbH", files=[edited(tender.lots[0], change)])
        for change, _address, code in WRONG
    }
    good = make_bids.sealed_bid(tender, PRICES, "Sorgfältig GmbH")
    make_bids.opened(tender)
    blocking = {
        code: [f["cell"] for f in findings_of(bid) if f["weight"] == "blocking" and f["code"] == code]
        for code, bid in bids.items()
    }
    assert blocking == {code: [address] for _change, address, code in WRONG}
    assert {code: stored_prices(bid) for code, bid in bids.items()} == dict.fromkeys(bids, 0)
    figures = {f.bid_id: f for f in queries_comparison.lot_figures(tender.lots[0])}
    assert {(figures[bid.id].sheet, figures[bid.id].evaluation_total) for bid in bids.values()} == {
        (SheetState.REFUSED, None)
    }
    assert figures[good.id].evaluation_total == Money.of("5220.00")
    refused = sa.select(sa.func.count()).select_from(AuditEntry).filter_by(event=Event.SHEET_REFUSED.value)
    assert db.session.scalar(refused) == len(WRONG)


@pytest.mark.parametrize(
    ("content", "filename", "sentence"),
    [
        (b"PK\x03\x04 kein Archiv", SPREADSHEET, "beschädigt"),
        (b"%PDF-1.7", SPREADSHEET, "keine Excel-Arbeitsmappe"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "alt.xls", "alte Excel-Format"),
    ],
    ids=["damaged", "other format", "old Excel"],
)
def test_a_hostile_or_damaged_file_costs_one_finding_and_no_other_bid(tender, content, filename, sentence):
    bad = make_bids.sealed_bid(tender, name="A GmbH", files=[ReceivedFile(tender.lots[0], filename, content)])
    good = make_bids.sealed_bid(tender, PRICES, "B GmbH")
    make_bids.opened(tender)
    assert [(f["code"], f["weight"]) for f in findings_of(bad)] == [("unreadable_file", "blocking")]
    assert sentence in findings_of(bad)[0]["message"]
    assert (stored_prices(bad), stored_prices(good)) == (0, 2)


def test_a_missing_price_is_taken_over_as_missing_and_named_with_its_cell(tender):
    bid = make_bids.sealed_bid(tender, {"FW-1": "900"})
    make_bids.opened(tender)
    assert [(f["cell"], f["code"], f["weight"]) for f in findings_of(bid)] == [("F14", "missing_price", "noted")]
    figures = queries_comparison.lot_figures(tender.lots[0])[0]
    assert (figures.evaluation_total, figures.partial_sum) == (None, Money.of(3600))


def test_a_wrong_sheet_of_one_lot_leaves_the_other_lot_alone(context):
    lots = [
        ("Firewall", [make_tenders.Wish("FW-1", "Firewall", (1,))]),
        ("Switch", [make_tenders.Wish("SW-1", "Switch", (2,))]),
    ]
    tender = make_tenders.published_tender(lots)
    first, second = tender.lots
    files = [
        edited(first, cell("F13", "teuer"), prices={"FW-1": "1"}),
        make_bids.sheet(second, {"SW-1": "2.50"}),
    ]
    bid = make_bids.sealed_bid(tender, files=files)
    make_bids.opened(tender)
    states = queries_comparison.compared_bids(tender)[0].sheets
    assert states == {first.id: SheetState.REFUSED, second.id: SheetState.TAKEN_OVER}
    assert stored_prices(bid) == 1


def test_a_sheet_signed_by_somebody_else_is_taken_over_with_a_note(tender):
    bid = make_bids.sealed_bid(tender, files=[edited(tender.lots[0], cell("B7", "Andere AG"))])
    make_bids.opened(tender)
    assert [(f["code"], f["weight"]) for f in findings_of(bid)] == [("other_bidder", "noted")]
    assert "„Andere AG“" in findings_of(bid)[0]["message"]
    assert stored_prices(bid) == 2


def test_a_typed_total_is_kept_beside_the_recomputed_one(tender):
    bid = make_bids.sealed_bid(tender, files=[edited(tender.lots[0], cell("G13", 3599))])
    make_bids.opened(tender)
    figures = queries_comparison.lot_figures(tender.lots[0])[0]
    assert figures.evaluation_total == Money.of("5220.00")
    assert [(c.item_key, c.difference) for c in figures.contradictions] == [("FW-1", Money.of(-1))]
    assert stored_prices(bid) == 2


# ------------------------------------------------------------------------------------------------ read again


def again(bid, *changes, prices=PRICES):
    with clock.at(make_bids.after_deadline(bid.tender)):
        sheet = edited(bid.tender.lots[0], *changes, prices=prices)
        return actions_sheets.read_sheet_again(bid, sheet, "Nachforderung vom 29.12.2026", by=COMMAND_LINE)


def test_a_corrected_sheet_replaces_all_prices_and_the_earlier_ones_stay_readable(tender):
    bid = make_bids.opened_bids(tender, {"Netz GmbH": {"FW-1": "900"}})[0]
    reading = again(bid, prices={"FW-1": "890", "FW-2": "40"})
    assert reading.was_taken_over
    assert reading.replaced_prices == {"FW-1": "900.00"}
    assert queries_comparison.lot_figures(tender.lots[0])[0].evaluation_total == Money.of(5160)
    assert [shown.was_taken_over for shown in queries.readings_of(bid)] == [True, True]
    assert [file.sealed_sha256 is None for file in bid.files] == [False, True]
    entry = db.session.scalars(sa.select(AuditEntry).order_by(AuditEntry.number.desc()).limit(1)).one()
    assert "Position FW-1: 900.00 → 890.00" in entry.detail
    assert "Position FW-2: – → 40.00" in entry.detail


def test_a_corrected_sheet_with_a_wrong_cell_leaves_the_earlier_prices(tender):
    bid = make_bids.opened_bids(tender, {"Netz GmbH": PRICES})[0]
    reading = again(bid, cell("F13", "frei"))
    assert not reading.was_taken_over
    assert reading.replaced_prices == {}
    assert queries_comparison.lot_figures(tender.lots[0])[0].evaluation_total == Money.of("5220.00")


def test_prices_are_fixed_once_the_bids_were_evaluated(tender):
    bid = make_bids.opened_bids(tender, {"Netz GmbH": PRICES})[0]
    tender.stage = TenderStage.EVALUATED
    db.session.flush()
    with pytest.raises(Refused, match="nur vor der Wertung"):
        again(bid)


def test_prices_are_fixed_even_if_only_one_lot_was_evaluated_so_far(tender):
    bid = make_bids.opened_bids(tender, {"Netz GmbH": PRICES})[0]
    record(Event.EVALUATED, tender, by=COMMAND_LINE, tender_id=tender.id)
    with pytest.raises(Refused, match="ein Los ist bereits gewertet"):
        again(bid)


def test_an_excluded_bid_keeps_its_prices_and_gets_no_new_ones(tender):
    bid = make_bids.opened_bids(tender, {"Netz GmbH": PRICES})[0]
    actions.exclude_bid(bid, "§ 60 Abs. 3 VgV", "Preis nicht aufgeklärt", by=COMMAND_LINE)
    with pytest.raises(Refused, match="Ausgeschlossen"):
        again(bid)
    figures = queries_comparison.lot_figures(tender.lots[0])[0]
    assert (figures.exclusion.norm, figures.ranked_total) == ("§ 60 Abs. 3 VgV", None)
    with pytest.raises(Refused, match="Norm wählen"):
        actions.exclude_bid(bid, "", "", by=COMMAND_LINE)


def test_a_corrected_sheet_belongs_to_a_lot_of_the_tender(tender):
    bid = make_bids.opened_bids(tender, {"Netz GmbH": PRICES})[0]
    stray = ReceivedFile(make_tenders.published_tender().lots[0], SPREADSHEET, b"x")
    with pytest.raises(Refused, match="Bitte das Los wählen"):
        actions_sheets.read_sheet_again(bid, stray, "Nachforderung", by=COMMAND_LINE)


def test_a_free_position_is_priced_with_zero(tender):
    bid = make_bids.opened_bids(tender, {"Netz GmbH": {"FW-1": "0", "FW-2": "40"}})[0]
    price = db.session.scalar(sa.select(BidPrice.unit_price_net).filter_by(bid_id=bid.id).order_by(BidPrice.line_id))
    assert price == UnitPrice(0)
    assert queries_comparison.lot_figures(tender.lots[0])[0].evaluation_total == Money.of(1600)
