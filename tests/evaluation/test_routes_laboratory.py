"""The formula laboratory in the browser: trying writes nothing, choosing files everything, publishing locks it."""

import re

import sqlalchemy as sa

from procurement.audit.events import Event
from procurement.audit.models import AuditEntry
from procurement.core.db import db
from procurement.evaluation import queries_laboratory
from procurement.evaluation.models_laboratory import MethodChoice
from procurement.members.models import Account
from procurement.tenders import actions_publication
from procurement.tenders.models import Tender
from tests.factories import members as make
from tests.factories import tenders
from tests.page_reading import seen_on

# the textbook case: D, A, B and C win by lowest price, L/P, corridor and best value
TYPED = {
    "seed": "5",
    "through": "1",
    "tie_rule": "none",
    **{f"bids-{place}-name": name for place, name in enumerate("ABCD")},
    **{f"bids-{place}-points": points for place, points in enumerate(("8.000", "9.000", "9500", "7000"))},
    **{f"bids-{place}-price": f"{euro}.000,00" for place, euro in enumerate((100, 125, 132, 90))},
    "variants-0-method": "lowest_price",
    "variants-1-method": "simple_ratio",
    "variants-2-method": "extended_ratio",
    "variants-2-corridor": "10",
    "variants-2-criterion": "quality",
    "variants-3-method": "best_value",
    "variants-3-quality_weight": "60",
}
# G5: method with what is typed for it, three bids, and who wins without and with the third
FLIPS = (
    (
        "weighted_mean",
        {"quality_weight": "60"},
        (("A", "1000", "170.000"), ("B", "650", "80.000"), ("C", "550", "180.000")),
        "BA",
    ),
    (
        "weighted_median",
        {"quality_weight": "60"},
        (("A", "600", "80.000"), ("B", "900", "180.000"), ("C", "600", "170.000")),
        "AB",
    ),
    (
        "best_value",
        {"quality_weight": "60"},
        (("A", "950", "180.000"), ("B", "800", "130.000"), ("C", "500", "80.000")),
        "BA",
    ),
    (
        "linear",
        {"quality_weight": "60", "zero_at": "2"},
        (("A", "950", "150.000"), ("B", "600", "100.000"), ("C", "500", "90.000")),
        "AB",
    ),
    (
        "extended_ratio",
        {"corridor": "10", "criterion": "quality"},
        (("A", "800", "100.000"), ("B", "925", "125.000"), ("X", "420", "50.000")),
        "BA",
    ),
)
REASON = "Gute Konzepte sind uns mehr wert als ein niedriger Preis."


def planned(saved):
    with saved():
        officer, tender = make.officer("Anke Albers"), tenders.ready_tender()
        return officer.id, tender.id


def test_the_proposal_is_compared_at_once_and_what_is_typed_is_compared_instead(browser, saved):
    officer, tender = planned(saved)
    signed_in = browser(officer)
    assert "Wertungslabor" in seen_on(signed_in.get(f"/tenders/{tender}/criteria"))  # the plain link for everybody
    text = seen_on(signed_in.get(f"/evaluation/{tender}/laboratory"))
    assert "Dieselben 4 Angebote, 4 Verfahren, 4 verschiedene Ergebnisse" in text
    page = signed_in.get(f"/evaluation/{tender}/laboratory", query_string=TYPED | {"bids-3-price": "60.000,00"})
    assert "D 7.000 Punkte · 60.000,00 €" in seen_on(page)
    assert "Startwert 5" in seen_on(page)
    assert 'value="60.000,00"' in page.text
    with saved():
        assert not db.session.scalar(sa.select(sa.func.count(MethodChoice.id)))


def test_a_figure_that_cannot_be_read_is_named_and_everything_stays_typed(browser, saved):
    officer, tender = planned(saved)
    wrong = TYPED | {"bids-1-price": "12.5", "bids-0-name": "Netz GmbH"}
    page = browser(officer).get(f"/evaluation/{tender}/laboratory", query_string=wrong)
    assert "„12.5“ ist keine eindeutige Zahl" in seen_on(page)
    assert 'value="12.5"' in page.text
    assert 'value="Netz GmbH"' in page.text
    # what a select never offers is refused as well, wherever it comes from
    page = browser(officer).get(f"/evaluation/{tender}/laboratory", query_string=TYPED | {"variants-2-criterion": "x"})
    assert "Bitte eine der angebotenen Möglichkeiten wählen." in seen_on(page)
    many = TYPED | {f"bids-{place}-points": "5000" for place in range(50)}
    page = browser(officer).get(f"/evaluation/{tender}/laboratory", query_string=many)
    assert "Verglichen werden höchstens 8 angenommene Angebote." in seen_on(page)
    half = {name: text for name, text in TYPED.items() if name != "bids-1-price"}
    page = browser(officer).get(f"/evaluation/{tender}/laboratory", query_string=half)
    assert "Zeile 2: Bitte Leistungspunkte und Preis angeben." in seen_on(page)


