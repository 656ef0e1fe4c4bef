"""``python -m bench``: measure every case, print one JSON line per case and a table, fail above a ceiling."""

import json
import platform
import sqlite3
import sys
import tempfile
import tomllib
from importlib.metadata import version
from itertools import chain
from pathlib import Path

import click

from bench import comparison_cases, demand_cases, lot_cases
from bench.installation import Installation
from bench.measuring import Case, Ceiling, Measured, within

CEILINGS = Path(__file__).parent / "ceilings.toml"
PAIRS = 9
LIBRARIES = ("flask", "sqlalchemy", "xlsxwriter", "openpyxl", "reportlab", "highspy")


@click.command()
@click.option("--only", default="", help="Measure the case of this name only.")
@click.option("--pairs", default=PAIRS, show_default=True, help="How often path and floor are run in turn.")
def bench(only: str, pairs: int) -> None:
    """Measure the paths that grow with members, articles, bids and lots; every result is checked before it is timed."""
    ceilings = {name: Ceiling(**limits) for name, limits in tomllib.loads(CEILINGS.read_text("utf-8")).items()}
    rows, too_slow = [], []
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        demand = demand_cases.cases(Installation.in_folder(Path(folder)))
        for case in chain(demand, comparison_cases.cases(Path(folder, "tender")), lot_cases.cases()):
            if only in ("", case.name):
                measured, holds = within(case, ceilings[case.name], pairs)
                click.echo(json.dumps(_document(case, measured, ceilings[case.name], holds=holds), ensure_ascii=False))
                rows.append((case, measured, ceilings[case.name]))
                too_slow += [] if holds else [case.name]
    click.echo()
    click.echo(_table(rows))
    if too_slow:
        click.echo(f"Above the ceiling, twice: {', '.join(too_slow)}", err=True)
        sys.exit(1)


def _document(case: Case, measured: Measured, ceiling: Ceiling, *, holds: bool) -> dict[str, object]:
    return {
        "case": case.name,
        "size": case.size,
        "seconds": round(measured.seconds, 4),
        "goal_seconds": ceiling.seconds,
        "wall_seconds": round(measured.wall_seconds, 4),
        "floor_seconds": round(measured.floor_seconds, 4),
        "ratio": round(measured.ratio, 2),
        "ratio_ceiling": ceiling.ratio,
        "holds": holds,
        "versions": {
            "python": platform.python_version(),
            "sqlite": sqlite3.sqlite_version,
            **{library: version(library) for library in LIBRARIES},
        },
    }


def _table(rows: list[tuple[Case, Measured, Ceiling]]) -> str:
    lines = [f"{'case':10} {'size':46} {'CPU s':>8} {'goal':>6} {'floor s':>8} {'ratio':>7} {'at most':>8}"]
    for case, measured, ceiling in rows:
        times = f"{measured.seconds:8.3f} {ceiling.seconds:6.1f} {measured.floor_seconds:8.3f}"
        lines.append(f"{case.name:10} {case.size:46} {times} {measured.ratio:7.2f} {ceiling.ratio:8.2f}")
    return "\n".join(lines)


if __name__ == "__main__":
    bench()
