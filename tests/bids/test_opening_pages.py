"""The opening through the pages: refusals stay on record although the request fails; two at once make one opening."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from types import SimpleNamespace

import pytest
import sqlalchemy as sa

from procurement.audit.events import Event
from procurement.audit.models import AuditEntry
from procurement.audit.queries import chain_flaws
from procurement.bids.models import BidOpening, BidPrice, SheetReading
from procurement.core.db import db
from procurement.tenders.kinds import TenderStage
from procurement.tenders.models import Tender
from tests.factories import bids as make_bids
from tests.factories import members as make
from tests.factories import tenders as make_tenders

PASSWORD = {"password": make.PASSWORD}


@pytest.fixture
def case(saved, hand):
    with saved():
        officers = [make.officer(name) for name in ("Ada", "Ben", "Eva")]
        tender = make_tenders.published_tender(officers=officers)
        make_bids.sealed_bid(tender, {"FW-1": "900", "FW-2": "40.50"})
        made = SimpleNamespace(
            tender=tender.id, first=officers[0].id, second=officers[1].id, third=officers[2].id,
            deadline=tender.bid_deadline_at,
        )  # fmt: skip
    hand.moment = made.deadline + timedelta(hours=1)
    return made


def start(window, case, fields=PASSWORD):
    return window.post(f"/bids/{case.tender}/opening", fields)


def complete(window, case, fields=PASSWORD):
    return window.post(f"/bids/{case.tender}/opening/completion", fields)


def refused_attempts() -> int:
    query = sa.select(sa.func.count()).select_from(AuditEntry)
    return db.session.scalar(query.filter_by(event=Event.OPENING_REFUSED.value))


def test_two_officers_open_one_after_the_other(browser, app, case):
    first, second = browser(case.first), browser(case.second)
    assert "Als erste Person freigeben" in first.get(f"/bids/{case.tender}").text
    assert start(first, case).status_code == 303
    waiting = first.get(f"/bids/{case.tender}").text
    assert "Sie haben bereits als erste Person freigegeben" in waiting
    assert "Angebote jetzt öffnen" in second.get(f"/bids/{case.tender}").text
    assert complete(second, case).status_code == 303
    page = second.get(f"/bids/{case.tender}").text
    assert "5.220,00" in page
    record = second.get(f"/bids/{case.tender}/opening/record").text
    assert all(name in record for name in ("Ada", "Ben", "unverändert"))
    with app.app_context():
        assert chain_flaws() == []


def test_an_attempt_before_the_deadline_fails_and_stays_on_record(browser, app, case, hand):
    hand.moment = case.deadline
    answer = start(browser(case.first), case)
    assert answer.status_code == 422
    assert "Vorher öffnet niemand die Angebote." in answer.text
    assert "Als erste Person freigeben" not in browser(case.first).get(f"/bids/{case.tender}").text
    with app.app_context():
        assert refused_attempts() == 1
        assert db.session.get(Tender, case.tender).stage is TenderStage.PUBLISHED


def test_a_wrong_password_fails_beside_the_field_and_stays_on_record(browser, app, case):
    answer = start(browser(case.first), case, {"password": "falsch"})
    assert answer.status_code == 422
    assert "Das Passwort passt nicht zu Ihrem Öffnungsschlüssel." in answer.text
    start(browser(case.first), case)
    assert complete(browser(case.second), case, {"password": "falsch"}).status_code == 422
    with app.app_context():
        assert refused_attempts() == 2
        assert db.session.scalars(sa.select(BidOpening)).one().second_at is None


def test_without_a_password_nothing_is_tried(browser, app, case):
    assert start(browser(case.first), case, {"password": ""}).status_code == 422
    assert complete(browser(case.first), case, {"password": ""}).status_code == 404
    with app.app_context():
        assert refused_attempts() == 0


def test_one_officer_cannot_be_both(browser, app, case):
    window = browser(case.first)
    start(window, case)
    assert complete(window, case).status_code == 422
    with app.app_context():
        assert refused_attempts() == 1
        assert db.session.scalar(sa.select(sa.func.count()).select_from(BidPrice)) == 0


def test_the_same_request_twice_opens_once(browser, app, case):
    start(browser(case.first), case)
    window = browser(case.second)
    fields = {**PASSWORD, "idempotency_key": "a-double-click-on-opening"}
    answers = [complete(window, case, fields) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [303, 303]
    with app.app_context():
        assert len(db.session.scalars(sa.select(SheetReading)).all()) == 1


def test_two_second_officers_at_the_same_moment_make_one_opening(browser, app, case):
    start(browser(case.first), case)
    windows = [browser(case.second), browser(case.third)]
    with ThreadPoolExecutor(2) as both:
        statuses = sorted(both.map(lambda window: complete(window, case).status_code, windows))
    assert statuses == [303, 422]
    with app.app_context():
        assert len(db.session.scalars(sa.select(SheetReading)).all()) == 1
        assert db.session.scalar(sa.select(sa.func.count()).select_from(BidPrice)) == 2
        assert chain_flaws() == []


def test_two_first_officers_at_the_same_moment_begin_one_opening(browser, app, case):
    windows = [browser(case.first), browser(case.second)]
    with ThreadPoolExecutor(2) as both:
        statuses = sorted(both.map(lambda window: start(window, case).status_code, windows))
    assert statuses == [303, 422]
    with app.app_context():
        assert len(db.session.scalars(sa.select(BidOpening)).all()) == 1


def test_no_bid_and_a_single_bid_are_pointed_out(browser, saved, case, hand):
    with saved():
        tender = db.session.get(Tender, case.tender)
        make_bids.opened(tender)
        empty = make_tenders.published_tender(officers=[make.officer()])
        hand.moment = empty.bid_deadline_at + timedelta(hours=1)
        make_bids.opened(empty)
        other = empty.id
    assert "Es liegt nur ein Angebot vor." in browser(case.first).get(f"/bids/{case.tender}").text
    assert "Es ist kein Angebot eingegangen." in browser(case.first).get(f"/bids/{other}").text
