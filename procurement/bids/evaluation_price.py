"""The evaluation price (Wertungspreis) as lines: positions, announced parts, rebate, skonto; § 58, § 59 VgV.

Every line is exact. The sum is rounded half up to the cent once, at the end, and nowhere else: that is the one place
where the product publishes a rounding of the evaluation price. A part that was announced and not priced makes the bid
incomplete and is never counted as zero. Rebate and skonto refer to the sum of the positions, skonto after the rebate.
The evaluation price ranks bids and does nothing else. What is owed are the positions less an unconditional rebate, and
maintenance as it falls due; an option is owed once it is taken, skonto off once somebody pays early, and a net present
value is never paid to anybody.

Present values count in whole years: payments at the end of year 1, 2, …, n, so that the first year is discounted once.
Rejected: days ÷ 365 within a year, which needs a date of payment that nobody knows when the terms are published.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from procurement.tenders.price_terms import MONTHS_PER_YEAR, WHOLE, PartKind, PricePart, PriceTerms, worded_part
from procurement.values.figures import exact, german, percent
from procurement.values.money import Money

POSITIONS, REBATE, SKONTO = "Summe der Positionen", "Nachlass ohne Bedingung", "Skonto"


@dataclass(frozen=True, slots=True)
class OfferedRebate:
    """An unconditional rebate: a percentage of the positions as exact decimal text, or an amount."""

    percent: str = ""
    amount: Money | None = None


@dataclass(frozen=True, slots=True)
class OfferedSkonto:
    """A discount for paying early: percent of the invoice as exact decimal text, and within how many days."""

    percent: str
    days: int


@dataclass(frozen=True, slots=True)
class OfferedFigures:
    """What one bid says in one lot: the figure of each announced part by its number, rebate and skonto if offered."""

    amounts: Mapping[str, Money]
    rebate: OfferedRebate | None = None
    skonto: OfferedSkonto | None = None


NOTHING_OFFERED = OfferedFigures({})


@dataclass(frozen=True, slots=True)
class EvaluationLine:
    """One line in exact euro; ``text`` says how it came about, an ``amount`` of ``None`` is a missing figure."""

    title: str
    text: str
    amount: Fraction | None


@dataclass(frozen=True, slots=True)
class EvaluationPrice:
    """All lines; ``asked`` parts were announced, ``missing`` names those without a figure: then there is no total."""

    lines: tuple[EvaluationLine, ...]
    missing: tuple[str, ...]
    asked: int = 0

    @property
    def total(self) -> Money | None:
        """The evaluation price, rounded half up to the cent; nothing while the positions or a figure are missing."""
        amounts = [line.amount for line in self.lines]
        known = [amount for amount in amounts if amount is not None]
        return Money.rounded(sum(known, Fraction(0))) if len(known) == len(amounts) else None

    @property
    def has_further_lines(self) -> bool:
        """Whether anything stands below the sum of the positions."""
        return len(self.lines) > 1


@dataclass(frozen=True, slots=True)
class PricedBid:
    """A bid in one lot with its evaluation price; ``exclusion`` is the norm that keeps it out, if any."""

    lot: int
    number: int
    name: str
    exclusion: str
    price: EvaluationPrice


@dataclass(frozen=True, slots=True)
class PriceRow:
    """One line across bids in their order."""

    title: str
    lines: tuple[EvaluationLine | None, ...]


def evaluation_price(positions: Money | None, terms: PriceTerms, offered: OfferedFigures, lot: int) -> EvaluationPrice:
    """Put the evaluation price of one bid in one lot together; ``positions`` is missing for an incomplete sheet."""
    base = None if positions is None else exact(positions)
    parts = terms.asked_in(lot)
    lines = [EvaluationLine(POSITIONS, "Menge × Einzelpreis", base)]
    lines += [_part_line(part, offered.amounts.get(part.number), terms) for part in parts]
    rebate = _rebate_line(base, offered.rebate)
    lines += [rebate] if rebate else []
    after_rebate = None if base is None else base + ((rebate.amount or Fraction(0)) if rebate else Fraction(0))
    lines += _skonto_lines(after_rebate, terms, offered.skonto)
    missing = tuple(named(part) for part in parts if part.number not in offered.amounts)
    return EvaluationPrice(tuple(lines), missing, len(parts))


def rebate_owed(positions: Money, rebate: OfferedRebate | None) -> Money:
    """What an unconditional rebate takes off the price of the positions, so that the rest is rounded half up once."""
    line = _rebate_line(exact(positions), rebate)
    return Money(0) if line is None else positions - Money.rounded(exact(positions) + (line.amount or Fraction(0)))


def maintenance_owed(part: PricePart, figure: Money) -> Money:
    """What maintenance costs in a year, or over its whole term where that is shorter; rounded half up."""
    months = min(part.duration or 0, MONTHS_PER_YEAR)
    share = Fraction(months, MONTHS_PER_YEAR if part.kind is PartKind.MAINTENANCE_YEAR else 1)
    return Money.rounded(exact(figure) * share)


def named(part: PricePart) -> str:
    """How sentences name an announced part."""
    return f"{part.number} {part.title}"


def rows_of(prices: Sequence[Sequence[EvaluationLine]]) -> list[PriceRow]:
    """The lines of several bids side by side, rebate and skonto last; nothing where a bid has no such line."""
    by_title = [{line.title: line for line in lines} for lines in prices]
    titles = dict.fromkeys(line.title for lines in prices for line in lines)
    order = sorted(titles, key=lambda title: (REBATE, SKONTO).index(title) if title in (REBATE, SKONTO) else -1)
    return [PriceRow(title, tuple(lines.get(title) for lines in by_title)) for title in order]


def net_present_value(costs: list[Fraction], rate: Fraction) -> Fraction:
    """What payments at the end of year 1, 2, … are worth today: the exact sum of C_t ÷ (1 + r)^t (§ 59 VgV)."""
    return sum((cost / (1 + rate) ** year for year, cost in enumerate(costs, 1)), Fraction(0))


def counted(part: PricePart, figure: Money, rate: Fraction) -> Fraction:
    """What the figure of a part adds to the evaluation price, in exact euro."""
    amount = exact(figure)
    if part.kind is PartKind.OPTION:
        return amount * part.share
    duration = part.duration or 0
    if part.kind is PartKind.MAINTENANCE_MONTH:
        return amount * duration
    if part.kind is PartKind.MAINTENANCE_YEAR:
        return amount * duration / MONTHS_PER_YEAR
    return net_present_value([amount] * duration, rate)


def _part_line(part: PricePart, figure: Money | None, terms: PriceTerms) -> EvaluationLine:
    if figure is None:
        return EvaluationLine(named(part), f"{part.kind.label}: {worded_part(part, terms.rate)}", None)
    return EvaluationLine(named(part), _counted_in_words(part, figure, terms), counted(part, figure, terms.rate))


def _counted_in_words(part: PricePart, figure: Money, terms: PriceTerms) -> str:
    """The bidder's own figure and what becomes of it."""
    amount = f"{german(exact(figure))} €"
    if part.kind is PartKind.OPTION:
        return f"Option: {percent(part.share)} von {amount}"
    if part.kind is PartKind.MAINTENANCE_MONTH:
        return f"Wartung: {amount} je Monat × {part.duration} Monate"
    if part.kind is PartKind.MAINTENANCE_YEAR:
        return f"Wartung: {amount} je Jahr × {part.duration} ÷ {MONTHS_PER_YEAR} Monate"
    return f"Lebenszykluskosten: {amount} je Jahr, {worded_part(part, terms.rate)}"


