from datetime import date

import pytest

from procurement.contracts import actions, queries
from procurement.contracts.entries import ContractEntry
from procurement.contracts.states import CallOffState
from procurement.core.errors import NotFound, Refused
from procurement.tenders.queries import participants_of
from procurement.values.money import Money
from procurement.values.quantity import Quantity
from tests.factories import allocation, tenders
from tests.factories import contracts as given
from tests.factories import members as make


def test_only_an_awarded_lot_becomes_a_contract_and_only_once(context):
    planned = tenders.planned_tender()
    entry = ContractEntry("VT-1", "Firewalls", *given.TERM)
    with pytest.raises(Refused, match="noch nicht erteilt"):
        actions.conclude(planned.lots[0], entry, by=make.officer())
    made = given.contract()
    with pytest.raises(Refused, match="schon einen Vertrag"):
        actions.conclude(made.lot, entry, by=make.officer())


def test_the_maximum_value_follows_from_quantities_and_prices(context):
    # 4 clusters at 1,000.00, one set-up at 500.00, four years at 300.00
    assert given.contract().maximum_net == Money.of(5_700)


def test_a_call_off_needs_a_running_contract_a_named_member_and_its_own_lead(context):
    contract = given.contract()
    adorf = participants_of(contract.tender_id)[0]
    line = given.clusters(contract)
    stranger = make.member("Fremdstadt")
    with pytest.raises(Refused, match="nicht als Abrufberechtigte genannt"):
        given.call_off(line, stranger, 1)
    with pytest.raises(NotFound):
        actions.call_off(line, adorf, given.CallOffEntry(Quantity.of(1)), by=make.lead(stranger))
    contract.starts_on = date(2026, 11, 24)
    with pytest.raises(Refused, match=r"erst ab dem 24\.11\.2026"):
        given.call_off(line, adorf, 1)
    contract.starts_on, contract.ends_on = date(2025, 1, 1), date(2026, 11, 22)
    with pytest.raises(Refused, match=r"am 22\.11\.2026 ausgelaufen"):
        given.call_off(line, adorf, 1)


def test_a_member_that_left_has_no_call_off_rights(context):
    contract = given.contract()
    adorf = participants_of(contract.tender_id)[0]
    adorf.left_on = date(2026, 11, 23)
    with pytest.raises(Refused, match="Abrufrechte"):
        given.call_off(given.clusters(contract), adorf, 1)


def test_the_value_of_a_contract_stops_before_its_quantities(context):
    contract = given.contract(maximum="1500.00")
    adorf, *_ = participants_of(contract.tender_id)
    with pytest.raises(Refused, match="Höchstwert"):
        given.call_off(given.clusters(contract), adorf, 2)
    assert given.call_off(given.clusters(contract), adorf, 1).state is CallOffState.RELEASED
    assert queries.value_meter(contract).used_net == Money.of(1_000)


@pytest.fixture
def numbers(saved):
    with saved():
        contract = given.contract()
        adorf, bstadt, _cdorf = participants_of(contract.tender_id)
        given.call_off(given.clusters(contract), bstadt, 1)
        return {
            "contract": contract.id,
            "line": given.clusters(contract).id,
            "adorf": adorf.id,
            "lead": make.lead(adorf).id,
            "stranger": make.lead(make.member("Fremdstadt")).id,
            "officer": make.officer().id,
            "auditor": make.auditor().id,
        }


def test_a_lead_sees_its_own_quota_and_nobody_elses_call_off(browser, numbers):
    page = browser(numbers["lead"]).get(f"/contracts/{numbers['contract']}").text
    assert "Ihre Abrufmengen" in page
    assert "Bstadt" not in page
    assert browser(numbers["stranger"]).get(f"/contracts/{numbers['contract']}").status_code == 404
    assert "Bstadt" in browser(numbers["auditor"]).get(f"/contracts/{numbers['contract']}").text


def test_calling_off_by_the_page_and_releasing_it(browser, numbers):
    lead, officer = browser(numbers["lead"]), browser(numbers["officer"])
    address = f"/contracts/{numbers['contract']}/lines/{numbers['line']}/{numbers['adorf']}"
    refused = lead.post(address, {"quantity": "3"})
    assert refused.status_code == 422
    assert 'value="3"' in refused.text
    assert lead.post(address, {"quantity": "3", "reason": "Neue Schule"}).status_code == 303
    assert "Wartet auf Freigabe" in lead.get(f"/contracts/{numbers['contract']}").text
    decision = f"/contracts/{numbers['contract']}/call-offs/2"
    assert "Neue Schule" in officer.get(decision).text
    assert officer.post(decision, {"decision": "Menge ist frei", "release": "yes", "version": "1"}).status_code == 303
    assert "Abgerufen" in lead.get(f"/contracts/{numbers['contract']}").text


def test_an_officer_concludes_a_contract_by_the_page(saved, browser):
    with saved():
        lot_id = allocation.awarded_tender().lots[0].id
        officer_id = make.officer().id
    officer = browser(officer_id)
    assert "noch ohne Vertrag" in officer.get("/contracts/").text
    typed = {"reference": "VT-7", "title": "Firewalls", "starts_on": "2026-12-01", "ends_on": "2026-11-01"}
    refused = officer.post(f"/contracts/lots/{lot_id}", typed)
    assert "Das Ende der Laufzeit liegt vor ihrem Beginn." in refused.text
    answer = officer.post(f"/contracts/lots/{lot_id}", typed | {"ends_on": "2030-11-30"})
    assert answer.status_code == 303
    assert "5.700,00" in officer.get(answer.location).text
