"""Writing rows: saved by themselves, taken over from last year, wished in own words; the trail keeps each change."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from procurement.audit.queries import history_of
from procurement.core.errors import NotFound, Refused
from procurement.demand import actions_answers, actions_items, actions_wishes, queries, queries_answers, queries_history
from procurement.demand.entries import ItemEntry, WishEntry
from procurement.demand.queries_wishes import wish_of
from procurement.demand.states import DemandState
from procurement.values.quantity import Quantity
from tests.factories import demand as ask
from tests.factories import members as make


@pytest.fixture
def own(context):
    """Laer's open demand with two articles, and its lead."""
    laer, velen = make.member("Laer", "05566036"), make.member("Velen")
    round_ = ask.round_with(["1.01", "1.02"], [laer, velen])
    return ask.demand_of(round_, laer), make.lead(laer, "Lena Leitung")


def row(demand, number, *amounts, **details):
    (entry,) = ask.entries(demand.round, {number: amounts or 0})
    return replace(entry, **details)


def save(demand, lead, *entries, version=None, seen=None):
    seen_version = demand.version if version is None else version
    return actions_items.save_rows(demand, entries, by=lead, seen_version=seen_version, seen=seen or {})


def stored(demand):
    return {key: str(item.expected) for key, item in queries_answers.entries_of(demand).items()}


def test_good_rows_are_saved_while_a_wrong_one_comes_back_with_its_reason(own):
    demand, lead = own
    saved = save(demand, lead, row(demand, "1.01", 5, 5, 3), row(demand, "1.02", 1, 2, 3))
    assert [objection.field for objection in saved.objections] == ["maximum-1"]
    assert stored(demand) == {2: "2"}
    assert demand.state is DemandState.DRAFT


def test_a_save_that_changes_nothing_leaves_neither_version_nor_entry(own):
    demand, lead = own
    save(demand, lead, row(demand, "1.01", 1, 2, 3))
    version, entries = demand.version, len(history_of("demand", demand.id, 50))
    save(demand, lead, row(demand, "1.01", 1, 2, 3))
    actions_answers.save_draft(demand, [row(demand, "1.01", 1, 2, 3)], by=lead)
    assert (demand.version, len(history_of("demand", demand.id, 50))) == (version, entries)


def test_a_window_whose_answer_was_lost_does_not_stand_in_its_own_way(own):
    demand, lead = own
    before, empty = demand.version, ItemEntry(1).mark
    save(demand, lead, row(demand, "1.01", 1, 2, 3), version=before, seen={1: empty})
    again = save(demand, lead, row(demand, "1.01", 1, 2, 3), version=before, seen={1: empty})
    assert again.conflicts == ()


def test_a_row_somebody_else_changed_is_a_conflict_and_other_rows_go_on(own):
    demand, lead = own
    before, empty = demand.version, ItemEntry(1).mark
    other = make.lead(demand.member, "Leo Vertretung")
    save(demand, other, row(demand, "1.01", 9, 9, 9))
    seen = {1: empty, 2: empty}
    mine = save(demand, lead, row(demand, "1.01", 1, 2, 3), row(demand, "1.02", 4, 4, 4), version=before, seen=seen)
    assert mine.conflicts == (1,)
    assert stored(demand) == {1: "9", 2: "4"}
    chosen = {1: queries_answers.entries_of(demand)[1].mark}
    assert save(demand, lead, row(demand, "1.01", 1, 2, 3), version=before, seen=chosen).conflicts == ()
    assert stored(demand) == {1: "2", 2: "4"}


def test_a_demand_that_is_submitted_takes_no_rows(own):
    demand, lead = own
    save(demand, lead, row(demand, "1.01", 1, 2, 3))
    actions_answers.submit(demand, by=lead)
    with pytest.raises(Refused, match="gesperrt"):
        save(demand, lead, row(demand, "1.01", 4, 4, 4))
    with pytest.raises(NotFound):
        save(demand, make.lead(make.member()), row(demand, "1.01", 4, 4, 4))


@pytest.fixture
def second_year(context, hand):
    """Laer needed 37 (30 to 40) of 1.01 last year at the town hall; this year 1.02 is new."""
    laer = make.member("Laer")
    lead = make.lead(laer)
    first = ask.round_with(["1.01"], [laer])
    details = {"site": "Rathaus", "budget_account": "11.1101", "note": "damals", "start_on": date(2026, 12, 1)}
    (entry,) = ask.entries(first, {"1.01": (30, 37, 40)})
    demand = ask.demand_of(first, laer)
    actions_answers.save_draft(demand, [replace(entry, **details)], by=lead)
    actions_answers.submit(demand, by=lead)
    ask.actions.close_round(first, by=make.officer())
    hand.moment += timedelta(days=300)
    return ask.demand_of(ask.round_with(["1.01", "1.02"], [laer]), laer), lead


def test_taking_over_fills_only_empty_rows_and_marks_them(second_year):
    demand, lead = second_year
    assert actions_items.take_over(demand, by=lead) == 1
    (item,) = queries_answers.entries_of(demand).values()
    assert item.quantities == (Quantity.of(30), Quantity.of(37), Quantity.of(40))
    assert (item.site, item.budget_account, item.note, item.start_on) == ("Rathaus", "11.1101", "", None)
    assert item.is_taken_over
    assert "aus dem Vorjahr übernommen" in history_of("demand", demand.id, 1)[0].detail
    assert actions_items.take_over(demand, by=lead) == 0


