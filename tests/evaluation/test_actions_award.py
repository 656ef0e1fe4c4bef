"""Proposal by one officer, confirmation by another; ties, races and what the stage of the tender does meanwhile."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from procurement.audit.events import Event
from procurement.audit.models import AuditEntry
from procurement.core.db import db
from procurement.core.errors import Conflict, Refused
from procurement.evaluation import actions_award, queries, queries_award, queries_decision
from procurement.evaluation.models import AwardDecision
from procurement.evaluation.states import AwardState
from procurement.members.models import Account
from procurement.tenders.kinds import TenderStage, TieRule
from procurement.values.money import Money, UnitPrice
from tests.factories import awarding
from tests.factories import evaluation as given
from tests.factories import members as make
from tests.factories.tenders import Wish

TIED = {"Netz GmbH": {"FW-1": "100.00", "FW-2": "10.00"}, "Kabel AG": {"FW-1": "90.00", "FW-2": "11.00"}}
PRICE_ONLY = {"method": "lowest_price"}
TWO_LOTS = (("Geräte", (Wish("1.1", "Gerät", (1,)),)), ("Dienste", (Wish("2.1", "Dienst", (3,)),)))
TWO_LOT_PRICES = {"Netz GmbH": {"1.1": "10.00", "2.1": "20.00"}, "Kabel AG": {"1.1": "11.00", "2.1": "19.00"}}

# G3 with K1 and K2 at 600 and 400 points: 8000/100,000 = 7000/87,500, and 9000/120,000 is less
G3_POINTS = {"A": {"K1": 8, "K2": 8}, "B": {"K1": 7, "K2": 7}, "C": {"K1": 9, "K2": 9}}
G3_PRICES = {"A": {"FW-1": "100000"}, "B": {"FW-1": "87500"}, "C": {"FW-1": "120000"}}


def two_lots():
    tender = given.opened_tender(TWO_LOT_PRICES, TWO_LOTS, **PRICE_ONLY)
    for lot in tender.lots:
        given.evaluate(lot)
    return tender


def tied_lot(**details):
    return given.evaluated_lot({}, prices=TIED, method="lowest_price", **details)


def propose(lot, bidder, reason="Wirtschaftlichstes Angebot", by=None):
    run, bid = queries.latest_run(lot), given.bid_of(lot.tender, bidder)
    return actions_award.propose_award(lot, run, bid, reason, by=by or make.officer())


def test_two_officers_decide_on_a_lot_and_the_award_itself_comes_later(context):
    lot = given.evaluated_lot()
    decision = given.proposed(lot)
    assert (decision.state, lot.tender.stage) == (AwardState.PROPOSED, TenderStage.AWARD_DECIDED)
    assert queries_award.awarded_bid(lot) is None
    actions_award.confirm_award(decision, "Geprüft", by=make.officer(), seen_version=decision.version)
    assert (decision.state, lot.tender.stage) == (AwardState.CONFIRMED, TenderStage.AWARD_DECIDED)
    assert queries_award.awarded_bid(lot) is None
    awarding.awarded(lot.tender)
    assert lot.tender.stage is TenderStage.AWARDED
    assert queries_award.awarded_bid(lot).bidder.name == "Netz GmbH"


def test_one_officer_is_refused_twice_confirming_and_rejecting_the_own_proposal(context):
    officer = make.officer("Anke Albers")
    decision = given.proposed(given.evaluated_lot(), by=officer)
    for answer in (actions_award.confirm_award, actions_award.reject_award):
        with pytest.raises(Refused, match="Vier-Augen-Prinzip"):
            answer(decision, "passt", by=officer)
    assert decision.state is AwardState.PROPOSED


def test_the_database_itself_knows_four_eyes_and_one_award_per_lot(context):
    decision = given.proposed(given.evaluated_lot())
    own = sa.update(AwardDecision).values(answered_by_id=decision.proposed_by_id)
    with pytest.raises(IntegrityError), db.session.begin_nested():
        db.session.execute(own)
    copy = {c.key: getattr(decision, c.key) for c in AwardDecision.__table__.columns if c.key != "id"}
    with pytest.raises(IntegrityError), db.session.begin_nested():
        db.session.execute(sa.insert(AwardDecision).values(**copy))


def test_proposal_and_confirmation_need_reasons(context):
    lot = given.evaluated_lot()
    with pytest.raises(Refused, match="Bitte begründen"):
        propose(lot, "Netz GmbH", " ")
    decision = given.proposed(lot)
    with pytest.raises(Refused, match="Bitte begründen"):
        actions_award.confirm_award(decision, "", by=make.officer())


def test_nobody_but_rank_one_can_be_proposed(context):
    with pytest.raises(Refused, match=r"geht der Zuschlag an Angebot 1 \(Netz GmbH\)"):
        propose(given.evaluated_lot(), "Kabel AG")


def test_a_second_proposal_is_a_conflict_that_shows_both(context):
    lot = given.evaluated_lot()
    propose(lot, "Netz GmbH", by=make.officer("Anke Albers"))
    with pytest.raises(Conflict) as caught:
        propose(lot, "Kabel AG")
    assert "bereits vorgeschlagen: Angebot 1 (Netz GmbH), vorgeschlagen von Anke Albers" in caught.value.message
    assert "Ihr Vorschlag für Angebot 2 (Kabel AG) wurde nicht gespeichert." in caught.value.message


def test_a_proposal_on_an_earlier_run_is_a_conflict(context):
    lot = given.evaluated_lot()
    first = queries.latest_run(lot)
    given.rate(lot, {"Kabel AG": {"K1": 10}})
    with pytest.raises(Refused, match="neu werten"):
        propose(lot, "Netz GmbH")
    given.evaluate(lot)
    with pytest.raises(Conflict, match="Sie sahen Wertung 1 von Los 1, inzwischen gibt es Wertung 2"):
        actions_award.propose_award(lot, first, given.bid_of(lot.tender, "Netz GmbH"), "gut", by=make.officer())


def test_a_late_confirmation_is_a_conflict_that_shows_both_states(context):
    lot = given.evaluated_lot()
    decision = given.proposed(lot)
    seen = decision.version
    actions_award.reject_award(decision, "Preis noch nicht aufgeklärt", by=make.officer("Bernd Brand"))
    with pytest.raises(Conflict) as caught:
        actions_award.confirm_award(decision, "Geprüft", by=make.officer(), seen_version=seen)
    assert "als „Vorgeschlagen“ (Fassung 1); inzwischen ist er „Abgelehnt“ durch Bernd Brand" in caught.value.message


def test_a_rejection_leads_back_to_points_and_a_new_proposal(context):
    lot = given.evaluated_lot()
    decision = given.proposed(lot)
    with pytest.raises(Refused, match="Punkte werden zwischen Öffnung und Zuschlagsvorschlag vergeben"):
        given.rate(lot, {"Kabel AG": {"K1": 10}})
    actions_award.reject_award(decision, "Bitte K1 neu prüfen", by=make.officer())
    assert lot.tender.stage is TenderStage.EVALUATED
    given.rate(lot, {"Kabel AG": {"K1": 10, "K2": 10}})
    given.evaluate(lot)
    # Kabel AG: L = 10,000, Z = 10,000 / 5,400 x 10,000 = 18,518.5 and now ahead of 14,333.3
    assert given.confirmed(lot).bid.bidder.name == "Kabel AG"
    assert [decision.state for decision in queries.decisions_of(lot.id)] == [AwardState.CONFIRMED, AwardState.REJECTED]


def test_the_decision_stands_when_the_last_lot_is_confirmed(context):
    tender = two_lots()
    first, second = tender.lots
    given.confirmed(first)
    assert tender.stage is TenderStage.EVALUATED
    decision = given.proposed(second)
    assert tender.stage is TenderStage.AWARD_DECIDED
    actions_award.reject_award(decision, "noch einmal", by=make.officer())
    assert (tender.stage, queries.standing_decision(first.id).state) == (TenderStage.EVALUATED, AwardState.CONFIRMED)
    given.confirmed(second)
    assert tender.stage is TenderStage.AWARD_DECIDED
    assert queries_decision.is_decided(tender)


def test_a_lot_without_a_rankable_bid_ends_without_an_award_and_holds_nobody_up(context):
    wishes = (Wish("2.1", "Dienst", (3,)), Wish("2.2", "Wartung", (1,)))
    lots = (TWO_LOTS[0], ("Dienste", wishes))
    tender = given.opened_tender({"Netz GmbH": {"1.1": "10.00", "2.1": "20.00"}}, lots, **PRICE_ONLY)
    for lot in tender.lots:
        given.evaluate(lot)
    given.confirmed(tender.lots[0])
    assert tender.stage is TenderStage.AWARD_DECIDED
    assert queries_decision.is_decided(tender)
    with pytest.raises(Refused):
        propose(tender.lots[1], "Netz GmbH")


def test_a_tie_is_refused_with_the_drawing_of_lots_until_two_people_have_drawn(context):
    lot = tied_lot()
    assert [bid.rank for bid in queries.lot_state(lot).result.bids] == [1, 1]
    with pytest.raises(Refused, match="Losentscheid"):
        propose(lot, "Netz GmbH")
    run, kabel = queries.latest_run(lot), given.bid_of(lot.tender, "Kabel AG")
    first, second = make.officer("Anke Albers"), make.officer("Bernd Brand")
    with pytest.raises(Refused, match="zwei Personen"):
        actions_award.record_drawing(run, kabel, "Zwei Zettel", first, by=first)
    with pytest.raises(Refused, match="zwei Personen"):
        actions_award.record_drawing(run, kabel, "Zwei Zettel", make.auditor(), by=first)
    actions_award.record_drawing(run, kabel, "Zwei Zettel im Umschlag", second, by=first)
    with pytest.raises(Refused, match=r"geht der Zuschlag an Angebot 2 \(Kabel AG\)"):
        propose(lot, "Netz GmbH")
    assert given.confirmed(lot).bid_id == kabel.id


@pytest.mark.parametrize(("rule", "winner"), [(TieRule.QUALITY, "A"), (TieRule.PRICE, "B")])
def test_a_published_tie_rule_decides_g3_without_a_drawing(context, rule, winner):
    lot = given.evaluated_lot(G3_POINTS, prices=G3_PRICES, lots=given.G11_LOT, tie_rule=rule)
    assert queries.lot_state(lot).winner.bidder == winner
    assert given.confirmed(lot).bid.bidder.name == winner


def test_without_a_tie_rule_g3_ranks_one_one_three_and_stops(context):
    state = queries.lot_state(given.evaluated_lot(G3_POINTS, prices=G3_PRICES, lots=given.G11_LOT))
    assert [bid.rank for bid in state.result.bids] == [1, 1, 3]
    assert state.winner is None


def test_every_decision_is_recorded_with_person_bid_and_reason(context):
    decision = given.proposed(given.evaluated_lot(), by=make.officer("Anke Albers"))
    actions_award.confirm_award(decision, "Rechnerisch geprüft", by=make.officer("Bernd Brand"))
    wanted = (Event.AWARD_PROPOSED.value, Event.AWARD_CONFIRMED.value)
    proposal, answer = db.session.scalars(
        sa.select(AuditEntry).where(AuditEntry.event.in_(wanted)).order_by(AuditEntry.number)
    )
    assert (proposal.actor_name, answer.actor_name) == ("Anke Albers", "Bernd Brand")
    assert "Angebot: 1 (Netz GmbH)" in proposal.worded_changes
    assert answer.worded_changes == [
        "Angebot: 1 (Netz GmbH)",
        "Begründung: Rechnerisch geprüft",
        "Zustand: Vorgeschlagen → Bestätigt",
    ]


def test_awarded_prices_carry_supplier_unit_price_and_line_total_of_every_line(context):
    tender = two_lots()
    for lot in tender.lots:
        given.confirmed(lot)
    assert queries_award.awarded_prices(tender) == {}
    awarding.awarded(tender)
    prices = queries_award.awarded_prices(tender)
    lines = [lot.lines[0] for lot in tender.lots]
    assert [prices[line.id].unit_price for line in lines] == [UnitPrice.of("10.00"), UnitPrice.of("19.00")]
    assert [prices[line.id].total_net for line in lines] == [Money.of(10), Money.of(57)]
    assert prices[lines[1].id].supplier == "Kabel AG"


def test_ranking_rows_say_completeness_total_score_rank_and_exclusion(context):
    prices = {"Netz GmbH": {"FW-1": "1000.00", "FW-2": "50.00"}, "Kabel AG": {"FW-1": "1.00"}}
    lot = given.opened_tender(prices).lots[0]
    before = queries_award.ranking_rows(lot)
    assert [(row.is_complete, row.total, row.rank, row.exclusion) for row in before] == [
        (True, Money.of(6000), None, ""),
        (False, None, None, ""),
    ]
    given.rate(lot, {"Netz GmbH": {"K1": 9, "K2": 8}})
    given.evaluate(lot)
    netz, kabel = queries_award.ranking_rows(lot)
    assert (netz.rank, netz.points, str(netz.score)) == (1, 8600, "43/30")
    assert (kabel.rank, kabel.missing_positions) == (None, ("FW-2",))
    assert kabel.exclusion.startswith("Unvollständig")


def test_a_decision_made_later_carries_its_own_moment(context, hand):
    decision = given.proposed(given.evaluated_lot())
    hand.moment += timedelta(days=2)
    by = make.officer()
    actions_award.confirm_award(decision, "Geprüft", by=by)
    assert decision.answered_at - decision.proposed_at == timedelta(days=2)
    assert db.session.get(Account, decision.answered_by_id) is by
