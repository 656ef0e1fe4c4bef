"""From rankings and announced rules to the case that is solved; the four objectives by figures a clerk can check."""

from dataclasses import replace
from fractions import Fraction

import pytest

from procurement.evaluation.lot_award_input import (
    BidTerms,
    Discount,
    LotAwardInput,
    RankedBid,
    RankedLot,
    canonical,
    case_of,
    read,
)
from procurement.evaluation.lot_award_result import calculated, proof
from procurement.evaluation.rebate_shares import spread
from procurement.evaluation.run_input import hash_of
from procurement.tenders.lot_rules import LotMode, LotObjective, LotRules, LotTieRule

# Lot 1: A 90 points for 100, B 81 for 90. Lot 2: A 80 for 100, B 40 for 70.
LOTS = (
    RankedLot(
        1,
        30_000,
        "1" * 64,
        (RankedBid(10, 1, "A", 10_000, 1, Fraction(90)), RankedBid(20, 2, "B", 9_000, 2, Fraction(81))),
    ),
    RankedLot(
        2,
        10_000,
        "2" * 64,
        (RankedBid(10, 1, "A", 10_000, 1, Fraction(80)), RankedBid(20, 2, "B", 7_000, 2, Fraction(40))),
    ),
)


def given(objective, **details):
    rules = LotRules(award_limit=1, objective=objective)
    return replace(LotAwardInput("V-1", "f" * 64, "linear", rules, LOTS, (), (), ()), **details)


def winners(given_):
    return list(calculated(given_)["award"].values())


@pytest.mark.parametrize(
    ("objective", "expected"),
    [
        # either lot keeps one first rank; 100 + 70 is less than 90 + 100
        (LotObjective.PRICE, [10, 20]),
        # three quarters of the value: 75 + 12.5 against 67.5 + 25
        (LotObjective.SCORE, [20, 10]),
        # A wants lot 2
        (LotObjective.PREFERENCE, [20, 10]),
        # A is 10 ahead in lot 1 and 50 in lot 2
        (LotObjective.DISTANCE, [20, 10]),
    ],
)
def test_the_announced_objective_decides_which_lot_is_kept(objective, expected):
    assert winners(given(objective, terms=(BidTerms(10, None, (2, 1)),))) == expected


def test_without_a_limit_every_lot_goes_to_rank_one_however_dear():
    rules = LotRules(mode=LotMode.FRANKFURT)
    assert winners(given(LotObjective.PRICE, rules=rules)) == [10, 10]


@pytest.mark.parametrize("method", ["lowest_price", "threshold_price"])
def test_where_only_the_price_counts_the_sum_decides_and_ranks_do_not(method):
    assert case_of(given(LotObjective.PRICE, method=method)).goals == ()


def test_of_prices_less_their_bonus_the_least_has_a_hundred_points():
    amounts = (RankedBid(10, 1, "A", 9_000, 1, Fraction(80)), RankedBid(20, 2, "B", 9_500, 2, Fraction(100)))
    [worth] = case_of(given(LotObjective.SCORE, method="bonus", lots=(RankedLot(1, 5, "", amounts),))).goals
    assert worth == {("10", "1"): 100, ("20", "1"): 80}


def test_capacity_is_the_smaller_of_the_announced_cap_and_what_is_proven():
    rules = LotRules(capacity="3", weights={1: "2", 2: "1.5"})
    case = case_of(given(LotObjective.PRICE, rules=rules, terms=(BidTerms(10, "1.5", ()), BidTerms(20, "9", ()))))
    assert case.capacities == {"10": Fraction(3, 2), "20": Fraction(3)}
    assert case.needs == {"1": Fraction(2), "2": Fraction(3, 2)}


def test_rebates_outside_the_announced_combinations_or_of_unranked_bids_take_no_part():
    rules = LotRules(mode=LotMode.COMBINATION, combinable=((1, 2),))
    discounts = (
        Discount(10, (1, 2), None, Fraction(1, 10)),
        Discount(10, (1, 3), None, Fraction(1, 10)),
        Discount(99, (1, 2), None, Fraction(1, 10)),
        Discount(20, (), 2, Fraction(1, 20)),
    )
    case = case_of(given(LotObjective.PRICE, rules=rules, discounts=discounts))
    assert [(one.bidder, one.lots) for one in case.packages] == [("10", ("1", "2"))]
    assert [(one.bidder, one.least) for one in case.volumes] == [("20", 2)]


def test_equal_distributions_and_the_rule_that_prefers_more_bidders():
    even = tuple(
        RankedLot(n, 1, "", (RankedBid(10, 1, "A", 500, 1, Fraction(5)), RankedBid(20, 2, "B", 500, 1, Fraction(5))))
        for n in (1, 2)
    )
    rules = LotRules(mode=LotMode.FRANKFURT, tie_rule=LotTieRule.BIDDERS)
    stored = calculated(given(LotObjective.PRICE, rules=rules, lots=even))
    assert (stored["found_equal"], stored["equals"], stored["needs_drawing"]) == (4, [[10, 20], [20, 10]], True)


def test_the_text_reads_back_and_a_stored_result_is_proven_or_not():
    details = {
        "discounts": (Discount(10, (1, 2), None, Fraction(3, 50)),),
        "linked": ((10, 20),),
        "rules": LotRules(2, 1, LotMode.FRANKFURT, weights={1: "1", 2: "2"}, combinable=((1, 2),)),
    }
    whole = given(LotObjective.PRICE, **details)
    text = canonical(whole)
    assert read(text) == whole
    stored = calculated(whole)
    assert proof(text, hash_of(text), stored).is_good
    assert not proof(text, "0" * 64, stored).is_good
    assert not proof(text, hash_of(text), stored | {"total": "1"}).is_good


def test_a_rebate_is_spread_over_lots_and_lines_to_the_cent():
    # 100.00 on 300.00 and 100.00: 75 and 25; within lot 1 by 200 and 100
    assert spread(Fraction(10_000), {1: {7: 20_000, 8: 10_000}, 2: {9: 10_000}}) == {7: 5_000, 8: 2_500, 9: 2_500}
    # 0.01 on three equal lines goes to one of them
    assert sum(spread(Fraction(1), {1: {7: 100, 8: 100, 9: 100}}).values()) == 1
    assert spread(Fraction(0), {1: {7: 0}}) == {7: 0}
