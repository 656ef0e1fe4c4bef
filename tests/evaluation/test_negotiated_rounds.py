"""A negotiated round from the invitation to the new ranking: earlier bids are kept, only the further ones count."""

from datetime import timedelta

import pytest

from procurement.audit.events import Event
from procurement.audit.models import AuditEntry
from procurement.bids import actions, queries, queries_bid, queries_firms, queries_negotiation
from procurement.bids.states import BidState, WithoutFurtherBid
from procurement.core import clock
from procurement.core.db import db
from procurement.core.errors import Refused, Withheld
from procurement.evaluation import (
    actions_consensus,
    actions_panel,
    actions_takeover,
    queries_panel,
    queries_takeover,
)
from procurement.evaluation import queries as evaluation
from procurement.evaluation.entries import PointsEntry
from procurement.tenders import queries_panel as panels
from procurement.tenders.kinds import ProcedureType, TenderStage
from procurement.tenders.price_terms import PartKind, PricePart, PriceTerms
from procurement.values.money import Money
from tests.factories import bids as bid
from tests.factories import evaluation as evaluate
from tests.factories import members as make
from tests.factories import panel, tenders
from tests.page_reading import seen_on

NEGOTIATED = ProcedureType.NEGOTIATED_WITH_CALL
CHEAPER = {"FW-1": "850.00", "FW-2": "45.00"}  # 4 × 850 + 40 × 45 = 5,200.00


def opened(**details):
    """Netz GmbH at 6,000.00 and Kabel AG at 5,400.00 in a negotiated procedure, opened here."""
    tender = tenders.published_tender(procedure_type=NEGOTIATED, **details)
    return tender, bid.opened_bids(tender, evaluate.TWO_BIDS)


def test_a_further_bid_replaces_the_earlier_one_which_stays_readable(context):
    tender, (netz, kabel) = opened()
    evaluate.rate(tender.lots[0], evaluate.TWO_POINTS)
    first_run = evaluate.evaluate(tender.lots[0])
    negotiated = bid.invited(tender, [netz, kabel])
    assert tender.stage is TenderStage.NEGOTIATION
    assert [notice.bidder.name for notice in queries_firms.notices_of(tender.id)] == ["Kabel AG", "Netz GmbH"]
    further = bid.further_bid(negotiated, netz, CHEAPER)
    assert further not in queries.standing_bids(tender.id)
    bid.round_opened(negotiated)
    db.session.flush()
    assert tender.stage is TenderStage.OPENED
    assert (netz.state, further.state, kabel.state) == (BidState.SUPERSEDED, BidState.OPENED, BidState.OPENED)
    assert queries_negotiation.successor_of(netz) is further
    assert [line.unit_price.millionths for line in queries_bid.prices_of(netz, tender.lots[0]).lines] == [
        1_000_000_000,
        50_000_000,
    ]
    lot = evaluation.lot_state(tender.lots[0])
    assert [(offer.number, offer.total) for offer in lot.offers] == [(2, Money.of("5400.00")), (3, Money.of("5200.00"))]
    assert not lot.is_current
    assert evaluation.proof_of(first_run).is_good
    [shown] = queries_negotiation.side_by_side(tender)
    by_name = {one.name: one for one in shown.bidders}
    assert by_name["Netz GmbH"].in_round(2).change == Money.of("-800.00")
    assert by_name["Kabel AG"].in_round(2) is None


