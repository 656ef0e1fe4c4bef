"""What one dated fact is: a value with its unit, the days it holds, the norm that sets it, and where it was read.

A row is a fact, never a calculation. ``valid_to`` is the last day that counts; ``None`` means no known end, and a
missing ``valid_from`` means "always so far" (established practice without a first day).
"""

from dataclasses import dataclass
from datetime import date

from procurement.rulebook.sources import STATUTE
from procurement.values.label import Labelled

VGV_IN_FORCE = date(2016, 4, 18)
LAST_DAY_OF_OLD_LAW = date(2026, 6, 30)
REFORM = date(2026, 7, 1)


class Unit(Labelled):
    """What the value of a rule counts."""

    EUR_NET = "EUR_NET", "Euro netto"
    EUR = "EUR", "Euro"
    PERCENT = "PERCENT", "Prozent"
    HOURS = "HOURS", "Stunden"
    DAYS = "DAYS", "Tage"
    WEEKS = "WEEKS", "Wochen"
    MONTHS = "MONTHS", "Monate"
    YEARS = "YEARS", "Jahre"
    DATE = "DATE", "Datum"
    TEXT = "TEXT", "Text"
    BOOL = "BOOL", "Ja/Nein"
    REFERENCE = "REF", "Verweis auf eine andere Regel"


class Comparison(Labelled):
    """How a figure is held against the value: "from 50,000" and "above 50,000" differ by the contract at the limit."""

    AT_LEAST = ">=", "ab"
    ABOVE = ">", "über"
    AT_MOST = "<=", "höchstens"
    BELOW = "<", "unter"
    IS = "=", "gleich"
    PLUS = "+", "zuzüglich"


class WrongUnit(TypeError):
    """A rule was read as something it is not, such as a period read as an amount: a mistake in the program."""


@dataclass(frozen=True, slots=True)
class DatedRule:
    """One fact of law and the days on which it holds."""

    rule_id: str
    title: str
    value: int | str | date
    unit: Unit
    valid_from: date | None
    valid_to: date | None
    norm: str
    source: str
    comparison: Comparison = Comparison.AT_LEAST

    def is_in_force(self, day: date) -> bool:
        """Whether the rule holds on that day, first and last day included."""
        started = self.valid_from is None or self.valid_from <= day
        return started and (self.valid_to is None or day <= self.valid_to)

    @property
    def number(self) -> int:
        """The value as a whole number of its unit (euro, percent, days); raise :class:`WrongUnit` for anything else."""
        if not isinstance(self.value, int) or self.unit is Unit.BOOL:
            raise WrongUnit(f"{self.rule_id} is no number but {self.unit.value}")
        return self.value

    @property
    def holds(self) -> bool:
        """The value as yes or no; raise :class:`WrongUnit` unless the unit says so."""
        if self.unit is not Unit.BOOL:
            raise WrongUnit(f"{self.rule_id} is no yes or no but {self.unit.value}")
        return bool(self.value)


def since_2016(
    rule_id: str, title: str, value: int, unit: Unit, norm: str, comparison: Comparison = Comparison.AT_LEAST
) -> DatedRule:
    """A row read in the statute itself, in force since the VgV of 18.04.2016 and without a known end."""
    return DatedRule(rule_id, title, value, unit, VGV_IN_FORCE, None, norm, STATUTE, comparison)
