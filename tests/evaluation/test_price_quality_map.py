from procurement.evaluation.price_quality_map import BOTTOM, LEFT, RIGHT, TOP, price_quality_map
from procurement.evaluation.run_calculation import calculated
from procurement.tenders.criteria_entries import CriterionEntry
from tests.factories.runs import bid, g11, run_input

ONE = [CriterionEntry("K1", "Leistung", weight_percent="100")]


def placed(shown):
    return {one.bid.bidder: (one.x, one.y) for one in shown.bids}


def test_cheaper_is_further_left_and_better_further_up():
    shown = price_quality_map(calculated(g11(minimum=False)))
    places = placed(shown)
    assert places["Y"][0] < places["Z"][0] < places["X"][0]
    assert places["Y"][1] < places["Z"][1] < places["X"][1]
    assert all(LEFT <= x <= RIGHT and TOP <= y <= BOTTOM for x, y in places.values())


def test_names_stand_above_their_points_and_stay_inside():
    bids = [bid("A", 100, {"K1": 5}), bid("B", 150, {"K1": 6}), bid("C", 200, {"K1": 7})]
    shown = price_quality_map(calculated(run_input(*bids, criteria=ONE)))
    assert [one.anchor for one in shown.bids] == ["start", "middle", "end"]


def test_the_best_bid_lies_on_the_line_of_equal_score_and_the_others_below_it():
    shown = price_quality_map(calculated(g11(minimum=False)))
    x1, y1, x2, y2 = shown.line
    for name, (x, y) in placed(shown).items():
        on_line = y1 + (y2 - y1) * (x - x1) / (x2 - x1)
        assert abs(y - on_line) < 2 if name == "Y" else y > on_line + 2


def test_the_axes_begin_and_end_with_whole_figures_around_all_bids():
    shown = price_quality_map(calculated(g11(minimum=False)))
    # 228,000 - 24,000 and 240,000 + 24,000, the end rounded up
    assert [tick.value for tick in (shown.prices[0], shown.prices[-1])] == [204_000, 264_001]
    assert [tick.at for tick in (shown.prices[0], shown.prices[-1])] == [LEFT, RIGHT]
    assert [tick.at for tick in (shown.points[0], shown.points[-1])] == [BOTTOM, TOP]


def test_other_methods_have_no_line_and_price_alone_has_no_map():
    bids = [bid("A", 100, {"K1": 5}), bid("B", 120, {"K1": 9})]
    weighted = {"quality_weight": "0.5", "max_points": "10000"}
    shown = price_quality_map(calculated(run_input(*bids, method="best_value", criteria=ONE, parameters=weighted)))
    assert (shown.line, shown.is_ratio) == (None, False)
    assert price_quality_map(calculated(run_input(*bids, method="lowest_price"))) is None


def test_one_bid_needs_no_map_and_equal_bids_without_points_share_a_place():
    assert price_quality_map(calculated(run_input(bid("A", 100, {"K1": 5}), criteria=ONE))) is None
    nothing = [bid("A", 100, {"K1": 0}), bid("B", 100, {"K1": 0})]
    shown = price_quality_map(calculated(run_input(*nothing, criteria=ONE)))
    assert placed(shown)["A"] == placed(shown)["B"]
    assert shown.line[1] == shown.line[3] == BOTTOM