def _rebate_line(base: Fraction | None, rebate: OfferedRebate | None) -> EvaluationLine | None:
    if rebate is None:
        return None
    if rebate.amount is not None:
        return EvaluationLine(REBATE, "als Betrag angeboten", -exact(rebate.amount))
    share = Fraction(rebate.percent) / WHOLE
    return EvaluationLine(REBATE, f"{percent(share)} der Positionen", None if base is None else -base * share)


def _skonto_lines(base: Fraction | None, terms: PriceTerms, skonto: OfferedSkonto | None) -> list[EvaluationLine]:
    """A line as soon as skonto is announced or offered, so that everybody sees why it counts or does not."""
    if skonto is None:
        return [EvaluationLine(SKONTO, "nicht angeboten", Fraction(0))] if terms.skonto_percent else []
    share = Fraction(skonto.percent) / WHOLE
    offered = f"{percent(share)} bei Zahlung in {skonto.days} Tagen"
    if not terms.skonto_percent:
        return [EvaluationLine(SKONTO, f"{offered}: zählt nicht, weil nicht bekannt gemacht", Fraction(0))]
    if skonto.days < (terms.skonto_days or 0):
        text = f"{offered}: zählt nicht, verlangt sind mindestens {terms.skonto_days} Tage"
        return [EvaluationLine(SKONTO, text, Fraction(0))]
    text = f"{offered}, zählt zu {percent(terms.skonto_share)}"
    return [EvaluationLine(SKONTO, text, None if base is None else -base * share * terms.skonto_share)]
