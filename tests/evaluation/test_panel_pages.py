"""The tab "Gremium", the own notes and the consensus as people use them."""

import pytest

from procurement.core.db import db
from procurement.evaluation import queries, queries_panel
from procurement.members.models import Account
from procurement.tenders.models import Lot
from tests.factories import evaluation as given
from tests.factories import members as make
from tests.factories import panel
from tests.page_reading import seen_on


@pytest.fixture
def case(saved):
    """A lot with opened bids, a panel of two, and what its addresses need."""
    with saved():
        lot = given.opened_tender().lots[0]
        anna, otto, vera = (make.officer(name) for name in ("Anna Amt", "Otto Osten", "Vera Vogel"))
        panel.named(lot.tender, anna, otto)
        bids = {name: given.bid_of(lot.tender, name).id for name in ("Netz GmbH", "Kabel AG")}
        leaves = {number: given.criterion_of(lot.tender, number).id for number in ("K1", "K2")}
        return {
            "lot": lot.id, "tender": lot.tender_id, "anna": anna.id, "otto": otto.id, "vera": vera.id,
            "bids": bids, "leaves": leaves,
        }  # fmt: skip


def people(case):
    return db.session.get(Account, case["anna"]), db.session.get(Account, case["otto"])


def price_pages(case):
    tender, lot = case["tender"], case["lot"]
    return [
        f"/bids/{tender}", f"/bids/bid/{case['bids']['Netz GmbH']}", f"/bids/{tender}/comparison",
        f"/bids/{tender}/comparison.xlsx", f"/evaluation/{tender}", f"/examination/{tender}",
    ], [f"/evaluation/lots/{lot}/points", f"/evaluation/{tender}/notes", f"/evaluation/{tender}/panel"]  # fmt: skip


def cell(case, bidder, number, value, reason="laut Konzept", seen=0):
    key = f"{case['bids'][bidder]}-{case['leaves'][number]}"
    return {f"value-{key}": value, f"reason-{key}": reason, f"seen-{key}": seen}


def test_every_page_with_prices_refuses_the_evaluator_and_says_why(browser, case):
    priced, blind = price_pages(case)
    window = browser(case["anna"])
    for address in priced:
        page = window.get(address)
        assert (address, page.status_code) == (address, 403)
        assert "haben Ihre Punkte noch nicht abgegeben" in seen_on(page)
        assert f"/evaluation/{case['tender']}/notes" in page.text
    for address in blind:
        page = window.get(address)
        assert (address, page.status_code) == (address, 200)
        assert "5.400" not in seen_on(page)
    assert {browser(case["vera"]).get(address).status_code for address in priced} == {200}


def test_the_own_notes_are_saved_criterion_by_criterion_and_come_back_when_something_is_wrong(browser, case, saved):
    window = browser(case["anna"])
    address = f"/evaluation/lots/{case['lot']}/notes?criterion={case['leaves']['K1']}"
    typed = cell(case, "Netz GmbH", "K1", "9") | cell(case, "Kabel AG", "K1", "12", "zu viel des Guten")
    refused = window.post(address, typed)
    assert refused.status_code == 422
    assert "Kabel AG: Bitte ganze Punkte von 0 bis 10 vergeben." in seen_on(refused)
    assert "zu viel des Guten" in refused.text
    assert window.post(address, typed | cell(case, "Kabel AG", "K1", "6")).status_code == 303
    page = window.get(f"/evaluation/{case['tender']}/notes")
    assert "2 von 4 Bewertungen sind vollständig" in seen_on(page)
    assert "Es fehlen Punkte oder Begründung für Netz GmbH, Kabel AG." in seen_on(page)
    window.post(
        f"/evaluation/lots/{case['lot']}/notes?criterion={case['leaves']['K2']}",
        cell(case, "Netz GmbH", "K2", "8") | cell(case, "Kabel AG", "K2", "7"),
    )
    assert "Sie sehen danach die Preise" in seen_on(window.get(f"/evaluation/{case['tender']}/notes"))
    assert window.post(f"/evaluation/{case['tender']}/notes/submission").status_code == 303
    assert window.get(f"/bids/{case['tender']}/comparison").status_code == 200


def test_the_consensus_page_is_empty_until_the_last_has_submitted_then_shows_all_reasons(browser, case, saved):
    with saved():
        lot, anna, otto = db.session.get(Lot, case["lot"]), *people(case)
        panel.submitted(lot, panel.ANNAS, by=anna)
        panel.noted(lot, panel.OTTOS, by=otto)
    address = f"/evaluation/lots/{case['lot']}/consensus"
    assert "Anna Amt zu Netz GmbH" not in seen_on(browser(case["otto"]).get(address))
    with saved():
        panel.submitted(db.session.get(Lot, case["lot"]), {}, by=people(case)[1])
    page = browser(case["otto"]).get(f"{address}?criterion={case['leaves']['K1']}")
    for words in ("Anna Amt zu Netz GmbH bei K1", "Otto Osten zu Kabel AG bei K1", "Konsensgespräch nötig"):
        assert words in seen_on(page)
    assert "2 übereinstimmende Noten übernehmen" in seen_on(page)


def test_the_panel_agrees_on_the_page_and_a_missing_reason_keeps_the_input(browser, case, saved):
    with saved():
        lot, anna, otto = db.session.get(Lot, case["lot"]), *people(case)
        panel.submitted(lot, panel.ANNAS, by=anna)
        panel.submitted(lot, panel.OTTOS, by=otto)
    window, address = browser(case["otto"]), f"/evaluation/lots/{case['lot']}/consensus"
    assert window.post(f"{address}/unanimous").status_code == 303
    here = f"{address}?criterion={case['leaves']['K1']}"
    typed = cell(case, "Netz GmbH", "K1", "8", "Gespräch vom Montag") | cell(case, "Kabel AG", "K1", "6", "")
    refused = window.post(here, typed)
    assert refused.status_code == 422
    assert "Gespräch vom Montag" in refused.text
    assert window.post(here, typed | cell(case, "Kabel AG", "K1", "6", "Knapp")).status_code == 303
    with saved():
        assert queries_panel.comparison(db.session.get(Lot, case["lot"])).open == []
        assert {one.agreed_by for one in queries.scores_of(case["lot"]).values()} == {"Anna Amt, Otto Osten"}
    assert window.post(f"/evaluation/lots/{case['lot']}/runs").status_code == 303


def test_a_second_person_is_recommended_and_naming_happens_on_the_page(saved, browser):
    with saved():
        tender = given.opened_tender()
        officer, tender_id = make.officer("Anna Amt").id, tender.id
    window, address = browser(officer), f"/evaluation/{tender_id}/panel"
    assert window.post(address, {"person": officer}).status_code == 303
    text = seen_on(window.get(address))
    assert "Bisher ist nur eine Person benannt." in text
    assert "Bitte erklären Sie, ob bei Ihnen ein Interessenkonflikt besteht" in text
    again = window.post(address, {"person": officer})
    assert again.status_code == 422
    assert "Anna Amt gehört bereits zum Wertungsgremium." in seen_on(again)
