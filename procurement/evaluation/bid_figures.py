"""The figures a bid brings into the evaluation, and the check that the chosen method can be applied to them.

A bid at 0 euro is not excluded for that reason alone (ECJ C-367/19): where the formula divides by the price, the
evaluation stops instead and says so. Credits are modelled as revenue, never as a negative price.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from procurement.evaluation.errors import (
    DuplicateBid,
    FigureMissing,
    FigureOutOfRange,
    FormulaNotApplicable,
    NoBids,
)
from procurement.evaluation.formulas import Offer
from procurement.tenders.kinds import TieRule
from procurement.tenders.method import (
    UNDIVIDED_METHODS,
    DecisionCriterion,
    ScoringMethod,
    ScoringParameters,
    used,
)
from procurement.values.figures import exact, short_german
from procurement.values.money import Money


@dataclass(frozen=True, slots=True)
class BidFigures:
    """Performance points L and evaluation price P in euro; ``excluded`` is the reason, then both may be missing.

    ``parts`` are the points of single nodes of the tree by number; only the node that decides in a corridor counts.
    """

    id: str
    points: Fraction | int | None
    price: Money | Fraction | None
    excluded: str | None = None
    parts: Mapping[str, Fraction] | None = None


def offers_from(bids: Sequence[BidFigures], method: ScoringMethod, parameters: ScoringParameters) -> list[Offer]:
    """The bids still in the ranking, checked; raise a :class:`CannotEvaluate` for the first that cannot be scored."""
    _refuse_indistinct(bids)
    offers = [_offer(bid, method, parameters) for bid in bids if bid.excluded is None]
    most = parameters.max_points if "max_points" in used(method, parameters) else None
    for offer in offers:
        _refuse_impossible_price(offer, method)
        _refuse_impossible_points(offer, most)
    return offers


def _refuse_indistinct(bids: Sequence[BidFigures]) -> None:
    if not bids:
        raise NoBids("Es liegt kein Angebot vor. Eine Wertung braucht mindestens ein Angebot.")
    seen: set[str] = set()
    for bid in bids:
        if bid.id in seen:
            text = f"Das Angebot {bid.id} kommt mehrfach vor. Jedes Angebot darf nur einmal gewertet werden."
            raise DuplicateBid(text, bid=bid.id, figure="id")
        seen.add(bid.id)


def _offer(bid: BidFigures, method: ScoringMethod, parameters: ScoringParameters) -> Offer:
    price, points = bid.price, bid.points
    if price is None and (method is not ScoringMethod.QUALITY_ONLY or TieRule.PRICE in parameters.tie_chain):
        text = f"Angebot {bid.id}: Der Preis fehlt. Ein unvollständiges Angebot wird nicht gewertet."
        raise FigureMissing(text, bid=bid.id, figure="price")
    if points is None and (method is not ScoringMethod.LOWEST_PRICE or TieRule.QUALITY in parameters.tie_chain):
        text = f"Angebot {bid.id}: Die Leistungspunkte fehlen. Bewerten Sie zuerst alle Kriterien."
        raise FigureMissing(text, bid=bid.id, figure="points")
    # Points never enter the lowest price, nor a fixed price the order: such a zero is never compared with anything.
    return Offer(bid.id, exact(points or 0), exact(price or 0), _deciding_part(bid, method, parameters))


def _deciding_part(bid: BidFigures, method: ScoringMethod, parameters: ScoringParameters) -> Fraction | None:
    """The points of the published node, where such a node decides."""
    if method is not ScoringMethod.EXTENDED_RATIO or parameters.criterion is not DecisionCriterion.PART:
        return None
    number = parameters.criterion_part or ""
    part = (bid.parts or {}).get(number)
    if part is None:
        text = f"Angebot {bid.id}: Die Leistungspunkte für {number} fehlen; sie entscheiden innerhalb des Korridors."
        raise FigureMissing(text, bid=bid.id, figure="parts")
    if part < 0 or part > exact(bid.points or 0):
        text = (
            f"Angebot {bid.id}: {short_german(part)} Leistungspunkte für {number} passen nicht zu insgesamt"
            f" {short_german(exact(bid.points or 0))}. Prüfen Sie beide Angaben."
        )
        raise FigureOutOfRange(text, bid=bid.id, figure="parts")
    return part


def _refuse_impossible_price(offer: Offer, method: ScoringMethod) -> None:
    if offer.price < 0:
        text = (
            f"Angebot {offer.id}: Der Preis ist negativ. Führen Sie Gutschriften als eigene Erlösposition,"
            " nicht als negativen Wertungspreis."
        )
        raise FigureOutOfRange(text, bid=offer.id, figure="price")
    if offer.price == 0 and method not in UNDIVIDED_METHODS:
        text = (
            f"Die Formel „{method.label}“ ist nicht anwendbar: Der Preis von Angebot {offer.id} beträgt 0 €."
            " Klären Sie den Preis auf (§ 60 VgV); ein Preis von 0 € ist für sich kein Ausschlussgrund."
        )
        raise FormulaNotApplicable(text, bid=offer.id, figure="price")


def _refuse_impossible_points(offer: Offer, most: Fraction | None) -> None:
    if offer.points < 0:
        text = f"Angebot {offer.id}: Die Leistungspunkte sind negativ. Sie müssen 0 oder größer sein."
        raise FigureOutOfRange(text, bid=offer.id, figure="points")
    if most is not None and offer.points > most:
        text = (
            f"Angebot {offer.id}: {short_german(offer.points)} Leistungspunkte sind mehr als die höchste erreichbare"
            f" Punktzahl {short_german(most)}. Prüfen Sie beide Angaben."
        )
        raise FigureOutOfRange(text, bid=offer.id, figure="points")
