"""The round trip through the pages: download, fill in, upload, look, take over; everything before stays in an error."""

import io
import json
from types import SimpleNamespace

import openpyxl
import pytest
import sqlalchemy as sa

from procurement.audit.models import AuditEntry
from procurement.core import jobs
from procurement.core.db import db
from procurement.demand import actions_answers, actions_sheets, queries, queries_answers
from procurement.demand.demand_sheet import SheetColumn
from procurement.demand.entries import ItemEntry
from procurement.demand.models import Article, Demand
from procurement.values.quantity import Quantity
from tests.demand.sheet_playing import address
from tests.factories import demand as make_demand
from tests.factories import members as make

FIRST_ROW, FIRST_FREE_ROW = 11, 14
ARTICLES = (("1.01", "Lizenz E3"), ("1.02", "Visio"), ("2.01", "Schulung"))


@pytest.fixture
def case(saved):
    with saved():
        laer, ahaus = make.member("Laer", "05566036"), make.member("Ahaus", "05554004")
        articles = [make_demand.article(number, title, unit="Lizenz") for number, title in ARTICLES]
        round_ = make_demand.round_with(articles, [laer, ahaus], title="Microsoft-Lizenzen")
        lead, colleague, other = make.lead(laer), make.lead(laer), make.lead(ahaus)
        demand = make_demand.draft(round_, laer, {"1.02": (10, 12, 15)}, by=lead)
        return SimpleNamespace(
            round=round_.id, demand=demand.id, laer=laer.id, ahaus=ahaus.id,
            lead=lead.id, colleague=colleague.id, other=other.id,
        )  # fmt: skip


@pytest.fixture
def site(browser, case):
    """The lead's browser with what a member does there."""

    def download(window=None, member=None):
        page = (window or site.window).get(f"/demand/{case.round}/{member or case.laer}/sheet.xlsx")
        assert page.status_code == 200
        return page.data

    def fill(content, cells):
        book = openpyxl.load_workbook(io.BytesIO(content))
        for (column, row), value in cells.items():
            book["Bedarf"][address(SheetColumn(column), row)] = value
        buffer = io.BytesIO()
        book.save(buffer)
        return buffer.getvalue()

    def upload(content, name="Bedarf Laer.xlsx"):
        fields = {"file": (io.BytesIO(content), name)}
        return site.window.post(f"/demand/{case.round}/{case.laer}/sheet", fields, content_type="multipart/form-data")

    def uploaded(cells):
        answer = upload(fill(download(), cells))
        assert answer.status_code == 303
        return answer.location

    def apply(location, **fields):
        version = re_version(site.window.get(location).text)
        return site.window.post(location, {"version": version, **fields})

    site = SimpleNamespace(
        window=browser(case.lead), download=download, fill=fill, upload=upload, uploaded=uploaded, apply=apply
    )
    return site


def re_version(text):
    """The version a page of the preview would send."""
    return text.partition('name="version" value="')[2].partition('"')[0]


@pytest.fixture
def stored(app, case):
    """What is stored, by article number: the expected quantity."""

    def _stored():
        with app.app_context():
            query = sa.select(Article.number, Article.id)
            ids = dict(db.session.execute(query.filter_by(round_id=case.round)).all())
            entries = queries_answers.entries_of(db.session.get_one(Demand, case.demand))
            return {number: str(entries[key].expected) for number, key in ids.items() if key in entries}

    return _stored


def save_meanwhile(saved, case, figure):
    """A colleague saves another figure for Visio on the page."""
    with saved():
        demand, by = db.session.get_one(Demand, case.demand), db.session.get_one(make.Account, case.colleague)
        visio = next(a.id for a in queries.articles_of(case.round) if a.number == "1.02")
        actions_answers.save_draft(demand, [ItemEntry(visio, *[Quantity.of(figure)] * 3)], by=by)


def test_nothing_is_written_before_the_preview_is_taken_over(site, stored, case, app):
    location = site.uploaded({("expected", FIRST_ROW): 40, ("expected", FIRST_ROW + 1): 14})
    text = site.window.get(location).text
    assert "2 Zeilen übernehmen" in text
    assert "Lizenz E3" in text
    assert stored() == {"1.02": "12"}
    answer = site.apply(location)
    assert answer.location == f"/demand/{case.round}/{case.laer}"
    assert stored() == {"1.01": "40", "1.02": "14"}
    with app.app_context():
        entry = db.session.scalars(sa.select(AuditEntry).order_by(AuditEntry.number.desc())).first()
        changes = json.loads(entry.changes)
    assert entry.text == "Bedarf aus einer Datei übernommen"
    assert (changes["Datei"], changes["Übernommene Zeilen"]) == ("Bedarf Laer.xlsx", "2")
    assert changes["1.01 Lizenz E3"] == ["", "mindestens 40, erwartet 40, höchstens 40 Lizenz"]


