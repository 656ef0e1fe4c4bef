"""The frozen input of a run: all that its result depends on, so that anybody can recompute it without the database."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from procurement.allocation.cost_blocks import CostBlock, Participant, QuantityPosition
from procurement.allocation.keys import AllocationKey, Pot
from procurement.allocation.states import ChargeType
from procurement.allocation.taxation import VatCase
from procurement.values.money import Money, UnitPrice
from procurement.values.payment import Nature
from procurement.values.quantity import Quantity


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """A member's reference figure as it was read for this run; ``note`` says how the member counts if not plainly."""

    kind: AllocationKey
    value: int
    reference_date: date | None
    source: str
    census_basis: str = ""
    note: str = ""

    @property
    def origin(self) -> str:
        """Source, census basis and remark in one line."""
        return ", ".join(part for part in (self.source, self.census_basis, self.note) if part)


@dataclass(frozen=True, slots=True)
class InputMember:
    """A participating member with the figures the keys need; the name is that of the day."""

    key: str
    name: str
    figures: tuple[KeyFigure, ...]

    def figure(self, kind: AllocationKey) -> KeyFigure | None:
        """The figure of this kind, if the run needs it."""
        return next((figure for figure in self.figures if figure.kind is kind), None)


@dataclass(frozen=True, slots=True)
class LinePart:
    """An awarded line as a source of cost: ``quantity`` is billed, ``member_quantities`` belong to the whole line."""

    line_id: int
    lot: int
    number: str
    title: str
    unit: str
    nature: Nature
    supplier: str
    awarded_on: date
    unit_price: UnitPrice
    quantity: Quantity
    full_quantity: Quantity
    full_total: Money
    member_quantities: tuple[tuple[str, Quantity], ...]

    @property
    def amount(self) -> Money:
        """Net amount of the billed quantity; part of a line whose written total counts is billed in proportion."""
        if self.quantity == self.full_quantity:
            return self.full_total
        if self.counts_written_total:
            part = Fraction(self.quantity.thousandths, self.full_quantity.thousandths)
            return Money.rounded(part * Fraction(self.full_total.cents, 100))
        return self.unit_price.times(self.quantity)

    @property
    def counts_written_total(self) -> bool:
        """Whether the awarded total is the written one and not quantity x unit price."""
        return self.unit_price.times(self.full_quantity) != self.full_total

    @property
    def label(self) -> str:
        """Number and title."""
        return f"{self.number} {self.title}"


@dataclass(frozen=True, slots=True)
class AmountPart:
    """A free net amount as a source of cost, with its evidence."""

    amount: Money
    evidence: str


@dataclass(frozen=True, slots=True)
class InputBlock:
    """A cost block with its sources resolved to prices and amounts."""

    number: str
    title: str
    key: AllocationKey
    pots: tuple[Pot, ...]
    reason: str
    nature: Nature
    has_supplier_vat: bool
    lines: tuple[LinePart, ...]
    amounts: tuple[AmountPart, ...]

    @property
    def amount(self) -> Money:
        """Net amount of all sources."""
        lines = Money.total(line.amount for line in self.lines)
        return lines + Money.total(part.amount for part in self.amounts)


@dataclass(frozen=True, slots=True)
class RunInput:
    """All of a run; ``corrects`` is the number of the version it replaces."""

    tender_reference: str
    tender_title: str
    title: str
    charge_type: ChargeType
    vat_case: VatCase
    vat_rate_percent: Decimal
    period_from: date
    period_to: date
    key_reference_date: date
    due_on: date | None
    legal_basis: str
    members: tuple[InputMember, ...]
    blocks: tuple[InputBlock, ...]
    corrects: int | None = None

    @property
    def figure_kinds(self) -> tuple[AllocationKey, ...]:
        """The kinds of figures this run weighs, in the order of the keys."""
        used = {figure.kind for member in self.members for figure in member.figures}
        return tuple(kind for kind in AllocationKey if kind in used)

    def total_of(self, kind: AllocationKey) -> int:
        """The figures of one kind of all members together."""
        return sum(figure.value for member in self.members if (figure := member.figure(kind)) is not None)

    def common_origin(self, kind: AllocationKey) -> KeyFigure | None:
        """Any figure of this kind if all have the same day, source and remark, so that a table need not repeat them."""
        figures = [member.figure(kind) for member in self.members]
        origins = {(f.reference_date, f.source, f.census_basis, f.note) for f in figures if f is not None}
        return figures[0] if len(origins) == 1 else None

    @property
    def suppliers(self) -> tuple[str, ...]:
        """Whose prices are allocated, each once."""
        return tuple(dict.fromkeys(line.supplier for block in self.blocks for line in block.lines))

    @property
    def awarded_on(self) -> date | None:
        """The day of the latest award among the sources."""
        return max((line.awarded_on for block in self.blocks for line in block.lines), default=None)


def participants(given: RunInput) -> list[Participant]:
    """The members as the calculation sees them."""
    return [Participant(m.key, m.name, {figure.kind: figure.value for figure in m.figures}) for m in given.members]


def cost_blocks(given: RunInput) -> list[CostBlock]:
    """The blocks as the calculation sees them: actual quantities keep their lines, all others are one amount."""
    return [_cost_block(block) for block in given.blocks]


def _cost_block(block: InputBlock) -> CostBlock:
    is_actual = block.key is AllocationKey.ACTUAL_QUANTITY
    return CostBlock(
        number=block.number,
        label=block.title,
        key=block.key,
        amount=None if is_actual else block.amount,
        pots=block.pots,
        positions=tuple(_position(line) for line in block.lines) if is_actual else (),
        has_supplier_vat=block.has_supplier_vat,
        reason=block.reason,
    )


def _position(line: LinePart) -> QuantityPosition:
    return QuantityPosition(line.label, line.unit, line.unit_price, dict(line.member_quantities), line.full_total)
