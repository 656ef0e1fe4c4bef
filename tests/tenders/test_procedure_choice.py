"""A value that crosses the threshold reopens the decision on the procedure; deciding again needs a reason."""

import pytest
import sqlalchemy as sa

from procurement.audit.models import AuditEntry
from procurement.core.db import db
from procurement.core.errors import Refused
from procurement.tenders import actions, actions_bill, actions_procedure, actions_publication, queries_publication
from procurement.tenders.kinds import ProcedureType
from procurement.tenders.publication import objections_to_publishing
from procurement.values.money import Money, UnitPrice
from tests.factories import members as make
from tests.factories import tenders
from tests.page_reading import text_of

# 10 × 20,000 = 200,000 net; at 21,600 each it is 216,000
BELOW = (("Server", (tenders.Wish("S-1", "Server", (6, 4), "20000"),)),)


def below_the_threshold(procedure=ProcedureType.NATIONAL_PUBLIC, officer=None):
    officer = officer or make.officer()
    tender = tenders.ready_tender(BELOW, officer=officer, procedure_type=procedure)
    return tender, officer


def priced(tender, euro, officer, cause=""):
    actions_bill.set_estimate(tenders.line_of(tender, "S-1"), UnitPrice.of(euro), by=officer)
    return actions_publication.estimate_value(tender, by=officer, cause=cause)


def entries(event):
    return db.session.scalars(sa.select(AuditEntry).filter_by(event=event)).all()


def test_crossing_the_threshold_reopens_the_decision_with_its_reason_in_the_trail(context):
    tender, officer = below_the_threshold()
    version = priced(tender, "21600", officer, "Nachmeldung von Velen angenommen")
    assert tender.procedure_type is ProcedureType.UNDECIDED
    assert version.cause == "Nachmeldung von Velen angenommen"
    [entry] = entries("tenders:procedure:reopen")
    for part in ("bisher 200.000,00 €, neu 216.000,00 €", "Anlass: Nachmeldung von Velen", "216.000,00 €"):
        assert part in entry.detail
    texts = [str(one) for one in objections_to_publishing(queries_publication.publication_facts(tender))]
    assert any(text.startswith("Bitte die Verfahrensart neu entscheiden: ") for text in texts)


def test_falling_below_the_threshold_reopens_it_too(context):
    tender, officer = below_the_threshold()
    priced(tender, "21600", officer)
    actions_procedure.decide_procedure(tender, ProcedureType.OPEN, "Regelfall oberhalb", by=officer)
    tender.procedure_type = ProcedureType.NATIONAL_PUBLIC
    priced(tender, "20000", officer)
    assert tender.procedure_type is ProcedureType.UNDECIDED


@pytest.mark.parametrize("procedure", [ProcedureType.OPEN, ProcedureType.RESTRICTED])
def test_an_eu_procedure_stays(context, procedure):
    tender, officer = below_the_threshold(procedure)
    priced(tender, "30000", officer)
    assert tender.procedure_type is procedure


def test_a_change_on_the_same_side_reopens_nothing(context):
    tender, officer = below_the_threshold()
    priced(tender, "21599.99", officer)
    assert tender.procedure_type is ProcedureType.NATIONAL_PUBLIC
    assert entries("tenders:procedure:reopen") == []


def test_deciding_again_needs_a_reason_and_an_admissible_procedure(context):
    tender, officer = below_the_threshold()
    priced(tender, "21600", officer)
    with pytest.raises(Refused, match="kurz begründen"):
        actions_procedure.decide_procedure(tender, ProcedureType.OPEN, " ", by=officer)
    with pytest.raises(Refused, match="ist dann nicht zulässig"):
        actions_procedure.decide_procedure(tender, ProcedureType.NATIONAL_PUBLIC, "wie bisher", by=officer)
    with pytest.raises(Refused, match="Bitte eine Verfahrensart wählen"):
        actions_procedure.decide_procedure(tender, ProcedureType.UNDECIDED, "später", by=officer)
    actions_procedure.decide_procedure(tender, ProcedureType.OPEN, "Wert erreicht den Schwellenwert.", by=officer)
    assert tender.procedure_type is ProcedureType.OPEN
    assert "Wert erreicht den Schwellenwert." in entries("tenders:procedure:decide")[0].detail


def test_an_open_decision_is_not_closed_by_the_way(context):
    tender, officer = below_the_threshold()
    priced(tender, "21600", officer)
    typed = tenders.entry(reference=tender.reference, procedure_type=ProcedureType.OPEN)
    with pytest.raises(Refused, match="unter „Wert“ mit einer kurzen Begründung"):
        actions.change_tender(tender, typed, by=officer)


def test_the_page_of_the_value_asks_for_the_decision_and_takes_it(saved, browser):
    with saved():
        tender, officer = below_the_threshold()
        priced(tender, "21600", officer)
        officer_id, url = officer.id, f"/tenders/{tender.id}"
    page = browser(officer_id)
    shown = text_of(page.get(url + "/value"))
    for part in ("Die Verfahrensart ist offen", "+16.000,00", "Schwellenwert überschritten", "Neu geschätzt"):
        assert part in shown
    refused = page.post(url + "/procedure", {"procedure_type": "open", "reason": ""})
    assert refused.status_code == 422
    assert "Bitte die Wahl kurz begründen." in text_of(refused)
    assert page.post(url + "/procedure", {"procedure_type": "open", "reason": "Regelfall"}).status_code == 303
    assert "Die Verfahrensart ist offen" not in text_of(page.get(url + "/value"))


def test_versions_are_kept_with_cause_and_difference(context):
    tender, officer = below_the_threshold()
    priced(tender, "20100", officer)
    versions = queries_publication.estimates_of(tender.id)
    assert [(one.total_net, one.cause) for one in versions] == [
        (Money.of(201_000), "Neu geschätzt"),
        (Money.of(200_000), "Erste Schätzung"),
    ]
