"""Tables: widths that hold every figure, headers on each page, sums that are never alone, parts side by side."""

import pytest

from procurement.documents.sheet import Sheet
from procurement.documents.tables import (
    KEPT_ROWS,
    PADDING,
    Row,
    RowKind,
    Table,
    draw_table,
    draw_table_section,
    figure_column,
    fitted,
    text_column,
)
from procurement.documents.typesetting import Style, width_of
from tests.documents.test_sheet import a_sheet
from tests.pdf_reading import pages_of, text_of

LONG_NAME = "Schulzweckverband Lotte-Westerkappeln"


@pytest.fixture
def sheet() -> Sheet:
    return a_sheet()


def a_table(figures: int, rows: int, figure: str = "123.456,78") -> Table:
    columns = (text_column("Mitglied"), *(figure_column(f"Spalte {number}") for number in range(figures)))
    body = [Row((f"{LONG_NAME} {number}", *(figure for _ in range(figures)))) for number in range(rows)]
    return Table(columns, (*body, Row(("Summe", *("9" + figure for _ in range(figures))), RowKind.TOTAL)))


@pytest.mark.parametrize("figures", [1, 8, 9, 25])
def test_every_figure_fits_its_column_and_the_columns_fit_the_page(sheet, figures):
    table = a_table(figures, 3)
    parts = fitted(table, sheet.width)
    assert [index for part in parts for index in part.indexes[1:]] == list(range(1, figures + 1))
    for part in parts:
        assert sum(part.widths) == pytest.approx(sheet.width)
        widest = width_of("9123.456,78", Style("FiraSans-SemiBold", part.size))
        assert all(width >= widest + 2 * PADDING - 0.01 for width in part.widths[1:])


def test_nine_columns_of_figures_stand_side_by_side_in_readable_type(sheet):
    (part,) = fitted(a_table(9, 3, "23.456,78"), sheet.width)
    assert part.size >= 6.5


def test_a_table_too_wide_is_cut_into_even_parts_that_repeat_the_names(sheet):
    draw_table(sheet, a_table(12, 2))
    text = text_of(sheet.save())
    assert "Teil 1 von 2 der Spalten" in text
    assert text.count("Summe") == 2
    parts = fitted(a_table(12, 2), sheet.width)
    assert abs(len(parts[0].indexes) - len(parts[1].indexes)) <= 2


def test_the_header_is_repeated_and_the_sum_is_never_alone_on_a_page(sheet):
    for rows in range(30, 45):
        sheet = a_sheet()
        draw_table(sheet, a_table(2, rows))
        pages = pages_of(sheet.save())
        assert all("Spalte 0" in page for page in pages)
        assert pages[-1].count(LONG_NAME) >= KEPT_ROWS - 1


def test_a_small_table_moves_to_the_next_page_with_its_heading(sheet):
    sheet.skip(sheet.room - 120)
    draw_table_section(sheet, "Tabelle", a_table(2, 8))
    first, second = pages_of(sheet.save())
    assert "Tabelle" not in first
    assert "Tabelle" in second


def test_a_large_table_begins_below_its_heading_where_it_is(sheet):
    sheet.skip(sheet.room - 150)
    draw_table_section(sheet, "Tabelle", a_table(2, 60))
    assert "1  Tabelle" in pages_of(sheet.save())[0]


def test_a_cell_longer_than_a_page_goes_on_at_the_next(sheet):
    columns = (text_column("Nr."), text_column("Text"))
    draw_table(sheet, Table(columns, (Row(("1", "Wort\n" * 150)), Row(("2", "Ende")))))
    text = text_of(sheet.save())
    assert text.count("Wort\n") == 150
    assert "Ende" in text


def test_a_table_may_have_a_single_row(sheet):
    draw_table(sheet, Table((text_column("Nr."),), (Row(("7",)),)))
    assert "Nr.\n7" in text_of(sheet.save())
