"""What waits for a decision, read across the features: one statement for the office, one for a lead.

Each part yields the same columns and is joined to the others by UNION ALL, so that a start page asks once however many
features have something to say.
"""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from procurement.allocation.models import AllocationRun, MemberObjection
from procurement.allocation.states import CaseState
from procurement.awarding.models_remedies import Complaint, Review
from procurement.awarding.states import ComplaintState
from procurement.contracts.models import CallOff, Contract, ContractLine
from procurement.contracts.states import CallOffState
from procurement.core import clock
from procurement.core.db import Moment, db
from procurement.demand.models import Adjustment, Demand, DemandChange, DemandItem, DemandRound, DepartmentRequest
from procurement.demand.models_departments import DepartmentTakeover
from procurement.demand.states import AdjustmentState, ChangeState, DemandState, RoundState
from procurement.evaluation.models import AwardDecision
from procurement.evaluation.states import AwardState
from procurement.home.matters import Matter, MatterKind
from procurement.members.models import Account, Member
from procurement.tenders.kinds import TenderStage
from procurement.tenders.models import Lot, Participant, Tender
from procurement.tenders.models_published import BidderQuestion, ChangeNotice, LateMember, PublicationVersion
from procurement.tenders.queries_cancellation import cancelled_lot_ids
from procurement.tenders.question_rules import QuestionState
from procurement.workgroup.models import Contribution, Proposal
from procurement.workgroup.states import ProposalState

QUIET_AFTER = timedelta(days=30)
NEWS_FOR = timedelta(days=14)
ANSWERABLE = (DemandState.OPEN, DemandState.DRAFT)

NOBODY = sa.literal("")

Part = sa.Select[Any]


def office_matters() -> list[Matter]:
    """What the procurement office has to decide or to settle, oldest first."""
    of_members = [_changes(), _objected(), _call_offs(), _cost_objections()]
    of_bidders = [_questions(), _notices(), _complaints(), _reviews()]
    return _matters([*of_members, *of_bidders, _quiet_proposals(), _without_contract()])


def lead_matters(account: Account) -> list[Matter]:
    """What waits for a member of this account, and what was decided about its call-offs lately."""
    own = account.member_ids
    if not own:
        return []
    asked = [_late_participations(own), _participations(own), _adjustments(own), _departments(own)]
    return _matters([*asked, _decided_call_offs(own)])


def _matters(parts: Sequence[Part]) -> list[Matter]:
    found = sa.union_all(*parts).subquery()
    rows = db.session.execute(sa.select(found).order_by(found.c.at, found.c.first, found.c.second))
    return [
        Matter(MatterKind(kind), first, second, title, who, clock.in_berlin(at) if at else None, count)
        for kind, first, second, title, who, at, count in rows
    ]


def _part(kind: Any, numbers: tuple[Any, Any], title: Any, who: Any, at: Any, count: Any = None) -> Part:
    """The columns of a matter, alike in every part; ``kind`` is a kind or a column that holds its value."""
    return sa.select(
        sa.literal(kind.value).label("kind") if isinstance(kind, MatterKind) else kind.label("kind"),
        numbers[0].label("first"),
        numbers[1].label("second"),
        title.label("title"),
        who.label("who"),
        sa.type_coerce(at, Moment).label("at"),
        (sa.literal(1) if count is None else count).label("count"),
    )


def _changes() -> Part:
    """Late demands and withdrawals nobody has decided; their kinds are called as ours."""
    kind = sa.type_coerce(DemandChange.kind, sa.String)
    return (
        _part(kind, (DemandChange.id, sa.literal(0)), DemandRound.title, Member.name, DemandChange.requested_at)
        .select_from(DemandChange)
        .join(Demand, Demand.id == DemandChange.demand_id)
        .join(DemandRound, DemandRound.id == Demand.round_id)
        .join(Member, Member.id == Demand.member_id)
        .where(DemandChange.state == ChangeState.PENDING)
    )


def _adjusted(kind: MatterKind, at: Any) -> Part:
    """The adjustments of each demand in one line, which leads to the oldest."""
    ids = (sa.func.min(Adjustment.id), sa.literal(0))
    return (
        _part(kind, ids, DemandRound.title, Member.name, sa.func.max(at), sa.func.count())
        .select_from(Adjustment)
        .join(DemandItem, DemandItem.id == Adjustment.item_id)
        .join(Demand, Demand.id == DemandItem.demand_id)
        .join(DemandRound, DemandRound.id == Demand.round_id)
        .join(Member, Member.id == Demand.member_id)
        .group_by(Demand.id, DemandRound.title, Member.name)
    )


