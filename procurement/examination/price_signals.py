"""Why a price is to be looked at (§ 60 VgV): four signals, each with its exact figure and the dated rule behind it.

The gap to the next higher bid makes a clarification mandatory, as does a price of nothing; the others open a task that
a person may also close with a reason. No signal excludes anybody (ECJ C-367/19, BGH X ZB 10/16).

Bids are held against each other by their evaluation price, since that is what wins: a rebate or a free maintenance can
make a price abnormally low that its positions alone do not show. The own estimate is one of the positions, so it is
held against their sum; unit prices are those of the positions anyway.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from procurement.bids.abnormally_low import ZERO_TEXT, gaps
from procurement.examination.price_shift import ShiftedPrice
from procurement.values.figures import german
from procurement.values.label import Labelled
from procurement.values.money import Money


class SignalKind(Labelled):
    """What is conspicuous."""

    GAP_TO_NEXT = "gap_to_next", "Abstand zum nächsthöheren Angebot"
    NO_PRICE = "no_price", "Angebotspreis nicht größer als 0 Euro"
    GAP_TO_ESTIMATE = "gap_to_estimate", "Abstand zur eigenen Schätzung"
    GAP_TO_MEAN = "gap_to_mean", "Abstand zum Mittel der übrigen Angebote"
    PRICE_SHIFT = "price_shift", "Verlagerung zwischen Positionen"

    @property
    def is_mandatory(self) -> bool:
        """Whether the bidder must be asked."""
        return self in {SignalKind.GAP_TO_NEXT, SignalKind.NO_PRICE}


@dataclass(frozen=True, slots=True)
class Triggers:
    """From which percentage on each signal counts, by the rules of the day the procedure began."""

    next_bid: int
    estimate: int
    mean: int


@dataclass(frozen=True, slots=True)
class Signal:
    """One signal in a sentence; ``percent`` is exact, with the base that the rule names."""

    kind: SignalKind
    text: str
    percent: Fraction | None = None


def signals_of(
    totals: Mapping[str, Money],
    estimate: Money | None,
    triggers: Triggers,
    shifts: Mapping[str, Sequence[ShiftedPrice]],
    positions: Mapping[str, Money] | None = None,
) -> dict[str, list[Signal]]:
    """Every signal by bid; ``totals`` are evaluation prices of complete bids that are still in the running.

    ``positions`` are the sums of their positions where those differ.
    """
    to_next = gaps(totals, triggers.next_bid)
    found: dict[str, list[Signal]] = {}
    for key, own in totals.items():
        signals = []
        if own.cents <= 0:
            signals.append(Signal(SignalKind.NO_PRICE, ZERO_TEXT))
        if key in to_next and to_next[key].is_conspicuous and own.cents > 0:
            gap = to_next[key]
            signals.append(_gap_signal(gap.percent_of_next, gap.percent_of_own, gap.difference, triggers.next_bid))
        signals += _estimate_signal((positions or totals)[key], estimate, triggers.estimate)
        signals += _mean_signal(own, [total for other, total in totals.items() if other != key], triggers.mean)
        if shifts.get(key):
            signals.append(_shift_signal(shifts[key]))
        if signals:
            found[key] = signals
    return found


def _gap_signal(of_next: Fraction | None, of_own: Fraction | None, difference: Money, trigger: int) -> Signal:
    """Both readings of the gap (G14); the next higher bid as 100 % is the one that counts."""
    both = f"{german(of_next or Fraction(0))} % des nächsthöheren Angebots"
    if of_own is not None:
        both += f" ({german(of_own)} % des eigenen Preises)"
    text = f"{german(Fraction(difference.cents, 100))} Euro unter dem nächsthöheren Angebot, das sind {both}; "
    return Signal(SignalKind.GAP_TO_NEXT, f"{text}Aufgreifschwelle {trigger} %.", of_next)


def _estimate_signal(own: Money, estimate: Money | None, trigger: int) -> list[Signal]:
    if estimate is None or estimate.cents <= 0:
        return []
    percent = Fraction((estimate - own).cents * 100, estimate.cents)
    if percent < trigger:
        return []
    return [
        Signal(
            SignalKind.GAP_TO_ESTIMATE,
            f"{german(percent)} % unter der eigenen Schätzung von {german(Fraction(estimate.cents, 100))} Euro; "
            f"Aufgreifschwelle {trigger} %.",
            percent,
        )
    ]


def _mean_signal(own: Money, others: Sequence[Money], trigger: int) -> list[Signal]:
    if not others:
        return []
    mean = Fraction(sum(total.cents for total in others), len(others))
    if mean <= 0:
        return []
    percent = (mean - own.cents) * 100 / mean
    if percent < trigger:
        return []
    return [
        Signal(
            SignalKind.GAP_TO_MEAN,
            f"{german(percent)} % unter dem Mittel der übrigen Angebote von {german(mean / 100)} Euro; "
            f"Aufgreifschwelle {trigger} %.",
            percent,
        )
    ]


def _shift_signal(shifts: Sequence[ShiftedPrice]) -> Signal:
    high = sum(shift.is_high for shift in shifts)
    text = f"Einheitspreise weit unter dem Median der übrigen Angebote: {len(shifts) - high}, weit über ihm: {high}."
    return Signal(SignalKind.PRICE_SHIFT, text)
