"""Items of the procurement record on the bids: 2 to 5 of § 8 Abs. 2 VgV, each lot with the run it rests on."""

from collections.abc import Sequence

from procurement.audit.events import Event
from procurement.awarding import queries as awarding
from procurement.awarding.queries_cancellation import bids_received
from procurement.awarding.rules import WITH_APPLICANTS
from procurement.bids.models import Bid
from procurement.bids.queries import standing_bids
from procurement.bids.queries_comparison import exclusion
from procurement.bids.queries_firms import registrations_of
from procurement.documents.contents_procurement_record import Fact, FactGroup, RecordChapter
from procurement.documents.matrix_wording import bid_name, score
from procurement.documents.notation import day, euro, moment
from procurement.documents.queries_record_examination import examined
from procurement.documents.queries_record_trail import RecordCase, of_run
from procurement.documents.record_wording import UNOPENED, group, item, lines
from procurement.evaluation import queries as evaluation
from procurement.evaluation.models import AwardDecision
from procurement.evaluation.queries_lot_award import is_left_unawarded
from procurement.evaluation.run_result import BidResult, RunResult
from procurement.evaluation.states import AwardState
from procurement.examination.models import PriceClarification
from procurement.examination.queries import clarifications_of, open_clarifications
from procurement.examination.states import PriceOutcome
from procurement.rulebook.sources import VGV_60_1, VGV_60_3
from procurement.tenders.kinds import TenderStage
from procurement.tenders.models import Lot
from procurement.tenders.queries_cancellation import lots_going_on
from procurement.values.money import Money

SUBCONTRACTS = (
    "Nicht bekannt: Angaben zu Unteraufträgen sind in den gespeicherten Daten nicht erfasst. Nennt das Angebot welche, "
    "sind Anteil und Namen zum Vermerk zu nehmen."
)
NO_BID = "Für dieses Los ist kein Angebot eingegangen."
ENDED = (TenderStage.AWARDED, TenderStage.CANCELLED)


def named(bid: Bid) -> str:
    """How the record names a bid."""
    return bid_name(bid.shown_name, bid.number)


def considered(case: RecordCase) -> RecordChapter:
    """Item 2: who is in the ranking of which lot, and why; before the evaluation, who is in the running."""
    if not case.is_opened:
        return _unopened(case, 2)
    groups, missing = [], []
    bids = {bid.id: bid for bid in standing_bids(case.tender.id)}
    for lot in lots_going_on(case.tender):
        run = case.run_of(lot)
        if run is None:
            if not bids_received(case.tender, lot):
                groups.append(group(f"Los {lot.number}: {lot.title}", [Fact("Angebote", NO_BID)]))
            elif case.tender.stage not in ENDED:
                missing.append(f"Los {lot.number} ist noch nicht gewertet.")
            continue
        ranked = evaluation.result_of(run).ranked
        facts = [
            Fact(
                bid_name(one.bidder, one.number),
                lines(
                    f"Rang {one.rank} von {len(ranked)}: {one.explanation}", examined(case, bids.get(one.bid_id), lot)
                ),
                of_run(run),
            )
            for one in ranked
        ]
        groups.append(group(f"Los {lot.number}: {lot.title}", facts))
    if not bids:
        return item(2, nothing="Es ist kein Angebot eingegangen.")
    return item(2, groups, missing, nothing="Kein Angebot ist in der Rangfolge; siehe Nummer 3.")


def _unopened(case: RecordCase, number: int) -> RecordChapter:
    """Before the opening there is nothing to say, and after a cancellation there never will be."""
    if case.tender.stage is TenderStage.CANCELLED:
        return item(number, nothing="Das Verfahren ist vor der Öffnung der Angebote aufgehoben; siehe Nummer 8.")
    return item(number, missing=[UNOPENED])


def not_considered(case: RecordCase) -> RecordChapter:
    """Item 3: bids that stayed out and why, bids in the ranking that do not win, firms that never bid."""
    if not case.is_opened:
        return _unopened(case, 3)
    groups = [group("Ausgeschlossen", _excluded(case))]
    for lot in lots_going_on(case.tender):
        groups.append(group(f"Los {lot.number}: nicht in der Rangfolge", _unranked(case, lot)))
        groups.append(group(f"Los {lot.number}: gewertet, ohne Zuschlag", _losing(case, lot)))
    groups.append(group("Bewerber ohne Angebot", _applicants(case)))
    return item(3, groups, _not_decided(case), nothing="Kein Angebot ist ausgeschlossen oder unterlegen.")


