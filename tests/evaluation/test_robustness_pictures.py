from fractions import Fraction

from procurement.evaluation.price_quality_map import price_quality_map
from procurement.evaluation.robustness import robustness_of
from procurement.evaluation.score_bars import LEFT, RIGHT, score_bars
from procurement.evaluation.score_lines import score_lines
from procurement.evaluation.tornado import tornado
from tests.factories.runs import g11


def test_the_shortest_way_to_another_result_stands_on_top_and_sides_tell_up_from_down():
    found = robustness_of(g11())
    picture = tornado(found.headroom, found.break_evens)
    assert [(one.bid, one.is_winner) for one in picture.bars] == [("24 (X)", False), ("26 (Z)", True)]
    rival, winner = picture.bars
    assert (rival.x + rival.width, winner.x) == (picture.zero, picture.zero)


def test_without_a_price_that_changes_anything_there_is_no_picture():
    assert tornado(None, ()) is None


def test_bars_are_as_long_as_the_points_are_of_all_attainable_ones():
    bars = score_bars(robustness_of(g11(minimum=False)).result).bars
    assert [bar.bid.bidder for bar in bars] == ["Y", "Z", "X"]
    first = bars[0]
    # Y has 8,110 of 10,000 points
    assert abs(sum(part.width for part in first.parts) - Fraction(8110, 10_000) * (RIGHT - LEFT)) <= 1
    assert [part.number for part in first.parts] == ["1", "2", "3"]


def test_the_line_of_rank_one_runs_through_its_own_place():
    found = robustness_of(g11(minimum=False))
    surface = price_quality_map(found.result)
    line = score_lines(surface, found.contest)[0]
    place = next(one for one in surface.bids if one.bid.rank == 1)
    assert (line.order, line.bid) == (1, "25 (Y)")
    assert f"{place.x},{place.y}" in line.places.split()
