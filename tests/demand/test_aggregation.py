"""Lines per article: sums over members, each member's quantity inside, sums proven when a line is made."""

import pytest

from procurement.demand.aggregation import AggregatedLine, MemberRequest, RequestedArticle, SumDiffers, aggregate
from procurement.values.money import Money, UnitPrice
from procurement.values.payment import Nature
from procurement.values.quantity import Quantity

MEMBERS = {1: ("05554004", "Ahaus"), 2: ("05554012", "Borken"), 3: ("05566036", "Laer")}


def article(article_id, price="1000.00"):
    return RequestedArticle(
        article_id, f"FW-{article_id}", "Firewall", "Stück", Nature.ONE_OFF,
        planning_price_net=UnitPrice.of(price) if price else None,
    )  # fmt: skip


def request(article_id, member_id, minimum, expected, maximum):
    key, name = MEMBERS[member_id]
    quantities = (Quantity.of(amount) for amount in (minimum, expected, maximum))
    return MemberRequest(10 * article_id + member_id, article_id, member_id, key, name, *quantities)


def test_a_line_adds_what_each_member_needs_and_keeps_every_member():
    line = aggregate([article(1)], [request(1, 1, 1, 2, 4), request(1, 2, 0, 1, 1), request(1, 3, "0.5", "1.5", 3)])[0]
    assert (line.minimum, line.expected, line.maximum) == (Quantity.of("1.5"), Quantity.of("4.5"), Quantity.of(8))
    assert [(each.member_name, each.expected) for each in line.requests] == [
        ("Ahaus", Quantity.of(2)), ("Borken", Quantity.of(1)), ("Laer", Quantity.of("1.5")),
    ]  # fmt: skip


def test_each_article_has_its_own_line_in_the_order_of_the_round():
    lines = aggregate([article(2), article(1)], [request(1, 1, 1, 1, 1), request(2, 1, 7, 7, 7)])
    assert [(line.article.article_id, line.expected) for line in lines] == [(2, Quantity.of(7)), (1, Quantity.of(1))]


def test_an_article_nobody_needs_has_a_line_without_requests():
    line = aggregate([article(1)], [])[0]
    assert (line.requests, line.expected, line.estimate_net) == ((), Quantity(0), Money(0))


def test_the_estimate_is_the_sum_of_the_members_rounded_amounts():
    # 3 x 0.335 = 1.005 -> 1.01 per member, twice 2.02; rounding the total of 2.01 would lose a cent of the members' sum
    line = aggregate([article(1, "0.335")], [request(1, 1, 3, 3, 3), request(1, 2, 3, 3, 3)])[0]
    assert line.estimate_net == Money.of("2.02")


def test_an_article_without_planning_price_has_no_estimate():
    assert aggregate([article(1, None)], [request(1, 1, 3, 3, 3)])[0].estimate_net is None


def test_a_request_for_an_article_of_another_round_is_an_error():
    with pytest.raises(SumDiffers, match="belongs to no article"):
        aggregate([article(1)], [request(2, 1, 1, 1, 1)])


def test_a_member_counted_twice_is_an_error():
    with pytest.raises(SumDiffers, match="twice"):
        aggregate([article(1)], [request(1, 1, 1, 1, 1), request(1, 1, 2, 2, 2)])


@pytest.mark.parametrize("wrong", ["minimum", "expected", "maximum"])
def test_a_line_whose_totals_are_not_its_sums_cannot_be_made(wrong):
    totals = {"minimum": Quantity.of(1), "expected": Quantity.of(2), "maximum": Quantity.of(3)}
    with pytest.raises(SumDiffers, match=wrong):
        AggregatedLine(article(1), (request(1, 1, 1, 2, 3),), **{**totals, wrong: Quantity.of(9)})


def test_a_line_holds_no_request_of_another_article():
    with pytest.raises(SumDiffers, match="another article"):
        AggregatedLine(article(1), (request(2, 1, 1, 1, 1),), *[Quantity.of(1)] * 3)
