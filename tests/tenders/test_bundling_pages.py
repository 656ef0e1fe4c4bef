"""The pages of bundling: suggestions decided, mergings undone, lines split, lots built, lineage for its readers."""

import pytest

from procurement.core.db import db
from procurement.demand import queries_totals
from procurement.members.models import Account
from procurement.tenders import actions_publication, queries
from procurement.tenders.models import Tender
from tests.factories import bundling as bundles
from tests.factories import members as make
from tests.factories import tenders
from tests.page_reading import text_of


class Case:
    """A planned tender with its officer, as ids."""

    def __init__(self, tender: Tender, officer_id: int) -> None:
        self.officer_id, self.url = officer_id, f"/tenders/{tender.id}"
        self.lines = {number: bundles.line(tender, number).id for number in bundles.numbers(tender)}


@pytest.fixture
def case(saved):
    with saved():
        officer = make.officer()
        return Case(bundles.planned(officer=officer), officer.id)


def test_wishes_stand_beside_lines_and_suggestions_come_as_cards(case, browser):
    page = browser(case.officer_id)
    shown = text_of(page.get(f"{case.url}/bundling"))
    assert "A1 SFP-Modul 10G: 6,5 Stück" in shown
    assert "Noch nichts zusammengeführt" in shown
    fragment = text_of(page.get(f"{case.url}/bundling/suggestions", headers={"HX-Request": "true"}))
    whole = text_of(page.get(f"{case.url}/bundling/suggestions"))
    for cards in (fragment, whole):
        assert "3 Wünsche meinen vermutlich dasselbe: " in cards
        assert "1 Pack = 10 Stück" in cards
    assert "<html" in whole
    assert "<html" not in fragment


def test_a_card_is_accepted_as_it_stands_and_undone(case, browser):
    page, into, packs = browser(case.officer_id), case.lines["A1"], case.lines["A2"]
    fields = {"line": packs, f"card{into}-factor_{packs}": "10", f"card{into}-reason": "Gleiches Modul"}
    accepted = page.post(f"{case.url}/bundling/cards/{into}", fields, follow_redirects=True)
    shown = text_of(accepted)
    assert "Die Positionen sind zusammengeführt." in shown
    assert "46,5" in shown
    assert "Gleiches Modul" in shown
    lineage = text_of(page.get(f"{case.url}/lines/{into}/lineage"))
    assert "Wessen 46,5 Stück sind das?" in lineage
    assert "SFP-Module 10G, 10er-Pack" in lineage
    assert "aus Position A2 zusammengeführt" in lineage
    undone = text_of(page.post(f"{case.url}/bundling/merges/1/undo", follow_redirects=True))
    assert "Position A2 steht wieder für sich." in undone
    assert page.post(f"{case.url}/bundling/merges/99/undo").status_code == 404


def test_a_refused_card_keeps_its_input(case, browser):
    page, into, packs = browser(case.officer_id), case.lines["A1"], case.lines["A2"]
    fields = {"line": packs, f"card{into}-factor_{packs}": "zehn", f"card{into}-reason": "Gleiches Modul"}
    refused = page.post(f"{case.url}/bundling/cards/{into}", fields)
    assert refused.status_code == 422
    assert "zum Beispiel 10 oder 1/12" in text_of(refused)
    assert 'value="zehn"' in text_of(refused)
    nothing = page.post(f"{case.url}/bundling/cards/{into}", {f"card{into}-reason": "x"})
    assert "Bitte mindestens eine Position auswählen." in text_of(nothing)


def test_a_declined_card_does_not_come_back(case, browser):
    page, into = browser(case.officer_id), case.lines["A1"]
    fields = {"line": [case.lines["A2"], case.lines["A3"]]}
    assert page.post(f"{case.url}/bundling/cards/{into}/decline", fields).status_code == 303
    cards = text_of(page.get(f"{case.url}/bundling/suggestions"))
    assert "SFP-Modul 10G</strong>" not in cards


def test_two_lines_are_merged_by_hand(case, browser):
    page = browser(case.officer_id)
    fields = {"line": case.lines["P2"], "into": case.lines["P1"], "factor": "12", "reason": ""}
    assert page.post(f"{case.url}/bundling/merge", fields).status_code == 422
    assert page.post(f"{case.url}/bundling/merge", fields | {"reason": "dasselbe"}).status_code == 303
    wrong = page.post(f"{case.url}/bundling/merge", fields | {"line": case.lines["A1"], "into": case.lines["A1"]})
    assert wrong.status_code == 422


def test_a_line_is_split_and_joined_again(case, browser):
    page, line = browser(case.officer_id), case.lines["P1"]
    form = text_of(page.get(f"{case.url}/lines/{line}/split"))
    assert "Position P1 teilen" in form
    share = form.split('name="share_')[1].split('"')[0]
    lot = form.split("<option")[1].split('value="')[1].split('"')[0]
    split = page.post(f"{case.url}/lines/{line}/split", {f"share_{share}": "1.920", "lot": lot}, follow_redirects=True)
    assert "Position P1/2 ist abgeteilt." in text_of(split)
    new = next(number for number in range(line, line + 20) if number not in case.lines.values())
    joined = page.post(f"{case.url}/lines/{new}/rejoin", follow_redirects=True)
    assert "Position P1 ist wieder eine." in text_of(joined)
    too_much = page.post(f"{case.url}/lines/{line}/split", {f"share_{share}": "5.000", "lot": lot})
    assert too_much.status_code == 422
    assert "höchstens 1.920" in text_of(too_much)


def test_lots_are_shown_before_they_are_built(case, browser):
    page = browser(case.officer_id)
    preview = text_of(page.get(f"{case.url}/lots/build?basis=category"))
    assert "So entstehen 3 Lose:" in preview
    version = preview.split('name="version" value="')[1].split('"')[0]
    wrong = page.post(f"{case.url}/lots/build", {"basis": "size", "limits": "viele", "version": version})
    assert "Grenzen aufsteigend" in text_of(wrong)
    built = page.post(f"{case.url}/lots/build", {"basis": "category", "version": version}, follow_redirects=True)
    assert "Die Lose sind neu gebildet." in text_of(built)
    assert "Software" in text_of(built)


def test_a_lead_follows_its_own_item_only_and_only_after_publication(saved, browser):
    with saved():
        officer = make.officer()
        make.officer()
        members = [make.member("Ahaus"), make.member("Borken")]
        lead_id = make.lead(members[0]).id
        tender = tenders.ready_tender((("Netz", (tenders.Wish("N-1", "Switch", (3, 4)),)),), members, officer=officer)
        items = {each.member_name: each.demand_item_id for each in queries_totals.frozen_items(tender.round)}
        officer_id, tender_id = officer.id, tender.id
    page = browser(lead_id)
    before = text_of(page.get(f"/tenders/items/{items['Ahaus']}"))
    assert "noch in keiner veröffentlichten Ausschreibung" in before
    assert page.get(f"/tenders/items/{items['Borken']}").status_code == 404
    assert page.get("/tenders/items/999").status_code == 404
    with saved():
        actions_publication.publish(queries.tender(tender_id), by=db.session.get(Account, officer_id))
    after = text_of(page.get(f"/tenders/items/{items['Ahaus']}", headers={"HX-Request": "true"}))
    assert "Position N-1 Switch: 3 Stück" in after
    assert "Zusammen 3 von 3 Stück." in after
    assert "Herkunft der Position" not in after
