"""What each person finds, and sums that SQL makes exactly like the values do."""

from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy import event

from procurement.core.db import db
from procurement.core.errors import NotFound
from procurement.demand import actions, actions_answers, queries, queries_answers, queries_totals
from procurement.demand.models import DemandRound
from procurement.demand.states import DemandState
from procurement.values.money import Money, UnitPrice
from procurement.values.payment import Period
from procurement.values.quantity import Quantity
from tests.factories import demand as ask
from tests.factories import members as make

pytestmark = pytest.mark.usefixtures("context")


def test_a_lead_finds_its_own_member_s_demand_only():
    ahaus, borken = make.member("Ahaus"), make.member("Borken")
    round_, lead = ask.round_with(["1.01"], [ahaus, borken]), make.lead(ahaus)
    assert queries.demand_for(lead, round_.id, ahaus.id).member is ahaus
    assert [own.demand.member.name for own in queries.own_demands(lead)] == ["Ahaus"]
    for foreign in (borken.id, 999):
        with pytest.raises(NotFound):
            queries.demand_for(lead, round_.id, foreign)
    with pytest.raises(NotFound):
        queries.round_for(lead, round_.id)


def test_a_round_in_preparation_is_not_seen_by_leads():
    ahaus = make.member("Ahaus")
    round_, lead = ask.round_with(["1.01"], [ahaus], is_open=False), make.lead(ahaus)
    assert not queries.own_demands(lead)
    with pytest.raises(NotFound):
        queries.demand_for(lead, round_.id, ahaus.id)
    assert queries.demand_for(make.auditor(), round_.id, ahaus.id)


def test_own_demands_are_open_ones_by_deadline_then_closed_ones(hand):
    ahaus = make.member("Ahaus")
    late = ask.round_with(["1.01"], [ahaus], deadline_at=hand.moment + timedelta(days=30))
    closed = ask.closed_round([(ahaus, {"1.01": 1, "1.02": 2})])
    soon = ask.round_with(["1.01"], [ahaus], deadline_at=hand.moment + timedelta(days=3))
    found = queries.own_demands(make.lead(ahaus))
    assert [own.demand.round for own in found] == [soon, late, closed]
    assert [(own.answered, own.total) for own in found] == [(0, 1), (0, 1), (2, 2)]


def test_the_cockpit_counts_invited_submitted_nil_and_open():
    members = [make.member() for _ in range(5)]
    round_ = ask.round_with(["1.01"], members)
    ask.submitted_demand(round_, members[0], {"1.01": 1})
    ask.nil_demand(round_, members[1])
    ask.draft(round_, members[2], {"1.01": 1})
    figures = queries.figures_of(round_)
    assert (figures.invited, figures.submitted, figures.nil, figures.open, figures.answered) == (5, 1, 1, 3, 2)
    assert queries.rounds()[0].figures == figures
    actions.close_round(round_, by=make.officer())
    assert queries.figures_of(round_).submitted == 1


def test_members_and_articles_add_up_to_the_same_cent():
    ahaus, borken = make.member("Ahaus"), make.member("Borken")
    articles = [
        ask.article("1.01", price="0.335"),
        ask.article("1.02", price="3800.00"),
        ask.article("1.03", price=None),
    ]
    round_ = ask.round_with(articles, [borken, ahaus])
    ask.submitted_demand(round_, ahaus, {"1.01": 3, "1.02": (1, 2, 4), "1.03": 7})
    ask.draft(round_, borken, {"1.01": (1, 3, 5)})
    answers, totals = queries_totals.answers(round_), queries_totals.article_totals(round_)
    assert [(a.name, a.items, a.estimate_net) for a in answers] == [
        ("Ahaus", 3, Money.of("7601.01")), ("Borken", 1, Money.of("1.01")),
    ]  # fmt: skip
    assert [t.estimate_net for t in totals] == [Money.of("2.02"), Money.of("7600.00"), None]
    first = totals[0]
    assert (first.members, first.minimum, first.expected, first.maximum) == (
        2,
        Quantity.of(4),
        Quantity.of(6),
        Quantity.of(8),
    )
    line = queries_totals.line_of(first.article)
    assert (line.expected, line.estimate_net) == (first.expected, first.estimate_net)


@pytest.mark.parametrize(
    ("price", "amount"),
    [
        ("0.0035", "1"),
        ("0.005", "1"),
        ("0.004999", "1"),
        ("1.234567", "2.5"),
        ("9999999.99", "99999999"),
        ("0", "7"),
        ("12.345678", "0.001"),
    ],
)
def test_sql_rounds_a_line_like_the_unit_price_does(price, amount):
    member = make.member()
    round_ = ask.round_with([ask.article("1.01", price=price)], [member])
    ask.draft(round_, member, {"1.01": amount})
    assert queries_totals.answers(round_)[0].estimate_net == UnitPrice.of(price).times(Quantity.of(amount))


