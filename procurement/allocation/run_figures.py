"""The figures of a run as pages, documents and exports read them: blocks, pots with every step, members and totals.

One shape for three origins: calculated for a preview, rebuilt from the stored rows, or recomputed for a check. So a
page cannot tell them apart, and a check is a comparison of two equal things. All tuples "per member" are in the order
of ``members``, which is the German alphabet.
"""

from dataclasses import dataclass
from fractions import Fraction

from procurement.allocation.keys import AllocationKey
from procurement.allocation.proof import ControlSum
from procurement.allocation.run_input import InputBlock, InputMember, LinePart, RunInput
from procurement.allocation.taxation import VatCase, vat_on
from procurement.values.figures import percent
from procurement.values.money import Money


@dataclass(frozen=True, slots=True)
class ProofRow:
    """One member in a pot: ``floor`` and ``remainder`` of pot x weight / total weight in cents, and the extra cent."""

    weight: int
    floor: int
    remainder: int
    extra: int
    amount: Money


@dataclass(frozen=True, slots=True)
class PotFigures:
    """An amount that was split once by largest remainder; ``rows`` per member, ``unit`` says what a weight counts.

    ``percent`` is set for the pots of a mixed key, ``line`` for an awarded line split by actual quantities.
    """

    code: str
    label: str
    key: AllocationKey
    unit: str
    total: Money
    rows: tuple[ProofRow, ...]
    percent: Fraction | None = None
    line: LinePart | None = None

    @property
    def total_weight(self) -> int:
        """The weights of all members together."""
        return sum(row.weight for row in self.rows)

    @property
    def floor_total(self) -> Money:
        """What is allocated before the missing cents are handed out."""
        return Money(sum(row.floor for row in self.rows))

    @property
    def remainder_total(self) -> int:
        """The remainders together: the missing cents times the total weight."""
        return sum(row.remainder for row in self.rows)

    @property
    def extra_cents(self) -> int:
        """How many cents went to the largest remainders."""
        return sum(row.extra for row in self.rows)

    @property
    def weighs_money(self) -> bool:
        """Whether the weights are amounts of the members, which only the member itself and the association see."""
        return self.key is AllocationKey.VOLUME


@dataclass(frozen=True, slots=True)
class BlockFigures:
    """A cost block as entered, with its pots: one for a plain key, one per line for actual quantities."""

    block: InputBlock
    net: Money
    pots: tuple[PotFigures, ...]

    @property
    def amounts(self) -> tuple[Money, ...]:
        """Net amount per member."""
        columns = zip(*(pot.rows for pot in self.pots), strict=True)
        return tuple(Money.total(row.amount for row in rows) for rows in columns)

    @property
    def key_in_words(self) -> str:
        """The key with its shares: ``Mischschlüssel: 30 % Pauschale (Sockel), 70 % Einwohner``."""
        if self.block.key is not AllocationKey.MIXED:
            return self.block.key.label
        return f"{self.block.key.label}: {', '.join(pot.label for pot in self.pots)}"


