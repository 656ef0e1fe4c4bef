"""The estimated contract value: every line of every lot over the full term, net, against the threshold of that day.

All lots count together (§ 3 Abs. 7 VgV) and the demand of all members is one sum. Quantities of recurring lines are
those of the whole term, as the lines state them, so nothing is multiplied here. The threshold is the one in force when
the procedure began. Small lots may leave the EU procedure only within limits (§ 3 Abs. 9 VgV); that is shown, not done.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from procurement.rulebook import thresholds
from procurement.rulebook.rule import DatedRule
from procurement.tenders.kinds import ProcedureType
from procurement.values.money import Money, UnitPrice
from procurement.values.objection import Objection
from procurement.values.quantity import Quantity

THRESHOLD_RULE = "EU_TH_SUBCENTRAL_SUPPLY_SERVICE"
SMALL_LOT_RULE = "LOT_BAGATELLE_VALUE"
SMALL_LOTS_SHARE_RULE = "LOT_BAGATELLE_SHARE"
EU_PROCEDURES = frozenset(
    {
        ProcedureType.OPEN,
        ProcedureType.RESTRICTED,
        ProcedureType.NEGOTIATED_WITH_CALL,
        ProcedureType.NEGOTIATED_WITHOUT_CALL,
    }
)
NAMED_LINES = 5


@dataclass(frozen=True, slots=True)
class EstimatedLine:
    """A line as the estimate sees it; a line without a price cannot be estimated."""

    lot_number: int
    number: str
    quantity: Quantity
    unit_price_net: UnitPrice | None


@dataclass(frozen=True, slots=True)
class LotValue:
    """The estimated net value of one lot."""

    lot_number: int
    total_net: Money


@dataclass(frozen=True, slots=True)
class Estimate:
    """The estimated value with the rule it was held against."""

    lots: tuple[LotValue, ...]
    line_count: int
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
    def basis(self) -> str:
        """How the figure came about, for the file: lines, full term, rule and norm."""
        return (
            f"Summe aus {self.line_count} Positionen in {len(self.lots)} Losen: Menge × geschätzter Nettopreis je "
            "Einheit, laufende Leistungen mit der Menge der gesamten Laufzeit, alle Lose und alle Mitglieder zusammen "
            f"(§ 3 Abs. 1, 4 und 7 VgV). Schwellenwert: {self.threshold.title}, Stand "
            f"{self.procedure_started_on:%d.%m.%Y} (Beginn des Verfahrens, {self.threshold.norm})."
        )


@dataclass(frozen=True, slots=True)
class SmallLots:
    """Which lots could leave the EU procedure: each below the limit, together at most a share of the whole."""

    limit_net: Money
    allowance_net: Money
    small: tuple[LotValue, ...]

    @property
    def small_total_net(self) -> Money:
        """The lots below the limit together."""
        return Money.total(lot.total_net for lot in self.small)

    @property
    def releasable(self) -> tuple[LotValue, ...]:
        """The small lots that fit into the allowance on their own; together they may still be too much."""
        return tuple(lot for lot in self.small if lot.total_net <= self.allowance_net)


def line_total(line: EstimatedLine) -> Money:
    """Quantity × unit price, half up to the cent; nothing for a line without a price."""
    return line.unit_price_net.times(line.quantity) if line.unit_price_net is not None else Money(0)


def lot_values(lines: Iterable[EstimatedLine]) -> tuple[LotValue, ...]:
    """The sum per lot, in the order of the lots."""
    sums: dict[int, int] = {}
    for line in lines:
        sums[line.lot_number] = sums.get(line.lot_number, 0) + line_total(line).cents
    return tuple(LotValue(number, Money(cents)) for number, cents in sorted(sums.items()))


def estimated(lines: Sequence[EstimatedLine], procedure_started_on: date) -> Estimate:
    """The estimate of these lines; :class:`thresholds.NoRuleInForce` if no threshold is known for that day."""
    rule = thresholds.rule_on(THRESHOLD_RULE, procedure_started_on)
    return Estimate(lot_values(lines), len(lines), rule, procedure_started_on)


def small_lots(lots: Sequence[LotValue], on: date) -> SmallLots:
    """What § 3 Abs. 9 VgV would allow on that day."""
    total = Money.total(lot.total_net for lot in lots)
    limit = thresholds.amount_on(SMALL_LOT_RULE, on)
    share = Fraction(thresholds.rule_on(SMALL_LOTS_SHARE_RULE, on).number, 100)
    allowance = Money(int(total.cents * share))
    return SmallLots(limit, allowance, tuple(lot for lot in lots if lot.total_net < limit))


def objections_to_estimating(lines: Sequence[EstimatedLine]) -> list[Objection]:
    """Why no value can be estimated: no lines, or lines without a price."""
    if not lines:
        return [Objection("Es gibt noch keine Positionen. Bitte zuerst Positionen in die Lose aufnehmen.")]
    without = [line.number for line in lines if line.unit_price_net is None]
    if not without:
        return []
    named = ", ".join(without[:NAMED_LINES]) + (" und weitere" if len(without) > NAMED_LINES else "")
    text = f"Ohne geschätzten Preis: {len(without)} Positionen ({named}). Bitte unter „Lose“ einen Preis eintragen."
    return [Objection(text)]


def objections_to_procedure(procedure_type: ProcedureType, total_net: Money, threshold_net: Money) -> list[Objection]:
    """Why this procedure may not be chosen for that value: from the threshold on, only EU procedures are open."""
    if total_net < threshold_net or procedure_type in EU_PROCEDURES:
        return []
    text = (
        f"Der geschätzte Wert erreicht den EU-Schwellenwert; „{procedure_type.label}“ ist dann nicht zulässig. "
        "Bitte eine Verfahrensart der VgV wählen, in der Regel das offene oder das nicht offene Verfahren (§ 14 VgV)."
    )
    return [Objection(text, "procedure_type")]
