"""The tab "Wertung" and the page of points as people use them."""

import re
from dataclasses import replace

import pytest

from procurement.core.db import db
from procurement.evaluation import actions, queries
from procurement.evaluation.run_calculation import RunProof
from procurement.tenders.kinds import CriterionKind, TenderStage
from procurement.tenders.models import Lot
from tests.factories import bids as bid
from tests.factories import evaluation as given
from tests.factories import members as make
from tests.factories import tenders
from tests.factories.runs import EXCLUSION_CRITERION, G11_CRITERIA
from tests.factories.tenders import CRITERIA
from tests.page_reading import seen_on

NO_MINIMUM = tuple(replace(entry, minimum_percent=None) for entry in G11_CRITERIA)


@pytest.fixture
def office(saved):
    """An officer, and the way to make something and keep its ids."""

    def _office(make_lot, **details):
        with saved():
            officer, lot = make.officer("Anke Albers"), make_lot(**details)
            ids = {one.bidder.name: one.id for one in queries.bids.standing_bids(lot.tender_id)}
            leaves = {leaf.number: leaf.id for leaf in queries.leaves_of(lot.tender_id)}
            return officer.id, lot.id, lot.tender_id, ids, leaves

    return _office


def only_lot(**details):
    return given.opened_tender(**details).lots[0]


def cell(bid_id, criterion_id, value, reason="", seen=0):
    key = f"{bid_id}-{criterion_id}"
    return {f"value-{key}": value, f"reason-{key}": reason, f"seen-{key}": str(seen)}


def test_the_ranking_of_g11_shows_every_intermediate_figure(browser, office):
    officer, _lot, tender, *_ = office(given.g11_lot, criteria=NO_MINIMUM)
    page = browser(officer).get(f"/evaluation/{tender}")
    text = seen_on(page)
    places = [page.text.index(f">{name}</a></h4>") for name in "YZX"]
    assert places == sorted(places)
    for figure in ("355,70", "310,73", "302,92", "8.110,00", "7.333,33", "7.270,00", "228.000,00", "811/22.800"):
        assert figure in text
    assert "Z = 8.110 ÷ 228.000 × 10.000 = 355,70" in text
    assert "44,97 Punkte vor dem nächsten Angebot" in text
    assert "250/3" in text
    assert "Die Rangfolge steht." in text


def test_bids_that_stay_out_are_listed_with_their_reason(browser, office):
    officer, _lot, tender, *_ = office(given.g11_lot)
    text = seen_on(browser(officer).get(f"/evaluation/{tender}"))
    assert "nicht gewertet Y (Angebot 2) Mindestpunktzahl in 2 (Service) nicht erreicht: 1.000 von 2.500" in text


def test_a_conspicuous_gap_is_a_hint_beside_the_bid(browser, office):
    prices = {"Netz GmbH": {"FW-1": "100.00", "FW-2": "10.00"}, "Kabel AG": {"FW-1": "80.00", "FW-2": "8.00"}}
    officer, _lot, tender, *_ = office(given.evaluated_lot, prices=prices, points={}, method="lowest_price")
    assert "unter dem nächsthöheren Angebot (Aufgreifschwelle 20,00 %)" in seen_on(
        browser(officer).get(f"/evaluation/{tender}")
    )


def test_a_single_bid_is_held_against_the_own_estimate(browser, office):
    prices = {"Netz GmbH": {"FW-1": "1100.00", "FW-2": "50.00"}}
    officer, _lot, tender, *_ = office(given.evaluated_lot, prices=prices, points={}, method="lowest_price")
    # 4 x 1,100 + 40 x 50 = 6,400 against 6,000: 6.7 % more
    text = seen_on(browser(officer).get(f"/evaluation/{tender}"))
    assert "Nur ein Angebot ist in der Wertung" in text
    assert "Preis 6.400,00 €, eigene Schätzung 6.000,00 €: +6,7 % gegenüber der Schätzung." in text


