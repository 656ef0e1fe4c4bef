"""Commands at the shell: parse, call one action or query, print. Features are imported here and nowhere lazily."""

import getpass
import json
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import click
from flask import Flask, current_app
from flask.cli import AppGroup
from flask_migrate import upgrade

from procurement.audit.actor import COMMAND_LINE
from procurement.audit.queries import chain_flaws
from procurement.calc import award, robustness, score, split
from procurement.calc.errors import BadInput, each_once
from procurement.catalogue.actions import set_up_catalogue
from procurement.config import Settings
from procurement.core import clock, jobs, worker
from procurement.core.db import transaction
from procurement.core.errors import ProcurementError
from procurement.core.permissions import Role
from procurement.members import actions_accounts, queries
from procurement.members.demonstration import DEMONSTRATION_PASSWORD
from procurement.scenario import running
from procurement.scenario.errors import ScenarioError

calc = AppGroup("calc", help="Figures for checking without a browser: JSON in, JSON out.")
audit = AppGroup("audit", help="The audit trail.")
scenario = AppGroup("scenario", help="Whole cases in one readable file.")


def register(app: Flask) -> None:
    """Attach every command to the application."""
    for command in (calc, audit, scenario, create_admin, prepare, work):
        app.cli.add_command(command)


def _answer(calculate: Callable[[object], Mapping[str, object]], file: str) -> None:
    """Read JSON from the file or standard input, print the answer, exit 1 with one clear message on bad input."""
    try:
        text = sys.stdin.read() if file == "-" else Path(file).read_text(encoding="utf-8")
        request = json.loads(text.removeprefix("\ufeff"), object_pairs_hook=each_once)
    except (OSError, UnicodeDecodeError) as error:
        raise click.ClickException(f"Die Eingabe ist nicht lesbar: {error}") from error
    except RecursionError as error:
        raise click.ClickException("Das JSON ist zu tief geschachtelt.") from error
    except json.JSONDecodeError as error:
        raise click.ClickException(
            f"Kein gültiges JSON: Zeile {error.lineno}, Spalte {error.colno}: {error.msg}"
        ) from error
    except BadInput as error:
        raise click.ClickException(str(error)) from error
    except ValueError as error:
        raise click.ClickException(f"Eine Zahl ist zu lang: {error}") from error
    try:
        answer = calculate(request)
    except BadInput as error:
        raise click.ClickException(str(error)) from error
    printed = json.dumps(answer, ensure_ascii=False, indent=2)
    click.echo(printed.encode("utf-8", "backslashreplace").decode())


@calc.command("split")
@click.argument("file", default="-")
def calc_split(file: str) -> None:
    """Split a total in cents by weights (largest remainder)."""
    _answer(split.answer, file)


@calc.command("score")
@click.argument("file", default="-")
def calc_score(file: str) -> None:
    """Score and rank bids by one of the published methods, named or numbered.

    \b
    {"method": "M4", "parameters": {"quality_weight": "0.6"},
     "bids": [{"id": "A", "points": "8000", "price": "100000.00"}]}

    \b
    Methods and the parameters they need:
      lowest_price (M1), simple_ratio (M2), quality_only (M16)   none
      extended_ratio (M3)       corridor, criterion: quality|price|{"part": "KHG1"};
                                bids then carry "parts": {"KHG1": "350"}
      weighted_median (M4), weighted_mean (M6), exponential (M14)  quality_weight
      weighted_reference (M5)   quality_weight, reference_points, reference_price
      best_value (M7, M8)       quality_weight, max_points;
                                quality_reference: attainable|best
      linear (M9)               quality_weight, max_points, zero_at
      additive (M13)            price_weight, price_rule: quotient|linear (zero_at)
      bonus (M17)               bonus_per_point in euro; bonus_base in points
      threshold_price (M18)     threshold (share of max_points), max_points

    \b
    For all: tie: quality|price|none or a list of two; a bid may carry
    "excluded": true or the reason.
    Where figures are computed: rounding_places 0 to 6 with
    rounding_place: price_points|score.

    Figures are integers or text; fractions such as "22000/3" are exact. Every intermediate figure is in the answer.
    """  # noqa: D301 - the sign that keeps the lines apart
    _answer(score.answer, file)


@calc.command("robustness")
@click.argument("file", default="-")
def calc_robustness(file: str) -> None:
    """Tell how firmly rank 1 stands; the input is that of "calc score".

    Prints, as exact fractions in text and as decimals: "headroom" (how far the price of the winner may rise), per bid
    "break_even" (to which price it would have to fall for rank 1), "missing_points", "point_value" in euro,
    "quality_weight" (between which weights of performance the winner stays), "drop_one" and "dominance". What a method
    or a tie does not allow is null, with the reason beside it.
    """
    _answer(robustness.answer, file)


