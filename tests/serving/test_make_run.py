"""What ``make run`` promises: an address that answers, data that stay, and one clear line when the port is taken."""

import os
import re
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 120  # seconds until the demonstration is loaded and the server answers, on a busy machine
PAUSE = 0.1


@pytest.fixture
def port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running(instance: Path, port: int) -> Iterator[str]:
    """The server in an instance folder of its own, stopped at the end; gives what was printed before serving."""
    printed = instance.with_suffix(".log")
    with printed.open("w") as log:
        server = subprocess.Popen([ROOT / ".ci/serve"], env=environment(instance, port), stdout=log, stderr=log)
    try:
        until_it_answers(server, port)
        yield printed.read_text(encoding="utf-8")
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(PATIENCE)


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


@pytest.mark.parametrize("unusable", ["abc", "0", "65536", "-1", "80.5"])
def test_something_that_is_no_port_is_refused_in_one_line(tmp_path, unusable):
    said = refusal(tmp_path / "instance", unusable)
    assert re.fullmatch(rf"PORT={unusable} ist kein Port\..*", said)
    assert not (tmp_path / "instance").exists()
