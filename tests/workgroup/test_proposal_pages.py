"""Pages of proposals for every role: what is there, what is locked, and that nothing typed is lost."""

from datetime import timedelta

import pytest

from procurement.members import queries as member_queries
from procurement.workgroup import actions, actions_decision, queries
from procurement.workgroup.states import ProposalState, Stance
from tests.factories import members as make
from tests.factories import workgroup


@pytest.fixture
def people(saved, browser):
    """A lead of Ahaus, one of Borken, an officer and an auditor, each in a browser."""
    with saved():
        ahaus, borken = make.member("Ahaus"), make.member("Borken")
        ids = {
            "ahaus": make.lead(ahaus, "Michael Terbrack").id,
            "borken": make.lead(borken, "Ulrike Nienhaus").id,
            "officer": make.officer("Jana Brinkmann").id,
            "auditor": make.auditor().id,
        }
        numbers = {"Ahaus": ahaus.id, "Borken": borken.id}
    return {name: browser(account_id) for name, account_id in ids.items()} | {"numbers": numbers, "ids": ids}


@pytest.fixture
def proposal_id(saved, people):
    """A proposal of Ahaus under discussion."""
    with saved():
        return workgroup.discussed(member(people, "Ahaus"), "SOC-Dienst", by=account(people, "ahaus")).id


def member(people, name):
    return member_queries.member(people["numbers"][name])


def account(people, name):
    return member_queries.account(people["ids"][name])


def test_a_lead_writes_a_draft_completes_it_and_puts_it_up_for_discussion(people):
    lead = people["ahaus"]
    assert "Noch kein Vorschlag." in lead.get("/workgroup/").text
    fields = {"voice": people["numbers"]["Ahaus"], "title": "SOC", "cost_from_net": "1.000", "cost_to_net": "2.500,50"}
    made = lead.post("/workgroup/proposals", fields)
    assert (made.status_code, made.location) == (303, "/workgroup/proposals/1")
    page = lead.get("/workgroup/proposals/1").text
    assert "Das Problem ist noch nicht beschrieben." in page
    assert "1.000,00 € bis 2.500,50 € netto" in page
    assert lead.post("/workgroup/proposals/1/discussion").status_code == 422
    fields |= {"problem": "Nachts\r\nwacht niemand.", "solution": "Ein Dienst."}
    assert lead.post("/workgroup/proposals/1", fields).status_code == 303
    assert lead.post("/workgroup/proposals/1/discussion", {"version": 2}).status_code == 303
    assert "Nachts\nwacht niemand." in people["borken"].get("/workgroup/proposals/1").text


def test_a_refused_proposal_keeps_what_was_typed(people):
    fields = {"voice": people["numbers"]["Ahaus"], "title": "", "problem": "Lange\ngetippt", "cost_from_net": "12.5"}
    answer = people["ahaus"].post("/workgroup/proposals", fields)
    assert answer.status_code == 422
    assert "Lange\ngetippt" in answer.text
    assert 'value="12.5"' in answer.text
    assert "Bitte einen Titel eingeben." in answer.text


def test_somebody_elses_draft_looks_like_one_that_does_not_exist(saved, people):
    with saved():
        draft = workgroup.draft(member(people, "Ahaus"), "Geheim", by=account(people, "ahaus")).id
    for who in ("borken", "officer", "auditor"):
        there, nowhere = (people[who].get(f"/workgroup/proposals/{number}") for number in (draft, 999))
        assert (there.status_code, there.data) == (nowhere.status_code, nowhere.data) == (404, there.data)
        assert "Geheim" not in people[who].get("/workgroup/").text
    for address in ("", "/discussion", "/contributions", "/interest", "/withdraw"):
        answer = people["borken"].post(f"/workgroup/proposals/{draft}{address}", {"text": "x", "stance": "join"})
        assert (address, answer.status_code) == (address, 404)
    assert people["borken"].get(f"/workgroup/proposals/{draft}/edit").status_code == 404
    assert people["officer"].get(f"/workgroup/proposals/{draft}/acceptance").status_code == 404


