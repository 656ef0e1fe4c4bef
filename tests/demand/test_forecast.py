"""The forecast worked out by hand: prices, quantities, periods and the share of the joint cost, each to the cent."""

from datetime import date
from fractions import Fraction

import pytest

from procurement.demand.aggregation import RequestedArticle
from procurement.demand.entries import ItemEntry
from procurement.demand.forecast import JointCost, forecast, price_range
from procurement.demand.states import JointCostKey
from procurement.values.money import Money, UnitPrice
from procurement.values.payment import ContractTerm, Nature, Period, cost
from procurement.values.quantity import Quantity

LAER, BORKEN, VELEN = 5, 2, 9
NO_TERM = ContractTerm()


def article(article_id=1, price=None, low=None, high=None, period=Period.NONE):
    prices = [UnitPrice.of(each) if each else None for each in (price, low, high)]
    return RequestedArticle(
        article_id, f"1.{article_id:02}", f"Artikel {article_id}", "Stück", Nature.ONE_OFF,
        planning_price_net=prices[0], price_from_net=prices[1], price_to_net=prices[2], period=period,
    )  # fmt: skip


def item(article_id=1, minimum=1, expected=1, maximum=1):
    return {article_id: ItemEntry(article_id, Quantity.of(minimum), Quantity.of(expected), Quantity.of(maximum))}


def joint(low, high, weights, key=JointCostKey.CLIENTS):
    return JointCost(Money.of(low), Money.of(high), key, date(2024, 12, 31), weights)


def test_the_range_goes_from_minimum_at_the_lower_to_maximum_at_the_higher_price():
    # 10 × 380 = 3.800; 15 × 420 = 6.300; the expected 12 do not matter
    found = forecast([article(price="400", low="380", high="420")], item(1, 10, 12, 15), NO_TERM, LAER)
    assert (found.low, found.high) == (Money.of(3800), Money.of(6300))


def test_without_a_range_the_planning_price_is_both_ends():
    found = forecast([article(price="410.50")], item(1, 2, 3, 4), NO_TERM, LAER)
    assert (found.low, found.high) == (Money.of(821), Money.of(1642))


def test_a_price_per_month_counts_over_the_full_term_with_options():
    # 12 clients × 2,50 € × (48 + 12) months = 1.800
    term = ContractTerm(48, 12)
    found = forecast([article(price="2.50", period=Period.MONTH)], item(1, 12, 12, 12), term, LAER)
    assert (found.low, found.high) == (Money.of(1800), Money.of(1800))
    assert found.articles[0].periods == 60


def test_eighteen_months_are_one_and_a_half_prices_per_year():
    # 3 × 99,99 × 1,5 = 449,955 -> 449,96 (half up, once)
    assert cost(UnitPrice.of("99.99"), Quantity.of(3), Fraction(3, 2)) == Money.of("449.96")


def test_what_has_no_price_or_no_term_is_named_and_never_guessed():
    articles = [article(1), article(2, price="10", period=Period.MONTH), article(3, price="7")]
    found = forecast(articles, item(1) | item(2) | item(3), NO_TERM, LAER)
    assert [each.article_id for each in found.unpriced] == [1, 2]
    assert found.high == Money.of(7)


def test_an_article_with_nothing_needed_is_neither_priced_nor_missing():
    found = forecast([article(1), article(2, price="7")], item(1, 0, 0, 0), NO_TERM, LAER)
    assert (found.articles, found.unpriced, found.high) == ((), (), Money(0))


def test_the_joint_cost_is_shared_by_clients_of_all_invited_members():
    # Laer 62 of 62 + 450 + 105 = 617: 9.000 × 62/617 = 904,376... -> 904,38; 12.000 × 62/617 = 1.205,834... -> 1.205,83
    found = forecast([], {}, NO_TERM, LAER, joint(9000, 12000, {LAER: 62, BORKEN: 450, VELEN: 105}))
    assert found.joint_share == Fraction(62, 617)
    assert (found.low, found.high) == (Money.of("904.38"), Money.of("1205.83"))


def test_equal_parts_of_three_members():
    found = forecast(
        [], {}, NO_TERM, LAER, joint(100, 200, dict.fromkeys((LAER, BORKEN, VELEN), 1), JointCostKey.EQUAL)
    )
    assert (found.low, found.high) == (Money.of("33.33"), Money.of("66.67"))


@pytest.mark.parametrize(
    "weights", [{LAER: None, BORKEN: 450}, {LAER: 62, BORKEN: None}, {LAER: 0, BORKEN: 0}, {BORKEN: 450}]
)
def test_a_weight_that_is_not_known_leaves_the_joint_cost_out(weights):
    found = forecast([article(price="7")], item(), NO_TERM, LAER, joint(9000, 12000, weights))
    assert found.joint_share is None
    assert (found.low, found.high) == (Money.of(7), Money.of(7))


def test_quantities_with_decimals_and_prices_below_a_cent_are_exact():
    # 1.500,5 pages × 0,003 € = 4,5015 -> 4,50
    found = forecast([article(price="0.003")], item(1, "1500.5", "1500.5", "1500.5"), NO_TERM, LAER)
    assert found.low == Money.of("4.50")


def test_exchanged_ends_of_a_range_are_put_in_order():
    prices = price_range(article(low="9", high="5"))
    assert (prices.low, prices.high) == (UnitPrice.of(5), UnitPrice.of(9))
    assert price_range(article(low="9")) is None
