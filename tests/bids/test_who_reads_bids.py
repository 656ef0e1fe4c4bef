"""Who may read what: before the opening nobody anything but receipts, afterwards officers, and auditors on record."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
import sqlalchemy as sa

from procurement.audit.events import Event
from procurement.audit.models import AuditEntry
from procurement.core.db import db
from tests.factories import bids as make_bids
from tests.factories import members as make
from tests.factories import tenders as make_tenders

PRICES = {"Geheim & Söhne": {"FW-1": "8123.45", "FW-2": "40.50"}}
PRICE = "8.123,45"


def people_and_tender(opened: bool) -> SimpleNamespace:
    member = make.member()
    made = SimpleNamespace(
        officer=make.officer("Ada").id,
        second=make.officer("Ben").id,
        auditor=make.auditor().id,
        lead=make.lead(member).id,
        administrator=make.administrator().id,
    )
    tender = make_tenders.published_tender(members=[member, make.member(), make.member()])
    if opened:
        bid = make_bids.opened_bids(tender, PRICES)[0]
    else:
        bid = make_bids.sealed_bid(tender, PRICES["Geheim & Söhne"], "Geheim & Söhne")
    made.tender, made.bid, made.lot, made.file = tender.id, bid.id, tender.lots[0].id, bid.files[0].id
    made.deadline = tender.bid_deadline_at
    return made


@pytest.fixture
def sealed(saved):
    with saved():
        return people_and_tender(opened=False)


@pytest.fixture
def opened(saved, hand):
    with saved():
        made = people_and_tender(opened=True)
    hand.moment = made.deadline + timedelta(hours=2)
    return made


def content_pages(case) -> list[str]:
    return [
        f"/bids/{case.tender}/opening/record",
        f"/bids/{case.tender}/comparison",
        f"/bids/{case.tender}/comparison.xlsx",
        f"/bids/file/{case.file}",
    ]


def all_pages(case) -> list[str]:
    own = [f"/bids/{case.tender}", f"/bids/bid/{case.bid}", f"/bids/price-sheet/{case.lot}"]
    return [*own, *content_pages(case), "/bids/bidders", f"/bids/{case.tender}/receipt"]


def changing(case) -> list[str]:
    verbs = ("withdrawal", "exclusion", "excuse", "price-sheet")
    return [
        f"/bids/{case.tender}/receipt",
        f"/bids/{case.tender}/opening",
        f"/bids/{case.tender}/opening/completion",
        *(f"/bids/bid/{case.bid}/{verb}" for verb in verbs),
    ]


@pytest.mark.parametrize("when", ["sealed", "opened"])
@pytest.mark.parametrize("who", ["lead", "administrator"])
def test_leads_and_administrators_get_nowhere(request, browser, when, who):
    case = request.getfixturevalue(when)
    window = browser(getattr(case, who))
    assert {url: window.get(url).status_code for url in all_pages(case)} == dict.fromkeys(all_pages(case), 403)
    assert {url: window.post(url).status_code for url in changing(case)} == dict.fromkeys(changing(case), 403)


def test_somebody_not_signed_in_gets_nowhere(browser, opened):
    assert {browser().get(url).status_code for url in all_pages(opened)} == {302}


@pytest.mark.parametrize("who", ["officer", "second", "auditor"])
def test_before_the_opening_nobody_reads_any_content(browser, sealed, hand, who):
    window = browser(getattr(sealed, who))
    for moment in (hand.moment, sealed.deadline + timedelta(hours=1)):
        hand.moment = moment
        assert {url: window.get(url).status_code for url in content_pages(sealed)} == dict.fromkeys(
            content_pages(sealed), 404
        )
        assert PRICE not in window.get(f"/bids/{sealed.tender}").text


def test_before_the_opening_officers_see_receipts_with_names_and_auditors_without(browser, sealed):
    for_officers = browser(sealed.officer).get(f"/bids/{sealed.tender}").text
    assert "Geheim &amp; Söhne" in for_officers
    assert "Eingangsbestätigung" in browser(sealed.officer).get(f"/bids/bid/{sealed.bid}").text
    for_auditors = browser(sealed.auditor).get(f"/bids/{sealed.tender}").text
    assert "Geheim" not in for_auditors
    assert "Angebot 1" in for_auditors
    assert browser(sealed.auditor).get(f"/bids/bid/{sealed.bid}").status_code == 404


def test_half_open_is_still_closed(browser, saved, sealed, hand):
    hand.moment = sealed.deadline + timedelta(hours=1)
    answer = browser(sealed.officer).post(f"/bids/{sealed.tender}/opening", {"password": make.PASSWORD})
    assert answer.status_code == 303
    for who in (sealed.officer, sealed.second, sealed.auditor):
        assert {browser(who).get(url).status_code for url in content_pages(sealed)} == {404}


def test_after_the_opening_officers_read_everything(browser, opened):
    window = browser(opened.officer)
    assert {url: window.get(url).status_code for url in all_pages(opened)} == dict.fromkeys(all_pages(opened), 200)
    assert PRICE in window.get(f"/bids/bid/{opened.bid}").text


def test_unknown_and_foreign_things_look_alike(browser, opened):
    window = browser(opened.officer)
    missing = {window.get(url).status_code for url in ("/bids/999", "/bids/bid/999", "/bids/file/999")}
    assert missing == {404}
    assert window.get("/bids/price-sheet/999").status_code == 404
    assert window.get(f"/bids/bid/{opened.bid}?lot=7").status_code == 404


# ------------------------------------------------------------------------------------------------ auditors


def readings() -> int:
    query = sa.select(sa.func.count()).select_from(AuditEntry)
    return db.session.scalar(query.filter_by(event=Event.BID_READ_BY_AUDITOR.value))


def test_an_auditor_reads_only_after_the_reading_was_recorded_that_day(browser, app, opened, hand):
    window = browser(opened.auditor)
    for url in (*content_pages(opened), f"/bids/{opened.tender}", f"/bids/bid/{opened.bid}"):
        answer = window.get(url)
        assert "Angebote einsehen (wird protokolliert)" in answer.text
        assert PRICE not in answer.text
        assert "Geheim" not in answer.text
    with app.app_context():
        assert readings() == 0
    assert window.post(f"/bids/{opened.tender}/reading").status_code == 303
    assert PRICE in window.get(f"/bids/bid/{opened.bid}").text
    assert {window.get(url).status_code for url in content_pages(opened)} == {200}
    with app.app_context():
        assert readings() == 1
    hand.moment += timedelta(days=1)
    assert "wird protokolliert" in window.get(f"/bids/{opened.tender}").text


def test_the_reading_of_one_auditor_does_not_count_for_another(browser, saved, opened):
    browser(opened.auditor).post(f"/bids/{opened.tender}/reading")
    with saved():
        other = make.auditor().id
    assert "wird protokolliert" in browser(other).get(f"/bids/{opened.tender}").text


def test_auditors_change_nothing(browser, opened):
    window = browser(opened.auditor)
    window.post(f"/bids/{opened.tender}/reading")
    assert {url: window.post(url).status_code for url in changing(opened)} == dict.fromkeys(changing(opened), 403)
    assert "Entscheidungen der Vergabestelle" not in window.get(f"/bids/bid/{opened.bid}").text


def test_before_the_opening_there_is_nothing_to_record(browser, sealed):
    answer = browser(sealed.auditor).post(f"/bids/{sealed.tender}/reading")
    assert answer.status_code == 422
