"""Reading: every kind of cell as it was typed, and one sentence for whatever cannot or shall not be read."""

import io
import json
import zipfile
from datetime import UTC, datetime

import openpyxl
import pytest

from procurement.core import spreadsheet_reader, spreadsheets
from procurement.core.spreadsheet_limits import Unreadable, _document
from procurement.core.spreadsheets import ReadLimits, SpreadsheetRefused, read_workbook, write_workbook
from procurement.values.sheet import CellKind
from procurement.values.sheet_layout import Column, SheetLayout, WorkbookProperties

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
TYPES = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def relationships(*targets):
    items = "".join(f'<Relationship Id="r{i}" Type="{OFFICE}/{kind}" Target="{path}"/>' for i, kind, path in targets)
    return f'<Relationships xmlns="{RELATIONSHIPS}">{items}</Relationships>'


def archive(parts):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return buffer.getvalue()


def parts_of(rows, *, strings="", styles="", after="", book_properties=""):
    """Return the parts of a workbook with one sheet whose rows are given as XML."""
    targets = [(1, "worksheet", "worksheets/sheet1.xml"), (2, "sharedStrings", "strings.xml"), (3, "styles", "s.xml")]
    return {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": relationships((1, "officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}">{book_properties}'
        '<sheets><sheet name="Los 1" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": relationships(*targets),
        "xl/strings.xml": f'<sst xmlns="{MAIN}">{strings}</sst>',
        "xl/s.xml": f'<styleSheet xmlns="{MAIN}">{styles}</styleSheet>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{MAIN}"><dimension ref="A1:XFD1048576"/>'
        f"<sheetData>{rows}</sheetData>{after}</worksheet>",
    }


def read_rows(rows, **others):
    """Read without a process of its own, which is a hundred times faster."""
    workbook = spreadsheet_reader.read(archive(parts_of(rows, **others)), ReadLimits())
    (sheet,) = json.loads(json.dumps(_document(workbook)))["sheets"]
    return spreadsheets._sheet(sheet, "angebot.xlsx")


def sentence_for(content, limits=None):
    with pytest.raises(Unreadable) as refused:
        spreadsheet_reader.read(content, limits or ReadLimits())
    return refused.value.sentence


def refusal(content, filename="angebot.xlsx", limits=None):
    with pytest.raises(SpreadsheetRefused) as refused:
        read_workbook(content, filename, limits or ReadLimits())
    assert refused.value.status == 422
    return refused.value.message


def layout(rows):
    return SheetLayout(name="Los 1", title="Preisblatt", columns=(Column("Pos.", 9), Column("Text", 9)), rows=rows)


def written(rows):
    created = datetime(2026, 1, 1, tzinfo=UTC)
    return write_workbook([layout(rows)], WorkbookProperties("Preisblatt", "KAAW", created))


# ---------------------------------------------------------------------------------------------------- what is read


@pytest.mark.parametrize(
    ("stored", "shown"),
    [
        ("0.1", "0.1"),
        ("1.1000000000000001", "1.1"),
        ("0.30000000000000004", "0.3"),
        ("12", "12"),
        ("100", "100"),
        ("1.5E-3", "0.0015"),
        ("1E+20", "100000000000000000000"),
        ("-0", "0"),
        ("0.123456789", "0.123456789"),
    ],
)
def test_a_number_is_the_decimal_text_a_spreadsheet_program_shows(stored, shown):
    cell = read_rows(f'<row r="1"><c r="A1"><v>{stored}</v></c></row>').cell("A1")
    assert (cell.kind, cell.text) == (CellKind.NUMBER, shown)


def test_text_logical_and_error_values_keep_their_kind():
    sheet = read_rows(
        '<row r="2"><c r="B2" t="s"><v>0</v></c><c r="C2" t="b"><v>1</v></c><c r="D2" t="e"><v>#DIV/0!</v></c>'
        '<c r="E2" t="inlineStr"><is><t>1.234</t></is></c><c r="F2" s="4"/></row>',
        strings="<si><r><t>Fire</t></r><r><t>wall_x000D_</t></r><rPh><t>no</t></rPh></si>",
    )
    assert [(cell.reference, cell.kind, cell.text) for cell in sheet.rows[1]] == [
        ("A2", CellKind.EMPTY, ""),
        ("B2", CellKind.TEXT, "Firewall\r"),
        ("C2", CellKind.BOOLEAN, "WAHR"),
        ("D2", CellKind.ERROR, "#DIV/0!"),
        ("E2", CellKind.TEXT, "1.234"),
    ]


