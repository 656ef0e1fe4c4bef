"""From announced rules to the money: entering rebates, distributing the lots, proposing to whom they go."""

from fractions import Fraction

import pytest

from procurement.bids.models import Bid
from procurement.core import jobs
from procurement.core.db import db
from procurement.core.errors import Refused
from procurement.evaluation import (
    actions_award,
    actions_lot_award,
    queries,
    queries_award,
    queries_lot_award,
    queries_lot_page,
)
from procurement.evaluation.lot_award_rules import TermsEntry
from procurement.evaluation.queries_decision import is_decided
from procurement.tenders.kinds import TenderStage
from procurement.tenders.lot_rules import LotMode, LotObjective, LotRules, LotTieRule
from procurement.values.money import Money
from tests.factories import evaluation as given
from tests.factories import lot_awards as lots
from tests.factories import members as make
from tests.factories import tenders


def letters(run):
    """The winners by their names, one letter per lot."""
    return "".join(
        db.session.get(Bid, bid).bidder.name if bid else "-" for bid in queries_lot_award.award_of(run).values()
    )


def test_g13_through_the_actions_follows_the_award_to_the_money(context):
    run = lots.distributed()
    tender = run.tender
    assert (letters(run), run.result["total"], run.result["is_unique"]) == ("CAAC", "55788000", True)
    assert run.result["search"]["agrees"]
    assert queries_lot_page.proof_of(run).is_good
    first = tender.lots[0]
    state = queries.lot_state(first)
    assert (state.result.winner.bidder, state.winner.bidder) == ("A", "C")
    rank_one = given.bid_of(tender, "A")
    with pytest.raises(Refused, match="Nach der Verteilung über alle Lose geht es an Angebot 3"):
        actions_award.propose_award(first, state.run, rank_one, "Rang 1", by=make.officer())
    for lot in tender.lots:
        given.confirmed(lot)
    assert is_decided(tender)
    tenders.tender_at(TenderStage.AWARDED, tender, make.officer())
    prices = queries_award.awarded_prices(tender)
    assert sum(price.total_net.cents for price in prices.values()) == 55_788_000
    by_lot = {price.lot_id: (price.total_net, price.rebate_net) for price in prices.values()}
    # C: 16,400.00 on 182,000 and 146,000 is 9,100.00 and 7,300.00
    assert by_lot[first.id] == (Money.of("172900.00"), Money.of("9100.00"))
    assert by_lot[tender.lots[1].id] == (Money.of("133480.00"), Money.of("8520.00"))


def test_no_award_is_proposed_before_the_lots_are_distributed_nor_after_something_changed(context):
    tender = lots.evaluated()
    lot = tender.lots[0]
    facts = queries.lot_state(lot).proposal_facts
    assert "noch nicht bestimmt" in facts.over_lots
    run = actions_lot_award.determine(tender, by=make.officer())
    assert letters(run) == "CCAA"
    with pytest.raises(Refused, match="nichts geändert"):
        actions_lot_award.determine(tender, by=make.officer())
    lots.with_discounts(tender)
    assert "gilt nicht mehr" in queries.lot_state(lot).proposal_facts.over_lots
    again = actions_lot_award.determine(tender, by=make.officer())
    assert (again.number, letters(again)) == (2, "CAAC")
    assert letters(run) == "CCAA"


def test_a_rebate_counts_only_within_an_announced_combination(context):
    run = lots.distributed(LotRules(award_limit=2, mode=LotMode.COMBINATION, combinable=((2, 3),)))
    # C's rebate on 1 and 4 was not announced; A wins 1 and 4, B the other two: 310 + 290 less 29
    assert (letters(run), run.result["total"]) == ("ABBA", "57100000")


def test_a_rebate_is_corrected_or_taken_back_with_a_reason_and_stays_readable(context):
    tender = lots.evaluated()
    first = lots.discount(tender, "A", (2, 3), Fraction(6, 100))
    with pytest.raises(Refused, match="begründen"):
        actions_lot_award.take_back_discount(first, " ", by=make.officer())
    actions_lot_award.take_back_discount(first, "Verwechselt", by=make.officer())
    assert queries_lot_award.discounts_of(tender.id) == []
    assert db.session.get(type(first), first.id).share == "3/50"
    with pytest.raises(Refused, match="inzwischen berichtigt"):
        actions_lot_award.take_back_discount(first, "Noch einmal", by=make.officer())