@pytest.mark.parametrize(
    ("method", "parameters", "figures"),
    [
        ("extended_ratio", {"corridor": "0.10", "criterion": "quality"}, ("außerhalb", "12.900,00", "im Korridor")),
        ("best_value", {"quality_weight": "0.6"}, ("Preispunkte", "51,60", "36,00", "87,60")),
        ("linear", {"quality_weight": "0.6", "zero_at": "2"}, ("10.800,00", "35,56", "87,16", "78,4")),
    ],
)
def test_each_method_shows_its_own_figures(browser, office, method, parameters, figures):
    # Netz: L 8,600 of 10,000, P 6,000; Kabel: L 6,400, P 5,400; 0.9 x 14,333.33 = 12,900; 40 x 5,400/6,000 = 36;
    # 40 x (10,800 - 6,000)/5,400 = 35.56
    officer, _lot, tender, *_ = office(given.evaluated_lot, method=method, parameters=parameters)
    text = seen_on(browser(officer).get(f"/evaluation/{tender}"))
    assert [figure for figure in figures if figure not in text] == []


def test_what_is_missing_is_named_and_the_next_step_leads_to_the_points(browser, office):
    officer, lot, tender, *_ = office(only_lot)
    page = browser(officer).get(f"/evaluation/{tender}")
    assert "Angebot 1 (Netz GmbH): Es fehlen Punkte für K1 Leistung, K2 Service." in seen_on(page)
    assert f'href="/evaluation/lots/{lot}/points"' in page.text


def test_the_page_of_points_shows_no_price_and_starts_at_the_first_gap(browser, office):
    # 4 x 1,234.56 + 40 x 50.00 = 6,938.24
    prices = {"Netz GmbH": {"FW-1": "1234.56", "FW-2": "50.00"}}
    officer, lot, tender, ids, leaves = office(only_lot, prices=prices)
    window = browser(officer)
    page = window.get(f"/evaluation/lots/{lot}/points")
    assert "0 von 2 Angaben liegen vor" in page.text
    assert f'name="value-{ids["Netz GmbH"]}-{leaves["K1"]}"' in page.text
    assert f'name="value-{ids["Netz GmbH"]}-{leaves["K2"]}"' not in page.text
    assert "6.938,24" in window.get(f"/bids/{tender}").text
    assert not re.search(r"6\.938,24|1\.234,56", page.text)


def test_one_criterion_is_saved_for_all_bids_and_leads_to_the_next(app, browser, office):
    officer, lot, _tender, ids, leaves = office(only_lot)
    window, k1 = browser(officer), leaves["K1"]
    sent = cell(ids["Netz GmbH"], k1, "9", "durchdacht") | cell(ids["Kabel AG"], k1, "6", "lückenhaft")
    answer = window.post(f"/evaluation/lots/{lot}/points?criterion={k1}", sent)
    assert (answer.status_code, answer.location) == (303, f"/evaluation/lots/{lot}/points?criterion={leaves['K2']}")
    assert "2 Angaben sind gespeichert." in window.get(answer.location).text
    with app.app_context():
        stored = queries.scores_of(lot)[ids["Netz GmbH"], k1]
        assert (stored.points, stored.reason, stored.given_by_id) == (9, "durchdacht", officer)


def test_one_bid_is_saved_under_all_criteria_and_the_last_gap_leads_to_the_ranking(browser, office):
    officer, lot, tender, ids, leaves = office(only_lot, prices={"Netz GmbH": given.TWO_BIDS["Netz GmbH"]})
    window, netz = browser(officer), ids["Netz GmbH"]
    sent = cell(netz, leaves["K1"], "9", "gut") | cell(netz, leaves["K2"], "8", "schnell")
    answer = window.post(f"/evaluation/lots/{lot}/points?bid={netz}", sent)
    assert (answer.status_code, answer.location) == (303, f"/evaluation/{tender}")
    again = window.post(f"/evaluation/lots/{lot}/points?bid={netz}", sent | cell(netz, leaves["K1"], "9", "gut", 1))
    assert again.status_code == 303
    assert "Es war nichts zu speichern" in window.get(again.location).text


def test_points_without_a_reason_come_back_with_the_input_and_a_message_at_the_cell(app, browser, office):
    officer, lot, _tender, ids, leaves = office(only_lot)
    key = f"{ids['Netz GmbH']}-{leaves['K1']}"
    sent = cell(ids["Netz GmbH"], leaves["K1"], "9") | cell(ids["Kabel AG"], leaves["K1"], "", "")
    answer = browser(officer).post(f"/evaluation/lots/{lot}/points?criterion={leaves['K1']}", sent)
    assert answer.status_code == 422
    assert f'href="#reason-{key}"' in answer.text
    assert '<option selected value="9">' in answer.text
    with app.app_context():
        assert queries.scores_of(lot) == {}


