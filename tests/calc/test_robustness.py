import pytest

from procurement.calc.errors import BadInput
from procurement.calc.robustness import ON_RANK_ONE, TIED, answer

G11 = [{"id": "X", "points": 7270, "price": "240000.00"}, {"id": "Z", "points": "22000/3", "price": "236000.00"}]
WEIGHTED = {"quality_weight": "0.6", "max_points": 1000}


def by_id(response):
    return {one["id"]: one for one in response["bids"]}


def test_g11_break_even_and_headroom_as_exact_fractions_and_decimals():
    response = answer({"method": "simple_ratio", "bids": G11})
    x, z = by_id(response)["X"], by_id(response)["Z"]
    assert (x["break_even"], x["break_even_decimal"], x["percent_decimal"]) == ("2573580/11", "233961.82", "-2.516")
    assert (x["last_cent"], x["first_cent"], x["against"]) == ("233961.81", "233961.82", ["Z"])
    assert (z["break_even"], z["reason"]) == (None, ON_RANK_ONE)
    assert response["headroom"]["break_even"] == "176000000/727"
    assert response["point_value"]["euro"] == "354/11"
    assert response["quality_weight"]["reason"].startswith("Bei dieser Methode ist kein Gewicht")


def test_the_weight_interval_is_exact_and_names_who_takes_over():
    figures = [{"id": "A", "points": 950, "price": 180000}, {"id": "B", "points": 800, "price": 130000}]
    found = answer({"method": "best_value", "parameters": WEIGHTED, "bids": figures})["quality_weight"]
    assert (found["announced"], found["low"], found["high"], found["high_rival"]) == ("3/5", "0", "50/77", ["A"])


def test_a_tie_has_null_with_its_reason():
    figures = [{"id": "A", "points": 5, "price": 10}, {"id": "B", "points": 5, "price": 10}]
    response = answer({"method": "simple_ratio", "bids": figures})
    assert response["tie"] is True
    assert (response["headroom"], response["point_value"]["reason"]) == ({"id": None, "reason": TIED}, TIED)


def test_a_single_bid_says_that_there_is_nobody_to_compare_with():
    response = answer({"method": "best_value", "parameters": WEIGHTED, "bids": [G11[0] | {"points": 700}]})
    assert response["headroom"]["break_even"] is None
    assert "nur ein Angebot" in response["headroom"]["reason"]
    assert "nur ein Angebot" in response["quality_weight"]["reason"]


def test_lowest_price_needs_no_points():
    figures = [{"id": "A", "price": 500}, {"id": "B", "price": 600}]
    response = answer({"method": "lowest_price", "bids": figures})
    assert (response["headroom"]["break_even"], by_id(response)["B"]["break_even"]) == ("600", "500")
    assert by_id(response)["B"]["missing_points"] is None


def test_bad_input_is_refused_like_in_the_scoring():
    with pytest.raises(BadInput) as caught:
        answer({"method": "best_value", "bids": G11})
    assert caught.value.path == "parameters.quality_weight"


def test_prices_or_points_that_count_for_nothing_may_be_missing():
    bids = [{"id": "A", "points": 900}, {"id": "B", "points": 800, "price": "5"}]
    fixed = answer({"method": "M16", "bids": bids})
    assert [(bid["price"], bid["break_even"]) for bid in fixed["bids"]] == [(None, None), (None, None)]
    assert (fixed["winner"], fixed["dominance"]) == (["A"], [])
    bids = [{"id": "A", "points": 900, "price": 7}, {"id": "B", "price": "5"}]
    cheapest = answer({"method": "M1", "bids": bids})
    assert (cheapest["bids"][0]["break_even"], cheapest["bids"][0]["missing_points"]) == ("5", None)


def test_an_excluded_bid_takes_no_part():
    bids = [
        {"id": "A", "points": 8000, "price": 100000},
        {"id": "B", "points": 9000, "price": 125000},
        {"id": "C", "points": 9500, "price": 100000, "excluded": "§ 57 Abs. 1 Nr. 5 VgV"},
    ]
    response = answer({"method": "M2", "bids": bids})
    # B reaches 8000/100000 at 9000 x 12.50 euro
    assert [(bid["id"], bid["break_even"]) for bid in response["bids"]] == [("A", None), ("B", "112500")]
    assert response["headroom"]["break_even"] == "1000000/9"
