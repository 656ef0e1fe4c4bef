"""The one table of stages and allowed moves, and the steps a page shows of it.

Three steps lead back: a rejected award proposal returns to the evaluated stage, a negotiation invites to further bids
after the opening and ends with another opening, and a complaint that is right leads from the decision or the
information of bidders back to the evaluation or, further, to the examination of the opened bids. Everything else only
goes forward or ends in the cancellation, which is possible until the award (§ 63 VgV).
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from procurement.tenders.kinds import TenderStage
from procurement.values.objection import Objection

PATH: tuple[TenderStage, ...] = (
    TenderStage.PLANNED,
    TenderStage.PUBLISHED,
    TenderStage.BIDS_CLOSED,
    TenderStage.OPENED,
    TenderStage.EVALUATED,
    TenderStage.AWARD_DECIDED,
    TenderStage.STANDSTILL,
    TenderStage.AWARDED,
)

MOVES: Mapping[TenderStage, frozenset[TenderStage]] = {
    TenderStage.PLANNED: frozenset({TenderStage.PUBLISHED, TenderStage.CANCELLED}),
    TenderStage.PUBLISHED: frozenset({TenderStage.BIDS_CLOSED, TenderStage.CANCELLED}),
    TenderStage.BIDS_CLOSED: frozenset({TenderStage.OPENED, TenderStage.CANCELLED}),
    TenderStage.OPENED: frozenset({TenderStage.EVALUATED, TenderStage.NEGOTIATION, TenderStage.CANCELLED}),
    TenderStage.NEGOTIATION: frozenset({TenderStage.OPENED, TenderStage.CANCELLED}),
    TenderStage.EVALUATED: frozenset({TenderStage.AWARD_DECIDED, TenderStage.NEGOTIATION, TenderStage.CANCELLED}),
    TenderStage.AWARD_DECIDED: frozenset(
        {
            TenderStage.STANDSTILL,
            TenderStage.AWARDED,
            TenderStage.EVALUATED,
            TenderStage.OPENED,
            TenderStage.CANCELLED,
        }
    ),
    TenderStage.STANDSTILL: frozenset(
        {TenderStage.AWARDED, TenderStage.EVALUATED, TenderStage.OPENED, TenderStage.CANCELLED}
    ),
    TenderStage.AWARDED: frozenset(),
    TenderStage.CANCELLED: frozenset(),
}

TONES: Mapping[TenderStage, str] = {
    TenderStage.PLANNED: "neutral",
    TenderStage.PUBLISHED: "info",
    TenderStage.BIDS_CLOSED: "warning",
    TenderStage.OPENED: "info",
    TenderStage.NEGOTIATION: "info",
    TenderStage.EVALUATED: "info",
    TenderStage.AWARD_DECIDED: "info",
    TenderStage.STANDSTILL: "warning",
    TenderStage.AWARDED: "success",
    TenderStage.CANCELLED: "danger",
}

# What has to happen before a later stage can begin; shown beside the locked step.
_WAITS_FOR: Mapping[TenderStage, str] = {
    TenderStage.PUBLISHED: "nach Prüfung von Losen, Kriterien, Fristen und Wert",
    TenderStage.BIDS_CLOSED: "mit dem Ende der Angebotsfrist",
    TenderStage.OPENED: "durch zwei Personen",
    TenderStage.EVALUATED: "nach Punkten und Preisen",
    TenderStage.AWARD_DECIDED: "nach der Wertung",
    TenderStage.STANDSTILL: "nach Bestätigung durch eine zweite Person und Information aller Bieter",
    TenderStage.AWARDED: "nach Ablauf der Stillhaltefrist",
}


@dataclass(frozen=True, slots=True)
class StageStep:
    """One step of the tracker; ``state`` is done, current, open or locked, ``when`` a date in words."""

    label: str
    state: str
    when: str = ""
    reason: str = ""


def may_move(stage: TenderStage, wanted: TenderStage) -> bool:
    """Whether the table allows this move."""
    return wanted in MOVES[stage]


def objections_to_move(stage: TenderStage, wanted: TenderStage) -> list[Objection]:
    """Why a tender cannot go from one stage to another; empty when the table allows it."""
    if may_move(stage, wanted):
        return []
    possible = ", ".join(f"„{target.label}“" for target in (*PATH, TenderStage.CANCELLED) if target in MOVES[stage])
    outlook = f"Möglich ist von hier aus: {possible}." if possible else "Damit ist das Verfahren abgeschlossen."
    return [
        Objection(f"Von „{stage.label}“ führt kein Weg zu „{wanted.label}“. {outlook}"),
    ]


def has_reached(stage: TenderStage, seen: Collection[TenderStage]) -> bool:
    """Whether one of the stages a tender has seen is this one or lies behind it; a cancellation lies behind none."""
    return any(place(one) >= place(stage) for one in seen if one is not TenderStage.CANCELLED)


def place(stage: TenderStage) -> int:
    """Where a stage stands on the path; a negotiation stands where the bids are opened, since it leads there again."""
    return PATH.index(TenderStage.OPENED if stage is TenderStage.NEGOTIATION else stage)


def steps(stage: TenderStage, dates: Mapping[TenderStage, str]) -> list[StageStep]:
    """Every stage as a step; ``dates`` says in words when a stage was reached or, for a later one, is due.

    A cancelled tender shows how far it came: the stages it reached have a date, the others stay locked.
    """
    if stage is TenderStage.CANCELLED:
        reached = [_step_of_cancelled(one, dates) for one in PATH]
        return [*reached, StageStep(stage.label, "current", dates.get(stage, ""))]
    here = place(stage)
    return [_step(one, number - here, dates.get(one, "")) for number, one in enumerate(PATH)]


def _step(stage: TenderStage, distance: int, when: str) -> StageStep:
    if distance <= 0:
        is_finished = distance < 0 or stage is TenderStage.AWARDED
        return StageStep(stage.label, "done" if is_finished else "current", when)
    reason = "" if when else _WAITS_FOR.get(stage, "")
    return StageStep(stage.label, "open" if distance == 1 else "locked", when, reason)


def _step_of_cancelled(stage: TenderStage, dates: Mapping[TenderStage, str]) -> StageStep:
    if stage is TenderStage.PLANNED or stage in dates:
        return StageStep(stage.label, "done", dates.get(stage, ""))
    return StageStep(stage.label, "locked", "", "durch die Aufhebung entfallen")
