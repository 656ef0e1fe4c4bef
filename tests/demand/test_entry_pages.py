"""Pages of a member's lead: cards, the grid, the check before submitting; never a figure of another member."""

from datetime import timedelta

import pytest

from procurement.demand import actions_answers, queries, queries_answers
from procurement.demand.models import Demand, DemandRound
from tests.factories import demand as ask
from tests.factories import members as make


@pytest.fixture
def lead(saved, browser):
    """The lead of Ahaus (member 1) in an open round 1 with two articles; Borken (member 2) is invited too."""
    with saved():
        ahaus, borken = make.member("Ahaus"), make.member("Borken")
        articles = [ask.article("1.01", "NGFW-Cluster", price="3800.00"), ask.article("1.02", "UTM-Lizenz", price=None)]
        ask.round_with(articles, [ahaus, borken], title="Firewall", officer=make.officer("Petra Beispiel"))
        account_id = make.lead(ahaus, "Ada Lovelace").id
    return browser(account_id)


def stored(saved):
    with saved():
        demand = queries.db.session.get(Demand, 1)
        items = queries_answers.entries_of(demand)
        return demand.state.label, {number: str(item.expected) for number, item in items.items()}


def grid(**cells):
    """Every cell of the grid as the page sends it; ``expected_1="5"`` fills one."""
    fields = {f"{column}-{article}": "" for article in (1, 2) for column in ("minimum", "expected", "maximum", "note")}
    return fields | {name.replace("_", "-"): value for name, value in cells.items()}


def test_a_card_shows_deadline_and_progress(saved, lead):
    lead.post("/demand/1/1", grid(expected_1="5"))
    page = lead.get("/demand/").text
    assert "Fr., 11.12.2026, 10:00 Uhr · noch 18 Tage" in page
    assert "1 von 2 Artikeln beantwortet" in page
    assert 'href="/demand/1/1"' in page
    assert lead.get("/demand/1").location == "/demand/1/1"


def test_a_draft_with_only_expected_quantities_is_saved_and_shown_again(saved, lead):
    answer = lead.post("/demand/1/1", grid(expected_1="1.200", note_1="Ersatz"))
    assert (answer.status_code, answer.location) == (303, "/demand/1/1")
    page = lead.get("/demand/1/1").text
    assert page.count('value="1.200"') == 3
    assert 'value="Ersatz"' in page
    assert "4.560.000\u00a0€" in page


def test_a_rejected_save_keeps_every_typed_value_with_messages_at_the_field(saved, lead):
    answer = lead.post(
        "/demand/1/1", grid(minimum_1="5", expected_1="5", maximum_1="3", expected_2="zwölf", note_2="eilt")
    )
    assert answer.status_code == 422
    assert all(f'value="{typed}"' in answer.text for typed in ("5", "3", "zwölf", "eilt"))
    assert 'href="#expected-2"' in answer.text
    refused = lead.post("/demand/1/1", grid(minimum_1="5", expected_1="5", maximum_1="3", expected_2="12"))
    assert 'id="maximum-1-error"' in refused.text
    assert refused.text.count("Die Höchstmenge für „NGFW-Cluster“ ist kleiner als die Mindestmenge.") == 2
    assert 'value="12"' in refused.text
    assert stored(saved) == ("Offen", {})


def test_cells_that_did_not_arrive_clear_nothing(saved, lead):
    lead.post("/demand/1/1", grid(expected_1="5", expected_2="7"))
    lead.post("/demand/1/1", {"minimum-1": "", "expected-1": "", "maximum-1": "", "note-1": ""})
    assert stored(saved) == ("Entwurf", {2: "7"})


def test_checking_shows_what_is_missing_and_submitting_locks(saved, lead):
    checked = lead.post("/demand/1/1", grid(expected_1="0", maximum_1="5", expected_2="2", review="yes"))
    assert checked.location == "/demand/1/1/review"
    page = lead.get("/demand/1/1/review").text
    assert "Erwartet sind 0." in page
    assert "Die Mengen von 2 Artikeln sind gesperrt." in page
    assert lead.post("/demand/1/1/submit").status_code == 303
    locked = lead.get("/demand/1/1").text
    assert "Eingereicht" in locked
    assert 'name="expected-1"' not in locked
    assert "gesperrt" in lead.post("/demand/1/1", grid(expected_1="9")).text
    assert stored(saved) == ("Eingereicht", {1: "0", 2: "2"})


