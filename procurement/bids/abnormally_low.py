"""Whether a price appears abnormally low: the gap to the next higher bid, and the task to ask the bidder (§ 60 VgV).

The statute names no percentage; practice asks from a gap of 20 % on, which is a dated rule (``LOW_BID_TRIGGER``) and
comes in as an argument. The next higher bid is 100 % by default; the gap with the own bid as base is shown beside it,
since both readings are met. Bids of equal price share the next *strictly* higher one. Nothing here excludes a bid: the
outcome is a task, the decision is a person's after the bidder was heard.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from procurement.rulebook.sources import VGV_60_1
from procurement.values.money import Money
from procurement.values.rounding import half_up


@dataclass(frozen=True, slots=True)
class Gap:
    """How far a bid lies below the next higher one; percentages are exact, ``None`` where the base is not positive."""

    next_bid_key: str
    difference: Money
    percent_of_next: Fraction | None
    percent_of_own: Fraction | None
    is_conspicuous: bool


@dataclass(frozen=True, slots=True)
class ClarificationTask:
    """The bidder must be asked to explain the price before the bid may win."""

    bid_key: str
    text: str
    norm: str = VGV_60_1


def gap_to_next(own: Money, next_bid_key: str, next_higher: Money, trigger: Fraction | int) -> Gap:
    """The gap both ways; conspicuous from ``trigger`` percent of the next higher bid on, the limit included."""
    difference = next_higher - own
    percent_of_next = _percent(difference, next_higher)
    return Gap(
        next_bid_key=next_bid_key,
        difference=difference,
        percent_of_next=percent_of_next,
        percent_of_own=_percent(difference, own),
        is_conspicuous=percent_of_next is None or percent_of_next >= trigger,
    )


def gaps(totals: Mapping[str, Money], trigger: Fraction | int) -> dict[str, Gap]:
    """The gap of every bid that has a dearer one, by bid; ``totals`` holds only complete bids still in the ranking."""
    ordered = sorted(totals.items(), key=lambda item: item[1])
    found: dict[str, Gap] = {}
    dearer: tuple[str, Money] | None = None
    for index in range(len(ordered) - 2, -1, -1):
        bid_key, own = ordered[index]
        if ordered[index + 1][1] > own:
            dearer = ordered[index + 1]
        if dearer is not None:
            found[bid_key] = gap_to_next(own, *dearer, trigger)
    return found


def clarification_tasks(totals: Mapping[str, Money], trigger: Fraction | int) -> dict[str, ClarificationTask]:
    """Who must be asked, by bid: a conspicuous gap, or nothing asked for at all (ECJ C-367/19: ask, do not exclude)."""
    found = {}
    for bid_key, gap in gaps(totals, trigger).items():
        if gap.is_conspicuous:
            found[bid_key] = ClarificationTask(bid_key, _gap_text(gap, trigger))
    for bid_key, total in totals.items():
        if total.cents <= 0:
            found[bid_key] = ClarificationTask(bid_key, ZERO_TEXT)
    return found


ZERO_TEXT = (
    "Der Angebotspreis ist nicht größer als 0 Euro. Bitte klären Sie die Preisbildung mit dem Bieter auf; "
    "ein Ausschluss allein deswegen ist nicht zulässig."
)


def _gap_text(gap: Gap, trigger: Fraction | int) -> str:
    """The task in a sentence, the percentage shown with two decimals."""
    shown = "" if gap.percent_of_next is None else f"{_german(gap.percent_of_next)} % "
    return (
        f"Das Angebot liegt {shown}unter dem nächsthöheren Angebot (Aufgreifschwelle {_german(Fraction(trigger))} %). "
        "Bitte klären Sie den Preis mit dem Bieter auf, bevor Sie über das Angebot entscheiden."
    )


def _percent(part: Money, base: Money) -> Fraction | None:
    """``part`` in percent of ``base``, exact; without a positive base there is no percentage."""
    return Fraction(part.cents * 100, base.cents) if base.cents > 0 else None


def _german(percent: Fraction) -> str:
    """A non-negative percentage with two decimals and a decimal comma, rounded half up for display only."""
    whole, rest = divmod(half_up(percent * 100), 100)
    return f"{whole},{rest:02d}"
