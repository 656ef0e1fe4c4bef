"""From publication on nothing below a tender changes, whichever action is tried."""

from collections.abc import Callable

import pytest

from procurement.core.errors import Refused
from procurement.tenders import actions, actions_bill, actions_publication, actions_scoring, rules
from procurement.tenders.method import ScoringMethod
from procurement.tenders.models import Tender
from procurement.values.money import UnitPrice
from tests.factories import members as make
from tests.factories import tenders

TWO_LOTS = (
    ("Hardware", (tenders.Wish("FW-1", "Cluster", (2, 1)),)),
    ("Lizenzen", (tenders.Wish("FW-2", "Lizenz", (5, 5)),)),
)
# Every action that changes what publication fixes; whoever adds one adds it here.
CHANGES: dict[str, Callable[[Tender], object]] = {
    "change_tender": lambda t: actions.change_tender(t, tenders.entry(reference=t.reference), by=make.officer()),
    "set_deadlines": lambda t: actions.set_deadlines(t, tenders.deadlines(60), by=make.officer()),
    "add_lot": lambda t: actions_bill.add_lot(t, "Neu", by=make.officer()),
    "rename_lot": lambda t: actions_bill.rename_lot(t.lots[0], "Anders", by=make.officer()),
    "join_lots": lambda t: actions_bill.join_lots(t.lots[1], t.lots[0], "Grund", by=make.officer()),
    "remove_lot": lambda t: actions_bill.remove_lot(t.lots[1], by=make.officer()),
    "move_line": lambda t: actions_bill.move_line(tenders.line_of(t, "FW-1"), t.lots[1], by=make.officer()),
    "add_joint_line": lambda t: actions_bill.add_joint_line(t.lots[0], tenders.joint_line(), by=make.officer()),
    "remove_joint_line": lambda t: actions_bill.remove_joint_line(tenders.line_of(t, "FW-1"), by=make.officer()),
    "set_estimate": lambda t: actions_bill.set_estimate(tenders.line_of(t, "FW-1"), UnitPrice.of(1), by=make.officer()),
    "set_estimates": lambda t: actions_bill.set_estimates(t, {}, by=make.officer()),
    "set_criteria": lambda t: actions_scoring.set_criteria(t, [], by=make.officer()),
    "set_method": lambda t: actions_scoring.set_method(t, ScoringMethod.LOWEST_PRICE, {}, by=make.officer()),
    "estimate_value": lambda t: actions_publication.estimate_value(t, by=make.officer()),
}
LIFE = {"plan", "plan_without_round", "advance", "close_bids", "withdraw", "cancel", "publish"}


def changing_actions() -> set[str]:
    modules = (actions, actions_bill, actions_scoring, actions_publication)
    return {
        name
        for module in modules
        for name, thing in vars(module).items()
        if getattr(thing, "__module__", "") == module.__name__
        and "by" in getattr(thing, "__annotations__", {})
        and not name.startswith("_")
        and name != "note_stage"
    }


def test_the_list_of_changes_is_complete():
    assert changing_actions() - LIFE == set(CHANGES)


@pytest.mark.parametrize("change", CHANGES)
def test_after_publication_this_is_refused_and_changes_nothing(context, change):
    tender = tenders.published_tender(TWO_LOTS)
    with pytest.raises(Refused, match="Die Ausschreibung ist veröffentlicht"):
        CHANGES[change](tender)
    assert tenders.is_as_published(tender)


def test_a_tender_cancelled_while_planned_is_closed_as_well(context):
    tender = tenders.planned_tender(TWO_LOTS)
    actions.cancel(tender, "Bedarf entfallen", by=make.officer())
    with pytest.raises(Refused, match="steht auf „Aufgehoben“"):
        actions_bill.add_lot(tender, "Neu", by=make.officer())
    assert rules.objections_to_changing(tender)