def _not_decided(case: RecordCase) -> list[str]:
    """Lots of which nobody can say yet which bids do not win."""
    open_lots = [
        lot for lot in lots_going_on(case.tender) if _undecided(case, lot, evaluation.standing_decision(lot.id))
    ]
    if case.tender.stage is TenderStage.CANCELLED or not standing_bids(case.tender.id):
        return []
    return [
        f"Welche Angebote in Los {lot.number} unterliegen, steht erst mit der Entscheidung fest." for lot in open_lots
    ]


def _excluded(case: RecordCase) -> list[Fact]:
    """By a person, or for a lateness nobody excused."""
    found = []
    for bid in standing_bids(case.tender.id):
        out = exclusion(bid)
        if out is not None:
            proof = case.trail.note(Event.BID_EXCLUDED, bid) or f"Eingang {moment(bid.received_at)}"
            found.append(Fact(named(bid), lines(out.norm, f"Gründe: {out.reason}"), proof))
    return found


def _unranked(case: RecordCase, lot: Lot) -> list[Fact]:
    """What the run left out for other reasons: incomplete, A-criterion, minimum points, outside the corridor."""
    run = case.run_of(lot)
    if run is None:
        return []
    out = {bid.id for bid in standing_bids(case.tender.id) if exclusion(bid) is not None}
    return [
        Fact(bid_name(one.bidder, one.number), f"Gründe: {one.reason}", of_run(run))
        for one in evaluation.result_of(run).unranked
        if one.bid_id not in out
    ]


def _losing(case: RecordCase, lot: Lot) -> list[Fact]:
    """Ranked bids beside the one that was decided for; nothing before the decision."""
    run, decision = case.run_of(lot), evaluation.standing_decision(lot.id)
    if run is None or decision is None or decision.state is not AwardState.CONFIRMED:
        return []
    result = evaluation.result_of(run)
    winner = result.bid(decision.bid_id)
    return [
        Fact(bid_name(one.bidder, one.number), _why_behind(one, winner, result), of_run(run))
        for one in result.ranked
        if one.bid_id != winner.bid_id
    ]


def _why_behind(one: BidResult, winner: BidResult, result: RunResult) -> str:
    told = f"Rang {one.rank} von {len(result.ranked)}: {score(result, one)}."
    best = f"Zuschlag an {winner.bidder}: {score(result, winner)}."
    return lines(told, best, one.explanation)


def _applicants(case: RecordCase) -> list[Fact]:
    if case.tender.procedure_type not in WITH_APPLICANTS:
        return []
    bidding = {bid.bidder_id for bid in standing_bids(case.tender.id)}
    return [
        Fact(one.bidder.name, "Zum Verfahren vermerkt, ohne Angebot.", case.trail.note(Event.FIRM_REGISTERED, one))
        for one in registrations_of(case.tender.id)
        if one.bidder_id not in bidding
    ]


def abnormally_low(case: RecordCase) -> RecordChapter:
    """Item 4: every price that was checked, what was asked, answered and decided, and which bids were rejected."""
    if not case.is_opened:
        return _unopened(case, 4)
    checks = clarifications_of(case.tender.id)
    is_over = case.tender.stage in ENDED
    missing = (
        [one.text for lot in lots_going_on(case.tender) for one in open_clarifications(lot)] if not is_over else []
    )
    rejected = [
        Fact(named(bid), f"{bid.exclusion_norm}: {bid.exclusion_reason}", case.trail.note(Event.BID_EXCLUDED, bid))
        for bid in standing_bids(case.tender.id)
        if bid.exclusion_norm == VGV_60_3
    ]
    groups = [
        group("Abgelehnte Angebote", rejected),
        group("Prüfung der Preise", [_check(case, one) for one in checks]),
    ]
    return item(4, groups, missing, nothing="Kein Angebot wurde für ungewöhnlich niedrig befunden.")


