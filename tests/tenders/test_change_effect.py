"""What a change would do, with figures worked out by hand."""

from datetime import date

import pytest

from procurement.demand.aggregation import MemberRequest
from procurement.tenders.change_effect import EffectLine, KnownMember, Move, TenderFacts, effect
from procurement.tenders.changes import (
    RoundTender,
    objections_to_articles,
    objections_to_entering,
    objections_to_leaving,
    targets,
)
from procurement.tenders.kinds import ProcedureType
from procurement.values.money import Money, UnitPrice
from procurement.values.payment import ContractTerm, Period
from procurement.values.quantity import Quantity

NEW = 3
MEMBERS = [KnownMember(1, "A", "Ahaus", 430), KnownMember(2, "B", "Borken", 450), KnownMember(NEW, "L", "Laer", 62)]
BEFORE, AFTER = frozenset({1, 2}), frozenset({1, 2, NEW})


def line(key=1, quantity=200, shares=None, *, price="1000.00", is_joint=False):
    parts = {1: 150, 2: 50} if shares is None else shares
    own = {member_id: Quantity.of(amount) for member_id, amount in parts.items()}
    unit_price = UnitPrice.of(price) if price else None
    return EffectLine(
        key, 1, f"A-{key}", "Notebook", "Stück", Period.NONE, unit_price, Quantity.of(quantity), own, is_joint
    )


def facts(procedure=ProcedureType.NATIONAL_PUBLIC, decided=None):
    return TenderFacts(date(2026, 11, 23), ContractTerm(), procedure, decided)


def of(moves, lines=None, groups=(BEFORE, AFTER), **details):
    return effect(lines or [line()], moves, facts(**details), MEMBERS, groups)


@pytest.mark.parametrize(
    ("amount", "value", "crosses"),
    [("20", "220000.00", True), ("16", "216000.00", True), ("15.999", "215999.00", False)],
)
def test_200000_and_a_late_demand_held_against_216000(amount, value, crosses):
    found = of([Move(1, NEW, Quantity.of(amount))])
    assert found.before.total_net == Money.of(200000)
    assert found.after.total_net == Money.of(value)
    assert (found.crosses_threshold, found.procedure_reopens) == (crosses, crosses)


def test_one_cent_below_the_threshold_does_not_cross_it():
    # 200.000,00 + 15.999,99 = 215.999,99
    lines = [line(), line(2, 0, {}, price="15999.99")]
    found = of([Move(2, NEW, Quantity.of(1))], lines)
    assert found.after.total_net == Money.of("215999.99")
    assert not found.crosses_threshold


def test_a_withdrawal_can_cross_it_downwards_and_an_eu_procedure_stays_open():
    lines = [line(quantity=220, shares={1: 150, 2: 50, NEW: 20})]
    down = of([Move(1, NEW, Quantity.of(-20))], lines, (AFTER, BEFORE))
    assert (down.crosses_threshold, down.procedure_reopens) == (True, True)
    eu = of([Move(1, NEW, Quantity.of(20))], procedure=ProcedureType.OPEN)
    assert (eu.crosses_threshold, eu.procedure_reopens) == (True, False)


def test_whether_the_procedure_reopens_is_asked_of_the_value_it_was_decided_by():
    found = of([Move(1, NEW, Quantity.of(20))], decided=Money.of(230000))
    assert (found.crosses_threshold, found.procedure_reopens) == (True, False)


def test_joint_lines_are_divided_anew_among_those_who_take_part():
    # 880,00 by 430:450 is 430,00 and 450,00; by 430:450:62 of 942 it is
    # 40.169,85 and 42.038,22 and 5.791,93 cents: the two missing cents go to the largest remainders, Laer and Ahaus.
    lines = [line(), line(2, 1, {}, price="880.00", is_joint=True)]
    found = of([Move(1, NEW, Quantity.of(2))], lines)
    assert [(cost.name, cost.before_net, cost.after_net) for cost in found.members] == [
        ("Ahaus", Money.of("150430.00"), Money.of("150401.70")),
        ("Borken", Money.of("50450.00"), Money.of("50420.38")),
        ("Laer", None, Money.of("2057.92")),
    ]
    assert found.affects_others == {1, 2, NEW}
    assert found.joint_cost_is_split


def test_a_weight_nobody_recorded_leaves_the_joint_cost_out_and_says_so():
    members = [*MEMBERS[:2], KnownMember(NEW, "L", "Laer", None)]
    lines = [line(), line(2, 1, {}, price="880.00", is_joint=True)]
    found = effect(lines, [Move(1, NEW, Quantity.of(2))], facts(), members, (BEFORE, AFTER))
    assert (found.has_joint_cost, found.joint_cost_is_split) == (True, False)
    assert found.cost_of(NEW).after_net == Money.of(2000)


def test_a_line_nobody_needs_any_more_disappears_from_the_value_and_is_shown_with_zero():
    found = of([Move(1, 1, Quantity.of(-150)), Move(1, 2, Quantity.of(-50))], groups=(BEFORE, frozenset()))
    assert found.after.total_net == Money(0)
    assert [(one.before, one.after) for one in found.lines] == [(Quantity.of(200), Quantity(0))]


def test_a_line_without_a_price_is_named_and_counts_nothing():
    found = of([Move(2, NEW, Quantity.of(5))], [line(), line(2, 0, {}, price=None)])
    assert (found.unpriced, found.after.total_net) == (("A-2",), Money.of(200000))


def round_tender(number, *, published=False, articles=(1,), items=(11,)):
    return RoundTender(number, f"V-{number} „Notebooks“", published, frozenset(articles), frozenset(items))


def request(article_id, amount=5):
    quantity = Quantity.of(amount)
    return MemberRequest(article_id * 10, article_id, NEW, "L", "Laer", quantity, quantity, quantity)


def test_late_demand_enters_while_one_tender_of_the_round_is_planned():
    assert objections_to_entering([]) == []
    assert objections_to_entering([round_tender(1), round_tender(2, published=True)]) == []
    (why,) = objections_to_entering([round_tender(2, published=True)])
    assert "V-2 „Notebooks“ ist veröffentlicht" in why.text


def test_an_article_already_published_is_refused_at_its_field():
    (why,) = objections_to_articles([round_tender(1), round_tender(2, published=True, articles=(7,))], {7: "Headset"})
    assert (why.field, "„Headset“" in why.text) == ("expected-7", True)


def test_a_request_goes_where_its_article_stands_and_a_new_article_to_the_first_planned_tender():
    tenders = [round_tender(1, articles=(1,)), round_tender(2, articles=(2,))]
    found = targets(tenders, [request(1), request(2), request(3), request(4)], unplanned={4})
    assert {key: [one.article_id for one in group] for key, group in found.items()} == {1: [1, 3], 2: [2]}


def test_nothing_leaves_a_published_tender():
    (why,) = objections_to_leaving([round_tender(1, published=True)], [11], "die Vergabestelle")
    assert "Mindermenge" in why.text
    assert objections_to_leaving([round_tender(1, published=True)], [12], "die Vergabestelle") == []
