"""Pages beside the grid: saving as you go, wishes, files, the life of a row, the forecast; and who sees none of it."""

import io
from datetime import date

import pytest

from procurement.demand import actions_wishes, queries
from procurement.demand.entries import ItemEntry, WishEntry
from procurement.demand.models import Attachment, Demand, DemandRound
from procurement.members.kinds import FigureKind
from procurement.values.money import Money
from procurement.values.quantity import Quantity
from tests.factories import demand as ask
from tests.factories import members as make

EMPTY = ItemEntry(1).mark
WISH = {"title": "Schulung Telefonzentrale", "expected": "2", "unit": "Tag", "explanation": "im Haus"}


@pytest.fixture
def people(saved, browser):
    """Laer's lead (member 1), Velen's lead, the office and an auditor, in an open round with two articles."""
    with saved():
        laer, velen = make.member("Laer"), make.member("Velen")
        articles = [ask.article("1.01", "NGFW-Cluster", price="3800.00"), ask.article("1.02", "UTM-Lizenz", price=None)]
        officer = make.officer("Petra Beispiel")
        ask.round_with(articles, [laer, velen], title="Firewall", officer=officer)
        ids = {"laer": make.lead(laer, "Lena Leitung").id, "velen": make.lead(velen).id}
        ids |= {"office": officer.id, "auditor": make.auditor().id}
    return {name: browser(account_id) for name, account_id in ids.items()}


def cells(article, minimum="", expected="", maximum="", seen=EMPTY, **details):
    fields = {f"minimum-{article}": minimum, f"expected-{article}": expected, f"maximum-{article}": maximum}
    return fields | {f"seen-{article}": seen} | {f"{name}-{article}": text for name, text in details.items()}


def autosave(window, version, *rows, of=1):
    fields = {"version": version}
    for row in rows:
        fields |= row
    return window.post(f"/demand/1/{of}/autosave", fields)


def test_a_row_saves_itself_and_the_answer_says_when_and_what_it_costs(people):
    answer = autosave(people["laer"], 1, cells(1, expected="2", site="Rathaus", start_on="01/2027"))
    told = answer.get_json()
    assert (answer.status_code, told["version"], told["saved_at"], told["fields"]) == (200, 2, "10:00", {})
    assert told["rows"]["1"]["mark"] != EMPTY
    assert "7.600" in told["forecast"]
    assert "1 von 2 Artikeln beantwortet" in told["forecast"]
    page = people["laer"].get("/demand/1/1").text
    assert 'value="Rathaus"' in page
    assert 'value="01.01.2027"' in page


def test_unreadable_and_refused_cells_are_named_while_the_rest_is_stored(people):
    rows = [cells(1, "5", "5", "3"), cells(2, expected="7")]
    told = autosave(people["laer"], 1, *rows).get_json()
    assert list(told["fields"]) == ["maximum-1"]
    told = autosave(people["laer"], told["version"], cells(1, expected="zwölf", start_on="bald")).get_json()
    assert set(told["fields"]) == {"expected-1", "start_on-1"}
    assert "„bald“ ist kein Datum. Bitte wie 15.01.2027 oder 01/2027 eingeben." in told["fields"]["start_on-1"]
    assert 'name="expected-2" value="7"' in people["laer"].get("/demand/1/1").text


def test_details_that_were_not_sent_stay_as_they_are(people):
    autosave(people["laer"], 1, cells(1, expected="2", site="Rathaus"))
    autosave(people["laer"], 2, cells(1, expected="3"))
    assert 'value="Rathaus"' in people["laer"].get("/demand/1/1").text


def test_a_conflict_says_what_is_stored_and_by_whom(people):
    autosave(people["laer"], 1, cells(1, expected="9"))
    told = autosave(people["laer"], 1, cells(1, expected="4")).get_json()
    (conflict,) = told["conflicts"]
    assert (conflict["article"], conflict["who"], conflict["at"]) == (1, "Lena Leitung", "10:00")
    assert conflict["stored"] == "mindestens 9, erwartet 9, höchstens 9 Stück"
    assert conflict["cells"]["expected-1"] == "9"


