"""Lots and lines of a planned tender: moved, joined, priced, never changed in what members reported."""

import pytest

from procurement.core.errors import Refused
from procurement.tenders import actions_bill, queries_bill
from procurement.tenders.entries import JointLineEntry
from procurement.tenders.models import Tender
from procurement.values.money import Money, UnitPrice
from procurement.values.payment import Nature
from procurement.values.quantity import Quantity
from tests.factories import members as make
from tests.factories import tenders

TWO_LOTS = (
    ("Hardware", (tenders.Wish("FW-1", "Cluster", (2, 1), "1000.00"), tenders.Wish("FW-2", "Klein", (0, 3), None))),
    ("Lizenzen", (tenders.Wish("FW-3", "Lizenz", (10, 30), "50.00"),)),
)


def lines_by_lot(tender: Tender) -> list[tuple[int, str, list[str]]]:
    return [
        (lot.number, lot.title, [line.number for line in queries_bill.line_page(lot.id, 1).lines])
        for lot in queries_bill.lots_of(tender.id)
    ]


def test_a_line_moves_with_all_its_shares(context):
    tender, officer = tenders.planned_tender(), make.officer()
    lot = actions_bill.add_lot(tender, " Lizenzen ", by=officer)
    line = tenders.line_of(tender, "FW-2")
    actions_bill.move_line(line, lot, by=officer)
    assert lines_by_lot(tender) == [(1, "Firewall", ["FW-1"]), (2, "Lizenzen", ["FW-2"])]
    assert Quantity.total(share.quantity for share in queries_bill.shares_of([line.id])[line.id]) == Quantity.of(40)


def test_a_line_stays_in_its_tender_and_is_not_moved_in_place(context):
    tender, other, officer = tenders.planned_tender(), tenders.planned_tender(), make.officer()
    line = tenders.line_of(tender, "FW-1")
    with pytest.raises(Refused, match="gehört zu einer anderen Ausschreibung"):
        actions_bill.move_line(line, other.lots[0], by=officer)
    with pytest.raises(Refused, match="liegt schon in Los 1"):
        actions_bill.move_line(line, tender.lots[0], by=officer)


def test_lots_have_a_name_and_maybe_a_reason_for_not_being_divided(context):
    tender, officer = tenders.planned_tender(), make.officer()
    lot = tender.lots[0]
    actions_bill.rename_lot(lot, "Netz", "Einheitliche Verwaltung", by=officer)
    assert (lot.title, lot.merging_reason) == ("Netz", "Einheitliche Verwaltung")
    actions_bill.rename_lot(lot, "Netze", by=officer)
    assert (lot.title, lot.merging_reason) == ("Netze", "Einheitliche Verwaltung")
    for wrong in (" ", "x" * 201):
        with pytest.raises(Refused):
            actions_bill.rename_lot(lot, wrong, by=officer)


def test_two_lots_are_joined_only_with_a_reason(context):
    tender, officer = tenders.planned_tender(TWO_LOTS), make.officer()
    first, second = tender.lots
    with pytest.raises(Refused, match=r"§ 8 Abs\. 2 Nr\. 11 VgV"):
        actions_bill.join_lots(second, first, "", by=officer)
    with pytest.raises(Refused, match="ein anderes Los"):
        actions_bill.join_lots(first, first, "Grund", by=officer)
    actions_bill.join_lots(second, first, "Ein Wartungsvertrag für beides", by=officer)
    assert lines_by_lot(tender) == [(1, "Hardware", ["FW-1", "FW-2", "FW-3"])]
    assert first.merging_reason == "Ein Wartungsvertrag für beides"


def test_lots_behind_a_joined_one_move_up(context):
    tender, officer = tenders.planned_tender(TWO_LOTS), make.officer()
    actions_bill.add_lot(tender, "Betrieb", by=officer)
    first, second = tender.lots[0], tender.lots[1]
    actions_bill.join_lots(first, second, "gemeinsam", by=officer)
    assert [(number, title) for number, title, _ in lines_by_lot(tender)] == [(1, "Lizenzen"), (2, "Betrieb")]
    assert lines_by_lot(tender)[0][2] == ["FW-3", "FW-1", "FW-2"]


