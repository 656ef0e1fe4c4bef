"""The pages: an officer's way from a closed round to publication, errors that keep the input, the next step."""

from datetime import timedelta

import sqlalchemy as sa

from procurement.core.db import db
from procurement.tenders import actions, queries, queries_bill
from procurement.tenders.kinds import TenderStage
from procurement.tenders.models import Tender
from tests.factories import demand, tenders
from tests.factories import members as make
from tests.page_reading import text_of

CRITERIA = {
    "rows-0-number": "A1", "rows-0-title": "ISO 27001", "rows-0-kind": "exclusion",
    "rows-1-number": "1", "rows-1-title": "Leistung", "rows-1-kind": "scored", "rows-1-weight_percent": "100/3",
    "rows-2-number": "2", "rows-2-title": "Service", "rows-2-kind": "scored", "rows-2-weight_percent": "200/3",
    "rows-3-kind": "scored",
}  # fmt: skip
DEADLINES = {
    "question_deadline_at": "2026-12-18T12:00",
    "bid_deadline_at": "2026-12-28T12:00",
    "bid_validity_end_on": "2027-02-26",
}


def saved_round(saved):
    with saved():
        officer, other = make.officer(), make.officer()
        members = [make.member("Ahaus"), make.member("Borken")]
        amounts = [(members[0], {"FW-1": 2, "FW-2": 10}), (members[1], {"FW-2": 30})]
        return officer.id, other.id, demand.closed_round(amounts, officer=officer).id


def test_an_officer_comes_from_a_closed_round_to_a_published_tender(saved, browser, app):
    officer_id, _other, round_id = saved_round(saved)
    page = browser(officer_id)
    assert "Bedarfsrunde" in text_of(page.get("/tenders/plan"))
    form = text_of(page.get(f"/tenders/plan?round={round_id}"))
    assert 'value="V-2026-01"' in form
    with app.app_context():
        chosen = [line.article.article_id for line in queries.open_lines(queries.round_of(round_id))]
    entry = {
        "reference": "V-2026-01", "title": "Firewall", "procedure_type": "open", "procedure_started_on": "2026-11-23",
        "articles": chosen,
    }  # fmt: skip
    made = page.post(f"/tenders/plan?round={round_id}", entry)
    assert made.status_code == 303
    url = made.headers["Location"]
    posts = {
        "/criteria": CRITERIA,
        "/method": {"method": "best_value", "quality_weight": "60", "total_points": "1000", "whole_points": "no",
                    "tie_rule": "price"},
        "/deadlines": DEADLINES,
        "/value": {},
    }  # fmt: skip
    for path, fields in posts.items():
        assert page.post(url + path, fields).status_code == 303, path
    assert "333,33" in text_of(page.get(url + "/criteria"))
    assert "Das wird damit fest" in text_of(page.get(url + "/publish"))
    assert "Es fehlen: Ahaus, Borken (seit 23.11.2026)" in text_of(page.post(url + "/publish"))
    with saved():
        tenders.confirm_all(db.session.scalars(sa.select(Tender)).one())
    assert page.post(url + "/publish").status_code == 303
    shown = text_of(page.get(url))
    assert "Angebote gehen ein und bleiben bis zum Ende der Angebotsfrist verschlossen." in shown
    assert "Prüfsumme stimmt" in text_of(page.get(url + "/record"))
    with app.app_context():
        tender = db.session.scalars(sa.select(Tender)).one()
        assert tender.parameters == {
            "quality_weight": "0.6", "max_points": "10000", "total_points": "1000", "whole_points": "no",
        }  # fmt: skip


def test_the_next_step_is_locked_with_the_same_reasons_the_action_gives(saved, browser):
    with saved():
        tender = tenders.planned_tender(officer=(officer := make.officer()))
        officer_id, url = officer.id, f"/tenders/{tender.id}"
    page = browser(officer_id)
    for address in (url, url + "/publish"):
        assert "Es ist noch keine Wertungsmethode gewählt." in text_of(page.get(address))
    refused = page.post(url + "/publish")
    assert refused.status_code == 422
    assert "Der Auftragswert ist noch nicht geschätzt." in text_of(refused)


def test_a_line_opens_to_the_members_behind_it(saved, browser):
    with saved():
        members = [make.member("Ahaus"), make.member("Borken"), make.member("Rhede")]
        tender = tenders.planned_tender(members=members, officer=(officer := make.officer()))
        officer_id, url = officer.id, f"/tenders/{tender.id}/lots"
    shown = text_of(browser(officer_id).get(url))
    assert "Wessen 40 Lizenz sind das?" in shown
    assert "Borken: 20 Lizenz" in shown
    assert "Summe 40 Lizenz, gleich der Menge der Position." in shown


