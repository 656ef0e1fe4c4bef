"""Pages of announcements for every role, and what of the working group stands on a lead's start page."""

import pytest
import sqlalchemy as sa

from procurement.core.db import db
from procurement.core.mail import OutgoingMail
from procurement.members import queries as member_queries
from procurement.workgroup.models import Reading
from tests.factories import members as make
from tests.factories import workgroup


@pytest.fixture
def people(saved, browser):
    """A lead of Ahaus, one of Borken, an officer and an auditor, each in a browser."""
    with saved():
        ahaus, borken = make.member("Ahaus"), make.member("Borken")
        ids = {
            "ahaus": make.lead(ahaus, "Michael Terbrack").id,
            "borken": make.lead(borken, "Ulrike Nienhaus").id,
            "officer": make.officer("Jana Brinkmann").id,
            "auditor": make.auditor().id,
        }
        numbers = {"Ahaus": ahaus.id, "Borken": borken.id}
    return {name: browser(account_id) for name, account_id in ids.items()} | {"numbers": numbers}


def to_ahaus(people):
    fields = {"title": "Nur Ahaus", "text": "Zeile 1\r\nZeile 2", "audience": "chosen"}
    return people["officer"].post("/workgroup/announcements", fields | {"members": [people["numbers"]["Ahaus"]]})


def test_an_officer_publishes_and_sees_who_has_read(people):
    page = people["officer"].get("/workgroup/announcements").text
    assert "Mitteilung schreiben" in page
    fields = {"title": "Sitzung", "text": "Am Montag.", "audience": "all", "valid_until": "2026-12-01"}
    assert people["officer"].post("/workgroup/announcements", fields).location == "/workgroup/announcements/1"
    assert "0 von 2 Personen haben gelesen" in people["officer"].get("/workgroup/announcements/1").text
    assert people["ahaus"].post("/workgroup/announcements/1/read").status_code == 303
    page = people["officer"].get("/workgroup/announcements/1").text
    assert "1 von 2 Personen haben gelesen" in page
    assert "Eine Person erinnern" in page
    assert "Di., 01.12.2026" in page
    assert people["auditor"].get("/workgroup/announcements/1").status_code == 200
    assert "Wer hat gelesen?" not in people["ahaus"].get("/workgroup/announcements/1").text


def test_an_announcement_for_chosen_members_looks_like_none_to_others(people):
    assert to_ahaus(people).status_code == 303
    assert "Zeile 1\nZeile 2" in people["ahaus"].get("/workgroup/announcements/1").text
    there, nowhere = (people["borken"].get(f"/workgroup/announcements/{number}") for number in (1, 999))
    assert (there.status_code, there.data) == (nowhere.status_code, nowhere.data) == (404, there.data)
    assert people["borken"].post("/workgroup/announcements/1/read").status_code == 404
    for place in ("/workgroup/announcements", "/workgroup/", "/"):
        assert "Nur Ahaus" not in people["borken"].get(place).text


def test_a_refused_announcement_keeps_what_was_typed(people):
    fields = {"title": "", "text": "Viel\nText", "audience": "chosen"}
    answer = people["officer"].post("/workgroup/announcements", fields)
    assert answer.status_code == 422
    assert "Viel\nText" in answer.text
    assert "Bitte einen Titel eingeben." in answer.text
    assert "Bitte mindestens ein Mitglied wählen" in answer.text


def test_an_unread_announcement_stands_on_the_start_page_until_it_is_marked(saved, people):
    to_ahaus(people)
    assert "Nur Ahaus" in people["ahaus"].get("/").text
    assert "1 neu" in people["ahaus"].get("/workgroup/").text
    people["ahaus"].get("/workgroup/announcements/1")
    with saved():
        assert db.session.scalars(sa.select(Reading)).all() == []
    people["ahaus"].post("/workgroup/announcements/1/read")
    assert "Nur Ahaus" not in people["ahaus"].get("/").text
    assert "gelesen am Mo., 23.11.2026, 10:00 Uhr" in people["ahaus"].get("/workgroup/announcements").text


def test_a_proposal_without_an_answer_stands_on_the_start_page(saved, people):
    with saved():
        ahaus = member_queries.member(people["numbers"]["Ahaus"])
        workgroup.discussed(ahaus, "SOC-Dienst")
    assert "SOC-Dienst" in people["borken"].get("/").text
    stated = {"voice": people["numbers"]["Borken"], "stance": "none", "version": 0}
    people["borken"].post("/workgroup/proposals/1/interest", stated)
    assert "SOC-Dienst" not in people["borken"].get("/").text


def test_a_double_click_reminds_once(saved, people):
    to_ahaus(people)
    sent = {"version": 1, "idempotency_key": "reminder-of-today"}
    for _click in range(2):
        assert people["officer"].post("/workgroup/announcements/1/reminder", sent).status_code == 303
    with saved():
        subjects = db.session.scalars(sa.select(OutgoingMail.subject).order_by(OutgoingMail.id)).all()
    assert subjects == ["Neue Mitteilung: Nur Ahaus", "Erinnerung: Nur Ahaus"]
    assert people["officer"].post("/workgroup/announcements/1/reminder").status_code == 422


def test_a_withdrawn_announcement_stays_visible_with_its_reason(people):
    to_ahaus(people)
    place = "/workgroup/announcements/1/withdraw"
    assert people["officer"].post(place, {"version": 1}).status_code == 422
    assert people["officer"].post(place, {"version": 1, "reason": "Falscher Termin."}).status_code == 303
    page = people["ahaus"].get("/workgroup/announcements/1").text
    assert "Falscher Termin." in page
    assert "Zurückgezogen" in page
    assert "Als gelesen markieren" not in page
    assert "Nur Ahaus" not in people["ahaus"].get("/").text


@pytest.mark.parametrize("who", ["ahaus", "auditor"])
def test_only_the_office_publishes(people, who):
    assert people[who].get("/workgroup/announcements/new").status_code == 403
    assert people[who].post("/workgroup/announcements", {"title": "x", "text": "y"}).status_code == 403
