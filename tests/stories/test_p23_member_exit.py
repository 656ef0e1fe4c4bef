"""P23: a member leaves with an effective date; open commitments are listed, future rounds are closed for it.

Weights by months, the end of call-off rights and the payment at leaving (Ablöse) belong to the contracts.
"""

from datetime import UTC, date, datetime

import pytest

from procurement.core.db import db
from procurement.core.errors import Refused
from procurement.core.mail import OutgoingMail
from procurement.demand import actions
from procurement.home import queries_member_exit
from procurement.members import actions_exit, queries
from procurement.members.membership import ExitEntry
from tests.factories import demand as ask
from tests.factories import members as make
from tests.factories import tenders

YEAR_END = ExitEntry(date(2027, 1, 1), "Kündigung vom 02.06.2026")


def deadline(day):
    return datetime(day.year, day.month, day.day, 11, 0, tzinfo=UTC)


def titles(member_id):
    return [commitment.in_words for commitment in queries_member_exit.open_commitments(member_id)]


def test_p23_rounds_whose_deadline_is_on_or_after_the_exit_are_closed_for_the_member(context):
    laer, ahaus, officer = make.member("Laer"), make.member("Ahaus"), make.officer()
    actions_exit.leave(laer, YEAR_END, by=officer)
    before = ask.round_with(["1.01"], deadline_at=deadline(date(2026, 12, 31)), officer=officer)
    actions.invite(before, [laer], by=officer)
    for day in (date(2027, 1, 1), date(2027, 3, 1)):
        later = ask.round_with(["1.01"], deadline_at=deadline(day), officer=officer)
        with pytest.raises(Refused, match=r"Laer ist zum 01.01.2027 ausgetreten") as refusal:
            actions.invite(later, [laer, ahaus], by=officer)
        assert len(refusal.value.objections) == 1
        actions.invite(later, [ahaus], by=officer)


def test_p23_the_page_of_invitations_does_not_offer_the_member(saved, browser):
    with saved():
        laer, officer = make.member("Laer"), make.officer()
        make.member("Ahaus")
        actions_exit.leave(laer, YEAR_END, by=officer)
        ask.round_with(["1.01"], deadline_at=deadline(date(2027, 1, 15)), officer=officer)
        officer_id = officer.id
    page = browser(officer_id).get("/demand/1/invite").text
    assert "Ahaus" in page
    assert "Laer" not in page


def test_p23_open_commitments_are_listed_from_the_open_demand_to_the_waiting_quantity(context):
    laer, officer = make.member("Laer"), make.officer()
    assert titles(laer.id) == []
    ask.closed_round([(laer, {"1.01": 5})], officer=officer)
    open_round = ask.round_with(["2.01"], [laer], officer=officer, title="Lizenzen")
    found = titles(laer.id)
    assert found[0].startswith(f"Bedarfsrunde {open_round.reference} Lizenzen (Offen, Frist Fr., 11.12.2026")
    assert found[1].endswith("(Mengen stehen fest, noch keine Ausschreibung)")
    assert len(found) == 2


def test_p23_planned_and_published_tenders_are_commitments_of_those_who_take_part(context):
    tender = tenders.published_tender()
    (member_id, *_) = [participant.member_id for participant in tender.participants]
    (line,) = [text for text in titles(member_id) if text.startswith("Ausschreibung")]
    assert "Veröffentlicht; " in line
    assert not [text for text in titles(make.member("Fremd").id) if text.startswith("Ausschreibung")]


def test_p23_the_office_sees_the_commitments_records_the_exit_and_everybody_of_the_office_is_told(saved, browser):
    with saved():
        laer, officer, other = make.member("Laer"), make.officer("Petra"), make.officer("Olaf")
        ask.round_with(["1.01"], [laer], officer=officer, title="Firewall")
        officer_id, addresses = officer.id, {officer.email, other.email}
    window = browser(officer_id)
    assert "Firewall" in window.get("/members/1/exit").text
    refused = window.post("/members/1/exit", {"left_on": "2026-11-22", "reason": "Kündigung", "version": "1"})
    assert (refused.status_code, "wirkt nicht zurück" in refused.text) == (422, True)
    answer = window.post("/members/1/exit", {"left_on": "2027-01-01", "reason": "Kündigung", "version": "1"})
    assert (answer.status_code, answer.location) == (303, "/members/1")
    page = window.get("/members/1").text
    assert "01.01.2027" in page
    assert "Offene Verpflichtungen: Bedarfsrunde" in page
    with saved():
        told = {mail.recipient for mail in db.session.query(OutgoingMail) if mail.subject.startswith("Austritt: Laer")}
        assert told == addresses
        assert queries.member(1).left_on == date(2027, 1, 1)


def test_p23_a_lead_cannot_open_the_page(saved, browser):
    with saved():
        lead_id = make.lead(make.member("Laer")).id
    assert browser(lead_id).get("/members/1/exit").status_code == 403
