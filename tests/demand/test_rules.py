"""What is allowed when: the same objections lock a button and guard its action."""

from datetime import UTC, datetime, timedelta

import pytest

from procurement.demand import rules
from procurement.demand.entries import ArticleEntry, ItemEntry, RoundEntry, worded
from procurement.demand.models import Demand, DemandRound
from procurement.demand.states import DemandState, RoundState
from procurement.values.money import UnitPrice
from procurement.values.quantity import Quantity

DEADLINE = datetime(2026, 12, 11, 11, 0, tzinfo=UTC)
BEFORE, AFTER = DEADLINE - timedelta(days=1), DEADLINE + timedelta(seconds=1)
CONTACT = "die Vergabestelle (Petra Beispiel, petra@kaaw.example)"
TITLES = {7: "NGFW-Cluster groß"}


def round_in(state=RoundState.OPEN):
    return DemandRound(state=state, deadline_at=DEADLINE)


def demand_in(state=DemandState.DRAFT):
    return Demand(state=state)


def saving(demand_state=DemandState.DRAFT, round_state=RoundState.OPEN, now=BEFORE):
    demand, round_ = demand_in(demand_state), round_in(round_state)
    return [o.text for o in rules.objections_to_saving(demand, round_, now=now, contact=CONTACT)]


def item(minimum=None, expected=None, maximum=None, note=""):
    amounts = (None if amount is None else Quantity.of(amount) for amount in (minimum, expected, maximum))
    return ItemEntry(7, *amounts, note)


def fields(*entries):
    return [(o.field, o.text) for o in rules.objections_to_items(entries, TITLES)]


def test_a_maximum_below_the_minimum_is_refused_at_its_field_and_names_the_article():
    assert fields(item(5, 5, 3)) == [
        ("maximum-7", "Die Höchstmenge für „NGFW-Cluster groß“ ist kleiner als die Mindestmenge.")
    ]


@pytest.mark.parametrize(
    ("entry", "field"),
    [
        (item(1, 5, 4), "maximum-7"),
        (item(6, 5, 8), "minimum-7"),
        (item(1, None, 4), "expected-7"),
        (item(note="Ersatz für Altgerät"), "expected-7"),
        (item(-1, 2, 3), "minimum-7"),
        (item(1, 2, "100000000"), "maximum-7"),
    ],
)
def test_each_wrong_quantity_is_named_at_its_field(entry, field):
    assert [name for name, _text in fields(entry)] == [field]


@pytest.mark.parametrize(
    "entry", [item(), item(1, 2, 3), item(expected=5), item(expected=0, note="haben wir"), item(0, 0, 4)]
)
def test_blank_and_ordered_quantities_are_accepted(entry):
    assert not fields(entry)


def test_only_the_expected_quantity_typed_means_minimum_and_maximum_are_the_same():
    assert item(expected=5).completed() == item(5, 5, 5)
    assert item(2, 5).completed() == item(2, 5, 5)


def test_an_article_of_another_round_is_refused():
    assert "gehört nicht zu dieser Bedarfsrunde" in rules.objections_to_items([item(1, 1, 1)], {})[0].text


def test_quantities_are_worded_with_unit_and_note():
    figures = (Quantity.of(1), Quantity.of("2.5"), Quantity.of(3))
    assert worded(*figures, "Stück", "") == "mindestens 1, erwartet 2,5, höchstens 3 Stück"
    assert worded(*figures, "Stück", "eilt").endswith("Stück; Bemerkung: eilt")


def test_until_the_deadline_to_the_second_saving_is_in_time():
    assert not saving(now=DEADLINE)


def test_after_the_deadline_the_message_says_whom_to_contact():
    assert saving(now=AFTER) == [f"Die Frist dieser Bedarfsrunde ist abgelaufen. Bitte wenden Sie sich an {CONTACT}."]


@pytest.mark.parametrize("state", [DemandState.SUBMITTED, DemandState.NIL, DemandState.FROZEN])
def test_an_answered_demand_is_locked(state):
    assert [state.label in text and "gesperrt" in text for text in saving(state)] == [True]


@pytest.mark.parametrize(
    ("state", "part"), [(RoundState.DRAFT, "noch nicht geöffnet"), (RoundState.CLOSED, "geschlossen")]
)
def test_only_an_open_round_takes_answers(state, part):
    assert [part in text for text in saving(round_state=state)] == [True]