def test_lots_and_lines_are_changed_on_one_page(saved, browser, app):
    with saved():
        tender = tenders.planned_tender(officer=(officer := make.officer()))
        officer_id, tender_id, lot_id = officer.id, tender.id, tender.lots[0].id
        lines = [tenders.line_of(tender, number).id for number in ("FW-1", "FW-2")]
    page, url = browser(officer_id), f"/tenders/{tender_id}"
    assert page.post(f"{url}/lots", {"new_lot-title": "Lizenzen"}).status_code == 303
    with app.app_context():
        second = queries_bill.lots_of(tender_id)[1].id
    joint = {"line-number": "G-1", "line-title": "Projektleitung", "line-quantity": "2,5", "line-unit": "Tag",
             "line-nature": "one_off", "line-estimate_net": "900", "line-reason": "gemeinsam"}  # fmt: skip
    assert page.post(f"{url}/lots/{second}/lines", joint).status_code == 303
    assert page.post(f"{url}/lines/{lines[1]}/move", {"lot": second}).status_code == 303
    prices = {f"line_{lines[0]}": "1.234,56"}
    assert page.post(f"{url}/lots/{lot_id}/estimates", prices).status_code == 303
    assert page.post(f"{url}/lots/{lot_id}", {"lot-title": "Geräte", "lot-merging_reason": ""}).status_code == 303
    with app.app_context():
        lots = queries_bill.lots_of(tender_id)
        # 4 × 1,234.56; 2.5 days × 900.00 and 40 × 50.00
        assert [(lot.title, str(lot.value_net)) for lot in lots] == [("Geräte", "4938.24"), ("Lizenzen", "4250.00")]
        removable = tenders.line_of(queries.tender(tender_id), "G-1").id
    assert page.post(f"{url}/lines/{removable}/remove").status_code == 303
    joined = {"join-into": lot_id, "join-reason": "ein Vertrag"}
    assert page.post(f"{url}/lots/{second}/join", joined).status_code == 303
    assert page.post(f"{url}/lots", {"new_lot-title": "Leer"}).status_code == 303
    with app.app_context():
        empty = queries_bill.lots_of(tender_id)[1].id
    assert page.post(f"{url}/lots/{empty}/remove").status_code == 303
    assert page.post(f"{url}/lots/{lot_id}/remove").status_code == 422


def test_refused_forms_keep_the_input_and_name_the_fault(saved, browser):
    with saved():
        tender = tenders.planned_tender(officer=(officer := make.officer()), reference="V-1")
        tenders.planned_tender(officer=officer, reference="V-2")
        officer_id, url, lot_id = officer.id, f"/tenders/{tender.id}", tender.lots[0].id
        line_id = tenders.line_of(tender, "FW-1").id
    page = browser(officer_id)
    entry = {"reference": "V-2", "title": "Mein Titel", "procedure_type": "open", "procedure_started_on": "2026-11-23"}
    cases = [
        ("/edit", entry, "trägt schon eine andere", "Mein Titel"),
        ("/lots", {"new_lot-title": ""}, "Bitte eine Bezeichnung eingeben.", ""),
        (f"/lots/{lot_id}", {"lot-title": " "}, "Bitte dem Los eine Bezeichnung geben.", ""),
        (f"/lots/{lot_id}/lines", {"line-number": "FW-1", "line-title": "Doppelt", "line-quantity": "1",
         "line-unit": "Tag", "line-nature": "one_off", "line-reason": "x"}, "FW-1 gibt es", "Doppelt"),
        (f"/lots/{lot_id}/estimates", {f"line_{line_id}": "12.5"}, "keine eindeutige Zahl", "12.5"),
        (f"/lots/{lot_id}/join", {"join-into": lot_id, "join-reason": ""}, "Bitte die Zusammenfassung begründen.", ""),
        ("/criteria", CRITERIA | {"rows-1-weight_percent": "viel"}, "„viel“ ist kein Anteil", "ISO 27001"),
        ("/criteria", CRITERIA | {"rows-1-number": "A1"}, "kommt mehrfach vor", "ISO 27001"),
        ("/method", {"method": "extended_ratio", "corridor": "20", "criterion": "price", "total_points": "1000",
         "whole_points": "no", "tie_rule": "none"}, "Korridor beträgt 20 %", 'value="20"'),
        ("/deadlines", DEADLINES | {"bid_deadline_at": "2026-12-01T12:00"}, "muss vor der Angebotsfrist", "2026-12-01"),
        ("/cancel", {"reason": ""}, "Bitte den Grund angeben.", ""),
    ]  # fmt: skip
    for path, fields, fault, kept in cases:
        answer = page.post(url + path, fields)
        assert answer.status_code == 422, path
        assert fault in text_of(answer), path
        assert kept in text_of(answer), path


