"""Role x route x member with demonstration and one of everything in the database: who sees what, reading never writes.

Every address that answers GET is filled with every number that exists, for every role.
"""

import io
import itertools
from dataclasses import dataclass

import pypdf
import pytest
import sqlalchemy as sa
from flask import Flask

from procurement.core.access import permits
from procurement.core.db import db
from procurement.core.endpoints import ENDPOINTS
from procurement.core.permissions import Permission, Role
from procurement.members.kinds_import import ImportKind
from procurement.members.queries import account_by_email, member_by_key
from procurement.scenario import running
from tests.examples.firewall_3_6 import ROWS
from tests.factories import everything
from tests.factories import members as make

OWN = "05566036"  # Laer
LOSING_BIDDERS = ("Sichernetz", "Westfalen IT-Handel", "Grenzland Datentechnik")
OTHER = "05554004"  # Ahaus
TEXTS = {
    "block": ["A", "B", "C", "D"],
    "member": [row.ags for row in ROWS],
    "filename": ["css/base.css"],
    "name": [one.value for one in ImportKind],
    "number": [1, 2, 3],
}
# Pages that answer some roles, or everybody, by leading elsewhere, or that are there only for who owns the thing.
LEADING_ON = {"members.login", "catalogue.suggest_cpv", "workgroup.origin"}
ELSEWHERE = {
    Role.MEMBER_LEAD: LEADING_ON | {"demand.show", "demand.articles", "demand.show_article"},
    Role.OFFICER: LEADING_ON | {"home.job_progress", "workgroup.edit"},
    Role.AUDITOR: LEADING_ON | {"home.job_progress"},
    Role.ADMINISTRATOR: LEADING_ON,
}
TABLES = {
    "case_id": "allocation_objection", "change_id": "demand_change", "document_id": "issued_document",
    "attachment_id": "demand_attachment", "upload_id": "sheet_upload", "imported_id": "imported_file",
    "round_id": "demand_round", "line_id": "lot_item", "item_id": "demand_item", "run_id": "allocation_run",
    "file_id": "bid_file", "letter_id": "bid_letter", "exclusion_id": "exclusion_proposal",
    "choice_id": "method_choice",
}  # fmt: skip
FIRST, LAST = 4, 8
NOBODY = 99_999
# Who may open what is decided in Python; the widest reader and a lead show that every statement runs on both engines.
ONE_ENGINE = pytest.mark.parametrize("installation", ["sqlite"], indirect=True)


@dataclass(frozen=True)
class Place:
    """The application with the demonstration and one object of every kind in it, and all its addresses."""

    app: Flask
    addresses: list[tuple[str, str]]


@pytest.fixture
def demonstration(app, installation, saved):
    """The first two parts of the demonstration, and beside them one of everything for Laer and once more for Ahaus.

    Its further parts show stages that are among everything, so that loading them for each test would only take time.
    """
    token = installation.kept("demonstration")
    if token is None:
        with app.app_context():
            for part in running.DEMONSTRATION[:2]:
                running.load_file(part)
            db.session.remove()
        with saved():
            own, other = (account_by_email(f"it-{name}@vorfuehrung.example") for name in ("laer", "ahaus"))
            officers = make.officer(), make.officer()
            token = everything.one_of_everything(everything.people(own, other, member_by_key("05554064"), officers))
        installation.keep("demonstration", token)
    with app.app_context():
        return Place(app, list(_addresses(app, token)))


def _addresses(app, token):
    """Every GET address of the application, with numbers and keys put in."""
    adapter = app.url_map.bind("localhost")
    for rule in app.url_map.iter_rules():
        if "GET" not in rule.methods or rule.endpoint == "static":
            continue
        names = sorted(rule.arguments)
        for values in itertools.product(*(_values(name, len(names), token) for name in names)):
            yield rule.endpoint, adapter.build(rule.endpoint, dict(zip(names, values, strict=True)))


def _values(name, together, token):
    """What is put in for a name: keys, three members of which one does not exist, or the numbers of its table.

    The first and the last numbers; fewer where several numbers stand in one address, whose combinations multiply.
    """
    if name in TEXTS:
        return TEXTS[name]
    if name == "token":
        return [token, "unbekannt"]
    if name == "member_id":
        return [member_by_key(OWN).id, member_by_key(OTHER).id, NOBODY]
    table = TABLES.get(name) or name.removesuffix("_id")
    numbers = db.session.execute(sa.text(f"SELECT id FROM {table} ORDER BY id")).scalars().all()
    few = FIRST // together, LAST // max(1, together - 1)
    return dict.fromkeys([*numbers[: few[0]], *numbers[-few[1] :]]) or [1]


def _unseen(place, role, seen):
    """What this role may open and no address showed."""
    held = {endpoint for endpoint, needed in ENDPOINTS.items() if permits(frozenset({role}), needed)}
    return {endpoint for endpoint, _address in place.addresses} & held - seen - ELSEWHERE[role]


def _person(app, email):
    with app.app_context():
        return account_by_email(email).id


