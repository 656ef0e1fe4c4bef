"""What each member may call off of a line: its maximum as reported, in the unit of the line."""

from dataclasses import dataclass

from procurement.values.quantity import Quantity


@dataclass(frozen=True, slots=True)
class ReportedShare:
    """A member's part of a line with the expected and the largest quantity of the report it came from."""

    line_id: int
    member_id: int
    quantity: Quantity
    expected: Quantity | None
    maximum: Quantity | None


def quota(share: ReportedShare) -> Quantity:
    """The part of the reported maximum that belongs to this share, never less than the share itself.

    ``share × maximum ÷ expected`` converts units and divides a split report in one step; thousandths that do not come
    out even are dropped, because nobody may call off more than was reported.
    """
    if not share.expected or share.maximum is None:
        return share.quantity
    scaled = share.quantity.thousandths * share.maximum.thousandths // share.expected.thousandths
    return max(share.quantity, Quantity(scaled))