def test_an_empty_demand_is_not_submitted_but_reported_as_none(saved, lead):
    assert "Kein Bedarf melden" in lead.get("/demand/1/1/review").text
    assert lead.post("/demand/1/1/submit").status_code == 422
    assert lead.post("/demand/1/1/nil").status_code == 303
    assert stored(saved) == ("Fehlanzeige", {})


def test_opening_again_asks_for_a_reason_and_shows_both_revisions(saved, lead):
    lead.post("/demand/1/1", grid(expected_1="5"))
    lead.post("/demand/1/1/submit")
    assert "Bitte die Änderung begründen." in lead.post("/demand/1/1/reopen", {"reason": ""}).text
    assert lead.post("/demand/1/1/reopen", {"reason": "Standort kommt hinzu"}).status_code == 303
    lead.post("/demand/1/1", grid(expected_1="6", minimum_1="6", maximum_1="6"))
    lead.post("/demand/1/1/submit")
    page = lead.get("/demand/1/1").text
    assert all(
        part in page for part in ("Begründung: Standort kommt hinzu", "Fassung: 1 → 2", "erwartet 5", "erwartet 6")
    )


def test_after_the_deadline_a_save_is_refused_with_a_contact_and_keeps_what_was_typed(saved, lead, hand):
    with saved():
        hand.moment = queries.db.session.get(DemandRound, 1).deadline_at + timedelta(seconds=1)
    answer = lead.post("/demand/1/1", grid(expected_1="77"))
    assert answer.status_code == 422
    assert "Bitte wenden Sie sich an die Vergabestelle (Petra Beispiel, " in answer.text
    assert 'value="77"' in answer.text
    assert 'name="expected-1"' not in lead.get("/demand/1/1").text
    assert stored(saved) == ("Offen", {})


def test_two_open_windows_do_not_overwrite_each_other(saved, lead):
    lead.post("/demand/1/1", grid(expected_1="5", version="1"))
    second = lead.post("/demand/1/1", grid(expected_1="8", version="1"))
    assert second.status_code == 422
    assert "Sie sahen Stand 1, gespeichert ist Stand 2 (Entwurf)" in second.text
    assert 'value="8"' in second.text
    assert stored(saved) == ("Entwurf", {1: "5"})
    assert 'name="version" value="2"' in second.text


def test_a_lead_sees_nothing_of_other_members(saved, lead):
    with saved():
        round_, borken = queries.db.session.get(DemandRound, 1), queries.db.session.get(make.Member, 2)
        ask.submitted_demand(round_, borken, {"1.01": 4711})
    for page in ("/demand/", "/demand/1/1", "/demand/1/1/review"):
        text = lead.get(page).text
        assert "Borken" not in text
        assert "4.711" not in text
    for foreign in ("/demand/1/2", "/demand/1/2/review", "/demand/1/articles", "/demand/1/articles/1", "/demand/2/1"):
        assert lead.get(foreign).status_code == 404
    for change in ("", "/submit", "/nil", "/reopen"):
        assert lead.post(f"/demand/1/2{change}", {"reason": "x"}).status_code == 404
    assert lead.get("/demand/new").status_code == 403


def test_the_last_round_s_figure_stands_beside_the_fields(saved, browser, hand):
    with saved():
        ahaus = make.member("Ahaus")
        ask.closed_round([(ahaus, {"1.01": 37})])
        hand.moment += timedelta(days=300)
        ask.round_with(["1.01"], [ahaus])
        account_id = make.lead(ahaus).id
    page = browser(account_id).get("/demand/2/1").text
    assert "Vorjahr übernehmen" in page
    assert ">37</td>" in page


def test_the_office_opens_a_demand_again_after_a_call(saved, lead, browser):
    with saved():
        actions_answers.submit(
            ask.draft(queries.db.session.get(DemandRound, 1), queries.db.session.get(make.Member, 1), {"1.01": 5}),
            by=make.lead(queries.db.session.get(make.Member, 1)),
        )
        office_id = make.officer().id
    office = browser(office_id)
    assert "Bedarf wieder öffnen" in office.get("/demand/1/1").text
    assert office.post("/demand/1/1/reopen", {"reason": "Anruf vom 24.11."}).status_code == 303
    assert office.post("/demand/1/1/submit").status_code == 403
    assert stored(saved) == ("Entwurf", {1: "5"})


def test_a_lead_without_any_round_is_told_what_will_come(saved, browser):
    with saved():
        account_id = make.lead(make.member()).id
    assert "Zurzeit ist nichts offen." in browser(account_id).get("/demand/").text