def test_only_an_empty_lot_is_dissolved(context):
    tender, officer = tenders.planned_tender(), make.officer()
    empty = actions_bill.add_lot(tender, "Leer", by=officer)
    with pytest.raises(Refused, match="enthält noch Positionen"):
        actions_bill.remove_lot(tender.lots[0], by=officer)
    actions_bill.remove_lot(empty, by=officer)
    assert len(lines_by_lot(tender)) == 1


def test_a_joint_line_has_a_reason_and_no_shares(context):
    tender, officer = tenders.planned_tender(), make.officer()
    line = actions_bill.add_joint_line(tender.lots[0], tenders.joint_line(), by=officer)
    assert line.position == 3
    shown = queries_bill.line_page(tender.lots[0].id, 1).lines[-1]
    assert (shown.reason, shown.shares) == ("Einführung wird gemeinsam gesteuert.", [])
    assert shown.total_net == Money.of(4500)  # 5 days × 900.00
    actions_bill.remove_joint_line(line, by=officer)
    assert [line.number for line in queries_bill.line_page(tender.lots[0].id, 1).lines] == ["FW-1", "FW-2"]


def test_lines_from_demand_are_never_removed(context):
    tender = tenders.planned_tender()
    with pytest.raises(Refused, match="beruht auf Bedarfsmeldungen"):
        actions_bill.remove_joint_line(tenders.line_of(tender, "FW-1"), by=make.officer())


def test_every_fault_of_a_joint_line_is_named(context):
    tender = tenders.planned_tender()
    wrong = JointLineEntry("", "", "", Quantity(0), Nature.ONE_OFF, UnitPrice.of("10000000"), "", cpv="123")
    with pytest.raises(Refused) as refused:
        actions_bill.add_joint_line(tender.lots[0], wrong, by=make.officer())
    fields = [objection.field for objection in refused.value.objections]
    assert fields == ["number", "title", "unit", "quantity", "reason", "cpv", "estimate_net"]
    with pytest.raises(Refused, match="FW-1 gibt es in dieser Ausschreibung schon"):
        actions_bill.add_joint_line(tender.lots[0], tenders.joint_line("FW-1"), by=make.officer())


def test_estimates_are_set_line_by_line(context):
    tender, officer = tenders.planned_tender(TWO_LOTS), make.officer()
    assert [lot.unpriced for lot in queries_bill.lots_of(tender.id)] == [1, 0]
    actions_bill.set_estimate(tenders.line_of(tender, "FW-2"), UnitPrice.of("0.335"), by=officer)
    first = queries_bill.lots_of(tender.id)[0]
    # 3 × 1,000.00 and 3 × 0.335 = 1.005, half up 1.01
    assert (first.unpriced, first.value_net) == (0, Money.of("3001.01"))
    with pytest.raises(Refused, match="zwischen 0 und"):
        actions_bill.set_estimate(tenders.line_of(tender, "FW-2"), UnitPrice.of(-1), by=officer)


def test_prices_of_another_tenders_lines_are_left_alone(context):
    tender, other = tenders.planned_tender(), tenders.planned_tender()
    foreign = tenders.line_of(other, "FW-1")
    actions_bill.set_estimates(tender, {foreign.id: UnitPrice.of(1)}, by=make.officer())
    assert foreign.estimate_net == UnitPrice.of(1000)


def test_a_large_lot_comes_in_pages(context):
    wishes = [tenders.Wish(f"{number:03}", "Position", (1,)) for number in range(1, 121)]
    tender = tenders.planned_tender((("Groß", wishes),))
    lot = tender.lots[0]
    last = queries_bill.line_page(lot.id, 99)
    assert (last.number, last.pages, last.total, len(last.lines)) == (3, 3, 120, 20)
    assert queries_bill.line_page(lot.id, 0).lines[0].number == "001"
