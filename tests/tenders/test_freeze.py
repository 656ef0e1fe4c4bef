"""What publication fixes as one text and one hash."""

from dataclasses import replace

from procurement.tenders.freeze import FrozenTender, canonical, hash_of, proof

CONTENT = FrozenTender(
    reference="V-1", title="Firewall", description="", procedure_type="open", procedure_started_on="2026-11-02",
    method="best_value", parameters={"quality_weight": "0.6", "corridor": "0.05"}, tie_rule="none",
    question_deadline_at=None, bid_deadline_at="2026-12-28T11:00:00+00:00", bid_validity_end_on="2027-02-26",
    opening_key_sha256=None, participants=("05554004", "05566028"), criteria=(), lots=(),
)  # fmt: skip


def test_the_order_of_parameters_does_not_change_the_text():
    swapped = replace(CONTENT, parameters={"corridor": "0.05", "quality_weight": "0.6"})
    assert canonical(swapped) == canonical(CONTENT)


def test_an_unchanged_tender_proves_itself():
    text = canonical(CONTENT)
    assert proof(text, hash_of(text), CONTENT).is_unchanged


def test_a_changed_tender_names_what_differs():
    text = canonical(CONTENT)
    now = replace(CONTENT, parameters={"quality_weight": "0.7"}, participants=("05554004",))
    found = proof(text, hash_of(text), now)
    assert not found.is_unchanged
    assert found.changed == ("Parameter der Wertung", "teilnehmende Mitglieder")


def test_a_forged_text_does_not_fit_its_hash():
    text = canonical(CONTENT)
    forged = canonical(replace(CONTENT, method="lowest_price"))
    found = proof(forged, hash_of(text), replace(CONTENT, method="lowest_price"))
    assert not found.is_text_intact
    assert not found.is_unchanged
