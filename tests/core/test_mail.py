"""Mails: written with the change they tell of, delivered by the worker to a real server in a process of its own."""

import email
import email.policy
import socket
import subprocess
import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from procurement.core import jobs, mail
from procurement.core.db import db
from procurement.core.job_table import Job, JobState
from procurement.core.mail import OutgoingMail, enqueue_mail
from tests.mail_server import BUSY, REFUSED

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def server(tmp_path_factory):
    """A running mail server: its port and the folder in which it keeps what it took."""
    folder, port = tmp_path_factory.mktemp("mails"), _free_port()
    command = [sys.executable, "-m", "tests.mail_server", str(port), str(folder)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout.readline() == "listening\n"
        yield port, folder
        process.terminate()


def _free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _set_up(app, monkeypatch, port):
    monkeypatch.setitem(
        app.extensions,
        "settings",
        replace(
            app.extensions["settings"],
            smtp_host="127.0.0.1",
            smtp_port=port,
            smtp_starttls=False,
            mail_sender="einkauf@kaaw.example",
        ),
    )


@pytest.fixture
def delivered(app, server, monkeypatch):
    """Mail is set up; gives a function that reads the mails the server has taken."""
    port, folder = server
    for kept in folder.iterdir():
        kept.unlink()
    _set_up(app, monkeypatch, port)
    policy = email.policy.default
    return lambda: [email.message_from_bytes(kept.read_bytes(), policy=policy) for kept in sorted(folder.iterdir())]


def _work(app):
    with app.app_context():
        return jobs.run_pending()


def _a_minute_later(app, hand, **time):
    hand.moment += timedelta(**time)
    with app.app_context():
        jobs.run_periodic(hand.moment)
        return jobs.run_pending()


def _mails(app):
    with app.app_context():
        return list(db.session.scalars(sa.select(OutgoingMail).order_by(OutgoingMail.id)))


def test_a_mail_arrives_with_its_words_and_leaves_no_text_behind(app, saved, delivered):
    with saved():
        enqueue_mail("it@ahaus.example", "Erinnerung: Bedarf für „Übergänge“", "Guten Tag,\n\nbitte bis Freitag.\n")
    assert _mails(app)[0].sent_at is None
    _work(app)
    [message] = delivered()
    assert (message["To"], message["From"]) == ("it@ahaus.example", "einkauf@kaaw.example")
    assert message["Subject"] == "Erinnerung: Bedarf für „Übergänge“"
    assert message.get_content().splitlines() == ["Guten Tag,", "", "bitte bis Freitag."]
    assert message["Auto-Submitted"] == "auto-generated"
    [sent] = _mails(app)
    assert (sent.sent_at is not None, sent.text, sent.last_error) == (True, "", "")


def test_a_mail_is_sent_once_however_often_the_worker_looks(app, saved, delivered, hand):
    with saved():
        enqueue_mail("it@ahaus.example", "Einmal", "Text")
    _work(app)
    _a_minute_later(app, hand, minutes=1)
    assert len(delivered()) == 1


def test_a_mail_of_a_change_that_was_undone_is_never_sent(app, delivered):
    with app.app_context():
        enqueue_mail("it@ahaus.example", "Nie", "Text")
        db.session.rollback()
    assert _work(app) == 0
    assert delivered() == []


@pytest.mark.parametrize(
    "to", ["it@ahaus.example\r\nBcc: presse@example.org", "a@ahaus.example, b@presse.example", "x"]
)
def test_what_is_no_single_address_reaches_nobody(app, saved, delivered, to):
    with saved():
        enqueue_mail(to, "Frist", "Text")
    _work(app)
    assert delivered() == []
    assert _mails(app)[0].last_error == "Das ist keine E-Mail-Adresse."


def test_a_line_break_in_the_subject_makes_no_second_header(app, saved, delivered):
    with saved():
        enqueue_mail("it@ahaus.example", "Frist\r\nBcc: presse@example.org", "Text")
    _work(app)
    [message] = delivered()
    assert (message["Subject"], message["Bcc"]) == ("Frist Bcc: presse@example.org", None)
    assert message.get_all("X-Envelope-To") == ["it@ahaus.example"]


def test_an_address_the_server_refuses_is_given_up_with_its_answer_and_stops_no_other_mail(app, saved, delivered):
    with saved():
        enqueue_mail(REFUSED, "Eins", "Text")
        enqueue_mail("it@borken.example", "Zwei", "Text")
    _work(app)
    assert [message["Subject"] for message in delivered()] == ["Zwei"]
    refused, _sent = _mails(app)
    assert refused.given_up_at is not None
    assert refused.last_error == "Der Mailserver nimmt die Adresse nicht an: 550 Postfach unbekannt"


def test_a_server_that_is_busy_is_asked_again_after_a_minute_then_after_five(app, saved, delivered, hand):
    with saved():
        enqueue_mail(BUSY, "Später", "Text")
    _work(app)
    tries = [_mails(app)[0].tries]
    for minutes in (1, 4, 1):
        _a_minute_later(app, hand, minutes=minutes)
        tries.append(_mails(app)[0].tries)
    assert tries == [1, 2, 2, 3]
    assert _mails(app)[0].last_error == "Der Mailserver nimmt die Adresse nicht an: 451 Bitte später wiederholen"


def test_without_any_server_the_mail_waits_with_the_error_and_is_given_up_at_last(app, saved, hand, monkeypatch):
    port = _free_port()
    _set_up(app, monkeypatch, port)
    with saved():
        enqueue_mail("it@ahaus.example", "Niemand da", "Text")
    _work(app)
    assert f"Der Mailserver 127.0.0.1:{port} ist nicht erreichbar" in _mails(app)[0].last_error
    for _again in range(6):
        _a_minute_later(app, hand, hours=12)
    [given_up] = _mails(app)
    assert (given_up.tries, given_up.given_up_at) == (7, hand.moment)


def test_a_mail_that_was_given_up_can_be_tried_again(app, saved, delivered, hand):
    with saved():
        enqueue_mail(BUSY, "Doch noch", "Text")
    for _again in range(7):
        _a_minute_later(app, hand, hours=12)
    with saved():
        stuck = db.session.scalar(sa.select(OutgoingMail))
        assert stuck.given_up_at is not None
        stuck.recipient = "it@ahaus.example"
        mail.retry(stuck)
    _work(app)
    assert [message["Subject"] for message in delivered()] == ["Doch noch"]


def test_before_mail_is_set_up_everything_waits_and_leaves_when_it_is(app, saved, server, monkeypatch, hand, request):
    with saved():
        enqueue_mail("it@ahaus.example", "Wartet", "Text")
    _work(app)
    _a_minute_later(app, hand, hours=2)
    [waiting] = _mails(app)
    assert (waiting.tries, waiting.last_error, waiting.sent_at) == (0, "", None)
    taken = request.getfixturevalue("delivered")
    _a_minute_later(app, hand, minutes=1)
    assert [message["Subject"] for message in taken()] == ["Wartet"]


def test_no_job_of_a_mail_fails_because_of_its_server(app, saved, delivered):
    with saved():
        enqueue_mail(REFUSED, "Eins", "Text")
        enqueue_mail("", "Zwei", "Text")
    _work(app)
    with app.app_context():
        assert set(db.session.scalars(sa.select(Job.state))) == {JobState.DONE}
