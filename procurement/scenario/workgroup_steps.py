"""Replaying the working group: proposals are written, discussed and decided, announcements published and read.

Written moments go forward only, as everywhere on the timeline: what is written earlier than the last step happens a
minute after it.
"""

from datetime import datetime, timedelta
from decimal import Decimal

from procurement.core import clock
from procurement.demand.entries import RoundEntry
from procurement.members.models import Account, Member
from procurement.scenario.cast import Cast
from procurement.scenario.errors import at_path
from procurement.scenario.schema_workgroup import AnnouncementPart, ContributionPart, ProposalPart, ProposalRoundPart
from procurement.scenario.timeline import Timeline, moment
from procurement.values.money import Money
from procurement.workgroup import actions, actions_announcements, actions_decision
from procurement.workgroup.entries import AnnouncementEntry, InterestEntry, ProposalEntry
from procurement.workgroup.models import Announcement, Proposal
from procurement.workgroup.states import ProposalState, Stance

USUAL_PERIOD = timedelta(days=28)


def propose(part: ProposalPart, path: str, cast: Cast, timeline: Timeline) -> Proposal:
    """Write, discuss and, if the file says so, end one proposal."""
    with at_path(path), clock.at(timeline.jump(_read(part.written_at))):
        by, member_id = _voice(part.author, cast)
        proposal = actions.propose(_entry(part), member_id, by=by)
        if part.state is ProposalState.DRAFT:
            return proposal
        actions.open_discussion(proposal, by=by)
    for index, said in enumerate(part.contributions):
        with at_path(f"{path}.contributions[{index}]"):
            _contribute(proposal, said, cast, timeline)
    for key, interest in part.interests.items():
        with at_path(f"{path}.interests.{key}"), clock.at(timeline.step()):
            stated = InterestEntry(interest.stance, interest.note)
            actions.state_interest(proposal, cast.member(key).id, stated, by=_lead(key, cast))
    with at_path(path):
        # Read before the clock goes back: days from today count from the real today.
        deadline = _read(part.round.deadline) if part.round else None
    if part.state is not ProposalState.DISCUSSION:
        with at_path(path), clock.at(timeline.jump(_read(part.ended_at))):
            _end(proposal, part, by, cast, deadline)
    return proposal


def _read(written: str | None) -> datetime | None:
    return moment(written) if written else None


def _voice(key: str | None, cast: Cast) -> tuple[Account, int | None]:
    """Who acts: the lead of a member, or the office."""
    return (cast.preparer, None) if key is None else (_lead(key, cast), cast.member(key).id)


def _lead(key: str, cast: Cast) -> Account:
    cast.member(key)
    return cast.leads[key]


def _entry(part: ProposalPart) -> ProposalEntry:
    return ProposalEntry(
        part.title,
        part.problem,
        part.solution,
        part.cost_idea,
        _money(part.cost_from),
        _money(part.cost_to),
        part.funding,
    )


def _money(amount: Decimal | None) -> Money | None:
    return None if amount is None else Money.of(amount)


def _contribute(proposal: Proposal, said: ContributionPart, cast: Cast, timeline: Timeline) -> None:
    by, member_id = _voice(said.by, cast)
    with clock.at(timeline.jump(_read(said.at))):
        made = actions.contribute(proposal, said.text, member_id, by=by)
    if said.is_withdrawn:
        with clock.at(timeline.step()):
            actions.retract(made, by=by)


def _end(proposal: Proposal, part: ProposalPart, author: Account, cast: Cast, deadline: datetime | None) -> None:
    """Take the proposal back or decide about it."""
    reason = part.reason
    if part.state is ProposalState.WITHDRAWN:
        actions.withdraw(proposal, reason, by=author)
    elif part.state is ProposalState.DECLINED:
        actions_decision.decline(proposal, reason, by=cast.preparer)
    else:
        if part.round is None:
            raise ValueError("Ein angenommener Vorschlag braucht seine Bedarfsrunde (round).")
        entry, invited = _round(part.round, proposal, deadline), _invited(part, part.round, cast)
        actions_decision.accept(proposal, entry, invited, reason, by=cast.preparer)


def _round(part: ProposalRoundPart, proposal: Proposal, deadline: datetime | None) -> RoundEntry:
    return RoundEntry(
        reference=part.reference,
        title=part.title or proposal.title,
        description=part.description or proposal.solution,
        deadline_at=deadline or clock.now() + USUAL_PERIOD,
    )


def _invited(part: ProposalPart, round_: ProposalRoundPart, cast: Cast) -> list[Member]:
    """The members named, or those who said that they join in, surely or perhaps."""
    interested = [key for key, said in part.interests.items() if said.stance is not Stance.NONE]
    return [cast.member(key) for key in (interested if round_.invited is None else round_.invited)]


def announce(part: AnnouncementPart, path: str, cast: Cast, timeline: Timeline) -> Announcement:
    """Publish one announcement, let the named members' leads read it, withdraw it if the file gives a reason."""
    with at_path(path):
        last_day = clock.in_berlin(moment(part.valid_until)).date() if part.valid_until else None
        chosen = [] if part.to == "all" else [cast.member(key) for key in part.to]
    entry = AnnouncementEntry(part.title, part.text, part.to == "all", last_day)
    with at_path(path), clock.at(timeline.jump(_read(part.published_at))):
        made = actions_announcements.publish(entry, chosen, by=cast.preparer)
    for index, key in enumerate(part.read_by):
        with at_path(f"{path}.read_by[{index}]"), clock.at(timeline.step()):
            actions_announcements.mark_read(made, by=_lead(key, cast))
    if part.withdrawn:
        with at_path(path), clock.at(timeline.step()):
            actions_announcements.withdraw_announcement(made, part.withdrawn, by=cast.preparer)
    return made
