"""Role x route x member with the whole demonstration in the database: who sees what, and reading never writes.

Every address that answers GET is filled with every number that exists, for every role.
"""

import io
import itertools

import pypdf
import pytest
import sqlalchemy as sa

from procurement.core.access import ENDPOINTS, Permission
from procurement.core.db import db
from procurement.members.queries import account_by_email
from procurement.scenario import running
from tests.examples.firewall_3_6 import ROWS
from tests.factories import members as make

OWN = "05566036"  # Laer
LOSING_BIDDERS = ("Sichernetz", "Westfalen IT-Handel", "Grenzland Datentechnik")
HIGHEST = {"member_id": 9, "round_id": 2, "article_id": 4, "tender_id": 1, "lot_id": 1, "bid_id": 4, "run_id": 2}
TEXTS = {"block": ["A", "B", "C", "D"], "member": [row.ags for row in ROWS], "filename": ["css/base.css"]}
ANY = range(1, 16)


@pytest.fixture
def demonstration(app):
    with app.app_context():
        running.load_file(running.DEMONSTRATION)
        db.session.remove()
    return app


def _values(name):
    if name in TEXTS:
        return TEXTS[name]
    return range(1, HIGHEST[name] + 1) if name in HIGHEST else ANY


def _addresses(app):
    """Every GET address of the application, with all numbers and keys put in."""
    adapter = app.url_map.bind("localhost")
    for rule in app.url_map.iter_rules():
        if "GET" not in rule.methods or rule.endpoint == "static":
            continue
        names = sorted(rule.arguments)
        for values in itertools.product(*(_values(name) for name in names)):
            yield rule.endpoint, adapter.build(rule.endpoint, dict(zip(names, values, strict=True)))


def _person(app, email):
    with app.app_context():
        return account_by_email(email).id


def _text(answer):
    """What a person can read of an answer: the page, or the text of a PDF."""
    if answer.mimetype == "application/pdf":
        return " ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(answer.data)).pages)
    return answer.data.decode("utf-8", "replace")


def test_a_lead_never_sees_a_losing_bidder_nor_another_members_amount_to_pay(demonstration, browser):
    app = demonstration
    window = browser(_person(app, "it-laer@vorfuehrung.example"))
    others = [row for row in ROWS if row.ags != OWN]
    amounts = {row.v1_due for row in others} | {row.v1_burden for row in others} | {row.v2_gross for row in others}
    seen = 0
    for endpoint, address in _addresses(app):
        answer = window.get(address)
        assert (address, answer.status_code in {200, 302, 303, 403, 404}) == (address, True)
        if answer.status_code != 200:
            continue
        seen += 1
        text = _text(answer)
        # The issued statement proves its shares with everybody's weights and remainders; pages need not show them.
        hidden = LOSING_BIDDERS if endpoint == "documents.download" else (*LOSING_BIDDERS, *amounts)
        found = [word for word in hidden if word in text]
        assert (endpoint, address, found) == (endpoint, address, [])
    assert seen >= 10


def test_a_lead_reaches_only_the_own_demand_and_the_own_documents(demonstration, browser):
    app = demonstration
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


@pytest.mark.parametrize(
    "email",
    [
        "vergabe1@vorfuehrung.example",
        "pruefung@vorfuehrung.example",
        "verwaltung@vorfuehrung.example",
        "it-ahaus@vorfuehrung.example",
    ],
)
def test_reading_never_writes_and_never_fails(demonstration, browser, email):
    app, written = demonstration, []
    window = browser(_person(app, email))

    def watch(_connection, _cursor, statement, *_rest):
        if statement.lstrip().upper().startswith(("INSERT", "UPDATE", "DELETE")):
            written.append(statement)

    with app.app_context():
        engine = db.engine
    sa.event.listen(engine, "before_cursor_execute", watch)
    try:
        for endpoint, address in _addresses(app):
            answer = window.get(address)
            assert (endpoint, address, answer.status_code < 500) == (endpoint, address, True)
            assert (endpoint, written) == (endpoint, [])
    finally:
        sa.event.remove(engine, "before_cursor_execute", watch)


def test_a_foreign_thing_answers_exactly_like_one_that_does_not_exist(demonstration, browser):
    app = demonstration
    window = browser(_person(app, "it-laer@vorfuehrung.example"))
    with app.app_context():
        query = "SELECT d.id FROM issued_document d JOIN member m ON m.id = d.member_id WHERE m.key <> :own"
        foreign = db.session.execute(sa.text(query), {"own": OWN}).scalars().first()
    there, nowhere = (window.get(f"/documents/{number}/download") for number in (foreign, 99999))
    assert (there.status_code, there.data) == (nowhere.status_code, nowhere.data)


def test_an_account_without_a_role_sees_the_start_page_and_its_own_password_only(demonstration, browser, saved):
    app = demonstration
    with saved():
        nobody = make.account().id
    window = browser(nobody)
    open_to_all = {Permission.PUBLIC, Permission.SIGNED_IN}
    allowed = {endpoint for endpoint, needed in ENDPOINTS.items() if needed in open_to_all}
    for endpoint, address in _addresses(app):
        answer = window.get(address)
        assert (endpoint, answer.status_code == 403) == (endpoint, endpoint not in allowed)