def test_a_file_is_taken_over_once(site, stored):
    location = site.uploaded({("expected", FIRST_ROW): 40})
    assert site.apply(location).status_code == 303
    assert "Die Datei ist übernommen" in site.window.get(location).text
    again = site.window.post(location)
    assert again.status_code == 422
    assert "Diese Datei ist schon übernommen." in again.text


def test_a_conflict_waits_for_its_decision(site, stored, saved, case):
    content = site.fill(site.download(), {("maximum", FIRST_ROW + 1): 20, ("expected", FIRST_ROW): 3})
    save_meanwhile(saved, case, 13)
    location = site.upload(content).location
    text = site.window.get(location).text
    assert "heruntergeladen 10 bis 15, erwartet 12" in text
    assert "inzwischen 13" in text
    assert "Ihre Datei 10 bis 20, erwartet 12" in text
    undecided = site.apply(location)
    assert undecided.status_code == 422
    assert "Bitte entscheiden, welche Angabe gilt." in undecided.text
    assert stored() == {"1.02": "13"}
    assert site.apply(location, **{f"decision-{FIRST_ROW + 1}": "mine"}).status_code == 303
    assert stored() == {"1.01": "3", "1.02": "12"}


def test_a_conflict_may_be_decided_for_what_is_stored(site, stored, saved, case):
    content = site.fill(site.download(), {("expected", FIRST_ROW + 1): 11, ("expected", FIRST_ROW): 3})
    save_meanwhile(saved, case, 13)
    location = site.upload(content).location
    assert site.apply(location, others="stored").status_code == 303
    assert stored() == {"1.01": "3", "1.02": "13"}


def test_what_is_saved_while_the_preview_is_open_is_not_overwritten(site, stored, saved, case):
    location = site.uploaded({("expected", FIRST_ROW): 40})
    version = re_version(site.window.get(location).text)
    save_meanwhile(saved, case, 13)
    answer = site.window.post(location, {"version": version})
    assert answer.status_code == 422
    assert "Inzwischen wurde hier etwas gespeichert" in answer.text
    assert stored() == {"1.02": "13"}


def test_a_faulty_row_is_named_and_the_good_ones_are_taken_over(site, stored):
    location = site.uploaded({("expected", FIRST_ROW): 40, ("expected", FIRST_ROW + 1): "viele"})
    text = site.window.get(f"{location}?show=faults").text
    assert "Zelle G12: „viele“ ist keine Zahl." in text
    assert site.apply(location).status_code == 303
    assert stored() == {"1.01": "40", "1.02": "12"}


def test_an_ambiguous_number_is_asked_about_once(site, stored):
    location = site.uploaded({("expected", FIRST_ROW): "1.234"})
    assert "Wie schreibt diese Datei Zahlen?" in site.window.get(location).text
    refused = site.apply(location)
    assert refused.status_code == 422
    answer = site.window.post(f"{location}/style", {"style": "german"})
    assert answer.location == location
    assert site.apply(location).status_code == 303
    assert stored() == {"1.01": "1234", "1.02": "12"}


def test_an_own_wish_becomes_an_article_of_this_member_only(site, stored, app, case):
    row = FIRST_FREE_ROW
    wish = {("title", row): "Beamer", ("unit", row): "Stück", ("expected", row): 2, ("site", row): "Ratssaal"}
    location = site.uploaded(wish)
    assert "eigener Wunsch" in site.window.get(location).text
    assert site.apply(location).status_code == 303
    assert stored() == {"1.02": "12", "W-05566036-1": "2"}
    with app.app_context():
        made = db.session.scalars(sa.select(Article).filter_by(title="Beamer")).one()
        assert made.wished_by_id == case.laer
    # The same file again does not ask for a second one.
    again = site.uploaded(wish)
    assert "Es gibt nichts zu übernehmen" in site.window.get(again).text


