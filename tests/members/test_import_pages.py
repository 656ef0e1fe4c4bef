"""Members and figures out of files, as an officer does it: choose, look, take over."""

import io
from datetime import date
from pathlib import Path

import openpyxl
import pytest
import sqlalchemy as sa

from procurement.audit.events import Event
from procurement.audit.models import AuditEntry
from procurement.core.db import db
from procurement.members import queries
from procurement.members.kinds import FigureKind
from procurement.members.models import ReferenceFigure
from tests.factories import members as make

HEADS = "Schlüssel;Mitglied;Art;Wert;Stichtag;Quelle;Zensusbasis"
AHAUS = "05554004;Ahaus;Clients;430;31.12.2025;Eigenmeldung;"
BOCHOLT = "05554008;Bocholt;Clients;812;2025-12-31;Eigenmeldung;"
ENCRYPTED = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512) + "EncryptedPackage".encode("utf-16-le")


@pytest.fixture
def office(saved, browser):
    with saved():
        officer_id = make.officer().id
        make.member("Ahaus", "05554004")
        make.member("Bocholt", "05554008")
    return browser(officer_id)


def upload(window, content, name="zahlen.csv", kind="figures"):
    raw = content if isinstance(content, bytes) else content.encode()
    return window.post(f"/members/import/{kind}", {f"{kind}-file": (io.BytesIO(raw), name)})


def table(*rows: str) -> str:
    return "\r\n".join([HEADS, *rows])


def figures() -> list[tuple[str, int]]:
    rows = db.session.scalars(sa.select(ReferenceFigure).order_by(ReferenceFigure.id))
    return [(figure.member.name, figure.value) for figure in rows]


def events(*wanted: Event) -> list[str]:
    query = sa.select(AuditEntry.event).where(AuditEntry.event.in_([event.value for event in wanted]))
    return list(db.session.scalars(query.order_by(AuditEntry.number)))


def test_figures_are_looked_at_first_then_recorded_with_one_entry_each_and_one_for_the_file(office, app):
    preview_at = upload(office, table(AHAUS, BOCHOLT)).location
    page = office.get(preview_at).text
    assert "Kennzahlen erfassen" in page
    with app.app_context():
        assert figures() == []
    assert office.post(preview_at).status_code == 303
    with app.app_context():
        assert figures() == [("Ahaus", 430), ("Bocholt", 812)]
        recorded = [Event.FIGURE_RECORDED.value] * 2
        assert events(Event.FIGURES_IMPORTED, Event.FIGURE_RECORDED) == [Event.FIGURES_IMPORTED.value, *recorded]
        entry = db.session.scalars(sa.select(AuditEntry).filter_by(event=Event.FIGURES_IMPORTED.value)).one()
        assert {"Datei: zahlen.csv", "Zeilen neu: 2"} <= set(entry.worded_changes)


def test_taking_the_same_file_over_again_records_nothing(office, app):
    preview_at = upload(office, table(AHAUS)).location
    office.post(preview_at)
    answer = office.post(preview_at)
    assert answer.status_code == 422
    assert "Alle Zeilen sind schon vorhanden." in answer.text
    with app.app_context():
        assert figures() == [("Ahaus", 430)]


def test_a_contradicting_figure_stops_the_whole_file(office, app):
    office.post(upload(office, table(AHAUS)).location)
    second = upload(office, table(AHAUS.replace("430", "440"), BOCHOLT)).location
    assert "Erfasst ist zu diesem Stichtag aus dieser Quelle der Wert 430" in office.get(second).text
    assert office.post(second).status_code == 422
    with app.app_context():
        assert figures() == [("Ahaus", 430)]


def test_a_thousands_dot_is_asked_about_and_the_answer_is_used(office, app):
    preview_at = upload(office, table(AHAUS.replace("430", "1.234"))).location
    assert "Wie schreibt diese Datei Zahlen?" in office.get(preview_at).text
    assert office.post(preview_at).status_code == 422
    assert "Kennzahlen erfassen" in office.get(f"{preview_at}?style=german").text
    assert office.post(preview_at, {"style": "german"}).status_code == 303
    with app.app_context():
        assert figures() == [("Ahaus", 1234)]


def test_a_file_from_german_excel_in_windows_1252_is_read(office, app):
    content = table("05554004;Ahaus;Clients;430;31.12.2025;Rückmeldung für 2025 – geprüft;").encode("cp1252")
    office.post(upload(office, content).location)
    with app.app_context():
        assert db.session.scalars(sa.select(ReferenceFigure.source)).one() == "Rückmeldung für 2025 – geprüft"


