"""P3: two lots joined without reason -> publication blocked; with reason -> text appears in item 11 of the record."""

from datetime import date

import pytest

from procurement.core.errors import Refused
from procurement.tenders import actions_bill, actions_publication, queries_publication
from procurement.tenders.publication import objections_to_publishing
from tests.factories import members as make
from tests.factories import tenders

TWO_LOTS = (
    ("Hardware", (tenders.Wish("FW-1", "Cluster", (2, 1), "1000.00"),)),
    ("Lizenzen", (tenders.Wish("FW-2", "Lizenz", (10, 30), "50.00"),)),
)
REASON = "Ein Wartungsvertrag für Geräte und Lizenzen ist technisch nötig."


def objections(tender):
    return [each.text for each in objections_to_publishing(queries_publication.publication_facts(tender))]


@pytest.mark.parametrize(
    ("started_on", "norm"), [(date(2026, 6, 30), "§ 97 Abs. 4 GWB"), (date(2026, 7, 1), "§ 97a GWB")]
)
def test_p3_joining_asks_for_the_reason_and_names_the_norm_of_the_day(context, started_on, norm):
    officer = make.officer()
    tender = tenders.planned_tender(TWO_LOTS, officer=officer, procedure_started_on=started_on)
    first, second = tender.lots
    with pytest.raises(Refused) as refused:
        actions_bill.join_lots(second, first, " ", by=officer)
    assert f"({norm})" in refused.value.message
    actions_bill.join_lots(second, first, REASON, by=officer)
    actions_bill.rename_lot(first, first.title, "", by=officer)
    assert any("In Los 1 sind Lose zusammengefasst" in each and norm in each for each in objections(tender))


def test_p3_without_a_reason_publication_is_blocked_and_with_one_it_is_not(context):
    officer = make.officer()
    make.officer()
    tender = tenders.ready_tender(TWO_LOTS, officer=officer)
    first, second = tender.lots
    actions_bill.join_lots(second, first, REASON, by=officer)
    actions_bill.rename_lot(first, "Firewall", "", by=officer)
    with pytest.raises(Refused, match="zusammengefasst, aber nicht begründet"):
        actions_publication.publish(tender, by=officer)
    actions_bill.rename_lot(first, "Firewall", REASON, by=officer)
    actions_publication.publish(tender, by=officer)
    assert tenders.is_as_published(tender)


def test_p3_the_reason_appears_in_the_record_under_number_11(saved, browser):
    with saved():
        officer = make.officer()
        tender = tenders.planned_tender(TWO_LOTS, officer=officer)
        actions_bill.join_lots(tender.lots[1], tender.lots[0], REASON, by=officer)
        officer_id, tender_id = officer.id, tender.id
    page = browser(officer_id).get(f"/tenders/{tender_id}/record").get_data(as_text=True)
    item = page.split("Vergabevermerk Nr. 11")[1].split("Verlauf")[0]
    assert REASON in item
    assert "Los 2 Lizenzen" in item
