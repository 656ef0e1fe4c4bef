"""P10: a gap of 20 % -> mandatory letter with a day; EXPLAINED / NOT_EXPLAINED; reject by default; rank anew."""

from datetime import date, timedelta

import pytest

from procurement.bids.models import Bid
from procurement.core import clock
from procurement.core.db import db
from procurement.core.errors import Refused
from procurement.evaluation import actions_award, actions_exclusion, queries, queries_exclusion
from procurement.examination import actions_price, queries_prices
from procurement.examination import queries as examination
from procurement.examination.clarifications import OutcomeEntry
from procurement.examination.states import PriceOutcome
from tests.factories import evaluation as given
from tests.factories import examination as examined
from tests.factories import members as make

# Kabel AG: 4 × 600.00 + 40 × 45.00 = 4,200.00 against 6,000.00, so 1,800.00 or exactly 30 % below the next bid.
POINTS = {"Netz GmbH": {"K1": 6, "K2": 6}, "Kabel AG": {"K1": 9, "K2": 9}}


def evaluated():
    lot = given.opened_tender(examined.CHEAP).lots[0]
    given.rate(lot, POINTS)
    given.evaluate(lot)
    return lot


def propose(lot):
    state = queries.lot_state(lot)
    return actions_award.propose_award(
        lot, state.run, db.session.get(Bid, state.winner.bid_id), "Wirtschaftlichstes Angebot", by=make.officer()
    )


def decided(lot, bid, outcome, keep_reason=""):
    examined.formally_in_order(bid)
    return actions_price.decide(lot, bid, OutcomeEntry(outcome, "Geprüft", keep_reason), by=make.officer())


def test_p10_the_gap_opens_a_task_with_both_percentages_and_blocks_the_award(context):
    lot = evaluated()
    check = queries_prices.price_check(lot, examined.bid_of(lot.tender))
    assert check.is_mandatory
    assert [signal.percent for signal in check.signals if signal.kind.is_mandatory] == [30]
    assert "30,00 % des nächsthöheren Angebots (42,86 % des eigenen Preises)" in check.signals[0].text
    assert [one.bidder for one in examination.open_clarifications(lot)] == ["Kabel AG"]
    with pytest.raises(Refused, match="noch aufzuklären"):
        propose(lot)


def test_p10_the_letter_has_a_day_and_goes_to_the_bidder_alone(context):
    lot = evaluated()
    bid = examined.bid_of(lot.tender)
    with pytest.raises(Refused, match="kein Arbeitstag"):
        actions_price.ask_bidder(lot, bid, "Wie?", date(2026, 12, 25), by=make.officer())
    check = examined.asked(bid)
    assert check.letter.due_on > clock.today()
    assert check.letter.notice.bidder.name == "Kabel AG"
    assert "Netz GmbH" not in check.letter.text
    with pytest.raises(Refused, match="bereits verlangt"):
        examined.asked(bid)


def test_p10_an_explained_price_may_win(context):
    lot = evaluated()
    bid = examined.bid_of(lot.tender)
    with pytest.raises(Refused, match="Bitte zuerst Aufklärung verlangen"):
        decided(lot, bid, PriceOutcome.EXPLAINED)
    with pytest.raises(Refused, match="verlangt eine Aufklärung"):
        decided(lot, bid, PriceOutcome.NO_DOUBT)
    check = examined.asked(bid)
    actions_price.note_answer(check, "Großhändlerkonditionen belegt", clock.today(), by=make.officer())
    decided(lot, bid, PriceOutcome.EXPLAINED)
    assert examination.open_clarifications(lot) == []
    assert propose(lot).bid_id == bid.id


def test_p10_an_unexplained_price_is_rejected_by_default_and_keeping_it_needs_a_reason(context):
    lot = evaluated()
    bid = examined.bid_of(lot.tender)
    check = examined.asked(bid)
    with pytest.raises(Refused, match="kann noch bis zum Ende der Frist antworten"):
        decided(lot, bid, PriceOutcome.NOT_EXPLAINED)
    with clock.at(clock.now() + timedelta(days=30)):
        decided(lot, bid, PriceOutcome.NOT_EXPLAINED)
        with pytest.raises(Refused, match="nicht aufgeklärt"):
            propose(lot)
        actions_price.keep_in(check, "Der Verband kennt die Kosten aus dem Vorvertrag.", by=make.officer())
        assert propose(lot).bid_id == bid.id


def test_p10_after_the_exclusion_everything_is_ranked_anew_in_the_same_step(context):
    lot = evaluated()
    bid = examined.bid_of(lot.tender)
    first, second = make.officer(), make.officer()
    proposal = actions_exclusion.propose_exclusion(bid, "§ 60 Abs. 3 VgV", "Nicht aufgeklärt", by=first)
    actions_exclusion.confirm_exclusion(proposal, "Antwort fehlt", by=second)
    state = queries.lot_state(lot)
    assert state.is_current
    assert state.winner.bidder == "Netz GmbH"
    assert [run.number for run in queries.runs_of(lot.id)] == [2, 1]
    shown = queries_exclusion.rankings(proposal, second)[0]
    assert (shown.winner_before, shown.winner_after) == ("2 (Kabel AG)", "1 (Netz GmbH)")
    assert examination.open_clarifications(lot) == []
