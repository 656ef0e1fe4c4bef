"""Reference figures out of a table: new, recorded already, contradicting, faulty."""

from datetime import date

import pytest

from procurement.members.import_figures import (
    HEADINGS,
    FigureRow,
    KnownMember,
    Surroundings,
    completed_key,
    preview_of_figures,
)
from procurement.members.import_rows import objections_to_applying
from procurement.members.import_table import table_in, titles_of
from procurement.members.kinds import FigureKind
from procurement.members.kinds_import import RowState
from procurement.values.number_text import NumberStyle
from tests.examples.sheets import formula, sheet_of

AHAUS, BOCHOLT = KnownMember(1, "Ahaus"), KnownMember(2, "Bocholt")
MEMBERS = {"05554004": AHAUS, "05554008": BOCHOLT}
DAY = date(2024, 12, 31)
SOURCE = "Destatis Gemeindeverzeichnis"
AHAUS_ROW = ("05554004", "Ahaus", "Einwohner", 40176, "31.12.2024", SOURCE, "Zensus 2022")
AHAUS_FIGURE = FigureRow(1, FigureKind.INHABITANTS, DAY, 40176, SOURCE, "Zensus 2022")


def preview(*rows, values=None, style=None):
    table = table_in(sheet_of(tuple(titles_of(HEADINGS)), *rows), HEADINGS, 10)
    return preview_of_figures(table, Surroundings(MEMBERS, values or {}, date(2026, 11, 23), style))


def faults(found) -> list[str]:
    return [str(fault) for row in found.rows for fault in row.faults]


def reasons(found) -> str:
    return " ".join(str(objection) for objection in objections_to_applying(found))


def test_a_figure_that_is_not_recorded_is_new():
    found = preview(AHAUS_ROW)
    assert found.entries(RowState.NEW) == [AHAUS_FIGURE]
    assert reasons(found) == ""


def test_a_recorded_figure_is_left_alone():
    found = preview(AHAUS_ROW, values={AHAUS_FIGURE.identity: 40176})
    assert found.counts == {"schon vorhanden": 1}
    assert reasons(found) == "Es gibt nichts zu übernehmen: Alle Zeilen sind schon vorhanden."


def test_another_value_of_the_same_day_and_source_contradicts_and_is_refused():
    found = preview(AHAUS_ROW, values={AHAUS_FIGURE.identity: 40152})
    assert found.rows[0].state is RowState.CONFLICTING
    assert found.rows[0].remarks == (
        "Erfasst ist zu diesem Stichtag aus dieser Quelle der Wert 40152, in der Datei steht 40176.",
    )
    assert "Eine Zeile widerspricht erfassten Kennzahlen." in reasons(found)


def test_a_correction_with_a_source_of_its_own_is_new():
    corrected = (*AHAUS_ROW[:5], "IT.NRW, Berichtigung", "")
    found = preview(corrected, values={AHAUS_FIGURE.identity: 40152})
    assert found.count(RowState.NEW) == 1


def test_the_same_figure_twice_in_a_file_is_a_fault():
    assert faults(preview(AHAUS_ROW, AHAUS_ROW)) == ["Zelle A3: Dieselbe Kennzahl steht schon in Zeile 2."]


def test_a_member_is_found_by_a_key_that_lost_its_leading_zero():
    found = preview((5554004, "", "Clients", 430, DAY, "Eigenmeldung", ""))
    assert found.entries(RowState.NEW) == [FigureRow(1, FigureKind.CLIENTS, DAY, 430, "Eigenmeldung")]


@pytest.mark.parametrize(
    ("typed", "key"), [("5554004", "05554004"), ("5554", "05554"), ("05554004", "05554004"), ("WTL", "WTL")]
)
def test_only_a_key_of_digits_is_completed(typed, key):
    assert completed_key(typed) == key


def test_an_unknown_member_and_a_name_that_does_not_fit_are_named_by_cell():
    unknown, other = ("05999999", *AHAUS_ROW[1:]), ("05554004", "Bocholt", *AHAUS_ROW[2:])
    assert faults(preview(unknown, other)) == [
        "Zelle A2: Ein Mitglied mit dem Schlüssel „05999999“ gibt es nicht.",
        "Zelle B3: Zum Schlüssel 05554004 gehört „Ahaus“, in der Datei steht „Bocholt“.",
    ]


def test_all_faults_of_a_row_are_named_at_once():
    found = preview(("😀", "", "Schüler", formula("=1+1"), "morgen", "", ""))
    assert [fault.split(":")[0] for fault in faults(found)] == [f"Zelle {column}2" for column in "ACDEF"]
    assert "Eine Zeile ist fehlerhaft." in reasons(found)


def test_a_day_to_come_is_refused():
    assert faults(preview((*AHAUS_ROW[:4], "31.12.2027", SOURCE, ""))) == [
        "Zelle E2: Der Stichtag liegt in der Zukunft."
    ]


def test_a_number_with_two_readings_is_asked_about_before_anything_is_taken_over():
    row = (*AHAUS_ROW[:3], "1.234", *AHAUS_ROW[4:])
    found = preview(row)
    assert found.asks_for_style
    assert "wie die Datei Zahlen schreibt" in reasons(found)
    assert preview(row, style=NumberStyle.GERMAN).entries(RowState.NEW)[0].value == 1234


def test_rows_that_need_a_look_come_first():
    found = preview(AHAUS_ROW, ("05999999", *AHAUS_ROW[1:]))
    assert [row.number for row in found.first_rows(5)] == [3, 2]
    assert len(found.first_rows(1)) == 1
