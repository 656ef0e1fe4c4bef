import json

from procurement.evaluation.run_calculation import calculated
from procurement.evaluation.run_result import as_stored, from_stored
from tests.factories.runs import bid, g11, run_input


def test_what_is_stored_is_plain_json_without_binary_floats():
    stored = as_stored(calculated(g11()))
    assert json.loads(json.dumps(stored), parse_float=lambda text: 1 / 0) == stored
    assert stored["bids"][2]["points"] == "22000/3"


def test_what_is_stored_gives_back_every_figure():
    for result in (calculated(g11()), calculated(run_input(bid("A", None), method="lowest_price"))):
        assert from_stored(json.loads(json.dumps(as_stored(result)))) == result


def test_the_one_bid_on_rank_one_is_the_winner_and_has_a_name():
    result = calculated(g11())
    assert result.winner.name == "26 (Z)"
    assert [one.bidder for one in result.ranked] == ["Z", "X"]