def test_what_a_draft_once_said_stays_with_its_side(saved, people, hand):
    with saved():
        lead = account(people, "ahaus")
        draft = workgroup.draft(member(people, "Ahaus"), "SOC", problem="Unser Dezernent bremst.", by=lead)
        actions.change_proposal(draft, workgroup.entry("SOC"), by=lead)
        hand.moment += timedelta(minutes=1)
        draft_id = actions.open_discussion(draft, by=lead).id
    assert "Dezernent" in people["ahaus"].get(f"/workgroup/proposals/{draft_id}").text
    assert "Dezernent" not in people["borken"].get(f"/workgroup/proposals/{draft_id}").text


def test_everybody_discusses_and_a_withdrawn_contribution_leaves_a_placeholder(people, proposal_id):
    place = f"/workgroup/proposals/{proposal_id}"
    spoken = {"voice": people["numbers"]["Borken"], "text": "Mit <b>Schulen</b>?\nUnd wann?"}
    assert people["borken"].post(f"{place}/contributions", spoken).location == f"{place}#contribution-1"
    assert people["officer"].post(f"{place}/contributions", {"voice": 0, "text": "Wir fragen."}).status_code == 303
    page = people["auditor"].get(place).text
    assert "Mit &lt;b&gt;Schulen&lt;/b&gt;?\nUnd wann?" in page
    assert "Ulrike Nienhaus" in page
    assert "Beitrag senden" not in page
    assert people["ahaus"].post("/workgroup/contributions/1/withdraw").status_code == 422
    assert people["borken"].post("/workgroup/contributions/1/withdraw").status_code == 303
    page = people["ahaus"].get(place).text
    assert "Schulen" not in page
    assert "Dieser Beitrag wurde am Mo., 23.11.2026, 10:00 Uhr von" in page


def test_an_empty_contribution_is_refused_on_the_page_of_the_proposal(people, proposal_id):
    place = f"/workgroup/proposals/{proposal_id}"
    answer = people["borken"].post(f"{place}/contributions", {"voice": people["numbers"]["Borken"], "text": " "})
    assert answer.status_code == 422
    assert "Bitte einen Beitrag eingeben." in answer.text
    forged = people["borken"].post(f"{place}/contributions", {"voice": people["numbers"]["Ahaus"], "text": "x"})
    assert forged.status_code == 422


def test_interest_is_stated_changed_and_seen_by_all_leads(saved, people, proposal_id):
    place = f"/workgroup/proposals/{proposal_id}"
    own = {"voice": people["numbers"]["Borken"]}
    assert "Sagen, ob Borken mitmacht" in people["borken"].get(place).text
    stated = own | {"stance": "maybe", "note": "Haushalt offen", "version": 0}
    assert people["borken"].post(f"{place}/interest", stated).location == f"{place}#interest"
    page = people["ahaus"].get(place).text
    assert "Haushalt offen" in page
    late = people["borken"].post(f"{place}/interest", own | {"stance": "join", "note": "Doch!", "version": 0})
    assert late.status_code == 422
    assert "Inzwischen hat eine andere Person" in late.text
    assert "Doch!" in late.text
    assert people["borken"].post(f"{place}/interest", own | {"stance": "join", "version": 1}).status_code == 303
    with saved():
        found = queries.interests_of(queries.proposal_for(account(people, "officer"), proposal_id))
        assert [(one.member.name, one.stance) for one in found] == [("Borken", Stance.JOIN)]


def test_no_answer_is_refused_and_the_office_states_no_interest(people, proposal_id):
    place = f"/workgroup/proposals/{proposal_id}/interest"
    answer = people["borken"].post(place, {"voice": people["numbers"]["Borken"], "note": "weiß nicht"})
    assert answer.status_code == 422
    assert "weiß nicht" in answer.text
    assert people["officer"].post(place, {"voice": 0, "stance": "join"}).status_code == 404


