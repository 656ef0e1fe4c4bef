"""P19: one lot is cancelled, the others go on; costs and contracts run without it."""

import pytest

from procurement.allocation.queries_input import awarded_lines
from procurement.awarding import actions_cancellation, queries
from procurement.awarding.states import LetterKind
from procurement.contracts.queries import lots_without_contract
from procurement.core.errors import Refused
from procurement.evaluation import queries as evaluation
from procurement.evaluation.states import AwardState
from procurement.tenders import queries_publication
from procurement.tenders.kinds import TenderStage
from tests.factories import awarding
from tests.factories import evaluation as given
from tests.factories import members as make
from tests.factories.tenders import Wish
from tests.page_reading import text_of

LOTS = (("Geräte", (Wish("1.1", "Gerät", (1,)),)), ("Dienste", (Wish("2.1", "Dienst", (3,)),)))
PRICES = {"Netz GmbH": {"1.1": "10.00", "2.1": "20.00"}, "Kabel AG": {"1.1": "11.00", "2.1": "19.00"}}


def cancel(lot):
    return actions_cancellation.cancel_lot(lot, awarding.cancellation(), by=make.officer())


def opened(**details):
    return given.opened_tender(PRICES, LOTS, method="lowest_price", **details)


def decided():
    return given.decided_tender(prices=PRICES, lots=LOTS, method="lowest_price")


def test_p19_a_lot_cancelled_before_the_evaluation_holds_nobody_up(context):
    tender = opened()
    first, second = tender.lots
    given.evaluate(first)
    assert tender.stage is TenderStage.OPENED
    cancel(second)
    assert tender.stage is TenderStage.EVALUATED
    with pytest.raises(Refused, match="Los 2 ist aufgehoben"):
        given.evaluate(second)
    given.confirmed(first)
    awarding.awarded(tender)
    assert tender.stage is TenderStage.AWARDED
    assert queries_publication.verify_frozen(tender).is_unchanged


def test_p19_a_decided_lot_loses_its_decision_and_the_others_keep_theirs_and_their_letters(context):
    tender = decided()
    first, second = tender.lots
    awarding.informed(tender)
    cancel(second)
    assert tender.stage is TenderStage.STANDSTILL
    assert [one.state for one in evaluation.decisions_of(second.id)] == [AwardState.WITHDRAWN]
    assert evaluation.standing_decision(first.id).state is AwardState.CONFIRMED
    assert queries.award_facts(tender).missing == []
    told = queries.letter_rows(tender.id, LetterKind.CANCELLATION)
    assert {letter.bidder.name for letter in told} == {"Netz GmbH", "Kabel AG"}


def test_p19_costs_and_contracts_run_without_the_lot(context):
    tender = decided()
    first, second = tender.lots
    cancel(second)
    assert awarded_lines(tender) == []
    assert lots_without_contract(make.officer()) == []
    awarding.awarded(tender)
    assert [line.lot for line in awarded_lines(tender)] == [1]
    assert lots_without_contract(make.officer()) == [first]


def test_p19_the_last_lot_is_no_partial_cancellation(context):
    tender = decided()
    cancel(tender.lots[1])
    with pytest.raises(Refused, match="das letzte Los"):
        cancel(tender.lots[0])
    with pytest.raises(Refused, match="schon aufgehoben"):
        cancel(tender.lots[1])


def test_p19_by_the_pages_a_member_reads_which_lot_was_cancelled_and_why(saved, browser):
    with saved():
        member = make.member("Ahaus")
        tender, officer, lead = opened(members=[member]), make.officer(), make.lead(member)
        lot_id, url, lead_id, officer_id = tender.lots[1].id, f"/awarding/{tender.id}", lead.id, officer.id
        own = f"/tenders/{tender.id}"
    page, form = browser(officer_id), f"{url}/cancellation?lot={lot_id}"
    assert "Los 2 aufheben" in text_of(page.get(form))
    typed = {"ground": "basis_changed", "code": "chan-need", "reason": "Bedarf entfallen", "follow_up": "nothing"}
    assert page.post(form, typed).status_code == 303
    shown = text_of(browser(lead_id).get(own))
    assert "Los 2 aufgehoben" in shown
    assert "Bedarf entfallen" in shown
    assert browser(lead_id).get(url).status_code == 403
