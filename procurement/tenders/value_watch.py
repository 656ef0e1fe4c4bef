"""What a round's demand is worth while it comes in, held against the threshold of that day (§ 3 VgV).

Submitted demand makes the value; drafts are shown beside it, because they may still change. Each article is priced at
its planning price, or at the middle of its price range, and rounded half up to the cent once: its sum over all members
is the line of the later tender, and the two values must be the same. A price per month or year counts over the full
term with its options, without a total price with at most 48 months; a term nobody knows counts like one without an end
(§ 3 Abs. 11 VgV).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from procurement.rulebook import thresholds
from procurement.rulebook.rule import DatedRule
from procurement.tenders.estimate import MONTHS_RULE, THRESHOLD_RULE, euro_text
from procurement.tenders.procedure_choice import crosses
from procurement.values.money import Money, UnitPrice
from procurement.values.payment import MONTHS_PER_YEAR, ContractTerm, Period
from procurement.values.quantity import Quantity
from procurement.values.rounding import half_up

NAMED = 5
CAUSE_LENGTH = 400


@dataclass(frozen=True, slots=True)
class WatchedArticle:
    """An article with its prices and what all members together asked for, submitted and still in draft."""

    number: str
    period: Period
    planning_price_net: UnitPrice | None
    price_from_net: UnitPrice | None
    price_to_net: UnitPrice | None
    submitted: Quantity
    drafted: Quantity = Quantity(0)

    @property
    def millionths(self) -> Fraction | None:
        """The price that counts, in millionths of a euro per unit and period; nothing when none is known."""
        if self.planning_price_net is not None:
            return Fraction(self.planning_price_net.millionths)
        known = [price.millionths for price in (self.price_from_net, self.price_to_net) if price is not None]
        return Fraction(sum(known), len(known)) if known else None


@dataclass(frozen=True, slots=True)
class CountedTerm:
    """How many months of a price per period count; ``rule`` only if the rule and not the term says so."""

    months: int
    rule: DatedRule | None

    def periods(self, period: Period) -> Fraction:
        """How often a price of this period counts."""
        if period is Period.NONE:
            return Fraction(1)
        return Fraction(self.months, 1 if period is Period.MONTH else MONTHS_PER_YEAR)


@dataclass(frozen=True, slots=True)
class RoundValue:
    """The value of a round's demand on one day; ``unpriced`` are the articles that nobody can value."""

    submitted_net: Money
    drafted_net: Money
    articles: int
    unpriced: tuple[str, ...]
    term: ContractTerm
    counted: CountedTerm
    has_periods: bool
    threshold: DatedRule
    on: date

    @property
    def with_drafts_net(self) -> Money:
        """What the value would be if every draft were submitted as it is."""
        return self.submitted_net + self.drafted_net

    @property
    def threshold_net(self) -> Money:
        """The threshold in force on that day."""
        return Money.of(self.threshold.number)

    @property
    def reaches_threshold(self) -> bool:
        """Whether the submitted demand alone reaches the threshold."""
        return self.submitted_net >= self.threshold_net

    @property
    def rules(self) -> tuple[DatedRule, ...]:
        """The rules of that day that were applied."""
        shortened = (self.counted.rule,) if self.has_periods and self.counted.rule else ()
        return (self.threshold, *shortened)

    @property
    def basis(self) -> str:
        """How the figure came about: prices, term, rules, and what could not be valued."""
        return " ".join(filter(None, (self._priced(), self._months(), self._threshold(), self._left_out())))

    def _priced(self) -> str:
        return (
            f"{self.articles} Artikel mit eingereichtem Bedarf aller Mitglieder: erwartete Menge × Planungspreis oder "
            "Mitte der Preisspanne, netto (§ 3 Abs. 1 und 4 VgV)."
        )

    def _months(self) -> str:
        if not self.has_periods:
            return ""
        rule = self.counted.rule
        if rule is None:
            return f"Preise je Monat oder Jahr über die volle Laufzeit von {self.counted.months} Monaten mit Optionen."
        full = self.term.total_months
        of = f" von {full}" if full is not None else ", weil die Laufzeit nicht festgelegt ist"
        return (
            f"Preise je Monat oder Jahr ohne Gesamtpreis: {self.counted.months} Monate{of} "
            f"(Regel {rule.rule_id}, {rule.norm})."
        )

    def _threshold(self) -> str:
        return (
            f"Schwellenwert am {self.on:%d.%m.%Y}: {euro_text(self.threshold_net)} (Regel {self.threshold.rule_id}, "
            f"{self.threshold.norm})."
        )

    def _left_out(self) -> str:
        if not self.unpriced:
            return ""
        named = ", ".join(self.unpriced[:NAMED]) + (" und weitere" if len(self.unpriced) > NAMED else "")
        return f"Ohne Preis und deshalb nicht enthalten: {named}."


@dataclass(frozen=True, slots=True)
class Step:
    """One stored version beside the one before: its difference, and whether it crossed the threshold."""

    total_net: Money
    difference_net: Money | None
    is_crossing: bool


def counted_term(term: ContractTerm, on: date) -> CountedTerm:
    """The months of the full term that count on that day."""
    rule, full = thresholds.rule_on(MONTHS_RULE, on), term.total_months
    if full is None or (full > rule.number and not term.has_total_price):
        return CountedTerm(rule.number, rule)
    return CountedTerm(full, None)


def watched(articles: Iterable[WatchedArticle], term: ContractTerm, on: date) -> RoundValue:
    """The value of this demand; :class:`thresholds.NoRuleInForce` if no threshold is known for that day."""
    counted, threshold = counted_term(term, on), thresholds.rule_on(THRESHOLD_RULE, on)
    wanted = [article for article in articles if article.submitted or article.drafted]
    priced = [article for article in wanted if article.millionths is not None]
    submitted = [article for article in wanted if article.submitted]
    total = Money.total(_value(one, one.submitted, counted) for one in priced)
    with_drafts = Money.total(_value(one, one.submitted + one.drafted, counted) for one in priced)
    return RoundValue(
        submitted_net=total,
        drafted_net=with_drafts - total,
        articles=len(submitted),
        unpriced=tuple(article.number for article in wanted if article.millionths is None),
        term=term,
        counted=counted,
        has_periods=any(article.period is not Period.NONE for article in submitted),
        threshold=threshold,
        on=on,
    )


def _value(article: WatchedArticle, amount: Quantity, counted: CountedTerm) -> Money:
    price = article.millionths or Fraction(0)
    return Money(half_up(price * amount.thousandths * counted.periods(article.period) / 10**7))


def steps(totals: Sequence[tuple[Money, Money]]) -> list[Step]:
    """Versions in their order (value, threshold) as steps; the first one crosses if it reaches the threshold."""
    found: list[Step] = []
    for total, threshold in totals:
        before = found[-1].total_net if found else None
        crossed = crosses(before or Money(0), total, threshold)
        found.append(Step(total, None if before is None else total - before, crossed))
    return found
