"""The evaluation matrix of a run: every figure, every reason, exclusions, reruns, consensus; figures of G11 by hand.

G11: L of X is 7,270, of Z 22,000/3, of Y 8,110; Y reaches 1,000 of 2,500 points in group 2 where 50 % are required.
Z is 22,000/3 ÷ 236,000 = 11/354, times 10,000 = 310.73; X is 7,270 ÷ 240,000 = 727/24,000, times 10,000 = 302.92.
"""

import hashlib
import json
from fractions import Fraction

import pytest

from procurement.documents import actions_matrix, queries
from procurement.documents import matrix_of_run as matrix
from procurement.documents import matrix_wording as wording
from procurement.documents.contents import DocumentStatus
from procurement.documents.exact_figures import exact, points
from procurement.evaluation import actions_consensus, actions_exclusion
from procurement.evaluation import queries as evaluation
from procurement.evaluation.consensus import AgreedEntry
from procurement.evaluation.models import EvaluationRun
from procurement.evaluation.run_calculation import calculated
from procurement.evaluation.run_display import display_of
from procurement.tenders.kinds import TieRule
from procurement.tenders.method import RoundingPlace, ScoringParameters
from tests.examples.evaluation_g import G11_BIDS, points_by_leaf
from tests.factories import evaluation as given
from tests.factories import issued_documents as make_documents
from tests.factories import members as make
from tests.factories import panel, runs
from tests.pdf_reading import cells, reader, text_of

NORM = "§ 57 Abs. 1 Nr. 4 VgV"


def issued(run: EvaluationRun) -> tuple[object, str]:
    document = actions_matrix.issue_evaluation_matrix(run, by=make.officer())
    return document, text_of(document.file.content)


def flat(text: str) -> str:
    """The words of a document in one line, however its cells were folded."""
    return " ".join(text.split())


def test_the_tree_of_g11_has_its_weight_points_as_fractions_and_as_published_integers():
    exact_points = {node.number: node.weight_points for node in matrix.nodes_of(runs.g11())}
    assert (exact_points["1.1.1"], exact_points["2.1.1"], exact_points["2.1"]) == (210, Fraction(250, 3), None)
    whole = {node.number: node.weight_points for node in matrix.nodes_of(runs.g11(whole=True))}
    assert [whole[f"2.1.{number}"] for number in (1, 2, 3)] == [84, 83, 83]
    node = next(node for node in matrix.nodes_of(runs.g11()) if node.number == "2")
    assert (node.kind, node.weight, node.minimum, node.level) == ("Gruppe", "25 %", "mindestens 50 %", 1)


def test_minimum_points_are_held_against_what_each_bid_reached():
    run_input = runs.g11()
    checks = matrix.minimums_of(run_input, display_of(calculated(run_input), 20))
    assert {one.bid[0]: (one.attained, one.is_reached) for one in checks} == {
        "X": (1750, True),
        "Y": (1000, False),
        "Z": (Fraction(5500, 3), True),
    }


def test_figures_are_written_for_the_eye_and_exact():
    assert [points(figure) for figure in (Fraction(210), Fraction(250, 3), Fraction(17, 2), None)] == [
        "210", "83,33 (250/3)", "8,50", "–",
    ]  # fmt: skip
    assert [exact(figure) for figure in (Fraction(20275, 57), Fraction(1, 8), Fraction(-3))] == [
        "20.275/57", "0,125", "−3",
    ]  # fmt: skip


def test_rounding_and_the_rule_for_equal_scores_are_told_as_published():
    parameters = ScoringParameters(
        rounding_places=Fraction(3),
        rounding_place=RoundingPlace.PRICE_POINTS,
        tie_rule=TieRule.QUALITY,
        tie_then=TieRule.PRICE,
    )
    assert "Preispunkte kaufmännisch gerundet auf 3 Nachkommastellen" in wording.rounding(parameters)
    assert "höhere Leistungspunkte, danach niedrigerer Preis" in wording.tie(parameters)
    assert wording.rounding(ScoringParameters()) == wording.EXACT


