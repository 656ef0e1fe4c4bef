"""Numbers and file names say what a document is about; file names are safe to store anywhere."""

import tomllib

import pytest

from procurement.documents.kinds import DocumentKind
from procurement.documents.numbering import Designation, file_note
from procurement.documents.program import PROGRAM_VERSION
from tests.architecture.source import ROOT


@pytest.mark.parametrize(
    ("kind", "number"),
    [
        (DocumentKind.ALLOCATION, "KA-VG-2026-01-1"),
        (DocumentKind.PRICE_COMPARISON, "PS-VG-2026-01-1"),
        (DocumentKind.OPENING_RECORD, "NO-VG-2026-01-1"),
        (DocumentKind.PROCUREMENT_RECORD, "VV-VG-2026-01-1"),
        (DocumentKind.ANNEX_JSON, "KA-VG-2026-01-1-JSON"),
        (DocumentKind.ANNEX_CSV, "KA-VG-2026-01-1-CSV"),
    ],
)
def test_a_number_names_kind_tender_and_version(kind, number):
    assert Designation(kind, "VG-2026-01", 1).number == number


def test_a_statement_is_numbered_and_named_after_its_member():
    statement = Designation(DocumentKind.MEMBER_STATEMENT, "VG-2026-01", 2, "05566028", "Ibbenbüren")
    assert statement.number == "KM-VG-2026-01-2-05566028"
    assert statement.filename == "Kostenmitteilung_VG-2026-01_Fassung-2_05566028_Ibbenbüren.pdf"


def test_a_matrix_is_numbered_and_named_after_lot_and_run():
    matrix = Designation(DocumentKind.EVALUATION_MATRIX, "VG-2026-01", 3, part="L2-W1")
    assert matrix.number == "BM-VG-2026-01-L2-W1-3"
    assert matrix.filename == "Bewertungsmatrix_VG-2026-01_L2-W1_Fassung-3.pdf"


def test_the_files_for_machines_carry_their_ending():
    assert Designation(DocumentKind.ANNEX_CSV, "V-1", 1).filename == "Kostenaufteilung_V-1_Fassung-1_Rechendaten.csv"


def test_a_file_name_never_leaves_its_folder_and_stays_short():
    hostile = Designation(DocumentKind.MEMBER_STATEMENT, "../V 1/2", 1, "0", 'Stadt "X"\\..\r\n' + "ü" * 200)
    assert hostile.filename.startswith("Kostenmitteilung_V-1-2_Fassung-1_0_Stadt-X")
    assert not set(hostile.filename) & set('/\\"\r\n ')
    assert len(hostile.filename) <= 200


def test_a_link_names_format_and_size():
    assert file_note("application/pdf", 84 * 1024) == "PDF,\u00a084\u00a0KB"
    assert file_note("text/csv; charset=utf-8", 1) == "CSV,\u00a01\u00a0KB"
    assert file_note("image/png", 2049) == "3\u00a0KB"


def test_documents_name_the_version_of_the_program_that_is_installed():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["version"] == PROGRAM_VERSION
