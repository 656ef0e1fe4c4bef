"""The order of stages binds: what comes later is not finished before what comes first, and nobody is stuck by it."""

from datetime import datetime, time, timedelta

import pytest

from procurement.core import clock
from procurement.core.errors import Refused
from procurement.evaluation import actions as evaluation
from procurement.examination import actions, actions_price, actions_suitability, clarifications, profiles
from procurement.examination.profiles import ProfileKey
from procurement.examination.rules import IntegrityEntry, SuitabilityAnswerEntry
from procurement.examination.states import IntegrityFinding, PriceOutcome
from procurement.tenders.queries_requirements import suitability_of
from tests.factories import bids, examination
from tests.factories import evaluation as given
from tests.factories import members as make

CLEAN = IntegrityEntry(IntegrityFinding.NONE)


def suitable(bid):
    entries = [SuitabilityAnswerEntry(one.id, True, "Liste S. 3") for one in suitability_of(bid.tender_id)]
    actions_suitability.check_suitability(bid, entries, by=make.officer())


def ordered(key=ProfileKey.EU_SUITABILITY_FIRST):
    """Opened bids, rated, with an order chosen before."""
    tender = examination.published_tender()
    actions.choose_profile(tender, profiles.PlanEntry(key, "Übersichtlicher so"), by=make.officer())
    bids.imported_bids(tender, given.TWO_BIDS)
    given.rate(tender.lots[0], given.TWO_POINTS)
    return tender


def test_suitability_is_not_finished_before_the_formal_check(context):
    bid = examination.bid_of(ordered())
    suitable(bid)
    with pytest.raises(Refused, match=r"vorher „Formale Prüfung und Nachforderung“ \(offen: Los 1: formale Prüfung"):
        actions_suitability.record_integrity(bid, CLEAN, by=make.officer())


def test_the_scoring_waits_for_every_bid_and_the_award_for_the_winner(context):
    tender = ordered()
    lot, everybody = tender.lots[0], [examination.bid_of(tender, name) for name in given.TWO_BIDS]
    with pytest.raises(Refused, match=r"Angebot 1 \(Netz GmbH\): „Wertung nach Zuschlagskriterien“"):
        evaluation.evaluate_in_order(lot, by=make.officer())
    for bid in everybody:
        examination.formally_in_order(bid)
        suitable(bid)
        actions_suitability.record_integrity(bid, CLEAN, by=make.officer())
    evaluation.evaluate_in_order(lot, by=make.officer())
    assert given.proposed(lot).bid.bidder.name == "Netz GmbH"


def test_bids_first_scores_without_suitability_but_the_winner_needs_it(context):
    tender = ordered(ProfileKey.EU_BIDS_FIRST)
    for name in given.TWO_BIDS:
        examination.formally_in_order(examination.bid_of(tender, name))
    evaluation.evaluate_in_order(tender.lots[0], by=make.officer())
    with pytest.raises(Refused, match="„Eignung“"):
        given.proposed(tender.lots[0])
    winner = examination.bid_of(tender, "Netz GmbH")
    suitable(winner)
    actions_suitability.record_integrity(winner, CLEAN, by=make.officer())
    assert given.proposed(tender.lots[0]).bid_id == winner.id


def test_an_unexplained_price_leads_to_exclusion_whatever_else_is_open(context):
    bid = examination.bid_of(examination.opened_tender(examination.CHEAP))
    asked = examination.asked(bid)
    entry = clarifications.OutcomeEntry(PriceOutcome.NOT_EXPLAINED, "Keine Kalkulation vorgelegt")
    with clock.at(clock.from_berlin(datetime.combine(asked.due_on, time(9))) + timedelta(days=1)):
        made = actions_price.decide(bid.tender.lots[0], bid, entry, by=make.officer())
    assert made.outcome is PriceOutcome.NOT_EXPLAINED