def test_a_demand_without_any_quantity_is_reported_as_nil_instead():
    submitting = rules.objections_to_submitting(demand_in(), round_in(), [Quantity(0)], now=BEFORE, contact=CONTACT)
    assert [o.text for o in submitting] == [rules.NOTHING_ENTERED]
    assert not rules.objections_to_nil(demand_in(), round_in(), [Quantity(0)], now=BEFORE, contact=CONTACT)


def test_stored_quantities_do_not_vanish_by_reporting_nil():
    found = rules.objections_to_nil(demand_in(), round_in(), [Quantity.of(3)], now=BEFORE, contact=CONTACT)
    assert [o.text for o in found] == [rules.SOMETHING_ENTERED]


@pytest.mark.parametrize(
    ("demand_state", "round_state", "now", "part"),
    [
        (DemandState.DRAFT, RoundState.OPEN, BEFORE, "nicht eingereicht"),
        (DemandState.SUBMITTED, RoundState.OPEN, AFTER, "abgelaufen"),
        (DemandState.FROZEN, RoundState.CLOSED, BEFORE, "geschlossen"),
    ],
)
def test_a_demand_is_opened_again_only_if_it_can_be_submitted_again(demand_state, round_state, now, part):
    found = rules.objections_to_reopening(demand_in(demand_state), round_in(round_state), now=now, contact=CONTACT)
    assert [part in o.text for o in found] == [True]


def test_a_round_opens_with_an_article_a_member_and_a_deadline_ahead():
    assert not rules.objections_to_opening(round_in(RoundState.DRAFT), 1, 1, now=BEFORE)
    lacking = rules.objections_to_opening(round_in(RoundState.DRAFT), 0, 0, now=AFTER)
    assert [part in o.text for o, part in zip(lacking, ("kein Artikel", "kein Mitglied", "vorbei"), strict=True)]
    assert rules.objections_to_opening(round_in(), 1, 1, now=BEFORE)


@pytest.mark.parametrize(
    ("state", "locked"), [(RoundState.DRAFT, False), (RoundState.OPEN, True), (RoundState.CLOSED, True)]
)
def test_articles_are_fixed_from_the_opening_on(state, locked):
    assert bool(rules.objections_to_changing_articles(round_in(state))) is locked


@pytest.mark.parametrize("state", list(RoundState))
def test_a_closed_round_can_neither_be_changed_nor_take_new_members(state):
    closed = state is RoundState.CLOSED
    assert bool(rules.objections_to_changing(round_in(state))) is closed
    assert bool(rules.objections_to_inviting(round_in(state))) is closed
    assert bool(rules.objections_to_closing(round_in(state))) is (state is not RoundState.OPEN)


@pytest.mark.parametrize("code", ["", "32420000", "32420000-3"])
def test_a_cpv_code_has_eight_digits_with_or_without_check_digit(code):
    assert not rules.objections_to_article(ArticleEntry("1", "Firewall", "Stück", cpv=code), [])


@pytest.mark.parametrize("code", ["3242000", "324200003", "32420000-33", "3242000a", "32420000 3"])
def test_another_cpv_code_is_refused(code):
    assert [o.field for o in rules.objections_to_article(ArticleEntry("1", "Firewall", "Stück", cpv=code), [])] == [
        "cpv"
    ]


def test_everything_wrong_with_an_article_is_named_at_once():
    entry = ArticleEntry("", " ", "", planning_price_net=UnitPrice.of("-1"))
    assert [o.field for o in rules.objections_to_article(entry, [])] == [
        "number",
        "title",
        "unit",
        "planning_price_net",
    ]


def test_a_number_is_used_once_and_texts_have_their_length():
    found = rules.objections_to_article(ArticleEntry("1.01", "x" * 301, "Stück"), ["1.01"])
    assert [(o.field, o.text) for o in found] == [
        ("number", "Die Artikelnummer 1.01 gibt es in dieser Runde schon."),
        ("title", "Die Bezeichnung darf höchstens 300 Zeichen haben."),
    ]


def test_a_round_needs_a_free_reference_a_title_and_a_deadline_ahead():
    wrong = rules.objections_to_round(RoundEntry("", "", "", BEFORE), now=BEFORE, is_taken=False)
    assert [o.field for o in wrong] == ["reference", "title", "deadline_at"]
    taken = rules.objections_to_round(RoundEntry("B-1", "Netz", "", DEADLINE), now=BEFORE, is_taken=True)
    assert [o.field for o in taken] == ["reference"]
