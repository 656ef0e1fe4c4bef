"""Control sums: what an allocation must add up to, and the refusal to hand out one that does not."""

from collections.abc import Sequence
from dataclasses import dataclass

from procurement.values.money import Money


class SumNotProven(ArithmeticError):
    """An allocation does not add up to its cost; a fault of the program, never of the inputs."""


@dataclass(frozen=True, slots=True)
class ControlSum:
    """One comparison for the auditor: the cost as it was given against the sum of what was allocated."""

    label: str
    expected: Money
    actual: Money

    @property
    def difference(self) -> Money:
        """Allocated minus given; zero in every allocation that was handed out."""
        return self.actual - self.expected


def prove(control_sums: Sequence[ControlSum]) -> None:
    """Raise :class:`SumNotProven` naming every control sum with a difference."""
    wrong = [control for control in control_sums if control.difference]
    if wrong:
        named = "; ".join(f"{control.label}: {control.expected} statt {control.actual}" for control in wrong)
        raise SumNotProven(f"Die Kostenaufteilung geht nicht auf und wird nicht ausgegeben. {named}")