def test_changing_a_quantity_clears_the_mark_and_changing_a_note_does_not(second_year):
    demand, lead = second_year
    actions_items.take_over(demand, by=lead)
    save(demand, lead, row(demand, "1.01", 30, 37, 40, note="wie immer"))
    assert queries_answers.entries_of(demand)[2].is_taken_over
    save(demand, lead, row(demand, "1.01", 30, 38, 40))
    assert not queries_answers.entries_of(demand)[2].is_taken_over


def test_a_filled_row_is_not_overwritten_by_taking_over(second_year):
    demand, lead = second_year
    save(demand, lead, row(demand, "1.01", 1, 1, 1))
    assert actions_items.take_over(demand, by=lead) == 0
    assert stored(demand) == {2: "1"}


WISH = WishEntry("Schulung für die Telefonzentrale", "Tag", Quantity.of(2), "möglichst im Haus")


def test_a_wish_is_an_article_only_its_member_answers(own):
    demand, lead = own
    wish = actions_wishes.add_wish(demand, WISH, by=lead)
    assert (wish.number, wish.category, wish.wished_by_id) == ("W-05566036-1", "Eigene Wünsche", demand.member_id)
    assert stored(demand) == {wish.id: "2"}
    velen = next(each for each in demand.round.demands if each.member_id != demand.member_id)
    assert [a.number for a in queries_answers.articles_for(demand)] == ["1.01", "1.02", "W-05566036-1"]
    assert [a.number for a in queries_answers.articles_for(velen)] == ["1.01", "1.02"]
    assert queries.own_demands(lead)[0].total == 3
    assert queries.own_demands(make.lead(velen.member))[0].total == 2
    with pytest.raises(NotFound):
        wish_of(velen, wish.id)
    with pytest.raises(NotFound):
        actions_wishes.add_wish(demand, WISH, by=make.lead(velen.member))


def test_nobody_else_can_answer_a_wish(own):
    demand, lead = own
    wish = actions_wishes.add_wish(demand, WISH, by=lead)
    velen = next(each for each in demand.round.demands if each.member_id != demand.member_id)
    quantity = Quantity.of(1)
    with pytest.raises(Refused, match="gehört nicht zu dieser Bedarfsrunde"):
        actions_answers.save_draft(
            velen, [ItemEntry(wish.id, quantity, quantity, quantity)], by=make.lead(velen.member)
        )


def test_a_wish_is_worded_anew_and_removed_while_the_demand_is_a_draft(own):
    demand, lead = own
    wish = actions_wishes.add_wish(demand, WISH, by=lead)
    actions_wishes.change_wish(demand, wish, WishEntry("Schulung", "Nutzer/Monat"), by=lead)
    assert (wish.title, wish.period.label, wish.nature.label) == ("Schulung", "je Monat", "laufend")
    actions_answers.submit(demand, by=lead)
    for change in (actions_wishes.add_wish, lambda d, w, by: actions_wishes.change_wish(d, wish, w, by=by)):
        with pytest.raises(Refused):
            change(demand, WISH, by=lead)
    actions_answers.reopen(demand, "doch nicht", by=lead)
    actions_wishes.remove_wish(demand, wish, by=lead)
    assert (stored(demand), len(queries_answers.articles_for(demand))) == ({}, 2)


def test_last_years_wish_is_not_taken_for_this_years(context, hand):
    laer = make.member("Laer")
    lead, officer = make.lead(laer), make.officer()
    first = ask.round_with(["1.01"], [laer])
    demand = ask.demand_of(first, laer)
    actions_wishes.add_wish(demand, WISH, by=lead)
    actions_answers.submit(demand, by=lead)
    ask.actions.close_round(first, by=officer)
    hand.moment += timedelta(days=300)
    second = ask.demand_of(ask.round_with(["1.01"], [laer]), laer)
    actions_wishes.add_wish(second, WISH, by=lead)
    assert queries_answers.last_items(second) == {}


def test_the_life_of_a_row_names_old_new_who_when_and_why(own):
    demand, lead = own
    save(demand, lead, row(demand, "1.01", 1, 2, 3))
    actions_answers.submit(demand, by=lead)
    actions_answers.reopen(demand, "Standort kommt hinzu", by=lead)
    save(demand, lead, row(demand, "1.01", 2, 3, 4))
    save(demand, lead, row(demand, "1.02", 7, 7, 7))
    steps = queries_history.steps_of_item(demand, "1.01")
    changes = [(step.old, step.new, step.who, step.reason) for step in steps if step.is_change]
    first = "mindestens 1, erwartet 2, höchstens 3 Stück"
    assert changes == [
        ("", first, "Lena Leitung", ""),
        (first, "mindestens 2, erwartet 3, höchstens 4 Stück", "Lena Leitung", "Standort kommt hinzu"),
    ]
    assert [step.text for step in steps if not step.is_change] == ["Bedarf eingereicht", "Bedarf erneut geöffnet"]
