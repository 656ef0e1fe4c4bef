"""Signing in: the right password opens a server-side session, guessing is slowed down, ending a session ends it."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from procurement.core.db import db
from procurement.members.models import LoginSession
from tests.factories import members as make


def _sign_in(browser, email, password=make.PASSWORD):
    return browser.post("/members/login", {"email": email, "password": password})


@pytest.fixture
def ada(saved):
    with saved():
        return make.account(name="Ada Lovelace", email="ada@kaaw.example").email


def test_the_right_password_leads_to_the_start_page(browser, ada):
    window = browser()
    answer = _sign_in(window, "  ADA@kaaw.example ")
    assert (answer.status_code, answer.location) == (303, "/")
    assert "Ada Lovelace" in window.get("/").text


def test_without_signing_in_every_page_leads_to_the_sign_in_page(browser, app):
    answer = browser().get("/audit/")
    assert answer.status_code == 302
    assert answer.location.startswith("/members/login")


def test_a_wrong_password_and_an_unknown_address_get_the_same_answer(browser, ada):
    wrong = _sign_in(browser(), ada, "falsches-kennwort-1")
    unknown = _sign_in(browser(), "niemand@kaaw.example", "falsches-kennwort-1")
    assert wrong.status_code == unknown.status_code == 422
    assert "E-Mail-Adresse oder Kennwort stimmt nicht." in wrong.text
    assert "E-Mail-Adresse oder Kennwort stimmt nicht." in unknown.text


def test_after_five_failures_even_the_right_password_waits_fifteen_minutes(browser, ada, hand):
    for _ in range(5):
        assert _sign_in(browser(), ada, "falsches-kennwort-1").status_code == 422
    assert _sign_in(browser(), ada).status_code == 429
    hand.moment += timedelta(minutes=16)
    assert _sign_in(browser(), ada).status_code == 303


def test_signing_out_ends_the_session_on_the_server(browser, ada, app):
    window = browser()
    _sign_in(window, ada)
    with window.client.session_transaction() as cookie:
        stolen = dict(cookie)
    window.post("/members/logout")
    with window.client.session_transaction() as cookie:
        cookie.update(stolen)
    assert window.get("/").status_code == 302
    with app.app_context():
        assert db.session.scalars(sa.select(LoginSession.ended_at)).one() is not None


def test_signing_in_starts_a_new_session_and_forgets_what_the_cookie_held(browser, ada):
    window = browser()
    with window.client.session_transaction() as cookie:
        cookie["planted"] = "by an attacker"
    _sign_in(window, ada)
    with window.client.session_transaction() as cookie:
        assert "planted" not in cookie


def test_a_session_ends_by_itself_after_ten_hours(browser, ada, hand):
    window = browser()
    _sign_in(window, ada)
    hand.moment += timedelta(hours=10, seconds=1)
    assert window.get("/").status_code == 302


@pytest.mark.parametrize(
    "wanted", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"]
)
def test_after_signing_in_nobody_is_sent_to_another_site(browser, ada, wanted):
    window = browser()
    answer = window.post(f"/members/login?next={wanted}", {"email": ada, "password": make.PASSWORD})
    assert answer.location == "/"
