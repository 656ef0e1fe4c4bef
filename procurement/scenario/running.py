"""Running scenario files: into the database at hand, or into a temporary one that is thrown away."""

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from flask import Flask
from flask_migrate import upgrade

from procurement.config import Settings
from procurement.core.db import db, transaction
from procurement.scenario.load import load
from procurement.scenario.reading import read
from procurement.scenario.report import report

EXAMPLES = Path(__file__).parent / "examples"
DEMONSTRATION = tuple(
    EXAMPLES / f"{name}.yaml" for name in ("firewall", "licences", "examination", "panel", "lots", "standstill")
)
CHEAPEST_MEMORY_KIB = 64


def load_file(path: Path) -> None:
    """Run the file into the application's database in one transaction: a fault leaves nothing behind."""
    scenario = read(path)
    with transaction():
        load(scenario, path.parent)


def load_demonstration() -> None:
    """Run the files of the demonstration one after the other."""
    for path in DEMONSTRATION:
        load_file(path)


def try_file(path: Path, make_app: Callable[[Settings], Flask]) -> dict[str, Any]:
    """Run the file in a temporary database and return the report; nothing else is touched."""
    scenario = read(path)
    with tempfile.TemporaryDirectory(prefix="scenario-") as folder:
        settings = Settings(
            instance=Path(folder),
            secret_key="scenario",  # noqa: S106 - signs nothing that leaves this process
            database_url=f"sqlite:///{Path(folder) / 'scenario.sqlite3'}",
            password_memory_kib=CHEAPEST_MEMORY_KIB,
            password_iterations=1,
        )
        app = make_app(settings)
        with app.app_context():
            upgrade()
            with transaction():
                load(scenario, path.parent)
            found = report()
            db.session.remove()
            db.engine.dispose()
        return found
