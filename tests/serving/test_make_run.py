"""What ``make run`` promises: an address that answers, data that stay, a worker, one clear line for a taken port."""

import os
import re
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path

import pytest
import sqlalchemy as sa

from procurement import create_app
from procurement.config import Settings
from procurement.core.db import db, transaction
from procurement.core.job_table import Job, JobState
from procurement.core.mail import enqueue_mail

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 120  # seconds until the demonstration is loaded and the server answers, on a busy machine
PAUSE = 0.1


@pytest.fixture
def port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def started(instance: Path, port: int) -> subprocess.Popen[bytes]:
    """``make run`` in an instance folder and a group of processes of its own, as soon as it answers."""
    with printed(instance).open("w") as log:
        server = subprocess.Popen(
            [ROOT / ".ci/serve"], env=environment(instance, port), stdout=log, stderr=log, start_new_session=True
        )
    until_it_answers(server, port)
    return server


def printed(instance: Path) -> Path:
    """Where everything goes that the server prints."""
    return instance.with_suffix(".log")


@contextmanager
def running(instance: Path, port: int) -> Iterator[str]:
    """The server, stopped at the end; gives what was printed before serving."""
    server = started(instance, port)
    try:
        yield printed(instance).read_text(encoding="utf-8")
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(PATIENCE)


def until(condition: Callable[[], bool], what: str) -> None:
    """Look again and again until it is so."""
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline, what
        time.sleep(PAUSE)


def is_empty(group: int) -> bool:
    """Whether no process of the group is left."""
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return True
    return False


def gunicorn_of(server: subprocess.Popen[bytes]) -> int:
    """The first process that ``make run`` has started: the web server."""
    return int(Path(f"/proc/{server.pid}/task/{server.pid}/children").read_text(encoding="ascii").split()[0])


def environment(instance: Path, port: int | str) -> dict[str, str]:
    own = {"PROCUREMENT_INSTANCE": str(instance), "PORT": str(port)}
    return {name: value for name, value in os.environ.items() if not name.startswith("PROCUREMENT_")} | own


def until_it_answers(server: subprocess.Popen[bytes], port: int) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        assert server.poll() is None, "the server ended by itself"
        try:
            assert status_of(port, "/members/login") == 200
        except ConnectionError:
            time.sleep(PAUSE)
        else:
            return
    pytest.fail("the server never answered")


def status_of(port: int, path: str) -> int:
    connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    try:
        connection.request("GET", path)
        return connection.getresponse().status
    finally:
        connection.close()


def refusal(instance: Path, port: int | str) -> str:
    """What a start that must fail says, on both outputs."""
    own = environment(instance, port)
    tried = subprocess.run([ROOT / ".ci/serve"], check=False, env=own, capture_output=True, text=True)
    assert tried.returncode != 0
    return (tried.stdout + tried.stderr).strip()


def test_it_starts_says_where_keeps_its_data_and_refuses_a_taken_port(tmp_path, port):
    instance = tmp_path / "instance"
    with running(instance, port) as printed:
        assert f"http://127.0.0.1:{port} " in printed
        assert re.fullmatch(rf"Port {port} ist schon belegt\. Bitte .*: make run PORT=8001", refusal(instance, port))
    kept = {path.name: path.read_bytes() for path in instance.glob("secret*")}
    with running(instance, port) as printed:
        assert f"http://127.0.0.1:{port} " in printed
    assert kept == {path.name: path.read_bytes() for path in instance.glob("secret*")} != {}


@pytest.fixture
def instance(tmp_path) -> Path:
    """An instance folder of a real installation, which starts empty and therefore quickly."""
    folder = tmp_path / "instance"
    folder.mkdir()
    (folder / "settings.toml").write_text("demonstration = false\n", encoding="utf-8")
    return folder


def test_a_worker_runs_beside_the_server_and_does_the_jobs(instance, port):
    with running(instance, port):
        app = create_app(Settings(instance, "x" * 64, f"sqlite:///{instance / 'procurement.sqlite3'}"))
        with app.app_context(), transaction():
            enqueue_mail("it@ahaus.example", "Erinnerung", "Bitte melden Sie Ihren Bedarf.")
        with app.app_context():
            until(lambda: _state_of_last_job() is JobState.DONE, "the worker did not do its job")
            db.engine.dispose()


def _state_of_last_job() -> JobState | None:
    db.session.rollback()
    return db.session.scalar(sa.select(Job.state).order_by(Job.id.desc()).limit(1))


@pytest.mark.parametrize("how", ["Ctrl+C", "SIGTERM", "the server ends by itself"])
def test_server_and_worker_end_together(instance, port, how):
    server = started(instance, port)
    if how == "Ctrl+C":
        os.killpg(server.pid, signal.SIGINT)
    elif how == "SIGTERM":
        server.send_signal(signal.SIGTERM)
    else:
        os.kill(gunicorn_of(server), signal.SIGKILL)
    ended_well = server.wait(PATIENCE) == 0
    assert ended_well == (how != "the server ends by itself")
    until(lambda: is_empty(server.pid), "a process is left")
    assert "Traceback" not in printed(instance).read_text(encoding="utf-8")


@pytest.mark.parametrize("unusable", ["abc", "0", "65536", "-1", "80.5"])
def test_something_that_is_no_port_is_refused_in_one_line(tmp_path, unusable):
    said = refusal(tmp_path / "instance", unusable)
    assert re.fullmatch(rf"PORT={unusable} ist kein Port\..*", said)
    assert not (tmp_path / "instance").exists()
