import json
from dataclasses import replace

from procurement.evaluation.run_input import canonical, hash_of, read, what_is_missing
from procurement.values.money import Money
from tests.factories.runs import EXCLUSION_CRITERION, G11_CRITERIA, bid, g11, run_input

LEAF = replace(next(entry for entry in G11_CRITERIA if entry.number == "3.1.1"), parent_number="")


def test_the_text_carries_prices_in_cents_and_weight_points_as_exact_fractions():
    content = json.loads(canonical(g11()))
    assert [one["price_cents"] for one in content["bids"]] == [24_000_000, 22_800_000, 23_600_000]
    weights = {row["number"]: row["weight_points"] for row in content["criteria"]}
    assert (weights["1.1.1"], weights["2.1.1"], weights["2.1"]) == ("210", "250/3", None)


def test_published_whole_weight_points_stand_in_the_text_as_they_were_published():
    content = json.loads(canonical(g11(whole=True)))
    weights = {row["number"]: row["weight_points"] for row in content["criteria"]}
    assert [weights[f"2.1.{leaf}"] for leaf in (1, 2, 3)] == ["84", "83", "83"]


def test_the_same_input_gives_the_same_text_in_whatever_order_points_were_given():
    one = run_input(bid("A", 100, {"1": 3, "2": 4}), criteria=[LEAF])
    other = run_input(bid("A", 100, {"2": 4, "1": 3}), criteria=[LEAF])
    assert hash_of(canonical(one)) == hash_of(canonical(other))


def test_one_point_or_one_cent_gives_another_hash():
    hashes = {
        hash_of(canonical(run_input(bid("A", price, {"3.1.1": points}), criteria=[LEAF])))
        for price, points in (("100.00", 3), ("100.01", 3), ("100.00", 4))
    }
    assert len(hashes) == 3


def test_reading_the_text_gives_back_every_bid_and_criterion():
    was = g11()
    now = read(canonical(was))
    assert now.bids == was.bids
    assert now.setup == was.setup
    assert canonical(now) == canonical(was)


def test_a_bid_without_a_complete_sheet_has_no_price_in_the_text():
    text = canonical(run_input(bid("A", None), method="lowest_price"))
    row = json.loads(text)["bids"][0]
    assert (row["price_cents"], row["missing_positions"]) == (None, ["1.02"])
    assert not read(text).bids[0].is_complete


def test_what_is_missing_names_bid_and_criterion():
    criteria = [EXCLUSION_CRITERION, LEAF]
    blank, full = bid("B", 100), bid("C", 100, {"3.1.1": 7}, answers={"A1": True})
    found = what_is_missing(run_input(blank, full, criteria=criteria))
    assert [str(one) for one in found] == [
        "Angebot 2 (B): Noch nicht geprüfte Ausschlusskriterien: A1 Referenzen.",
        "Angebot 2 (B): Es fehlen Punkte für 3.1.1 Verpackung.",
    ]


def test_a_bid_that_is_out_anyway_needs_no_points():
    excluded = bid("A", 100, exclusion="Preis nicht aufgeklärt")
    incomplete = bid("B", None)
    failed = bid("C", 100, answers={"A1": False})
    assert what_is_missing(run_input(excluded, incomplete, failed, criteria=[EXCLUSION_CRITERION, LEAF])) == []


def test_prices_survive_as_money():
    assert read(canonical(run_input(bid("A", "0.01"), method="lowest_price"))).bids[0].price == Money(1)
