"""A second person releases what is submitted, where the member wants it; the deadline counts for the release."""

from datetime import timedelta

import pytest

from procurement.audit.queries import history_of
from procurement.core.db import db
from procurement.core.errors import Conflict, NotFound, Refused
from procurement.core.mail import OutgoingMail
from procurement.demand import actions, actions_answers, actions_approval, queries, rules
from procurement.demand.models import Demand
from procurement.demand.states import DemandState
from procurement.members import actions_approval as members_approval
from tests.factories import demand as ask
from tests.factories import members as make


def laer_with_two_leads():
    """Laer wants a second release; Lena and Luis lead it, a round with one article is open."""
    laer = make.member("Laer")
    lena, luis = make.lead(laer, "Lena Leitung"), make.lead(laer, "Luis Leitung")
    members_approval.choose_approval(laer, wanted=True, by=lena)
    round_ = ask.round_with(["1.01"], [laer], officer=make.officer("Petra Beispiel"), title="Firewall")
    return laer, lena, luis, round_


@pytest.fixture
def waiting(context):
    """Lena has submitted five pieces; the demand waits for Luis."""
    laer, lena, luis, round_ = laer_with_two_leads()
    return ask.submitted_demand(round_, laer, {"1.01": 5}, by=lena), lena, luis


def test_submitting_lays_the_demand_before_a_colleague_and_not_before_the_office(waiting):
    demand, lena, luis = waiting
    assert demand.state is DemandState.AWAITING_APPROVAL
    figures = queries.figures_of(demand.round)
    assert (figures.submitted, figures.open) == (0, 1)
    mails = [(mail.recipient, mail.subject) for mail in db.session.query(OutgoingMail)]
    assert (luis.email, "Bitte freigeben: Firewall") in mails
    assert lena.email not in [recipient for recipient, subject in mails if subject.startswith("Bitte freigeben")]


def test_a_second_person_releases_it(waiting):
    demand, lena, luis = waiting
    actions_approval.approve(demand, by=luis)
    assert demand.state is DemandState.SUBMITTED
    assert (demand.submitted_by_id, demand.approved_by_id) == (lena.id, luis.id)
    (entry,) = history_of("demand", demand.id, 1)
    assert (entry.text, entry.who) == ("Bedarf freigegeben", "Luis Leitung")
    assert "Zustand: Wartet auf Freigabe → Eingereicht" in entry.worded_changes


def test_nobody_releases_the_own_submission(waiting):
    demand, lena, _luis = waiting
    with pytest.raises(Refused, match="selbst eingereicht"):
        actions_approval.approve(demand, by=lena)
    assert demand.state is DemandState.AWAITING_APPROVAL


def test_the_lead_of_another_member_finds_nothing_to_release(waiting):
    demand, *_ = waiting
    with pytest.raises(NotFound):
        actions_approval.approve(demand, by=make.lead(make.member("Ahaus")))


def test_a_nil_return_needs_the_release_too(context):
    laer, lena, luis, round_ = laer_with_two_leads()
    demand = ask.nil_demand(round_, laer, by=lena)
    assert demand.state is DemandState.AWAITING_APPROVAL
    assert actions_approval.approve(demand, by=luis).state is DemandState.NIL


def test_a_demand_goes_back_with_a_reason_and_can_be_changed_and_submitted_again(waiting):
    demand, lena, luis = waiting
    with pytest.raises(Refused, match="Bitte begründen"):
        actions_approval.hand_back(demand, " ", by=luis)
    actions_approval.hand_back(demand, "Das Schulamt fehlt.", by=luis)
    assert (demand.state, demand.submitted_by_id) == (DemandState.DRAFT, None)
    assert "Begründung: Das Schulamt fehlt." in history_of("demand", demand.id, 1)[0].worded_changes
    actions_answers.save_draft(demand, ask.entries(demand.round, {"1.01": 7}), by=luis)
    actions_answers.submit(demand, by=luis)
    assert actions_approval.approve(demand, by=lena).state is DemandState.SUBMITTED


