"""P24: a merger or renaming gives a new key with a link to the predecessors; snapshots stay as they were."""

from datetime import UTC, date, datetime

import pytest

from procurement.core.errors import Refused
from procurement.demand import actions, queries, queries_totals
from procurement.demand.states import DemandState
from procurement.members import actions_succession, queries_own
from procurement.members import queries as members
from procurement.members.kinds import FigureKind
from procurement.members.membership import SuccessionEntry
from tests.factories import demand as ask
from tests.factories import members as make

MERGER = SuccessionEntry("05554099", "Ahaus-Borken", date(2027, 1, 1), "Gesetz zur kommunalen Neugliederung")


@pytest.fixture
def merged(context):
    """Ahaus (2024: 40,176 inhabitants) and Borken (43,035) merge on 1 January 2027; a closed round lies before it."""
    ahaus, borken, officer = make.member("Ahaus", "05554004"), make.member("Borken", "05554012"), make.officer()
    make.figure(ahaus, FigureKind.INHABITANTS, 40_176)
    make.figure(borken, FigureKind.INHABITANTS, 43_035)
    lead = make.lead(ahaus, "Adam Ahaus")
    round_ = ask.closed_round([(ahaus, {"1.01": 5}), (borken, {"1.01": 7})], officer=officer)
    successor = actions_succession.succeed([ahaus, borken], MERGER, by=officer)
    return ahaus, borken, successor, lead, round_


def test_p24_the_successor_has_a_new_key_and_names_its_predecessors(merged):
    ahaus, borken, successor, _lead, _round = merged
    assert (successor.key, successor.name) == ("05554099", "Ahaus-Borken")
    assert queries_own.predecessors_of(successor.id) == [ahaus, borken]
    assert (ahaus.key, ahaus.name) == ("05554004", "Ahaus")


def test_p24_frozen_demands_keep_the_predecessors_name_and_quantities(merged):
    ahaus, _borken, successor, _lead, round_ = merged
    demand = ask.demand_of(round_, ahaus)
    assert (demand.state, demand.audit_label) == (DemandState.FROZEN, f"{round_.reference}: Ahaus")
    assert [answer.name for answer in queries_totals.answers(round_)] == ["Ahaus", "Borken"]
    assert successor.id not in queries.invited_member_ids(round_)


def test_p24_from_its_day_on_the_successor_is_invited_and_the_predecessors_are_not(merged):
    ahaus, borken, successor, _lead, _round = merged
    assert members.members(on=date(2026, 12, 31)) == [ahaus, borken]
    assert members.members(on=date(2027, 1, 1)) == [successor]
    officer = make.officer()
    round_ = ask.round_with(["1.01"], deadline_at=datetime(2027, 2, 1, 11, 0, tzinfo=UTC), officer=officer)
    with pytest.raises(Refused, match=r"Ahaus ist zum 01\.01\.2027 ausgetreten"):
        actions.invite(round_, [ahaus], by=officer)
    actions.invite(round_, [successor], by=officer)


def test_p24_the_leads_act_for_the_successor_and_still_read_what_the_predecessor_reported(merged):
    ahaus, _borken, successor, lead, round_ = merged
    assert lead.member_ids == {ahaus.id, successor.id}
    assert queries.demand_for(lead, round_.id, ahaus.id).member_id == ahaus.id


def test_p24_the_successors_figure_is_suggested_as_the_sum_and_not_recorded_by_itself(merged):
    ahaus, borken, successor, _lead, _round = merged
    suggestion = queries_own.suggestion_for(FigureKind.INHABITANTS, [ahaus, borken])
    assert suggestion.value == 83_211
    assert members.figures_of(successor.id) == []
    assert queries_own.suggestion_for(FigureKind.CLIENTS, [ahaus, borken]) is None
