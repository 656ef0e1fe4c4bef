"""The estimated contract value: every line of every lot over the full term, net, against the threshold of that day.

All lots count together (§ 3 Abs. 7 VgV) and the demand of all members is one sum. The quantity of a line with a period
is already that of the whole term with its options. Without a total price such a line counts with at most 48 months
(§ 3 Abs. 11 VgV): price × quantity × counted months ÷ full months, rounded half up to the cent once per line.

Every rule is the one of the day the procedure began. Pure, so that a change can be shown before it is made:
``estimated(lines_after_the_change, tender.procedure_started_on, tender.term)``.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from procurement.rulebook import thresholds
from procurement.rulebook.rule import DatedRule
from procurement.tenders.small_lots import LotValue, small_lots
from procurement.values.figures import german_decimal
from procurement.values.money import Money, UnitPrice
from procurement.values.objection import Objection
from procurement.values.payment import ContractTerm, Period
from procurement.values.quantity import Quantity
from procurement.values.rounding import half_up

THRESHOLD_RULE = "EU_TH_SUBCENTRAL_SUPPLY_SERVICE"
MONTHS_RULE = "VALUE_MONTHS_CAP"
NO_TERM = ContractTerm()
WHOLE = Fraction(1)
NAMED_LINES = 5


@dataclass(frozen=True, slots=True)
class EstimatedLine:
    """A line as the estimate sees it; a line without a price cannot be estimated."""

    lot_number: int
    number: str
    quantity: Quantity
    unit_price_net: UnitPrice | None
    period: Period = Period.NONE


@dataclass(frozen=True, slots=True)
class CountedMonths:
    """With how many months of the full term a price per period counts, and the rule that says so."""

    counted: int
    full: int
    rule: DatedRule

    @property
    def share(self) -> Fraction:
        """The part of a line's full value that counts."""
        return Fraction(self.counted, self.full)


@dataclass(frozen=True, slots=True)
class Estimate:
    """The estimated value with the rules it was made by; ``months`` only if the term was counted shorter."""

    lots: tuple[LotValue, ...]
    line_count: int
    full_net: Money
    term: ContractTerm
    months: CountedMonths | None
    threshold: DatedRule
    procedure_started_on: date

    @property
    def total_net(self) -> Money:
        """All lots together."""
        return Money.total(lot.total_net for lot in self.lots)

    @property
    def threshold_net(self) -> Money:
        """The threshold of the day the procedure began."""
        return Money.of(self.threshold.number)

    @property
    def reaches_threshold(self) -> bool:
        """Whether EU law applies: the value is at or above the threshold."""
        return self.total_net >= self.threshold_net

    @property
    def rules(self) -> tuple[DatedRule, ...]:
        """Every rule that was applied, as it stood on the day the procedure began."""
        small = small_lots(self.lots, self.procedure_started_on) if self.reaches_threshold else None
        of_lots = (small.limit, small.share_limit) if small and small.small else ()
        return (self.threshold, *((self.months.rule,) if self.months else ()), *of_lots)

    @property
    def basis(self) -> str:
        """How the figure came about, for the file: lines, term, and every rule with its name, day and norm."""
        return " ".join(filter(None, (self._summed(), self._months(), self._threshold(), self._small_lots())))

    def _summed(self) -> str:
        months = self.term.total_months
        over = "der gesamten Laufzeit" if months is None else f"der vollen Laufzeit von {months} Monaten mit Optionen"
        return (
            f"Summe aus {self.line_count} Positionen in {len(self.lots)} Losen: Menge × geschätzter Nettopreis je "
            f"Einheit, laufende Leistungen mit der Menge {over}, alle Lose und alle Mitglieder zusammen "
            "(§ 3 Abs. 1, 4 und 7 VgV)."
        )

    def _months(self) -> str:
        if self.months is None:
            return ""
        return (
            f"Ohne Gesamtpreis zählen Preise je Monat oder Jahr mit {self.months.counted} von {self.months.full} "
            f"Monaten: {euro_text(self.total_net)} statt {euro_text(self.full_net)} ({_cited(self.months.rule)})."
        )

    def _threshold(self) -> str:
        return (
            f"Schwellenwert: {self.threshold.title}, {euro_text(self.threshold_net)}, Stand "
            f"{self.procedure_started_on:%d.%m.%Y} (Beginn des Verfahrens; {_cited(self.threshold)})."
        )

    def _small_lots(self) -> str:
        small = small_lots(self.lots, self.procedure_started_on)
        if not self.reaches_threshold or not small.small:
            return ""
        return (
            f"Lose unter {euro_text(small.limit_net)}: {len(small.small)}, zusammen {euro_text(small.small_total_net)};"
            f" höchstens {euro_text(small.allowance_net)} dürften die VgV verlassen, keines ist herausgenommen "
            f"({_cited(small.limit)}; {_cited(small.share_limit)})."
        )


