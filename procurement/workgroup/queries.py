"""Reading proposals: a draft is there for its author's side only, everything else for everybody of the association."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from procurement.core import clock
from procurement.core.db import db
from procurement.core.errors import NotFound
from procurement.core.permissions import Role
from procurement.demand.models import Demand, DemandRound
from procurement.demand.queries import sees_all as sees_every_round
from procurement.demand.states import RoundState
from procurement.members.models import Account, Member
from procurement.workgroup.models import Contribution, Interest, Proposal
from procurement.workgroup.references import next_reference
from procurement.workgroup.rules import RUNNING
from procurement.workgroup.states import ProposalState, Stance
from procurement.workgroup.voices import OFFICE_VOICE, Voice

STANCES = tuple(Stance)


@dataclass(frozen=True, slots=True)
class ListedProposal:
    """A proposal in a list: how many members said what, and how many contributions stand."""

    proposal: Proposal
    stances: Mapping[Stance, int]
    contributions: int


@dataclass(frozen=True, slots=True)
class ProposalLists:
    """Proposals by what can still happen to them, newest first: own drafts, under discussion, over."""

    drafts: list[ListedProposal]
    discussed: list[ListedProposal]
    ended: list[ListedProposal]


def voices_of(account: Account) -> list[Voice]:
    """For whom the account can speak: the office for an officer, each member of a lead or its substitute of today."""
    office = [OFFICE_VOICE] if Role.OFFICER in account.roles else []
    query = sa.select(Member.id, Member.name).where(Member.id.in_(account.member_ids))
    return office + [Voice(*row) for row in db.session.execute(query.order_by(Member.sort_key, Member.key))]


def own_members(account: Account) -> list[Voice]:
    """The members the account can speak for."""
    return [voice for voice in voices_of(account) if voice.member_id is not None]


def proposal_for(account: Account, proposal_id: int) -> Proposal:
    """A proposal; one that was never discussed exists for its author's side only."""
    found = db.session.scalar(sa.select(Proposal).where(Proposal.id == proposal_id, _visible_to(account)))
    if found is None:
        raise NotFound
    return found


def _visible_to(account: Account) -> sa.ColumnElement[bool]:
    return Proposal.discussed_at.is_not(None) | _of_own_side(account)


def _of_own_side(account: Account) -> sa.ColumnElement[bool]:
    """Written for a member of the account or, for an officer, for the office."""
    for_member = Proposal.member_id.in_(account.member_ids)
    return for_member | Proposal.member_id.is_(None) if Role.OFFICER in account.roles else for_member


def own_proposal(account: Account, proposal_id: int) -> Proposal:
    """A proposal of the account's own side; to everybody else its form does not exist."""
    found = db.session.scalar(sa.select(Proposal).where(Proposal.id == proposal_id, _of_own_side(account)))
    if found is None:
        raise NotFound
    return found


def proposals(account: Account) -> ProposalLists:
    """Every proposal the account may see."""
    query = sa.select(Proposal).where(_visible_to(account)).options(joinedload(Proposal.author))
    found = list(db.session.scalars(query.order_by(Proposal.written_at.desc(), Proposal.id.desc())))
    stances, spoken = _stances(), _contribution_counts()
    listed = [ListedProposal(one, stances.get(one.id, {}), spoken.get(one.id, 0)) for one in found]
    return ProposalLists(
        [one for one in listed if one.proposal.state is ProposalState.DRAFT],
        [one for one in listed if one.proposal.state is ProposalState.DISCUSSION],
        [one for one in listed if one.proposal.state not in RUNNING],
    )


def _stances() -> dict[int, dict[Stance, int]]:
    query = sa.select(Interest.proposal_id, Interest.stance, sa.func.count())
    found: dict[int, dict[Stance, int]] = {}
    for proposal_id, stance, count in db.session.execute(query.group_by(Interest.proposal_id, Interest.stance)):
        found.setdefault(proposal_id, {})[stance] = count
    return found


def _contribution_counts() -> dict[int, int]:
    query = sa.select(Contribution.proposal_id, sa.func.count()).where(Contribution.withdrawn_at.is_(None))
    return {row[0]: row[1] for row in db.session.execute(query.group_by(Contribution.proposal_id))}


def contributions_of(proposal: Proposal) -> list[Contribution]:
    """The discussion in the order of time, withdrawn contributions included."""
    query = sa.select(Contribution).filter_by(proposal_id=proposal.id).options(joinedload(Contribution.author))
    return list(db.session.scalars(query.order_by(Contribution.written_at, Contribution.id)))


def contribution_for(account: Account, contribution_id: int) -> Contribution:
    """A contribution to a proposal the account may see."""
    query = sa.select(Contribution).join(Contribution.proposal)
    found = db.session.scalar(query.where(Contribution.id == contribution_id, _visible_to(account)))
    if found is None:
        raise NotFound
    return found


def interests_of(proposal: Proposal) -> list[Interest]:
    """What the members say, who joins in first, each by the German alphabet."""
    found = db.session.scalars(sa.select(Interest).filter_by(proposal_id=proposal.id)).all()
    return sorted(found, key=lambda one: (STANCES.index(one.stance), one.member.sort_key, one.member.key))


def interest_of(proposal: Proposal, member_id: int) -> Interest | None:
    """What one member has said."""
    return db.session.scalar(sa.select(Interest).filter_by(proposal_id=proposal.id, member_id=member_id))


def counted(interests: Iterable[Interest]) -> dict[Stance, int]:
    """How many members said what; every stance is there."""
    counts = Counter(one.stance for one in interests)
    return {stance: counts[stance] for stance in STANCES}


def unstated(account: Account) -> list[Proposal]:
    """Proposals under discussion about which a member of this lead has said nothing yet, oldest first."""
    own = account.member_ids
    stated = sa.select(sa.func.count()).where(Interest.proposal_id == Proposal.id, Interest.member_id.in_(own))
    query = sa.select(Proposal).where(Proposal.state == ProposalState.DISCUSSION, stated.scalar_subquery() < len(own))
    return list(db.session.scalars(query.order_by(Proposal.discussed_at, Proposal.id)))


def proposal_of_round(account: Account, round_id: int) -> Proposal | None:
    """The proposal a demand round came from, if it came from one."""
    return db.session.scalar(sa.select(Proposal).where(Proposal.round_id == round_id, _visible_to(account)))


def may_open(account: Account, round_: DemandRound | None) -> bool:
    """Whether the account finds a page behind the round of a proposal: a lead only when invited and once it is open."""
    if round_ is None:
        return False
    if sees_every_round(account):
        return True
    if round_.state is RoundState.DRAFT:
        return False
    query = sa.select(Demand.id).where(Demand.round_id == round_.id, Demand.member_id.in_(account.member_ids))
    return db.session.scalar(query.limit(1)) is not None


def free_reference() -> str:
    """The next free reference of a round in this year, as a suggestion."""
    taken = list(db.session.scalars(sa.select(DemandRound.reference).order_by(DemandRound.id)))
    return next_reference(taken, taken[-1] if taken else "", clock.today().year)
