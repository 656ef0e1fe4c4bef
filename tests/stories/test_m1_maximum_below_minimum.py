"""M1: an item with a maximum below its minimum is refused at its field; sums of others are not visible to me."""

import pytest

from tests.factories import demand as ask
from tests.factories import members as make


@pytest.fixture
def lead(saved, browser):
    """Laer's lead in an open round in which Velen has reported 4.711 pieces."""
    with saved():
        laer, velen = make.member("Laer"), make.member("Velen")
        round_ = ask.round_with([ask.article("1.01", "NGFW-Cluster")], [laer, velen])
        ask.submitted_demand(round_, velen, {"1.01": 4711})
        account_id = make.lead(laer).id
    return browser(account_id)


WRONG = {"minimum-1": "5", "expected-1": "5", "maximum-1": "3", "note-1": "Ersatz"}
SENTENCE = "Die Höchstmenge für „NGFW-Cluster“ ist kleiner als die Mindestmenge."


def test_m1_saving_a_maximum_below_the_minimum_is_refused_with_a_message_at_the_field(lead):
    answer = lead.post("/demand/1/1", WRONG)
    assert answer.status_code == 422
    assert 'id="maximum-1-error"' in answer.text
    assert SENTENCE in answer.text
    assert 'value="Ersatz"' in answer.text
    assert 'value="5"' not in lead.get("/demand/1/1").text


def test_m1_saving_as_you_go_names_the_same_field(lead):
    told = lead.post("/demand/1/1/autosave", WRONG | {"version": 1}).get_json()
    assert told["fields"] == {"maximum-1": [SENTENCE]}
    assert 'value="5"' not in lead.get("/demand/1/1").text


def test_m1_what_others_need_is_nowhere_to_be_seen(lead):
    pages = ("/", "/demand/", "/demand/1/1", "/demand/1/1/review", "/demand/1/1/articles/1/history")
    texts = [lead.get(page).text for page in pages]
    assert not [text for text in texts if "4.711" in text or "Velen" in text]
    assert lead.get("/demand/1/articles/1").status_code == 404
