"""A stored allocation run as the document about it: frozen figures and what surrounds them become one content.

Pure, so that the same run gives the same bytes again: moments, names and checksums all come in from outside.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from procurement.allocation.delta import Delta, DeltaRow
from procurement.allocation.keys import AllocationKey
from procurement.allocation.run_figures import BlockFigures, PotFigures, RunFigures
from procurement.allocation.run_input import InputMember, LinePart
from procurement.allocation.taxation import VatCase
from procurement.documents import key_wording
from procurement.documents.contents import (
    AnnexFile,
    ChangeLogEntry,
    ClosingNotes,
    ControlSum,
    DocumentIdentity,
    Letterhead,
    SignOffs,
)
from procurement.documents.contents_allocation import (
    AllocationContent,
    Correction,
    CorrectionDelta,
    CostBlock,
    KeyFigureKind,
    LegalFrame,
    Participant,
    PositionColumn,
    PositionRow,
    PositionTable,
    Pot,
    PotShare,
    QuantityLine,
    TenderReference,
    VatTreatment,
)
from procurement.documents.notation import difference
from procurement.rulebook.sources import VGV_8_4
from procurement.values.figures import short_german
from procurement.values.money import Money
from procurement.values.quantity import Quantity

ROUNDING_RULE = (
    "Verteilt wird in ganzen Cent nach dem Verfahren der größten Reste (Hare-Niemeyer): Jeder Anteil wird zuerst "
    "abgerundet; die fehlenden Cent erhalten je einzeln die größten Reste. Bei gleichem Rest entscheidet das größere "
    "Gewicht, danach der kleinere Gemeindeschlüssel. Gerundet wird einmal je Kostenblock, Teiltopf und Zeitraum."
)
NO_SEPARATE_TAX = (
    "Kein gesonderter Steuerausweis: Die Umsatzsteuer der Lieferanten ist Teil der Kosten und wird hier nur "
    "nachrichtlich genannt. Sie berechtigt nicht zum Vorsteuerabzug."
)
RETENTION = (
    f"Als Teil der Vergabeakte bis zum Ende der Vertragslaufzeit, mindestens drei Jahre ab Zuschlag ({VGV_8_4}); "
    "als Buchungsbeleg nach den Fristen des Haushaltsrechts"
)
SERVICE_NOTE = "Leistungen im genannten Zeitraum; einmalige und laufende Kosten sind je Kostenblock gekennzeichnet."


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a document about a run says besides its figures; ``lot_titles`` by lot number."""

    letterhead: Letterhead
    identity: DocumentIdentity
    sign_offs: SignOffs
    lot_titles: Mapping[int, str]
    contact: str = ""
    annexes: tuple[AnnexFile, ...] = ()
    change_log: tuple[ChangeLogEntry, ...] = ()
    correction: Correction | None = None


def allocation_content(figures: RunFigures, around: Surroundings) -> AllocationContent:
    """All that the cost allocation says, ready to be drawn."""
    given = figures.given
    return AllocationContent(
        letterhead=around.letterhead,
        identity=around.identity,
        title=given.title,
        tender=_tender(figures, around.lot_titles),
        legal=LegalFrame(
            bases=tuple(line.strip() for line in given.legal_basis.splitlines() if line.strip()),
            charge_type=given.charge_type.label,
            period_from=given.period_from,
            period_to=given.period_to,
            service_note=SERVICE_NOTE,
        ),
        blocks=tuple(_cost_block(figures, part) for part in figures.blocks),
        figure_kinds=tuple(_kind(figures, key) for key in given.figure_kinds),
        participants=tuple(_participant(figures, member) for member in given.members),
        positions=_positions(figures),
        pots=tuple(_pot(figures, pot, title) for pot, title in _printed_pots(figures)),
        control_sums=tuple(ControlSum(c.label, c.expected, c.actual, c.difference) for c in figures.control_sums),
        vat=(vat_treatment(figures),),
        rounding_rule=ROUNDING_RULE,
        sign_offs=around.sign_offs,
        quantity_lines=_quantity_lines(figures),
        correction=around.correction,
        change_log=around.change_log,
        closing=ClosingNotes(RETENTION, around.contact, around.annexes),
    )


def correction(delta: Delta, number: str, version: int, reason: str) -> Correction:
    """What a run changes against the version it replaces, whose document had this number."""
    deltas = tuple(_delta(row) for row in delta.rows)
    return Correction(number, version, reason, deltas, _delta(delta.total))


def _delta(row: DeltaRow) -> CorrectionDelta:
    return CorrectionDelta(row.key, row.previous, row.current, row.delta)


def _tender(figures: RunFigures, lot_titles: Mapping[int, str]) -> TenderReference:
    given = figures.given
    lots = sorted({line.lot for block in given.blocks for line in block.lines})
    return TenderReference(
        title=given.tender_title,
        number=given.tender_reference,
        lot="\n".join(f"Los {number} {lot_titles.get(number, '')}".strip() for number in lots),
        supplier=", ".join(given.suppliers),
        awarded_on=given.awarded_on,
    )


def _cost_block(figures: RunFigures, part: BlockFigures) -> CostBlock:
    return CostBlock(
        code=part.block.number,
        title=part.block.title,
        amount=part.net,
        recurrence=part.block.nature.label,
        key=part.key_in_words,
        definition=key_wording.definition(figures.given, part),
        reason=part.block.reason,
        evidence=key_wording.evidence(part),
    )


