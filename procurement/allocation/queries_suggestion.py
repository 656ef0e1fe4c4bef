"""What the form of a new run stands on: everything the system knows already, so that nothing is typed twice."""

from procurement.allocation.entries import FreeSource, RunEntry
from procurement.allocation.queries import effective_inputs
from procurement.allocation.queries_input import awarded_lines, latest_reference_date
from procurement.allocation.states import ChargeType
from procurement.allocation.suggestion import next_period, suggested_blocks
from procurement.allocation.taxation import VatCase
from procurement.core import clock
from procurement.evaluation.queries_award import awarded_maintenance
from procurement.members.queries import association
from procurement.tenders.models import Tender


def suggested_entry(tender: Tender) -> RunEntry:
    """A run for the next period with blocks made from the award; own cost is for the officer to fill in."""
    today, own, earlier = clock.today(), association(), effective_inputs(tender.id).values()
    billed = {line.line_id for given in earlier for block in given.blocks for line in block.lines}
    maintenance = [
        FreeSource(one.yearly_net, f"{one.supplier}, Los {one.lot}, {one.title} ({one.how}), ein Jahr")
        for one in awarded_maintenance(tender)
    ]
    first, last = next_period([given.period_to for given in earlier], today)
    return RunEntry(
        title=tender.title,
        charge_type=ChargeType.COST_REIMBURSEMENT,
        vat_case=VatCase.COST_GROSS,
        period_from=first,
        period_to=last,
        key_reference_date=latest_reference_date(tender.id) or today,
        legal_basis=own.legal_basis if own else "",
        blocks=tuple(suggested_blocks(awarded_lines(tender), billed, own.short_name if own else "", maintenance)),
    )
