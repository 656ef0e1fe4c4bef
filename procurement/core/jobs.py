"""Durable jobs in the application's own database: asked for in the caller's transaction, run by ``flask work``.

A job exists only if the change it belongs to was committed, and its result and its state "done" are one transaction.
Whoever runs it holds a lease; a worker that was killed loses the job to the next one. No broker: one table works on
SQLite and PostgreSQL alike, and no queue library enqueues inside our transaction on both.

A handler is one writing transaction, like a POST request. SQLite has one writer, so a long handler reads first, calls
``progress.report``, computes, and changes something only at its end: as long as nothing was changed, reporting ends
the transaction (which gives SQLite's lock back and lets loaded objects be read anew) and writes the progress through a
connection of its own. After the first change the progress of SQLite stands still until the job is done, because the
handler itself holds the lock; PostgreSQL goes on showing it.
"""

import json
import logging
import re
import traceback
import uuid
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from flask import has_request_context
from flask_login import current_user
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import OperationalError

from procurement.core import clock
from procurement.core.db import db, transaction, writing
from procurement.core.errors import ProcurementError
from procurement.core.job_table import IS_QUEUED, Job, JobState

Handler = Callable[..., str | None]
Periodic = Callable[[datetime], None]

LEASE = timedelta(minutes=15)
TRIES = 3
PAUSES = (timedelta(seconds=10), timedelta(minutes=1), timedelta(minutes=5))
WORKER_GONE = "Der Arbeitsprozess wurde beim Bearbeiten beendet."
READS_ONLY = re.compile(r"\s*(SELECT|PRAGMA)\b(?!.*\bFOR (UPDATE|NO KEY|SHARE|KEY))", re.IGNORECASE | re.DOTALL)

log = logging.getLogger(__name__)
_handlers: dict[str, Handler] = {}
_periodic: list[Periodic] = []


class LeaseLost(Exception):
    """Another worker took the job over; what this one did is rolled back."""


def handler(kind: str) -> Callable[[Handler], Handler]:
    """Register what runs jobs of a kind (``feature:verb``); it takes the progress and the arguments of the job.

    What it returns, if anything, is the local address of the result. A :class:`ProcurementError` it raises is for the
    person who asked and ends the job; any other failure is tried again, three times in all.
    """

    def _register(run: Handler) -> Handler:
        if kind in _handlers:
            raise ValueError(f"two handlers for jobs of the kind {kind!r}")
        _handlers[kind] = run
        return run

    return _register


def periodic(run: Periodic) -> Periodic:
    """Register what happens about every minute; it takes the present moment and may safely run twice."""
    _periodic.append(run)
    return run


def enqueue(
    kind: str,
    *,
    unique_key: str | None = None,
    run_at: datetime | None = None,
    owner_id: int | None = None,
    **args: Any,
) -> Job:
    """Ask for a job in the caller's transaction; ``args`` must be JSON, and the job waits until ``run_at``.

    With a ``unique_key`` a job that still waits under this key is returned instead of a second one. The owner is the
    signed-in account unless named; only the owner and administrators see the job's page.
    """
    now = clock.now()
    wanted = {
        "kind": kind,
        "args": json.loads(json.dumps(args)),
        "unique_key": unique_key,
        "account_id": owner_id or _signed_in(),
        "state": JobState.QUEUED,
        "created_at": now,
        "run_at": run_at or now,
    }
    if unique_key is None:
        job = Job(**wanted)
        db.session.add(job)
        db.session.flush()
        return job
    while True:
        insert = postgresql.insert if db.engine.dialect.name == "postgresql" else sqlite.insert
        once = insert(Job).values(wanted)
        db.session.execute(once.on_conflict_do_nothing(index_elements=["unique_key"], index_where=IS_QUEUED))
        # The shared lock keeps a worker from starting it before the caller's change is committed.
        waiting = sa.select(Job).filter_by(unique_key=unique_key, state=JobState.QUEUED).with_for_update(read=True)
        found = db.session.scalar(waiting.execution_options(populate_existing=True))
        if found is not None:
            return found


def _signed_in() -> int | None:
    return current_user.id if has_request_context() and current_user.is_authenticated else None


def retry(job: Job) -> Job:
    """Let a failed job be run again, as if it had just been asked for."""
    job.state, job.run_at, job.tries, job.finished_at = JobState.QUEUED, clock.now(), 0, None
    db.session.flush()
    return job


