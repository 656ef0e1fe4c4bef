"""Who gets a lot: one officer proposes with a reason, another confirms or rejects; lots are drawn on a tie.

The award follows the latest run; nobody chooses freely. The stage of the tender follows the lots: to the decision once
every lot that can be awarded has a proposal, back to "evaluated" on a rejection. With the last confirmation it stands;
informing the bidders, waiting and awarding come after it, in :mod:`procurement.awarding`. A cancelled lot and a
lot without a bid that can be ranked hold nobody up.
"""

from procurement.audit.actions import Change, record
from procurement.audit.events import Event
from procurement.bids.actions import hold
from procurement.bids.models import Bid
from procurement.core import clock
from procurement.core.db import db
from procurement.core.errors import Conflict, refuse_if
from procurement.core.filters import moment
from procurement.core.permissions import Role
from procurement.evaluation import queries, rules
from procurement.evaluation.entries import DrawingEntry
from procurement.evaluation.models import AwardDecision, EvaluationRun, LotDrawing
from procurement.evaluation.models_single_bid import SingleBidNote
from procurement.evaluation.queries import LotState
from procurement.evaluation.queries_decision import awardable_lots
from procurement.evaluation.queries_single_bid import estimate_of
from procurement.evaluation.rules import AnswerFacts
from procurement.evaluation.states import AwardState
from procurement.examination.queries_bid import objections_to_winning
from procurement.members.models import Account
from procurement.tenders.actions import advance
from procurement.tenders.kinds import TenderStage
from procurement.tenders.models import Lot, Tender
from procurement.tenders.queries_cancellation import lots_going_on
from procurement.values.money import Money


def record_drawing(run: EvaluationRun, bid: Bid, text: str, second: Account | None, *, by: Account) -> LotDrawing:
    """Note that two people drew lots between the bids on rank 1 and whom the lot fell on; the text is the record."""
    hold(run.lot.tender)
    state = _latest(run)
    second_id = second.id if second and Role.OFFICER in second.roles else None
    entry = DrawingEntry(_name(bid), by.id, second_id, text)
    refuse_if(rules.objections_to_drawing(state.proposal_facts, entry))
    drawing = LotDrawing(
        run=run,
        bid_id=bid.id,
        record=text.strip(),
        recorded_by_id=by.id,
        second_id=second_id,
        recorded_at=clock.now(),
    )
    db.session.add(drawing)
    changes: dict[str, Change | str] = {"Los fiel auf": _name(bid), "Niederschrift": drawing.record}
    changes["Zweite Person"] = second.name if second else ""
    record(Event.LOT_DRAWN, drawing, by=by, changes=changes, tender_id=run.lot.tender_id)
    return drawing


def propose_award(lot: Lot, run: EvaluationRun, bid: Bid, reason: str, *, by: Account) -> AwardDecision:
    """Propose to award a lot to the bid on rank 1 of its latest run.

    Raises :class:`Conflict` naming both states if there is a proposal already or a later run than the one seen.
    """
    hold(lot.tender)
    _refuse_second_proposal(lot, bid)
    state = _latest(run)
    found = rules.objections_to_proposing(state.proposal_facts) + rules.objections_to_text(reason)
    found += objections_to_winning(bid)
    if state.winner is not None:
        is_over_lots = state.entitlement is not None
        found += rules.objections_to_bid(_name(bid), state.winner.name, is_over_lots=is_over_lots)
    refuse_if(found)
    decision = AwardDecision(
        lot=lot,
        run=run,
        bid_id=bid.id,
        state=AwardState.PROPOSED,
        reason=reason.strip(),
        proposed_by_id=by.id,
        proposed_at=clock.now(),
    )
    db.session.add(decision)
    db.session.flush()
    changes: dict[str, Change | str] = {"Angebot": _name(bid), "Wertung": str(run.number)}
    changes["Begründung"] = decision.reason
    record(Event.AWARD_PROPOSED, decision, by=by, changes=changes, tender_id=lot.tender_id)
    _follow(lot.tender, by)
    return decision


def confirm_award(
    decision: AwardDecision, reason: str, *, by: Account, seen_version: int | None = None
) -> AwardDecision:
    """Confirm a proposal as another person; with the last lot the bidders can be informed."""
    _hold(decision, seen_version)
    refuse_if(rules.objections_to_confirming(_answer_facts(decision, by), reason))
    _answer(decision, AwardState.CONFIRMED, reason, by)
    record(Event.AWARD_CONFIRMED, decision, by=by, changes=_answer_words(decision), tender_id=decision.lot.tender_id)
    _follow(decision.lot.tender, by)
    return decision


def reject_award(
    decision: AwardDecision, reason: str, *, by: Account, seen_version: int | None = None
) -> AwardDecision:
    """Reject a proposal as another person; points can be changed again and the lot evaluated anew."""
    _hold(decision, seen_version)
    refuse_if(rules.objections_to_answering(_answer_facts(decision, by), reason))
    _answer(decision, AwardState.REJECTED, reason, by)
    record(Event.AWARD_REJECTED, decision, by=by, changes=_answer_words(decision), tender_id=decision.lot.tender_id)
    _follow(decision.lot.tender, by)
    return decision


