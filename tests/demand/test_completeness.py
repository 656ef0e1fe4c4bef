"""What a demand lacks and what looks unusual before it is submitted."""

import pytest

from procurement.demand.aggregation import RequestedArticle
from procurement.demand.completeness import completeness
from procurement.demand.entries import ItemEntry
from procurement.values.money import Money, UnitPrice
from procurement.values.payment import Nature
from procurement.values.quantity import Quantity


def article(article_id, price=None):
    planning_price = UnitPrice.of(price) if price else None
    return RequestedArticle(article_id, f"A-{article_id}", "Gerät", "Stück", Nature.ONE_OFF, "", "", planning_price)


def item(article_id, minimum, expected, maximum, note=""):
    return ItemEntry(article_id, *(Quantity.of(amount) for amount in (minimum, expected, maximum)), note)


def test_articles_without_an_entry_are_named():
    found = completeness([article(1), article(2), article(3)], {2: item(2, 1, 1, 1)})
    assert [each.number for each in found.unanswered] == ["A-1", "A-3"]
    assert (found.answered, found.total) == (1, 3)


def test_the_estimate_is_the_expected_quantity_at_the_planning_price():
    articles = [article(1, "3800.00"), article(2, "0.0035"), article(3)]
    found = completeness(articles, {1: item(1, 1, 2, 9), 2: item(2, 1000, 1000, 1000), 3: item(3, 1, 1, 1)})
    assert found.estimates == {1: Money.of("7600.00"), 2: Money.of("3.50")}
    assert (found.estimate_net, found.without_price) == (Money.of("7603.50"), 1)


@pytest.mark.parametrize(
    ("amounts", "part"),
    [
        ((0, 0, 5), "Erwartet sind 0"),
        ((1, 2, 7), "mehr als das Dreifache"),
        ((1, "2.5", 3), "Nachkommastellen"),
    ],
)
def test_unusual_quantities_are_asked_about(amounts, part):
    remarks = completeness([article(1)], {1: item(1, *amounts)}).remarks
    assert [part in remark.text for remark in remarks] == [True]


@pytest.mark.parametrize("amounts", [(1, 2, 6), (0, 0, 0), (5, 5, 5)])
def test_usual_quantities_are_not_remarked(amounts):
    assert not completeness([article(1)], {1: item(1, *amounts)}).remarks


def test_a_wide_range_with_a_note_is_not_asked_about():
    assert not completeness([article(1)], {1: item(1, 1, 2, 20, "Neubau des Rathauses noch offen")}).remarks
