"""The worker process: does what is due, and ends between two jobs when it is asked to."""

import os
import signal

import pytest

from procurement.core import jobs, worker
from procurement.core.db import db
from procurement.core.job_table import Job, JobState


@jobs.handler("test:worker:end")
def end(progress):
    os.kill(os.getpid(), signal.SIGTERM)


@pytest.fixture
def _own_signals():
    kept = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}
    yield
    for number, before in kept.items():
        signal.signal(number, before)


def _states(app):
    with app.app_context():
        return list(db.session.scalars(db.select(Job.state).order_by(Job.id)))


@pytest.mark.usefixtures("_own_signals")
def test_asked_to_end_it_finishes_the_job_in_hand_and_starts_no_other(app, saved):
    with saved():
        jobs.enqueue("test:worker:end")
        jobs.enqueue("test:worker:end")
    with app.app_context():
        worker.run_until_asked_to_end()
    assert _states(app) == [JobState.DONE, JobState.QUEUED]


@pytest.mark.usefixtures("_own_signals")
def test_what_is_periodic_happens_beside_the_jobs(app, saved, monkeypatch):
    seen = []
    monkeypatch.setattr(jobs, "_periodic", [seen.append])
    monkeypatch.setattr(worker, "PERIODIC_EVERY_SECONDS", 0)
    with saved():
        jobs.enqueue("test:worker:end")
    with app.app_context():
        worker.run_until_asked_to_end()
    assert seen


@pytest.mark.usefixtures("_own_signals")
def test_a_database_that_is_away_for_a_moment_does_not_end_the_worker(app, saved, monkeypatch):
    tried = []
    run_pending = jobs.run_pending

    def away_at_first(limit=None):
        tried.append(limit)
        if len(tried) == 1:
            raise db.exc.OperationalError("SELECT", {}, OSError("server away"))
        return run_pending(limit)

    monkeypatch.setattr(jobs, "run_pending", away_at_first)
    monkeypatch.setattr(worker, "LOOK_EVERY_SECONDS", 0)
    with saved():
        jobs.enqueue("test:worker:end")
    with app.app_context():
        worker.run_until_asked_to_end()
    assert (len(tried), _states(app)) == (2, [JobState.DONE])


def test_once_does_what_is_due_now_and_returns(app, saved, hand, monkeypatch):
    seen = []
    monkeypatch.setattr(jobs, "_periodic", [seen.append])
    with saved():
        jobs.enqueue("core:mail", mail_id=1)
    with app.app_context():
        answer = app.test_cli_runner().invoke(args=["work", "--once"])
    assert (answer.exit_code, seen) == (0, [hand.moment])
    assert _states(app) == [JobState.QUEUED]  # there is no such mail: its error is kept and it is tried again