@pytest.mark.parametrize(
    ("price", "amount", "period", "months", "euro"),
    [
        ("9.50", "600", Period.MONTH, 48, "273600.00"),  # 600 × 9.50 = 5,700 a month
        ("305.00", "16", Period.YEAR, 36, "14640.00"),  # 16 × 305 = 4,880 a year
        ("305.00", "16", Period.YEAR, 30, "12200.00"),  # two and a half years
        ("1000.00", "3", Period.NONE, 48, "3000.00"),  # paid once, whatever the term
        ("0.000001", "1", Period.YEAR, 7, "0.00"),
        ("0.01", "0.5", Period.MONTH, 1, "0.01"),  # half a cent goes up
        ("0.01", "1", Period.YEAR, 5, "0.00"),  # five twelfths of a cent
        ("9999999.99", "99999999", Period.YEAR, 12, "999999989000000.01"),
    ],
)
def test_a_price_per_month_or_year_counts_over_the_whole_term_in_sql_and_in_python(price, amount, period, months, euro):
    member = make.member()
    asked = replace(ask.article("1.01", price=price), period=period)
    round_ = ask.round_with([asked], [member])
    round_.term_months = months
    ask.draft(round_, member, {"1.01": amount})
    expected = Money.of(euro)
    assert queries_totals.answers(round_)[0].estimate_net == expected
    assert queries_totals.article_totals(round_)[0].estimate_net == expected
    assert queries_totals.line_of(round_.articles[0]).estimate_net == expected


def test_a_price_per_month_without_a_term_is_not_counted(context):
    member = make.member()
    round_ = ask.round_with([replace(ask.article("1.01", price="5.00"), period=Period.MONTH)], [member])
    ask.draft(round_, member, {"1.01": 10})
    assert queries_totals.answers(round_)[0].estimate_net == Money(0)
    assert queries_totals.article_totals(round_)[0].estimate_net is None
    assert queries_totals.line_of(round_.articles[0]).estimate_net is None


def test_the_last_figures_come_from_the_latest_closed_round_with_the_same_number_and_unit(hand):
    ahaus = make.member("Ahaus")
    for amount in (3, 5):
        ask.closed_round([(ahaus, {"1.01": amount, "1.02": 9})])
        hand.moment += timedelta(days=365)
    articles = [ask.article("1.01"), ask.article("1.02", unit="Lizenz"), ask.article("1.03")]
    round_ = ask.round_with(articles, [ahaus])
    last = queries_answers.last_figures(ask.demand_of(round_, ahaus))
    assert (last["1.01 Stück"], last.get("1.02 Lizenz"), last.get("1.03 Stück")) == (Quantity.of(5), None, None)


def statements(work):
    """How many statements this work sends to the database."""
    sent = []

    def listener(*arguments):
        sent.append(arguments[2])

    event.listen(db.engine, "before_cursor_execute", listener)
    try:
        work()
    finally:
        event.remove(db.engine, "before_cursor_execute", listener)
    return len(sent)


def test_reading_and_writing_take_the_same_number_of_statements_for_many_members_and_articles():
    counted = []
    for size in (2, 30):
        numbers = [f"{number:03}" for number in range(size)]
        members = [make.member() for _ in range(size)]
        round_, lead = ask.round_with(numbers, members), make.lead(members[0])
        wanted = ask.entries(round_, dict.fromkeys(numbers, 1))
        demand = ask.demand_of(round_, members[0])
        db.session.flush()
        counted.append(
            [
                statements(lambda: actions_answers.save_draft(demand, wanted, by=lead)),  # noqa: B023
                statements(lambda: (queries_totals.answers(round_), queries_totals.article_totals(round_))),  # noqa: B023
                statements(queries.rounds),
                statements(lambda: actions.close_round(round_, by=lead)),  # noqa: B023
            ]
        )
    few, many = counted
    # Three more: an account that has left the session is read again, with its roles and its delegations.
    assert [after <= before + 3 for before, after in zip(few, many, strict=True)] == [True] * 4


def test_a_demand_row_exists_from_the_invitation_on():
    ahaus = make.member("Ahaus")
    round_ = ask.round_with(["1.01"], [ahaus], is_open=False)
    assert db.session.scalars(sa.select(DemandRound)).all() == [round_]
    assert [answer.state for answer in queries_totals.answers(round_)] == [DemandState.OPEN]
    assert queries.unanswered_members(round_) == ["Ahaus"]
