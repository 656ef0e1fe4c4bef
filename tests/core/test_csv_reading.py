"""CSV files: every cell text, delimiter and encoding found out without guessing at the content."""

import pytest

from procurement.core import csv_reader
from procurement.core.spreadsheet_limits import Unreadable
from procurement.core.spreadsheets import ReadLimits, SpreadsheetRefused, read_workbook
from procurement.values.sheet import CellKind


def rows_of(content):
    """Read without a process of its own, which is faster."""
    (sheet,) = csv_reader.read(content, ReadLimits()).sheets
    return [[cell[1] if cell else "" for cell in row] for row in sheet.rows]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_utf_8_and_windows_1252_are_read(encoding):
    assert rows_of("Stück;Preis €\nä;1\n".encode(encoding)) == [["Stück", "Preis €"], ["ä", "1"]]


@pytest.mark.parametrize(
    ("content", "rows"),
    [
        (b"a;b\n1,5;2,5\n", [["a", "b"], ["1,5", "2,5"]]),
        (b"a,b\n1.5,2.5\n", [["a", "b"], ["1.5", "2.5"]]),
        (b"a\tb\n1,5\t2;5\n", [["a", "b"], ["1,5", "2;5"]]),
        (b'a,b\n"x;y;z;u","1"\n', [["a", "b"], ["x;y;z;u", "1"]]),
    ],
)
def test_the_delimiter_is_the_commonest_sign_outside_quotes(content, rows):
    assert rows_of(content) == rows


def test_every_cell_stays_the_text_it_is():
    (sheet,) = read_workbook(b"0005;1.50;NA;null;2026-01-01;TRUE;;x\n", "Los 1.csv").sheets
    assert [cell.text for cell in sheet.rows[0]] == ["0005", "1.50", "NA", "null", "2026-01-01", "TRUE", "", "x"]
    assert {cell.kind for cell in sheet.rows[0]} == {CellKind.TEXT, CellKind.EMPTY}
    assert sheet.name == "Los 1"


def test_rows_of_different_length_and_empty_rows_keep_their_places():
    assert rows_of(b'a;b\n\n1;2;3\n"x\ny";"say ""hi"""\n\n') == [["a", "b"], [], ["1", "2", "3"], ["x\ny", 'say "hi"']]


def test_an_inch_mark_inside_a_field_is_no_quote():
    assert rows_of(b'a;b\n4" Rohr;1\n6" Rohr;2\n') == [["a", "b"], ['4" Rohr', "1"], ['6" Rohr', "2"]]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b" \n\n", "Die Datei ist leer."),
        ("a;b".encode("utf-16"), "keine Texttabelle"),
        (b"\x81\x8d\xff", "keine Texttabelle"),
        (b'a;b\n"offen;1\n2;3\n', "Anführungszeichen"),
        (b"a" + b";" * 600, "mehr als 500 Spalten"),
        (b"a\n" * 120_001, "mehr als 120000 Zeilen"),
        (b"a;b;c;d;e\n" * 110_000, "zu aufwendig"),
    ],
)
def test_what_is_no_table_is_one_sentence(content, sentence):
    with pytest.raises(Unreadable, match=sentence):
        csv_reader.read(content, ReadLimits())


def test_a_reader_out_of_memory_is_one_message():
    with pytest.raises(SpreadsheetRefused, match="angebot"):
        read_workbook(b"a;b\n" * 100_000, "angebot.csv", ReadLimits(memory_bytes=60 * 1024 * 1024))