def test_a_cell_changed_meanwhile_is_answered_with_409_and_both_values(saved, browser, office):
    officer, lot, _tender, ids, leaves = office(only_lot)
    with saved():
        tender = db.session.get(Lot, lot).tender
        one, criterion = given.bid_of(tender, "Netz GmbH"), given.criterion_of(tender, "K1")
        actions.give_points(tender.lots[0], one, criterion, 8, "überzeugend", by=make.officer("Bernd Brand"))
    window, address = browser(officer), f"/evaluation/lots/{lot}/points?criterion={leaves['K1']}"
    sent = cell(ids["Netz GmbH"], leaves["K1"], "5", "mittel")
    answer = window.post(address, sent)
    assert answer.status_code == 409
    assert "gespeichert ist 8 Punkte von Bernd Brand" in answer.text
    assert f'name="seen-{ids["Netz GmbH"]}-{leaves["K1"]}" type="hidden" value="1"' in answer.text
    assert window.post(address, sent | cell(ids["Netz GmbH"], leaves["K1"], "5", "mittel", 1)).status_code == 303


def test_exclusion_criteria_are_answered_with_yes_or_no(app, browser, office):
    officer, lot, _tender, ids, leaves = office(only_lot, criteria=(EXCLUSION_CRITERION, *CRITERIA))
    window, a1 = browser(officer), leaves["A1"]
    assert EXCLUSION_CRITERION.kind is CriterionKind.EXCLUSION
    sent = cell(ids["Netz GmbH"], a1, "met") | cell(ids["Kabel AG"], a1, "not_met", "keine Referenz")
    assert window.post(f"/evaluation/lots/{lot}/points?criterion={a1}", sent).status_code == 303
    page = window.get(f"/evaluation/lots/{lot}/points?criterion={a1}")
    assert "nicht erfüllt" in page.text
    assert "1 von 4 Angaben" not in page.text  # Kabel AG needs no points any more: 2 of 4
    assert "2 von 4 Angaben liegen vor" in page.text


def test_a_lot_is_evaluated_by_one_button_and_the_old_run_stays_reachable(app, saved, browser, office):
    officer, lot, tender, *_ = office(only_lot, method="lowest_price")
    window = browser(officer)
    assert window.post(f"/evaluation/lots/{lot}/runs").location == f"/evaluation/{tender}"
    with saved():
        run = queries.latest_run(db.session.get(Lot, lot))
        run_id, checksum = run.id, run.input_hash
        assert run.lot.tender.stage is TenderStage.EVALUATED
    page = window.get(f"/evaluation/runs/{run_id}")
    assert "Prüfsumme stimmt, und die Neuberechnung ergibt dieselben Zahlen." in page.text
    assert checksum in page.text
    assert checksum in window.get(f"/evaluation/{tender}").text
    refused = window.post(f"/evaluation/lots/{lot}/runs")
    assert refused.status_code == 422
    assert "hat sich nichts geändert" in refused.text


def test_an_outdated_ranking_says_so_and_both_runs_can_be_read(saved, browser, office):
    officer, lot, tender, *_ = office(given.evaluated_lot)
    with saved():
        given.rate(db.session.get(Lot, lot), {"Kabel AG": {"K1": 10}})
    window = browser(officer)
    assert "Diese Rangfolge ist überholt." in window.get(f"/evaluation/{tender}").text
    window.post(f"/evaluation/lots/{lot}/runs")
    with saved():
        first = queries.runs_of(lot)[-1].id
    old = window.get(f"/evaluation/runs/{first}")
    assert "Dies ist eine frühere Wertung." in old.text
    assert "Es gilt Wertung 2." in old.text


@pytest.mark.parametrize(
    ("found", "sentence"),
    [
        (RunProof(is_input_intact=False, is_result_reproduced=True), "Prüfsumme stimmt nicht"),
        (RunProof(is_input_intact=True, is_result_reproduced=False), "Die Neuberechnung ergibt andere Zahlen"),
    ],
)
def test_a_run_that_does_not_prove_itself_is_shown_as_broken(saved, browser, office, monkeypatch, found, sentence):
    officer, lot, *_ = office(given.evaluated_lot)
    with saved():
        run_id = queries.runs_of(lot)[0].id
    monkeypatch.setattr(queries, "proof_of", lambda run: found)
    assert sentence in browser(officer).get(f"/evaluation/runs/{run_id}").text


