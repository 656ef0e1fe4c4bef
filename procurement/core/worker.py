"""The worker process: looks for jobs every second, does what is periodic every minute, ends between two jobs.

It looks instead of being told, because SQLite cannot tell; looking at an empty table takes no lock.
"""

import logging
import signal
import threading
import time
from types import FrameType

from sqlalchemy.exc import SQLAlchemyError

from procurement.core import clock, jobs
from procurement.core.db import db

LOOK_EVERY_SECONDS = 1.0
PERIODIC_EVERY_SECONDS = 60.0

log = logging.getLogger(__name__)


def run_until_asked_to_end() -> None:
    """Work until SIGTERM or Ctrl+C; the job in hand is finished first."""
    asked = threading.Event()

    def ask(_number: int, _frame: FrameType | None) -> None:
        asked.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, ask)
    next_periodic = time.monotonic() + PERIODIC_EVERY_SECONDS
    while not asked.is_set():
        if time.monotonic() >= next_periodic:
            next_periodic = time.monotonic() + PERIODIC_EVERY_SECONDS
            _calmly(periodic=True)
        if not _calmly():
            asked.wait(LOOK_EVERY_SECONDS)


def _calmly(*, periodic: bool = False) -> int:
    """One step; a database that is away for a while does not end the worker."""
    try:
        if periodic:
            jobs.run_periodic(clock.now())
            return 0
        return jobs.run_pending(limit=1)
    except SQLAlchemyError as error:
        log.warning("the worker cannot reach its table of jobs: %s", error)
        return 0
    finally:
        db.session.remove()
