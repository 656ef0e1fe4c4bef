"""Writing, discussing and deciding about proposals: who may, what is kept, what stands in the trail."""

import json
from datetime import timedelta

import pytest
import sqlalchemy as sa

from procurement.audit.models import AuditEntry
from procurement.core import clock
from procurement.core.db import db
from procurement.core.errors import Conflict, NotFound, Refused
from procurement.demand.queries import invited_member_ids
from procurement.demand.states import RoundState
from procurement.workgroup import actions, actions_decision, queries
from procurement.workgroup.entries import InterestEntry
from procurement.workgroup.states import ProposalState, Stance
from tests.factories import members as make
from tests.factories import workgroup

pytestmark = pytest.mark.usefixtures("context")


@pytest.fixture
def ahaus():
    return make.member("Ahaus")


@pytest.fixture
def borken():
    return make.member("Borken")


def last_changes():
    return json.loads(db.session.scalar(sa.select(AuditEntry.changes).order_by(AuditEntry.number.desc()).limit(1)))


def test_a_draft_is_there_for_the_people_of_its_member_only(ahaus, borken):
    draft = workgroup.draft(ahaus)
    colleague, stranger, officer, auditor = make.lead(ahaus), make.lead(borken), make.officer(), make.auditor()
    assert queries.proposal_for(colleague, draft.id) is draft
    for outsider in (stranger, officer, auditor):
        with pytest.raises(NotFound):
            queries.proposal_for(outsider, draft.id)
        assert queries.proposals(outsider) == queries.ProposalLists([], [], [])


def test_a_draft_of_the_office_belongs_to_every_officer_and_to_no_lead(ahaus):
    draft = actions.propose(workgroup.entry(), None, by=make.officer())
    assert queries.proposal_for(make.officer(), draft.id) is draft
    with pytest.raises(NotFound):
        queries.proposal_for(make.lead(ahaus), draft.id)


def test_nobody_writes_for_another_member_or_for_the_office(ahaus, borken):
    lead = make.lead(ahaus)
    for member_id in (borken.id, None):
        with pytest.raises(NotFound):
            actions.propose(workgroup.entry(), member_id, by=lead)


def test_once_discussed_everybody_reads_it_and_only_its_own_side_changes_it(ahaus, borken):
    author, stranger = make.lead(ahaus), make.lead(borken)
    proposal = workgroup.discussed(ahaus, "SOC", by=author)
    assert queries.proposal_for(stranger, proposal.id) is proposal
    with pytest.raises(NotFound):
        actions.change_proposal(proposal, workgroup.entry("Meins"), by=stranger)
    with pytest.raises(NotFound):
        actions.withdraw(proposal, "Nein.", by=stranger)
    actions.change_proposal(proposal, workgroup.entry("SOC und MDR"), by=author)
    assert last_changes() == {"Titel": ["SOC", "SOC und MDR"]}


def test_saving_without_a_change_leaves_nothing_in_the_trail(ahaus):
    author = make.lead(ahaus)
    proposal = workgroup.draft(ahaus, "SOC", by=author)
    before = db.session.scalar(sa.select(sa.func.count()).select_from(AuditEntry))
    actions.change_proposal(proposal, workgroup.entry("SOC"), by=author)
    assert db.session.scalar(sa.select(sa.func.count()).select_from(AuditEntry)) == before


def test_a_change_made_on_an_older_state_is_a_conflict(ahaus):
    author = make.lead(ahaus)
    proposal = workgroup.draft(ahaus, by=author)
    actions.open_discussion(proposal, by=author)
    db.session.flush()
    with pytest.raises(Conflict, match="Stand 1, gespeichert ist Stand 2"):
        actions.change_proposal(proposal, workgroup.entry(), by=author, seen_version=1)


def test_a_contribution_is_withdrawn_by_its_author_and_leaves_its_place(ahaus, borken):
    proposal, author = workgroup.discussed(ahaus), make.lead(borken, "Ulrike")
    said = workgroup.contribution(proposal, borken, "Erste\r\nZeile", by=author)
    assert said.text == "Erste\nZeile"
    with pytest.raises(Refused, match="Nur die Person"):
        actions.retract(said, by=make.lead(borken))
    actions.retract(said, by=author)
    assert queries.contributions_of(proposal) == [said]
    assert said.withdrawn_at == clock.now()
    with pytest.raises(Refused, match="schon zurückgezogen"):
        actions.retract(said, by=author)


def test_contributions_stand_in_the_order_of_time(ahaus, borken, hand):
    proposal = workgroup.discussed(ahaus)
    first = workgroup.contribution(proposal, borken)
    hand.moment += timedelta(hours=1)
    second = workgroup.contribution(proposal, ahaus)
    assert queries.contributions_of(proposal) == [first, second]


def test_a_member_has_one_statement_and_its_earlier_ones_are_in_the_trail(ahaus, borken):
    proposal, lead = workgroup.discussed(ahaus), make.lead(borken)
    workgroup.interest(proposal, borken, Stance.MAYBE, "Haushalt offen", by=lead)
    stated = workgroup.interest(proposal, borken, Stance.JOIN, by=lead)
    assert queries.interests_of(proposal) == [stated]
    assert last_changes() == {"Interesse": ["Vielleicht", "Wir machen mit"], "Bemerkung": ["Haushalt offen", ""]}


