"""The sentences of an evaluation matrix: weights, scales, the published rounding, the rule for equal scores."""

from fractions import Fraction

from procurement.documents.exact_figures import exact, rounded
from procurement.documents.notation import MINUS, NOTHING
from procurement.evaluation.run_result import BidResult, RunResult
from procurement.evaluation.score_columns import LONGEST_EXACT, WORDS
from procurement.tenders.criteria_scales import FigureScale, StepScale
from procurement.tenders.criteria_tree import Criterion
from procurement.tenders.kinds import TieRule
from procurement.tenders.method import ScoringParameters
from procurement.tenders.scoring_setup import METHODS
from procurement.values.figures import percent, short_german, with_digits

DIGITS = 6

GROUP, EXCLUDING, SCORED = "Gruppe", "A (Ausschluss)", "B (Bewertung)"
EXACT = (
    "Gerechnet wird exakt mit Brüchen. Eine Rundung ist nicht veröffentlicht; gerundet ist nur die Anzeige, die "
    "Rangfolge folgt den genauen Werten."
)
PLAIN_PRICE = "Der Wertungspreis ist die Summe der Positionen (Menge × Einzelpreis); weitere Bestandteile zählen nicht."
HOW_POINTS = "LP = Leistungspunkte: Gewichtungspunkte × Bewertungspunkte BP (0 bis 10), aufsummiert im Kriterienbaum."
ONLY_RECORD = (
    "Maßgeblich sind die hier genannten Punkte und Gründe. Vorläufige Einzelnoten der Mitglieder des Gremiums sind "
    "Arbeitsnotizen und stehen nicht in dieser Matrix."
)
REPRODUCED = "Die Neuberechnung aus dem gespeicherten Text ergibt dieselben Zahlen; die Prüfsumme stimmt."
NOT_REPRODUCED = (
    "Die Neuberechnung aus dem gespeicherten Text ergibt NICHT dieselben Zahlen oder die Prüfsumme stimmt nicht."
)
NO_BID_RANKED = "Kein Angebot kann gewertet werden."


def bid_name(bidder: str, number: int) -> str:
    """How tables name a bid."""
    return f"{bidder} (Angebot {number})"


def kind(node: Criterion) -> str:
    """What a node is: a group, an A- or a B-criterion."""
    if node.children:
        return GROUP
    return SCORED if node.is_scored else EXCLUDING


def weight(published: str) -> str:
    """A weight as it was published, such as ``33,5 %`` or ``100/3 %``; empty for none."""
    return f"{published.replace('.', ',')} %" if published else ""


def minimum(share: Fraction | None) -> str:
    """A required share of the attainable points."""
    return "" if share is None else f"mindestens {percent(share)}"


def scale(node: Criterion) -> str:
    """How points come about under this criterion; empty for groups and A-criteria."""
    if node.children or not node.is_scored:
        return ""
    if isinstance(node.scale, StepScale):
        return "; ".join(f"{step.points} = {step.target}" for step in node.scale.steps)
    if isinstance(node.scale, FigureScale):
        zero = short_german(node.scale.zero_at)
        unit = f" in {node.scale.unit}" if node.scale.unit else ""
        return f"Zahl aus dem Angebot{unit}, {node.scale.direction.label}; 0 Punkte beim {zero}-Fachen der besten Zahl"
    return node.scale.kind.label


def score(result: RunResult, bid: BidResult) -> str:
    """What a bid scored, as people see it and exact, such as ``Z × 10.000 = 302,92; Z genau 727/24.000``."""
    words, figure = WORDS[METHODS[result.method]], bid.display_score
    if figure is None:
        return NOTHING
    shown = rounded(figure) if abs(figure) >= 1 else with_digits(figure, DIGITS).replace("-", MINUS)
    if not words.score:
        return f"{shown} {words.unit}"
    symbol = words.score.split()[-1] if words.score.startswith("Summe") else words.score.split()[0]
    precise = exact(bid.score)
    told = f"{words.score} = {shown}"
    return told if len(precise) > LONGEST_EXACT else f"{told}; {symbol} genau {precise}"


def rounding(parameters: ScoringParameters) -> str:
    """What is rounded, by what was published."""
    if parameters.rounding_places is None or parameters.rounding_place is None:
        return EXACT
    places = int(parameters.rounding_places)
    return (
        f"Veröffentlicht ist: {parameters.rounding_place.label} kaufmännisch gerundet auf {places} Nachkommastellen. "
        "Diese Rundung gilt auch bei Gleichstand; alles andere wird exakt gerechnet und nur für die Anzeige gerundet."
    )


def tie(parameters: ScoringParameters) -> str:
    """What decides between equal scores."""
    chain = [rule.label for rule in parameters.tie_chain if rule is not TieRule.NONE]
    if not chain:
        return "Bei gleichem Ergebnis entscheidet das Los, das zwei Personen ziehen; die Ziehung wird festgehalten."
    return f"Bei gleichem Ergebnis entscheidet: {', danach '.join(chain)}; danach das Los, das zwei Personen ziehen."