def _objected() -> Part:
    """Adjustments a member objected to, until another one of the same item follows."""
    later = aliased(Adjustment)
    is_followed = sa.exists().where(later.item_id == Adjustment.item_id, later.id > Adjustment.id)
    part = _adjusted(MatterKind.OBJECTED, Adjustment.answered_at)
    return part.where(Adjustment.state == AdjustmentState.OBJECTED, ~is_followed)


def _adjustments(own: frozenset[int]) -> Part:
    part = _adjusted(MatterKind.ADJUSTMENT, Adjustment.proposed_at)
    return part.where(Adjustment.state == AdjustmentState.PROPOSED, Demand.member_id.in_(own))


def _call_offs() -> Part:
    return (
        _part(MatterKind.CALL_OFF, (Contract.id, CallOff.id), Contract.title, Member.name, CallOff.requested_at)
        .select_from(CallOff)
        .join(ContractLine, ContractLine.id == CallOff.contract_line_id)
        .join(Contract, Contract.id == ContractLine.contract_id)
        .join(Member, Member.id == CallOff.member_id)
        .where(CallOff.state == CallOffState.REQUESTED)
    )


def _decided_call_offs(own: frozenset[int]) -> Part:
    """Call-offs above the quota the office has decided within two weeks; their states are called as our kinds."""
    kind = sa.type_coerce(CallOff.state, sa.String)
    return (
        _part(kind, (Contract.id, CallOff.id), Contract.title, Member.name, CallOff.decided_at)
        .select_from(CallOff)
        .join(ContractLine, ContractLine.id == CallOff.contract_line_id)
        .join(Contract, Contract.id == ContractLine.contract_id)
        .join(Member, Member.id == CallOff.member_id)
        .where(CallOff.member_id.in_(own), CallOff.decided_at > clock.now() - NEWS_FOR)
    )


def _cost_objections() -> Part:
    """Members' objections to allocations without an answer."""
    ids, at = (AllocationRun.id, MemberObjection.id), MemberObjection.raised_at
    return (
        _part(MatterKind.COST_OBJECTION, ids, Tender.title, Member.name, at)
        .select_from(MemberObjection)
        .join(AllocationRun, AllocationRun.id == MemberObjection.run_id)
        .join(Tender, Tender.id == AllocationRun.tender_id)
        .join(Member, Member.id == MemberObjection.member_id)
        .where(MemberObjection.state == CaseState.OPEN)
    )


def _questions() -> Part:
    """Bidders' questions without an answer, one line a tender."""
    at = sa.func.max(BidderQuestion.received_at)
    return (
        _part(MatterKind.QUESTIONS, (Tender.id, sa.literal(0)), Tender.title, NOBODY, at, sa.func.count())
        .select_from(BidderQuestion)
        .join(Tender, Tender.id == BidderQuestion.tender_id)
        .where(BidderQuestion.state == QuestionState.OPEN, Tender.stage == TenderStage.PUBLISHED)
        .group_by(Tender.id, Tender.title)
    )


def _notices() -> Part:
    """Corrections of a notice that were not sent."""
    ids, at = (Tender.id, PublicationVersion.id), PublicationVersion.made_at
    return (
        _part(MatterKind.NOTICE, ids, Tender.title, NOBODY, at)
        .select_from(ChangeNotice)
        .join(PublicationVersion, PublicationVersion.id == ChangeNotice.version_id)
        .join(Tender, Tender.id == PublicationVersion.tender_id)
        .where(ChangeNotice.sent_at.is_(None), Tender.stage != TenderStage.CANCELLED)
    )


def _complaints() -> Part:
    """Complaints (Rügen) without an answer."""
    ids = (Tender.id, Complaint.id)
    return (
        _part(MatterKind.COMPLAINT, ids, Tender.title, Complaint.sender, Complaint.received_at)
        .select_from(Complaint)
        .join(Tender, Tender.id == Complaint.tender_id)
        .where(Complaint.state == ComplaintState.OPEN)
    )


