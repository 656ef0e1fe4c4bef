"""One request, one transaction: good answers commit once, refusals leave nothing, repeated forms change nothing."""

import uuid

import pytest
import sqlalchemy as sa

from procurement.audit.models import AuditEntry
from procurement.core.db import db
from procurement.members.models import Member
from tests.factories import members as make

FIELDS = {"key": "05554004", "name": "Ahaus", "kind": "municipality", "population_basis": "own"}


@pytest.fixture
def officer_id(saved):
    with saved():
        return make.officer().id


def _count(app, model):
    with app.app_context():
        return db.session.scalar(sa.select(sa.func.count()).select_from(model))


def test_a_good_answer_saves_the_change_and_its_audit_entry_together(app, browser, officer_id):
    before = _count(app, AuditEntry)
    assert browser(officer_id).post("/members/new", FIELDS).status_code == 303
    assert _count(app, Member) == 1
    assert _count(app, AuditEntry) == before + 1


def test_a_refused_form_keeps_the_input_and_saves_nothing(app, browser, officer_id):
    window = browser(officer_id)
    window.post("/members/new", FIELDS)
    before = _count(app, AuditEntry)
    answer = window.post("/members/new", {**FIELDS, "name": "Ahaus noch einmal"})
    assert answer.status_code == 422
    assert "Ein Mitglied mit dem Schlüssel 05554004 gibt es bereits." in answer.text
    assert 'value="Ahaus noch einmal"' in answer.text
    assert (_count(app, Member), _count(app, AuditEntry)) == (1, before)


def test_the_same_form_sent_twice_acts_once_and_leads_to_the_same_page(app, browser, officer_id):
    window, key = browser(officer_id), uuid.uuid4().hex
    first = window.post("/members/new", {**FIELDS, "idempotency_key": key})
    second = window.post("/members/new", {**FIELDS, "idempotency_key": key})
    assert (first.status_code, second.status_code) == (303, 303)
    assert first.location == second.location
    assert _count(app, Member) == 1
    assert "bereits ausgeführt" in window.get(second.location).text


def test_a_changing_form_without_its_key_is_refused(app, browser, officer_id):
    answer = browser(officer_id).client.post("/members/new", data=FIELDS)
    assert answer.status_code == 400
    assert "Vorgangsnummer" in answer.text
    assert _count(app, Member) == 0


def test_a_form_that_saw_an_older_state_is_answered_with_a_conflict(app, browser, officer_id):
    window = browser(officer_id)
    address = window.post("/members/new", FIELDS).location
    assert window.post(f"{address}/edit", {**FIELDS, "name": "Stadt Ahaus", "version": "1"}).status_code == 303
    late = window.post(f"{address}/edit", {**FIELDS, "name": "Ahaus (alt)", "version": "1"})
    assert late.status_code == 422
    assert "inzwischen von einer anderen Person geändert" in late.text
    assert 'value="Ahaus (alt)"' in late.text


def test_every_answer_carries_the_strict_security_headers(browser):
    answer = browser().get("/members/login")
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert "unsafe" not in answer.headers["Content-Security-Policy"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_form_without_the_csrf_token_is_refused(app, browser, officer_id):
    app.config["WTF_CSRF_ENABLED"] = True
    try:
        answer = browser(officer_id).post("/members/new", FIELDS)
    finally:
        app.config["WTF_CSRF_ENABLED"] = False
    assert answer.status_code == 400
    assert "Das Formular ist abgelaufen" in answer.text


def test_a_missing_thing_and_a_missing_page_look_the_same(browser, officer_id):
    window = browser(officer_id)
    thing, page = window.get("/members/999"), window.get("/nirgendwo")
    assert thing.status_code == page.status_code == 404