def _kind(figures: RunFigures, key: AllocationKey) -> KeyFigureKind:
    found = key_wording.figures_of(figures.given, key)
    return KeyFigureKind(
        name=key.label,
        reference_date=key_wording.reference_day(figures.given, found),
        source=key_wording.sources(found),
        census_basis=key_wording.shared_basis(found),
        total=Quantity.of(sum(figure.value for figure in found)),
    )


def _participant(figures: RunFigures, member: InputMember) -> Participant:
    kinds = figures.given.figure_kinds
    found = [member.figure(kind) for kind in kinds]
    values = tuple(None if figure is None else Quantity.of(figure.value) for figure in found)
    return Participant(member.key, member.name, values, key_wording.remark(figures.given, member.figures))


def _positions(figures: RunFigures) -> PositionTable:
    columns = figures.columns
    amounts = [figures.amounts_of(column) for column in columns]
    rows = tuple(
        PositionRow(
            participant_key=member.key,
            amounts=tuple(column[place] for column in amounts),
            net=member.net,
            vat=member.vat,
            gross=member.gross,
        )
        for place, member in enumerate(figures.members)
    )
    totals = tuple(figures.total_of(column) for column in columns)
    return PositionTable(
        columns=tuple(PositionColumn(column.code, column.title) for column in columns),
        rows=rows,
        total=PositionRow("", totals, figures.net, figures.vat, figures.gross),
        vat_label=vat_label(figures),
        gross_label="Zahlbetrag" if figures.given.vat_case is VatCase.COST_GROSS else "Brutto",
    )


def vat_label(figures: RunFigures) -> str:
    """How the column of the tax is called: a burden in case V1, a tax with its rate in case V2."""
    if figures.given.vat_case is VatCase.COST_GROSS:
        return "USt-Last"
    return f"USt {short_german(Fraction(figures.given.vat_rate_percent))}\u00a0%"


def _printed_pots(figures: RunFigures) -> list[tuple[PotFigures, str]]:
    """The pots with a remainder table; a line split by quantities needs one only where a cent was left over."""
    printed = []
    for part in figures.blocks:
        for pot in part.pots:
            if pot.line is None or pot.extra_cents:
                is_whole_block = pot.line is None and pot.percent is None
                printed.append((pot, part.block.title if is_whole_block else f"{part.block.title}, {pot.label}"))
    return [*printed, *([(figures.vat_pot, figures.vat_pot.label)] if figures.vat_pot else [])]


def _pot(figures: RunFigures, pot: PotFigures, title: str) -> Pot:
    shares = tuple(
        PotShare(
            key=member.key,
            weight=row.weight,
            part=Fraction(row.weight, pot.total_weight),
            floor=Money(row.floor),
            remainder=row.remainder,
            has_extra_cent=bool(row.extra),
            amount=row.amount,
        )
        for member, row in zip(figures.members, pot.rows, strict=True)
    )
    return Pot(
        code=pot.code,
        title=title,
        total=pot.total,
        weight_unit=key_wording.weight_unit(pot),
        total_weight=pot.total_weight,
        floor_total=pot.floor_total,
        remainder_total=pot.remainder_total,
        extra_cents=pot.extra_cents,
        shares=shares,
    )


def _quantity_lines(figures: RunFigures) -> tuple[QuantityLine, ...]:
    """Member by member what it takes of each line that is charged by actual quantity."""
    lines = [(part, pot, pot.line) for part in figures.blocks for pot in part.pots if pot.line is not None]
    return tuple(
        _quantity_line(part, line, member.key, pot.rows[place].amount)
        for place, member in enumerate(figures.members)
        for part, pot, line in lines
        if pot.rows[place].weight
    )


def _quantity_line(part: BlockFigures, line: LinePart, key: str, amount: Money) -> QuantityLine:
    quantity = dict(line.member_quantities)[key]
    return QuantityLine(part.block.number, key, line.label, line.unit, quantity, line.unit_price, amount)


def vat_treatment(figures: RunFigures) -> VatTreatment:
    """The tax case of the whole run with norm and reason, and the sentence that belongs below every amount."""
    case = figures.given.vat_case
    short, _, title = case.label.partition(" – ")
    return VatTreatment(case=short, title=title, norm=case.norm, reason=case.reason, blocks=_taxed_blocks(figures),
                        note=NO_SEPARATE_TAX if case is VatCase.COST_GROSS else _rounding_note(figures))  # fmt: skip


def _taxed_blocks(figures: RunFigures) -> str:
    """Which blocks carry tax; in case V1 those of the association's own cost carry none."""
    blocks = figures.given.blocks
    if figures.given.vat_case is VatCase.TAXED_19:
        return f"Kostenblöcke {', '.join(block.number for block in blocks)}"
    own = ", ".join(block.number for block in blocks if not block.has_supplier_vat)
    taxed = ", ".join(block.number for block in blocks if block.has_supplier_vat)
    free = f"{own}: eigene Kosten des Verbands, darin keine Umsatzsteuer" if own else ""
    return "; ".join(part for part in (f"Kostenblöcke {taxed}" if taxed else "", free) if part)


def _rounding_note(figures: RunFigures) -> str:
    """Case V2: the members' taxes may differ by cents from the tax on the sum; lawful, and shown."""
    rounding = figures.vat_rounding_difference
    if not rounding:
        return ""
    told = f"{difference(rounding)} € gegenüber der Steuer auf die Gesamtsumme"
    return f"Die Steuer wird je Mitglied gerundet; die Summe weicht dadurch um {told} ab. Das ist zulässig."
