"""Grounds on which a person excludes a bid, each with its norm, and what counts as excluded without a decision.

The grounds of § 57 VgV stand in :mod:`procurement.bids.formal_check`; here come those found later, when
price and suitability are checked. A late bid nobody excused, and a variant where none are admitted, stay out without a
decision, since the law leaves none.
"""

from dataclasses import dataclass
from datetime import datetime

from procurement.bids.formal_check import ExclusionGround, is_late
from procurement.bids.states import BidState
from procurement.rulebook import sources
from procurement.values.label import Labelled


class FurtherGround(Labelled):
    """Grounds besides the formal ones; the value is stored nowhere, only the norm is."""

    PRICE_NOT_EXPLAINED = "price_not_explained", "Niedriger Preis nicht zufriedenstellend aufgeklärt"
    CRIME_OR_MISCONDUCT = "crime_or_misconduct", "Zwingender oder fakultativer Ausschlussgrund des Unternehmens"
    NOT_SUITABLE = "not_suitable", "Eignung nicht nachgewiesen"


NORMS_OF_FURTHER_GROUNDS = {
    FurtherGround.PRICE_NOT_EXPLAINED: sources.VGV_60_3,
    FurtherGround.CRIME_OR_MISCONDUCT: sources.GWB_123_124,
    FurtherGround.NOT_SUITABLE: sources.GWB_122,
}


@dataclass(frozen=True, slots=True)
class Exclusion:
    """Why a bid stays out of every ranking: the norm as documents cite it, and a German sentence."""

    norm: str
    reason: str


LATE = Exclusion(
    ExclusionGround.LATE_OR_WRONG_FORM.norm,
    "Verspätet eingegangen; dass der Bieter die Verspätung nicht zu vertreten hat, ist nicht festgehalten.",
)

NOT_ADMITTED = Exclusion(
    ExclusionGround.VARIANT_NOT_ADMITTED.norm,
    "Nebenangebote sind in diesem Verfahren nicht zugelassen.",
)


def grounds() -> list[tuple[str, str]]:
    """Every norm with its meaning in words, in the order of the check."""
    formal = [(ground.norm, ground.label) for ground in ExclusionGround]
    return formal + [(norm, ground.label) for ground, norm in NORMS_OF_FURTHER_GROUNDS.items()]


def is_unexcused(received_at: datetime, bid_deadline_at: datetime | None, excuse: str) -> bool:
    """Whether a bid came late and nobody recorded that the bidder is not to blame."""
    return bid_deadline_at is not None and is_late(received_at, bid_deadline_at) and not excuse.strip()


def exclusion_of(state: BidState, decided: Exclusion, *, is_unexcused_late: bool) -> Exclusion | None:
    """What keeps a bid out: the decision of a person, else its lateness; ``None`` for a bid in the running."""
    if state is BidState.EXCLUDED:
        return decided
    return LATE if is_unexcused_late else None
