"""How something is paid: once or again and again, per month or per year, and over which contract term.

A price "per month" means nothing without a term. The number of periods of a term is an exact fraction, so that twelve
prices per month and one price per year are the same amount.
"""

from dataclasses import dataclass
from fractions import Fraction

from procurement.values.label import Labelled
from procurement.values.money import Money, UnitPrice
from procurement.values.quantity import Quantity

MONTHS_PER_YEAR = 12


class Nature(Labelled):
    """Whether a position is paid once or again and again."""

    ONE_OFF = "one_off", "einmalig"
    RECURRING = "recurring", "laufend"


class Period(Labelled):
    """What time a price is for; without a period the quantity itself says how much is bought over the whole term."""

    NONE = "none", "ohne Zeitraum"
    MONTH = "month", "je Monat"
    YEAR = "year", "je Jahr"


@dataclass(frozen=True, slots=True)
class ContractTerm:
    """The planned term in months with its options; ``has_total_price``: one price for the whole term is agreed."""

    months: int | None = None
    option_months: int = 0
    has_total_price: bool = True

    @property
    def total_months(self) -> int | None:
        """The full term with every option, as the value estimate counts it (§ 3 Abs. 1 VgV)."""
        return None if self.months is None else self.months + self.option_months

    def periods(self, period: Period) -> Fraction | None:
        """How often a price of this period is paid in the full term; nothing while the term is not known."""
        if period is Period.NONE:
            return Fraction(1)
        if self.total_months is None:
            return None
        return Fraction(self.total_months, 1 if period is Period.MONTH else MONTHS_PER_YEAR)


def cost(price: UnitPrice, quantity: Quantity, periods: Fraction) -> Money:
    """Price × quantity × periods, rounded half up to the cent once."""
    return Money.rounded(Fraction(price.millionths * quantity.thousandths, 10**9) * periods)


def period_of_unit(unit: str) -> Period:
    """The period a unit names: ``Nutzer/Monat`` is a price per month, ``Lizenz/Jahr`` per year."""
    ending = unit.rsplit("/", 1)[-1].strip().casefold() if "/" in unit else ""
    return {"monat": Period.MONTH, "jahr": Period.YEAR}.get(ending, Period.NONE)
