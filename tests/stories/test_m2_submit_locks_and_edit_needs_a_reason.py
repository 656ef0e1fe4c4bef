"""M2: submitting locks the item; an edit creates version 2 with a reason; both are visible in the history."""

import pytest

from tests.factories import demand as ask
from tests.factories import members as make


@pytest.fixture
def lead(saved, browser):
    """Laer's lead with a submitted demand of 5 pieces."""
    with saved():
        laer = make.member("Laer")
        round_ = ask.round_with([ask.article("1.01", "NGFW-Cluster")], [laer])
        account = make.lead(laer, "Lena Leitung")
        ask.submitted_demand(round_, laer, {"1.01": 5}, by=account)
        account_id = account.id
    return browser(account_id)


NEW = {"minimum-1": "6", "expected-1": "6", "maximum-1": "6", "note-1": ""}


def test_m2_a_submitted_item_is_locked(lead):
    assert 'name="expected-1"' not in lead.get("/demand/1/1").text
    assert "gesperrt" in lead.post("/demand/1/1", NEW).text
    assert lead.post("/demand/1/1/autosave", NEW | {"version": 3}).status_code == 422


def test_m2_an_edit_is_version_2_with_a_reason_and_both_stand_in_the_history(lead):
    assert "Bitte die Änderung begründen." in lead.post("/demand/1/1/reopen", {"reason": ""}).text
    lead.post("/demand/1/1/reopen", {"reason": "Feuerwache kommt hinzu"})
    lead.post("/demand/1/1", NEW)
    lead.post("/demand/1/1/submit")
    page = lead.get("/demand/1/1").text
    assert "<dt>Fassung</dt><dd>2</dd>" in page
    history = lead.get("/demand/1/1/articles/1/history").text
    assert "mindestens 5, erwartet 5, höchstens 5 Stück" in history
    assert "mindestens 6, erwartet 6, höchstens 6 Stück" in history
    assert history.count("Feuerwache kommt hinzu") == 2
    assert "Lena Leitung" in history