def test_acceptance_is_filled_in_and_ticks_the_interested_members(saved, people, proposal_id):
    with saved():
        proposal = queries.proposal_for(account(people, "officer"), proposal_id)
        workgroup.interest(proposal, member(people, "Borken"), Stance.MAYBE, by=account(people, "borken"))
        workgroup.interest(proposal, member(people, "Ahaus"), Stance.NONE, by=account(people, "ahaus"))
    place, numbers = f"/workgroup/proposals/{proposal_id}/acceptance", people["numbers"]
    page = people["officer"].get(place).text
    assert 'value="B-2026-01"' in page
    assert 'value="SOC-Dienst"' in page
    assert 'value="2026-12-21T12:00"' in page
    assert (
        f'checked class="check__box" id="members-1" name="members" type="checkbox" value="{numbers["Borken"]}"' in page
    )
    fields = {
        "reference": "B-2026-01",
        "title": "SOC",
        "deadline_at": "2026-12-21T12:00",
        "members": [numbers["Borken"]],
    }
    refused = people["officer"].post(place, fields | {"version": 2})
    assert refused.status_code == 422
    assert "Bitte begründen, warum der Vorschlag angenommen wird." in refused.text
    accepted = people["officer"].post(place, fields | {"version": 2, "reason": "Zwei wollen es."})
    assert accepted.location == f"/workgroup/proposals/{proposal_id}"
    assert "Bedarfsrunde B-2026-01 SOC" in people["officer"].get(accepted.location).text
    assert "/demand/1" not in people["borken"].get(accepted.location).text
    assert people["officer"].get(place).status_code == 200


def test_an_outdated_acceptance_changes_nothing(saved, people, proposal_id):
    fields = {
        "reference": "B-1", "title": "SOC", "deadline_at": "2026-12-21T12:00", "reason": "Ja.",
        "members": [people["numbers"]["Borken"]], "version": 1,
    }  # fmt: skip
    answer = people["officer"].post(f"/workgroup/proposals/{proposal_id}/acceptance", fields)
    assert answer.status_code == 422
    assert "Sie sahen Stand 1" in answer.text
    with saved():
        proposal = queries.proposal_for(account(people, "officer"), proposal_id)
        assert (proposal.state, proposal.round_id) == (ProposalState.DISCUSSION, None)


def test_a_proposal_is_declined_or_withdrawn_with_a_reason_for_everybody_to_read(saved, people, proposal_id):
    place = f"/workgroup/proposals/{proposal_id}"
    assert people["officer"].post(f"{place}/decline", {"version": 2}).status_code == 422
    assert (
        people["officer"].post(f"{place}/decline", {"reason": "Gibt es beim Kreis.", "version": 2}).status_code == 303
    )
    assert "Gibt es beim Kreis." in people["borken"].get(place).text
    with saved():
        other = workgroup.discussed(member(people, "Ahaus"), by=account(people, "ahaus")).id
    assert people["ahaus"].post(f"/workgroup/proposals/{other}/withdraw").status_code == 422
    assert people["ahaus"].post(f"/workgroup/proposals/{other}/withdraw", {"reason": "Überholt."}).status_code == 303
    assert "Überholt." in people["officer"].get(f"/workgroup/proposals/{other}").text
    assert "seine Texte stehen fest" in people["ahaus"].get(f"/workgroup/proposals/{other}/edit").text


def test_a_round_names_the_proposal_it_came_from(saved, people, proposal_id):
    with saved():
        proposal, officer = queries.proposal_for(account(people, "officer"), proposal_id), account(people, "officer")
        wish = workgroup.round_entry("B-1")
        actions_decision.accept(proposal, wish, [member(people, "Borken")], "Ja.", by=officer)
    fragment = people["borken"].get("/workgroup/rounds/1", headers={"HX-Request": "true"}).text
    assert f'href="/workgroup/proposals/{proposal_id}"' in fragment
    assert "<html" not in fragment
    assert people["borken"].get("/workgroup/rounds/1").location == f"/workgroup/proposals/{proposal_id}"
    assert people["borken"].get("/workgroup/rounds/2").status_code == 404
    assert "href" not in people["borken"].get("/workgroup/rounds/2", headers={"HX-Request": "true"}).text


def test_a_lead_of_two_members_says_for_which_it_speaks(saved, people, proposal_id):
    with saved():
        both = account(people, "borken")
        make.actions_accounts.assign_role(both, make.Role.MEMBER_LEAD, member(people, "Ahaus"), by=make.COMMAND_LINE)
    lead, numbers, place = people["borken"], people["numbers"], f"/workgroup/proposals/{proposal_id}"
    assert f"{place}?member={numbers['Borken']}#interest" in lead.get(place).text
    for name, stance in (("Borken", "join"), ("Ahaus", "none")):
        stated = {"voice": numbers[name], "stance": stance, "version": 0}
        assert lead.post(f"{place}/interest", stated).status_code == 303
    assert '<option value="' in lead.get(place).text
    page = lead.get(f"{place}?member={numbers['Borken']}").text
    assert 'checked class="check__box" id="stance-0"' in page
