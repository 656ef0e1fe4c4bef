"""Adjusted quantities: proposed beside the typed one, counting once confirmed, over when the member enters anew."""

import pytest
import sqlalchemy as sa

from procurement.core.db import db
from procurement.core.errors import NotFound, Refused
from procurement.demand import actions_adjustments as verbs
from procurement.demand import actions_answers, queries_adjustments, queries_totals
from procurement.demand.adjustments import AdjustmentEntry, counting
from procurement.demand.entries import ItemEntry
from procurement.demand.models import DemandItem
from procurement.demand.states import AdjustmentState
from procurement.tenders import actions as tender_actions
from procurement.tenders import actions_adjustments, actions_publication, queries_lineage
from procurement.values.money import Money
from procurement.values.quantity import Quantity
from tests.factories import demand as ask
from tests.factories import members as make
from tests.factories import tenders
from tests.page_reading import seen_on

FOUR = AdjustmentEntry(None, Quantity.of(4), None, "40 Pakete gemeldet, gemeint sind 40 Stück")


@pytest.fixture
def case(context):
    """Laer typed 40 in an open round at 100,00 € each; the office means 4."""
    officer, laer = make.officer(), make.member("Laer")
    lead = make.lead(laer)
    round_ = ask.round_with(["A-1"], [laer], officer=officer)
    demand = ask.submitted_demand(round_, laer, {"A-1": 40}, by=lead)
    return {"officer": officer, "lead": lead, "round": round_, "demand": demand, "item": demand.items[0]}


def total(case):
    (line,) = queries_totals.article_totals(case["round"])
    return str(line.expected), line.estimate_net


def test_the_original_counts_until_the_member_confirms_and_is_never_changed(case):
    made = actions_adjustments.propose(case["item"], FOUR, by=case["officer"])
    assert total(case) == ("40", Money.of(4000))
    actions_adjustments.confirm(made, by=case["lead"])
    assert total(case) == ("4", Money.of(400))
    assert str(db.session.scalar(sa.select(DemandItem.expected))) == "40"
    assert str(queries_totals.line_of(case["round"].articles[0]).expected) == "4"
    assert [answer.estimate_net for answer in queries_totals.answers(case["round"])] == [Money.of(400)]


def test_an_objection_needs_a_reason_and_leaves_the_original(case):
    made = actions_adjustments.propose(case["item"], FOUR, by=case["officer"])
    with pytest.raises(Refused, match="begründen Sie Ihren Widerspruch"):
        verbs.object_to(made, " ", by=case["lead"])
    verbs.object_to(made, "Es sind wirklich 40 Pakete", by=case["lead"])
    assert (made.state, total(case)[0]) == (AdjustmentState.OBJECTED, "40")


def test_the_latest_confirmed_adjustment_counts(case):
    for amount in (4, 6):
        entry = AdjustmentEntry(None, Quantity.of(amount), None, "noch einmal")
        actions_adjustments.confirm(
            actions_adjustments.propose(case["item"], entry, by=case["officer"]), by=case["lead"]
        )
    assert total(case)[0] == "6"
    one, two = (Quantity(1),) * 3, (Quantity(2),) * 3
    assert counting(one, []) == one
    assert counting(one, [one, two]) == two


def test_only_one_waits_at_a_time_and_only_the_own_member_answers(case):
    made = actions_adjustments.propose(case["item"], FOUR, by=case["officer"])
    with pytest.raises(Refused, match="wartet schon eine Anpassung"):
        actions_adjustments.propose(case["item"], FOUR, by=case["officer"])
    with pytest.raises(NotFound):
        actions_adjustments.confirm(made, by=make.lead(make.member("Ahaus")))
    verbs.take_back(made, by=case["officer"])
    with pytest.raises(Refused, match="schon erledigt: Zurückgenommen"):
        actions_adjustments.confirm(made, by=case["lead"])


