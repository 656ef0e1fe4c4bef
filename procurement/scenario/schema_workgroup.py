"""The working group in a scenario file: proposals with their discussion, announcements with their readers."""

from typing import Any, Literal

from pydantic import model_validator

from procurement.scenario.part import Exact, Part
from procurement.scenario.timeline import Written
from procurement.workgroup.states import ProposalState, Stance


class ContributionPart(Part):
    """Something said in a discussion; ``by`` is the key of the lead's member, nothing for the office."""

    text: str
    by: str | None = None
    at: Written | None = None
    is_withdrawn: bool = False


class InterestPart(Part):
    """What a member says about joining in; a bare word stands for the answer alone."""

    stance: Stance
    note: str = ""

    @model_validator(mode="before")
    @classmethod
    def _from_one_word(cls, written: Any) -> Any:
        return written if isinstance(written, dict) else {"stance": written}


class ProposalRoundPart(Part):
    """The round an accepted proposal becomes; it stays in preparation, without articles."""

    reference: str
    title: str = ""
    description: str = ""
    deadline: Written | None = None
    invited: list[str] | None = None


class ProposalPart(Part):
    """A proposal; ``author`` is the key of the lead's member, nothing for the office; ``state`` how far it is taken."""

    title: str
    problem: str = ""
    solution: str = ""
    cost_idea: str = ""
    cost_from: Exact | None = None
    cost_to: Exact | None = None
    funding: str = ""
    author: str | None = None
    written_at: Written | None = None
    state: ProposalState = ProposalState.DISCUSSION
    contributions: list[ContributionPart] = []
    interests: dict[str, InterestPart] = {}
    ended_at: Written | None = None
    reason: str = ""
    round: ProposalRoundPart | None = None


class AnnouncementPart(Part):
    """An announcement to all or to these members; ``read_by`` are members whose lead has marked it as read."""

    title: str
    text: str
    to: Literal["all"] | list[str] = "all"
    published_at: Written | None = None
    valid_until: Written | None = None
    read_by: list[str] = []
    withdrawn: str = ""