def test_a_file_of_another_member_or_a_broken_one_changes_nothing_and_says_why(site, stored, browser, case):
    foreign = site.download(browser(case.other), case.ahaus)
    text = site.window.get(site.upload(foreign).location).text
    assert "nicht von „Laer“" in text
    assert "an Ihrem Bedarf ist nichts geändert" in text
    for content, words in ((b"", "Die Datei ist leer."), (b"<html></html>", "keine Excel-Arbeitsmappe")):
        location = site.upload(content).location
        assert words in site.window.get(location).text
        assert site.apply(location).status_code == 422
    assert stored() == {"1.02": "12"}


def test_without_a_file_the_form_says_so(site, case):
    answer = site.window.post(f"/demand/{case.round}/{case.laer}/sheet")
    assert answer.status_code == 422
    assert "Bitte die ausgefüllte Datei wählen." in answer.text


def test_only_the_uploader_sees_its_preview(site, browser, case):
    location = site.uploaded({("expected", FIRST_ROW): 40})
    nowhere = browser(case.other).get("/demand/sheets/999")
    for account in (case.colleague, case.other):
        answer = browser(account).get(location)
        assert (answer.status_code, answer.data) == (404, nowhere.data)
        assert browser(account).post(location).status_code == 404
        assert browser(account).post(f"{location}/style", {"style": "german"}).status_code == 404
    assert browser(case.other).get(f"/demand/{case.round}/{case.laer}/sheet.xlsx").status_code == 404


def test_a_closed_or_submitted_demand_takes_no_file(site, saved, case, app, stored):
    content = site.fill(site.download(), {("expected", FIRST_ROW): 40})
    location = site.upload(content).location
    version = re_version(site.window.get(location).text)
    with saved():
        demand, by = db.session.get_one(Demand, case.demand), db.session.get_one(make.Account, case.lead)
        actions_answers.submit(demand, by=by)
    assert "gesperrt" in site.window.get(f"/demand/{case.round}/{case.laer}/sheet").text
    assert site.upload(content).status_code == 422
    assert site.window.post(location, {"version": version}).status_code == 422
    assert stored() == {"1.02": "12"}


def test_a_large_file_is_read_by_a_job_with_the_same_result(site, case, app, monkeypatch):
    monkeypatch.setattr(actions_sheets, "READ_AT_ONCE_BYTES", 0)
    answer = site.upload(site.fill(site.download(), {("expected", FIRST_ROW): 40}))
    assert answer.location.startswith("/jobs/")
    waiting = site.window.get("/demand/sheets/1").text
    assert "Die Datei wird noch gelesen." in waiting
    assert site.window.post("/demand/sheets/1").status_code == 422
    with app.app_context():
        jobs.run_pending()
    done = site.window.get(answer.location)
    assert done.location.startswith("/demand/sheets/")
    assert "Eine Zeile übernehmen" in site.window.get(done.location).text


def test_long_previews_come_in_pages(site, monkeypatch):
    monkeypatch.setattr("procurement.demand.routes_sheets.PAGE_SIZE", 2)
    location = site.uploaded({("expected", FIRST_ROW + row): 7 for row in range(3)})
    first, second = (site.window.get(f"{location}?show=all&page={page}").text for page in (1, 2))
    assert "1 bis 2 von 3" in first
    assert "Schulung" not in first.partition('id="rows"')[2]
    assert "Schulung" in second


def test_the_csv_file_can_be_taken_back(site, case, stored):
    answer = site.window.get(f"/demand/{case.round}/{case.laer}/sheet.csv")
    text = answer.data.decode("utf-8-sig").replace(";10;12;15;", ";10;12,5;15;")
    location = site.upload(text.encode("cp1252"), "Bedarf.csv").location
    assert site.apply(location).status_code == 303
    assert stored() == {"1.02": "12.5"}


def test_what_a_file_says_is_shown_as_text_and_never_as_markup(site):
    location = site.upload(
        site.fill(
            site.download(), {("expected", FIRST_ROW): "<b>9</b>", ("note", FIRST_ROW + 1): "<script>x</script>"}
        ),
        "<img src=x>.xlsx",
    ).location
    text = site.window.get(f"{location}?show=all").text
    assert "&lt;script&gt;x&lt;/script&gt;" in text
    assert "&lt;b&gt;9&lt;/b&gt;" in text
    assert "<script>x" not in text
    assert "<img src=x>" not in text
