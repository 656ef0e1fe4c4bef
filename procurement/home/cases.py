"""A member's own cases, one line each: what became of a report, from the demand to the costs.

A case is a demand round the member was asked in, or a tender it takes part in; a round split into several tenders makes
one line per tender. Nothing of other members, of bids or of proposals that are not decided enters here.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from procurement.demand.states import DemandState, RoundState
from procurement.tenders.kinds import TenderStage
from procurement.values.money import Money

SHOWN = 12


@dataclass(frozen=True, slots=True)
class OwnAnswer:
    """The member's answer to a round; ``forecast_net`` is its value at planning prices, nothing without any."""

    round_id: int
    reference: str
    title: str
    round_state: RoundState
    state: DemandState
    deadline_at: datetime
    forecast_net: Money | None = None


@dataclass(frozen=True, slots=True)
class OwnTender:
    """A published tender in which the member takes part."""

    id: int
    round_id: int | None
    reference: str
    title: str
    stage: TenderStage
    bid_deadline_at: datetime | None


@dataclass(frozen=True, slots=True)
class OwnCost:
    """What the member pays in an approved allocation; ``document_id`` is its statement, once issued."""

    run_id: int
    tender_id: int
    number: int
    reference: str
    title: str
    gross: Money
    approved_at: datetime | None
    document_id: int | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """One stage of a case: a word with its tone, and what belongs to it."""

    word: str
    tone: str = "neutral"
    note: str = ""
    at: datetime | None = None
    amount: Money | None = None


@dataclass(frozen=True, slots=True)
class Case:
    """One line; the numbers name the pages of its stages, nothing where there is none yet."""

    reference: str
    title: str
    is_running: bool
    demand: Step
    tender: Step
    award: Step
    cost: Step
    round_id: int | None = None
    tender_id: int | None = None
    run_id: int | None = None


def cases(answers: Sequence[OwnAnswer], tenders: Sequence[OwnTender], costs: Iterable[OwnCost]) -> list[Case]:
    """Every case of one member, running ones first; within that the order is as given; a tender's first cost counts."""
    paid: dict[int, OwnCost] = {}
    for cost in costs:
        paid.setdefault(cost.tender_id, cost)
    by_round: dict[int, list[OwnTender]] = {}
    for tender in tenders:
        if tender.round_id is not None:
            by_round.setdefault(tender.round_id, []).append(tender)
    asked = {answer.round_id for answer in answers}
    found = []
    for answer in answers:
        own = by_round.get(answer.round_id, [])
        found += [_case(answer, tender, paid.get(tender.id)) for tender in own] or [_case(answer, None, None)]
    found += [_case(None, tender, paid.get(tender.id)) for tender in tenders if tender.round_id not in asked]
    return [case for case in found if case.is_running] + [case for case in found if not case.is_running]


def _case(answer: OwnAnswer | None, tender: OwnTender | None, cost: OwnCost | None) -> Case:
    stage = tender.stage if tender else None
    source = tender or answer
    return Case(
        reference=source.reference if source else "",
        title=source.title if source else "",
        is_running=_is_running(answer, tender, cost),
        demand=_demand_step(answer),
        tender=_tender_step(answer, tender),
        award=_award_step(stage),
        cost=_cost_step(answer, stage, cost),
        round_id=answer.round_id if answer else None,
        tender_id=tender.id if tender else None,
        run_id=cost.run_id if cost else None,
    )


def _is_running(answer: OwnAnswer | None, tender: OwnTender | None, cost: OwnCost | None) -> bool:
    if tender is not None:
        return cost is None and tender.stage is not TenderStage.CANCELLED
    is_open = answer is not None and answer.round_state is RoundState.OPEN
    return is_open or (answer is not None and answer.state in {DemandState.FROZEN, DemandState.LATE})


_DEMAND_TONES: Mapping[DemandState, str] = {
    DemandState.OPEN: "warning",
    DemandState.DRAFT: "info",
    DemandState.AWAITING_APPROVAL: "warning",
    DemandState.SUBMITTED: "success",
    DemandState.NIL: "neutral",
    DemandState.FROZEN: "success",
    DemandState.LATE: "info",
    DemandState.WITHDRAWN: "neutral",
    DemandState.REJECTED: "danger",
}


def _demand_step(answer: OwnAnswer | None) -> Step:
    if answer is None:
        return Step("ohne Bedarfsrunde")
    if answer.round_state is RoundState.OPEN:
        return Step(answer.state.label, _DEMAND_TONES[answer.state], "bis", answer.deadline_at)
    if answer.state in {DemandState.OPEN, DemandState.DRAFT, DemandState.AWAITING_APPROVAL}:
        return Step("nicht eingereicht", "warning")
    return Step(answer.state.label, _DEMAND_TONES[answer.state])


def _tender_step(answer: OwnAnswer | None, tender: OwnTender | None) -> Step:
    if tender is None:
        return _before_tender(answer)
    if tender.stage is TenderStage.PUBLISHED:
        return Step(tender.stage.label, "info", "Angebote bis", tender.bid_deadline_at)
    if tender.stage is TenderStage.CANCELLED:
        return Step(tender.stage.label, "danger", "Der Bedarf kann neu ausgeschrieben werden.")
    if tender.stage in {TenderStage.AWARD_DECIDED, TenderStage.STANDSTILL, TenderStage.AWARDED}:
        return Step("abgeschlossen", "success")
    return Step(tender.stage.label, "info")


def _before_tender(answer: OwnAnswer | None) -> Step:
    if answer is not None and answer.round_state is RoundState.OPEN:
        return Step("folgt", note="wenn die Bedarfsrunde geschlossen ist")
    if answer is not None and answer.state is DemandState.FROZEN:
        return Step("in Vorbereitung", note="noch nicht veröffentlicht")
    if answer is not None and answer.state is DemandState.LATE:
        return Step("offen", note="die Vergabestelle entscheidet über die Nachmeldung")
    if answer is not None and answer.state in {DemandState.WITHDRAWN, DemandState.REJECTED}:
        return Step("ohne Ihr Mitglied", note=answer.state.label)
    return Step("ohne Ihr Mitglied", note="kein Bedarf gemeldet")


def _award_step(stage: TenderStage | None) -> Step:
    if stage is TenderStage.AWARDED:
        return Step("erteilt", "success")
    if stage is TenderStage.CANCELLED:
        return Step("entfällt")
    if stage is TenderStage.AWARD_DECIDED:
        return Step("in Prüfung", "info", "zwei Personen entscheiden")
    if stage is TenderStage.STANDSTILL:
        return Step("steht bevor", "info", "die Bieter sind informiert")
    return Step("offen")


def _cost_step(answer: OwnAnswer | None, stage: TenderStage | None, cost: OwnCost | None) -> Step:
    if cost is not None:
        return Step("freigegeben", "success", "brutto", amount=cost.gross)
    if stage is TenderStage.CANCELLED:
        return Step("entfällt")
    word = "wird aufgeteilt" if stage is TenderStage.AWARDED else "offen"
    if answer is None or answer.forecast_net is None:
        return Step(word)
    return Step(word, note="netto etwa", amount=answer.forecast_net)
