"""Reading the evaluation of a lot: points and answers as given, runs as stored, where the award decision stands.

Only officers and, once their reading is recorded, auditors; what that means is decided where bids are read.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from procurement.bids import queries as bids
from procurement.bids.arithmetic import Completeness
from procurement.bids.exclusion import Exclusion
from procurement.bids.lot_figures import SheetState
from procurement.bids.queries_comparison import price_comparison
from procurement.core.db import db
from procurement.core.errors import NotFound
from procurement.evaluation.models import AwardDecision, EvaluationRun, ExclusionAnswer, LotDrawing, Score
from procurement.evaluation.rules import AnswerFacts, LotFacts, ProposalFacts, RunFacts
from procurement.evaluation.run_calculation import RunProof, proof
from procurement.evaluation.run_input import BidInput, RunInput, canonical, hash_of, what_is_missing
from procurement.evaluation.run_result import BidResult, RunResult, from_stored
from procurement.evaluation.states import AwardState
from procurement.evaluation.terms import changed_terms
from procurement.members.models import Account
from procurement.tenders import queries as tenders
from procurement.tenders.models import AwardCriterion, Lot
from procurement.values.money import Money

Cell = tuple[int, int]


@dataclass(frozen=True, slots=True)
class LotOffer:
    """A bid for one lot with its total from the Preisspiegel; an incomplete one has no total."""

    bid_id: int
    number: int
    bidder: str
    exclusion: Exclusion | None
    completeness: Completeness
    total: Money | None


@dataclass(frozen=True, slots=True)
class LotState:
    """A lot as it stands: what a run would be computed from now, the latest run, the decision that was not rejected.

    ``is_current`` means that the latest run was computed from what is stored now.
    """

    lot: Lot
    offers: Sequence[LotOffer]
    input: RunInput
    run: EvaluationRun | None
    is_current: bool
    result: RunResult | None
    decision: AwardDecision | None
    drawing: LotDrawing | None

    @property
    def winner(self) -> BidResult | None:
        """The bid that the award goes to by the latest run: alone on rank 1, or the one the lot fell on."""
        if self.result is None:
            return None
        return self.result.bid(self.drawing.bid_id) if self.drawing else self.result.winner

    @property
    def facts(self) -> LotFacts:
        """Where the lot stands, for the rules."""
        return lot_facts(self.lot, self.decision)

    @property
    def run_facts(self) -> RunFacts:
        """What decides whether it can be evaluated now."""
        tender = self.lot.tender
        return RunFacts(
            lot=self.facts,
            bids=len(self.input.bids),
            missing=what_is_missing(self.input),
            changed_terms=changed_terms(tender.frozen_content, tender.frozen_hash, self.input),
            is_current=self.is_current,
        )

    @property
    def proposal_facts(self) -> ProposalFacts:
        """What decides whether an award can be proposed now."""
        winners = [self.result.bid(bid_id).name for bid_id in self.result.winners] if self.result else []
        return ProposalFacts(self.facts, self.run is not None, self.is_current, winners, self.drawing is not None)


def lot(lot_id: int, account: Account) -> Lot:
    """A lot whose opened bids this account may read; :class:`NotFound` for everybody else and before the opening."""
    found = bids.lot(lot_id, account)
    bids.readable_tender(found.tender_id, account)
    return found


def run(run_id: int, account: Account) -> EvaluationRun:
    """One run of such a lot."""
    found = db.session.get(EvaluationRun, run_id)
    if found is None:
        raise NotFound
    lot(found.lot_id, account)
    return found


def decision(decision_id: int, account: Account) -> AwardDecision:
    """One award decision of such a lot."""
    found = db.session.get(AwardDecision, decision_id)
    if found is None:
        raise NotFound
    lot(found.lot_id, account)
    return found


def lot_facts(lot: Lot, decision: AwardDecision | None) -> LotFacts:
    """Where a lot stands, for the rules."""
    return LotFacts(lot.number, lot.tender.stage, decision.state if decision else None)


def lot_state(lot: Lot) -> LotState:
    """Everything about a lot that rules and pages ask for, read once."""
    last, offers = latest_run(lot), offers_of(lot)
    run_input = input_of(lot, offers)
    return LotState(
        lot=lot,
        offers=offers,
        input=run_input,
        run=last,
        is_current=last is not None and last.input_hash == hash_of(canonical(run_input)),
        result=result_of(last) if last else None,
        decision=standing_decision(lot.id),
        drawing=drawing_of(last) if last else None,
    )


def answer_facts(state: LotState, decision: AwardDecision, account: Account) -> AnswerFacts:
    """What decides whether this account may confirm or reject a proposal for the lot."""
    return AnswerFacts(
        lot=lot_facts(state.lot, decision),
        proposed_by_id=decision.proposed_by_id,
        proposed_by_name=decision.proposed_by.name,
        answering_id=account.id,
        is_current=state.is_current and state.run is not None and state.run.id == decision.run_id,
    )


def offers_of(lot: Lot) -> list[LotOffer]:
    """The bids that were handed in for this lot, by number, as the Preisspiegel adds them up; excluded ones too."""
    prices = price_comparison(lot.tender, [lot])
    standings = prices.comparison.order_of(str(lot.number)).standings if prices.lines else ()
    return [
        LotOffer(bid.bid_id, bid.number, bid.name, bid.exclusion, standing.completeness, standing.evaluation_total)
        for bid, standing in zip(prices.bids, standings, strict=False)
        if bid.sheets[lot.id] is not SheetState.NONE
    ]


def rateable(offers: Sequence[LotOffer]) -> list[LotOffer]:
    """The bids that can be given points; an incomplete one may still be completed."""
    return [offer for offer in offers if offer.exclusion is None]


def rateable_offers(lot: Lot) -> list[LotOffer]:
    """The same, read from the database."""
    return rateable(offers_of(lot))


def input_of(lot: Lot, offers: Sequence[LotOffer]) -> RunInput:
    """What a run of this lot would be computed from now."""
    tender = lot.tender
    points, answers = _points_by_bid(lot.id), _answers_by_bid(lot.id)
    return RunInput(
        tender=tender.reference,
        lot=lot.number,
        published_hash=tender.frozen_hash or "",
        method=tender.method or "",
        parameters={name: str(text) for name, text in tender.parameters.items()},
        tie_rule=tender.tie_rule,
        criteria=tuple(tenders.criteria_of(tender.id)),
        bids=tuple(_bid_input(offer, points, answers) for offer in offers),
    )


def _bid_input(offer: LotOffer, points: dict[int, dict[str, int]], answers: dict[int, dict[str, bool]]) -> BidInput:
    out = offer.exclusion
    return BidInput(
        bid_id=offer.bid_id,
        number=offer.number,
        bidder=offer.bidder,
        price=offer.total,
        exclusion=f"{out.reason} ({out.norm})" if out and out.norm else out.reason if out else "",
        expected_positions=offer.completeness.expected,
        missing_positions=offer.completeness.missing,
        points=points.get(offer.bid_id, {}),
        answers=answers.get(offer.bid_id, {}),
    )


def _points_by_bid(lot_id: int) -> dict[int, dict[str, int]]:
    query = sa.select(Score.bid_id, AwardCriterion.number, Score.points)
    query = query.join(AwardCriterion, AwardCriterion.id == Score.criterion_id).where(Score.lot_id == lot_id)
    found: dict[int, dict[str, int]] = {}
    for bid_id, number, points in db.session.execute(query.order_by(AwardCriterion.position)):
        found.setdefault(bid_id, {})[number] = points
    return found


def _answers_by_bid(lot_id: int) -> dict[int, dict[str, bool]]:
    query = sa.select(ExclusionAnswer.bid_id, AwardCriterion.number, ExclusionAnswer.is_met)
    query = query.join(AwardCriterion, AwardCriterion.id == ExclusionAnswer.criterion_id)
    found: dict[int, dict[str, bool]] = {}
    for bid_id, number, is_met in db.session.execute(query.where(ExclusionAnswer.lot_id == lot_id)):
        found.setdefault(bid_id, {})[number] = is_met
    return found


def leaves_of(tender_id: int) -> list[AwardCriterion]:
    """The criteria that bids are held against, A and B, in their published order; groups are left out."""
    groups = sa.select(AwardCriterion.parent_id).where(AwardCriterion.parent_id.is_not(None))
    query = sa.select(AwardCriterion).where(AwardCriterion.tender_id == tender_id, AwardCriterion.id.not_in(groups))
    return list(db.session.scalars(query.order_by(AwardCriterion.position)))


def scores_of(lot_id: int) -> dict[Cell, Score]:
    """The points given in a lot, by bid and criterion."""
    found = db.session.scalars(sa.select(Score).filter_by(lot_id=lot_id).options(sa.orm.joinedload(Score.given_by)))
    return {(score.bid_id, score.criterion_id): score for score in found}


def answers_of(lot_id: int) -> dict[Cell, ExclusionAnswer]:
    """The A-criteria checked in a lot, by bid and criterion."""
    query = sa.select(ExclusionAnswer).filter_by(lot_id=lot_id)
    found = db.session.scalars(query.options(sa.orm.joinedload(ExclusionAnswer.given_by)))
    return {(answer.bid_id, answer.criterion_id): answer for answer in found}


def runs_of(lot_id: int) -> Sequence[EvaluationRun]:
    """Every run of a lot, the latest first."""
    query = sa.select(EvaluationRun).filter_by(lot_id=lot_id).order_by(EvaluationRun.number.desc())
    return db.session.scalars(query).all()


def latest_run(lot: Lot) -> EvaluationRun | None:
    """The run that counts."""
    query = sa.select(EvaluationRun).filter_by(lot_id=lot.id).order_by(EvaluationRun.number.desc()).limit(1)
    return db.session.scalar(query)


def result_of(run: EvaluationRun) -> RunResult:
    """The score sheet of a run as it was stored."""
    return from_stored(run.result)


def proof_of(run: EvaluationRun) -> RunProof:
    """Compute a stored run again from its own text and compare."""
    return proof(run.input, run.input_hash, run.result)


def drawing_of(run: EvaluationRun) -> LotDrawing | None:
    """The drawing of lots between the bids on rank 1 of a run, if there was one."""
    return db.session.scalar(sa.select(LotDrawing).filter_by(run_id=run.id))


def standing_decision(lot_id: int) -> AwardDecision | None:
    """The proposed or confirmed award of a lot; rejected ones do not stand."""
    query = sa.select(AwardDecision).where(AwardDecision.state != AwardState.REJECTED)
    return db.session.scalar(query.filter_by(lot_id=lot_id))


def decisions_of(lot_id: int) -> Sequence[AwardDecision]:
    """Every award decision of a lot, the latest first."""
    return db.session.scalars(sa.select(AwardDecision).filter_by(lot_id=lot_id).order_by(AwardDecision.id.desc())).all()
