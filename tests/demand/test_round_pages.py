"""Pages of the procurement office: from a new round to the closed one; the auditor reads along."""

from datetime import timedelta

import pytest

from procurement.demand import queries
from procurement.demand.models import DemandRound
from tests.conftest import MORNING
from tests.factories import demand as ask
from tests.factories import members as make


@pytest.fixture
def officer(saved, browser):
    with saved():
        account_id = make.officer("Petra Beispiel").id
    return browser(account_id)


def test_a_round_is_made_filled_opened_and_closed_through_its_pages(saved, officer):
    with saved():
        members = [make.member("Ahaus").id, make.member("Borken").id]
    fields = {"reference": "B-2026-01", "title": "Firewall", "deadline_at": "2026-12-11T12:00"}
    made = officer.post("/demand/", fields)
    assert (made.status_code, made.location) == (303, "/demand/1/articles")
    article = {
        "number": "1.01", "title": "NGFW-Cluster", "unit": "Stück", "nature": "one_off",
        "cpv": "32420000-3", "planning_price_net": "3.800,00",
    }  # fmt: skip
    assert officer.post("/demand/1/articles", article).status_code == 303
    assert "noch kein Mitglied eingeladen" in officer.get("/demand/1").text
    assert officer.post("/demand/1/invite", {"members": members[:1]}).status_code == 303
    assert officer.post("/demand/1/invite", {"everybody": "yes"}).status_code == 303
    assert officer.post("/demand/1/open").location == "/demand/1"
    page = officer.get("/demand/1").text
    assert "Fr., 11.12.2026, 12:00 Uhr" in page
    assert "0 von 2 Mitgliedern haben geantwortet" in page
    confirmation = officer.get("/demand/1/close").text
    assert "2 Mitglieder haben nicht geantwortet" in confirmation
    assert "<li>Ahaus</li><li>Borken</li>" in confirmation
    assert officer.post("/demand/1/close").status_code == 303
    with saved():
        assert queries.rounds()[0].round.state.label == "Geschlossen"


def test_a_refused_round_keeps_what_was_typed(officer):
    answer = officer.post("/demand/", {"reference": "B-1", "title": "Altes", "deadline_at": "2026-11-01T12:00"})
    assert answer.status_code == 422
    assert 'value="Altes"' in answer.text
    assert "Die Frist muss in der Zukunft liegen." in answer.text


def test_editing_shows_what_is_stored_and_refuses_an_outdated_version(saved, officer):
    with saved():
        ask.round_with(["1.01"], title="Firewall", deadline_at=MORNING + timedelta(days=18))
    page = officer.get("/demand/1/edit").text
    assert 'value="Firewall"' in page
    assert 'value="2026-12-11T10:00"' in page
    fields = {"reference": "B-1", "title": "Netzsicherheit", "deadline_at": "2026-12-11T12:00"}
    assert officer.post("/demand/1", {**fields, "version": "1"}).status_code == 303
    outdated = officer.post("/demand/1", {**fields, "title": "Anders", "version": "1"})
    assert outdated.status_code == 422
    assert "Sie sahen Stand 1, gespeichert ist Stand 2" in outdated.text
    assert 'value="Anders"' in outdated.text


def test_a_wrong_article_is_named_at_its_fields(saved, officer):
    with saved():
        ask.round_with(["1.01"])
    fields = {
        "number": "1.01",
        "title": "",
        "unit": "Stück",
        "nature": "one_off",
        "cpv": "123",
        "planning_price_net": "12.5",
    }
    answer = officer.post("/demand/1/articles", fields)
    assert answer.status_code == 422
    assert "„12.5“ ist keine eindeutige Zahl" in answer.text
    fields["planning_price_net"] = ""
    named = officer.post("/demand/1/articles", fields).text
    assert all(
        part in named for part in ("gibt es in dieser Runde schon", "Bitte eine Bezeichnung", "ist kein CPV-Code")
    )


