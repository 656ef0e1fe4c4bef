"""The pages for a tabulation of another platform: upload, columns, preview, taking over by two officers."""

import io

import pytest
import sqlalchemy as sa

from procurement.audit.events import Event
from procurement.audit.models import AuditEntry
from procurement.bids import queries
from procurement.bids.models_tabulation import RememberedMapping, TabulationFile
from procurement.core import clock
from procurement.core.db import db
from procurement.tenders.kinds import TenderStage
from procurement.tenders.models import Tender
from tests.factories import bids as make_bids
from tests.factories import members as make
from tests.factories import tenders
from tests.page_reading import seen_on

# 4 × 900 + 40 × 40,50 = 5.220,00; Beta gave no price for FW-2
TABLE = """Pos;Bezeichnung;Einheit;Menge;Alpha GmbH (EP);Alpha GmbH (GP);Beta AG (EP);Beta AG (GP)
FW-1;Firewall-Cluster;Stück;4;900,00;3.600,00;950,00;3.800,00
FW-2;UTM-Lizenz;Lizenz;40;40,50;1.619,99;;
Summe;;;;;5.220,00;;3.800,00
"""


def upload(text=TABLE, name="Ergebnis.csv"):
    return {"file": (io.BytesIO(text.encode()), name)}


@pytest.fixture
def case(saved):
    """A published tender an hour after its deadline: numbers of tender, two officers, an auditor and a lead."""
    with saved():
        tender = tenders.published_tender()
        officers = [officer.id for officer in make_bids.officers_of(tender)]
        others = [make.auditor().id, make.lead(make.member("Laer")).id]
        after, tender_id = make_bids.after_deadline(tender), tender.id
    with clock.at(after):
        yield tender_id, officers, others


def columns_form(**changed):
    roles = ["line", "title", "unit", "quantity", "unit_price", "line_total", "unit_price", "line_total"]
    bidders = ["", "", "", "", "Alpha GmbH", "Alpha GmbH", "Beta AG", "Beta AG"]
    fields = {f"role_{n}": role for n, role in enumerate(roles, 1)} | {
        f"bidder_{n}": name for n, name in enumerate(bidders, 1)
    }
    return {"sheet": "Ergebnis", "head_row": "1", "style": "german", **fields, **changed}


def test_a_table_is_mapped_previewed_with_its_contradictions_and_taken_over(case, browser, saved):
    tender_id, (first, second), _others = case
    page, url = browser(first), f"/bids/{tender_id}/tabulation"
    assert page.post(url, upload()).status_code == 303
    shown = page.get(f"{url}/1")
    assert 'value="Alpha GmbH"' in shown.text
    assert page.post(f"{url}/1", columns_form()).status_code == 303
    preview = seen_on(page.get(f"{url}/1/preview"))
    assert "unvollständig, ein Preis fehlt" in preview
    assert "40 × 40,50 ergibt 1.620,00, geschrieben steht 1.619,99 (Unterschied −0,01 €)" in preview
    assert "5.220,00" in preview
    taken = page.post(f"{url}/1/preview", {"second": str(second), "platform": "Marktplatz"})
    assert taken.status_code == 303
    with saved():
        tender = db.session.get(Tender, tender_id)
        assert tender.stage is TenderStage.OPENED
        assert [bid.bidder.name for bid in queries.standing_bids(tender_id)] == ["Alpha GmbH", "Beta AG"]
        entry = db.session.scalars(sa.select(AuditEntry).filter_by(event=Event.TABULATION_TAKEN_OVER.value)).one()
        assert "Ergebnis.csv" in entry.changes
        assert db.session.scalars(sa.select(RememberedMapping)).one().mapping["head_row"] == 1
    again = page.post(f"{url}/1/preview", {"second": str(second), "platform": "Marktplatz"})
    assert again.status_code in {409, 422}


def test_what_was_typed_survives_and_each_fault_is_named(case, browser):
    tender_id, (first, _second), _others = case
    page, url = browser(first), f"/bids/{tender_id}/tabulation"
    page.post(url, upload())
    answer = page.post(f"{url}/1", columns_form(role_4="ignored", bidder_5="", left_out="2-x"))
    assert answer.status_code == 422
    assert "Bitte Zeilen wie „54-60, 63“ angeben." in seen_on(answer)
    assert 'value="2-x"' in answer.text
    answer = page.post(f"{url}/1", columns_form(role_4="ignored", bidder_5=""))
    assert "Es fehlt die Spalte „Menge“" in seen_on(answer)
    assert "Spalte E: Bitte den Bieter nennen." in seen_on(answer)


def test_positions_that_were_not_tendered_are_named_in_the_preview(case, browser):
    tender_id, (first, _second), _others = case
    page, url = browser(first), f"/bids/{tender_id}/tabulation"
    page.post(url, upload(TABLE.replace("FW-2", "FW-9")))
    page.post(f"{url}/1", columns_form())
    preview = seen_on(page.get(f"{url}/1/preview"))
    assert "Diese Positionen der Tabelle sind nicht ausgeschrieben: FW-9." in preview
    assert "Diese Positionen fehlen in der Tabelle: FW-2." in preview


def test_only_officers_and_only_after_the_deadline(case, browser, saved):
    tender_id, (first, _second), others = case
    url = f"/bids/{tender_id}/tabulation"
    for other in others:
        assert browser(other).get(url).status_code in {403, 404}
    with saved():
        before = db.session.get(Tender, tender_id).published_at
    with clock.at(before):
        page = browser(first)
        assert "Angebotsfrist läuft noch" in seen_on(page.get(url))
        assert page.post(url, upload()).status_code == 422
    with saved():
        assert db.session.scalars(sa.select(TabulationFile)).first() is None
