"""The paths of a demand round that grow: opening the cockpit, summing up, making lines, reading a long sheet."""

import io
import sqlite3
import uuid
from collections.abc import Iterator
from dataclasses import replace

import openpyxl
from flask.testing import FlaskClient

from bench.installation import Installation
from bench.large_round import LargeRound, close, long_round, open_round
from bench.measuring import Case, listed, must
from procurement.audit.actor import COMMAND_LINE
from procurement.core import jobs
from procurement.core.access import Role
from procurement.core.clock import now
from procurement.core.db import db, transaction
from procurement.core.filters import euro, moment
from procurement.core.spreadsheets import write_workbook
from procurement.demand import queries_sheets, queries_totals
from procurement.demand.demand_sheet import SheetColumn, demand_layout
from procurement.demand.models import Demand, DemandRound
from procurement.members.actions import set_up_association
from procurement.members.models import Member
from procurement.values.quantity import Quantity
from procurement.values.sheet_layout import SheetLayout, WorkbookProperties

MEMBERS, ARTICLES, DENSITY = 400, 1_000, 0.3
SHEET_ROWS = 5_000
EXPECTED_PLACE = list(SheetColumn).index(SheetColumn.EXPECTED)
SUMS_BY_MEMBER = """
    SELECT demand.member_id, count(*), sum(demand_item.expected * article.planning_price_net)
    FROM demand_item
    JOIN article ON article.id = demand_item.article_id
    JOIN demand ON demand.id = demand_item.demand_id
    WHERE article.round_id = ? GROUP BY demand.member_id
"""
SUMS_BY_ARTICLE = """
    SELECT article.id, count(*), sum(demand_item.minimum), sum(demand_item.expected), sum(demand_item.maximum)
    FROM demand_item JOIN article ON article.id = demand_item.article_id
    WHERE article.round_id = ? GROUP BY article.id
"""
ALL_ITEMS = """
    SELECT demand_item.id, demand_item.article_id, member.id, member.key, member.name,
           demand_item.minimum, demand_item.expected, demand_item.maximum, demand_item.note
    FROM demand_item JOIN demand ON demand.id = demand_item.demand_id JOIN member ON member.id = demand.member_id
    WHERE demand.round_id = ? ORDER BY member.sort_key, member.key
"""


def cases(installation: Installation) -> Iterator[Case]:
    """Every case, one after the other: a later one may change what an earlier one measured."""
    with installation.app.app_context(), transaction():
        set_up_association("Zweckverband KAAW", "KAAW", by=COMMAND_LINE)
        officer = installation.person(Role.OFFICER)
        round_ = open_round(officer.id, MEMBERS, ARTICLES, DENSITY)
        first = db.session.get_one(Member, 1)
        installation.person(Role.MEMBER_LEAD, first)
        long_id = long_round(officer.id, SHEET_ROWS).id
    bare = sqlite3.connect(installation.database)
    yield _cockpit(installation.browser(Role.OFFICER), round_, bare)
    with installation.app.app_context():
        yield _totals(round_, bare)
        with transaction():
            close(round_.round_id)
        yield _lines(round_, bare)
    yield _sheet(installation, installation.browser(Role.MEMBER_LEAD), long_id)
    bare.close()


def _cockpit(browser: FlaskClient, round_: LargeRound, bare: sqlite3.Connection) -> Case:
    """The whole page of the cockpit as the server makes it, beside the sums by member."""

    def check(page: object, sums: object) -> None:
        text = str(page)
        must(all(name in text for name in round_.member_names), "every member stands on the page")
        must(euro(round_.value_net).removesuffix(" €") in text, "the page shows the value of all items")
        must(len(listed(sums)) == MEMBERS, "the bare query sums up every member")

    return Case(
        "cockpit",
        f"{MEMBERS} members x {ARTICLES} articles, {DENSITY:.0%}",
        lambda: browser.get(f"/demand/{round_.round_id}").text,
        lambda: bare.execute(SUMS_BY_MEMBER, (round_.round_id,)).fetchall(),
        check,
    )


def _totals(round_: LargeRound, bare: sqlite3.Connection) -> Case:
    """The sums of every article over all members, beside the same sums in bare SQL."""

    def path() -> object:
        db.session.expire_all()
        return queries_totals.article_totals(db.session.get_one(DemandRound, round_.round_id))

    def check(totals: object, sums: object) -> None:
        found = {each.article.id: each.expected.thousandths for each in listed(totals) if each.members}
        must(found == {row[0]: row[3] for row in listed(sums)}, "both sum up the same")
        must(Quantity(sum(found.values())) == round_.expected, "nothing is lost or counted twice")

    return Case(
        "aggregate",
        f"{round_.items} items, sums of {ARTICLES} articles",
        path,
        lambda: bare.execute(SUMS_BY_ARTICLE, (round_.round_id,)).fetchall(),
        check,
    )


def _lines(round_: LargeRound, bare: sqlite3.Connection) -> Case:
    """Lines with every member's quantity inside and their sums proven, beside fetching the same rows."""

    def path() -> object:
        return queries_totals.frozen_lines(db.session.get_one(DemandRound, round_.round_id))

    def check(lines: object, rows: object) -> None:
        must(sum(len(line.requests) for line in listed(lines)) == len(listed(rows)), "every item is in a line")
        must(Quantity.total(line.expected for line in listed(lines)) == round_.expected, "the lines sum up to it all")

    return Case(
        "lines",
        f"{round_.items} items with their members",
        path,
        lambda: bare.execute(ALL_ITEMS, (round_.round_id,)).fetchall(),
        check,
    )


def _sheet(installation: Installation, browser: FlaskClient, round_id: int) -> Case:
    """Upload, reading by a job and the preview page of a filled sheet, beside a bare library that reads its cells."""
    with installation.app.app_context():
        demand = db.session.query(Demand).filter_by(round_id=round_id).one()
        place, content = f"/demand/{round_id}/{demand.member_id}/sheet", _filled_sheet(demand)

    def path() -> object:
        fields = {"file": (io.BytesIO(content), "Bedarf.xlsx"), "idempotency_key": uuid.uuid4().hex}
        progress = browser.post(place, data=fields, content_type="multipart/form-data").location
        with installation.app.app_context():
            jobs.run_pending()
        return browser.get(browser.get(progress).location).text

    def floor() -> object:
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True)
        return [row for row in book["Bedarf"].iter_rows(values_only=True) if row[EXPECTED_PLACE] is not None]

    def check(page: object, rows: object) -> None:
        must(f"{SHEET_ROWS} Zeilen übernehmen" in str(page), "every row of the file would be taken over")
        must(len(listed(rows)) == SHEET_ROWS + 1, "the bare library finds the same rows below the column titles")

    return Case("import", f"{SHEET_ROWS} rows with preview", path, floor, check)


def _filled_sheet(demand: Demand) -> bytes:
    """The downloaded sheet with an expected quantity in every row, as if somebody had typed them."""
    lines = queries_sheets.sheet_lines(demand)
    empty = demand_layout(queries_sheets.identity_of(demand), lines, moment(demand.round.deadline_at))
    return write_workbook([_filled(empty)], WorkbookProperties("Bedarf", "KAAW", now()))


def _filled(empty: SheetLayout) -> SheetLayout:
    rows = [list(row) for row in empty.rows]
    for number, row in enumerate(rows[:SHEET_ROWS], start=1):
        row[EXPECTED_PLACE] = Quantity.of(number)
    return replace(empty, rows=tuple(tuple(row) for row in rows))
