"""Contracts as tests need them: one on an awarded lot of three members, who reported 2, 1 and 1 clusters."""

from datetime import date

from procurement.contracts import actions
from procurement.contracts.entries import CallOffEntry, ContractEntry
from procurement.contracts.models import CallOff, Contract, ContractLine
from procurement.members.models import Account, Member
from procurement.tenders.models import Tender
from procurement.values.money import Money
from procurement.values.quantity import Quantity
from tests.factories import allocation
from tests.factories import members as make

TERM = (date(2026, 11, 1), date(2030, 10, 31))


def contract(tender: Tender | None = None, *, by: Account | None = None, maximum: str | None = None) -> Contract:
    """A contract on the first lot of an awarded tender, running since the first of November."""
    tender = tender or allocation.awarded_tender()
    limit = Money.of(maximum) if maximum else None
    entry = ContractEntry(f"VT-{tender.reference}", "Firewalls", *TERM, limit)
    return actions.conclude(tender.lots[0], entry, by=by or make.officer())


def clusters(made: Contract) -> ContractLine:
    """The line of the clusters: 2, 1 and 1 at 1,000.00."""
    return made.lines[0]


def call_off(line: ContractLine, member: Member, quantity: int, reason: str = "") -> CallOff:
    """A call-off by the member's lead."""
    return actions.call_off(line, member, CallOffEntry(Quantity.of(quantity), reason), by=make.lead(member))
