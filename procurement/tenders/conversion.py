"""From a member's own unit to the unit of a line: exact factors, never a rounded quantity.

A line for which money is paid per month or year is tendered for the whole term: 40 users over 48 months are 1.920
"Nutzer × Monat", priced per user and month. A factor that would leave the three decimals of a quantity is refused with
the name of the member it concerns; rejected: rounding, because then the parts would not add up to the line any more.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from procurement.demand.aggregation import RequestedArticle
from procurement.values.decimals import NotExact
from procurement.values.figures import german_decimal
from procurement.values.objection import Objection
from procurement.values.payment import ContractTerm, Period
from procurement.values.quantity import Quantity

if TYPE_CHECKING:
    from procurement.tenders.lineage import PlannedLine

LARGEST_FACTOR_PART = 10_000
NAMED_ARTICLES = 5
OTHER_FACTOR = "Bitte einen anderen Umrechnungsfaktor wählen."
OTHER_TERM = "Bitte eine andere Laufzeit wählen."
PERIOD_WORDS = {Period.MONTH: "Monat", Period.YEAR: "Jahr"}


@dataclass(frozen=True, slots=True)
class Part:
    """One member's quantity that is to be converted; ``label`` names the member."""

    label: str
    quantity: Quantity


def converts(quantity: Quantity, factor: Fraction) -> bool:
    """Whether the quantity has exact thousandths in the other unit."""
    return (quantity.thousandths * factor).denominator == 1


def converted(quantity: Quantity, factor: Fraction) -> Quantity:
    """The quantity in another unit; raise :class:`NotExact` where :func:`converts` says no."""
    exact = quantity.thousandths * factor
    if exact.denominator != 1:
        raise NotExact(f"{quantity} × {factor} leaves the thousandths")
    return Quantity(exact.numerator)


def own_part(quantity: Quantity, factor: Fraction) -> Fraction:
    """What a share of a line is in the member's own unit, exactly."""
    return Fraction(quantity.thousandths, 1000) / factor


def objections_to_conversion(
    parts: Iterable[Part], factor: Fraction, field: str | None = None, advice: str = OTHER_FACTOR
) -> list[Objection]:
    """The members whose quantity has more than three decimals in the other unit."""
    return [
        Objection(
            f"{part.label}: {german_decimal(part.quantity.as_decimal())} × {worded(factor)} lässt sich nicht mit drei "
            f"Nachkommastellen schreiben. {advice}",
            field,
        )
        for part in parts
        if not converts(part.quantity, factor)
    ]


def objections_to_term(term: ContractTerm, articles: Iterable[RequestedArticle]) -> list[Objection]:
    """Articles that cannot be tendered without a term, because they are paid per month or year."""
    unknown = [article for article in articles if term.periods(article.period) is None]
    if not unknown:
        return []
    named = ", ".join(f"{article.number} {article.title}" for article in unknown[:NAMED_ARTICLES])
    more = f" und {len(unknown) - NAMED_ARTICLES} weitere" if len(unknown) > NAMED_ARTICLES else ""
    text = f"Diese Artikel werden je Monat oder Jahr bezahlt: {named}{more}. Bitte die Laufzeit in Monaten angeben."
    return [Objection(text, "term_months")]


def objections_to_periods(term: ContractTerm, lines: Iterable["PlannedLine"]) -> list[Objection]:
    """Members whose quantity over the whole term cannot be written with three decimals."""
    found = []
    for line in lines:
        parts = (Part(f"{request.member_name}, {line.article.number}", request.expected) for request in line.requests)
        factor = term.periods(line.article.period)
        found += objections_to_conversion(parts, factor, "term_months", OTHER_TERM) if factor else []
    return found


def objections_to_factor(factor: Fraction) -> list[Objection]:
    """Why a factor cannot convert one unit into another."""
    if factor <= 0:
        return [Objection("Der Umrechnungsfaktor muss größer als 0 sein.", "factor")]
    if max(factor.numerator, factor.denominator) > LARGEST_FACTOR_PART:
        text = f"Der Umrechnungsfaktor darf höchstens {LARGEST_FACTOR_PART} oder 1/{LARGEST_FACTOR_PART} sein."
        return [Objection(text, "factor")]
    return []


def worded(factor: Fraction) -> str:
    """A factor as people write it: ``10`` or ``1/12``."""
    return str(factor.numerator) if factor.denominator == 1 else f"{factor.numerator}/{factor.denominator}"


def read_factor(text: str) -> Fraction | None:
    """A typed factor such as ``10``, ``1/12`` or ``2,5``; nothing when it is none of these."""
    cleaned = text.strip().replace(" ", "")
    if "." in cleaned:
        return None
    try:
        return Fraction(cleaned.replace(",", "."))
    except (ValueError, ZeroDivisionError):
        return None


def unit_over_term(unit: str, period: Period) -> str:
    """The unit in which a line paid per period is counted: ``Nutzer/Monat`` becomes ``Nutzer × Monat``."""
    if period is Period.NONE:
        return unit
    counted, slash, ending = unit.rpartition("/")
    is_named = slash and ending.strip().casefold() == PERIOD_WORDS[period].casefold()
    return f"{counted.strip() if is_named else unit} × {PERIOD_WORDS[period]}"