def test_a_submitted_demand_and_a_foreign_one_answer_without_saving(people):
    autosave(people["laer"], 1, cells(1, expected="9"))
    people["laer"].post("/demand/1/1/submit")
    refused = autosave(people["laer"], 3, cells(1, expected="4"))
    assert refused.status_code == 422
    assert "gesperrt" in refused.get_json()["messages"][0]
    assert autosave(people["velen"], 1, cells(1, expected="4"), of=1).status_code == 404


def test_a_wish_has_its_form_its_row_and_its_words(people):
    missing = people["laer"].post("/demand/1/1/wishes", {"title": "", "unit": "", "expected": ""})
    assert missing.status_code == 422
    assert "Bitte beschreiben Sie, was Sie brauchen." in missing.text
    assert people["laer"].post("/demand/1/1/wishes", WISH).status_code == 303
    page = people["laer"].get("/demand/1/1").text
    assert "Eigene Wünsche" in page
    assert 'name="expected-3" value="2"' in page
    words = {"title": "Schulung Empfang", "unit": "Tag", "explanation": ""}
    assert 'value="Schulung Telefonzentrale"' in people["laer"].get("/demand/1/1/wishes/3").text
    assert people["laer"].post("/demand/1/1/wishes/3", words).status_code == 303
    assert "Schulung Empfang" in people["laer"].get("/demand/1/1/review").text
    assert people["laer"].post("/demand/1/1/wishes/3/remove").status_code == 303
    assert "Schulung Empfang</" not in people["laer"].get("/demand/1/1/review").text


def test_other_members_never_see_a_wish_and_the_office_sees_whose_it_is(people):
    people["laer"].post("/demand/1/1/wishes", WISH)
    for page in ("/demand/1/2", "/demand/1/2/review", "/demand/", "/"):
        assert "Telefonzentrale" not in people["velen"].get(page).text
    for page in ("/demand/1/2/wishes/3", "/demand/1/1/wishes/3", "/demand/1/2/articles/3/history"):
        assert people["velen"].get(page).status_code == 404
    for reader in ("office", "auditor"):
        assert "eigener Wunsch von Laer" in people[reader].get("/demand/1/articles").text
        assert "eigener Wunsch von Laer" in people[reader].get("/demand/1/1").text
        assert "Eigener Wunsch von Laer" in people[reader].get("/demand/1/articles/3").text


def upload(window, name="Plan.pdf", content=b"%PDF-1.7 Keller", article="", of=1):
    fields = {"file": (io.BytesIO(content), name), "article_id": article}
    return window.post(f"/demand/1/{of}/attachments", fields, content_type="multipart/form-data")


def test_a_file_belongs_to_the_demand_or_an_article_and_comes_back_unchanged(people):
    assert upload(people["laer"], article="1").status_code == 303
    assert upload(people["laer"], "../Liste;.csv", b"a;b").status_code == 303
    page = people["laer"].get("/demand/1/1").text
    assert "Plan.pdf" in page
    assert "Liste_.csv" in page
    for reader in ("laer", "office", "auditor"):
        answer = people[reader].get("/demand/1/1/attachments/1")
        assert (answer.data, answer.mimetype) == (b"%PDF-1.7 Keller", "application/pdf")
        assert "attachment" in answer.headers["Content-Disposition"]
    assert people["velen"].get("/demand/1/1/attachments/1").status_code == 404
    assert people["velen"].get("/demand/1/2/attachments/1").status_code == 404


