"""Reading exclusions after a ranking: proposals, the rankings before and after, and the preview for a second person."""

from collections.abc import Sequence
from dataclasses import replace

import sqlalchemy as sa

from procurement.bids.models import Bid
from procurement.bids.queries import readable_bid, was_evaluated
from procurement.bids.queries_comparison import LOW_BID_RULE
from procurement.core.db import db, existing
from procurement.core.permissions import Role
from procurement.evaluation import exclusion_rules, queries
from procurement.evaluation.exclusion_rules import ExclusionAnswerFacts, ExclusionFacts, ExclusionState
from procurement.evaluation.models_exclusion import ExclusionProposal
from procurement.evaluation.run_calculation import calculated
from procurement.evaluation.run_comparison import RunComparison, compared_runs
from procurement.evaluation.run_display import ScoreDisplay, display_of
from procurement.evaluation.run_result import RunResult
from procurement.members.models import Account
from procurement.rulebook.thresholds import rule_on
from procurement.tenders.models import Lot, Tender


def proposal(proposal_id: int, account: Account) -> ExclusionProposal:
    """A proposed exclusion that this account may read; :class:`NotFound` for everybody else."""
    found = existing(ExclusionProposal, proposal_id)
    readable_bid(found.bid_id, account)
    return found


def proposals_of(tender_id: int) -> Sequence[ExclusionProposal]:
    """Every exclusion proposed in a tender, the latest first."""
    query = sa.select(ExclusionProposal).join(Bid, Bid.id == ExclusionProposal.bid_id)
    return db.session.scalars(query.where(Bid.tender_id == tender_id).order_by(ExclusionProposal.id.desc())).all()


def open_proposal(bid: Bid) -> ExclusionProposal | None:
    """The proposal for this bid that waits for a second person."""
    query = sa.select(ExclusionProposal).filter_by(bid_id=bid.id, state=ExclusionState.PROPOSED)
    return db.session.scalar(query)


def affected_lots(bid: Bid) -> list[Lot]:
    """The lots that have a run in which this bid takes part; an exclusion evaluates them anew."""
    found = []
    for lot in bid.tender.lots:
        run = queries.latest_run(lot)
        if run is not None and any(line.bid_id == bid.id for line in queries.result_of(run).bids):
            found.append(lot)
    return found


def facts_of(bid: Bid) -> ExclusionFacts:
    """What decides whether an exclusion can be proposed."""
    return ExclusionFacts(
        stage=bid.tender.stage,
        bid_state=bid.state,
        was_evaluated=was_evaluated(bid.tender_id),
        is_proposed=open_proposal(bid) is not None,
        decided_lots=_decided_lots(bid),
    )


def answer_facts(proposal: ExclusionProposal, account: Account) -> ExclusionAnswerFacts:
    """What decides whether this account may confirm or reject."""
    return ExclusionAnswerFacts(
        state=proposal.state,
        proposed_by_id=proposal.proposed_by_id,
        proposed_by_name=proposal.proposed_by.name,
        answering_id=account.id,
        decided_lots=_decided_lots(proposal.bid) if proposal.state is ExclusionState.PROPOSED else (),
    )


def _decided_lots(bid: Bid) -> list[int]:
    return [lot.number for lot in affected_lots(bid) if queries.standing_decision(lot.id) is not None]


def rankings(proposal: ExclusionProposal, account: Account) -> list[RunComparison]:
    """Old and new ranking of each lot: as stored once confirmed; before that a preview, for a second officer only."""
    tender = proposal.bid.tender
    if proposal.state is ExclusionState.CONFIRMED:
        return [
            compared_runs(
                one.lot.number,
                _display(tender, queries.result_of(one.before)),
                _display(tender, queries.result_of(one.after)),
            )
            for one in proposal.reruns
        ]
    facts = answer_facts(proposal, account)
    if not exclusion_rules.may_see_preview(facts, is_officer=Role.OFFICER in account.roles):
        return []
    return [_preview(proposal, lot) for lot in affected_lots(proposal.bid)]


def _preview(proposal: ExclusionProposal, lot: Lot) -> RunComparison:
    """What a run without the bid would say; nothing of it is stored."""
    state = queries.lot_state(lot)
    words = f"{proposal.reason} ({proposal.norm})"
    bids = [replace(bid, exclusion=words) if bid.bid_id == proposal.bid_id else bid for bid in state.input.bids]
    after = calculated(replace(state.input, bids=tuple(bids)))
    before = state.result or after
    return compared_runs(lot.number, _display(lot.tender, before), _display(lot.tender, after))


def _display(tender: Tender, result: RunResult) -> ScoreDisplay:
    return display_of(result, rule_on(LOW_BID_RULE, tender.procedure_started_on).number)
