"""Every line is the sum of its members' quantities, proven when planned and before publication."""

import pytest

from procurement.demand.aggregation import MemberRequest, RequestedArticle, SumDiffers, aggregate
from procurement.tenders.kinds import LineOrigin
from procurement.tenders.lineage import LineSum, PlannedLine, objections_to_lineage, planned_lines
from procurement.values.payment import Nature
from procurement.values.quantity import Quantity

LICENCE = RequestedArticle(1, "FW-2", "UTM-Lizenz", "Lizenz", Nature.RECURRING)
UNWANTED = RequestedArticle(2, "FW-9", "Schrank", "Stück", Nature.ONE_OFF)


def request(item: int, member: int, expected: int, article: int = 1) -> MemberRequest:
    """One member's expected quantity; minimum zero, maximum ten more."""
    amounts = (Quantity(0), Quantity.of(expected), Quantity.of(expected + 10))
    return MemberRequest(item, article, member, f"0{member}", f"Gemeinde {member}", *amounts)


def test_a_line_takes_the_expected_quantities_and_keeps_who_brought_them():
    requests = [request(1, 1, 10), request(2, 2, 20), request(3, 3, 10)]
    [line] = planned_lines(aggregate([LICENCE], requests))
    assert line.quantity == Quantity.of(40)
    assert [each.demand_item_id for each in line.requests] == [1, 2, 3]


def test_who_expects_nothing_brings_no_share_and_an_unwanted_article_no_line():
    requests = [request(1, 1, 10), request(2, 2, 0), request(3, 1, 0, article=2)]
    [line] = planned_lines(aggregate([LICENCE, UNWANTED], requests))
    assert [each.member_id for each in line.requests] == [1]


def test_a_line_that_is_not_the_sum_of_its_requests_cannot_be_made():
    with pytest.raises(SumDiffers):
        PlannedLine(LICENCE, Quantity.of(41), (request(1, 1, 40),))


def test_before_publication_empty_and_differing_lines_are_named():
    lines = [
        LineSum("FW-1", LineOrigin.DEMAND, Quantity.of(40), Quantity.of(40)),
        LineSum("FW-2", LineOrigin.DEMAND, Quantity.of(40), Quantity.of(39)),
        LineSum("G-1", LineOrigin.JOINT, Quantity.of(5), Quantity(0)),
        LineSum("G-2", LineOrigin.JOINT, Quantity(0), Quantity(0)),
    ]
    texts = [objection.text for objection in objections_to_lineage(lines)]
    assert len(texts) == 2
    assert texts[0].startswith("Position G-2 hat keine Menge.")
    assert texts[1].startswith("Position FW-2: Die Menge ist nicht die Summe")