def test_a_wrong_file_is_refused_and_a_removed_one_is_kept_on_record(people, saved):
    refused = upload(people["laer"], "virus.exe", b"MZ")
    assert refused.status_code == 422
    assert "wird nicht angenommen" in refused.text
    assert upload(people["laer"], article="99").status_code == 422
    assert "Bitte eine Datei wählen." in people["laer"].post("/demand/1/1/attachments").text
    upload(people["laer"])
    assert people["velen"].post("/demand/1/1/attachments/1/remove").status_code == 404
    assert people["laer"].post("/demand/1/1/attachments/1/remove").status_code == 303
    assert people["laer"].get("/demand/1/1/attachments/1").status_code == 404
    with saved():
        kept = queries.db.session.get(Attachment, 1)
        assert (kept.removed_at is not None, kept.file_name) == (True, "Plan.pdf")


def test_a_removed_wish_leaves_its_files_with_the_demand(people, saved):
    with saved():
        demand = queries.db.session.get(Demand, 1)
        wish = WishEntry("Schulung", "Tag", Quantity.of(1))
        actions_wishes.add_wish(demand, wish, by=make.lead(demand.member))
    upload(people["laer"], article="3")
    assert people["laer"].post("/demand/1/1/wishes/3/remove").status_code == 303
    assert "zum ganzen Bedarf ·" in people["laer"].get("/demand/1/1").text


def test_the_life_of_a_row_is_a_page_for_those_who_read_the_demand(people):
    autosave(people["laer"], 1, cells(1, expected="9"))
    for reader in ("laer", "office", "auditor"):
        assert "erwartet 9" in people[reader].get("/demand/1/1/articles/1/history").text
    assert "noch nichts gespeichert" in people["laer"].get("/demand/1/1/articles/2/history").text
    assert people["velen"].get("/demand/1/1/articles/1/history").status_code == 404
    assert people["laer"].get("/demand/1/1/articles/99/history").status_code == 404


def test_the_forecast_stands_on_entry_review_and_start_page(people, saved):
    with saved():
        round_ = queries.db.session.get(DemandRound, 1)
        round_.joint_cost_from_net, round_.joint_cost_to_net = Money.of(9000), Money.of(12000)
        round_.key_reference_date = date(2024, 12, 31)
        for demand, clients in zip(round_.demands, (62, 105), strict=True):
            make.figure(demand.member, FigureKind.CLIENTS, clients)
    autosave(people["laer"], 1, cells(1, "1", "2", "3"), cells(2, expected="4"))
    # 1 × 3.800 + 9.000 × 62/167 = 7.141,32; 3 × 3.800 + 12.000 × 62/167 = 15.855,09
    for page in ("/demand/1/1", "/demand/1/1/review", "/"):
        text = people["laer"].get(page).text
        assert "7.141 – 15.855" in text
        assert "Clients, Stichtag 31.12.2024" in text
    assert "1.02 UTM-Lizenz." in people["laer"].get("/demand/1/1").text


def test_term_and_joint_cost_are_entered_with_clear_refusals(people, saved):
    fields = {"reference": "B-9", "title": "Telefonie", "deadline_at": "2026-12-11T12:00"}
    wrong = fields | {
        "term_months": "0",
        "option_months": "12",
        "joint_cost_from_net": "5.000",
        "joint_cost_to_net": "400",
    }
    page = people["office"].post("/demand/", wrong).text
    assert "Die Laufzeit muss zwischen 1 und 240 Monaten liegen oder frei bleiben." in page
    assert "„bis“ ist kleiner als „von“. Bitte die Beträge tauschen." in page
    assert "Bitte den Stichtag angeben, zu dem der Schlüssel „Clients“ gilt." in page
    right = fields | {
        "term_months": "48", "option_months": "12", "has_total_price": "y", "joint_cost_from_net": "5.000",
        "joint_cost_to_net": "6.000", "joint_cost_key": "inhabitants", "key_reference_date": "2024-12-31",
    }  # fmt: skip
    assert people["office"].post("/demand/", right).status_code == 303
    with saved():
        made = queries.db.session.get(DemandRound, 2)
        assert (made.term.total_months, made.joint_cost_to_net) == (60, Money.of(6000))
    assert 'value="6.000,00"' in people["office"].get("/demand/2/edit").text
