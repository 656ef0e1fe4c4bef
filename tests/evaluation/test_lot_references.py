"""M5 in lots of different size: each lot is scored with its own reference price."""

from fractions import Fraction

from procurement.evaluation import queries
from tests.factories import evaluation as given
from tests.factories.tenders import Wish

LOTS = (
    ("Firewall", (Wish("FW-1", "Firewall-Cluster", (2, 1, 1), "1000.00"),)),
    ("Lizenzen", (Wish("FW-2", "UTM-Lizenz", (10, 20, 10), "50.00"),)),
)
TERMS = {"quality_weight": "0.5", "reference_points": "10000", "reference_price": "4000"}


def test_each_lot_is_scored_with_its_own_reference_price(context):
    parameters = TERMS | {"reference_prices": "2: 2.000,00"}
    tender = given.opened_tender(lots=LOTS, method="weighted_reference", parameters=parameters)
    scores = []
    for lot in tender.lots:
        given.rate(lot, given.TWO_POINTS)
        result = queries.result_of(given.evaluate(lot))
        scores.append(next(one.score for one in result.bids if one.bidder == "Netz GmbH"))
    # L = 8,600. Lot 1: 4 × 1,000.00 against 4,000.00, lot 2: 40 × 50.00 against 2,000.00: 0.5 × 0.86 − 0.5 × 1
    assert scores == [Fraction(-7, 100), Fraction(-7, 100)]