def test_a_number_shown_as_a_date_is_a_date():
    styles = (
        '<numFmts><numFmt numFmtId="164" formatCode="dd\\.mm\\.yyyy"/><numFmt numFmtId="165" '
        'formatCode="#,##0.00 &quot;Stück&quot;"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/>'
        '<xf numFmtId="164"/><xf numFmtId="165"/></cellXfs>'
    )
    figures = ((1, "46023"), (2, "46023.5"), (3, "46023"), (1, "0.5"), (1, "59"), (1, "-1"))
    row = "".join(f'<c s="{style}"><v>{figure}</v></c>' for style, figure in figures)
    cells = read_rows(f"<row>{row}</row>", styles=styles).rows[0]
    assert [(cell.kind, cell.text) for cell in cells] == [
        (CellKind.DATE, "2026-01-01"),
        (CellKind.DATE, "2026-01-01 12:00:00"),
        (CellKind.NUMBER, "46023"),
        (CellKind.DATE, "12:00:00"),
        (CellKind.DATE, "1900-02-28"),
        (CellKind.DATE, "-1"),
    ]


def test_dates_count_from_1904_where_the_workbook_says_so():
    sheet = read_rows(
        '<row><c s="0"><v>1</v></c></row>',
        styles='<cellXfs><xf numFmtId="14"/></cellXfs>',
        book_properties='<workbookPr date1904="1"/>',
    )
    assert sheet.cell("A1").text == "1904-01-02"


def test_a_formula_comes_with_the_result_stored_beside_it():
    cell = read_rows('<row r="1"><c r="A1"><f>ROUND(D1*F1,2)</f><v>14835.860000000001</v></c></row>').cell("A1")
    assert (cell.kind, cell.text) == (CellKind.FORMULA, "=ROUND(D1*F1,2)")
    assert (cell.cached_kind, cell.cached_text) == (CellKind.NUMBER, "14835.86")


def test_cells_that_share_a_formula_each_get_it_moved_to_their_own_row():
    sheet = read_rows(
        '<row r="1"><c r="G1"><f t="shared" ref="G1:G2" si="0">IF(F1="A1","",ROUND(D1*$F$1,2))</f></c></row>'
        '<row r="2"><c r="G2"><f t="shared" si="0"/></c></row>'
    )
    assert sheet.cell("G2").formula == 'IF(F2="A1","",ROUND(D2*$F$1,2))'


def test_merged_ranges_and_hidden_sheets_are_told():
    book = openpyxl.Workbook()
    book.active["A1"] = "x"
    book.active.merge_cells("A1:B2")
    hidden = book.create_sheet("Notizen")
    hidden.sheet_state = "hidden"
    buffer = io.BytesIO()
    book.save(buffer)
    first, second = read_workbook(buffer.getvalue(), "a.xlsx").sheets
    assert first.merged_ranges == ("A1:B2",)
    assert (first.is_hidden, second.is_hidden) == (False, True)


def test_what_the_file_says_about_itself_is_kept():
    assert read_workbook(written((("1", "x"),)), "a.xlsx").properties["title"] == "Preisblatt"


def test_other_prefixes_mean_the_same_workbook():
    parts = parts_of('<row r="1"><c r="A1"><v>5</v></c></row>')
    sheet = parts["xl/worksheets/sheet1.xml"].replace("<", "<x:").replace("<x:/", "</x:").replace("xmlns=", "xmlns:x=")
    parts["xl/worksheets/sheet1.xml"] = sheet
    assert read_workbook(archive(parts), "a.xlsx").sheets[0].cell("A1").text == "5"


def test_a_hundred_thousand_rows_are_read_within_the_limits():
    rows = "".join(f"<row><c><v>{number}</v></c></row>" for number in range(1, 100_001))
    sheet = read_workbook(archive(parts_of(rows)), "gross.xlsx").sheets[0]
    assert sheet.cell("A100000").text == "100000"


# ------------------------------------------------------------------------------------------------- what is refused