@dataclass(frozen=True, slots=True)
class MemberFigures:
    """What one member pays."""

    member: InputMember
    net: Money
    vat: Money
    gross: Money

    @property
    def key(self) -> str:
        """AGS or member number."""
        return self.member.key

    @property
    def name(self) -> str:
        """The name as it was when the run was calculated."""
        return self.member.name


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the table members x blocks; a mixed key has one column per pot."""

    code: str
    title: str
    block: int
    pot: int | None = None


@dataclass(frozen=True, slots=True)
class Portion:
    """What one member bears of the whole; ``share`` in percent of the amount to pay, zero if nothing is to be paid."""

    name: str
    gross: Money
    share: Fraction


@dataclass(frozen=True, slots=True)
class RunFigures:
    """All figures of one run; ``vat_pot`` is the split of the suppliers' tax in case V1, ``None`` in case V2."""

    given: RunInput
    blocks: tuple[BlockFigures, ...]
    members: tuple[MemberFigures, ...]
    vat_pot: PotFigures | None
    net: Money
    vat: Money
    gross: Money

    @property
    def columns(self) -> tuple[Column, ...]:
        """The columns of the table in block order."""
        return tuple(column for index, block in enumerate(self.blocks) for column in _columns(index, block))

    def amounts_of(self, column: Column) -> tuple[Money, ...]:
        """The net amounts per member in one column."""
        block = self.blocks[column.block]
        return block.amounts if column.pot is None else tuple(row.amount for row in block.pots[column.pot].rows)

    def total_of(self, column: Column) -> Money:
        """The sum row of one column."""
        block = self.blocks[column.block]
        return block.net if column.pot is None else block.pots[column.pot].total

    @property
    def portions(self) -> tuple[Portion, ...]:
        """The members' portions of the amount to pay, largest first."""
        whole = self.gross.cents or 1
        portions = [Portion(m.name, m.gross, Fraction(100 * m.gross.cents, whole)) for m in self.members]
        return tuple(sorted(portions, key=lambda portion: portion.gross, reverse=True))

    def index_of(self, key: str) -> int:
        """The place of a member; :class:`KeyError` if it takes no part."""
        for index, member in enumerate(self.members):
            if member.key == key:
                return index
        raise KeyError(key)

    @property
    def supplier_net(self) -> Money:
        """Net cost that carries the suppliers' tax: their invoices."""
        return Money.total(block.net for block in self.blocks if block.block.has_supplier_vat)

    @property
    def own_cost(self) -> Money:
        """Net cost of the association itself, without tax."""
        return Money.total(block.net for block in self.blocks if not block.block.has_supplier_vat)

    @property
    def supplier_vat(self) -> Money:
        """The suppliers' tax: cost in case V1, deducted by the association in case V2."""
        return vat_on(self.supplier_net, self.given.vat_rate_percent)

    @property
    def vat_on_total(self) -> Money:
        """The tax reached the other way round: on the whole sum instead of member by member."""
        taxed = self.supplier_net if self.given.vat_case is VatCase.COST_GROSS else self.net
        return vat_on(taxed, self.given.vat_rate_percent)

    @property
    def vat_rounding_difference(self) -> Money:
        """Sum of the members' tax minus the tax on the sum; lawful in case V2 and only shown, zero in case V1."""
        return self.vat - self.vat_on_total

    @property
    def difference(self) -> Money:
        """What the members pay net minus what the blocks cost; zero in every run that was stored."""
        return Money.total(member.net for member in self.members) - (self.supplier_net + self.own_cost)

    @property
    def control_sums(self) -> tuple[ControlSum, ...]:
        """What must add up, each side along its own way."""
        return (*self._control_sums_of_blocks(), *self._control_sums_of_totals())

    def _control_sums_of_blocks(self) -> list[ControlSum]:
        sums = []
        for block in self.blocks:
            name = f"Kostenblock {block.block.number} ({block.block.title})"
            sums.append(ControlSum(f"{name}: Anteile aller Mitglieder", block.net, Money.total(block.amounts)))
            if len(block.pots) > 1:
                parts = "Positionen" if block.block.key is AllocationKey.ACTUAL_QUANTITY else "Teiltöpfe"
                sums.append(ControlSum(f"{name}: {parts}", block.net, Money.total(pot.total for pot in block.pots)))
        return sums

    def _control_sums_of_totals(self) -> list[ControlSum]:
        per_block = Money.total(block.net for block in self.blocks)
        sums = [
            ControlSum("Netto: Kostenblöcke und Gesamtsumme", per_block, self.net),
            ControlSum("Netto aller Mitglieder", self.net, Money.total(member.net for member in self.members)),
        ]
        vat = Money.total(member.vat for member in self.members)
        if self.given.vat_case is VatCase.COST_GROSS:
            sums.append(ControlSum("Umsatzsteuer der Lieferanten", self.supplier_vat, vat))
        gross = Money.total(member.gross for member in self.members)
        return [*sums, ControlSum("Zahlbetrag aller Mitglieder", self.net + vat, gross)]


def _columns(index: int, block: BlockFigures) -> list[Column]:
    if block.block.key is not AllocationKey.MIXED:
        return [Column(block.block.number, block.block.title, index)]
    return [Column(pot.code, pot.key.label, index, number) for number, pot in enumerate(block.pots)]


def pot_label(key: AllocationKey, share: Fraction) -> str:
    """The name of a pot of a mixed key: ``70 % Einwohner``."""
    return f"{percent(share / 100)} {key.label}"
