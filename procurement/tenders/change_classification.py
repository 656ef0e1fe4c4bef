"""Whether a change of what was published is substantial: it then needs a later bid deadline (§ 20 Abs. 3 Nr. 2 VgV).

Substantial is a quantity that changes by more than the configured percent, another unit (prices are asked per unit), a
line that comes new, another buyer, and whatever the procurement office says bears on the award. An officer may raise a
change to substantial and never lower it. Percentages are exact fractions: 10 of 100 are not "more than 10 %".
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from procurement.values.figures import german_decimal, short_german
from procurement.values.label import Labelled
from procurement.values.quantity import Quantity


class ChangeClass(Labelled):
    """How much a version differs from the one before it."""

    FIRST = "first", "Veröffentlichung"
    SUBSTANTIAL = "substantial", "wesentlich"
    MINOR = "minor", "unwesentlich"


@dataclass(frozen=True, slots=True)
class LineChange:
    """A line before and after; no ``before`` for a line that comes new."""

    number: str
    title: str
    unit: str
    quantity: Quantity
    title_before: str = ""
    unit_before: str = ""
    quantity_before: Quantity | None = None

    @property
    def is_new(self) -> bool:
        """Whether the line was not in the tender before."""
        return self.quantity_before is None

    @property
    def is_change(self) -> bool:
        """Whether anything differs."""
        before = (self.title_before, self.unit_before, self.quantity_before)
        return (self.title, self.unit, self.quantity) != before

    @property
    def share(self) -> Fraction:
        """By which part of the old quantity the quantity changes; 0 for a new line."""
        if self.quantity_before is None:
            return Fraction(0)
        difference = abs(self.quantity.thousandths - self.quantity_before.thousandths)
        return Fraction(difference, self.quantity_before.thousandths)


@dataclass(frozen=True, slots=True)
class Classification:
    """The class with the sentences that led to it."""

    kind: ChangeClass
    reasons: tuple[str, ...]

    @property
    def is_substantial(self) -> bool:
        """Whether a later bid deadline is needed."""
        return self.kind is ChangeClass.SUBSTANTIAL


def classified(
    changes: Iterable[LineChange], percent: int, *, bears_on_award: bool = False, buyers: Sequence[str] = ()
) -> Classification:
    """Classify a change of lines and buyers; a quantity may change by ``percent`` without being substantial."""
    reasons = [reason for change in changes for reason in _reasons(change, percent)]
    reasons += [f"{name} kommt als Auftraggeber hinzu (Änderung der Bekanntmachung)." for name in buyers]
    if bears_on_award:
        reasons.append("Die Vergabestelle hat die Änderung als zuschlagsrelevant gekennzeichnet.")
    if reasons:
        return Classification(ChangeClass.SUBSTANTIAL, tuple(reasons))
    return Classification(
        ChangeClass.MINOR, (f"Keine Menge ändert sich um mehr als {percent} %, keine zuschlagsrelevante Angabe.",)
    )


def _reasons(change: LineChange, percent: int) -> list[str]:
    """Why this line makes the change substantial."""
    if change.is_new:
        return [f"Position {change.number} kommt neu hinzu."]
    found = []
    if change.unit != change.unit_before:
        found.append(f"Position {change.number}: Die Einheit ändert sich, auf die sich der Preis bezieht.")
    if change.share * 100 > percent:
        found.append(
            f"Position {change.number}: Die Menge ändert sich um {short_german(change.share * 100)} %, "
            f"mehr als {percent} %."
        )
    return found


def in_words(change: LineChange) -> str:
    """A change as bidders and the file read it, without anybody's share."""
    quantity = f"{german_decimal(change.quantity.as_decimal())} {change.unit}"
    if change.quantity_before is None:
        return f"Position {change.number} neu: {change.title}, {quantity}"
    parts = []
    if change.title != change.title_before:
        parts.append(f"Bezeichnung bisher „{change.title_before}“, neu „{change.title}“")
    if change.unit != change.unit_before:
        parts.append(f"Einheit bisher „{change.unit_before}“, neu „{change.unit}“")
    if change.quantity != change.quantity_before:
        before = german_decimal(change.quantity_before.as_decimal())
        parts.append(f"Menge bisher {before}, neu {german_decimal(change.quantity.as_decimal())}")
    return f"Position {change.number}: {'; '.join(parts)}"
