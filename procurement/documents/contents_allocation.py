"""All that the cost allocation of the whole association says; the same content feeds every member's statement.

The parts follow the list of what an auditor expects: reference, legal basis, key data of all participants, remainders,
control sums, VAT, corrections, signatures. Amounts are net unless the name says otherwise.
"""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from procurement.documents.contents import (
    NO_NOTES,
    ChangeLogEntry,
    ClosingNotes,
    ControlSum,
    DocumentIdentity,
    Letterhead,
    SignOffs,
)
from procurement.values.money import Money, UnitPrice
from procurement.values.quantity import Quantity


@dataclass(frozen=True, slots=True)
class TenderReference:
    """Where the cost comes from; empty texts are left out in print."""

    title: str
    number: str
    lot: str = ""
    supplier: str = ""
    awarded_on: date | None = None
    file_number: str = ""
    contract: str = ""


@dataclass(frozen=True, slots=True)
class LegalFrame:
    """Why the association may demand this and for which time; ``charge_type`` is the German label (never mixed)."""

    bases: tuple[str, ...]
    charge_type: str
    period_from: date
    period_to: date
    service_note: str = ""


@dataclass(frozen=True, slots=True)
class CostBlock:
    """A part of the cost with one key: definition and reason of the key, evidence, and any deviation with approver."""

    code: str
    title: str
    amount: Money
    recurrence: str
    key: str
    definition: str
    reason: str
    evidence: str = ""
    deviation: str = ""
    accounts: str = ""


@dataclass(frozen=True, slots=True)
class KeyFigureKind:
    """What a column of key data counts, on which day, who says so, and the sum over all participants."""

    name: str
    reference_date: date
    source: str
    census_basis: str = ""
    total: Quantity | None = None


@dataclass(frozen=True, slots=True)
class Participant:
    """A member that takes part; ``key`` is its AGS or member number, ``figures`` follow the order of the kinds."""

    key: str
    name: str
    figures: tuple[Quantity | None, ...]
    remark: str = ""


@dataclass(frozen=True, slots=True)
class QuantityLine:
    """What one participant takes of one awarded position, and its part of that line's total."""

    block_code: str
    participant_key: str
    article: str
    unit: str
    quantity: Quantity
    unit_price: UnitPrice
    amount: Money


@dataclass(frozen=True, slots=True)
class PotShare:
    """One line of a remainder table: floor of total x weight / total weight, what is left over, the extra cent."""

    key: str
    weight: int
    part: Fraction
    floor: Money
    remainder: int
    has_extra_cent: bool
    amount: Money


@dataclass(frozen=True, slots=True)
class Pot:
    """An amount that was split once by largest remainder, with all its sums; weights are whole ``weight_unit``."""

    code: str
    title: str
    total: Money
    weight_unit: str
    total_weight: int
    floor_total: Money
    remainder_total: int
    extra_cents: int
    shares: tuple[PotShare, ...]


@dataclass(frozen=True, slots=True)
class PositionColumn:
    """A cost position as a column of the position table."""

    code: str
    title: str


@dataclass(frozen=True, slots=True)
class PositionRow:
    """One participant in the position table; ``amounts`` follow the columns."""

    participant_key: str
    amounts: tuple[Money, ...]
    net: Money
    vat: Money
    gross: Money


@dataclass(frozen=True, slots=True)
class PositionTable:
    """Participants x cost positions with net, VAT and gross; the labels depend on the VAT case."""

    columns: tuple[PositionColumn, ...]
    rows: tuple[PositionRow, ...]
    total: PositionRow
    vat_label: str
    gross_label: str


@dataclass(frozen=True, slots=True)
class VatTreatment:
    """How VAT was treated for the named blocks, by which norm and why."""

    case: str
    title: str
    norm: str
    reason: str
    blocks: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Comparison:
    """The allocation against an estimate, an award or the year before; ``share`` of the reference if there is one."""

    label: str
    reference: Money
    actual: Money
    deviation: Money
    share: Fraction | None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class CorrectionDelta:
    """What a correction changes for one participant, amounts to pay."""

    participant_key: str
    previous: Money
    current: Money
    delta: Money


@dataclass(frozen=True, slots=True)
class Correction:
    """The document this one replaces, why, and the difference per participant and in total."""

    predecessor_number: str
    predecessor_version: int
    reason: str
    deltas: tuple[CorrectionDelta, ...]
    total: CorrectionDelta


@dataclass(frozen=True, slots=True)
class MembershipChange:
    """A participant that joined late or left early, and what follows for the shares."""

    participant: str
    change: str
    on: date
    effect: str


@dataclass(frozen=True, slots=True)
class AllocationContent:
    """The cost allocation of one tender and period as one document."""

    letterhead: Letterhead
    identity: DocumentIdentity
    title: str
    tender: TenderReference
    legal: LegalFrame
    blocks: tuple[CostBlock, ...]
    figure_kinds: tuple[KeyFigureKind, ...]
    participants: tuple[Participant, ...]
    positions: PositionTable
    pots: tuple[Pot, ...]
    control_sums: tuple[ControlSum, ...]
    vat: tuple[VatTreatment, ...]
    rounding_rule: str
    sign_offs: SignOffs
    quantity_lines: tuple[QuantityLine, ...] = ()
    comparisons: tuple[Comparison, ...] = ()
    membership_changes: tuple[MembershipChange, ...] = ()
    correction: Correction | None = None
    change_log: tuple[ChangeLogEntry, ...] = ()
    closing: ClosingNotes = NO_NOTES

    @property
    def names(self) -> dict[str, str]:
        """Printed names by participant key."""
        return {participant.key: participant.name for participant in self.participants}
