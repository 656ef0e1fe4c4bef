"""Several lots: G13 to the cent, limits, rebates and their modes, and the solver against trying everything."""

import random
from dataclasses import replace
from fractions import Fraction

import pytest

from procurement.evaluation.lot_award import (
    Limit,
    LotCase,
    Rebate,
    Volume,
    counting_packages,
    is_admissible,
    limits_of,
    total_of,
)
from procurement.evaluation.lot_award_determination import determined
from procurement.evaluation.lot_award_milp import solved
from procurement.evaluation.lot_award_search import lot_by_lot, searched
from procurement.tenders.lot_rules import LotMode
from tests.factories.lot_cases import cents, g13, random_case

CASES = 400


def euro(case: LotCase, award: str) -> Fraction:
    """The total of a distribution written as one letter per lot."""
    return total_of(case, tuple(award)) / 100


@pytest.mark.parametrize(
    ("limit", "mode", "award", "total"),
    [
        (None, LotMode.NONE, "ACAA", 570_000),
        (2, LotMode.NONE, "CCAA", 574_000),
        # 178 + 142 + 120 + 132 less 6 % of 262
        (None, LotMode.COMBINATION, "AAAA", Fraction(556_280)),
        # A: 262 less 15.72; C: 328 less 16.40
        (2, LotMode.COMBINATION, "CAAC", Fraction(557_880)),
        # only A's rebate passes: 182 + 246.28 + 144
        (2, LotMode.FRANKFURT, "CAAD", Fraction(572_280)),
        (None, LotMode.FRANKFURT, "AAAA", Fraction(556_280)),
    ],
)
def test_g13_award_and_total(limit, mode, award, total):
    found = determined(g13(limit, mode))
    assert ("".join(found.award), found.total / 100) == (award, total)
    assert found.is_optimal
    assert found.is_unique
    assert found.is_confirmed
    assert found.search.total == found.total


def test_g13_b_lot_by_lot_under_a_limit_is_eight_thousand_dearer_than_the_optimum():
    case = g13(2)
    assert "".join(lot_by_lot(case)) == "ACAD"
    assert euro(case, "ACAD") == 582_000


def test_g13_what_the_limit_costs_and_whom_it_displaces():
    found = determined(g13(2))
    assert found.unlimited.total / 100 == 570_000
    # C wins two lots as well, but would win no more without its limit
    assert [(one.limit, one.cost / 100, one.displaced) for one in found.limits] == [
        (Limit(("A",), 2), 4_000, (("1", "A"),)),
        (Limit(("C",), 2), 0, ()),
    ]


def test_frankfurt_counts_a_rebate_only_if_the_rebated_price_is_lowest_in_each_of_its_lots():
    # A: 133.48 and 112.80 beat 140 and 138. B: 136.80 beats 140, but 124.20 does not beat 120. C: 138.70 against 132.
    assert [one.bidder for one in counting_packages(g13(mode=LotMode.FRANKFURT))] == ["A"]
    assert len(counting_packages(g13(mode=LotMode.COMBINATION))) == 3
    assert counting_packages(g13(mode=LotMode.NONE)) == []


def test_frankfurt_compares_with_the_others_without_their_rebates_and_lets_an_equal_price_pass():
    prices = cents({"A": {"1": 100, "2": 100}, "B": {"1": 90, "2": 95}})
    ten, twenty = Rebate("A", ("1", "2"), Fraction(1, 10)), Rebate("B", ("1", "2"), Fraction(2, 10))
    assert counting_packages(LotCase(("1", "2"), prices, (ten, twenty), mode=LotMode.FRANKFURT)) == [ten, twenty]
    nine = replace(ten, discount=Fraction(9, 100))
    assert counting_packages(LotCase(("1", "2"), prices, (nine,), mode=LotMode.FRANKFURT)) == []


def test_a_bidder_gets_the_highest_rebate_and_never_two():
    prices = cents({"A": {"1": 100, "2": 100, "3": 100}})
    packages = (Rebate("A", ("1", "2"), Fraction(1, 10)), Rebate("A", ("1", "2", "3"), Fraction(2, 10)))
    case = LotCase(("1", "2", "3"), prices, packages, (Volume("A", 2, Fraction(3, 100)),), mode=LotMode.COMBINATION)
    found = determined(case)
    assert (found.total / 100, found.rebates) == (240_000, (packages[1],))