def _text(answer):
    """What a person can read of an answer: the page, or the text of a PDF."""
    if answer.mimetype == "application/pdf" and b"%%EOF" in answer.data:  # a mandate is what somebody sent
        return " ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(answer.data)).pages)
    return answer.data.decode("utf-8", "replace")


def test_a_lead_never_sees_a_losing_bidder_nor_another_members_amount_to_pay(demonstration, browser):
    window = browser(_person(demonstration.app, "it-laer@vorfuehrung.example"))
    others = [row for row in ROWS if row.ags != OWN]
    amounts = {row.v1_due for row in others} | {row.v1_burden for row in others} | {row.v2_gross for row in others}
    for endpoint, address in demonstration.addresses:
        answer = window.get(address)
        assert (address, answer.status_code in {200, 302, 303, 403, 404}) == (address, True)
        if answer.status_code != 200:
            continue
        text = _text(answer)
        # The issued statement proves its shares with everybody's weights and remainders; pages need not show them.
        hidden = (*LOSING_BIDDERS, *everything.HIDDEN, *(() if endpoint == "documents.download" else amounts))
        found = [word for word in hidden if word in text]
        assert (endpoint, address, found) == (endpoint, address, [])


def test_a_lead_reaches_only_the_own_demand_and_the_own_documents(demonstration, browser):
    app = demonstration.app
    window = browser(_person(app, "it-laer@vorfuehrung.example"))
    with app.app_context():
        documents = db.session.execute(
            sa.text("SELECT d.id, m.key FROM issued_document d LEFT JOIN member m ON m.id = d.member_id")
        ).all()
        members = db.session.execute(sa.text("SELECT id, key FROM member")).all()
    for document_id, key in documents:
        expected = 200 if key == OWN else 404
        assert (key, window.get(f"/documents/{document_id}/download").status_code) == (key, expected)
    for member_id, key in members:
        expected = 200 if key == OWN else 404
        assert (key, window.get(f"/demand/2/{member_id}").status_code) == (key, expected)


def _crawl(demonstration, window, role):
    """Open every address as this role: no fault, no write, and nothing the role may open left unseen."""
    app, written, seen = demonstration.app, [], set()

    def watch(_connection, _cursor, statement, *_rest):
        if statement.lstrip().upper().startswith(("INSERT", "UPDATE", "DELETE")):
            written.append(statement)

    with app.app_context():
        engine = db.engine
    sa.event.listen(engine, "before_cursor_execute", watch)
    try:
        for endpoint, address in demonstration.addresses:
            answer = window.get(address)
            assert (endpoint, address, answer.status_code < 500) == (endpoint, address, True)
            assert (endpoint, written) == (endpoint, [])
            if answer.status_code == 200:
                seen.add(endpoint)
    finally:
        sa.event.remove(engine, "before_cursor_execute", watch)
    assert _unseen(demonstration, role, seen) == set()


def test_every_page_of_an_officer_opens_and_reading_never_writes(demonstration, browser):
    window = browser(_person(demonstration.app, "vergabe1@vorfuehrung.example"))
    _crawl(demonstration, window, Role.OFFICER)


@ONE_ENGINE
@pytest.mark.parametrize(
    ("name", "role"),
    [("pruefung", Role.AUDITOR), ("verwaltung", Role.ADMINISTRATOR), ("it-laer", Role.MEMBER_LEAD)],
)
def test_every_page_of_the_other_roles_opens_and_reading_never_writes(demonstration, browser, name, role):
    window = browser(_person(demonstration.app, f"{name}@vorfuehrung.example"))
    if role is Role.AUDITOR:  # who reads bids has the reading of the day recorded first, tender by tender
        with demonstration.app.app_context():
            tenders = db.session.execute(sa.text("SELECT id FROM tender")).scalars().all()
        for tender_id in tenders:
            window.post(f"/bids/{tender_id}/reading")
    _crawl(demonstration, window, role)


def test_a_foreign_thing_answers_exactly_like_one_that_does_not_exist(demonstration, browser):
    app = demonstration.app
    window = browser(_person(app, "it-laer@vorfuehrung.example"))
    with app.app_context():
        query = "SELECT d.id FROM issued_document d JOIN member m ON m.id = d.member_id WHERE m.key <> :own"
        foreign = db.session.execute(sa.text(query), {"own": OWN}).scalars().first()
    there, nowhere = (window.get(f"/documents/{number}/download") for number in (foreign, 99999))
    assert (there.status_code, there.data) == (nowhere.status_code, nowhere.data)


@ONE_ENGINE
def test_an_account_without_a_role_sees_the_start_page_and_its_own_password_only(demonstration, browser, saved):
    with saved():
        nobody = make.account().id
    window = browser(nobody)
    open_to_all = {Permission.PUBLIC, Permission.SIGNED_IN}
    allowed = {endpoint for endpoint, needed in ENDPOINTS.items() if needed in open_to_all}
    for endpoint, address in demonstration.addresses:
        answer = window.get(address)
        assert (endpoint, answer.status_code == 403) == (endpoint, endpoint not in allowed)
