"""What became of a member's report, line by line."""

from dataclasses import replace
from datetime import UTC, datetime

from procurement.demand.states import DemandState, RoundState
from procurement.home.cases import OwnAnswer, OwnCost, OwnTender, Step, cases
from procurement.tenders.kinds import TenderStage
from procurement.values.money import Money

DEADLINE = datetime(2026, 12, 11, 11, 0, tzinfo=UTC)
DRAFT = OwnAnswer(1, "B-1", "Firewall", RoundState.OPEN, DemandState.DRAFT, DEADLINE, Money.of("38000"))
FROZEN = replace(DRAFT, round_state=RoundState.CLOSED, state=DemandState.FROZEN)
TENDER = OwnTender(5, 1, "V-1", "Firewall und UTM", TenderStage.PUBLISHED, DEADLINE)
COST = OwnCost(9, 5, 2, "V-1", "Firewall und UTM", Money.of("45220.00"), DEADLINE)


def words(case):
    return [step.word for step in (case.demand, case.tender, case.award, case.cost)]


def test_an_open_round_shows_the_own_answer_its_deadline_and_the_forecast():
    (case,) = cases([DRAFT], [], [])
    assert words(case) == ["Entwurf", "folgt", "offen", "offen"]
    assert case.demand == Step("Entwurf", "info", "bis", DEADLINE)
    assert case.cost == Step("offen", note="netto etwa", amount=Money.of("38000"))


def test_a_published_tender_takes_the_place_of_its_round():
    (case,) = cases([FROZEN], [TENDER], [])
    assert (case.reference, case.round_id, case.tender_id) == ("V-1", 1, 5)
    assert words(case) == ["Eingefroren", "Veröffentlicht", "offen", "offen"]
    assert case.tender.at == DEADLINE


def test_a_proposal_is_not_yet_an_award():
    (case,) = cases([FROZEN], [replace(TENDER, stage=TenderStage.AWARD_DECIDED)], [])
    assert words(case)[1:3] == ["abgeschlossen", "in Prüfung"]


def test_after_the_award_costs_are_being_allocated_until_they_are_approved():
    awarded = replace(TENDER, stage=TenderStage.AWARDED)
    (waiting,) = cases([FROZEN], [awarded], [])
    assert (words(waiting)[2:], waiting.is_running) == (["erteilt", "wird aufgeteilt"], True)
    (paid,) = cases([FROZEN], [awarded], [COST])
    assert paid.cost == Step("freigegeben", "success", "brutto", amount=Money.of("45220.00"))
    assert (paid.is_running, paid.run_id) == (False, 9)


def test_a_cancelled_tender_ends_the_case():
    (case,) = cases([FROZEN], [replace(TENDER, stage=TenderStage.CANCELLED)], [])
    assert (words(case)[1:], case.is_running) == (["Aufgehoben", "entfällt", "entfällt"], False)


def test_a_round_split_into_two_tenders_makes_two_lines():
    second = replace(TENDER, id=6, reference="V-2")
    assert [case.reference for case in cases([FROZEN], [second, TENDER], [])] == ["V-2", "V-1"]


def test_a_tender_without_a_round_is_a_case_too():
    (case,) = cases([], [replace(TENDER, round_id=None)], [])
    assert (case.demand.word, case.round_id) == ("ohne Bedarfsrunde", None)


def test_running_cases_come_before_finished_ones():
    nil = OwnAnswer(2, "B-2", "Drucker", RoundState.CLOSED, DemandState.NIL, DEADLINE)
    missed = OwnAnswer(3, "B-3", "Server", RoundState.CLOSED, DemandState.OPEN, DEADLINE)
    found = cases([nil, missed, FROZEN], [], [])
    assert [case.reference for case in found] == ["B-1", "B-2", "B-3"]
    assert [case.demand.word for case in found] == ["Eingefroren", "Fehlanzeige", "nicht eingereicht"]
    assert [case.tender.word for case in found] == ["in Vorbereitung", "ohne Ihr Mitglied", "ohne Ihr Mitglied"]


def test_of_several_approved_periods_the_latest_given_first_counts():
    older = replace(COST, run_id=3, gross=Money.of("1.00"))
    (case,) = cases([FROZEN], [replace(TENDER, stage=TenderStage.AWARDED)], [COST, older])
    assert case.run_id == 9