def test_a_form_shown_before_somebody_elses_change_is_refused(saved, browser):
    with saved():
        tender = tenders.planned_tender(officer=(officer := make.officer()))
        officer_id, url, seen = officer.id, f"/tenders/{tender.id}", tender.version
    page = browser(officer_id)
    page.post(url + "/lots", {"new_lot-title": "Neu"})
    late = page.post(url + "/deadlines", DEADLINES | {"version": str(seen)})
    assert late.status_code == 422
    assert "Die Ausschreibung wurde inzwischen geändert" in text_of(late)


def test_after_the_deadline_the_next_step_is_the_opening(saved, browser, hand):
    with saved():
        tender = tenders.published_tender(officers=[officer := make.officer(), make.officer()])
        officer_id, url, deadline = officer.id, f"/tenders/{tender.id}", tender.bid_deadline_at
    hand.moment = deadline + timedelta(minutes=1)
    assert "Zwei Personen öffnen die Angebote gemeinsam." in text_of(browser(officer_id).get(url))


def test_every_later_stage_says_what_comes_next(saved, browser):
    words = {
        TenderStage.OPENED: "Punkte vergeben und werten",
        TenderStage.EVALUATED: "schlägt den Zuschlag mit Begründung vor",
        TenderStage.AWARD_DECIDED: "Eine zweite Person bestätigt",
        TenderStage.STANDSTILL: "Nach der Stillhaltefrist wird der Zuschlag erteilt",
        TenderStage.AWARDED: "Die Kosten werden auf die Mitglieder aufgeteilt",
    }
    with saved():
        tender = tenders.published_tender(officers=[officer := make.officer(), make.officer()])
        officer_id, tender_id = officer.id, tender.id
    for stage, expected in words.items():
        with saved():
            tenders.tender_at(stage, queries.tender(tender_id), queries.officers_with_key()[0])
        assert expected in text_of(browser(officer_id).get(f"/tenders/{tender_id}"))


def test_a_published_tender_is_cancelled_on_one_page_only(saved, browser):
    with saved():
        tender, officer = tenders.published_tender(), make.officer()
        tender_id, officer_id = tender.id, officer.id
    page = browser(officer_id)
    assert f"/tenders/{tender_id}/cancel" not in page.get(f"/tenders/{tender_id}").text
    led = page.get(f"/tenders/{tender_id}/cancel")
    assert (led.status_code, led.location) == (303, f"/awarding/{tender_id}/cancellation")
    refused = page.post(f"/tenders/{tender_id}/cancel", {"reason": "Kein Interesse mehr"})
    assert refused.status_code == 422
    assert "§ 63 VgV" in text_of(refused)


def test_a_cancelled_tender_shows_its_reason_and_offers_nothing(saved, browser):
    with saved():
        tender = tenders.planned_tender(officer=(officer := make.officer()))
        officer_id, url = officer.id, f"/tenders/{tender.id}"
    page = browser(officer_id)
    assert page.post(url + "/cancel", {"reason": "Kein Bedarf mehr"}).status_code == 303
    shown = text_of(page.get(url))
    assert "Kein Bedarf mehr" in shown
    assert "Der Bedarf kann neu ausgeschrieben werden." in shown
    assert "Nicht mehr möglich" in text_of(page.get(url + "/cancel"))
    assert "Die Angaben stehen fest" in text_of(page.get(url + "/edit"))
    assert page.post(url + "/cancel", {"reason": "noch einmal"}).status_code == 422


def test_pages_without_content_say_what_comes_first(saved, browser):
    with saved():
        officer_id, auditor_id = make.officer().id, make.auditor().id
        open_round = demand.round_with(["X1"], [make.member()]).id
    page = browser(officer_id)
    assert "Noch keine Ausschreibung" in text_of(page.get("/tenders/"))
    assert "Keine Bedarfsrunde wartet" in text_of(page.get("/tenders/plan"))
    assert "Kein offener Bedarf" in text_of(page.get(f"/tenders/plan?round={open_round}"))
    assert page.get("/tenders/plan?round=999").status_code == 404
    assert "Sobald die Vergabestelle" in text_of(browser(auditor_id).get("/tenders/"))


def test_planning_with_a_taken_reference_shows_the_form_again(saved, browser):
    officer_id, _other, round_id = saved_round(saved)
    with saved():
        tenders.planned_tender(reference="V-9")
    entry = {"reference": "V-9", "title": "T", "procedure_type": "open", "procedure_started_on": "2026-11-23"}
    page = browser(officer_id)
    nothing_chosen = page.post(f"/tenders/plan?round={round_id}", entry)
    assert "Bitte mindestens einen Artikel auswählen." in text_of(nothing_chosen)
    with saved():
        entry["articles"] = [line.article.article_id for line in queries.open_lines(queries.round_of(round_id))]
    taken = page.post(f"/tenders/plan?round={round_id}", entry)
    assert taken.status_code == 422
    assert "V-9 trägt schon eine andere Ausschreibung" in text_of(taken)


