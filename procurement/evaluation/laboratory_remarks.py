"""What somebody should know before choosing a method, said with the figures of the tried bids; nothing is forbidden.

The bounds of 30 % and 90 % are ours, drawn from OLG Düsseldorf (Verg 3/12 and Verg 33/12: the price neither marginal
nor crushing), here held against the weight that was measured; the announced weight is remarked on with the method.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from procurement.evaluation.laboratory import Outcome, TriedBid, compared
from procurement.evaluation.laboratory_simulation import Counts
from procurement.evaluation.price_scale import FIXED_AMOUNTS
from procurement.tenders.method import (
    CRUSHING_PRICE_WEIGHT,
    MARGINAL_PRICE_WEIGHT,
    PRICE_RANKED_METHODS,
    RATIO_METHODS,
    UNDIVIDED_METHODS,
    ScoringMethod,
    remarks_on_parameters,
)
from procurement.values.figures import percent, short_german
from procurement.values.rounding import half_up

FLIP_PRONE_PER_THOUSAND = 10
THOUSAND, PERCENT = 1000, 100
WITHOUT_TRADE = (*PRICE_RANKED_METHODS, ScoringMethod.QUALITY_ONLY)
MOVED_BY_BASE_POINTS = (
    *RATIO_METHODS,
    ScoringMethod.EXPONENTIAL,
    ScoringMethod.WEIGHTED_MEDIAN,
    ScoringMethod.WEIGHTED_MEAN,
)
# In these the order of two bids never depends on a third one.
WITHOUT_FLIPS = (
    *UNDIVIDED_METHODS,
    ScoringMethod.SIMPLE_RATIO,
    ScoringMethod.EXPONENTIAL,
    ScoringMethod.WEIGHTED_REFERENCE,
)
ZERO_PRICE = (
    "Mindestens ein Verfahren teilt durch den Preis. Legen Sie vor der Veröffentlichung fest, wie ein Angebot über 0 € "
    "gewertet wird: Es ist nicht schon deshalb ausgeschlossen (EuGH, C-367/19), die Wertung hielte sonst an."
)


@dataclass(frozen=True, slots=True)
class Remark:
    """One sentence; ``is_warning`` sets apart what speaks against the method from what should merely be known."""

    text: str
    is_warning: bool = True


def remarks_on(outcome: Outcome, counts: Counts | None, bids: Sequence[TriedBid]) -> list[Remark]:
    """Everything to be said about one variant; nothing about one that could not be applied."""
    if outcome.sheet is None:
        return []
    variant = outcome.variant
    is_known = variant.method is ScoringMethod.SIMPLE_RATIO  # what it says there is a property, no objection
    found = [
        Remark(text, is_warning=not is_known) for text in remarks_on_parameters(variant.method, variant.parameters)
    ]
    found += _on_price_effect(outcome)
    found += _on_flips(counts, variant.method)
    found += _on_scale(outcome)
    return found + _on_base_points(outcome, bids)


def divides_by_price(outcomes: Sequence[Outcome]) -> bool:
    """Whether a bid of 0 euro would stop some of these methods."""
    return any(outcome.variant.method not in UNDIVIDED_METHODS for outcome in outcomes)


def named(winners: Sequence[str]) -> str:
    """Winners as a sentence names them."""
    return " und ".join(winners) or "niemand"


def _on_price_effect(outcome: Outcome) -> list[Remark]:
    effect = outcome.price_effect
    if effect is None or outcome.variant.method in WITHOUT_TRADE:
        return []
    shown = f"{half_up(effect * PERCENT)} %"
    if effect < MARGINAL_PRICE_WEIGHT:
        bound, verdict = percent(MARGINAL_PRICE_WEIGHT), "unter"
    elif effect > CRUSHING_PRICE_WEIGHT:
        bound, verdict = percent(CRUSHING_PRICE_WEIGHT), "über"
    else:
        return []
    text = (
        f"Bei diesen Angeboten wirkt der Preis mit {shown}, also {verdict} {bound}: Er darf weder Randgröße sein noch "
        "die Leistung erdrücken (OLG Düsseldorf, Verg 3/12 und Verg 33/12; die Grenze ist eine eigene)."
    )
    return [Remark(text)]


def _on_flips(counts: Counts | None, method: ScoringMethod) -> list[Remark]:
    if counts is None:
        return []
    if not counts.flipped:
        text = f"In keinem von {_whole(counts.sets)} Angebotssätzen hing Rang 1 an einem Angebot, das nicht gewinnt."
        never = "Das kann hier nicht vorkommen: Die Reihenfolge zweier Angebote hängt nie von einem dritten ab."
        seldom = "Ausgeschlossen ist es bei diesem Verfahren nicht."
        return [Remark(f"{text} {never if method in WITHOUT_FLIPS else seldom}", is_warning=False)]
    is_prone = counts.flipped * THOUSAND >= FLIP_PRONE_PER_THOUSAND * counts.sets
    text = (
        f"In {_whole(counts.flipped)} von {_whole(counts.sets)} Angebotssätzen hing Rang 1 an einem Angebot, das "
        "selbst nicht gewinnt. Wird ein solches später ausgeschlossen, gewinnt ein anderes."
    )
    return [Remark(text, is_warning=is_prone)]


def _on_scale(outcome: Outcome) -> list[Remark]:
    if outcome.variant.method not in FIXED_AMOUNTS:
        return []
    if not outcome.changes_with_scale:
        text = "Um 20 % niedriger oder höher angesetzt änderte der feste Eurobetrag Rang 1 hier nicht."
        return [Remark(f"{text} Bei einem anderen Preisniveau kann das anders sein.", is_warning=False)]
    cases = zip(("20 % niedriger", "20 % höher"), outcome.rescaled, strict=True)
    said = ", ".join(f"{case}: {named(winners)}" for case, winners in cases)
    return [Remark(f"Rang 1 hängt davon ab, wo die festen Eurobeträge stehen. {said[0].upper()}{said[1:]}.")]


def _on_base_points(outcome: Outcome, bids: Sequence[TriedBid]) -> list[Remark]:
    """What all bids have in common changes nothing between them, but it does change the result of a division."""
    base = min(bid.points for bid in bids)
    if outcome.variant.method not in MOVED_BY_BASE_POINTS or not base:
        return []
    without = compared([replace(bid, points=bid.points - base) for bid in bids], [outcome.variant])[0]
    if not without.winners or without.winners == outcome.winners:
        return []
    text = (
        f"Sockelpunkte verschieben das Gewicht zum Preis: Zöge man allen die {_whole(base)} Punkte ab, die hier jedes "
        f"Angebot hat, gewänne {named(without.winners)} statt {named(outcome.winners)}. Punkte für Ausschlusskriterien "
        "gehören deshalb nicht in die Leistungspunkte."
    )
    return [Remark(text, is_warning=False)]


def _whole(number: int) -> str:
    return short_german(Fraction(number))
