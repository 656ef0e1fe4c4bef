"""The official list against the table: new, changed, unchanged, faulty."""

from procurement.catalogue.cpv import CpvEntry
from procurement.catalogue.cpv_list import HEADINGS, MOST_ROWS, preview_of_list
from procurement.members.import_table import table_in
from procurement.members.kinds_import import RowState
from tests.examples.sheets import sheet_of

NETWORK = CpvEntry("32420000", "3", "Netzausrüstung")


def preview(*rows, known=()):
    table = table_in(sheet_of(("code", "de", "en"), *rows), HEADINGS, MOST_ROWS)
    return preview_of_list(table, {entry.code: entry for entry in known})


def test_a_code_that_is_not_in_the_table_is_new():
    found = preview(("32420000-3", "Netzausrüstung", "Network equipment"))
    assert found.entries(RowState.NEW) == [NETWORK]
    assert found.unread == ("en",)


def test_a_code_with_another_label_is_changed_and_the_old_one_is_shown():
    found = preview(("32420000-3", "Netzausrüstung", ""), known=[CpvEntry("32420000", "3", "Netz")])
    assert found.entries(RowState.CHANGED) == [NETWORK]
    assert found.rows[0].remarks == ("Bisher: 32420000-3 Netz",)


def test_a_known_code_is_left_alone():
    assert preview(("32420000-3", "Netzausrüstung", ""), known=[NETWORK]).count(RowState.KNOWN) == 1


def test_faults_are_named_by_cell():
    found = preview(
        ("32420000", "Netzausrüstung", ""),
        ("32422000-7", "", ""),
        ("32424000-1", "Netz", ""),
        ("32424000-1", "Netz", ""),
    )
    assert [str(fault) for row in found.rows for fault in row.faults] == [
        "Zelle A2: „32420000“ ist kein CPV-Code mit Prüfziffer wie 32420000-3.",
        "Zelle B3: Die Zelle ist leer.",
        "Zelle A5: Der Code 32424000 steht schon in Zeile 4.",
    ]