def test_once_an_award_is_proposed_points_can_only_be_read(saved, browser, office):
    officer, lot, _tender, ids, leaves = office(given.evaluated_lot)
    with saved():
        given.proposed(db.session.get(Lot, lot))
    window = browser(officer)
    page = window.get(f"/evaluation/lots/{lot}/points?bid={ids['Netz GmbH']}")
    assert "Die Punkte stehen fest." in page.text
    assert "Netz GmbH bei K1 laut Konzept" in page.text
    assert "<textarea" not in page.text
    sent = cell(ids["Netz GmbH"], leaves["K1"], "1", "doch nicht", 1)
    assert window.post(f"/evaluation/lots/{lot}/points?bid={ids['Netz GmbH']}", sent).status_code == 422


def test_before_the_opening_the_evaluation_does_not_exist(saved, browser):
    with saved():
        officer = make.officer()
        tender = tenders.published_tender(officers=(officer, make.officer()))
        bid.sealed_bid(tender, {"FW-1": "1.00", "FW-2": "1.00"})
        ids = officer.id, tender.id, tender.lots[0].id
    window = browser(ids[0])
    addresses = (f"/evaluation/{ids[1]}", f"/evaluation/{ids[1]}/award", f"/evaluation/lots/{ids[2]}/points")
    assert [window.get(address).status_code for address in addresses] == [404, 404, 404]
    assert window.get("/evaluation/runs/1").status_code == window.get("/evaluation/999").status_code == 404


def test_leads_and_administrators_see_nothing_of_the_evaluation(saved, browser):
    with saved():
        lot = given.evaluated_lot()
        member = lot.tender.participants[0].member
        people = [make.lead(member).id, make.administrator().id]
        addresses = [f"/evaluation/{lot.tender_id}", f"/evaluation/{lot.tender_id}/award"]
        addresses += [f"/evaluation/lots/{lot.id}/points", f"/evaluation/runs/{queries.latest_run(lot).id}"]
    for person in people:
        window = browser(person)
        assert {window.get(address).status_code for address in addresses} == {403}


def test_an_auditor_reads_after_having_the_reading_recorded_and_changes_nothing(saved, browser):
    with saved():
        lot = given.evaluated_lot()
        auditor, tender, lot_id = make.auditor().id, lot.tender_id, lot.id
    window = browser(auditor)
    assert "Einsicht vermerken und Angebote lesen." in window.get(f"/evaluation/{tender}").text
    window.post(f"/bids/{tender}/reading")
    page = window.get(f"/evaluation/{tender}")
    assert "14.333,33" in page.text
    assert "<textarea" not in window.get(f"/evaluation/lots/{lot_id}/points").text
    assert "<textarea" not in window.get(f"/evaluation/{tender}/award").text
    assert window.post(f"/evaluation/lots/{lot_id}/runs").status_code == 403


def test_without_any_bid_the_page_says_that_the_tender_can_be_cancelled(saved, browser):
    with saved():
        officer = make.officer().id
        tender = tenders.published_tender()
        bid.opened(tender)
        tender_id = tender.id
    text = seen_on(browser(officer).get(f"/evaluation/{tender_id}"))
    assert "Es liegt kein Angebot vor. Die Ausschreibung kann aufgehoben werden (§ 63 VgV)." in text


def test_a_lot_without_bids_and_a_sheet_without_criteria_say_what_that_means(saved, browser):
    with saved():
        officer = make.officer().id
        tender = given.opened_tender({"Netz GmbH": {"1.1": "10.00"}}, given_lots(), method="lowest_price")
        ids = tender.id, tender.lots[0].id
    window = browser(officer)
    assert "Für dieses Los liegt kein Angebot vor." in window.get(f"/evaluation/{ids[0]}").text
    assert "Es gibt keine Kriterien zu bewerten." in window.get(f"/evaluation/lots/{ids[1]}/points").text
    assert window.post(f"/evaluation/lots/{ids[1]}/points").status_code == 303


def given_lots():
    wish = tenders.Wish
    return (("Geräte", (wish("1.1", "Gerät", (1,)),)), ("Dienste", (wish("2.1", "Dienst", (1,)),)))
