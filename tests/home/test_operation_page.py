"""What the administrator sees of operation: the outbox and failed jobs, each of which can be tried again."""

import pytest
import sqlalchemy as sa

from procurement.audit.models import AuditEntry
from procurement.core import jobs
from procurement.core.db import db
from procurement.core.job_table import Job, JobState
from procurement.core.mail import OutgoingMail, enqueue_mail
from tests.factories import members as make


@jobs.handler("test:operation:fail")
def fail(progress):
    raise ZeroDivisionError("geteilt durch nichts")


@pytest.fixture
def administrator(saved, browser):
    with saved():
        account_id = make.administrator().id
    return browser(account_id)


def test_an_empty_outbox_says_that_mail_is_not_set_up(administrator):
    page = administrator.get("/operation").text
    assert "Der Versand von E-Mails ist nicht eingerichtet." in page
    assert "es wurde noch keine E-Mail geschrieben" in page
    assert "Es läuft kein Vorgang, und keiner ist gescheitert." in page


def test_the_outbox_shows_what_waits_what_failed_and_what_was_sent_but_no_text(saved, administrator, hand):
    with saved():
        enqueue_mail("wartet@ahaus.example", "Erinnerung", "https://geheim.example/token")
        given_up = enqueue_mail("nie@ahaus.example", "Einladung", "Text")
        given_up.given_up_at, given_up.last_error = hand.moment, "550 Postfach unbekannt"
        enqueue_mail("da@ahaus.example", "Einladung", "Text").sent_at = hand.moment
    page = administrator.get("/operation").text
    for words in ("wartet@ahaus.example", "nie@ahaus.example", "550 Postfach unbekannt", "da@ahaus.example"):
        assert words in page
    assert "geheim" not in page


def test_a_mail_that_was_given_up_is_tried_again_on_demand_and_on_record(saved, administrator, hand):
    with saved():
        stuck = enqueue_mail("nie@ahaus.example", "Einladung", "Text")
        stuck.given_up_at, mail_id = hand.moment, stuck.id
    assert administrator.post(f"/operation/mails/{mail_id}/retry").location == "/operation"
    with saved():
        assert db.session.get_one(OutgoingMail, mail_id).given_up_at is None
        last = db.session.scalars(sa.select(AuditEntry).order_by(AuditEntry.number.desc())).first()
        assert (last.event, last.subject_label) == ("home:mail:retry", "E-Mail an nie@ahaus.example: Einladung")


def test_a_mail_that_was_sent_cannot_be_sent_again(saved, administrator, hand):
    with saved():
        sent = enqueue_mail("da@ahaus.example", "Einladung", "Text")
        sent.sent_at, mail_id = hand.moment, sent.id
    assert administrator.post(f"/operation/mails/{mail_id}/retry").status_code == 404


def test_a_failed_job_shows_its_error_and_runs_again_on_demand(app, saved, administrator):
    with saved():
        job = jobs.enqueue("test:operation:fail")
        job.tries = 2  # this one is its third try
        job_id = job.id
    with app.app_context():
        jobs.run_pending()
    assert "ZeroDivisionError: geteilt durch nichts" in administrator.get("/operation").text
    assert administrator.post(f"/operation/jobs/{job_id}/retry").location == "/operation"
    with saved():
        job = db.session.get_one(Job, job_id)
        assert (job.state, job.tries) == (JobState.QUEUED, 0)


def test_the_start_page_of_the_administrator_counts_the_outbox(saved, administrator):
    with saved():
        enqueue_mail("wartet@ahaus.example", "Erinnerung", "Text")
    page = administrator.get("/").text
    assert "E-Mails im Postausgang" in page
    assert 'href="/operation"' in page