def _reviews() -> Part:
    """Reviews that run."""
    return (
        _part(MatterKind.REVIEW, (Tender.id, Review.id), Tender.title, Review.chamber, Review.notified_at)
        .select_from(Review)
        .join(Tender, Tender.id == Review.tender_id)
        .where(Review.outcome.is_(None))
    )


def _quiet_proposals() -> Part:
    """Proposals under discussion to which nobody has contributed for thirty days."""
    spoken = sa.and_(Contribution.proposal_id == Proposal.id, Contribution.withdrawn_at.is_(None))
    latest = sa.func.coalesce(sa.func.max(Contribution.written_at), Proposal.discussed_at)
    return (
        _part(MatterKind.QUIET_PROPOSAL, (Proposal.id, sa.literal(0)), Proposal.title, NOBODY, latest)
        .select_from(Proposal)
        .outerjoin(Contribution, spoken)
        .where(Proposal.state == ProposalState.DISCUSSION)
        .group_by(Proposal.id, Proposal.title, Proposal.discussed_at)
        .having(latest < sa.literal(clock.now() - QUIET_AFTER, Moment))
    )


def _without_contract() -> Part:
    """Awarded lots without a contract, one line a tender."""
    at = sa.func.max(AwardDecision.answered_at)
    concluded = sa.select(Contract.lot_id)
    return (
        _part(MatterKind.NO_CONTRACT, (Tender.id, sa.literal(0)), Tender.title, NOBODY, at, sa.func.count())
        .select_from(AwardDecision)
        .join(Lot, Lot.id == AwardDecision.lot_id)
        .join(Tender, Tender.id == Lot.tender_id)
        .where(Tender.stage == TenderStage.AWARDED, Lot.id.not_in(cancelled_lot_ids()))
        .where(AwardDecision.state == AwardState.CONFIRMED, Lot.id.not_in(concluded))
        .group_by(Tender.id, Tender.title)
    )


def _participations(own: frozenset[int]) -> Part:
    """Planned tenders in which a member takes part and has not confirmed."""
    ids = (Participant.tender_id, Participant.member_id)
    return (
        _part(MatterKind.PARTICIPATION, ids, Tender.title, Member.name, sa.null())
        .select_from(Participant)
        .join(Tender, Tender.id == Participant.tender_id)
        .join(Member, Member.id == Participant.member_id)
        .where(Participant.member_id.in_(own), Participant.confirmed_at.is_(None))
        .where(Tender.stage == TenderStage.PLANNED)
    )


def _late_participations(own: frozenset[int]) -> Part:
    """Published tenders a member is to join later and has not confirmed."""
    ids = (LateMember.tender_id, LateMember.member_id)
    return (
        _part(MatterKind.LATE_PARTICIPATION, ids, Tender.title, Member.name, LateMember.asked_at)
        .select_from(LateMember)
        .join(Tender, Tender.id == LateMember.tender_id)
        .join(Member, Member.id == LateMember.member_id)
        .where(LateMember.member_id.in_(own), LateMember.confirmed_at.is_(None))
        .where(LateMember.added_by_version_id.is_(None), Tender.stage == TenderStage.PUBLISHED)
    )


def _departments(own: frozenset[int]) -> Part:
    """Departments that have answered since their sums were last taken over, while the demand can still change."""
    ids = (Demand.round_id, Demand.member_id)
    taken = sa.select(sa.func.max(DepartmentTakeover.taken_at)).where(DepartmentTakeover.demand_id == Demand.id)
    last = taken.scalar_subquery()
    is_new = sa.or_(last.is_(None), DepartmentRequest.answered_at > last)
    at = DemandRound.deadline_at
    return (
        _part(MatterKind.DEPARTMENTS, ids, DemandRound.title, Member.name, at, sa.func.count())
        .select_from(DepartmentRequest)
        .join(Demand, Demand.id == DepartmentRequest.demand_id)
        .join(DemandRound, DemandRound.id == Demand.round_id)
        .join(Member, Member.id == Demand.member_id)
        .where(Demand.member_id.in_(own), Demand.state.in_(ANSWERABLE), DemandRound.state == RoundState.OPEN)
        .where(DepartmentRequest.revoked_at.is_(None), DepartmentRequest.answered_at.is_not(None), is_new)
        .group_by(*ids, DemandRound.title, Member.name, at)
    )