def test_while_it_waits_nothing_can_be_changed_nor_reopened(waiting):
    demand, lena, _luis = waiting
    entries = ask.entries(demand.round, {"1.01": 7})
    for attempt in (
        lambda: actions_answers.save_draft(demand, entries, by=lena),
        lambda: actions_answers.submit(demand, by=lena),
        lambda: actions_answers.reopen(demand, "Doch anders", by=lena),
    ):
        with pytest.raises(Refused) as refusal:
            attempt()
        assert refusal.value.message == rules.AWAITS_APPROVAL


def test_the_deadline_counts_for_the_release(waiting, hand):
    demand, _lena, luis = waiting
    hand.moment = demand.round.deadline_at + timedelta(seconds=1)
    for attempt in (
        lambda: actions_approval.approve(demand, by=luis),
        lambda: actions_approval.hand_back(demand, "zu spät", by=luis),
    ):
        with pytest.raises(Refused, match="bevor der Bedarf freigegeben war"):
            attempt()
    hand.moment = demand.round.deadline_at
    assert actions_approval.approve(demand, by=luis).state is DemandState.SUBMITTED


def test_a_round_that_closes_names_who_still_waited_for_release(waiting):
    demand, *_ = waiting
    actions.close_round(demand.round, by=make.officer())
    assert demand.state is DemandState.AWAITING_APPROVAL
    closing = history_of("demand_round", demand.round_id, 1)[0]
    assert "Ohne Antwort: Laer" in closing.worded_changes
    with pytest.raises(Refused, match="ist geschlossen"):
        actions_approval.approve(demand, by=make.lead(demand.member))


def test_a_decision_on_an_older_state_is_a_conflict(waiting):
    demand, _lena, luis = waiting
    with pytest.raises(Conflict):
        actions_approval.approve(demand, by=luis, seen_version=demand.version - 1)


def test_reopening_a_released_demand_asks_for_a_new_release(waiting):
    demand, lena, luis = waiting
    actions_approval.approve(demand, by=luis)
    actions_answers.reopen(demand, "Ein Standort mehr", by=lena)
    assert (demand.approved_at, demand.approved_by_id) == (None, None)
    assert actions_answers.submit(demand, by=lena).state is DemandState.AWAITING_APPROVAL


@pytest.fixture
def pages(saved, browser):
    """Browsers of Lena, who submitted, and of Luis, who may release; round 1, member 1."""
    with saved():
        laer, lena, luis, round_ = laer_with_two_leads()
        ask.submitted_demand(round_, laer, {"1.01": 5}, by=lena)
        ids = lena.id, luis.id
    return [browser(one) for one in ids]


def test_the_page_says_loudly_that_the_deadline_counts_for_the_release(pages):
    lena, luis = pages
    page = luis.get("/demand/1/1/approval").text
    assert "Ohne Freigabe bis Fr., 11.12.2026, 10:00 Uhr zählt dieser Bedarf nicht." in page
    assert "Wartet auf Freigabe" in page
    assert "selbst eingereicht" in lena.get("/demand/1/1/approval").text


def test_releasing_and_handing_back_on_the_page(pages, saved):
    lena, luis = pages
    assert lena.post("/demand/1/1/approve").status_code == 422
    refused = luis.post("/demand/1/1/hand-back", {"reason": ""})
    assert (refused.status_code, "Bitte begründen Sie die Rückgabe." in refused.text) == (422, True)
    outdated = {"reason": "Das Schulamt fehlt.", "version": "1"}
    assert luis.post("/demand/1/1/hand-back", outdated).status_code == 422
    assert luis.post("/demand/1/1/approve", {"version": "1"}).status_code == 409
    with saved():
        version = db.session.get(Demand, 1).version
    assert luis.post("/demand/1/1/approve", {"version": str(version)}).status_code == 303
    with saved():
        assert db.session.get(Demand, 1).state is DemandState.SUBMITTED
    assert "Hier wartet nichts auf Freigabe." in luis.get("/demand/1/1/approval").text


def test_the_office_cannot_open_the_members_inner_page(pages, saved, browser):
    with saved():
        officer_id = make.officer().id
    assert browser(officer_id).get("/demand/1/1/approval").status_code == 403
