"""The public page behind a department's link, and the lead's page of links and sums."""

import re
from datetime import timedelta

import pytest

from procurement.core.db import db
from procurement.core.mail import OutgoingMail
from procurement.demand import actions_answers, queries_answers
from procurement.demand.models import Demand
from procurement.members.models import Account
from tests.factories import demand as ask
from tests.factories import members as make
from tests.page_reading import seen_on

PAGE = "/demand/1/1/departments"
BUILDING = {
    "department": "Bauamt", "name": "Berta Bau", "email": "berta@laer.example", "until": "2026-12-04T12:00",
}  # fmt: skip


@pytest.fixture
def lead(saved, browser):
    """The lead (account 2) of Laer (member 1) in an open round 1 with two articles; Ahaus (member 2) needs 77."""
    with saved():
        laer, ahaus = make.member("Laer"), make.member("Ahaus")
        articles = [ask.article("1.01", "NGFW-Cluster", price="3800.00"), ask.article("1.02", "UTM-Lizenz")]
        round_ = ask.round_with(articles, [laer, ahaus], title="Firewall", officer=make.officer("Petra Beispiel"))
        lead_id = make.lead(laer, "Lena Leitung").id
        ask.draft(round_, ahaus, {"1.01": 77})
    return browser(lead_id)


def link_in(text):
    return re.search(r"/demand/departments/[\w-]{43}", text).group()


def figures(expected, **others):
    fields = {f"{column}-{number}": "" for number in (1, 2) for column in ("minimum", "expected", "maximum", "note")}
    return fields | {"expected-1": expected} | others


def test_the_link_is_shown_once_and_mailed(lead, saved):
    answer = lead.post(PAGE, BUILDING)
    link = link_in(answer.text)
    assert answer.status_code == 200
    with saved():
        mail = db.session.query(OutgoingMail).filter_by(recipient="berta@laer.example").one()
        assert link in mail.text
    assert "/demand/departments/" not in lead.get(PAGE).text
    assert "Berta Bau" in lead.get(PAGE).text


def test_asking_twice_by_a_double_click_asks_once(lead, saved):
    fields = BUILDING | {"idempotency_key": "double-click"}
    assert lead.post(PAGE, fields, headers={"Referer": PAGE}).status_code == 200
    assert lead.post(PAGE, fields, headers={"Referer": PAGE}).status_code == 303
    with saved():
        assert db.session.query(OutgoingMail).filter_by(recipient="berta@laer.example").count() == 1


def test_a_colleague_without_an_account_sees_the_articles_and_nothing_of_others(lead, browser):
    page = browser().get(link_in(lead.post(PAGE, BUILDING).text))
    assert page.status_code == 200
    assert "NGFW-Cluster" in seen_on(page)
    assert "Lena Leitung" in seen_on(page)
    for hidden in ("3.800", "Ahaus", "Petra Beispiel", "Bedarfsrunden"):
        assert hidden not in page.text
    assert "77" not in seen_on(page)
    assert 'value="77"' not in page.text
    assert page.headers["Referrer-Policy"] == "strict-origin"
    assert "noindex" in page.headers["X-Robots-Tag"]
    assert page.headers["Cache-Control"] == "no-store"


def test_the_colleague_saves_and_corrects_and_the_lead_takes_the_sum_over(lead, browser, saved):
    link = link_in(lead.post(PAGE, BUILDING).text)
    berta = browser()
    assert berta.post(link, figures("12", **{"note-1": "Ersatz"})).status_code == 303
    assert 'value="12"' in berta.get(link).text
    page = lead.get(PAGE).text
    assert "Bauamt 12" in page
    assert "Bauamt: Ersatz" in page
    with saved():
        version = db.session.get(Demand, 1).version
    assert lead.post(f"{PAGE}/take-over", {"everything": "yes", "version": str(version)}).status_code == 303
    berta.post(link, figures("15"))
    assert "Summe hat sich geändert: 12 → 15" in lead.get(PAGE).text
    assert "Summe hat sich geändert: 12 → 15" in lead.get("/demand/1/1").text
    with saved():
        items = queries_answers.entries_of(db.session.get(Demand, 1))
        assert {number: str(item.expected) for number, item in items.items()} == {1: "12"}


def test_wrong_input_comes_back_with_its_message_and_stays_typed(lead, browser):
    answer = browser().post(link_in(lead.post(PAGE, BUILDING).text), figures("zwölf", **{"note-2": "eilt"}))
    assert answer.status_code == 422
    assert 'value="zwölf"' in answer.text
    assert 'value="eilt"' in answer.text
    assert answer.headers["Referrer-Policy"] == "strict-origin"


def test_details_of_the_members_item_cannot_be_written_through_the_link(lead, browser, saved):
    link = link_in(lead.post(PAGE, BUILDING).text)
    browser().post(link, figures("12", **{"site-1": "Rathaus", "budget_account-1": "123"}))
    assert "Rathaus" not in browser().get(link).text
    with saved():
        assert queries_answers.entries_of(db.session.get(Demand, 1)) == {}


def test_after_the_lead_has_submitted_the_colleague_reads_only(lead, browser, saved):
    link = link_in(lead.post(PAGE, BUILDING).text)
    berta = browser()
    berta.post(link, figures("12"))
    with saved():
        demand, lena = db.session.get(Demand, 1), db.session.get(Account, 2)
        actions_answers.save_draft(demand, ask.entries(demand.round, {"1.01": 12}), by=lena)
        actions_answers.submit(demand, by=lena)
    page = berta.get(link).text
    assert "lassen sich nicht mehr ändern" in page
    assert "<input" not in page.partition("<main")[2]
    assert berta.post(link, figures("13")).status_code == 422


def test_wrong_expired_and_revoked_links_answer_alike(lead, browser, hand):
    link = link_in(lead.post(PAGE, BUILDING).text)
    window = browser()
    unknown = window.get("/demand/departments/" + "x" * 43)
    lead.post(f"{PAGE}/1/revoke")
    revoked = window.get(link)
    other = link_in(lead.post(PAGE, BUILDING | {"department": "Schulamt"}).text)
    hand.moment += timedelta(days=12)
    expired = window.get(other)
    assert [page.status_code for page in (unknown, revoked, expired)] == [404, 404, 404]
    assert unknown.data == revoked.data == expired.data
    assert window.post(link, figures("1")).status_code == 404


def test_a_reminder_shows_a_new_link(lead, browser):
    old = link_in(lead.post(PAGE, BUILDING).text)
    new = link_in(lead.post(f"{PAGE}/1/remind").text)
    assert new != old
    assert (browser().get(old).status_code, browser().get(new).status_code) == (404, 200)


def test_only_the_own_lead_opens_the_page(lead, browser, saved):
    with saved():
        stranger, officer = make.lead(make.member("Velen")).id, make.officer().id
    assert browser(stranger).get(PAGE).status_code == 404
    assert browser(officer).get(PAGE).status_code == 403
    assert lead.get("/demand/1/2/departments").status_code == 404


def test_choosing_nothing_takes_nothing_over(lead):
    assert lead.post(f"{PAGE}/take-over").status_code == 422
