"""P18: each person declares per tender (§ 6 VgV); a declared conflict takes the access and stands in the record."""

import pytest
import sqlalchemy as sa

from procurement.audit.events import Event
from procurement.audit.models import AuditEntry
from procurement.core.db import db
from procurement.core.errors import Refused
from procurement.evaluation import actions_panel, queries
from procurement.tenders import queries_panel
from tests.factories import evaluation as given
from tests.factories import members as make
from tests.factories import panel
from tests.page_reading import seen_on

TEXT = "Mein Bruder arbeitet bei Netz GmbH."


def test_p18_a_declared_conflict_removes_access_at_once_and_everywhere(saved, browser):
    with saved():
        lot = given.evaluated_lot()
        officer, tender_id = make.officer("Anna Amt").id, lot.tender_id
        bid_id, run_id, lot_id = given.bid_of(lot.tender, "Netz GmbH").id, queries.latest_run(lot).id, lot.id
    window = browser(officer)
    addresses = [
        f"/bids/{tender_id}", f"/bids/bid/{bid_id}", f"/bids/{tender_id}/comparison",
        f"/bids/{tender_id}/comparison.xlsx", f"/bids/{tender_id}/opening/record", f"/evaluation/{tender_id}",
        f"/evaluation/lots/{lot_id}/points", f"/evaluation/lots/{lot_id}/consensus", f"/evaluation/runs/{run_id}",
        f"/evaluation/{tender_id}/award", f"/documents/tender/{tender_id}",
    ]  # fmt: skip
    assert {window.get(address).status_code for address in addresses} == {200}
    answer = window.post(f"/evaluation/{tender_id}/declaration", {"has_conflict": "conflict", "text": TEXT})
    assert answer.status_code == 303
    refused = [window.get(address) for address in addresses]
    assert {page.status_code for page in refused} == {403}
    assert "Sie haben für" in seen_on(refused[0])
    assert "einen Interessenkonflikt erklärt" in seen_on(refused[0])
    for address in (f"/evaluation/lots/{lot_id}/runs", f"/documents/tender/{tender_id}/price-comparison"):
        assert window.post(address).status_code in {403, 404}
    with saved():
        other = make.officer().id
    assert {browser(other).get(address).status_code for address in addresses} == {200}


def test_p18_the_declaration_stands_in_the_trail_and_for_item_10_of_the_record(context):
    tender, officer = given.opened_tender(), make.officer("Anna Amt")
    actions_panel.declare(tender, TEXT, has_conflict=True, by=officer)
    entry = db.session.scalars(sa.select(AuditEntry).filter_by(event=Event.CONFLICT_DECLARED.value)).one()
    assert TEXT in str(entry.changes)
    found = [(one.account.name, one.has_conflict, one.text) for one in queries_panel.declarations_of(tender.id)]
    assert found == [("Anna Amt", True, TEXT)]


def test_p18_an_evaluator_with_a_conflict_leaves_the_panel_and_cannot_take_it_back(context):
    lot, anna, otto = given.opened_tender().lots[0], make.officer("Anna Amt"), make.officer("Otto Osten")
    panel.named(lot.tender, anna, otto)
    actions_panel.declare(lot.tender, TEXT, has_conflict=True, by=anna)
    assert [one.account.name for one in queries_panel.panel_of(lot.tender_id)] == ["Otto Osten"]
    with pytest.raises(Refused, match="nicht zurücknehmen"):
        actions_panel.declare(lot.tender, has_conflict=False, by=anna)


def test_p18_a_conflict_needs_words_and_comes_only_once(context):
    tender, officer = given.opened_tender(), make.officer()
    with pytest.raises(Refused, match="worin der Interessenkonflikt besteht"):
        actions_panel.declare(tender, " ", has_conflict=True, by=officer)
    actions_panel.declare(tender, has_conflict=False, by=officer)
    with pytest.raises(Refused, match="bereits erklärt"):
        actions_panel.declare(tender, has_conflict=False, by=officer)
