"""What one member is told: its own amounts first, then the whole allocation as the proof behind them.

The statement contains the content of the association's document instead of a copy of some of it, so that both can never
print different figures for the same calculation.
"""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from procurement.documents.contents import DocumentIdentity
from procurement.documents.contents_allocation import AllocationContent
from procurement.values.money import Money


@dataclass(frozen=True, slots=True)
class Recipient:
    """The member addressed, with its AGS (or member number, see ``key``) and its routing id for e-invoices."""

    key: str
    name: str
    address_lines: tuple[str, ...]
    ags: str = ""
    leitweg_id: str = ""


@dataclass(frozen=True, slots=True)
class MemberShareLine:
    """The member's part of one cost position; weights are ``None`` where own quantities decide, not a key."""

    code: str
    title: str
    key: str
    recurrence: str
    total: Money
    amount: Money
    weight: int | None = None
    total_weight: int | None = None
    part: Fraction | None = None
    remainder: int | None = None
    has_extra_cent: bool = False


@dataclass(frozen=True, slots=True)
class SettlementLine:
    """An advance or payment that was already made (negative), or any other item that changes what is due."""

    label: str
    amount: Money


@dataclass(frozen=True, slots=True)
class PaymentTerms:
    """Until when and where to pay; for a credit, when and how it is paid out."""

    due_on: date | None = None
    account_holder: str = ""
    iban: str = ""
    bic: str = ""
    bank: str = ""
    reference: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class MemberStatementContent:
    """One member's statement: ``gross`` is its part of the run, ``balance`` what remains after the settlement lines."""

    identity: DocumentIdentity
    allocation: AllocationContent
    recipient: Recipient
    shares: tuple[MemberShareLine, ...]
    net: Money
    vat: Money
    gross: Money
    balance: Money
    payment: PaymentTerms
    settlement: tuple[SettlementLine, ...] = ()
    accounts: str = ""
    introduction: str = ""
