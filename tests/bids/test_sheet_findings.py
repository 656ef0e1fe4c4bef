"""Findings survive storage; names are compared without regard to spaces and capitals."""

from procurement.bids.findings import Finding, FindingCode
from procurement.bids.sheet_findings import restored, same_name, stored

FINDINGS = [
    Finding("Los 1", "F14", FindingCode.MISSING_PRICE, "Position 2: Der Einzelpreis fehlt.", is_blocking=False),
    Finding("Los 1", "D13", FindingCode.CHANGED_QUANTITY, "Position 1: Die Menge wurde von 4 in 5 geändert."),
]


def test_findings_come_back_as_they_were_stored_and_all_stored_values_are_text():
    rows = stored(FINDINGS)
    assert restored(rows) == FINDINGS
    assert {type(value) for row in rows for value in row.values()} == {str}


def test_a_name_is_the_same_whatever_its_spaces_and_capitals():
    assert same_name(" NETZ  GmbH", "Netz GmbH")
    assert not same_name("Netz AG", "Netz GmbH")
