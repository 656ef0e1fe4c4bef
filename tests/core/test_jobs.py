"""Jobs: asked for in the caller's transaction, run once, tried again, seen while they run."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
import sqlalchemy as sa

from procurement.core import jobs
from procurement.core.db import db
from procurement.core.errors import Refused
from procurement.core.job_table import Job, JobState
from procurement.members.models import Member
from tests.factories import members as make

seen = []


@pytest.fixture(autouse=True)
def _nothing_seen():
    seen.clear()


@jobs.handler("test:rename")
def rename(progress, member_id, name):
    db.session.get_one(Member, member_id).name = name
    return f"/members/{member_id}"


@jobs.handler("test:fail")
def fail(progress, member_id):
    rename(progress, member_id, "Halb geändert")
    db.session.flush()
    raise OSError("Der Drucker brennt.")


@jobs.handler("test:refuse")
def refuse(progress):
    raise Refused("Die Mappe gehört zu einer anderen Runde.")


@jobs.handler("test:count")
def count(progress, total, member_id=None):
    """Read, report each unit, change at the end; what another connection sees is kept."""
    if member_id:
        seen.append(db.session.get_one(Member, member_id).name)
    for done in range(1, total + 1):
        progress.report(done, total, "Zeilen gelesen")
        seen.append(_elsewhere())
    if member_id:
        db.session.get_one(Member, member_id).name = "Zuletzt"
        db.session.flush()
        progress.report(total, total, "Zeilen gespeichert")
        seen.append(_elsewhere())


def _elsewhere():
    """What a reader sees: another thread, so that it does not ask for the writer's lock."""
    query = sa.select(Job.done_units, Job.total_units, Job.message).filter_by(state=JobState.RUNNING)

    def look(engine):
        with engine.connect() as connection:
            return tuple(connection.execute(query).one())

    with ThreadPoolExecutor(1) as pool:
        return pool.submit(look, db.engine).result()


def _is_sqlite(app):
    with app.app_context():
        return db.engine.dialect.name == "sqlite"


def _jobs(app):
    with app.app_context():
        return list(db.session.scalars(sa.select(Job).order_by(Job.id)))


def _member(saved):
    with saved():
        return make.member(name="Ahaus").id


def _name(app, member_id):
    with app.app_context():
        return db.session.get_one(Member, member_id).name


def _run(app, **kwargs):
    with app.app_context():
        return jobs.run_pending(**kwargs)


def test_a_job_runs_once_and_leads_to_its_result(app, saved):
    member_id = _member(saved)
    with saved():
        jobs.enqueue("test:rename", member_id=member_id, name="Stadt Ahaus")
    assert (_run(app), _run(app)) == (1, 0)
    [job] = _jobs(app)
    assert (job.state, job.tries, job.result_url) == (JobState.DONE, 1, f"/members/{member_id}")
    assert _name(app, member_id) == "Stadt Ahaus"


def test_a_change_that_was_not_committed_leaves_no_job(app):
    with app.app_context():
        jobs.enqueue("test:refuse")
        db.session.rollback()
    assert _jobs(app) == []


def test_arguments_that_are_no_json_are_refused_at_once(context):
    with pytest.raises(TypeError):
        jobs.enqueue("test:count", total={1, 2})


def test_a_waiting_job_with_the_same_key_is_not_doubled_but_one_that_ended_comes_again(app, saved):
    for _again in range(2):
        with saved():
            jobs.enqueue("test:count", unique_key="round 1", total=1)
            jobs.enqueue("test:count", unique_key="round 2", total=1)
    assert len(_jobs(app)) == 2
    assert _run(app) == 2
    with saved():
        jobs.enqueue("test:count", unique_key="round 1", total=1)
    assert [job.state for job in _jobs(app)] == [JobState.DONE, JobState.DONE, JobState.QUEUED]


def test_a_job_for_later_waits_until_its_time(app, saved, hand):
    with saved():
        jobs.enqueue("test:count", run_at=hand.moment + timedelta(hours=1), total=1)
    assert _run(app) == 0
    hand.moment += timedelta(hours=1)
    assert _run(app) == 1


def test_no_more_jobs_are_run_than_asked_for(app, saved):
    with saved():
        for total in (1, 2, 3):
            jobs.enqueue("test:refuse", unique_key=str(total))
    assert [_run(app, limit=2), _run(app, limit=2)] == [2, 1]


def test_a_failed_job_changes_nothing_is_tried_three_times_and_keeps_its_error(app, saved, hand):
    member_id = _member(saved)
    with saved():
        jobs.enqueue("test:fail", member_id=member_id)
    tried = []
    for pause in (timedelta(0), timedelta(seconds=10), timedelta(minutes=1)):
        hand.moment += pause - timedelta(seconds=1)
        too_early = _run(app) if pause else 0
        hand.moment += timedelta(seconds=1)
        tried.append((too_early, _run(app), _jobs(app)[0].state))
    assert tried == [(0, 1, JobState.QUEUED), (0, 1, JobState.QUEUED), (0, 1, JobState.FAILED)]
    hand.moment += timedelta(days=1)
    assert _run(app) == 0
    assert "OSError: Der Drucker brennt." in _jobs(app)[0].last_error
    assert _name(app, member_id) == "Ahaus"


