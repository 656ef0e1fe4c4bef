"""A member's answer: draft, submit, report nil, open again; locked in between, frozen at the end."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from procurement.audit.models import AuditEntry
from procurement.core.db import db
from procurement.core.errors import Conflict, NotFound, Refused
from procurement.demand import actions_answers, queries, queries_answers
from procurement.demand.entries import ItemEntry
from procurement.demand.states import DemandState
from procurement.values.quantity import Quantity
from tests.factories import demand as ask
from tests.factories import members as make

pytestmark = pytest.mark.usefixtures("context")


@pytest.fixture
def ahaus(context):
    return make.member("Ahaus")


@pytest.fixture
def round_(ahaus):
    return ask.round_with(["1.01", "1.02"], [ahaus])


def stored(demand):
    numbers = {article.id: article.number for article in queries.articles_of(demand.round_id)}
    return {
        numbers[article_id]: tuple(str(amount) for amount in (item.minimum, item.expected, item.maximum))
        for article_id, item in queries_answers.entries_of(demand).items()
    }


def trail(demand):
    query = sa.select(AuditEntry).filter_by(subject_type="demand", subject_id=demand.id).order_by(AuditEntry.number)
    return [(entry.event, entry.worded_changes) for entry in db.session.scalars(query)]


def article_ids(round_):
    return {article.number: article.id for article in queries.articles_of(round_.id)}


def test_a_partly_filled_draft_is_saved(round_, ahaus):
    demand = ask.draft(round_, ahaus, {"1.02": (1, 2, 3)})
    assert (demand.state, stored(demand)) == (DemandState.DRAFT, {"1.02": ("1", "2", "3")})


def test_minimum_and_maximum_left_empty_are_the_expected_quantity(round_, ahaus):
    entry = ItemEntry(article_ids(round_)["1.01"], expected=Quantity.of(4), note=" eilt ")
    demand = actions_answers.save_draft(ask.demand_of(round_, ahaus), [entry], by=make.lead(ahaus))
    assert stored(demand) == {"1.01": ("4", "4", "4")}
    assert [item.note for item in queries_answers.items_of(demand).values()] == ["eilt"]


def test_a_cleared_item_is_removed_and_an_article_left_out_stays(round_, ahaus):
    ask.draft(round_, ahaus, {"1.01": 5, "1.02": 7})
    cleared = [ItemEntry(article_ids(round_)["1.01"])]
    demand = actions_answers.save_draft(ask.demand_of(round_, ahaus), cleared, by=make.lead(ahaus))
    assert stored(demand) == {"1.02": ("7", "7", "7")}


def test_the_trail_keeps_old_and_new_quantities(round_, ahaus):
    ask.draft(round_, ahaus, {"1.01": 5})
    demand = ask.draft(round_, ahaus, {"1.01": (5, 6, 8), "1.02": 1})
    words = trail(demand)[-1][1]
    old, new = "mindestens 5, erwartet 5, höchstens 5 Stück", "mindestens 5, erwartet 6, höchstens 8 Stück"
    assert f"1.01 Artikel 1.01: {old} → {new}" in words
    assert "1.02 Artikel 1.02: – → mindestens 1, erwartet 1, höchstens 1 Stück" in words


def test_a_maximum_below_the_minimum_stores_nothing(round_, ahaus):
    with pytest.raises(Refused, match="kleiner als die Mindestmenge"):
        ask.draft(round_, ahaus, {"1.01": (5, 5, 3), "1.02": 1})
    assert not stored(ask.demand_of(round_, ahaus))


def test_a_lead_of_another_member_finds_no_such_demand(round_, ahaus):
    stranger, demand = make.lead(make.member("Borken")), ask.demand_of(round_, ahaus)
    for verb in (
        lambda: actions_answers.save_draft(demand, [], by=stranger),
        lambda: actions_answers.submit(demand, by=stranger),
        lambda: actions_answers.report_nil(demand, by=stranger),
        lambda: actions_answers.reopen(demand, "Irrtum", by=stranger),
        lambda: actions_answers.submit(demand, by=make.officer()),
    ):
        with pytest.raises(NotFound):
            verb()


def test_a_submitted_demand_is_locked_and_says_who_submitted_it(round_, ahaus):
    lead = make.lead(ahaus)
    demand = ask.submitted_demand(round_, ahaus, {"1.01": 5}, by=lead)
    assert (demand.state, demand.revision, demand.submitted_by) == (DemandState.SUBMITTED, 1, lead)
    with pytest.raises(Refused, match="gesperrt"):
        ask.draft(round_, ahaus, {"1.01": 6})
    with pytest.raises(Refused, match="gesperrt"):
        actions_answers.submit(demand, by=lead)
    assert stored(demand) == {"1.01": ("5", "5", "5")}


def test_a_demand_of_zeros_is_no_demand(round_, ahaus):
    demand = ask.draft(round_, ahaus, {"1.01": 0})
    with pytest.raises(Refused, match="Kein Bedarf melden"):
        actions_answers.submit(demand, by=make.lead(ahaus))
    assert actions_answers.report_nil(demand, by=make.lead(ahaus)).state is DemandState.NIL


def test_opening_again_makes_a_second_revision_with_its_reason_in_the_trail(round_, ahaus):
    ask.submitted_demand(round_, ahaus, {"1.01": 5})
    demand = actions_answers.reopen(ask.demand_of(round_, ahaus), "Ein Standort kommt hinzu", by=make.lead(ahaus))
    assert (demand.state, demand.revision, demand.submitted_at) == (DemandState.DRAFT, 2, None)
    ask.submitted_demand(round_, ahaus, {"1.01": 6})
    events = trail(demand)
    assert [name for name, _words in events] == [
        "demand:demand:save",
        "demand:demand:submit",
        "demand:demand:reopen",
        "demand:demand:save",
        "demand:demand:submit",
    ]
    assert "Begründung: Ein Standort kommt hinzu" in events[2][1]
    assert "Fassung: 2" in events[4][1]


def test_opening_again_needs_a_reason_and_the_office_may_do_it_too(round_, ahaus):
    demand = ask.nil_demand(round_, ahaus)
    with pytest.raises(Refused, match="begründen"):
        actions_answers.reopen(demand, "  ", by=make.lead(ahaus))
    assert actions_answers.reopen(demand, "Anruf vom 24.11.", by=make.officer()).state is DemandState.OPEN


def test_after_the_deadline_a_lead_neither_saves_nor_submits_nor_opens_again(round_, ahaus, hand):
    lead, demand = make.lead(ahaus), ask.draft(round_, ahaus, {"1.01": 5})
    hand.moment = round_.deadline_at + timedelta(seconds=1)
    for verb in (
        lambda: ask.draft(round_, ahaus, {"1.01": 6}),
        lambda: actions_answers.submit(demand, by=lead),
        lambda: actions_answers.report_nil(demand, by=lead),
    ):
        with pytest.raises(Refused, match=r"abgelaufen.*Vergabestelle \(Person"):
            verb()


def test_frozen_quantities_never_change(ahaus):
    round_, lead = ask.closed_round([(ahaus, {"1.01": 5})]), make.lead(ahaus)
    demand = ask.demand_of(round_, ahaus)
    assert demand.state is DemandState.FROZEN
    for verb in (
        lambda: actions_answers.save_draft(demand, ask.entries(round_, {"1.01": 9}), by=lead),
        lambda: actions_answers.submit(demand, by=lead),
        lambda: actions_answers.report_nil(demand, by=lead),
        lambda: actions_answers.reopen(demand, "doch mehr", by=lead),
        lambda: actions_answers.reopen(demand, "doch mehr", by=make.officer()),
    ):
        with pytest.raises(Refused, match="geschlossen"):
            verb()
    assert stored(demand) == {"1.01": ("5", "5", "5")}


def test_a_save_from_an_outdated_page_is_a_conflict_that_names_both_versions(round_, ahaus):
    lead, demand = make.lead(ahaus), ask.demand_of(round_, ahaus)
    seen = demand.version
    actions_answers.save_draft(demand, ask.entries(round_, {"1.01": 5}), by=lead, seen_version=seen)
    with pytest.raises(Conflict, match=rf"Stand {seen}, gespeichert ist Stand {demand.version} \(Entwurf\)"):
        actions_answers.save_draft(demand, ask.entries(round_, {"1.01": 7}), by=lead, seen_version=seen)
    with pytest.raises(Conflict):
        actions_answers.submit(demand, by=lead, seen_version=seen)
