"""What people enter about a cost allocation: the run, its blocks and where their amounts come from; before any rule."""

from dataclasses import dataclass
from datetime import date

from procurement.allocation.keys import AllocationKey, Pot
from procurement.allocation.states import ChargeType
from procurement.allocation.taxation import VatCase
from procurement.values.money import Money
from procurement.values.payment import Nature
from procurement.values.quantity import Quantity


@dataclass(frozen=True, slots=True)
class LineSource:
    """An awarded line at the price of the awarded bid; ``quantity`` is what is billed, ``None`` the whole line."""

    line_id: int
    quantity: Quantity | None = None


@dataclass(frozen=True, slots=True)
class FreeSource:
    """A net amount that is in no bid, such as the association's own staff cost; the evidence says how it is proven."""

    amount: Money
    evidence: str


@dataclass(frozen=True, slots=True)
class BlockEntry:
    """A cost block; ``pots`` belong to the mixed key only, own cost of the association has no supplier VAT."""

    number: str
    title: str
    key: AllocationKey
    pots: tuple[Pot, ...] = ()
    reason: str = ""
    nature: Nature = Nature.ONE_OFF
    has_supplier_vat: bool = True
    sources: tuple[LineSource | FreeSource, ...] = ()

    @property
    def lines(self) -> list[LineSource]:
        """The awarded lines among the sources."""
        return [source for source in self.sources if isinstance(source, LineSource)]

    @property
    def free_amounts(self) -> list[FreeSource]:
        """The free amounts among the sources."""
        return [source for source in self.sources if isinstance(source, FreeSource)]


@dataclass(frozen=True, slots=True)
class RunEntry:
    """One version of a cost allocation.

    A correction weighs with the figures of the version it replaces; ``renew_figures`` reads them anew, for a figure
    that was wrong itself.
    """

    title: str
    charge_type: ChargeType
    vat_case: VatCase
    period_from: date
    period_to: date
    key_reference_date: date
    due_on: date | None = None
    legal_basis: str = ""
    blocks: tuple[BlockEntry, ...] = ()
    renew_figures: bool = False
