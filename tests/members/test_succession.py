"""Merger and new key: a successor with predecessors, figures only suggested."""

from datetime import date

import pytest

from procurement.audit.queries import history_of
from procurement.core.errors import Refused
from procurement.members import actions_succession, queries, queries_own
from procurement.members.actions import FigureEntry
from procurement.members.kinds import FigureKind
from procurement.members.membership import (
    Membership,
    PredecessorFigure,
    SuccessionEntry,
    objections_to_succession,
    suggested_figure,
)
from tests.factories import members as make

NEW_YEAR = date(2027, 1, 1)
MERGER = SuccessionEntry("05554099", "Ahaus-Borken", NEW_YEAR, "Gesetz zur kommunalen Neugliederung")


BOTH = (Membership("Ahaus"), Membership("Borken"))


def reasons(entry=MERGER, predecessors=BOTH):
    return [objection.text for objection in objections_to_succession(entry, predecessors)]


def test_a_merger_needs_predecessors_a_key_a_name_and_an_occasion():
    assert reasons() == []
    assert reasons(SuccessionEntry(" ", "", NEW_YEAR, ""), ()) == [
        "Bitte mindestens einen Vorgänger wählen.",
        "Bitte den neuen Schlüssel (AGS) angeben.",
        "Bitte den Namen angeben.",
        "Bitte den Anlass angeben.",
    ]


def test_a_predecessor_that_left_before_or_has_a_successor_takes_no_part():
    assert reasons(predecessors=[Membership("Ahaus", has_successor=True)]) == ["Ahaus hat schon einen Nachfolger."]
    assert reasons(predecessors=[Membership("Ahaus", date(2026, 6, 30))]) == [
        "Ahaus ist zum 30.06.2026 schon ausgetreten."
    ]


def test_the_suggested_figure_is_the_sum_with_its_origin():
    known = [
        PredecessorFigure("Borken", 43_035, date(2024, 12, 31)),
        PredecessorFigure("Ahaus", 40_176, date(2023, 12, 31)),
    ]
    suggestion = suggested_figure(known, 2)
    assert (suggestion.value, suggestion.reference_date) == (83_211, date(2024, 12, 31))
    assert suggestion.source == "Summe: Ahaus 40.176 (31.12.2023) + Borken 43.035 (31.12.2024)"
    assert suggested_figure(known[:1], 2) is None
    assert suggested_figure([], 0) is None


def test_a_long_origin_is_shortened_to_what_a_source_may_hold():
    known = [PredecessorFigure(f"Gemeinde {number} im Münsterland", 1000, NEW_YEAR) for number in range(8)]
    assert suggested_figure(known, 8).source == "Summe von 8 Vorgängern"


def test_leads_lead_the_successor_too_and_the_second_release_stays_wanted(context):
    ahaus, borken = make.member("Ahaus"), make.member("Borken")
    adam, berta = make.lead(ahaus, "Adam"), make.lead(borken, "Berta")
    borken.requires_approval = True
    successor = actions_succession.succeed([ahaus, borken], MERGER, by=make.officer())
    assert queries_own.leads_of(successor) == [adam, berta]
    assert adam.own_member_ids == {ahaus.id, successor.id}
    assert successor.requires_approval
    assert (ahaus.left_on, ahaus.successor_id, successor.joined_on) == (NEW_YEAR, successor.id, NEW_YEAR)
    (entry,) = history_of("member", ahaus.id, 1)
    assert "Nachfolger: – → Ahaus-Borken (05554099)" in entry.worded_changes


def test_a_person_who_leads_both_predecessors_leads_the_successor_once(context):
    ahaus, borken = make.member("Ahaus"), make.member("Borken")
    adam = make.lead(ahaus, "Adam")
    make.actions_accounts.assign_role(adam, make.Role.MEMBER_LEAD, borken, by=adam)
    successor = actions_succession.succeed([ahaus, borken], MERGER, by=make.officer())
    assert queries_own.leads_of(successor) == [adam]


def test_a_key_that_is_taken_is_refused_and_nothing_ends(context):
    ahaus = make.member("Ahaus", "05554004")
    make.member("Velen", "05554099")
    with pytest.raises(Refused, match="05554099 gibt es bereits"):
        actions_succession.succeed([ahaus], MERGER, by=make.officer())
    assert ahaus.left_on is None


@pytest.fixture
def office(saved, browser):
    """An officer; Ahaus (1) and Borken (2) have inhabitants, only Ahaus clients."""
    with saved():
        ahaus, borken = make.member("Ahaus"), make.member("Borken")
        make.figure(ahaus, FigureKind.INHABITANTS, 40_176)
        make.figure(borken, FigureKind.INHABITANTS, 43_035)
        make.figure(ahaus, FigureKind.CLIENTS, 430)
        officer_id = make.officer().id
    return browser(officer_id)


def test_the_page_suggests_the_sum_and_a_person_enters_the_figure(office, saved):
    page = office.get("/members/succession?member=1&member=2").text
    assert 'value="83211"' in page
    assert "Vorschlag: Summe: Ahaus 40.176 (31.12.2024) + Borken 43.035 (31.12.2024)" in page
    fields = {
        "member": ["1", "2"], "name": "Ahaus-Borken", "key": "05554099", "kind": "municipality", "on": "2027-01-01",
        "population_basis": "own", "reason": "Gesetz", "inhabitants": "83200", "inhabitants_on": "2024-12-31",
        "inhabitants_source": "IT.NRW, berichtigt",
    }  # fmt: skip
    answer = office.post("/members/succession", fields)
    assert (answer.status_code, answer.location) == (303, "/members/3")
    with saved():
        (figure,) = queries.figures_of(3)
        assert (figure.value, figure.source) == (83_200, "IT.NRW, berichtigt")


def test_the_pages_say_vormals(office, saved):
    with saved():
        predecessors = [queries.member(1), queries.member(2)]
        entry = FigureEntry(FigureKind.CLIENTS, date(2026, 6, 30), 880, "Zählung")
        actions_succession.succeed(predecessors, MERGER, [entry], by=make.officer())
    assert "vormals Ahaus, Borken" in office.get("/members/").text
    assert "vormals:" in office.get("/members/3").text
    predecessor = office.get("/members/1").text
    assert "aufgegangen in:" in predecessor
    assert "Austritt erfassen" not in predecessor


def test_a_wrong_entry_keeps_what_was_typed(office):
    answer = office.post(
        "/members/succession", {"member": ["1"], "name": "Ahaus-Borken", "key": "", "reason": "Gesetz"}
    )
    assert answer.status_code == 422
    assert 'value="Ahaus-Borken"' in answer.text
    assert "Bitte den neuen Schlüssel angeben." in answer.text
