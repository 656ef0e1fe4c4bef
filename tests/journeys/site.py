"""A site that really runs: the application behind a web server and its worker, with a clock whose hand a journey moves.

SQLite only: what differs between the engines is tested below the pages, and a browser would not see it.
"""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import timedelta
from threading import Event, Lock, Thread
from typing import Any, Self

from flask import Flask
from werkzeug.serving import WSGIRequestHandler, make_server

from procurement.core import jobs
from procurement.core.db import transaction
from tests.conftest import FixedClock


@dataclass
class Site:
    """Where the application answers; ``hand`` is the hand of its clock."""

    app: Flask
    url: str
    hand: FixedClock

    def saved(self) -> AbstractContextManager[None]:
        """Things made inside ``with site.saved():`` are there for every browser."""

        @contextmanager
        def _saved() -> Iterator[None]:
            with self.app.app_context(), transaction():
                yield

        return _saved()

    def wait(self, **time: int) -> None:
        """Let time pass: ``site.wait(days=3)``."""
        self.hand.moment += timedelta(**time)


class Worker:
    """Does the jobs of the site in a thread, as ``flask work`` does them; ``pause`` while the database is replaced."""

    LOOK_EVERY_SECONDS = 0.2

    def __init__(self, app: Flask) -> None:
        self._app, self._ended, self.pause = app, Event(), Lock()
        self._thread = Thread(target=self._work, name="worker")

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_failure: object) -> None:
        self._ended.set()
        self._thread.join()

    def _work(self) -> None:
        while not self._ended.wait(self.LOOK_EVERY_SECONDS):
            with self.pause, self._app.app_context():
                jobs.run_pending()


class SilentHandler(WSGIRequestHandler):
    """Answers without a line per request in the test's output."""

    def log(self, type: str, message: str, *args: Any) -> None:  # noqa: A002 - the name is the library's
        return


@contextmanager
def serving(app: Flask) -> Iterator[str]:
    """The address of a threaded server on a free port; it ends with the block."""
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=SilentHandler)
    thread = Thread(target=server.serve_forever, name="site")
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
