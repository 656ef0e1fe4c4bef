"""Which intermediate figures of a method stand in the table and which unit its score has; words only, no figures.

A column appears where at least one bid has the figure, so that old runs show what they had on their day.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from procurement.evaluation.run_result import RunResult
from procurement.tenders.method import ScoringMethod

LONGEST_EXACT = 60
EURO_PLACES = 2
RATING_PLACES = 4


@dataclass(frozen=True, slots=True)
class FigureColumn:
    """One figure of every bid: ``name`` is the field of the result, ``places`` the decimals shown."""

    label: str
    name: str
    unit: str = ""
    places: int = EURO_PLACES
    is_strong: bool = False
    is_exact: bool = False


@dataclass(frozen=True, slots=True)
class Words:
    """How a method names its parts and its score; nothing for parts it does not have."""

    unit: str
    score: str = ""
    quality: str = ""
    price: str = ""
    part_unit: str = ""


_OF_HUNDRED = Words("von 100 Punkten", "Summe S", "Leistung", "Preispunkte", "von 100")
_RATIO = Words("Kennzahl Z × 10.000", "Z × 10.000")
_DIFFERENCE = Words("Kennzahl Z", "Z", "Leistungsanteil", "Preisanteil")
_PRICE = Words("€ netto, der niedrigste Preis gewinnt")

WORDS: Mapping[ScoringMethod, Words] = {
    ScoringMethod.LOWEST_PRICE: _PRICE,
    ScoringMethod.SIMPLE_RATIO: _RATIO,
    ScoringMethod.EXTENDED_RATIO: _RATIO,
    ScoringMethod.WEIGHTED_MEDIAN: _DIFFERENCE,
    ScoringMethod.WEIGHTED_REFERENCE: _DIFFERENCE,
    ScoringMethod.WEIGHTED_MEAN: _DIFFERENCE,
    ScoringMethod.BEST_VALUE: _OF_HUNDRED,
    ScoringMethod.LINEAR: _OF_HUNDRED,
    ScoringMethod.ADDITIVE: Words("Punkte", "Summe S", price="Preispunkte"),
    ScoringMethod.EXPONENTIAL: Words("Kennzahl S", "S"),
    ScoringMethod.QUALITY_ONLY: Words("Leistungspunkte bei festem Preis"),
    ScoringMethod.BONUS: Words("€ nach Abzug des Bonus, der niedrigste Wert gewinnt", "P′", "Bonus", part_unit="€"),
    ScoringMethod.THRESHOLD_PRICE: _PRICE,
}


def columns_of(method: ScoringMethod, result: RunResult, places: int) -> tuple[FigureColumn, ...]:
    """The columns between price and corridor, in the order of the calculation."""
    words = WORDS[method]
    found = [FigureColumn("Punkte, die im Korridor entscheiden", "part")]
    if words.quality:
        found.append(FigureColumn(words.quality, "quality_points", words.part_unit, places))
    if words.price:
        found.append(FigureColumn("Punkte des Preises", "price_rating", "0 bis 10", RATING_PLACES))
        found.append(FigureColumn(words.price, "price_points", words.part_unit, places))
    if words.score:
        symbol = words.score.split()[-1] if words.score.startswith("Summe") else words.score.split()[0]
        found.append(FigureColumn(words.score, "display_score", _score_unit(method), places, is_strong=True))
        found.append(_exact_column(method, symbol))
        found.append(FigureColumn(f"{symbol} ungerundet", "exact_score", is_exact=True))
    return tuple(column for column in found if _is_filled(column, result))


def _score_unit(method: ScoringMethod) -> str:
    return "€" if method is ScoringMethod.BONUS else ""


def _exact_column(method: ScoringMethod, symbol: str) -> FigureColumn:
    """What is compared; of the exponential method that is a whole power."""
    label = "Potenz von S, genau" if method is ScoringMethod.EXPONENTIAL else f"{symbol} genau"
    return FigureColumn(label, "score", is_exact=True)


def _is_filled(column: FigureColumn, result: RunResult) -> bool:
    """Whether any bid has the figure; exact figures that no cell can hold are left to the stored text."""
    figures = [getattr(bid, column.name) for bid in result.bids]
    texts = [str(figure) for figure in figures if figure is not None]
    return bool(texts) and not (column.name == "score" and any(len(text) > LONGEST_EXACT for text in texts))
