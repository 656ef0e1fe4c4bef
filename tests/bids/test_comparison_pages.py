"""The Preisspiegel as page and download: choices in the address, windows of 100 rows, rank only for complete bids."""

import re
from datetime import timedelta
from types import SimpleNamespace

import pytest

from procurement.core.spreadsheets import read_workbook
from tests.factories import bids as make_bids
from tests.factories import members as make
from tests.factories import tenders as make_tenders

POSITIONS = 120


@pytest.fixture
def case(saved, hand):
    wishes = [make_tenders.Wish(f"P-{n:03}", f"Artikel {n}", (1,), "10.00") for n in range(1, POSITIONS + 1)]
    lots = [("Großes Los", wishes), ("Kleines Los", [make_tenders.Wish("K-1", "Koffer", (3,), "5.00")])]
    everything = {f"P-{n:03}": "10.00" for n in range(1, POSITIONS + 1)}
    with saved():
        officer = make.officer()
        tender = make_tenders.published_tender(lots, officers=[officer, make.officer()])
        prices = {
            "Alt GmbH": everything | {"K-1": "5"},
            "Billig AG": everything | {"P-007": "2.00", "P-110": "30.00"},
            "Lücken KG": {number: price for number, price in everything.items() if number != "P-050"},
        }
        make_bids.imported_bids(tender, prices, {"Alt GmbH": {"P-003": "11.00"}})
        made = SimpleNamespace(officer=officer.id, tender=tender.id, deadline=tender.bid_deadline_at)
    hand.moment = made.deadline + timedelta(hours=2)
    return made


@pytest.fixture
def page(browser, case):
    window = browser(case.officer)
    return lambda query="": window.get(f"/bids/{case.tender}/comparison{query}")


def test_a_page_holds_a_hundred_rows_and_links_to_the_others_keep_what_was_chosen(page):
    text = page("?view=total&order=position").text
    assert "P-001" in text
    assert "P-100" in text
    assert "P-101" not in text
    assert "1 bis 100 von 120" in text
    assert "?offset=100&amp;lot=1&amp;view=total#prices" in text
    last = page("?offset=100").text
    assert "P-120" in last
    assert "101 bis 120 von 120" in last
    assert "Anfang" not in last


def test_rows_are_found_by_number_and_by_name(page):
    numbers = [f"P-{n:03}" for n in range(1, POSITIONS + 1)]
    for sought in ("p-007", "ARTIKEL 7", "7  artikel"):
        text = page(f"?sought={sought}").text
        assert "P-007" in text
        assert "P-006" not in text
    text = page("?sought=p-050&rows=missing").text
    assert [number for number in numbers if number in text] == ["P-050"]
    assert "Eine von 120 Positionen" in text
    assert "1.200,00" in text
    assert "immer über alle 120 Positionen des Loses" in text


def test_the_widest_spread_comes_first_and_outliers_are_marked(page):
    text = page("?order=spread").text
    # P-110: 20 of a mean of 50/3 is 120 %; P-007: 8 of a mean of 22/3 is 109 %; all others agree
    assert text.index("P-110") < text.index("P-007") < text.index("P-001")
    assert text.count("num--outlying") == 2
    outlying = page("?rows=outlying").text
    assert "P-007" in outlying
    assert "P-110" in outlying
    assert "P-001" not in outlying


def test_a_quantity_leads_to_whose_demand_it_is_made_of(page, browser, case):
    link = re.search(rf'href="(/tenders/{case.tender}/lines/\d+/lineage)"', page().text)
    assert browser(case.officer).get(link[1]).status_code == 200


def test_totals_ranks_and_gaps_stand_at_the_bottom_whatever_rows_are_shown(page):
    text = page("?rows=missing").text
    # Alt 1,200.00; Billig 1,200 - 8 + 20 = 1,212.00; the gap of Alt to Billig is 12/1212 = 0.99 %
    assert "1.200,00" in text
    assert "1.212,00" in text
    assert "Rang 1" in text
    assert "1,0 %" in text
    assert "unvollständig (1 Preis fehlt)" in text
    assert "1.190,00" not in text


def test_filters_show_the_rows_that_deserve_a_look(page):
    numbers = [f"P-{n:03}" for n in range(1, POSITIONS + 1)]
    choices = ("missing", "deviating", "far_from_estimate", "contradicting", "conspicuous")
    pages = {rows: page(f"?rows={rows}").text for rows in choices}
    assert {rows: [number for number in numbers if number in text] for rows, text in pages.items()} == {
        "missing": ["P-050"],
        "deviating": ["P-007", "P-110"],
        "far_from_estimate": ["P-007", "P-110"],
        "contradicting": ["P-003"],
        "conspicuous": ["P-003", "P-007", "P-050", "P-110"],
    }


def test_the_cells_show_price_total_or_deviation(page):
    assert "2,00" in page("?rows=deviating&view=unit_price").text
    assert "9,00" not in page("?lot=2").text
    assert "15,00" in page("?lot=2&view=total").text
    # the mean of 10, 2 and 10 is 7.33; 2 is 72.7 % below it and 80 % below the estimate of 10
    assert "−72,7 %" in page("?rows=deviating&view=from_mean").text
    assert "−80,0 %" in page("?rows=deviating&view=from_estimate").text


def test_a_bidder_without_an_offer_for_the_lot_lacks_nothing_there(page):
    assert "Keine Position passt zu dieser Auswahl." in page("?lot=2&rows=missing").text
    text = page("?lot=2").text
    assert text.count("kein Angebot für dieses Los") == 2
    assert "fehlt" not in text


def test_the_download_holds_all_rows_of_all_lots(browser, case):
    answer = browser(case.officer).get(f"/bids/{case.tender}/comparison.xlsx")
    workbook = read_workbook(answer.data, "Preisspiegel.xlsx")
    assert [sheet.name for sheet in workbook.sheets] == ["Übersicht", "Los 1", "Los 2", "Rechenprüfung"]
    numbers = {row[0].text for row in workbook.sheet("Los 1").rows if row}
    assert {f"P-{n:03}" for n in range(1, POSITIONS + 1)} <= numbers
