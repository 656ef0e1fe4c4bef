"""The calendar of the signed-in account: what it may see of rounds and tenders, and nothing else."""

from datetime import timedelta

import icalendar
import pytest

from procurement.core.db import db
from procurement.demand.models import DemandRound
from tests.factories import demand as ask
from tests.factories import members as make
from tests.factories import tenders as plan


@pytest.fixture
def people(saved):
    """An open round "Firewall" for Ahaus and a published tender "Netz" for Ahaus, Laer and a third; ids by name."""
    with saved():
        officer, ahaus, laer, borken = make.officer(), make.member("Ahaus"), make.member("Laer"), make.member("Borken")
        ask.round_with(["1.01"], [ahaus], officer=officer, title="Firewall")
        ask.round_with(["1.01"], [ahaus, laer], officer=officer, title="Entwurf", is_open=False)
        over = ask.closed_round([(ahaus, {"9.01": 1})], officer=officer)
        over.title = "Vorbei"
        tender = plan.published_tender(members=[ahaus, laer, make.member()], title="Netz")
        return {
            "officer": officer.id,
            "ahaus": make.lead(ahaus).id,
            "laer": make.lead(laer).id,
            "borken": make.lead(borken).id,
            "administrator": make.administrator().id,
            "tender": tender.id,
        }


def _titles(browser, account_id, address="/calendar.ics"):
    answer = browser(account_id).get(address)
    assert (answer.status_code, answer.mimetype) == (200, "text/calendar")
    events = icalendar.Calendar.from_ical(answer.data).walk("VEVENT")
    return sorted(f"{event['SUMMARY']} {event['DTSTART'].dt:%d.%m.%Y %H:%M}" for event in events)


def test_the_office_has_every_deadline_of_rounds_and_tenders(people, browser):
    assert _titles(browser, people["officer"]) == [
        "Angebotsfrist: Netz 28.12.2026 12:00",
        "Ende der Bindefrist: Netz 26.02.2027 00:00",
        "Frist Bedarfsrunde: Entwurf 11.12.2026 10:00",
        "Frist Bedarfsrunde: Firewall 11.12.2026 10:00",
        "Frist für Bieterfragen: Netz 21.12.2026 12:00",
    ]


def test_a_lead_has_the_deadlines_of_the_own_member_only(people, browser):
    assert _titles(browser, people["ahaus"]) == [
        "Angebotsfrist: Netz 28.12.2026 12:00",
        "Bedarf melden: Firewall 11.12.2026 10:00",
    ]
    assert _titles(browser, people["laer"]) == ["Angebotsfrist: Netz 28.12.2026 12:00"]
    assert _titles(browser, people["borken"]) == []


def test_an_administrator_without_rounds_and_tenders_has_an_empty_calendar(people, browser):
    assert _titles(browser, people["administrator"]) == []


def test_one_tender_has_its_own_calendar_for_those_who_see_it(people, browser):
    address = f"/calendar.ics?tender={people['tender']}"
    assert len(_titles(browser, people["officer"], address)) == 3
    assert _titles(browser, people["laer"], address) == ["Angebotsfrist: Netz 28.12.2026 12:00"]
    assert browser(people["borken"]).get(address).status_code == 404


def test_the_same_deadline_keeps_its_identity_when_it_moves(saved, browser):
    with saved():
        officer = make.officer()
        round_ = ask.round_with(["1.01"], [make.member()], officer=officer)
        officer_id, round_id = officer.id, round_.id
    window = browser(officer_id)
    before = icalendar.Calendar.from_ical(window.get(f"/demand/{round_id}/calendar.ics").data).walk("VEVENT")[0]
    with saved():
        db.session.get_one(DemandRound, round_id).deadline_at += timedelta(days=7)
    after = icalendar.Calendar.from_ical(window.get(f"/demand/{round_id}/calendar.ics").data).walk("VEVENT")[0]
    assert after["DTSTART"].dt - before["DTSTART"].dt == timedelta(days=7)
    assert before["UID"] == after["UID"] == f"demand-round-{round_id}-deadline@127.0.0.1"
