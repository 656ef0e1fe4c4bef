"""Reading the evaluation of a lot: points and answers as given, runs as stored, where the award decision stands.

Only officers and, once their reading is recorded, auditors; what that means is decided where bids are read.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from procurement.bids import queries as bids
from procurement.bids import queries_figures
from procurement.bids.arithmetic import Completeness
from procurement.bids.compared_prices import ComparedBid
from procurement.bids.evaluation_price import EvaluationLine, EvaluationPrice
from procurement.bids.exclusion import Exclusion
from procurement.bids.lot_figures import SheetState
from procurement.bids.queries_comparison import price_comparison
from procurement.core.db import db, existing
from procurement.evaluation.models import AwardDecision, EvaluationRun, ExclusionAnswer, LotDrawing, Score
from procurement.evaluation.models_panel import StatedFigure
from procurement.evaluation.queries_lot_award import Entitlement, entitlement_of
from procurement.evaluation.queries_single_bid import objection_to_unnoted
from procurement.evaluation.rules import AnswerFacts, LotFacts, ProposalFacts, RunFacts
from procurement.evaluation.run_calculation import RunProof, proof
from procurement.evaluation.run_input import BidInput, RunInput, canonical, hash_of, what_is_missing
from procurement.evaluation.run_result import BidResult, RunResult, from_stored
from procurement.evaluation.states import STANDING
from procurement.evaluation.terms import changed_terms
from procurement.examination.queries import open_clarifications
from procurement.members.models import Account
from procurement.tenders import queries as tenders
from procurement.tenders.kinds import TenderStage
from procurement.tenders.lot_references import parameters_in_lot
from procurement.tenders.models import AwardCriterion, Lot
from procurement.tenders.queries_cancellation import cancellation_of_lot, lots_going_on
from procurement.tenders.queries_publication import announced_about_prices
from procurement.values.money import Money

Cell = tuple[int, int]
Rating = Score | ExclusionAnswer | StatedFigure


@dataclass(frozen=True, slots=True)
class LotOffer:
    """A bid for one lot with its evaluation price; an incomplete one has no total.

    The evaluation price is the total of the Preisspiegel unless more was announced; then ``price_lines`` says what.
    """

    bid_id: int
    number: int
    bidder: str
    exclusion: Exclusion | None
    completeness: Completeness
    total: Money | None
    price_lines: tuple[EvaluationLine, ...] = ()


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
    entitlement: Entitlement | None = None

    @property
    def winner(self) -> BidResult | None:
        """The bid that the award goes to by the latest run: alone on rank 1, or the one the lot fell on.

        With rules over several lots it is the bid that the award over all lots gives the lot to.
        """
        if self.result is None:
            return None
        if self.entitlement is not None:
            return self.result.bid(self.entitlement.bid_id) if self.entitlement.bid_id is not None else None
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
            changed_terms=changed_terms(
                tender.frozen_content, tender.frozen_hash, self.input, announced_about_prices(tender)
            ),
            is_current=self.is_current and not _was_taken_back(self),
        )

    @property
    def proposal_facts(self) -> ProposalFacts:
        """What decides whether an award can be proposed now."""
        winners = [self.result.bid(bid_id).name for bid_id in _first(self)] if self.result else []
        return ProposalFacts(
            self.facts,
            self.run is not None,
            self.is_current,
            winners,
            self.drawing is not None,
            _unexplained(self) + _unnoted(self),
            self.entitlement.objection if self.entitlement else "",
        )


def _first(state: LotState) -> list[int]:
    """The bids that share rank 1, or the one that the award over all lots gives the lot to."""
    if state.entitlement is not None:
        return [] if state.entitlement.bid_id is None else [state.entitlement.bid_id]
    return list(state.result.winners) if state.result else []


def _unexplained(state: LotState) -> list[str]:
    """Why the price of a bid on rank 1 keeps the award from being proposed (§ 60 VgV)."""
    first = set(_first(state))
    return [one.text for one in open_clarifications(state.lot) if one.bid_id in first] if first else []


def _unnoted(state: LotState) -> list[str]:
    """The only bid that came in is judged against estimate and market first (story P8)."""
    if len(state.input.bids) != 1 or not _first(state):
        return []
    only = state.input.bids[0]
    text = objection_to_unnoted(state.lot, only.bid_id, only.price)
    return [text] if text else []


def _was_taken_back(state: LotState) -> bool:
    """Whether every lot was evaluated already and the tender stands at the opening again, after a complaint."""
    tender = state.lot.tender
    if tender.stage is not TenderStage.OPENED:
        return False
    return all(latest_run(other) is not None for other in lots_going_on(tender))


def lot(lot_id: int, account: Account) -> Lot:
    """A lot whose opened bids this account may read; :class:`NotFound` for everybody else and before the opening."""
    found = bids.lot(lot_id, account)
    bids.readable_tender(found.tender_id, account)
    return found


def rateable_lot(lot_id: int, account: Account) -> Lot:
    """The same for pages without prices, which evaluators may read before they submit their points."""
    found = bids.lot(lot_id, account)
    bids.rateable_tender(found.tender_id, account)
    return found


def run(run_id: int, account: Account) -> EvaluationRun:
    """One run of such a lot."""
    found = existing(EvaluationRun, run_id)
    lot(found.lot_id, account)
    return found


def decision(decision_id: int, account: Account) -> AwardDecision:
    """One award decision of such a lot."""
    found = existing(AwardDecision, decision_id)
    lot(found.lot_id, account)
    return found


def lot_facts(lot: Lot, decision: AwardDecision | None) -> LotFacts:
    """Where a lot stands, for the rules."""
    is_cancelled = cancellation_of_lot(lot.id) is not None
    return LotFacts(lot.number, lot.tender.stage, decision.state if decision else None, is_cancelled)


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
        entitlement=entitlement_of(lot),
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
    handed_in = [
        (bid, standing)
        for bid, standing in zip(prices.bids, standings, strict=False)
        if bid.sheets[lot.id] is not SheetState.NONE
    ]
    totals = {bid.bid_id: standing.evaluation_total for bid, standing in handed_in}
    found = queries_figures.evaluation_prices(lot, totals)
    return [_offer(bid, standing.completeness, found[bid.bid_id]) for bid, standing in handed_in]


def _offer(bid: ComparedBid, completeness: Completeness, price: EvaluationPrice) -> LotOffer:
    """An announced part counts like a position: without its figure the bid is incomplete."""
    asked = price.asked
    return LotOffer(
        bid.bid_id,
        bid.number,
        bid.name,
        bid.exclusion,
        Completeness(completeness.expected + asked, (*completeness.missing, *price.missing)),
        price.total,
        price.lines if price.has_further_lines else (),
    )


def rateable(offers: Sequence[LotOffer]) -> list[LotOffer]:
    """The bids that can be given points; an incomplete one may still be completed."""
    return [offer for offer in offers if offer.exclusion is None]


def rateable_offers(lot: Lot) -> list[LotOffer]:
    """The same, read from the database."""
    return rateable(offers_of(lot))


def input_of(lot: Lot, offers: Sequence[LotOffer]) -> RunInput:
    """What a run of this lot would be computed from now."""
    tender = lot.tender
    given = _Given(_points_by_bid(lot.id), _answers_by_bid(lot.id), _figures_by_bid(lot.id))
    return RunInput(
        tender=tender.reference,
        lot=lot.number,
        published_hash=tender.frozen_hash or "",
        method=tender.method or "",
        parameters=parameters_in_lot(tender.parameters, lot.number),
        tie_rule=tender.tie_rule,
        criteria=tuple(tenders.criteria_of(tender.id)),
        bids=tuple(_bid_input(offer, given) for offer in offers),
    )


@dataclass(frozen=True, slots=True)
class _Given:
    """What was given in a lot, by bid and criterion number."""

    points: Mapping[int, Mapping[str, int]]
    answers: Mapping[int, Mapping[str, bool]]
    figures: Mapping[int, Mapping[str, str]]


def _bid_input(offer: LotOffer, given: _Given) -> BidInput:
    out = offer.exclusion
    return BidInput(
        bid_id=offer.bid_id,
        number=offer.number,
        bidder=offer.bidder,
        price=offer.total,
        exclusion=f"{out.reason} ({out.norm})" if out and out.norm else out.reason if out else "",
        expected_positions=offer.completeness.expected,
        missing_positions=offer.completeness.missing,
        points=given.points.get(offer.bid_id, {}),
        answers=given.answers.get(offer.bid_id, {}),
        figures=given.figures.get(offer.bid_id, {}),
        price_lines=offer.price_lines,
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


def _figures_by_bid(lot_id: int) -> dict[int, dict[str, str]]:
    query = sa.select(StatedFigure.bid_id, AwardCriterion.number, StatedFigure.figure)
    query = query.join(AwardCriterion, AwardCriterion.id == StatedFigure.criterion_id)
    query = query.where(StatedFigure.lot_id == lot_id).order_by(AwardCriterion.position)
    found: dict[int, dict[str, str]] = {}
    for bid_id, number, figure in db.session.execute(query):
        found.setdefault(bid_id, {})[number] = figure
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


def figures_of(lot_id: int) -> dict[Cell, StatedFigure]:
    """The figures bidders stated in a lot, by bid and criterion."""
    query = sa.select(StatedFigure).filter_by(lot_id=lot_id)
    found = db.session.scalars(query.options(sa.orm.joinedload(StatedFigure.given_by)))
    return {(figure.bid_id, figure.criterion_id): figure for figure in found}


def ratings_of(lot_id: int) -> dict[Cell, Rating]:
    """Points, answers and stated figures together; a criterion has only one kind of them."""
    return {**scores_of(lot_id), **answers_of(lot_id), **figures_of(lot_id)}


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
    """The proposed or confirmed award of a lot; rejected and withdrawn ones do not stand."""
    query = sa.select(AwardDecision).where(AwardDecision.state.in_(STANDING))
    return db.session.scalar(query.filter_by(lot_id=lot_id))


def decisions_of(lot_id: int) -> Sequence[AwardDecision]:
    """Every award decision of a lot, the latest first."""
    return db.session.scalars(sa.select(AwardDecision).filter_by(lot_id=lot_id).order_by(AwardDecision.id.desc())).all()