def _check(case: RecordCase, one: PriceClarification) -> Fact:
    asked = f"Gefragt, Antwort bis {day(one.due_on)}: {one.questions}" if one.letter and one.due_on else ""
    answer = f"Antwort vom {day(one.answered_on)}: {one.answer}" if one.answered_on else ""
    outcome = f"Ergebnis: {one.outcome.label}. {one.reason}" if one.outcome else "Noch nicht entschieden."
    kept = f"Trotzdem in der Wertung, weil: {one.keep_reason}" if one.keep_reason else ""
    is_kept = one.outcome in {PriceOutcome.EXPLAINED, PriceOutcome.NO_DOUBT} or bool(one.keep_reason)
    proof = lines(
        case.trail.note(Event.PRICE_CLARIFICATION_SENT, one),
        case.trail.note(Event.PRICE_CLARIFICATION_ANSWERED, one),
        case.trail.note(Event.PRICE_DECIDED, one),
    )
    rejected = "Das Angebot wird nicht abgelehnt." if is_kept else ""
    says = lines(*one.signals, asked, answer, outcome, kept, rejected)
    return Fact(f"{named(one.bid)}, Los {one.lot.number} ({VGV_60_1})", says, proof)


def successful(case: RecordCase) -> RecordChapter:
    """Item 5: who gets which lot, why, decided by whom, and what is known of subcontracts."""
    if case.tender.stage is TenderStage.CANCELLED:
        return item(5, nothing="Das Verfahren ist aufgehoben; siehe Nummer 8.")
    if not case.is_opened:
        return _unopened(case, 5)
    groups: list[FactGroup] = []
    missing: list[str] = []
    for lot in lots_going_on(case.tender):
        decision = evaluation.standing_decision(lot.id)
        if decision is not None:
            groups.append(group(f"Los {lot.number}: {lot.title}", _decided(case, decision)))
        missing += _undecided(case, lot, decision)
    award = awarding.award_of(case.tender.id)
    if award is not None:
        made = f"{moment(award.awarded_at)} durch {award.awarded_by.name}"
        groups.append(group("Zuschlag", [Fact("Erteilt", lines(made, award.note), _awarded(case))]))
    return item(5, groups, missing, nothing="Kein Los kann vergeben werden; siehe Nummern 3 und 8.")


def _awarded(case: RecordCase) -> str:
    return case.trail.note(Event.TENDER_AWARDED)


def _undecided(case: RecordCase, lot: Lot, decision: AwardDecision | None) -> Sequence[str]:
    """What is missing for the decision on a lot that can be awarded."""
    run = case.run_of(lot)
    if case.tender.stage is TenderStage.AWARDED or (run is not None and is_left_unawarded(lot)):
        return []
    if (run is not None and not run.result["winners"]) or (run is None and not bids_received(case.tender, lot)):
        return []
    if decision is None:
        return [f"Über den Zuschlag für Los {lot.number} ist noch nicht entschieden."]
    if decision.state is AwardState.PROPOSED:
        return [f"Der Zuschlag für Los {lot.number} ist vorgeschlagen; die zweite Person hat noch nicht bestätigt."]
    return []


def _decided(case: RecordCase, decision: AwardDecision) -> list[Fact]:
    result = evaluation.result_of(decision.run)
    line, drawing = result.bid(decision.bid_id), evaluation.drawing_of(decision.run)
    price = euro(Money.rounded(line.price)) if line.price is not None else ""
    proposed = f"{decision.proposed_by.name}, {moment(decision.proposed_at)}"
    facts = [
        Fact("Bieter", lines(decision.bid.shown_name, _address(decision.bid)), of_run(decision.run)),
        Fact("Wertungspreis und Rang", f"{price} netto; Rang {line.rank}; {score(result, line)}", of_run(decision.run)),
        Fact("Rechnung", line.explanation, of_run(decision.run)),
        Fact("Gründe der Auswahl", decision.reason, case.trail.note(Event.AWARD_PROPOSED, decision) or proposed),
    ]
    if drawing is not None:
        words = f"Das Los fiel auf dieses Angebot. {drawing.record} ({drawing.recorded_by.name}, {drawing.second.name})"
        facts.append(Fact("Losentscheid", words, case.trail.note(Event.LOT_DRAWN, drawing)))
    if decision.state is AwardState.CONFIRMED and decision.answered_by and decision.answered_at:
        text = f"{decision.answered_by.name}, {moment(decision.answered_at)}: {decision.answer_reason}"
        facts.append(Fact("Bestätigt von zweiter Person", text, case.trail.note(Event.AWARD_CONFIRMED, decision)))
    return [*facts, Fact("Unteraufträge", SUBCONTRACTS)]


def _address(bid: Bid) -> str:
    firm = bid.bidder
    return ", ".join(part for part in (firm.street, f"{firm.postcode} {firm.city}".strip()) if part)