@pytest.mark.parametrize(
    ("entry", "words"),
    [
        (AdjustmentEntry(None, None, None, "x"), "erwartete Menge"),
        (AdjustmentEntry(Quantity.of(5), Quantity.of(4), None, "x"), "aufsteigen"),
        (AdjustmentEntry(None, Quantity.of(40), None, "x"), "gelten schon"),
        (AdjustmentEntry(None, Quantity.of(4), None, " "), "begründen"),
    ],
)
def test_what_cannot_be_proposed_is_said_in_words(case, entry, words):
    with pytest.raises(Refused, match=words):
        actions_adjustments.propose(case["item"], entry, by=case["officer"])


def test_a_cleared_row_with_an_adjustment_becomes_zero_and_the_adjustment_is_over(case):
    made = actions_adjustments.propose(case["item"], FOUR, by=case["officer"])
    actions_adjustments.confirm(made, by=case["lead"])
    demand = actions_answers.reopen(case["demand"], "verzählt", by=case["lead"])
    actions_answers.save_draft(demand, [ItemEntry(case["item"].article_id)], by=case["lead"])
    db.session.flush()
    assert (str(case["item"].expected), made.state) == ("0", AdjustmentState.TAKEN_BACK)
    assert total(case)[0] == "0"


def test_a_quantity_entered_anew_replaces_what_was_confirmed_about_the_old_one(case):
    made = actions_adjustments.propose(case["item"], FOUR, by=case["officer"])
    actions_adjustments.confirm(made, by=case["lead"])
    demand = actions_answers.reopen(case["demand"], "doch mehr", by=case["lead"])
    seven = Quantity.of(7)
    entry = ItemEntry(case["item"].article_id, seven, seven, seven)
    actions_answers.save_draft(demand, [entry], by=case["lead"])
    assert total(case)[0] == "7"
    assert not queries_adjustments.is_waiting(case["item"].id)


def test_a_confirmed_adjustment_follows_into_the_planned_tender_and_its_value(case):
    ask.actions.close_round(case["round"], by=case["officer"])
    tender = tender_actions.plan(tenders.entry(), case["round"], by=case["officer"])
    actions_publication.estimate_value(tender, by=case["officer"])
    made = actions_adjustments.propose(case["item"], FOUR, by=case["officer"])
    actions_adjustments.confirm(made, by=case["lead"])
    db.session.expire_all()
    assert str(tenders.line_of(tender, "A-1").quantity) == "4"
    assert [one.total_net for one in tender.estimates] == [Money.of(4000), Money.of(400)]
    assert not queries_lineage.unsound_items([tender.id])


def test_the_lead_is_asked_on_its_page_and_sees_both_quantities(saved, browser):
    with saved():
        officer, laer = make.officer(), make.member("Laer")
        lead = make.lead(laer)
        round_ = ask.round_with(["A-1"], [laer], officer=officer)
        item = ask.submitted_demand(round_, laer, {"A-1": 40}, by=lead).items[0]
        officer_id, lead_id, item_id, url = officer.id, lead.id, item.id, f"/demand/{round_.id}/{laer.id}"
    office, member = browser(officer_id), browser(lead_id)
    assert "Menge anpassen" in office.get(url).text
    fields = {"expected": "4", "minimum": "4", "maximum": "4", "reason": "Pakete statt Stück"}
    assert office.post(f"/tenders/items/{item_id}/adjust", fields).status_code == 303
    page = seen_on(member.get(url))
    assert "Anpassung bestätigen" in page
    assert " 40 " in page
    assert member.get(f"/tenders/items/{item_id}/adjust").status_code == 403
    assert member.post("/tenders/adjustments/1", {"version": "1", "object": "yes"}).status_code == 422
    assert member.post("/tenders/adjustments/1", {"version": "1", "confirm": "yes"}).status_code == 303
    assert "Anpassung: Bestätigt" in member.get(url).text
