"""Excluding a bid after a ranking: proposed by one officer, confirmed by another, every affected lot evaluated anew."""

from procurement.audit.actions import Change, record
from procurement.audit.events import Event
from procurement.bids import actions as bid_actions
from procurement.bids.actions import hold
from procurement.bids.models import Bid
from procurement.core import clock
from procurement.core.db import db
from procurement.core.errors import Conflict, refuse_if
from procurement.evaluation import actions, exclusion_rules, queries, queries_exclusion
from procurement.evaluation.exclusion_rules import ExclusionState
from procurement.evaluation.models_exclusion import ExclusionProposal, ExclusionRerun
from procurement.members.models import Account

Words = dict[str, Change | str]


def propose_exclusion(bid: Bid, norm: str, reason: str, *, by: Account, seen: int | None = None) -> ExclusionProposal:
    """Propose to exclude a bid; from here on the reason stands, and only then somebody sees what would follow."""
    hold(bid.tender)
    if seen is not None and seen != bid.version:
        raise Conflict(f"Angebot {bid.number} wurde inzwischen geändert („{bid.state.label}“). Bitte neu laden.")
    facts = queries_exclusion.facts_of(bid)
    refuse_if(exclusion_rules.objections_to_proposing_exclusion(facts, norm, reason))
    made = ExclusionProposal(
        bid=bid,
        norm=norm.strip(),
        reason=reason.strip(),
        state=ExclusionState.PROPOSED,
        proposed_by_id=by.id,
        proposed_at=clock.now(),
    )
    db.session.add(made)
    db.session.flush()
    words: Words = {"Norm": made.norm, "Begründung": made.reason}
    record(Event.EXCLUSION_PROPOSED, made, by=by, changes=words, tender_id=bid.tender_id)
    return made


def confirm_exclusion(
    proposal: ExclusionProposal, reason: str, *, by: Account, seen: int | None = None
) -> ExclusionProposal:
    """Confirm as another person: exclude the bid and evaluate every lot anew in which it took part, all or nothing."""
    _hold(proposal, seen)
    facts = queries_exclusion.answer_facts(proposal, by)
    refuse_if(exclusion_rules.objections_to_confirming_exclusion(facts, reason))
    bid = proposal.bid
    lots = queries_exclusion.affected_lots(bid)
    before = {lot.id: queries.latest_run(lot) for lot in lots}
    bid_actions.exclude_with_rerun(bid, proposal.norm, proposal.reason, by=by)
    _answer(proposal, ExclusionState.CONFIRMED, reason, by)
    db.session.flush()
    for lot in lots:
        after = actions.evaluate(lot, by=by)
        db.session.flush()
        proposal.reruns.append(ExclusionRerun(lot=lot, before=before[lot.id], after=after))
    db.session.flush()
    words = _words(proposal)
    words["Neu gewertet"] = ", ".join(f"Los {lot.number}" for lot in lots) or "kein Los"
    record(Event.EXCLUSION_CONFIRMED, proposal, by=by, changes=words, tender_id=bid.tender_id)
    return proposal


def reject_exclusion(
    proposal: ExclusionProposal, reason: str, *, by: Account, seen: int | None = None
) -> ExclusionProposal:
    """Reject as another person: the bid stays in; rankings stay as they are."""
    _hold(proposal, seen)
    facts = queries_exclusion.answer_facts(proposal, by)
    refuse_if(exclusion_rules.objections_to_answering_exclusion(facts, reason))
    _answer(proposal, ExclusionState.REJECTED, reason, by)
    tender_id = proposal.bid.tender_id
    record(Event.EXCLUSION_REJECTED, proposal, by=by, changes=_words(proposal), tender_id=tender_id)
    return proposal


def _hold(proposal: ExclusionProposal, seen: int | None) -> None:
    hold(proposal.bid.tender)
    db.session.refresh(proposal, with_for_update={"of": ExclusionProposal})
    if seen is not None and seen != proposal.version:
        raise Conflict(
            f"Sie sahen den Vorschlag als „{ExclusionState.PROPOSED.label}“ (Fassung {seen}); inzwischen ist er "
            f"„{proposal.state.label}“ (Fassung {proposal.version}). Bitte neu laden."
        )


def _answer(proposal: ExclusionProposal, state: ExclusionState, reason: str, by: Account) -> None:
    proposal.state, proposal.answer_reason = state, reason.strip()
    proposal.answered_by_id, proposal.answered_at = by.id, clock.now()


def _words(proposal: ExclusionProposal) -> Words:
    return {
        "Zustand": (ExclusionState.PROPOSED, proposal.state),
        "Norm": proposal.norm,
        "Begründung": proposal.answer_reason,
    }