def test_a_statement_on_an_older_one_of_a_colleague_is_a_conflict(ahaus, borken):
    proposal = workgroup.discussed(ahaus)
    workgroup.interest(proposal, borken, Stance.NONE)
    with pytest.raises(Conflict, match="„Kein Interesse“"):
        actions.state_interest(proposal, borken.id, InterestEntry(Stance.JOIN), by=make.lead(borken), seen_version=0)


def test_a_lead_speaks_for_its_own_member_only(ahaus, borken):
    proposal, lead = workgroup.discussed(ahaus), make.lead(ahaus)
    with pytest.raises(NotFound):
        actions.state_interest(proposal, borken.id, InterestEntry(Stance.JOIN), by=lead)
    with pytest.raises(NotFound):
        actions.contribute(proposal, "Hallo", borken.id, by=lead)


def test_interests_are_sorted_by_who_joins_in_then_by_name(ahaus, borken):
    proposal, velen = workgroup.discussed(ahaus), make.member("Velen")
    for member, stance in ((velen, Stance.JOIN), (ahaus, Stance.NONE), (borken, Stance.JOIN)):
        workgroup.interest(proposal, member, stance)
    assert [one.member.name for one in queries.interests_of(proposal)] == ["Borken", "Velen", "Ahaus"]
    assert queries.counted(queries.interests_of(proposal)) == {Stance.JOIN: 2, Stance.MAYBE: 0, Stance.NONE: 1}


def test_an_accepted_proposal_is_a_round_in_preparation_with_the_chosen_members_invited(ahaus, borken):
    proposal, officer = workgroup.discussed(ahaus, "SOC"), make.officer()
    actions_decision.accept(proposal, workgroup.round_entry(), [ahaus, borken], "Großes Interesse.", by=officer)
    assert last_changes()["Bedarfsrunde"] == "B-2026-07 SOC"
    assert (proposal.state, proposal.end_reason) == (ProposalState.ACCEPTED, "Großes Interesse.")
    assert (proposal.round.reference, proposal.round.state) == ("B-2026-07", RoundState.DRAFT)
    assert invited_member_ids(proposal.round) == {ahaus.id, borken.id}
    assert queries.proposal_of_round(make.lead(borken), proposal.round_id) is proposal


@pytest.mark.parametrize(
    ("reference", "reason", "field"), [("", "Gut.", "reference"), ("B-1", "", "reason"), ("B-1", "Gut.", "members")]
)
def test_accepting_lacks_a_reference_a_reason_or_somebody_to_invite(ahaus, reference, reason, field):
    proposal = workgroup.discussed(ahaus)
    invited = [] if field == "members" else [ahaus]
    with pytest.raises(Refused) as refused:
        actions_decision.accept(proposal, workgroup.round_entry(reference), invited, reason, by=make.officer())
    assert [objection.field for objection in refused.value.objections] == [field]


def test_a_decided_proposal_is_neither_decided_again_nor_discussed_nor_taken_back(ahaus):
    author = make.lead(ahaus)
    proposal, officer = workgroup.discussed(ahaus, by=author), make.officer()
    actions_decision.decline(proposal, "Gibt es schon.", by=officer)
    assert proposal.state is ProposalState.DECLINED
    with pytest.raises(Refused, match="schon entschieden"):
        actions_decision.accept(proposal, workgroup.round_entry(), [ahaus], "Doch.", by=officer)
    with pytest.raises(Refused, match="Diskussion ist beendet"):
        workgroup.contribution(proposal, ahaus, by=author)
    with pytest.raises(Refused, match="nicht mehr zurückziehen"):
        actions.withdraw(proposal, "Zu spät.", by=author)


def test_a_withdrawn_draft_stays_with_its_side_and_a_withdrawn_discussion_stays_readable(ahaus, borken):
    author, stranger = make.lead(ahaus), make.lead(borken)
    draft, discussed = workgroup.draft(ahaus, by=author), workgroup.discussed(ahaus, by=author)
    for proposal in (draft, discussed):
        actions.withdraw(proposal, "Überholt.", by=author)
    assert [one.proposal for one in queries.proposals(stranger).ended] == [discussed]
    assert {one.proposal for one in queries.proposals(author).ended} == {draft, discussed}


def test_a_lead_opens_the_round_of_a_proposal_when_invited_and_once_it_is_open(ahaus, borken):
    proposal, officer = workgroup.discussed(ahaus), make.officer()
    actions_decision.accept(proposal, workgroup.round_entry(), [ahaus], "Gut.", by=officer)
    invited, uninvited = make.lead(ahaus), make.lead(borken)
    assert queries.may_open(officer, proposal.round)
    assert not queries.may_open(invited, proposal.round)
    proposal.round.state = RoundState.OPEN
    db.session.flush()
    assert queries.may_open(invited, proposal.round)
    assert not queries.may_open(uninvited, proposal.round)
    assert not queries.may_open(officer, None)


def test_the_suggested_reference_is_the_first_free_one_of_the_year(ahaus):
    assert queries.free_reference() == "B-2026-01"
    actions_decision.accept(
        workgroup.discussed(ahaus), workgroup.round_entry("B-2026-01"), [ahaus], "Gut.", by=make.officer()
    )
    assert queries.free_reference() == "B-2026-02"


def test_what_a_lead_has_not_answered_yet_is_found_for_its_start_page(ahaus, borken):
    asked = workgroup.discussed(ahaus)
    workgroup.draft(borken)
    lead = make.lead(borken)
    assert queries.unstated(lead) == [asked]
    workgroup.interest(asked, borken, Stance.NONE, by=lead)
    assert queries.unstated(lead) == []
