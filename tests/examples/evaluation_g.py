"""Worked examples of bid evaluation, G1 to G11: every expected figure is copied from the paper or found by hand.

A bid is written as on paper, name, performance points, price in euro; expected figures are exact fractions as text.
"""

from fractions import Fraction
from typing import NamedTuple

from procurement.evaluation.bid_figures import BidFigures
from procurement.tenders.criteria_tree import CriteriaTree, Criterion
from procurement.tenders.method import (
    DecisionCriterion,
    PriceRule,
    QualityReference,
    RoundingPlace,
    ScoringMethod,
    ScoringParameters,
)
from procurement.values.money import Money


def bids(*rows: tuple[str, int | str, int]) -> list[BidFigures]:
    """Bids from rows like ``("A", 8000, 100000)``."""
    return [BidFigures(name, Fraction(points), Money.of(price)) for name, points, price in rows]


def fractions(*texts: str) -> list[Fraction]:
    return [Fraction(text) for text in texts]


# --- Parameters -----------------------------------------------------------------------------------------------------

PLAIN = ScoringParameters()


def corridor(width: str, criterion: str) -> ScoringParameters:
    return ScoringParameters(corridor=Fraction(width), criterion=DecisionCriterion(criterion))


def weighted(quality_weight: str, zero_at: int | None = None) -> ScoringParameters:
    """Weights with 1,000 attainable points."""
    return ScoringParameters(
        quality_weight=Fraction(quality_weight),
        max_points=Fraction(1000),
        zero_at=None if zero_at is None else Fraction(zero_at),
    )


EVERYTHING = ScoringParameters(
    quality_weight=Fraction("0.6"),
    corridor=Fraction("0.10"),
    criterion=DecisionCriterion.QUALITY,
    max_points=Fraction(1000),
    zero_at=Fraction(2),
    reference_points=Fraction(800),
    reference_price=Fraction(100_000),
    quality_reference=QualityReference.ATTAINABLE,
    price_weight=Fraction(100),
    price_rule=PriceRule.QUOTIENT,
    bonus_per_point=Fraction(10),
    threshold=Fraction("0.5"),
)

# --- G1 and G2: four bids, Richtwertmethode -------------------------------------------------------------------------

G1_BIDS = bids(("A", 8000, 100_000), ("B", 9000, 125_000), ("C", 9500, 132_000), ("D", 7000, 90_000))
G1_SHOWN = dict(zip("ABCD", fractions("800", "720", "23750/33", "7000/9"), strict=True))
G1_RANKS = {"A": 1, "D": 2, "B": 3, "C": 4}

G2_LOWER_BOUND_SHOWN = Fraction(720)


class CorridorCase(NamedTuple):
    name: str
    parameters: ScoringParameters
    inside: str
    winner: str


CORRIDOR_CASES = [
    CorridorCase("G2", corridor("0.10", "quality"), "ABD", "B"),
    CorridorCase("G2a price, 10 %", corridor("0.10", "price"), "ABD", "D"),
    CorridorCase("G2a quality, 5 %", corridor("0.05", "quality"), "AD", "A"),
    CorridorCase("G2a price, 5 %", corridor("0.05", "price"), "AD", "D"),
]

# --- G3: a tie ------------------------------------------------------------------------------------------------------

G3_BIDS = bids(("A", 8000, 100_000), ("B", 7000, 87_500), ("C", 9000, 120_000))
G3_SHOWN = dict(zip("ABC", fractions("800", "800", "750"), strict=True))
G3_RANKS = {"A": 1, "B": 1, "C": 3}


# --- Weighted methods: scores of 100 points -------------------------------------------------------------------------


class ScoreCase(NamedTuple):
    """Expected exact score and rank per bid, in the order of the bids."""

    name: str
    method: ScoringMethod
    parameters: ScoringParameters
    bids: list[BidFigures]
    scores: list[Fraction]
    ranks: list[int]


_G5A = [("A", 1000, 170_000), ("B", 650, 80_000), ("C", 550, 180_000)]
_G5B = [("A", 600, 80_000), ("B", 900, 180_000), ("C", 600, 170_000)]
_G5C = [("A", 950, 180_000), ("B", 800, 130_000), ("C", 500, 80_000)]
_G5D = [("A", 950, 150_000), ("B", 600, 100_000), ("C", 500, 90_000)]
_G8 = [("A", 800, 100_000), ("B", 1000, 200_000), ("C", 1000, 250_000)]
_M8, _M9 = ScoringMethod.BEST_VALUE, ScoringMethod.LINEAR
_M4, _M6 = ScoringMethod.WEIGHTED_MEDIAN, ScoringMethod.WEIGHTED_MEAN
_TWINS = [("A", 700, 90_000), ("B", 700, 90_000)]