def test_rows_copied_from_a_spreadsheet_become_articles(saved, officer):
    with saved():
        ask.round_with([])
    rows = [
        "1.01;NGFW-Cluster;Stück;3.800,00;einmalig;32420000-3;Netz",
        "",
        "2.01\tUTM-Lizenz\tLizenz\t412,5\tlaufend",
        "3.01;Tag vor Ort;Tag",
    ]
    assert officer.post("/demand/1/articles/paste", {"rows": "\r\n".join(rows)}).status_code == 303
    with saved():
        articles = queries.articles_of(1)
        assert [(a.number, a.unit, a.nature.label, str(a.planning_price_net)) for a in articles] == [
            ("1.01", "Stück", "einmalig", "3800.00"),
            ("2.01", "Lizenz", "laufend", "412.50"),
            ("3.01", "Tag", "einmalig", "None"),
        ]


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ("1.01;Gerät;Stück;12.5", "Zeile 1: „12.5“ ist kein eindeutiger Preis"),
        ("1.01;Gerät;Stück;1,00;monatlich", "Zeile 1: „monatlich“ ist keine Zahlweise"),
        ("1.01;Gerät;Stück\n1.01;Gerät;Stück", "Zeile 2: Die Artikelnummer 1.01 gibt es"),
        ("1.01;Gerät", "Zeile 1: Bitte eine Einheit eingeben"),
        (" ;; ", "Bitte mindestens eine Zeile einfügen."),
    ],
)
def test_unreadable_rows_are_named_and_nothing_is_taken_over(saved, officer, rows, message):
    with saved():
        ask.round_with([])
    answer = officer.post("/demand/1/articles/paste", {"rows": rows})
    assert answer.status_code == 422
    assert message in answer.text
    with saved():
        assert not queries.articles_of(1)


def test_an_article_leads_to_the_quantities_behind_its_sums(saved, officer):
    with saved():
        ahaus, borken = make.member("Ahaus"), make.member("Borken")
        round_ = ask.round_with(["1.01"], [ahaus, borken])
        ask.submitted_demand(round_, ahaus, {"1.01": (1, 2, 3)})
        ask.draft(round_, borken, {"1.01": 5})
    assert 'href="/demand/1/articles/1"' in officer.get("/demand/1/articles").text
    page = officer.get("/demand/1/articles/1").text
    assert all(part in page for part in ("Ahaus", "Borken", '<td class="num">7</td>'))


def test_an_article_is_removed_in_preparation_only(saved, officer):
    with saved():
        ask.round_with(["1.01", "1.02"])
        ask.round_with(["2.01"], [make.member()])
    assert officer.post("/demand/1/articles/1/remove").status_code == 303
    assert officer.post("/demand/1/articles/3/remove").status_code == 404
    refused = officer.post("/demand/2/articles/3/remove")
    assert (refused.status_code, "in Vorbereitung" in refused.text) == (422, True)


def test_an_invitation_without_a_choice_says_so_and_a_closed_round_invites_nobody(saved, officer):
    with saved():
        member = make.member()
        ask.round_with(["1.01"])
        ask.closed_round([(member, {"1.01": 1})])
        make.member()
    assert "mindestens ein Mitglied wählen" in officer.post("/demand/1/invite").text
    assert "kann niemand mehr eingeladen werden" in officer.get("/demand/2/invite").text
    assert "kann niemand mehr eingeladen werden" in officer.post("/demand/2/invite", {"everybody": "yes"}).text


def test_the_next_step_follows_the_round(saved, officer, hand):
    with saved():
        ahaus, borken = make.member("Ahaus"), make.member("Borken")
        round_ = ask.round_with(["1.01"], [ahaus, borken])
        ask.submitted_demand(round_, ahaus, {"1.01": 1})
        deadline = round_.deadline_at
    assert "Antworten abwarten" in officer.get("/demand/1").text
    hand.moment = deadline + timedelta(minutes=1)
    assert "Frist abgelaufen" in officer.get("/demand/1").text
    with saved():
        hand.moment = deadline
        ask.nil_demand(queries.db.session.get(DemandRound, 1), queries.db.session.get(make.Member, 2))
    assert "Alle haben geantwortet" in officer.get("/demand/1").text
    officer.post("/demand/1/close")
    assert 'href="/tenders/plan?round=1"' in officer.get("/demand/1").text


def test_the_auditor_reads_rounds_and_demands_and_changes_nothing(saved, browser):
    with saved():
        ahaus = make.member("Ahaus")
        round_ = ask.round_with(["1.01"], [ahaus])
        ask.submitted_demand(round_, ahaus, {"1.01": (1, 2, 3)})
        auditor_id = make.auditor().id
    auditor = browser(auditor_id)
    for page in ("/demand/", "/demand/1", "/demand/1/articles", "/demand/1/articles/1", "/demand/1/1"):
        text = auditor.get(page)
        assert text.status_code == 200
        assert "Ahaus" in text.text or page in {"/demand/", "/demand/1/articles"}
        assert 'action="/demand' not in text.text
    for change in (
        "/demand/",
        "/demand/1/open",
        "/demand/1/close",
        "/demand/1/1",
        "/demand/1/1/submit",
        "/demand/1/1/reopen",
    ):
        assert auditor.post(change).status_code == 403