def test_a_volume_rebate_counts_from_its_number_of_lots_on():
    prices = cents({"A": {"1": 100, "2": 100, "3": 100}, "B": {"1": 98, "2": 98, "3": 98}})
    case = LotCase(("1", "2", "3"), prices, volumes=(Volume("A", 3, Fraction(3, 100)),), mode=LotMode.COMBINATION)
    assert ("".join(determined(case).award), determined(case).total / 100) == ("AAA", 291_000)
    assert "".join(determined(replace(case, limits={"A": 2})).award) == "BBB"


def test_a_rebate_is_rounded_to_the_cent_so_that_equal_payments_are_a_tie():
    prices = {"A": {"1": 1001, "2": 1000}, "B": {"1": 1500, "2": 982}}
    case = LotCase(("1", "2"), prices, (Rebate("A", ("1", "2"), Fraction(9, 1000)),), mode=LotMode.COMBINATION)
    # A: 2001 less 18.009, that is 18, are 1983 cents; A and B: 1001 + 982 = 1983
    assert euro(case, "AA") == euro(case, "AB") == Fraction(1983, 100)
    assert ["".join(award) for award in determined(case).equals] == ["AA", "AB"]


def test_volume_rebates_are_rounded_although_the_solver_does_not():
    prices = {"A": {"1": 1001, "2": 1000}, "B": {"1": 1500, "2": 982}}
    case = LotCase(("1", "2"), prices, volumes=(Volume("A", 2, Fraction(9, 1000)),), mode=LotMode.COMBINATION)
    assert ["".join(award) for award in solved(case).best] == ["AA", "AB"]
    assert solved(case, most_equal=1).total == 1983


def test_linked_bidders_share_the_smallest_of_their_limits():
    case = replace(g13(), limits={"A": 3, "C": 1, "D": 4}, linked=(("A", "C"), ("C", "B")))
    assert limits_of(case) == [Limit(("A", "B", "C"), 1), Limit(("D",), 4)]
    assert "".join(determined(case).award) == "ADDD"


def test_capacity_weighs_the_lots():
    needs = {"1": Fraction(5), "2": Fraction(1), "3": Fraction(2), "4": Fraction(1, 2)}
    case = replace(g13(), needs=needs, capacities={"A": Fraction(5, 2)})
    # A has room for lots 3 and 4, exactly
    assert "".join(determined(case).award) == "CCAA"


def test_a_lot_without_a_bid_stays_without_an_award_and_costs_nothing():
    case = LotCase(("1", "2"), cents({"A": {"1": 10}}))
    found = determined(case)
    assert (found.award, found.total, found.is_optimal, found.is_unique) == (("A", None), 1_000_000, True, True)


def test_limits_leave_as_few_lots_as_possible_without_an_award():
    case = LotCase(("1", "2", "3"), cents({"A": {"1": 5, "2": 1, "3": 1}, "B": {"1": 9}}), limits={"A": 1, "B": 1})
    found = determined(case)
    assert found.award.count(None) == 1
    assert found.total / 100 == 10_000
    assert not found.is_unique
    assert found.limits[0].cost is None


def test_equal_distributions_are_all_named():
    found = determined(LotCase(("1", "2"), cents({"A": {"1": 5, "2": 7}, "B": {"1": 5, "2": 7}})))
    assert not found.is_unique
    assert found.is_optimal
    assert ["".join(award) for award in found.equals] == ["AA", "AB", "BA", "BB"]


def test_a_goal_comes_before_the_price():
    worth = {("A", "1"): Fraction(90), ("B", "1"): Fraction(100)}
    case = LotCase(("1",), cents({"A": {"1": 5}, "B": {"1": 50}}), goals=(worth,))
    assert determined(case).award == ("B",)


def test_solver_and_full_search_agree_on_random_cases():
    chance = random.Random(13)  # noqa: S311 - cases that repeat, no secrets
    for number in range(CASES):
        case = random_case(chance)
        found, tried = solved(case), searched(case)
        assert found.total == tried.total, (number, case)
        assert is_admissible(case, found.best[0])
        assert found.is_proven
        if found.is_complete:
            assert found.best == tried.best, (number, case)


def test_every_total_is_never_below_the_optimum_and_a_limit_never_makes_it_cheaper():
    chance = random.Random(14)  # noqa: S311 - cases that repeat, no secrets
    for _ in range(60):
        case = replace(random_case(chance), needs={}, capacities={}, goals=())
        limited, free = searched(case), searched(case.without(None))
        if None not in limited.best[0]:
            assert free.total <= limited.total


def test_the_order_of_bidders_changes_nothing_but_the_order_of_equals():
    chance = random.Random(15)  # noqa: S311 - cases that repeat, no secrets
    for _ in range(40):
        case = random_case(chance)
        turned = replace(case, prices=dict(reversed(case.prices.items())))
        assert solved(case).total == solved(turned).total