@pytest.mark.parametrize(
    ("content", "filename", "sentence"),
    [
        (b"", "a.xlsx", "Die Datei ist leer."),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "a.xlsx", "Kennwort geschützt"),
        (OLE + b"\x00" * 512, "a.xls", ".xls) wird nicht gelesen. Bitte als .xlsx speichern"),
        (b"<html></html>", "a.xls", "Bitte als .xlsx speichern"),
        (b"%PDF-1.7", "a.xlsx", "keine Excel-Arbeitsmappe"),
        (b"%PDF-1.7", "a.pdf", "Bitte eine Excel-Arbeitsmappe (.xlsx) oder eine CSV-Datei"),
        (b"PK\x03\x04 not a zip", "a.xlsx", "beschädigt"),
        (archive({"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}), "a.ods", "als .xlsx speichern"),
        (archive(parts_of("")), "a.csv", "mit der Endung .xlsx hochladen"),
    ],
)
def test_a_file_of_the_wrong_kind_is_one_sentence_that_says_what_to_do(content, filename, sentence):
    message = refusal(content, filename)
    assert message.startswith(f"„{filename}“: ")
    assert sentence in message


@pytest.mark.parametrize(
    ("parts", "sentence"),
    [
        ({"word/document.xml": "<x/>"}, "keine Excel-Arbeitsmappe"),
        ({"xl/workbook.bin": "x", "[Content_Types].xml": TYPES}, "Tabellenformat"),
        ({"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}, "Tabellenformat"),
        ({**parts_of(""), "xl/vbaProject.bin": "x"}, "Makros"),
        ({**parts_of(""), "_rels/.rels": relationships()}, "keine Excel-Arbeitsmappe"),
        ({**parts_of(""), "xl/_rels/workbook.xml.rels": relationships()}, "beschädigt"),
        ({**parts_of(""), "xl/workbook.xml": "<workbook>"}, "beschädigt"),
        (parts_of(""), "Die Datei ist leer."),
    ],
)
def test_other_archives_are_told_from_workbooks(parts, sentence):
    assert sentence in sentence_for(archive(parts))


def test_charts_are_passed_over_and_links_to_elsewhere_are_not_followed():
    parts = parts_of('<row r="1"><c r="A1"><v>5</v></c></row>')
    sheets = '<sheet name="Bild" sheetId="2" r:id="r4"/><sheet name="Los 1" sheetId="1" r:id="r1"/>'
    parts["xl/workbook.xml"] = f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>{sheets}</sheets></workbook>'
    targets = relationships((1, "worksheet", "/xl/worksheets/sheet1.xml"), (4, "chartsheet", "chart.xml"))
    external = f'<Relationship Id="r9" TargetMode="External" Type="{OFFICE}/styles" Target="http://example.org"/>'
    parts["xl/_rels/workbook.xml.rels"] = targets.replace("</Rel", f"{external}</Rel")
    workbook = spreadsheet_reader.read(archive(parts), ReadLimits())
    assert [sheet.name for sheet in workbook.sheets] == ["Los 1"]


def test_only_the_bare_name_of_the_file_is_shown():
    assert refusal(b"", "C:\\Users\\meier\\angebot\n.xlsx").startswith("„angebot.xlsx“: ")


def test_a_truncated_workbook_is_damaged():
    content = written((("1", "Firewall"),))
    assert "beschädigt" in refusal(content[: len(content) // 2])


def test_damaged_bytes_inside_are_noticed_by_their_checksum():
    content = bytearray(written(tuple((str(number), "Firewall") for number in range(200))))
    content[content.index(b"xl/worksheets/sheet1.xml") + 200] ^= 0xFF
    assert "beschädigt" in refusal(bytes(content))


def test_a_zip_bomb_is_refused_by_its_table_of_contents():
    bomb = archive(parts_of("", after=" " * 11_000_000))
    assert len(bomb) < 20_000
    assert "zu aufwendig" in sentence_for(bomb)
    assert "zu aufwendig" in refusal(bomb)


def test_a_workbook_larger_than_allowed_when_unpacked_is_refused():
    content = archive(parts_of('<row r="1"><c r="A1"><v>5</v></c></row>' + " " * 200_000))
    assert "zu aufwendig" in sentence_for(content, ReadLimits(unpacked_bytes=100_000))


@pytest.mark.parametrize("limits", [ReadLimits(entries=3), ReadLimits(sheets=0), ReadLimits(cells=0)])
def test_too_many_parts_sheets_or_cells_are_refused(limits):
    assert "zu aufwendig" in sentence_for(archive(parts_of('<row r="1"><c r="A1"><v>5</v></c></row>')), limits)


def test_too_many_merged_ranges_are_refused():
    merges = '<mergeCell ref="A1:B2"/>' * 5_001
    content = archive(parts_of("", after=f"<mergeCells>{merges}</mergeCells>"))
    assert "zu aufwendig" in sentence_for(content)


def test_a_part_that_comes_twice_in_the_archive_is_refused():
    content = archive({**parts_of(""), "XL/worksheets/SHEET1.xml": "<x/>"})
    assert "beschädigt" in sentence_for(content)


@pytest.mark.parametrize(("flags", "method", "sentence"), [(1, 8, "Kennwort"), (0, 12, "beschädigt")])
def test_encrypted_parts_and_unusual_packing_are_refused(flags, method, sentence):
    content = bytearray(archive(parts_of("")))
    entry = content.index(b"PK\x01\x02")
    content[entry + 8] |= flags
    content[entry + 10] = method
    assert sentence in sentence_for(bytes(content))


def test_an_archive_that_lies_about_its_unpacked_size_is_damaged():
    content = bytearray(archive(parts_of('<row r="1"><c r="A1"><v>5</v></c></row>' + " " * 200_000)))
    name = content.rindex(b"xl/worksheets/sheet1.xml")
    content[name - 46 + 24 : name - 46 + 28] = (300).to_bytes(4, "little")
    assert "beschädigt" in sentence_for(bytes(content))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_an_entity_bomb_is_refused_before_it_is_expanded(encoding):
    entities = '<!ENTITY a "aaaaaaaaaa">' + "".join(
        f'<!ENTITY {chr(98 + level)} "{f"&{chr(97 + level)};" * 10}">' for level in range(9)
    )
    sheet = (
        f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE x [{entities}]><worksheet xmlns="{MAIN}">&j;</worksheet>'
    )
    parts = {**parts_of(""), "xl/worksheets/sheet1.xml": sheet.encode(encoding)}
    assert "unzulässige XML-Bestandteile" in sentence_for(archive(parts))
    assert "unzulässige XML-Bestandteile" in refusal(archive(parts))


def test_endless_nesting_is_refused():
    assert "unzulässige XML-Bestandteile" in sentence_for(archive(parts_of("", after="<a>" * 1_000)))


def test_a_declared_huge_dimension_costs_nothing():
    assert len(read_rows('<row r="1"><c r="A1"><v>5</v></c></row>').rows) == 1


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        ('<row r="1048576"><c r="A1048576"><v>5</v></c></row>', "mehr als 120000 Zeilen"),
        ('<row r="1"><c r="XFD1"><v>5</v></c></row>', "mehr als 500 Spalten"),
        ('<row r="1"><c r="A1"><v>5</v></c><c r="A1"><v>6</v></c></row>', "beschädigt"),
        ('<row r="2"><c r="A2"><v>5</v></c></row><row r="2"><c r="B2"><v>6</v></c></row>', "beschädigt"),
        ('<row r="1"><c r="A2"><v>5</v></c></row>', "beschädigt"),
        ('<row r="1"><c r="A1"><v>1e999</v></c></row>', "beschädigt"),
        ('<row r="1"><c r="A1"><v>zwölf</v></c></row>', "beschädigt"),
        ('<row r="1"><c r="A1" t="s"><v>7</v></c></row>', "beschädigt"),
        ('<row r="1"><c r="A1"><f t="shared" si="0"/></c></row>', "beschädigt"),
    ],
)
def test_cells_that_cannot_be_are_refused(rows, sentence):
    assert sentence in sentence_for(archive(parts_of(rows)))


def test_few_cells_spread_far_apart_count_as_the_area_they_span():
    rows = "".join(f'<row r="{number}"><c r="SF{number}"><v>5</v></c></row>' for number in range(1, 1_100))
    assert "zu aufwendig" in sentence_for(archive(parts_of(rows)))


# ------------------------------------------------------------------------------------------- the confined process


def many_strings():
    strings = "".join(f"<si><t>{number:0>200}</t></si>" for number in range(60_000))
    return archive(parts_of('<row r="1"><c r="A1" t="s"><v>5</v></c></row>', strings=strings))


def test_a_reader_that_runs_out_of_memory_is_one_message():
    assert "zu aufwendig" in refusal(many_strings(), limits=ReadLimits(memory_bytes=20 * 1024 * 1024))


def test_a_reader_that_takes_too_long_is_one_message():
    assert "zu aufwendig" in refusal(written((("1", "x"),)), limits=ReadLimits(wall_seconds=0.001))


def test_a_reader_that_uses_up_its_processor_time_is_one_message():
    assert "zu aufwendig" in refusal(many_strings(), limits=ReadLimits(cpu_seconds=0))


def test_an_answer_larger_than_allowed_is_one_message():
    assert "zu aufwendig" in refusal(written((("1", "x" * 5_000),)), limits=ReadLimits(output_bytes=1_000))


@pytest.mark.parametrize("program", ["procurement.no_such_reader", "this"])
def test_a_reader_that_breaks_down_or_answers_nonsense_is_one_message(monkeypatch, program):
    monkeypatch.setattr(spreadsheets, "XLSX_READER", program)
    assert "beschädigt" in refusal(written((("1", "x"),)))


def test_a_file_larger_than_an_upload_may_be_is_not_parsed():
    assert "größer als 0 MB" in refusal(written((("1", "x"),)), limits=ReadLimits(upload_bytes=10))