def euro_text(amount: Money) -> str:
    """An amount as the file writes it: ``1.234,56 €``."""
    return f"{german_decimal(amount.as_decimal())} €"


def _cited(rule: DatedRule) -> str:
    """A rule by its name, its norm and since when it holds."""
    since = f", gilt seit {rule.valid_from:%d.%m.%Y}" if rule.valid_from else ""
    return f"Regel {rule.rule_id}, {rule.norm}{since}"


def counted_months(term: ContractTerm, on: date) -> CountedMonths | None:
    """The months that count when the term is longer than the rule of that day lets count; nothing if all of it does.

    A total price for the whole term counts in full, however long the term is (§ 3 Abs. 11 Nr. 1 VgV).
    """
    full = term.total_months
    rule = thresholds.rule_on(MONTHS_RULE, on)
    if full is None or term.has_total_price or full <= rule.number:
        return None
    return CountedMonths(rule.number, full, rule)


def line_total(line: EstimatedLine, share: Fraction = WHOLE) -> Money:
    """Quantity × unit price × share of the term (lines with a period only), half up to the cent; zero without price."""
    if line.unit_price_net is None:
        return Money(0)
    counted = WHOLE if line.period is Period.NONE else share
    return Money(half_up(Fraction(line.unit_price_net.millionths * line.quantity.thousandths, 10**7) * counted))


def lot_values(lines: Iterable[EstimatedLine], share: Fraction = WHOLE) -> tuple[LotValue, ...]:
    """The sum per lot, in the order of the lots; in full unless lines with a period count with a share only."""
    sums: dict[int, int] = {}
    for line in lines:
        sums[line.lot_number] = sums.get(line.lot_number, 0) + line_total(line, share).cents
    return tuple(LotValue(number, Money(cents)) for number, cents in sorted(sums.items()))


def counted_values(lines: Sequence[EstimatedLine], started_on: date, term: ContractTerm) -> tuple[LotValue, ...]:
    """The sum per lot as it counts for the threshold; needs no threshold of that day."""
    months = counted_months(term, started_on)
    return lot_values(lines, months.share if months else WHOLE)


def estimated(lines: Sequence[EstimatedLine], started_on: date, term: ContractTerm = NO_TERM) -> Estimate:
    """The estimate of these lines; :class:`thresholds.NoRuleInForce` if no threshold is known for that day."""
    threshold = thresholds.rule_on(THRESHOLD_RULE, started_on)
    months = counted_months(term, started_on)
    if not any(line.period is not Period.NONE for line in lines):
        months = None
    lots = lot_values(lines, months.share if months else WHOLE)
    full = Money.total(lot.total_net for lot in lot_values(lines))
    return Estimate(lots, len(lines), full, term, months, threshold, started_on)


def objections_to_estimating(lines: Sequence[EstimatedLine], term: ContractTerm = NO_TERM) -> list[Objection]:
    """Why no value can be estimated: no lines, lines without a price, a price per month or year without a term."""
    if not lines:
        return [Objection("Es gibt noch keine Positionen. Bitte zuerst Positionen in die Lose aufnehmen.")]
    found = []
    without = [line.number for line in lines if line.unit_price_net is None]
    if without:
        text = f"Ohne geschätzten Preis: {_counted(without)}. Bitte unter „Lose“ einen Preis eintragen."
        found.append(Objection(text))
    endless = [line.number for line in lines if line.period is not Period.NONE]
    if endless and term.total_months is None:
        text = (
            f"Preis je Monat oder Jahr ohne Laufzeit: {_counted(endless)}. Bitte zuerst die Laufzeit der "
            "Ausschreibung festlegen (§ 3 Abs. 1 und 11 VgV)."
        )
        found.append(Objection(text))
    return found


def _counted(numbers: Sequence[str]) -> str:
    """How many positions, with the first of them by number."""
    named = ", ".join(numbers[:NAMED_LINES]) + (" und weitere" if len(numbers) > NAMED_LINES else "")
    return f"{len(numbers)} Positionen ({named})"