def test_a_refusal_is_for_the_person_who_asked_and_is_not_tried_again(app, saved):
    with saved():
        jobs.enqueue("test:refuse")
    _run(app)
    [job] = _jobs(app)
    assert (job.state, job.tries, job.message) == (JobState.FAILED, 1, "Die Mappe gehört zu einer anderen Runde.")


def test_a_job_of_an_unknown_kind_keeps_that_as_its_error(app, saved):
    with saved():
        jobs.enqueue("test:nobody")
    _run(app)
    assert "Für Vorgänge der Art test:nobody gibt es kein Programm." in _jobs(app)[0].last_error


def test_the_progress_is_seen_while_the_job_reads_and_its_change_only_at_the_end(app, saved):
    member_id = _member(saved)
    with saved():
        jobs.enqueue("test:count", total=3, member_id=member_id)
    _run(app)
    assert seen[:4] == ["Ahaus", (1, 3, "Zeilen gelesen"), (2, 3, "Zeilen gelesen"), (3, 3, "Zeilen gelesen")]
    # SQLite has one writer, and after its first change that is the job itself.
    assert seen[4] == ((3, 3, "Zeilen gelesen") if _is_sqlite(app) else (3, 3, "Zeilen gespeichert"))
    assert (_name(app, member_id), _jobs(app)[0].state) == ("Zuletzt", JobState.DONE)


def test_the_job_of_a_killed_worker_is_taken_over_after_its_lease(app, saved, hand):
    with saved():
        job = jobs.enqueue("test:count", total=1)
        job.state, job.worker, job.tries, job.lease_until = JobState.RUNNING, "gone", 1, hand.moment + jobs.LEASE
    assert _run(app) == 0
    hand.moment += jobs.LEASE + timedelta(seconds=1)
    assert _run(app) == 1
    assert [(job.state, job.tries) for job in _jobs(app)] == [(JobState.DONE, 2)]


def test_a_job_that_kills_its_worker_each_time_is_given_up(app, saved, hand):
    with saved():
        job = jobs.enqueue("test:count", total=1)
        job.state, job.worker, job.tries, job.lease_until = JobState.RUNNING, "gone", 3, hand.moment
    hand.moment += timedelta(seconds=1)
    assert _run(app) == 1
    [job] = _jobs(app)
    assert job.state is JobState.FAILED
    assert jobs.WORKER_GONE in job.last_error


def test_a_worker_that_lost_its_lease_changes_nothing(app, saved, monkeypatch):
    member_id = _member(saved)

    def slow(progress, member_id):
        with db.engine.begin() as connection:
            connection.execute(sa.update(Job).values(worker="the other one"))
        db.session.get_one(Member, member_id).name = "Zu spät"

    monkeypatch.setitem(jobs._handlers, "test:slow", slow)
    with saved():
        jobs.enqueue("test:slow", member_id=member_id)
    if _is_sqlite(app):  # the job itself holds the only write lock: give it back first
        monkeypatch.setitem(jobs._handlers, "test:slow", lambda p, member_id: (p.report(0, 1), slow(p, member_id))[1])
    _run(app)
    assert _name(app, member_id) == "Ahaus"
    assert _jobs(app)[0].worker == "the other one"


def test_an_interrupted_job_is_given_back_as_not_tried(app, saved, monkeypatch):
    def interrupted(progress):
        raise KeyboardInterrupt

    monkeypatch.setitem(jobs._handlers, "test:interrupted", interrupted)
    with saved():
        jobs.enqueue("test:interrupted")
    with pytest.raises(KeyboardInterrupt):
        _run(app)
    assert [(job.state, job.tries) for job in _jobs(app)] == [(JobState.QUEUED, 0)]


def test_three_workers_side_by_side_run_each_job_once(app, saved, monkeypatch):
    monkeypatch.setitem(jobs._handlers, "test:number", lambda _progress, number: seen.append(number))
    with saved():
        for number in range(12):
            jobs.enqueue("test:number", number=number)
    with ThreadPoolExecutor(3) as pool:
        counts = [asked.result() for asked in [pool.submit(_run, app) for _worker in range(3)]]
    assert sum(counts) == 12
    assert sorted(seen) == list(range(12))


def test_one_failing_periodic_function_stops_no_other(app, saved, hand, monkeypatch):
    member_id = _member(saved)

    def fails(now):
        raise OSError

    def renames(now):
        db.session.get_one(Member, member_id).name = f"um {now:%H:%M}"

    monkeypatch.setattr(jobs, "_periodic", [fails, renames])
    with app.app_context():
        jobs.run_periodic(hand.moment)
    assert _name(app, member_id) == "um 09:00"


def test_a_kind_has_one_handler():
    with pytest.raises(ValueError, match="two handlers"):
        jobs.handler("test:rename")(rename)