@calc.command("award")
@click.argument("file", default="-")
def calc_award(file: str) -> None:
    """Award several lots under limits and rebates, proven optimal.

    \b
    {"lots": ["1", "2"], "limit": 1, "mode": "combination",
     "bids": {"A": {"1": "178000.00", "2": "142000.00"}, "B": {"1": "182000.00"}},
     "packages": [{"bidder": "A", "lots": ["1", "2"], "discount": "0.06"}]}

    \b
    mode      none: rebates do not count;
              frankfurt: only if the rebated price is lowest in each lot of
              the package (no other bid without rebate is below it);
              combination: the lowest total of all distributions
    limit     lots that one bidder may win: a number, {"A": 2}, or null
    packages  share off these lots if the bidder wins all of them
    volumes   [{"bidder": "A", "least": 3, "discount": "0.02"}]
    linked    [["A", "B"]]: these share one limit, the smallest of theirs
    capacity  {"lots": {"1": "0.5"}, "bidders": {"A": "1"}}

    A bidder gets the highest rebate its lots earn, never two. A lot stays without award (null) only where there is no
    bid or the limits leave nobody; then as few lots as possible. Equal distributions are listed in "equal_awards".
    """  # noqa: D301 - the sign that keeps the lines apart
    _answer(award.answer, file)


@audit.command("verify")
def audit_verify() -> None:
    """Check the hash chain of the trail; name every changed, deleted or inserted entry and exit 1."""
    found = chain_flaws()
    for flaw in found:
        click.echo(flaw.text)
    if found:
        sys.exit(1)
    click.echo("Der Prüfpfad ist vollständig und unverändert.")


@click.command("create-admin")
@click.option("--email", prompt="E-Mail-Adresse")
@click.option("--name", prompt="Name")
@click.option("--password", default="", help="Without it the password is asked for and not shown.")
def create_admin(email: str, name: str, password: str) -> None:
    """Create the first administrator of a real installation."""
    chosen = password or getpass.getpass("Kennwort: ")
    try:
        with transaction():
            account = actions_accounts.create_account(name, email, chosen, by=COMMAND_LINE)
            actions_accounts.assign_role(account, Role.ADMINISTRATOR, by=COMMAND_LINE)
    except ProcurementError as error:
        raise click.ClickException(error.message) from error
    click.echo(f"Das Konto {email} ist angelegt und hat die Rolle Administration.")


@scenario.command("load")
@click.argument("file", type=click.Path(path_type=Path))
def scenario_load(file: Path) -> None:
    """Run a scenario into the database of this installation, which must be a demonstration."""
    settings: Settings = current_app.extensions["settings"]
    if not settings.demonstration:
        raise click.ClickException(
            "Diese Installation ist keine Vorführung: Ein Szenario legt Konten mit bekanntem Kennwort an. "
            "Zum Ausprobieren dient „scenario try“."
        )
    try:
        running.load_file(file)
    except ScenarioError as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"Das Szenario {file.name} ist geladen.")


@scenario.command("try")
@click.argument("file", type=click.Path(path_type=Path))
def scenario_try(file: Path) -> None:
    """Run a scenario in a temporary database and print one JSON document."""
    from procurement import create_app

    try:
        found = running.try_file(file, create_app)
    except ScenarioError as error:
        raise click.ClickException(str(error)) from error
    click.echo(json.dumps(found, ensure_ascii=False, indent=2))


@click.command("prepare")
def prepare() -> None:
    """Bring the database up to date and load the demonstration into an empty one."""
    upgrade()
    with transaction():
        set_up_catalogue(by=COMMAND_LINE)
    settings: Settings = current_app.extensions["settings"]
    if not settings.demonstration:
        return
    if not queries.accounts() and not queries.members():
        click.echo("Die Vorführung wird geladen ...")
        running.load_demonstration()
    shown = queries.demonstration_accounts()
    if shown:
        click.echo(f"Konten der Vorführung (Kennwort überall: {DEMONSTRATION_PASSWORD}):")
        for account in shown:
            click.echo(f"  {account.email:42} {queries.shown_account(account).role_label}")


@click.command("work")
@click.option("--once", is_flag=True, help="Do what is due now, then end.")
def work(once: bool) -> None:  # noqa: FBT001 - an option of the command
    """Do the jobs and deliver the mails, until the process is asked to end; several may run side by side."""
    jobs.run_periodic(clock.now())
    if once:
        jobs.run_pending()
        return
    worker.run_until_asked_to_end()
