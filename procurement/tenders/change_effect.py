"""What a late demand, a withdrawal or an adjusted quantity does to a planned tender, before anybody decides about it.

Quantities per line and article, the estimated value against the threshold, whether the decision on the procedure has to
be made anew, and what every member is planned to pay: its own shares at the estimated prices, and its part of the joint
lines by the round's key among those that take part, the cents by the largest remainder. Nothing here is stored; the
same figures come out when the change is made, which a test holds to.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from procurement.rulebook.thresholds import NoRuleInForce
from procurement.tenders.estimate import Estimate, EstimatedLine, estimated
from procurement.tenders.kinds import ProcedureType
from procurement.tenders.procedure_choice import crosses, reopens
from procurement.values.money import Money, UnitPrice
from procurement.values.payment import ContractTerm, Period
from procurement.values.quantity import Quantity
from procurement.values.shares import split

NOTHING = Quantity(0)


@dataclass(frozen=True, slots=True)
class EffectLine:
    """A line of the tender with the parts of its members; a joint line has none and stays whatever happens."""

    key: int
    lot_number: int
    number: str
    title: str
    unit: str
    period: Period
    unit_price_net: UnitPrice | None
    quantity: Quantity
    shares: Mapping[int, Quantity]
    is_joint: bool = False

    @property
    def total_net(self) -> Money:
        """Quantity × price; nothing without a price."""
        return Money(0) if self.unit_price_net is None else self.unit_price_net.times(self.quantity)


@dataclass(frozen=True, slots=True)
class Move:
    """How much one member's part of a line grows; a negative quantity takes away."""

    line_key: int
    member_id: int
    quantity: Quantity


@dataclass(frozen=True, slots=True)
class KnownMember:
    """A member as the costs name it: name, the key that decides ties of a cent, its weight if it is recorded."""

    id: int
    key: str
    name: str
    weight: int | None


@dataclass(frozen=True, slots=True)
class TenderFacts:
    """What of the tender does not change: dates, term, the decision made, the value it was made by."""

    started_on: date
    term: ContractTerm
    procedure_type: ProcedureType
    decided_value_net: Money | None


@dataclass(frozen=True, slots=True)
class LineChange:
    """A line, or an article of the round, before and after."""

    number: str
    title: str
    unit: str
    before: Quantity
    after: Quantity
    minimum_before: Quantity | None = None
    minimum_after: Quantity | None = None


@dataclass(frozen=True, slots=True)
class MemberCost:
    """What a member is planned to pay net before and after; nothing where it takes no part."""

    member_id: int
    name: str
    before_net: Money | None
    after_net: Money | None

    @property
    def difference_net(self) -> Money:
        """After less before."""
        return (self.after_net or Money(0)) - (self.before_net or Money(0))


@dataclass(frozen=True, slots=True)
class Effect:
    """The change in full; estimates are missing when no threshold is known for the beginning of the procedure."""

    lines: tuple[LineChange, ...]
    members: tuple[MemberCost, ...]
    before: Estimate | None
    after: Estimate | None
    procedure_type: ProcedureType
    procedure_reopens: bool
    unpriced: tuple[str, ...]
    has_joint_cost: bool
    joint_cost_is_split: bool

    @property
    def crosses_threshold(self) -> bool:
        """Whether the value lies on the other side of the threshold afterwards."""
        if self.before is None or self.after is None:
            return False
        return crosses(self.before.total_net, self.after.total_net, self.after.threshold_net)

    def cost_of(self, member_id: int) -> MemberCost | None:
        """One member's planned cost; nothing if it has none before or after."""
        return next((cost for cost in self.members if cost.member_id == member_id), None)

    @property
    def affects_others(self) -> frozenset[int]:
        """The members whose planned cost changes."""
        return frozenset(cost.member_id for cost in self.members if cost.difference_net != Money(0))