class Progress:
    """How a handler tells how far it is."""

    def __init__(self, job_id: int, worker: str) -> None:
        self._job_id, self._worker = job_id, worker
        self._shown: tuple[int, int, str] = (-1, -1, "")

    def report(self, done: int, total: int, message: str = "") -> None:
        """Show ``done`` of ``total`` units; written only when the percentage or the message changes.

        Before the handler's first change this ends its transaction (see the module); a locked database is ignored.
        """
        shown = (done * 100 // total if total else 0, total, message)
        if shown == self._shown:
            return
        self._shown = shown
        is_changed = _has_changes()
        if not is_changed:
            db.session.rollback()
        elif db.engine.dialect.name == "sqlite":
            return
        self._write(done, total, message)

    def _write(self, done: int, total: int, message: str) -> None:
        now = clock.now()
        row = sa.update(Job).where(Job.id == self._job_id, Job.worker == self._worker)
        values = {"done_units": done, "total_units": total, "message": message[:500], "lease_until": now + LEASE}
        try:
            with db.engine.begin() as connection:
                connection.execute(row.values(values))
        except OperationalError as error:
            log.info("progress of job %s not written: %s", self._job_id, error)


@sa.event.listens_for(Engine, "begin")
def _nothing_changed_yet(connection: Connection) -> None:
    connection.info["has_changes"] = False


@sa.event.listens_for(Engine, "before_cursor_execute")
def _note_change(connection: Connection, _cursor: Any, statement: str, *_rest: Any) -> None:
    """Anything but plain reading counts as a change, locks too: in doubt a transaction is kept."""
    if not connection.info.get("has_changes") and not READS_ONLY.match(statement):
        connection.info["has_changes"] = True


def _has_changes() -> bool:
    """Whether the running transaction would lose something by being ended."""
    session = db.session()
    if session.new or session.dirty or session.deleted:
        return True
    return session.in_transaction() and bool(session.connection().info.get("has_changes"))


def run_pending(limit: int | None = None) -> int:
    """Run what is due now, at most ``limit`` jobs; return how many were run, whether they succeeded or not.

    For the worker, commands and tests, never inside a request: what the caller has open is committed first.
    """
    db.session.commit()
    worker, count = uuid.uuid4().hex, 0
    while limit is None or count < limit:
        claimed = _claim(worker)
        if claimed is None:
            break
        _run(claimed, worker)
        count += 1
    return count


def run_periodic(now: datetime) -> None:
    """Run everything that happens about every minute, each in its own transaction; one failure stops no other."""
    for run in _periodic:
        try:
            with transaction():
                run(now)
        except Exception:
            log.exception("periodic %s failed", run.__qualname__)


def _claim(worker: str) -> int | None:
    """Take the next due job; only looking first, so that an idle worker never asks for SQLite's write lock."""
    now = clock.now()
    is_due = sa.or_(
        sa.and_(Job.state == JobState.QUEUED, Job.run_at <= now),
        sa.and_(Job.state == JobState.RUNNING, Job.lease_until < now),
    )
    is_any = db.session.scalar(sa.select(sa.exists().where(is_due)))
    db.session.rollback()
    if not is_any:
        return None
    with transaction():
        query = sa.select(Job).where(is_due).order_by(Job.run_at, Job.id).limit(1).with_for_update(skip_locked=True)
        job = db.session.scalar(query)
        if job is None:
            return None
        job.state, job.worker, job.tries, job.lease_until = JobState.RUNNING, worker, job.tries + 1, now + LEASE
        job.started_at, job.done_units, job.total_units, job.message = now, 0, 0, ""
        return job.id


def _run(job_id: int, worker: str) -> None:
    """Run one claimed job; its result and "done" are committed together, or its error is kept."""
    with writing():
        try:
            _work(job_id, worker)
            db.session.commit()
        except LeaseLost:
            db.session.rollback()
            log.warning("job %s was taken over by another worker", job_id)
        except Exception as error:
            db.session.rollback()
            log.warning("job %s failed", job_id, exc_info=error)
            _keep_failure(job_id, worker, error)
            db.session.commit()
        except BaseException:
            db.session.rollback()
            _release(job_id, worker)
            db.session.commit()
            raise


def _work(job_id: int, worker: str) -> None:
    job = db.session.get_one(Job, job_id)
    if job.tries > TRIES:
        raise RuntimeError(WORKER_GONE)
    if job.kind not in _handlers:
        raise LookupError(f"Für Vorgänge der Art {job.kind} gibt es kein Programm.")
    result = _handlers[job.kind](Progress(job_id, worker), **job.args)
    ended = {"state": JobState.DONE, "finished_at": clock.now(), "lease_until": None, "result_url": result or ""}
    _change(job_id, worker, {**ended, "last_error": ""})


def _keep_failure(job_id: int, worker: str, error: Exception) -> None:
    """Queue the job again after a growing pause, or let it fail for good; the error is kept either way."""
    job = db.session.get_one(Job, job_id)
    now, tries = clock.now(), job.tries
    kept = {"lease_until": None, "last_error": "".join(traceback.format_exception(error))[-4000:]}
    if isinstance(error, ProcurementError):
        final = {"state": JobState.FAILED, "finished_at": now, "message": error.message[:500]}
    elif tries >= TRIES:
        final = {"state": JobState.FAILED, "finished_at": now}
    else:
        final = {"state": JobState.QUEUED, "run_at": now + PAUSES[tries - 1]}
        if _same_key_waits(job):
            final = {"state": JobState.FAILED, "finished_at": now}
    try:
        _change(job_id, worker, kept | final)
    except LeaseLost:
        log.warning("job %s was taken over by another worker", job_id)


def _same_key_waits(job: Job) -> bool:
    """Whether the same work waits already under the same key, so that this try need not come again."""
    if job.unique_key is None:
        return False
    query = sa.select(sa.exists().where(Job.unique_key == job.unique_key, Job.state == JobState.QUEUED))
    return bool(db.session.scalar(query))


def _release(job_id: int, worker: str) -> None:
    """Give an interrupted job back at once; it counts as not tried."""
    job = db.session.get(Job, job_id)
    if job is not None and job.worker == worker and not _same_key_waits(job):
        _change(job_id, worker, {"state": JobState.QUEUED, "lease_until": None, "tries": job.tries - 1})


def _change(job_id: int, worker: str, values: dict[str, Any]) -> None:
    row = sa.update(Job).where(Job.id == job_id, Job.worker == worker, Job.state == JobState.RUNNING)
    changed: Any = db.session.execute(row.values(values), execution_options={"synchronize_session": False})
    if not changed.rowcount:
        raise LeaseLost
    db.session.expire_all()