def test_a_choice_goes_into_the_tender_and_with_its_whole_comparison_into_the_file(browser, saved):
    officer, tender = planned(saved)
    signed_in = browser(officer)
    refused = signed_in.post(f"/evaluation/{tender}/laboratory", TYPED | {"reason": REASON})
    assert refused.status_code == 422
    assert "Bitte das Verfahren wählen" in seen_on(refused)
    assert REASON in refused.text
    wrong = {"reason": REASON, "chosen": "4", "bids-1-price": "12.5", "bids-0-name": "Hand GmbH"}
    unread = signed_in.post(f"/evaluation/{tender}/laboratory", TYPED | wrong)
    assert unread.status_code == 422
    assert all(typed in unread.text for typed in (REASON, 'value="12.5"', 'value="Hand GmbH"'))
    other = signed_in.post(
        f"/evaluation/{tender}/laboratory", TYPED | {"reason": REASON, "chosen": "4", "max_points": "20.000"}
    )
    assert "Verglichen wurde mit 20.000 erreichbaren Leistungspunkten" in seen_on(other)
    with saved():
        chosen = sa.select(sa.func.count(AuditEntry.id)).filter_by(event=Event.METHOD_CHOSEN.value)
        assert not db.session.scalar(chosen)
        assert db.session.get(Tender, tender).method == "simple_ratio"
    done = signed_in.post(f"/evaluation/{tender}/laboratory", TYPED | {"reason": REASON, "chosen": "4"})
    assert done.status_code == 303
    with saved():
        stored = db.session.get(Tender, tender)
        assert (stored.method, stored.parameters["quality_weight"], stored.parameters["max_points"]) == (
            "best_value",
            "0.6",
            "10000",
        )
        choice = db.session.scalars(sa.select(MethodChoice)).one()
        assert (choice.number, choice.chosen_column, choice.reason) == (1, 4, REASON)
        kept = queries_laboratory.comparison_of(choice)
        assert [column.winners for column in kept.columns] == [("D",), ("A",), ("B",), ("C",)]
        assert (kept.seed, kept.sets, kept.per_set) == (5, 1000, 4)
        entry = db.session.scalars(sa.select(AuditEntry).filter_by(event=Event.METHOD_CHOSEN.value)).one()
        assert choice.comparison_hash in entry.changes
    short = signed_in.get(f"/evaluation/{tender}/method-choices", headers={"HX-Request": "true"})
    assert "Begründung in der Akte: Gewichtete Bestwertmethode" in seen_on(short)
    text = seen_on(signed_in.get("/evaluation/method-choices/1"))
    assert REASON in text
    assert "4 verschiedene Ergebnisse" in text


def test_the_flips_g5a_to_g5e_come_out_of_bids_typed_by_hand(browser, saved):
    officer, tender = planned(saved)
    signed_in = browser(officer)
    for method, fields, bids, (without, with_third) in FLIPS:
        typed = {"seed": "1", "max_points": "1000", "variants-0-method": method}
        typed |= {f"variants-0-{name}": text for name, text in fields.items()}
        for count, winner in ((2, without), (3, with_third)):
            for place, (name, points, price) in enumerate(bids[:count]):
                typed |= {f"bids-{place}-name": name, f"bids-{place}-points": points, f"bids-{place}-price": price}
            text = seen_on(signed_in.get(f"/evaluation/{tender}/laboratory", query_string=typed))
            assert re.search(rf" {winner} [\d.]+ Punkte · [\d.,]+ € Rang 1 ", text)


def test_once_published_the_laboratory_is_closed_and_the_file_stays_readable(browser, saved):
    with saved():
        officer, second, auditor = make.officer("Anke Albers"), make.officer(), make.auditor()
        lead = make.lead(make.member())
        ids, tender = (officer.id, second.id, auditor.id, lead.id), tenders.ready_tender(officer=officer).id
    officer, second, auditor, lead = ids
    browser(officer).post(f"/evaluation/{tender}/laboratory", TYPED | {"reason": REASON, "chosen": "2"})
    with saved():
        actions_publication.publish(db.session.get(Tender, tender), by=db.session.get(Account, second))
    page = browser(officer).get(f"/evaluation/{tender}/laboratory", query_string=TYPED)
    assert "Seit der Veröffentlichung ist das Wertungslabor geschlossen." in seen_on(page)
    assert "verschiedene Ergebnisse" not in seen_on(page)
    sent = browser(officer).post(f"/evaluation/{tender}/laboratory", TYPED | {"reason": REASON, "chosen": "4"})
    assert sent.status_code == 422
    with saved():
        assert db.session.scalars(sa.select(MethodChoice.chosen_column)).all() == [2]
    assert browser(auditor).get(f"/evaluation/{tender}/laboratory").status_code == 403
    assert REASON in seen_on(browser(auditor).get(f"/evaluation/{tender}/method-choices"))
    kept = seen_on(browser(auditor).get("/evaluation/method-choices/1"))
    assert all(said in kept for said in (REASON, "4 verschiedene Ergebnisse", "so in der Ausschreibung", "Startwert 5"))
    assert browser(lead).get("/evaluation/method-choices/1").status_code == 403
    assert browser(lead).get(f"/evaluation/{tender}/laboratory").status_code == 403
    assert browser(lead).get(f"/evaluation/{tender}/method-choices").status_code == 403
