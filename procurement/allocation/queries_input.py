"""The input of a run read from the features: awarded lines, participants with figures, the tax rate of the period."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal

import sqlalchemy as sa

from procurement.allocation.award import AwardedLine
from procurement.allocation.calculation import calculated
from procurement.allocation.distribution import NotDistributable
from procurement.allocation.entries import BlockEntry, LineSource, RunEntry
from procurement.allocation.input_text import read
from procurement.allocation.keys import AllocationKey, figures_needed
from procurement.allocation.models import AllocationRun
from procurement.allocation.rules import objections_to_entry, objections_to_sources
from procurement.allocation.run_figures import RunFigures
from procurement.allocation.run_input import AmountPart, InputBlock, InputMember, KeyFigure, LinePart, RunInput
from procurement.awarding.queries import awarded_on
from procurement.core import clock
from procurement.core.db import db
from procurement.core.errors import Refused, refuse_if
from procurement.evaluation.models import AwardDecision
from procurement.evaluation.queries_award import awarded_prices
from procurement.evaluation.states import AwardState
from procurement.members.kinds import FigureKind, PopulationBasis
from procurement.members.models import Member, ReferenceFigure
from procurement.members.queries import figures_on
from procurement.rulebook.thresholds import NoRuleInForce, rule_on
from procurement.tenders.models import LineShare, Lot, LotItem, Tender
from procurement.tenders.queries import participants_of
from procurement.values.objection import Objection
from procurement.values.quantity import Quantity

WITHOUT_INHABITANTS = "zählt ohne Einwohner"


def run_input(tender: Tender, entry: RunEntry, corrected: AllocationRun | None = None) -> RunInput:
    """All that a run of this entry depends on; :class:`Refused` with every objection to the entry."""
    awarded = {line.line_id: line for line in awarded_lines(tender)}
    refuse_if([*objections_to_entry(entry), *objections_to_sources(entry.blocks, awarded)])
    return RunInput(
        tender_reference=tender.reference,
        tender_title=tender.title,
        title=entry.title.strip(),
        charge_type=entry.charge_type,
        vat_case=entry.vat_case,
        vat_rate_percent=_vat_rate(entry),
        period_from=entry.period_from,
        period_to=entry.period_to,
        key_reference_date=entry.key_reference_date,
        due_on=entry.due_on,
        legal_basis=entry.legal_basis.strip(),
        members=tuple(_members(tender, entry, corrected)),
        blocks=tuple(_block(block, awarded) for block in entry.blocks),
        corrects=corrected.number if corrected else None,
    )


def figures_of(given: RunInput) -> RunFigures:
    """The allocation of this input; :class:`Refused` names what it lacks, such as a member's missing figure."""
    try:
        return calculated(given)
    except NotDistributable as error:
        raise Refused(error.objections) from error


def awarded_lines(tender: Tender) -> list[AwardedLine]:
    """Every line of the awarded lots, at the price of the awarded bid.

    The day is that of the award; awards from before it was recorded on its own have that of their confirmation.
    """
    prices, shares, day = awarded_prices(tender), _shares_by_line(tender.id), awarded_on(tender.id)
    columns = (LotItem.id, LotItem.number, LotItem.title, LotItem.unit, LotItem.nature, LotItem.quantity)
    query = (
        sa.select(*columns, Lot.number.label("lot"), AwardDecision.answered_at)
        .join(Lot, Lot.id == LotItem.lot_id)
        .join(AwardDecision, sa.and_(AwardDecision.lot_id == Lot.id, AwardDecision.state == AwardState.CONFIRMED))
        .where(Lot.tender_id == tender.id)
        .order_by(Lot.number, LotItem.position)
    )
    return [
        AwardedLine(
            row.id, row.lot, row.number, row.title, row.unit, row.nature, row.quantity, prices[row.id].unit_price,
            prices[row.id].total_net, prices[row.id].supplier, day or clock.in_berlin(row.answered_at).date(),
            shares.get(row.id, {}),
        )
        for row in db.session.execute(query)
        if row.id in prices
    ]  # fmt: skip