def test_the_matrix_of_g11_holds_every_reason_and_the_exact_figures(context):
    make_documents.issuer()
    run = evaluation.latest_run(given.g11_lot())
    document, text = issued(run)
    words = flat(text)
    for one in G11_BIDS:
        for number in points_by_leaf(one):
            assert f"{one.name} bei {number} laut Konzept" in words
    assert cells("1", "Z (Angebot 3)", "7.333,33 (22.000/3)", "236.000,00", "310,73", "11/354") in text
    assert cells("2", "X (Angebot 1)", "7.270", "240.000,00", "302,92", "727/24.000") in text
    assert "Mindestpunktzahl in 2 (Service) nicht erreicht: 1.000 von 2.500 Leistungspunkten (40 %)" in words
    for weight in ("100/3 %", "83,33 (250/3)", "mindestens 50 %"):
        assert weight in words
    result = json.dumps(run.result, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    for checksum in (run.input_hash, hashlib.sha256(result.encode()).hexdigest(), document.input_hash):
        assert checksum in text.replace("\n", "")
    assert wording.REPRODUCED in words
    assert document.number == f"BM-{run.lot.tender.reference}-L1-W1-1"
    pdf = reader(document.file.content)
    assert [entry["/Title"] for entry in pdf.outline][:2] == [
        "1  Ergebnis",
        "2  Methode, Rundung und Regel bei Gleichstand",
    ]
    assert f"Seite 1 von {len(pdf.pages)}" in text


def test_a_reason_changed_after_the_run_changes_nothing_in_its_matrix(context):
    make_documents.issuer()
    lot = given.evaluated_lot()
    first = evaluation.latest_run(lot)
    document, _ = issued(first)
    given.rate(lot, {"Kabel AG": {"K1": 7}})
    later = evaluation.scores_of(lot.id)[
        given.bid_of(lot.tender, "Kabel AG").id, given.criterion_of(lot.tender, "K1").id
    ]
    assert later.points == 7
    again = actions_matrix.issue_evaluation_matrix(first, by=make.officer())
    assert again is document
    second = given.evaluate(lot)
    other, text = issued(second)
    # Kabel AG now: 7 × 600 + 7 × 400 = 7,000
    assert cells("7", "4.200") in text
    assert [one.status for one in queries.listed([document, other])] == [DocumentStatus.FINAL] * 2


def test_after_an_exclusion_both_rankings_stand_side_by_side(context):
    make_documents.issuer()
    lot = given.evaluated_lot()
    bid = given.bid_of(lot.tender, "Netz GmbH")
    proposal = actions_exclusion.propose_exclusion(bid, NORM, "Unterlagen geändert.", by=make.officer())
    actions_exclusion.confirm_exclusion(proposal, "Geprüft und bestätigt.", by=make.officer("Zora Zweite"))
    document, text = issued(evaluation.latest_run(lot))
    words = flat(text)
    assert "Wertung 1 und Wertung 2: Ausschluss von Netz GmbH (Angebot 1)" in words
    assert "Rang 1 ändert sich: vorher 1 (Netz GmbH), nachher 2 (Kabel AG)" in words
    # 8,600 ÷ 6,000 × 10,000 = 14,333.33 before; 6,400 ÷ 5,400 × 10,000 = 11,851.85 both times
    assert cells("2 (Kabel AG)", "2", "1", "11.851,85", "11.851,85") in text
    assert "14.333,33" in text
    assert "Zora Zweite" in words
    assert document.number.endswith("-L1-W2-1")


def test_a_panel_is_named_with_its_consensus_and_without_single_notes(context):
    make_documents.issuer()
    anna, otto = make.officer("Anna Amt"), make.officer("Otto Ordnung")
    lot = given.opened_tender().lots[0]
    compared = panel.compared(lot, anna, otto)
    entries = [
        AgreedEntry(cell.bid.id, cell.criterion.id, 7, f"Einig über {cell.bid.bidder} bei {cell.criterion.number}")
        for cell in compared.cells
    ]
    actions_consensus.agree(lot, entries, by=anna)
    _, text = issued(given.evaluate(lot))
    words = flat(text)
    assert words.count("im Konsens: Anna Amt, Otto Ordnung") == 4
    assert "Einig über Netz GmbH bei K1" in words
    assert "Otto Ordnung zu Netz GmbH" not in words


@pytest.mark.parametrize("who", ["officer", "auditor", "lead"])
def test_only_who_reads_the_bids_reads_the_matrix(saved, browser, who):
    with saved():
        make_documents.issuer()
        lot = given.evaluated_lot()
        document, _ = issued(evaluation.latest_run(lot))
        readers = {"officer": make.officer(), "auditor": make.auditor(), "lead": make.lead(make.member())}
        document_id, account_id = document.id, readers[who].id
    expected = {"officer": 200, "auditor": 403, "lead": 404}
    assert browser(account_id).get(f"/documents/{document_id}/download").status_code == expected[who]


def test_an_evaluator_who_has_not_submitted_neither_issues_nor_reads_it(saved, browser):
    with saved():
        make_documents.issuer()
        lot = given.evaluated_lot()
        run = evaluation.latest_run(lot)
        document, _ = issued(run)
        otto = make.officer("Otto Ordnung")
        late = given.opened_tender().lots[0]
        panel.named(late.tender, otto)
        ids = run.id, document.id, otto.id, late.tender_id, make.officer().id
    assert browser(ids[2]).post(f"/documents/tender/{ids[3]}/procurement-record").status_code == 403
    answer = browser(ids[4]).post(f"/documents/evaluation-run/{ids[0]}/matrix")
    assert answer.status_code == 303
    assert "BM-" in browser(ids[4]).get(answer.location).text


def test_a_score_is_told_as_people_see_it_and_exact():
    result = calculated(runs.g11())
    assert wording.score(result, result.bid(runs.bid("X", 1).bid_id)) == "Z × 10.000 = 302,92; Z genau 727/24.000"
    cheapest = calculated(runs.run_input(runs.bid("A", "1200.50"), method="lowest_price"))
    assert wording.score(cheapest, cheapest.bids[0]).startswith("1.200,50 € netto")