def test_linked_bidders_share_a_limit(context):
    tender = lots.evaluated(LotRules(award_limit=2))
    bids = [given.bid_of(tender, name) for name in "AC"]
    with pytest.raises(Refused, match="mindestens zwei"):
        actions_lot_award.link_bidders(tender, bids[:1], "Konzern", by=make.officer())
    link = actions_lot_award.link_bidders(tender, bids, "Gleiche Muttergesellschaft", by=make.officer())
    # A and C get two lots: 3 saves 18 against B and D, each of the others 12; 190 + 152 + 138 + 144 less 30
    run = actions_lot_award.determine(tender, by=make.officer())
    assert (run.result["total"], run.result["found_equal"]) == ("59400000", 3)
    actions_lot_award.unlink_bidders(link, "Anteile verkauft", by=make.officer())
    assert letters(actions_lot_award.determine(tender, by=make.officer())) == "CCAA"


def test_a_preference_decides_which_lots_a_bidder_keeps(context):
    tender = lots.evaluated(LotRules(award_limit=2, objective=LotObjective.PREFERENCE))
    own = given.bid_of(tender, "A")
    entry = TermsEntry(own.id, None, (1, 4), "Angebotsschreiben, Seite 1")
    actions_lot_award.note_terms(own, entry, by=make.officer())
    # A keeps 1 and 4, C keeps 2; lot 3 goes to the lowest of the others, B or D at 138
    run = actions_lot_award.determine(tender, by=make.officer())
    assert run.result["total"] == "58800000"
    assert run.result["found_equal"] == 2


def test_equal_distributions_are_drawn_by_two_people(context):
    tender = lots.evaluated(LotRules(award_limit=2, objective=LotObjective.PREFERENCE))
    own, officer, other = given.bid_of(tender, "A"), make.officer(), make.officer()
    actions_lot_award.note_terms(own, TermsEntry(own.id, None, (1, 4), "Seite 1"), by=officer)
    run = actions_lot_award.determine(tender, by=officer)
    assert "Losentscheid" in queries.lot_state(tender.lots[0]).proposal_facts.over_lots
    with pytest.raises(Refused, match="zwei Personen"):
        actions_lot_award.record_award_drawing(run, 1, "Gezogen", officer, by=officer)
    actions_lot_award.record_award_drawing(run, 1, "Gezogen am Tisch", other, by=officer)
    assert letters(run) == "ACDA"
    assert queries.lot_state(tender.lots[2]).winner.bidder == "D"


def test_an_announced_rule_tells_equal_distributions_apart(context):
    rules = LotRules(award_limit=2, objective=LotObjective.PREFERENCE, tie_rule=LotTieRule.FIRST_RANKS)
    tender = lots.evaluated(rules)
    run = actions_lot_award.determine(tender, by=make.officer())
    # no wishes: 3 first ranks with the lowest sum is unique
    assert (letters(run), run.result["needs_drawing"]) == ("CCAA", False)


def test_more_lots_than_may_be_bid_for_stop_the_distribution(context):
    tender = lots.evaluated(LotRules(bid_limit=3, award_limit=2))
    with pytest.raises(Refused, match="Mehr als 3 Lose geboten"):
        actions_lot_award.determine(tender, by=make.officer())


def test_a_lot_that_limits_leave_over_holds_nobody_up(context):
    prices = {
        "A": {"1.1": "10.00", "2.1": "30.00", "3.1": "30.00"},
        "B": {"1.1": "12.00", "2.1": "31.00", "3.1": "29.00"},
    }
    tender = lots.evaluated(LotRules(award_limit=1), lots=lots.LOTS[:3], prices=prices)
    run = actions_lot_award.determine(tender, by=make.officer())
    assert letters(run) == "A-B"
    assert "an niemanden" in queries.lot_state(tender.lots[1]).proposal_facts.over_lots
    given.confirmed(tender.lots[0])
    given.confirmed(tender.lots[2])
    assert is_decided(tender)


def test_a_job_distributes_many_lots_and_refuses_when_something_changed(context):
    tender, officer = lots.evaluated(), make.officer()
    before, basis = actions_lot_award.readable_input(tender)
    result = actions_lot_award.result_of(before)
    lots.with_discounts(tender)
    with pytest.raises(Exception, match="geändert"):
        actions_lot_award.store_unchanged(tender, before, basis, result, by=officer)
    assert jobs.enqueue("evaluation:distribute_lots", tender_id=tender.id, account_id=officer.id)
