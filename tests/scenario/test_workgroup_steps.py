"""The working group in scenario files: discussed, decided and announced as written; faults are named by their path."""

import pytest
import sqlalchemy as sa

from procurement.core.db import db
from procurement.demand.queries import invited_member_ids
from procurement.members.models import Member
from procurement.scenario import running
from procurement.scenario.errors import ScenarioError
from procurement.scenario.load import load
from procurement.scenario.reading import understood
from procurement.workgroup import queries
from procurement.workgroup.models import Announcement, Proposal, Reading
from procurement.workgroup.states import AnnouncementState, ProposalState, Stance

TWO = [{"key": "1", "name": "Adorf"}, {"key": "2", "name": "Bestadt"}]
IDEA = {"title": "SOC", "problem": "Nachts wacht niemand.", "solution": "Ein Dienst.", "author": "1"}


def play(folder, **parts):
    load(understood({"members": TWO, **parts}), folder)


def only(kind):
    return db.session.scalars(sa.select(kind)).one()


def names(members):
    found = db.session.scalars(sa.select(Member.name).where(Member.id.in_(members)).order_by(Member.name))
    return list(found)


@pytest.mark.usefixtures("context")
class TestPlaying:
    def test_a_proposal_is_discussed_with_what_is_said_and_who_joins_in(self, tmp_path):
        said = [
            {"by": "2", "text": "Gut."},
            {"text": "Wir fragen nach."},
            {"by": "2", "text": "Ups", "is_withdrawn": True},
        ]
        interests = {"1": "join", "2": {"stance": "maybe", "note": "ab 2027"}}
        play(tmp_path, proposals=[{**IDEA, "contributions": said, "interests": interests}])
        proposal = only(Proposal)
        assert proposal.state is ProposalState.DISCUSSION
        contributions = queries.contributions_of(proposal)
        assert [(one.text, one.member.name if one.member else None) for one in contributions] == [
            ("Gut.", "Bestadt"),
            ("Wir fragen nach.", None),
            ("Ups", "Bestadt"),
        ]
        assert contributions[-1].withdrawn_at is not None
        stated = [(one.member.name, one.stance, one.note) for one in queries.interests_of(proposal)]
        assert stated == [("Adorf", Stance.JOIN, ""), ("Bestadt", Stance.MAYBE, "ab 2027")]

    @pytest.mark.parametrize("state", ["draft", "discussion", "declined", "withdrawn"])
    def test_a_proposal_is_taken_as_far_as_its_state_says(self, tmp_path, state):
        play(tmp_path, proposals=[{**IDEA, "state": state, "reason": "Weil."}])
        assert only(Proposal).state.value == state

    def test_an_accepted_proposal_becomes_a_round_with_the_interested_members(self, tmp_path):
        accepted = {
            **IDEA,
            "state": "accepted",
            "reason": "Ja.",
            "interests": {"1": "none", "2": "maybe"},
            "round": {"reference": "B-9", "deadline": "+20d"},
        }
        play(tmp_path, proposals=[accepted])
        round_ = only(Proposal).round
        assert (round_.reference, round_.title) == ("B-9", "SOC")
        # today is 23.11.2026; twenty days on, noon in Berlin
        assert round_.deadline_at.isoformat() == "2026-12-13T11:00:00+00:00"
        assert names(invited_member_ids(round_)) == ["Bestadt"]

    def test_an_announcement_is_read_by_the_named_members_and_withdrawn_for_a_reason(self, tmp_path):
        told = {"title": "Sitzung", "text": "fällt aus", "to": ["2"], "valid_until": "+3d", "read_by": ["2"]}
        play(tmp_path, announcements=[{**told, "withdrawn": "Findet doch statt."}])
        announcement = only(Announcement)
        assert (announcement.is_for_all, str(announcement.valid_until)) == (False, "2026-11-26")
        assert announcement.state is AnnouncementState.WITHDRAWN
        assert only(Reading).announcement_id == announcement.id

    @pytest.mark.parametrize(
        ("parts", "path", "words"),
        [
            ({"proposals": [{**IDEA, "author": "9"}]}, "proposals[0]", "Schlüssel 9"),
            ({"proposals": [{**IDEA, "problem": ""}]}, "proposals[0]", "Das Problem"),
            ({"proposals": [{**IDEA, "state": "accepted", "reason": "Ja."}]}, "proposals[0]", "round"),
            ({"proposals": [{**IDEA, "interests": {"9": "join"}}]}, "proposals[0].interests.9", "Schlüssel 9"),
            (
                {"proposals": [{**IDEA, "contributions": [{"text": " "}]}]},
                "proposals[0].contributions[0]",
                "Bitte einen Beitrag",
            ),
            ({"announcements": [{"title": "A", "text": "B", "to": ["9"]}]}, "announcements[0]", "Schlüssel 9"),
            (
                {"announcements": [{"title": "A", "text": "B", "to": ["1"], "read_by": ["2"]}]},
                "announcements[0].read_by[0]",
                "an die sich",
            ),
        ],
    )
    def test_a_step_that_is_refused_is_named_by_its_path(self, tmp_path, parts, path, words):
        with pytest.raises(ScenarioError) as refused:
            play(tmp_path, **parts)
        assert [fault[0] for fault in refused.value.faults] == [path]
        assert words in str(refused.value)


def test_yaml_words_for_yes_and_no_are_no_answers():
    with pytest.raises(ScenarioError, match=r"proposals\[0\]\.interests\.1\.stance"):
        understood({"members": TWO, "proposals": [{**IDEA, "interests": {"1": True}}]})


def test_the_demonstration_shows_a_proposal_under_discussion_and_an_announcement(app):
    with app.app_context():
        running.load_file(running.DEMONSTRATION[0])
        proposal = only(Proposal)
        assert (proposal.title, proposal.state) == ("Gemeinsamer SOC/MDR-Dienst", ProposalState.DISCUSSION)
        counts = queries.counted(queries.interests_of(proposal))
        assert counts == {Stance.JOIN: 3, Stance.MAYBE: 1, Stance.NONE: 1}
        assert len(queries.contributions_of(proposal)) == 3
        assert len(db.session.scalars(sa.select(Reading)).all()) == 3
        db.session.remove()