def latest_reference_date(tender_id: int) -> date | None:
    """The latest reference date of any figure of the participants that has come; the suggestion for a new run."""
    members = [member.id for member in participants_of(tender_id)]
    query = sa.select(sa.func.max(ReferenceFigure.reference_date)).where(ReferenceFigure.member_id.in_(members))
    return db.session.scalar(query.where(ReferenceFigure.reference_date <= clock.today()))


def _shares_by_line(tender_id: int) -> dict[int, dict[str, Quantity]]:
    """The members' quantities by line and member key; several demand items of one member are added."""
    query = (
        sa.select(LineShare.line_id, Member.key, LineShare.quantity)
        .join(Member, Member.id == LineShare.member_id)
        .join(LotItem, LotItem.id == LineShare.line_id)
        .join(Lot, Lot.id == LotItem.lot_id)
        .where(Lot.tender_id == tender_id)
        .order_by(Member.key)
    )
    found: dict[int, dict[str, Quantity]] = defaultdict(dict)
    for line_id, key, quantity in db.session.execute(query):
        found[line_id][key] = found[line_id].get(key, Quantity(0)) + quantity
    return found


def _vat_rate(entry: RunEntry) -> Decimal:
    try:
        return Decimal(rule_on("VAT_STANDARD", entry.period_from).number)
    except NoRuleInForce as error:
        raise Refused([Objection(str(error), "period_from")]) from error


def _members(tender: Tender, entry: RunEntry, corrected: AllocationRun | None) -> list[InputMember]:
    """The participants in the German alphabet with the figures that any key needs; who lacks one simply has none."""
    members = participants_of(tender.id)
    kinds = [kind for kind in AllocationKey if kind in _kinds_needed(entry.blocks)]
    known = {} if corrected is None or entry.renew_figures else _known_figures(corrected)
    ids = [member.id for member in members]
    current = {kind: figures_on(FigureKind(kind.value), entry.key_reference_date, ids) for kind in kinds}
    return [
        InputMember(member.key, member.name, tuple(
            figure
            for kind in kinds
            if (figure := known.get((member.key, kind)) or _figure(member, kind, current[kind])) is not None
        ))
        for member in members
    ]  # fmt: skip


def _kinds_needed(blocks: Iterable[BlockEntry]) -> set[AllocationKey]:
    return {kind for block in blocks for kind in figures_needed(block.key, block.pots)}


def _known_figures(corrected: AllocationRun) -> dict[tuple[str, AllocationKey], KeyFigure]:
    """The snapshot of the version that is corrected: a correction weighs with the same figures."""
    return {(m.key, figure.kind): figure for m in read(corrected.input).members for figure in m.figures}


def _figure(member: Member, kind: AllocationKey, found: Mapping[int, ReferenceFigure]) -> KeyFigure | None:
    if kind is AllocationKey.INHABITANTS and member.population_basis is PopulationBasis.NONE:
        return KeyFigure(kind, 0, None, "", note=WITHOUT_INHABITANTS)
    figure = found.get(member.id)
    if figure is None:
        return None
    counts = kind is AllocationKey.INHABITANTS and member.population_basis is not PopulationBasis.OWN
    note = member.population_basis.label if counts else ""
    return KeyFigure(kind, figure.value, figure.reference_date, figure.source, figure.census_basis, note)


def _block(entry: BlockEntry, awarded: Mapping[int, AwardedLine]) -> InputBlock:
    return InputBlock(
        number=entry.number.strip(),
        title=entry.title.strip(),
        key=entry.key,
        pots=entry.pots,
        reason=entry.reason.strip(),
        nature=entry.nature,
        has_supplier_vat=entry.has_supplier_vat,
        lines=tuple(_line(source, awarded[source.line_id]) for source in entry.lines),
        amounts=tuple(AmountPart(source.amount, source.evidence.strip()) for source in entry.free_amounts),
    )


def _line(source: LineSource, line: AwardedLine) -> LinePart:
    return LinePart(
        line_id=line.line_id,
        lot=line.lot,
        number=line.number,
        title=line.title,
        unit=line.unit,
        nature=line.nature,
        supplier=line.supplier,
        awarded_on=line.awarded_on,
        unit_price=line.unit_price,
        quantity=source.quantity or line.quantity,
        full_quantity=line.quantity,
        full_total=line.total_net,
        member_quantities=tuple(sorted(line.shares.items())),
    )