def test_every_method_has_its_own_form(saved, browser):
    with saved():
        tender = tenders.planned_tender(officer=(officer := make.officer()))
        officer_id, url = officer.id, f"/tenders/{tender.id}/criteria"
    fields = {
        "lowest_price": set(),
        "simple_ratio": {"total_points", "rounding_place"},
        "extended_ratio": {"corridor", "criterion", "criterion_part", "total_points", "rounding_place"},
        "weighted_median": {"quality_weight", "total_points", "rounding_place"},
        "weighted_reference": {
            *("quality_weight", "reference_points", "reference_price", "total_points", "rounding_place")
        },
        "weighted_mean": {"quality_weight", "total_points", "rounding_place"},
        "best_value": {"quality_weight", "quality_reference", "total_points", "rounding_place"},
        "linear": {"quality_weight", "zero_at", "total_points", "rounding_place"},
        "additive": {"price_weight", "price_rule", "zero_at", "total_points", "rounding_place"},
        "exponential": {"quality_weight", "total_points"},
        "quality_only": {"total_points"},
        "bonus": {"bonus_per_point", "bonus_base", "total_points", "rounding_place"},
        "threshold_price": {"threshold", "total_points"},
    }
    every = set().union(*fields.values())
    for method, expected in fields.items():
        shown = text_of(browser(officer_id).get(f"{url}?method={method}"))
        assert {name for name in every if f'name="{name}"' in shown} == expected, method
        assert 'name="tie_then"' in shown


def test_unlawful_methods_can_be_read_about_with_their_ruling_but_not_chosen(saved, browser):
    with saved():
        tender = tenders.planned_tender(officer=(officer := make.officer()))
        officer_id, url = officer.id, f"/tenders/{tender.id}"
    shown = text_of(browser(officer_id).get(f"{url}/criteria"))
    for part in ("Nicht zulässige Methoden", "Beidseitige Interpolation", "Verg 35/23", "VK 1-77/23"):
        assert part in shown
    for name in ("M10", "span", "rank_deduction"):
        assert browser(officer_id).post(f"{url}/method", {"method": name, "total_points": "1000"}).status_code == 422


def test_a_published_tender_is_read_only_everywhere(saved, browser):
    with saved():
        tender = tenders.published_tender(officers=[officer := make.officer(), make.officer()])
        officer_id, url = officer.id, f"/tenders/{tender.id}"
    page = browser(officer_id)
    for path in ("/lots", "/criteria", "/deadlines", "/value"):
        shown = text_of(page.get(url + path))
        assert "speichern" not in shown, path
    assert "Z = L ÷ P" in text_of(page.get(url + "/criteria"))
    assert page.post(url + "/value").status_code == 422


def test_a_changed_tender_is_reported_in_its_file(saved, browser):
    with saved():
        tender = tenders.published_tender(officers=[officer := make.officer(), make.officer()])
        tender.title = "Heimlich geändert"
        officer_id, url = officer.id, f"/tenders/{tender.id}/record"
    shown = text_of(browser(officer_id).get(url))
    assert "Abweichung vom Veröffentlichten" in shown
    assert "<li>Titel</li>" in shown


def test_demand_that_is_free_again_is_offered_on_the_list(saved, browser):
    with saved():
        tender = tenders.planned_tender(officer=(officer := make.officer()))
        actions.cancel(tender, "Fehler", by=officer)
        officer_id = officer.id
    assert "Bedarf wartet auf eine Ausschreibung" in text_of(browser(officer_id).get("/tenders/"))


def test_changed_entries_are_shown_and_a_national_procedure_has_no_minimum_period(saved, browser):
    with saved():
        tender = tenders.planned_tender(officer=(officer := make.officer()))
        officer_id, url = officer.id, f"/tenders/{tender.id}"
    page = browser(officer_id)
    assert "frühestens am Mi., 23.12.2026 (30 Kalendertage" in text_of(page.get(url + "/deadlines"))
    entry = {
        "reference": "V-7",
        "title": "Netz",
        "procedure_type": "national-public",
        "procedure_started_on": "2026-11-01",
    }
    assert page.post(url + "/edit", entry).status_code == 303
    assert "Öffentliche Ausschreibung unterhalb des Schwellenwerts" in text_of(page.get(url))
    assert "Kalendertage" not in text_of(page.get(url + "/deadlines")).partition("Wie werden Fristen")[0]
