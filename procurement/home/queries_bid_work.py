"""What is open on the bids of all tenders between opening and award, read in one statement however many there are."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from procurement.awarding.models import BidderLetter, RegisterQuery
from procurement.awarding.models_remedies import Review
from procurement.awarding.queries import DAYS_OF_A_MONTH, INFORMING, REGISTER_RULE, REUSE_RULE
from procurement.awarding.states import ReviewOutcome
from procurement.bids.models import Bid, Bidder
from procurement.bids.models_negotiation import NegotiationRound
from procurement.bids.states import BidState
from procurement.core import clock
from procurement.core.db import Moment, db
from procurement.evaluation.exclusion_rules import ExclusionState
from procurement.evaluation.models import AwardDecision, Score
from procurement.evaluation.models_exclusion import ExclusionProposal
from procurement.evaluation.models_panel import PanelNote
from procurement.evaluation.states import AwardState
from procurement.examination.models import FormalResult
from procurement.home.bid_work import BidWork, Evaluator, Proposal
from procurement.members.models import Account
from procurement.rulebook import thresholds
from procurement.tenders.kinds import TenderStage
from procurement.tenders.models import Lot, Tender, ValueEstimate
from procurement.tenders.models_panel import ConflictDeclaration, PanelMember
from procurement.values.money import Money

DECIDED = (TenderStage.AWARD_DECIDED, TenderStage.STANDSTILL)

Part = sa.Select[Any]


@dataclass(slots=True)
class _Rows:
    """The rows of one tender by what they are about."""

    by_kind: dict[str, list[Any]] = field(default_factory=lambda: defaultdict(list))

    def first(self, kind: str) -> Any:
        """The only row of a kind that has one, or nothing."""
        found = self.by_kind.get(kind)
        return found[0] if found else None


def bid_work(account: Account) -> dict[int, BidWork]:
    """The open work of every tender whose bids are opened and not awarded, as this reader finds it."""
    parts = [_panel(), _consensus(), _examination(), _rounds(), _exclusions(), _letters(), _register(), _reviews()]
    found: dict[int, _Rows] = defaultdict(_Rows)
    for row in db.session.execute(sa.union_all(*parts, _conflicts(account))):
        found[row.tender_id].by_kind[row.kind].append(row)
    return {tender_id: _work(rows) for tender_id, rows in found.items()}


def _work(rows: _Rows) -> BidWork:
    consensus, examined, letters = rows.first("consensus"), rows.first("examination"), rows.first("letters")
    negotiated = rows.first("round")
    panel = tuple(Evaluator(row.number, row.name, bool(row.amount)) for row in rows.by_kind["panel"])
    return BidWork(
        has_conflict=rows.first("conflict") is not None,
        panel=panel,
        without_consensus=consensus.amount if consensus and all(one.has_submitted for one in panel) else 0,
        bids=examined.number if examined else 0,
        unexamined=examined.amount if examined else 0,
        round_number=negotiated.number if negotiated else 0,
        round_deadline_at=_moment(negotiated.at) if negotiated else None,
        exclusions=tuple(Proposal(row.amount, row.name, row.number) for row in rows.by_kind["exclusion"]),
        letters=letters.number if letters else 0,
        unsent=letters.amount if letters else 0,
        earliest_on=letters.day if letters else None,
        unasked=tuple(row.name for row in rows.by_kind["register"] if _is_asked_for(row.number, row.day)),
        reviews=tuple(row.name for row in rows.by_kind["review"]),
    )


def _moment(at: datetime | None) -> datetime | None:
    return clock.in_berlin(at) if at else None


def _is_asked_for(estimated: int | None, started_on: date) -> bool:
    """From the dated limit on the register is asked (§ 6 Abs. 1 WRegG); without an estimate always."""
    return estimated is None or Money(estimated) >= thresholds.amount_on(REGISTER_RULE, started_on)


def _part(kind: str, tender_id: Any, **columns: Any) -> Part:
    """The same columns in every part: a number, a name, a moment, a day, an amount."""
    return sa.select(
        sa.literal(kind).label("kind"),
        tender_id.label("tender_id"),
        sa.cast(columns.get("number", sa.null()), sa.BigInteger).label("number"),
        columns.get("name", sa.literal("")).label("name"),
        sa.type_coerce(columns.get("at", sa.cast(sa.null(), sa.DateTime(timezone=True))), Moment).label("at"),
        sa.type_coerce(columns.get("day", sa.cast(sa.null(), sa.Date)), sa.Date).label("day"),
        sa.cast(columns.get("amount", sa.literal(0)), sa.Integer).label("amount"),
    )


def _panel() -> Part:
    has_submitted = sa.case((PanelMember.submitted_at.is_(None), 0), else_=1)
    part = _part("panel", PanelMember.tender_id, number=Account.id, name=Account.name, amount=has_submitted)
    return (
        part.select_from(PanelMember)
        .join(Account, Account.id == PanelMember.account_id)
        .join(Tender, Tender.id == PanelMember.tender_id)
        .where(PanelMember.removed_at.is_(None), Tender.stage == TenderStage.OPENED)
    )


def _consensus() -> Part:
    """Cells with notes and without points on record."""
    cell = (PanelNote.lot_id, PanelNote.bid_id, PanelNote.criterion_id)
    noted = (
        sa.select(*cell)
        .join(PanelMember, PanelMember.id == PanelNote.panel_member_id)
        .where(PanelMember.removed_at.is_(None))
        .distinct()
        .subquery()
    )
    has_points = sa.exists().where(
        Score.lot_id == noted.c.lot_id, Score.bid_id == noted.c.bid_id, Score.criterion_id == noted.c.criterion_id
    )
    return (
        _part("consensus", Lot.tender_id, amount=sa.func.count())
        .select_from(noted)
        .join(Lot, Lot.id == noted.c.lot_id)
        .join(Bid, Bid.id == noted.c.bid_id)
        .join(Tender, Tender.id == Lot.tender_id)
        .where(Tender.stage == TenderStage.OPENED, Bid.state == BidState.OPENED, ~has_points)
        .group_by(Lot.tender_id)
    )


def _examination() -> Part:
    """How many bids were opened, and how many of them nobody has looked at formally."""
    is_looked_at = sa.exists().where(FormalResult.bid_id == Bid.id)
    is_open = sa.and_(Bid.state == BidState.OPENED, ~is_looked_at)
    return (
        _part("examination", Bid.tender_id, number=sa.func.count(), amount=sa.func.sum(sa.case((is_open, 1), else_=0)))
        .select_from(Bid)
        .join(Tender, Tender.id == Bid.tender_id)
        .where(Tender.stage.in_((TenderStage.OPENED, *DECIDED)))
        .where(Bid.state.in_((BidState.OPENED, BidState.EXCLUDED)))
        .group_by(Bid.tender_id)
    )


def _rounds() -> Part:
    later = aliased(NegotiationRound)
    is_followed = sa.exists().where(later.tender_id == Tender.id, later.number > NegotiationRound.number)
    of_round = {"number": NegotiationRound.number, "at": NegotiationRound.deadline_at}
    return (
        _part("round", Tender.id, **of_round)
        .select_from(NegotiationRound)
        .join(Tender, Tender.id == NegotiationRound.tender_id)
        .where(Tender.stage == TenderStage.NEGOTIATION, ~is_followed)
    )


def _exclusions() -> Part:
    proposed = {"number": ExclusionProposal.proposed_by_id, "amount": ExclusionProposal.id, "name": Bidder.name}
    return (
        _part("exclusion", Bid.tender_id, **proposed)
        .select_from(ExclusionProposal)
        .join(Bid, Bid.id == ExclusionProposal.bid_id)
        .join(Bidder, Bidder.id == Bid.bidder_id)
        .where(ExclusionProposal.state == ExclusionState.PROPOSED)
    )


def _letters() -> Part:
    unsent = sa.func.sum(sa.case((BidderLetter.sent_at.is_(None), 1), else_=0))
    day = sa.func.max(BidderLetter.earliest_contract_on)
    return (
        _part("letters", BidderLetter.tender_id, number=sa.func.count(), amount=unsent, day=day)
        .select_from(BidderLetter)
        .join(Tender, Tender.id == BidderLetter.tender_id)
        .where(Tender.stage.in_(DECIDED), BidderLetter.kind.in_(INFORMING))
        .group_by(BidderLetter.tender_id)
    )


def _register() -> Part:
    """Winners nobody asked the register about, with the estimated value and the day that decides the limit."""
    months = thresholds.rule_on(REUSE_RULE, clock.today()).number
    since = clock.today() - timedelta(days=months * DAYS_OF_A_MONTH)
    is_asked = sa.exists().where(
        RegisterQuery.bidder_id == Bidder.id,
        sa.or_(RegisterQuery.tender_id == Tender.id, RegisterQuery.answered_on >= since),
    )
    value = (
        sa.select(sa.type_coerce(ValueEstimate.total_net, sa.BigInteger))
        .where(ValueEstimate.tender_id == Tender.id)
        .order_by(ValueEstimate.number.desc())
        .limit(1)
        .correlate(Tender)
        .scalar_subquery()
    )
    winner = {"number": value, "name": Bidder.name, "day": Tender.procedure_started_on}
    return (
        _part("register", Tender.id, **winner)
        .select_from(AwardDecision)
        .join(Lot, Lot.id == AwardDecision.lot_id)
        .join(Tender, Tender.id == Lot.tender_id)
        .join(Bid, Bid.id == AwardDecision.bid_id)
        .join(Bidder, Bidder.id == Bid.bidder_id)
        .where(Tender.stage.in_(DECIDED), AwardDecision.state == AwardState.CONFIRMED, ~is_asked)
        .distinct()
    )


def _reviews() -> Part:
    """Reviews that run, or that the applicant won without the procedure having been led back."""
    is_won = sa.and_(Review.outcome == ReviewOutcome.APPLICANT_WON, Review.stepped_back_at.is_(None))
    return (
        _part("review", Review.tender_id, name=Review.chamber)
        .select_from(Review)
        .where(sa.or_(Review.outcome.is_(None), is_won))
    )


def _conflicts(account: Account) -> Part:
    return (
        _part("conflict", ConflictDeclaration.tender_id)
        .select_from(ConflictDeclaration)
        .where(ConflictDeclaration.account_id == account.id, ConflictDeclaration.has_conflict)
    )
