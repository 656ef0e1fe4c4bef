"""One comparison in the laboratory as it is shown and as it is put on file: the same figures in both places.

Tried bids, methods with their parameters as texts and the seed go in; a table of columns comes out that knows nothing
of how it was calculated, so that a stored comparison can be read for years without calculating anything again.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from procurement.evaluation.laboratory import Outcome, TriedBid, Variant, compared, different_winners
from procurement.evaluation.laboratory_remarks import ZERO_PRICE, Remark, divides_by_price, remarks_on
from procurement.evaluation.laboratory_simulation import Counts, Ranges, counted, drawn, per_set, ranges_of
from procurement.tenders.kinds import TieRule
from procurement.tenders.method import ScoringMethod
from procurement.tenders.scoring_setup import UnreadableParameter, completed, parameters_of, worded_setup

NO_WORDS = ("Wertungsmethode", "höchste erreichbare Punktzahl", "Summe der Gewichtungspunkte", "bei Gleichstand")


@dataclass(frozen=True, slots=True)
class VariantEntry:
    """A method with its parameters as exact decimal texts, as a tender stores them."""

    method: ScoringMethod
    parameters: Mapping[str, str]

    def completed(self, max_points: int) -> dict[str, str]:
        """What this method uses, with so many attainable points; what else is there does not count."""
        return completed(self.method, {**self.parameters, "max_points": str(max_points)})

    def words(self, tie_rule: TieRule) -> list[tuple[str, str]]:
        """The parameters with their German names, without what all variants have in common."""
        worded = worded_setup(self.method.value, completed(self.method, self.parameters), tie_rule)
        return [(name, text) for name, text in worded if name not in NO_WORDS]


@dataclass(frozen=True, slots=True)
class Experiment:
    """What is tried: hypothetical bids, variants, one tie rule for all, and the seed of the random sets.

    ``max_points`` is Lmax; a method is only taken over with the one that follows from the criteria of the tender.
    """

    bids: tuple[TriedBid, ...]
    variants: tuple[VariantEntry, ...]
    tie_rule: TieRule
    max_points: int
    seed: int


@dataclass(frozen=True, slots=True)
class Cell:
    """Score as shown and rank of one bid; a bid outside the corridor has no rank."""

    score: Fraction | None
    rank: int | None


@dataclass(frozen=True, slots=True)
class Column:
    """One variant: its cells in the order of the bids, and what was counted and remarked."""

    method: str
    label: str
    words: tuple[tuple[str, str], ...]
    problems: tuple[str, ...]
    cells: tuple[Cell, ...]
    winners: tuple[str, ...]
    price_effect: Fraction | None
    flipped: int | None
    won_by_cheapest: int | None
    won_by_best: int | None
    remarks: tuple[Remark, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """The whole table with the random sets it counted in."""

    bids: tuple[TriedBid, ...]
    columns: tuple[Column, ...]
    hints: tuple[str, ...]
    different_winners: int
    max_points: int
    seed: int
    sets: int
    per_set: int
    ranges: Ranges


def outcomes_of(experiment: Experiment) -> list[Outcome]:
    """The scored variants, for the picture and the table."""
    found = []
    for entry in experiment.variants:
        try:
            parameters = parameters_of(entry.completed(experiment.max_points), experiment.tie_rule)
        except UnreadableParameter as unreadable:
            blank = Variant(entry.method, parameters_of({}, experiment.tie_rule))
            found.append(Outcome(blank, None, problems=(str(unreadable.objection),)))
        else:
            found += compared(experiment.bids, [Variant(entry.method, parameters)])
    return found


def comparison_of(experiment: Experiment, outcomes: Sequence[Outcome]) -> Comparison:
    """The table of these outcomes, with the random sets drawn and counted."""
    ranges, size = ranges_of(experiment.bids, experiment.max_points), per_set(experiment.bids)
    sets = drawn(ranges, size, experiment.seed)
    columns = []
    for entry, outcome in zip(experiment.variants, outcomes, strict=True):
        counts = counted(outcome.variant, sets) if outcome.sheet else None
        columns.append(_column(experiment, entry, outcome, counts))
    return Comparison(
        bids=experiment.bids,
        columns=tuple(columns),
        hints=(ZERO_PRICE,) if divides_by_price(outcomes) else (),
        different_winners=different_winners(outcomes),
        max_points=experiment.max_points,
        seed=experiment.seed,
        sets=len(sets),
        per_set=size,
        ranges=ranges,
    )


def _column(experiment: Experiment, entry: VariantEntry, outcome: Outcome, counts: Counts | None) -> Column:
    lines = [outcome.line(bid.name) for bid in experiment.bids]
    return Column(
        method=entry.method.value,
        label=entry.method.label,
        words=tuple(entry.words(experiment.tie_rule)),
        problems=outcome.problems,
        cells=tuple(Cell(line.display_score, line.rank) if line else Cell(None, None) for line in lines),
        winners=outcome.winners,
        price_effect=outcome.price_effect,
        flipped=counts.flipped if counts else None,
        won_by_cheapest=counts.won_by_cheapest if counts else None,
        won_by_best=counts.won_by_best if counts else None,
        remarks=tuple(remarks_on(outcome, counts, experiment.bids)),
    )
