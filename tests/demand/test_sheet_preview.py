"""Three states of a row - downloaded, stored now, typed - and what becomes of it."""

from dataclasses import replace

import pytest

from procurement.demand.aggregation import RequestedArticle
from procurement.demand.demand_sheet_reading import SheetReading
from procurement.demand.entries import ItemEntry
from procurement.demand.sheet_preview import Decision, RowKind, objections_to_applying, preview_of
from procurement.demand.sheet_rows import SheetRow, Wish
from procurement.members.import_cells import Fault
from procurement.values.payment import Nature
from procurement.values.quantity import Quantity

LICENCE = RequestedArticle(1, "1.01", "Lizenz E3", "Lizenz", Nature.RECURRING)
BEAMER = RequestedArticle(2, "W-1", "Beamer", "Stück", Nature.ONE_OFF, wished_by_id=7)
ARTICLES = (LICENCE, BEAMER)


def amount(figure, **details):
    """An entry of article 1 with one figure for minimum, expected and maximum; nothing for None."""
    return None if figure is None else ItemEntry(1, *[Quantity.of(figure)] * 3, **details)


def row(figure, downloaded=None, **others):
    return SheetRow(11, amount(figure) or ItemEntry(1), amount(downloaded), **others)


def preview(*rows, stored=None):
    return preview_of(SheetReading(rows=rows), ARTICLES, {1: amount(stored)} if stored is not None else {})


@pytest.mark.parametrize(
    ("downloaded", "stored", "typed", "kind"),
    [
        (None, None, None, RowKind.UNCHANGED),
        (None, None, 5, RowKind.NEW),
        (5, 5, 5, RowKind.UNCHANGED),
        (5, 5, 6, RowKind.CHANGED),
        (5, 5, None, RowKind.CHANGED),
        (5, 7, 5, RowKind.UNCHANGED),
        (5, 7, 7, RowKind.UNCHANGED),
        (5, 7, 6, RowKind.CONFLICTING),
        (5, None, 6, RowKind.CONFLICTING),
        (5, None, 5, RowKind.UNCHANGED),
        (None, 7, 6, RowKind.CONFLICTING),
        (None, 7, None, RowKind.UNCHANGED),
    ],
)
def test_a_row_is_compared_three_ways(downloaded, stored, typed, kind):
    assert preview(row(typed, downloaded), stored=stored).rows[0].kind is kind


def test_an_expected_quantity_alone_is_the_same_as_three_equal_ones():
    typed = SheetRow(11, ItemEntry(1, expected=Quantity.of(5)), amount(5))
    assert preview(typed, stored=5).rows[0].kind is RowKind.UNCHANGED


def test_what_somebody_else_saved_stays_where_the_file_changed_nothing_and_is_said():
    (found,) = preview(row(5, 5), stored=7).rows
    assert found.remarks[0].startswith("Inzwischen wurde hier etwas anderes gespeichert; das bleibt")
    assert preview(row(5, 5), stored=7).rows_to_write({}) == []


def test_a_change_shows_old_and_new_values_in_german():
    typed = SheetRow(11, amount("1234.5", site="Rathaus"), amount(5))
    (found,) = preview(typed, stored=5).rows
    assert [(d.label, d.downloaded, d.stored, d.typed) for d in found.differences] == [
        ("Menge", "5", "5", "1.234,5"),
        ("Standort", "leer", "leer", "Rathaus"),
    ]


def test_a_cleared_row_removes_the_item():
    cleared = preview(row(None, 5), stored=5)
    assert [each.entry.is_blank for each in cleared.rows_to_write({})] == [True]
    assert [(d.stored, d.typed) for d in cleared.rows[0].differences] == [("5", "leer")]


def test_quantities_that_differ_are_shown_as_a_range():
    typed = SheetRow(11, ItemEntry(1, Quantity.of(10), Quantity.of(12), Quantity.of("15.5")), amount(5))
    assert [d.typed for d in preview(typed, stored=5).rows[0].differences] == ["10 bis 15,5, erwartet 12"]


def test_a_faulty_row_shows_what_was_typed_and_is_never_written():
    typed = ("", "viele", "", "Rathaus", "", "", "")
    faulty = row(None, 5, typed=typed, faults=(Fault("G11", "„viele“ ist keine Zahl."),))
    found = preview(faulty, row(6, 5), stored=5)
    assert [(d.label, d.typed) for d in found.rows[0].differences] == [("erwartet", "viele"), ("Standort", "Rathaus")]
    assert [each.kind for each in found.rows_to_write({})] == [RowKind.CHANGED]


def test_conflicts_are_decided_row_by_row_and_never_by_themselves():
    found = preview(row(6, 5), stored=7)
    assert [str(o) for o in objections_to_applying(found, {})] == [
        "Zeile 11 (Lizenz E3): Bitte entscheiden, welche Angabe gilt."
    ]
    assert objections_to_applying(found, {})[0].field == "decision-11"
    assert [each.entry for each in found.rows_to_write({11: Decision.MINE})] == [amount(6)]
    assert found.rows_to_write({11: Decision.STORED}) == []
    assert objections_to_applying(found, {11: Decision.STORED}) == []


def test_a_wish_of_which_there_is_none_yet_is_new():
    wish = SheetRow(14, ItemEntry(0, *[Quantity.of(2)] * 3), wish=Wish("Leinwand", "Stück"))
    (found,) = preview(wish).rows
    assert (found.kind, found.new_wish, found.title, found.number) == (RowKind.NEW, wish.wish, "Leinwand", "")


def test_a_wish_uploaded_twice_is_the_same_wish():
    wish = SheetRow(14, ItemEntry(0, *[Quantity.of(2)] * 3), wish=Wish("beamer", "STÜCK"))
    stored = {2: ItemEntry(2, *[Quantity.of(2)] * 3)}
    (found,) = preview_of(SheetReading(rows=(wish,)), ARTICLES, stored).rows
    assert (found.kind, found.new_wish, found.article) == (RowKind.UNCHANGED, None, BEAMER)
    other = {2: ItemEntry(2, *[Quantity.of(3)] * 3)}
    (found,) = preview_of(SheetReading(rows=(wish,)), ARTICLES, other).rows
    assert (found.kind, found.entry.article_id) == (RowKind.CONFLICTING, 2)


@pytest.mark.parametrize(
    ("reading", "start"),
    [
        (SheetReading(refusals=("Die Datei gehört zu Ahaus.",)), "Die Datei gehört zu Ahaus."),
        (SheetReading(), "Es gibt nichts zu übernehmen"),
        (SheetReading(rows=(row(None),)), "Es gibt nichts zu übernehmen"),
        (
            SheetReading(rows=(row(3), replace(row(None, typed=("",) * 7), faults=(Fault("G12", "?", True),)))),
            "Bitte angeben, wie die Datei Zahlen schreibt",
        ),
    ],
)
def test_why_a_file_cannot_be_taken_over(reading, start):
    (objection,) = objections_to_applying(preview_of(reading, ARTICLES, {}), {})
    assert objection.text.startswith(start)


def test_counts_by_kind():
    found = preview(row(6, 5), row(5, 5), stored=5)
    assert {kind: count for kind, count in found.counts.items() if count} == {
        RowKind.CHANGED: 1,
        RowKind.UNCHANGED: 1,
    }
