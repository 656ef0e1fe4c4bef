"""What people enter about a tender: the tender itself, lots, joint lines, deadlines, as typed and before any rule."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from procurement.tenders.kinds import ProcedureType
from procurement.values.money import UnitPrice
from procurement.values.payment import ContractTerm, Nature
from procurement.values.quantity import Quantity

NO_TERM = ContractTerm()


@dataclass(frozen=True, slots=True)
class TenderEntry:
    """What is entered about a tender; the day the procedure started decides which law and threshold apply.

    Without a ``term`` nothing that is paid per month or year can be tendered.
    """

    reference: str
    title: str
    description: str
    procedure_type: ProcedureType
    procedure_started_on: date
    term: ContractTerm = NO_TERM


@dataclass(frozen=True, slots=True)
class JointLineEntry:
    """A line that no member asked for, such as project management; its reason goes into the file."""

    number: str
    title: str
    unit: str
    quantity: Quantity
    nature: Nature
    estimate_net: UnitPrice | None = None
    reason: str = ""
    cpv: str = ""


@dataclass(frozen=True, slots=True)
class LotEntry:
    """A lot with its lines, for tenders that start from a given bill of quantities instead of a demand round."""

    title: str
    lines: Sequence[JointLineEntry]