def workbook(*rows) -> bytes:
    book, out = openpyxl.Workbook(), io.BytesIO()
    for row in [HEADS.split(";"), *rows]:
        book.active.append(list(row))
    book.save(out)
    return out.getvalue()


def test_a_workbook_with_real_numbers_and_dates_is_read(office, app):
    content = workbook((5554004, "Ahaus", "Clients", 430, date(2025, 12, 31), "Eigenmeldung"))
    office.post(upload(office, content, "zahlen.xlsx").location)
    with app.app_context():
        assert figures() == [("Ahaus", 430)]


def test_a_formula_is_named_by_its_cell(office):
    content = workbook(("05554004", "Ahaus", "Clients", "=400+30", "31.12.2025", "Eigenmeldung"))
    page = office.get(upload(office, content, "zahlen.xlsx").location).text
    assert "Zelle D2: Hier steht die Formel „=400+30“." in page


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        ("", "leer.csv", "Die Datei ist leer."),
        ("a;b\n1;2", "falsch.csv", "Es fehlt die Überschrift „Schlüssel“"),
        (HEADS, "nur-kopf.csv", "Unter den Überschriften in Zeile 1 steht nichts."),
        (b"PK\x03\x04kaputt", "kaputt.xlsx", "beschädigt"),
        (ENCRYPTED, "geheim.xlsx", "mit einem Kennwort geschützt"),
        (table(AHAUS), "zahlen.pdf", "Dieser Dateityp wird nicht gelesen."),
        ("Schlüssel;Art;Wert;Stichtag;Quelle\n" + "1;2\n" * 100_000, "viele.csv", "100.000 Zeilen; gelesen"),
    ],
    ids=["empty", "heads", "no rows", "damaged", "encrypted", "pdf", "many rows"],
)
def test_a_file_that_cannot_be_read_is_refused_at_once_in_german(office, content, name, sentence):
    answer = upload(office, content, name)
    assert answer.status_code == 422
    assert sentence in answer.text


def test_the_starting_list_is_looked_at_and_leaves_known_members_alone(office, app):
    preview_at = office.post("/members/import/starting-members").location
    page = office.get(preview_at).text
    assert "Gronau (Westf.)" in page
    assert "Die Einwohnerzahl hat keinen Stichtag und wird nicht übernommen." in page
    assert office.post(preview_at).status_code == 303
    with app.app_context():
        assert len(queries.members()) == 46
        ahaus, borken = queries.member_by_key("05554004"), queries.member_by_key("05554012")
        assert ahaus.district == ""
        assert [(f.kind, f.value, f.census_basis) for f in queries.figures_of(borken.id)] == [
            (FigureKind.INHABITANTS, 43035, "Zensus 2022")
        ]
        assert len(events(Event.MEMBER_ADDED)) == 46


def test_the_association_s_own_file_of_members_is_read_as_it_is(office, app):
    given = Path(__file__).resolve().parents[3] / "shared" / "domain" / "members.csv"
    if not given.exists():
        pytest.skip("the source is not here: shared/domain/members.csv is missing")
    preview_at = upload(office, given.read_bytes(), "members.csv", "members").location
    assert "Nicht gelesen werden die Spalten: pilot" in office.get(preview_at).text
    office.post(preview_at)
    with app.app_context():
        assert len(queries.members()) == 46


@pytest.mark.parametrize(("kind", "head"), [("figures", HEADS), ("members", "Schlüssel;Mitglied;Art;Kreis;Einwohner")])
def test_a_template_has_the_heads_the_import_reads(office, kind, head):
    content = office.get(f"/members/import/template/{kind}.csv").data
    assert content.decode("utf-8-sig").startswith(head)
    assert upload(office, content, "vorlage.csv", kind).status_code == 303


def test_a_file_of_another_kind_or_an_unknown_one_is_not_found(office):
    preview_at = upload(office, table(AHAUS)).location
    assert office.get(preview_at.replace("figures", "members")).status_code == 404
    assert office.get("/members/import/bids/1").status_code == 404
    assert office.get("/members/import/figures/99").status_code == 404


def test_leads_and_auditors_cannot_read_anything_in(saved, browser):
    with saved():
        ids = [make.lead(make.member()).id, make.auditor().id]
    for account_id in ids:
        window = browser(account_id)
        assert window.get("/members/import").status_code == 403
        assert upload(window, table(AHAUS)).status_code == 403