def _name(bid: Bid) -> str:
    return f"{bid.number} ({bid.bidder.name})"


def _latest(run: EvaluationRun) -> LotState:
    """The lot as it stands; :class:`Conflict` if the run is not the latest any more."""
    state = queries.lot_state(run.lot)
    if state.run is not None and state.run.id != run.id:
        raise Conflict(
            f"Sie sahen Wertung {run.number} von Los {run.lot.number}, inzwischen gibt es Wertung {state.run.number}. "
            "Bitte prüfen Sie die neue Rangfolge."
        )
    return state


def _refuse_second_proposal(lot: Lot, bid: Bid) -> None:
    standing = queries.standing_decision(lot.id)
    if standing is None:
        return
    raise Conflict(
        f"Für Los {lot.number} ist der Zuschlag bereits {standing.state.label.lower()}: Angebot {_name(standing.bid)}, "
        f"vorgeschlagen von {standing.proposed_by.name} am {moment(standing.proposed_at)}. Ihr Vorschlag für Angebot "
        f"{_name(bid)} wurde nicht gespeichert."
    )


def _hold(decision: AwardDecision, seen_version: int | None) -> None:
    """Lock tender and decision, read both as they are now, compare with what the person saw."""
    hold(decision.lot.tender)
    db.session.refresh(decision, with_for_update={"of": AwardDecision})
    if seen_version is None or seen_version == decision.version:
        return
    who = f" durch {decision.answered_by.name} am {moment(decision.answered_at)}" if decision.answered_by else ""
    raise Conflict(
        f"Sie sahen den Vorschlag für Los {decision.lot.number} als „{AwardState.PROPOSED.label}“ (Fassung "
        f"{seen_version}); inzwischen ist er „{decision.state.label}“{who} (Fassung {decision.version})."
    )


def _answer_facts(decision: AwardDecision, by: Account) -> AnswerFacts:
    return queries.answer_facts(queries.lot_state(decision.lot), decision, by)


def _answer(decision: AwardDecision, state: AwardState, reason: str, by: Account) -> None:
    decision.state, decision.answer_reason = state, reason.strip()
    decision.answered_by_id, decision.answered_at = by.id, clock.now()


def _answer_words(decision: AwardDecision) -> dict[str, Change | str]:
    return {
        "Zustand": (AwardState.PROPOSED, decision.state),
        "Angebot": _name(decision.bid),
        "Begründung": decision.answer_reason,
    }


def withdraw_decision(decision: AwardDecision, reason: str, *, by: Account) -> AwardDecision:
    """Take back a decision that stood, after a complaint or with its lot; who made it and why stays in the file."""
    before, decision.state = decision.state, AwardState.WITHDRAWN
    decision.withdrawn_by_id, decision.withdrawn_at = by.id, clock.now()
    decision.withdrawn_reason = reason.strip()
    changes: dict[str, Change | str] = {"Zustand": (before, decision.state), "Angebot": _name(decision.bid)}
    changes["Begründung"] = decision.withdrawn_reason
    record(Event.AWARD_WITHDRAWN, decision, by=by, changes=changes, tender_id=decision.lot.tender_id)
    db.session.flush()
    return decision


def note_single_bid(lot: Lot, plausibility: str, market: str, *, by: Account) -> SingleBidNote:
    """Judge the price of the only bid of a lot against the estimate, and the market; needed before the proposal."""
    hold(lot.tender)
    state = queries.lot_state(lot)
    bids = state.input.bids
    found = rules.objections_to_single_bid(state.facts, len(bids), plausibility, market)
    refuse_if(found)
    note = SingleBidNote(
        lot=lot,
        bid_id=bids[0].bid_id,
        price_net=bids[0].price or Money(0),
        estimate_net=estimate_of(lot),
        plausibility=plausibility.strip(),
        market_note=market.strip(),
        noted_at=clock.now(),
        noted_by_id=by.id,
    )
    db.session.add(note)
    words = {"Plausibilität des Preises": note.plausibility, "Markt": note.market_note}
    record(Event.SINGLE_BID_NOTED, note, by=by, changes=words, tender_id=lot.tender_id)
    return note


def _follow(tender: Tender, by: Account) -> None:
    """Let the stage of the tender follow the decisions on its lots."""
    db.session.flush()
    decisions = [queries.standing_decision(lot.id) for lot in awardable_lots(tender)]
    if tender.stage is TenderStage.AWARD_DECIDED and not all(decisions):
        advance(tender, TenderStage.EVALUATED, by=by)
    elif tender.stage is TenderStage.EVALUATED and decisions and all(decisions):
        advance(tender, TenderStage.AWARD_DECIDED, by=by)


def follow_cancelled_lot(tender: Tender, *, by: Account) -> None:
    """Let the stage follow after a lot was cancelled: it no longer holds up the evaluation or the decision."""
    db.session.flush()
    going_on = lots_going_on(tender)
    if tender.stage is TenderStage.OPENED and going_on and all(queries.latest_run(lot) for lot in going_on):
        advance(tender, TenderStage.EVALUATED, by=by)
    if tender.stage is TenderStage.EVALUATED:
        _follow(tender, by)