def test_earlier_points_are_taken_over_one_by_one_and_marked_as_such(context):
    tender, (netz, kabel) = opened()
    lot, officer = tender.lots[0], make.officer()
    evaluate.rate(lot, evaluate.TWO_POINTS)
    negotiated = bid.invited(tender, [netz, kabel])
    further = bid.further_bid(negotiated, netz, CHEAPER)
    bid.round_opened(negotiated)
    offered = queries_takeover.earlier_ratings(lot)
    assert [(one.bid, one.criterion.number, one.words) for one in offered] == [
        (further, "K1", "9 Punkte"),
        (further, "K2", "8 Punkte"),
    ]
    [score] = actions_takeover.take_over(lot, {offered[0].key}, by=officer)
    assert (score.points, score.reason) == (9, "Übernommen aus Angebot 1 (Runde 1): Netz GmbH bei K1 laut Konzept")
    assert [one.criterion.number for one in queries_takeover.earlier_ratings(lot)] == ["K2"]
    with pytest.raises(Refused, match="nicht mehr zu übernehmen"):
        actions_takeover.take_over(lot, {offered[0].key}, by=officer)
    trail = db.session.query(AuditEntry).filter_by(event=Event.RATINGS_TAKEN_OVER.value).all()
    assert len(trail) == 1


def test_a_panel_that_has_submitted_scores_further_bids_anew_and_blind_to_their_prices(context):
    tender, (netz, kabel) = opened()
    lot, anna, otto = tender.lots[0], make.officer("Anna Amt"), make.officer("Otto Osten")
    panel.compared(lot, anna, otto)
    actions_consensus.adopt_unanimous(lot, by=anna)
    negotiated = bid.invited(tender, [netz, kabel])
    further = bid.further_bid(negotiated, netz, CHEAPER)
    bid.round_opened(negotiated)
    with pytest.raises(Withheld):
        queries.readable_tender(tender.id, anna)
    with pytest.raises(Refused, match="Otto Osten"):
        actions_consensus.adopt_unanimous(lot, by=otto)
    member = panels.member_of(tender.id, anna.id)
    own = {(cell.cell.bid.id, cell.cell.criterion.number): cell for cell in queries_panel.own_notes(lot, member).cells}
    assert own[kabel.id, "K1"].is_fixed
    assert own[further.id, "K1"].points is None
    with pytest.raises(Refused, match="in einer früheren Runde abgegeben"):
        panel.noted(lot, {"Kabel AG": {"K1": 1}}, by=anna)
    with pytest.raises(Refused, match="Es fehlen Punkte oder Begründung für Netz GmbH"):
        actions_panel.submit_notes(tender, by=anna)
    for person in (anna, otto):
        leaves = [evaluate.criterion_of(tender, number).id for number in ("K1", "K2")]
        entries = [PointsEntry(further.id, leaf, 9, "Nachgebessert") for leaf in leaves]
        actions_panel.save_notes(lot, entries, by=person)
        actions_panel.submit_notes(tender, by=person)
    assert member.submitted_round == 2
    taken = actions_consensus.adopt_unanimous(lot, by=anna)
    assert [(score.bid, score.criterion.number, score.points) for score in taken] == [
        (further, "K1", 9),
        (further, "K2", 9),
    ]
    assert queries.readable_tender(tender.id, anna)


def test_a_further_bid_is_judged_even_while_figures_of_its_price_are_still_to_be_entered(context):
    terms = PriceTerms((PricePart("W1", "Wartung", PartKind.MAINTENANCE_MONTH, duration=48),))
    tender, (netz, kabel) = opened(price_terms=terms)
    lot, anna, otto = tender.lots[0], make.officer("Anna Amt"), make.officer("Otto Osten")
    panel.compared(lot, anna, otto)
    negotiated = bid.invited(tender, [netz, kabel])
    further = bid.further_bid(negotiated, netz, CHEAPER)
    bid.round_opened(negotiated)
    own = queries_panel.own_notes(lot, panels.member_of(tender.id, anna.id))
    assert {cell.cell.bid.id for cell in own.cells} == {kabel.id, further.id}
    assert own.done == 2
    [offer] = [one for one in evaluation.offers_of(lot) if one.bid_id == further.id]
    assert offer.completeness.missing == ("W1 Wartung",)


def test_a_round_without_a_further_bid_leaves_the_panel_alone(context):
    tender, (netz, kabel) = opened()
    anna, otto = make.officer("Anna Amt"), make.officer("Otto Osten")
    panel.compared(tender.lots[0], anna, otto)
    bid.round_opened(bid.invited(tender, [netz, kabel]))
    assert panels.have_all_submitted(tender.id)


