"""A score sheet made ready for reading: decimals that tell scores apart, reference values, points per criterion, hints.

Nothing is decided here; ranks come from the exact figures. What is rounded is rounded for the eye only.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from procurement.bids.abnormally_low import clarification_tasks
from procurement.bids.evaluation_price import PriceRow, rows_of
from procurement.evaluation.formulas import DISPLAY_FACTOR, References
from procurement.evaluation.performance import LeafPoints
from procurement.evaluation.price_quality_map import PriceQualityMap, price_quality_map
from procurement.evaluation.run_input import BidInput, RunInput
from procurement.evaluation.run_result import BidResult, RunResult
from procurement.evaluation.score_columns import WORDS, FigureColumn, columns_of
from procurement.tenders.method import DIFFERENCE_METHODS, RATIO_METHODS, ScoringMethod
from procurement.tenders.scoring_setup import METHODS
from procurement.values.figures import german
from procurement.values.money import Money

FEWEST_DECIMALS, MOST_DECIMALS = 2, 12
FEWEST_ON_A_SCALE_OF_ONE = 4
SMALL_SCORES = (*DIFFERENCE_METHODS, ScoringMethod.EXPONENTIAL)
BASES: Mapping[ScoringMethod, tuple[str, str]] = {
    ScoringMethod.WEIGHTED_MEDIAN: ("Median der Leistungspunkte", "Median der Preise in €"),
    ScoringMethod.WEIGHTED_REFERENCE: ("Referenzwert der Leistungspunkte", "Referenzpreis in €"),
    ScoringMethod.WEIGHTED_MEAN: ("Mittelwert der Leistungspunkte", "Mittelwert der Preise in €"),
    ScoringMethod.BEST_VALUE: ("Beste Leistungspunkte unter den Angeboten", ""),
}


@dataclass(frozen=True, slots=True)
class ReferenceValue:
    """A figure that all bids are measured against; ``shown`` is what people compare, ``exact`` how it is stored."""

    label: str
    shown: Fraction
    exact: Fraction
    places: int = 2


@dataclass(frozen=True, slots=True)
class CriterionRow:
    """A node of the criteria tree across all bids: points given (leaves only) and performance points, by bid."""

    number: str
    title: str
    level: int
    weight_points: Fraction | None
    points: Mapping[int, Fraction]
    performance: Mapping[int, Fraction]


@dataclass(frozen=True, slots=True)
class ScoreDisplay:
    """A result with everything a page needs besides the figures themselves; hints by bid."""

    result: RunResult
    method: ScoringMethod
    references: tuple[ReferenceValue, ...]
    criteria: tuple[CriterionRow, ...]
    hints: Mapping[int, str]
    map: PriceQualityMap | None
    score_places: int
    points_places: int
    columns: tuple[FigureColumn, ...] = ()
    price_rows: tuple[PriceRow, ...] = ()
    priced: tuple[BidInput, ...] = ()

    @property
    def is_ratio(self) -> bool:
        """Whether the score is points per euro."""
        return self.method in RATIO_METHODS

    @property
    def unit(self) -> str:
        """What the score is counted in."""
        return WORDS[self.method].unit

    @property
    def has_corridor(self) -> bool:
        """Whether a corridor decides who may be chosen."""
        return self.method is ScoringMethod.EXTENDED_RATIO

    @property
    def rated(self) -> tuple[BidResult, ...]:
        """The bids that came as far as getting points, by number."""
        return tuple(bid for bid in self.result.bids if bid.groups)

    @property
    def in_order(self) -> tuple[BidResult, ...]:
        """Ranked bids first, then the others."""
        return (*self.result.ranked, *self.result.unranked)


def with_prices(display: ScoreDisplay, run_input: RunInput) -> ScoreDisplay:
    """The same with the lines of the evaluation price of every bid that has any; ``priced`` are those bids."""
    bids = [bid for bid in run_input.bids if bid.price_lines]
    rows = tuple(rows_of([bid.price_lines for bid in bids]))
    return replace(display, price_rows=rows, priced=tuple(bids))


def display_of(result: RunResult, low_bid_trigger: Fraction | int) -> ScoreDisplay:
    """Make a result ready; ``low_bid_trigger`` is the gap in percent from which a price has to be explained."""
    method = METHODS[result.method]
    places = decimals_to_tell_apart([bid.display_score for bid in result.bids])
    if method in SMALL_SCORES:
        places = max(places, FEWEST_ON_A_SCALE_OF_ONE)
    return ScoreDisplay(
        result=result,
        method=method,
        references=_references(result.references, method, places) if result.references else (),
        criteria=_criteria(result),
        hints=_hints(result, low_bid_trigger),
        map=price_quality_map(result),
        score_places=places,
        points_places=0 if all(bid.points is None or bid.points.denominator == 1 for bid in result.bids) else 2,
        columns=columns_of(method, result, places),
    )


def decimals_to_tell_apart(figures: Sequence[Fraction | None]) -> int:
    """How many decimals it takes to see that different figures differ; two if that is enough, twelve at most."""
    different = {figure for figure in figures if figure is not None}
    for decimals in range(FEWEST_DECIMALS, MOST_DECIMALS):
        if len({german(figure, decimals) for figure in different}) == len(different):
            return decimals
    return MOST_DECIMALS


def _references(references: References, method: ScoringMethod, places: int) -> tuple[ReferenceValue, ...]:
    found = [ReferenceValue("Niedrigster Preis Pmin in €", references.p_min, references.p_min)]
    if references.z_max is not None and method in RATIO_METHODS:
        shown = references.z_max * DISPLAY_FACTOR
        found.append(ReferenceValue("Beste Kennzahl Zmax × 10.000", shown, references.z_max, places))
    if references.lower_bound is not None:
        shown = references.lower_bound * DISPLAY_FACTOR
        found.append(ReferenceValue("Untergrenze des Korridors × 10.000", shown, references.lower_bound, places))
    if references.zero_price is not None:
        found.append(ReferenceValue("Preis mit 0 Preispunkten in €", references.zero_price, references.zero_price))
    points_label, price_label = BASES.get(method, ("", ""))
    if references.points_base is not None:
        found.append(ReferenceValue(points_label, references.points_base, references.points_base))
    if references.price_base is not None:
        found.append(ReferenceValue(price_label, references.price_base, references.price_base))
    if references.least_points is not None:
        least = references.least_points
        found.append(ReferenceValue("Leistungsschwelle in Leistungspunkten", least, least))
    return tuple(found)


def _criteria(result: RunResult) -> tuple[CriterionRow, ...]:
    """One row per node of the tree; every rated bid has the same nodes, since the tree is published."""
    rated = [bid for bid in result.bids if bid.groups]
    if not rated:
        return ()
    leaves = {bid.bid_id: {leaf.number: leaf for leaf in bid.leaves} for bid in rated}
    return tuple(
        _row(place, rated, {bid_id: of[group.number] for bid_id, of in leaves.items() if group.number in of})
        for place, group in enumerate(rated[0].groups)
    )


def _row(place: int, rated: Sequence[BidResult], leaves: Mapping[int, LeafPoints]) -> CriterionRow:
    group = rated[0].groups[place]
    return CriterionRow(
        number=group.number,
        title=group.title,
        level=group.level,
        weight_points=next((leaf.weight_points for leaf in leaves.values()), None),
        points={bid_id: leaf.points for bid_id, leaf in leaves.items()},
        performance={bid.bid_id: bid.groups[place].attained for bid in rated},
    )


def _hints(result: RunResult, trigger: Fraction | int) -> dict[int, str]:
    """Whose price has to be explained, among the bids that were scored (§ 60 VgV)."""
    scored = ((bid.bid_id, bid.price) for bid in result.bids if bid.score is not None)
    totals = {str(bid_id): Money.rounded(price) for bid_id, price in scored if price is not None}
    return {int(key): task.text for key, task in clarification_tasks(totals, trigger).items()}