SCORE_CASES = [
    ScoreCase("G5a alone", _M6, weighted("0.6"), bids(*_G5A[:2]), fractions("252/1375", "298/1375"), [2, 1]),
    ScoreCase("G5a with C", _M6, weighted("0.6"), bids(*_G5A), fractions("813/2365", "2919/9460", "-9/172"), [1, 2, 3]),
    ScoreCase("G5b alone", _M4, weighted("0.6"), bids(*_G5B[:2]), fractions("76/325", "54/325"), [1, 2]),
    ScoreCase("G5b with C", _M4, weighted("0.6"), bids(*_G5B), fractions("7/17", "81/170", "1/5"), [2, 1, 3]),
    ScoreCase("G10a M4", _M4, weighted("0.6"), bids(*_TWINS[:1]), fractions("1/5"), [1]),
    ScoreCase("G10a M6", _M6, weighted("0.6"), bids(*_TWINS[:1]), fractions("1/5"), [1]),
    ScoreCase("G10b M4", _M4, weighted("0.6"), bids(*_TWINS), fractions("1/5", "1/5"), [1, 1]),
    ScoreCase("G5c alone", _M8, weighted("0.6"), bids(*_G5C[:2]), fractions("773/9", "88"), [2, 1]),
    ScoreCase("G5c with C", _M8, weighted("0.6"), bids(*_G5C), fractions("673/9", "944/13", "70"), [1, 2, 3]),
    ScoreCase("G5d alone", _M9, weighted("0.6", 2), bids(*_G5D[:2]), fractions("77", "76"), [1, 2]),
    ScoreCase("G5d with C", _M9, weighted("0.6", 2), bids(*_G5D), fractions("211/3", "644/9", "70"), [2, 1, 3]),
    ScoreCase("G8", _M9, weighted("0.5", 2), bids(*_G8), fractions("90", "50", "50"), [1, 2, 2]),
    ScoreCase("G10a M8", _M8, weighted("0.6"), bids(("A", 700, 90_000)), fractions("82"), [1]),
    ScoreCase("G10a M9", _M9, weighted("0.6", 2), bids(("A", 700, 90_000)), fractions("82"), [1]),
    ScoreCase("G10a M2", ScoringMethod.SIMPLE_RATIO, PLAIN, bids(("A", 700, 90_000)), fractions("7/900"), [1]),
    ScoreCase(
        "G10b", _M8, weighted("0.6"), bids(("A", 700, 90_000), ("B", 700, 90_000)), fractions("82", "82"), [1, 1]
    ),
    ScoreCase(
        "M1 on the bids of G1",
        ScoringMethod.LOWEST_PRICE,
        PLAIN,
        G1_BIDS,
        fractions("100000", "125000", "132000", "90000"),
        [2, 3, 4, 1],
    ),
]

# --- G5e: a third bid with fewer points pushes the winner out of the corridor -----------------------------------------

G5E_ALONE = bids(("A", 800, 100_000), ("B", 925, 125_000))
G5E_THIRD = bids(("X", 420, 50_000))
G5E_BOUND_ALONE = Fraction("0.0072")
G5E_BOUND_WITH_THIRD = Fraction("0.00756")

# --- G9: price points with three decimals, 10 x (2 x Pmin - P) / Pmin -------------------------------------------------

G9_PARAMETERS = ScoringParameters(
    price_weight=Fraction(1),
    price_rule=PriceRule.LINEAR,
    zero_at=Fraction(2),
    rounding_places=Fraction(3),
    rounding_place=RoundingPlace.PRICE_POINTS,
)
G9_BIDS = bids(("A", 0, "98765.43"), ("B", 0, "123456.78"), ("C", 0, 150_000))
G9_POINTS = fractions("10", "7.5", "4.812")

# --- G11: criteria tree with thirds, T = 1,000 ------------------------------------------------------------------------


def scored(number: str, weight: str, *children: Criterion, minimum: str | None = None) -> Criterion:
    """A B-criterion with its number as title."""
    return Criterion(
        number=number,
        title=f"Kriterium {number}",
        weight_percent=Fraction(weight),
        children=children,
        minimum_share=None if minimum is None else Fraction(minimum),
    )


def g11_tree(*, whole_points: bool, minimum_in_khg2: str | None = "0.5") -> CriteriaTree:
    first = scored(
        "1",
        "50",
        scored("1.1", "60", scored("1.1.1", "70"), scored("1.1.2", "30")),
        scored("1.2", "40", scored("1.2.1", "100")),
    )
    thirds = [scored(f"2.1.{leaf}", "100/3") for leaf in (1, 2, 3)]
    second = scored("2", "25", scored("2.1", "100", *thirds), minimum=minimum_in_khg2)
    third = scored(
        "3",
        "25",
        scored("3.1", "20", scored("3.1.1", "100")),
        scored("3.2", "80", scored("3.2.1", "50"), scored("3.2.2", "50")),
    )
    return CriteriaTree((first, second, third), whole_points=whole_points)


G11_LEAVES = ["1.1.1", "1.1.2", "1.2.1", "2.1.1", "2.1.2", "2.1.3", "3.1.1", "3.2.1", "3.2.2"]
G11_EXACT_WEIGHTS = fractions("210", "90", "200", "250/3", "250/3", "250/3", "50", "100", "100")
G11_WHOLE_WEIGHTS = fractions("210", "90", "200", "84", "83", "83", "50", "100", "100")


class G11Bid(NamedTuple):
    name: str
    points: list[int]
    price: int
    exact: Fraction
    whole: Fraction
    share_in_khg2: Fraction
    shown: Fraction


G11_BIDS = [
    G11Bid("X", [8, 6, 7, 9, 5, 7, 10, 6, 8], 240_000, *fractions("7270", "7272", "7/10", "3635/12")),
    G11Bid("Y", [10, 9, 10, 4, 3, 5, 8, 9, 9], 228_000, *fractions("8110", "8110", "2/5", "20275/57")),
    G11Bid("Z", [7, 7, 8, 6, 8, 8, 4, 9, 7], 236_000, *fractions("22000/3", "7332", "11/15", "55000/177")),
]


def points_by_leaf(bid: G11Bid) -> dict[str, int]:
    return dict(zip(G11_LEAVES, bid.points, strict=True))
