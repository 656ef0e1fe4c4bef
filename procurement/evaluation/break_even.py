"""At which price the first rank changes: how far a rival would have had to go down, how far the winner may go up.

A lower own price never takes the win from a bid (true of all methods on offer), so each bid has one such price, also
where it is the lowest price itself and all others are measured against it. Every figure is proven by scoring at it and
at the whole cents on both sides. This is a statement about the stored figures, not an invitation to change them.
"""

from dataclasses import dataclass, replace
from fractions import Fraction

from procurement.evaluation.contest import Contest, rivals
from procurement.evaluation.threshold import Probe, Threshold, threshold
from procurement.tenders.method import ScoringMethod

CENT = Fraction(1, 100)
CEILING = 1000
PERCENT = 100

ONLY_BID = "Es ist nur ein Angebot in der Wertung; mit wem es sich vergleichen ließe, gibt es nicht."
LEVEL = "Dieses Angebot liegt schon gleichauf oder davor."
PRICE_COUNTS_NOT = "Der Preis zählt bei dieser Methode nicht."
NO_PRICE_SUFFICES = "Auch mit dem Preis von 0,01 € käme dieses Angebot nicht auf Rang 1."
NO_PRICE_LOSES = f"Auch beim {CEILING}-Fachen seines Preises bliebe dieses Angebot auf Rang 1."


@dataclass(frozen=True, slots=True)
class BreakEven:
    """The price in euro at which one bid takes or loses rank 1; without one, ``reason`` says why.

    ``last_cent`` is the outermost whole-cent price (or the own price) with which the bid is on rank 1, alone or by a
    tie; one cent further it is not. ``exact`` is nothing if the price is no fraction (powers, published rounding); then
    it lies between ``last_cent`` and ``first_cent``. ``against`` are the bids it is tied with or that replace it there.
    """

    bid: str
    price: Fraction
    reason: str = ""
    exact: Fraction | None = None
    last_cent: Fraction | None = None
    first_cent: Fraction | None = None
    against: tuple[str, ...] = ()

    @property
    def nearest(self) -> Fraction | None:
        """The exact price, or the last cent that holds."""
        return self.last_cent if self.exact is None else self.exact

    @property
    def change(self) -> Fraction | None:
        """Euro from the own price to there, negative for a reduction."""
        return None if self.nearest is None else self.nearest - self.price

    @property
    def percent(self) -> Fraction | None:
        """The same in percent of the own price; nothing at a price of 0 euro."""
        return None if self.change is None or not self.price else self.change * PERCENT / self.price


def headroom(contest: Contest) -> BreakEven | None:
    """How far the price of the winner may rise; nothing if no bid or more than one is on rank 1."""
    winners = contest.winners()
    if len(winners) != 1:
        return None
    winner = winners[0]
    price = contest.prices[winner]
    blank = BreakEven(winner, price)
    if len(contest.bids) == 1:
        return replace(blank, reason=ONLY_BID)
    highest = max(CEILING * price, *contest.prices.values()) + CENT
    found = _turn(contest, winner, price, highest)
    if found is None:
        return replace(blank, reason=_price_blind(contest) or NO_PRICE_LOSES)
    return _filled(blank, contest, found)


def break_even(contest: Contest, name: str) -> BreakEven:
    """How far the price of a bid that is not on rank 1 would have to fall until it is; the nearest such price."""
    price = contest.prices[name]
    blank = BreakEven(name, price)
    lowest = _lowest(contest.method)
    if not lowest < price or not contest.with_price(name, lowest).probe(name).holds:
        return replace(blank, reason=_price_blind(contest) or NO_PRICE_SUFFICES)
    found = _turn(contest, name, lowest, price)
    return replace(blank, reason=LEVEL) if found is None else _filled(blank, contest, found)


def break_evens(contest: Contest) -> tuple[BreakEven, ...]:
    """One for every bid that is not on rank 1, in the order of the bids."""
    return tuple(break_even(contest, name) for name in rivals(contest, contest.winners()))


def break_even_against(contest: Contest, name: str, rival: str) -> BreakEven:
    """The same against one other bid alone: at which price the two are level, whoever else is in front then.

    The others still count as reference for lowest price, median and corridor.
    """
    price = contest.prices[name]
    blank = BreakEven(name, price, against=(rival,))
    lowest = _lowest(contest.method)

    def trial(price: Fraction) -> Probe:
        return contest.with_price(name, price).probe_against(name, rival)

    if not lowest < price or not trial(lowest).holds:
        return replace(blank, reason=_price_blind(contest) or NO_PRICE_SUFFICES)
    found = threshold(trial, lowest, price, CENT, price_breaks(contest, name))
    if found is None:
        return replace(blank, reason=LEVEL)
    return replace(blank, exact=found.exact, last_cent=found.inside, first_cent=found.outside)


def price_breaks(contest: Contest, name: str) -> set[Fraction]:
    """Prices of this bid at which a formula may change its shape: other prices, ends of price points and corridor."""
    parameters = contest.parameters
    own_points = contest.points.get(name)
    found: set[Fraction] = set()
    for other, price in contest.prices.items():
        if other == name:
            continue
        found.add(price)
        if parameters.zero_at:
            found |= {price * parameters.zero_at, price / parameters.zero_at}
        points = contest.points.get(other)
        if own_points and points:
            same_ratio = price * own_points / points
            found.add(same_ratio)
            if parameters.corridor is not None and parameters.corridor < 1:
                found |= {same_ratio * (1 - parameters.corridor), same_ratio / (1 - parameters.corridor)}
    return found


def _turn(contest: Contest, name: str, start: Fraction, end: Fraction) -> Threshold | None:
    return threshold(
        lambda price: contest.with_price(name, price).probe(name), start, end, CENT, price_breaks(contest, name)
    )


def _filled(blank: BreakEven, contest: Contest, found: Threshold) -> BreakEven:
    there = contest.with_price(blank.bid, found.nearest).winners()
    against = tuple(one for one in there if one != blank.bid) or tuple(
        one for one in contest.with_price(blank.bid, found.outside).winners() if one != blank.bid
    )
    return replace(blank, exact=found.exact, last_cent=found.inside, first_cent=found.outside, against=against)


def _lowest(method: ScoringMethod) -> Fraction:
    """The least price a formula can be tried with."""
    return Fraction(0) if method is ScoringMethod.LOWEST_PRICE else CENT


def _price_blind(contest: Contest) -> str:
    return PRICE_COUNTS_NOT if contest.method is ScoringMethod.QUALITY_ONLY else ""