def moved(lines: Sequence[EffectLine], moves: Iterable[Move]) -> list[EffectLine]:
    """The lines after the moves; a line from demand that nobody needs any more disappears."""
    found = {line.key: line for line in lines}
    for move in moves:
        line = found[move.line_key]
        shares = dict(line.shares)
        shares[move.member_id] = shares.get(move.member_id, NOTHING) + move.quantity
        kept = {member_id: quantity for member_id, quantity in shares.items() if quantity}
        found[move.line_key] = replace(line, shares=kept, quantity=Quantity.total(kept.values()))
    return [line for line in found.values() if line.is_joint or line.quantity]


def effect(
    lines: Sequence[EffectLine],
    moves: Sequence[Move],
    facts: TenderFacts,
    members: Sequence[KnownMember],
    participants: tuple[frozenset[int], frozenset[int]],
) -> Effect:
    """What these moves change; ``participants`` are the members that take part before and after.

    A line with a quantity of zero is one that only comes into being by the moves.
    """
    present, after = [line for line in lines if line.is_joint or line.quantity], moved(lines, moves)
    before_value, after_value = _estimate(present, facts), _estimate(after, facts)
    joint = any(line.is_joint for line in lines)
    costs = [_costs(present, members, participants[0]), _costs(after, members, participants[1])]
    decided = facts.decided_value_net
    if decided is None and before_value is not None:
        decided = before_value.total_net
    return Effect(
        lines=_line_changes(lines, after, {move.line_key for move in moves}),
        members=_member_costs(members, *costs),
        before=before_value,
        after=after_value,
        procedure_type=facts.procedure_type,
        procedure_reopens=bool(
            after_value
            and decided is not None
            and reopens(facts.procedure_type, decided, after_value.total_net, after_value.threshold_net)
        ),
        unpriced=tuple(line.number for line in after if line.unit_price_net is None),
        has_joint_cost=joint,
        joint_cost_is_split=joint and all(_weights(members, group) is not None for group in participants if group),
    )


def _line_changes(
    lines: Iterable[EffectLine], after: Iterable[EffectLine], touched: set[int]
) -> tuple[LineChange, ...]:
    quantities = {line.key: line.quantity for line in after}
    return tuple(
        LineChange(line.number, line.title, line.unit, line.quantity, quantities.get(line.key, NOTHING))
        for line in lines
        if line.key in touched
    )


def _estimate(lines: Sequence[EffectLine], facts: TenderFacts) -> Estimate | None:
    counted = [
        EstimatedLine(line.lot_number, line.number, line.quantity, line.unit_price_net, line.period) for line in lines
    ]
    try:
        return estimated(counted, facts.started_on, facts.term)
    except NoRuleInForce:
        return None


def _weights(members: Sequence[KnownMember], group: frozenset[int]) -> dict[int, int] | None:
    """The weights of those who take part; nothing if one is not recorded or all are zero."""
    taking_part = [member for member in members if member.id in group]
    known = {member.id: member.weight for member in taking_part if member.weight is not None}
    return known if len(known) == len(taking_part) and any(known.values()) else None


def _costs(lines: Sequence[EffectLine], members: Sequence[KnownMember], group: frozenset[int]) -> dict[int, Money]:
    """Per member its shares at the estimated prices and its part of the joint lines, if that can be divided."""
    cents = dict.fromkeys(group, 0)
    for line in lines:
        if line.unit_price_net is not None:
            for member_id, quantity in line.shares.items():
                cents[member_id] = cents.get(member_id, 0) + line.unit_price_net.times(quantity).cents
    weights = _weights(members, group)
    joint = Money.total(line.total_net for line in lines if line.is_joint)
    if joint and weights:
        taking_part = [member for member in members if member.id in group]
        keys = [member.key for member in taking_part]
        parts = split(joint.cents, [weights[member.id] for member in taking_part], keys).shares
        for member, part in zip(taking_part, parts, strict=True):
            cents[member.id] += part
    return {member_id: Money(amount) for member_id, amount in cents.items()}


def _member_costs(
    members: Sequence[KnownMember], before: Mapping[int, Money], after: Mapping[int, Money]
) -> tuple[MemberCost, ...]:
    return tuple(
        MemberCost(member.id, member.name, before.get(member.id), after.get(member.id))
        for member in members
        if member.id in before or member.id in after
    )
