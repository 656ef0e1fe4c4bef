"""What the form of a new run stands on: everything the system knows already, so that nothing is typed twice."""

from datetime import date

from procurement.allocation.entries import RunEntry
from procurement.allocation.queries import effective_inputs
from procurement.allocation.queries_input import awarded_lines, latest_reference_date
from procurement.allocation.states import ChargeType
from procurement.allocation.suggestion import suggested_blocks
from procurement.allocation.taxation import VatCase
from procurement.core import clock
from procurement.members.queries import association
from procurement.tenders.models import Tender


def suggested_entry(tender: Tender) -> RunEntry:
    """A run for the running year with blocks made from the award; own cost is for the officer to fill in."""
    today, own = clock.today(), association()
    billed = {
        line.line_id for given in effective_inputs(tender.id).values() for block in given.blocks for line in block.lines
    }
    return RunEntry(
        title=tender.title,
        charge_type=ChargeType.COST_REIMBURSEMENT,
        vat_case=VatCase.COST_GROSS,
        period_from=date(today.year, 1, 1),
        period_to=date(today.year, 12, 31),
        key_reference_date=latest_reference_date(tender.id) or today,
        legal_basis=own.legal_basis if own else "",
        blocks=tuple(suggested_blocks(awarded_lines(tender), billed, own.short_name if own else "")),
    )