def test_who_hands_in_nothing_falls_out_if_so_announced_and_who_was_not_invited_too(context):
    tender = tenders.published_tender(procedure_type=NEGOTIATED)
    third = {"Dritte GmbH": {"FW-1": "2000.00", "FW-2": "90.00"}}
    netz, kabel, dritte = bid.opened_bids(tender, {**evaluate.TWO_BIDS, **third})
    negotiated = bid.invited(
        tender, [netz, kabel], without_bid=WithoutFurtherBid.FALLS_OUT, reason_left_out="Preis weit über den anderen"
    )
    bid.further_bid(negotiated, kabel, CHEAPER)
    bid.round_opened(negotiated)
    assert netz.state is BidState.EXCLUDED
    assert "so war es angekündigt" in netz.exclusion_reason
    assert dritte.state is BidState.EXCLUDED
    assert dritte.exclusion_reason == "Nicht weiter verhandelt: Preis weit über den anderen"
    assert dritte.exclusion_norm == "§ 17 Abs. 12 VgV"


def test_a_late_further_bid_replaces_nothing(context):
    tender, (netz, _kabel) = opened()
    negotiated = bid.invited(tender, [netz, _kabel])
    late = bid.further_bid(negotiated, netz, CHEAPER, days=11)
    with clock.at(late.received_at + timedelta(hours=1)):
        first, second = bid.officers_of(tender)[:2]
        from_start = bid.actions_opening.start_opening(tender, first, make.PASSWORD)
        bid.actions_opening.complete_opening(from_start, second, make.PASSWORD)
    assert netz.state is BidState.OPENED
    with pytest.raises(Refused, match="vor seiner Öffnung"):
        actions.excuse_late(late, "Plattform gestört", by=first)


def test_a_second_bid_in_a_round_and_one_without_invitation_are_refused(context):
    tender, (netz, kabel) = opened()
    negotiated = bid.invited(tender, [netz], reason_left_out="Abstand")
    bid.further_bid(negotiated, netz, CHEAPER)
    with pytest.raises(Refused, match="liegt bereits Angebot 3 vor"):
        bid.further_bid(negotiated, netz, CHEAPER)
    with pytest.raises(Refused, match="nicht aufgefordert"):
        bid.further_bid(negotiated, kabel, CHEAPER)


def test_nobody_opens_further_bids_before_their_deadline(context):
    tender, (netz, kabel) = opened()
    negotiated = bid.invited(tender, [netz, kabel])
    with clock.at(negotiated.deadline_at - timedelta(hours=1)), pytest.raises(Refused, match="läuft noch"):
        bid.actions_opening.start_opening(tender, bid.officers_of(tender)[0], make.PASSWORD)


def test_the_page_shows_rounds_side_by_side(saved, browser):
    with saved():
        officers = [make.officer(), make.officer()]
        tender, (netz, kabel) = opened(officers=officers)
        negotiated = bid.invited(tender, [netz, kabel])
        bid.further_bid(negotiated, netz, CHEAPER)
        bid.round_opened(negotiated)
        tender_id, officer_id, netz_id, lot_id = tender.id, officers[0].id, netz.id, tender.lots[0].id
    client = browser(officer_id)
    page = seen_on(client.get(f"/bids/{tender_id}/negotiation"))
    for words in ("6.000,00", "5.200,00", "−800,00", "−13,33", "Runde 2"):
        assert words in page
    assert "Abgelöst durch Angebot 3" in seen_on(client.get(f"/bids/bid/{netz_id}"))
    assert client.get(f"/bids/{tender_id}/opening/record?round=2").status_code == 200
    assert "„Durch ein weiteres Angebot abgelöst“" in seen_on(client.get(f"/examination/bids/{netz_id}"))
    assert "Nichts zu übernehmen" in seen_on(client.get(f"/evaluation/lots/{lot_id}/earlier"))
