"""P14: equal scores -> the announced rule and nothing else; none announced -> stop, and a drawing by two people."""

import pytest

from procurement.audit.events import Event
from procurement.audit.models import AuditEntry
from procurement.bids.models import Bid
from procurement.core.db import db
from procurement.core.errors import Refused
from procurement.evaluation import actions_award, queries
from procurement.tenders.kinds import TieRule
from tests.factories import evaluation as given
from tests.factories import members as make
from tests.page_reading import text_of

# G3 with K1 and K2 at 600 and 400 points: 8000/100,000 = 7000/87,500, and 9000/120,000 is less
POINTS = {"A": {"K1": 8, "K2": 8}, "B": {"K1": 7, "K2": 7}, "C": {"K1": 9, "K2": 9}}
PRICES = {"A": {"FW-1": "100000"}, "B": {"FW-1": "87500"}, "C": {"FW-1": "120000"}}
# Twins: same points and same price, so that no published criterion can tell them apart
TWINS = {"A": {"K1": 8, "K2": 8}, "B": {"K1": 8, "K2": 8}}
TWIN_PRICES = {"A": {"FW-1": "100000"}, "B": {"FW-1": "100000"}}


def tied(points=None, prices=None, **details):
    return given.evaluated_lot(points or POINTS, prices=prices or PRICES, lots=given.G11_LOT, **details)


def propose(lot, bidder):
    run, bid = queries.latest_run(lot), given.bid_of(lot.tender, bidder)
    return actions_award.propose_award(lot, run, bid, "Wirtschaftlichstes Angebot", by=make.officer())


@pytest.mark.parametrize(("rule", "winner"), [(TieRule.QUALITY, "A"), (TieRule.PRICE, "B")])
def test_p14_the_announced_rule_decides_and_no_other_bid_can_be_proposed(context, rule, winner):
    lot = tied(tie_rule=rule)
    state = queries.lot_state(lot)
    assert (state.winner.bidder, state.result.needs_drawing) == (winner, False)
    with pytest.raises(Refused, match="geht der Zuschlag an Angebot"):
        propose(lot, "B" if winner == "A" else "A")
    assert db.session.get(Bid, given.proposed(lot).bid_id).bidder.name == winner


def test_p14_without_an_announced_rule_the_award_is_blocked_until_two_people_have_drawn(context):
    lot = tied()
    assert [bid.rank for bid in queries.lot_state(lot).result.bids] == [1, 1, 3]
    for bidder in ("A", "B", "C"):
        with pytest.raises(Refused, match="Losentscheid"):
            propose(lot, bidder)
    run, drawn = queries.latest_run(lot), given.bid_of(lot.tender, "B")
    first, second = make.officer("Anke Albers"), make.officer("Bernd Brand")
    with pytest.raises(Refused, match="zwei Personen"):
        actions_award.record_drawing(run, drawn, "Zwei Zettel", first, by=first)
    with pytest.raises(Refused):
        actions_award.record_drawing(run, given.bid_of(lot.tender, "C"), "Zwei Zettel", second, by=first)
    drawing = actions_award.record_drawing(
        run, drawn, "Zwei verschlossene Zettel, gezogen im Raum 12", second, by=first
    )
    assert (drawing.recorded_by_id, drawing.second_id) == (first.id, second.id)
    with pytest.raises(Refused, match=r"geht der Zuschlag an Angebot 2 \(B\)"):
        propose(lot, "A")
    assert given.proposed(lot).bid_id == drawn.id
    entry = db.session.query(AuditEntry).filter_by(event=Event.LOT_DRAWN.value).one()
    assert "Zweite Person: Bernd Brand" in entry.worded_changes


def test_p14_an_announced_chain_that_ties_again_also_ends_with_the_drawing(context):
    lot = tied(TWINS, TWIN_PRICES, tie_rule=TieRule.QUALITY, parameters={"tie_then": "price"})
    assert queries.lot_state(lot).result.needs_drawing
    with pytest.raises(Refused, match="Losentscheid"):
        propose(lot, "A")


def test_p14_the_page_says_why_it_stops(saved, browser):
    with saved():
        lot = tied()
        officer_id, url = make.officer().id, f"/evaluation/{lot.tender_id}"
    shown = text_of(browser(officer_id).get(url))
    assert "Gleichstand auf Rang 1" in shown
    assert "Keine veröffentlichte Regel entscheidet. Zwei Personen ziehen das Los" in shown
