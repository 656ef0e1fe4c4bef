"""How firmly a stored run stands, read for its page: the input of the run itself and the notes of the panel."""

from dataclasses import dataclass

from procurement.evaluation.evaluator_effects import Note
from procurement.evaluation.models import EvaluationRun
from procurement.evaluation.price_quality_map import PriceQualityMap
from procurement.evaluation.queries_panel import notes_of
from procurement.evaluation.robustness import Robustness, robustness_of
from procurement.evaluation.run_input import RunInput, read
from procurement.evaluation.score_bars import ScoreBars, score_bars
from procurement.evaluation.score_lines import ScoreLine, score_lines
from procurement.evaluation.tornado import Tornado, tornado


@dataclass(frozen=True, slots=True)
class ShownRobustness:
    """The figures with their pictures."""

    figures: Robustness
    tornado: Tornado | None
    bars: ScoreBars | None
    lines: tuple[ScoreLine, ...]


def shown_robustness(run: EvaluationRun, surface: PriceQualityMap | None) -> ShownRobustness | None:
    """Everything for the page of a run; nothing if no bid was ranked; lines go onto this map."""
    run_input = read(run.input)
    figures = robustness_of(run_input, _notes(run, run_input))
    if figures is None:
        return None
    return ShownRobustness(
        figures=figures,
        tornado=tornado(figures.headroom, figures.break_evens),
        bars=score_bars(figures.result),
        lines=score_lines(surface, figures.contest) if surface else (),
    )


def _notes(run: EvaluationRun, run_input: RunInput) -> list[Note]:
    """The submitted notes on bids of this run; evaluators of the same name are told apart by their number."""
    names = {bid.bid_id: bid.name for bid in run_input.bids}
    rows = [row for row in notes_of(run.lot) if row.bid_id in names]
    people = {row.evaluator_id: row.evaluator for row in rows}
    twice = {name for name in people.values() if list(people.values()).count(name) > 1}
    return [
        Note(
            f"{row.evaluator} ({row.evaluator_id})" if row.evaluator in twice else row.evaluator,
            names[row.bid_id],
            row.criterion_number,
            row.points,
        )
        for row in rows
    ]
