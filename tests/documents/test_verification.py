"""The check of a document: stored bytes, register and audit trail must name the same checksum."""

import hashlib

from procurement.documents.verification import RecordedIssue, verify

CONTENT = b"%PDF"
RIGHT = hashlib.sha256(CONTENT).hexdigest()
WRONG = "0" * 64


def test_three_places_with_one_checksum_prove_the_document():
    found = verify(CONTENT, RIGHT, RecordedIssue(17, RIGHT, is_intact=True))
    assert found.is_genuine
    assert found.computed == RIGHT
    assert [finding.text for finding in found.findings][1] == "Eintrag 17 im Prüfpfad nennt dieselbe Prüfsumme."


def test_changed_bytes_are_noticed_in_both_places():
    found = verify(b"%PDF2", RIGHT, RecordedIssue(17, RIGHT, is_intact=True))
    assert not found.is_genuine
    assert len(found.faults) == 2
    assert "wurde verändert" in found.faults[0].text


def test_an_exchanged_file_with_an_exchanged_register_is_noticed_by_the_trail():
    (fault,) = verify(CONTENT, RIGHT, RecordedIssue(17, WRONG, is_intact=True)).faults
    assert fault.text == f"Eintrag 17 im Prüfpfad nennt eine andere Prüfsumme: {WRONG}."


def test_a_changed_entry_of_the_trail_is_named():
    (fault,) = verify(CONTENT, RIGHT, RecordedIssue(17, RIGHT, is_intact=False)).faults
    assert fault.text.startswith("Eintrag 17 im Prüfpfad wurde verändert")


def test_a_document_nobody_recorded_is_not_genuine():
    (fault,) = verify(CONTENT, RIGHT, None).faults
    assert "kein Eintrag" in fault.text
