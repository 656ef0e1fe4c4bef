from dataclasses import replace
from fractions import Fraction

import pytest

from procurement.evaluation.errors import FigureMissing
from procurement.evaluation.run_calculation import calculated, proof
from procurement.evaluation.run_input import canonical, hash_of
from procurement.evaluation.run_result import as_stored
from procurement.tenders.kinds import TieRule
from tests.examples.evaluation_g import G11_BIDS
from tests.factories.runs import EXCLUSION_CRITERION, bid, g11, run_input


def ranks(result):
    return {one.bidder: one.rank for one in result.bids}


@pytest.mark.parametrize("whole", [False, True])
def test_g11_gives_the_performance_points_of_the_paper(whole):
    result = calculated(g11(whole=whole))
    assert [one.points for one in result.bids] == [one.whole if whole else one.exact for one in G11_BIDS]


def test_g11_without_minimum_ranks_y_before_z_before_x_with_the_scores_of_the_paper():
    result = calculated(g11(minimum=False))
    assert ranks(result) == {"Y": 1, "Z": 2, "X": 3}
    assert [one.display_score for one in result.bids] == [one.shown for one in G11_BIDS]


def test_a_bid_below_its_minimum_is_out_though_it_would_be_best():
    result = calculated(g11())
    assert ranks(result) == {"Z": 1, "X": 2, "Y": None}
    y = result.unranked[0]
    assert y.reason == (
        "Mindestpunktzahl in 2 (Service) nicht erreicht: 1.000 von 2.500 Leistungspunkten (40 %), verlangt sind 50 %."
    )
    assert y.points == 8110


def test_an_incomplete_bid_is_not_ranked_by_the_sum_of_what_it_has():
    result = calculated(run_input(bid("A", None), bid("B", 500), method="lowest_price"))
    assert ranks(result) == {"A": None, "B": 1}
    assert result.unranked[0].reason == "Unvollständig: Preise fehlen in 1 von 2 Positionen (1.02)."
    assert result.references.p_min == 500


def test_more_than_ten_open_positions_are_counted_and_the_first_ten_named():
    open_positions = tuple(f"1.{number:02}" for number in range(12))
    many = replace(bid("A", None), expected_positions=12, missing_positions=open_positions)
    reason = calculated(run_input(many, method="lowest_price")).bids[0].reason
    assert reason.startswith("Unvollständig: Preise fehlen in 12 von 12 Positionen (1.00, 1.01")
    assert reason.endswith("1.09 und weitere).")


def test_an_excluded_bid_keeps_its_reason_and_forms_no_lowest_price():
    excluded = bid("A", 100, exclusion="Preis nicht aufgeklärt")
    result = calculated(run_input(excluded, bid("B", 500), method="lowest_price"))
    assert (result.unranked[0].reason, result.references.p_min) == ("Preis nicht aufgeklärt", 500)


def test_a_no_to_an_exclusion_criterion_excludes():
    bids = (bid("A", 100, answers={"A1": False}), bid("B", 500, answers={"A1": True}))
    result = calculated(run_input(*bids, method="lowest_price", criteria=[EXCLUSION_CRITERION]))
    assert ranks(result) == {"A": None, "B": 1}
    assert result.unranked[0].reason == "Ausschlusskriterium A1 (Referenzen) nicht erfüllt."


def test_a_missing_point_stops_everything_and_names_bid_and_criterion():
    x, y, z = g11().bids
    points = {number: value for number, value in y.points.items() if number != "2.1.3"}
    with pytest.raises(FigureMissing) as caught:
        calculated(run_input(x, bid("Y", 228_000, points), z, criteria=g11().criteria))
    assert caught.value.message == (
        "Angebot 25 (Y): Für 2.1.3 (Technik vor Ort) fehlen die Punkte. Vergeben Sie 0 bis 10 Punkte."
    )


def test_without_scored_criteria_a_tie_rule_on_quality_leaves_only_the_drawing_of_lots():
    bids = (bid("A", 500), bid("B", 500))
    result = calculated(run_input(*bids, method="lowest_price", tie_rule=TieRule.QUALITY))
    assert result.needs_drawing
    assert result.winner is None
    assert result.winners == (10, 20)


def test_if_every_bid_is_out_there_is_no_winner_and_no_reference():
    result = calculated(run_input(bid("A", None), method="lowest_price"))
    assert (result.winners, result.references, result.ranked) == ((), None, ())


def test_a_stored_run_can_be_recomputed_from_its_text_alone():
    text, stored = canonical(g11()), as_stored(calculated(g11()))
    assert proof(text, hash_of(text), stored).is_good


def test_a_changed_input_and_a_changed_result_are_both_noticed():
    text, stored = canonical(g11()), as_stored(calculated(g11()))
    changed = text.replace('"price_cents":24000000', '"price_cents":23000000')
    assert changed != text
    assert not proof(changed, hash_of(text), stored).is_input_intact
    stored["bids"][0]["score"] = str(Fraction(1, 3))
    again = proof(text, hash_of(text), stored)
    assert (again.is_input_intact, again.is_result_reproduced, again.is_good) == (True, False, False)
