"""One member's statement out of a stored run: its own line of the allocation, and what it paid before a correction."""

from dataclasses import dataclass, replace
from fractions import Fraction

from procurement.allocation.keys import AllocationKey
from procurement.allocation.run_figures import BlockFigures, Column, PotFigures, RunFigures
from procurement.documents.contents import DocumentIdentity
from procurement.documents.contents_allocation import AllocationContent
from procurement.documents.contents_member_statement import (
    MemberShareLine,
    MemberStatementContent,
    PaymentTerms,
    Recipient,
    SettlementLine,
)
from procurement.documents.notation import period
from procurement.values.money import Money

NOTHING_DUE = "Mit dieser Fassung ändert sich Ihr Betrag nicht."


@dataclass(frozen=True, slots=True)
class EarlierStatement:
    """What the member was told before this correction."""

    number: str
    gross: Money


@dataclass(frozen=True, slots=True)
class Addressee:
    """The member a statement goes to; ``earlier`` is there if a statement of the corrected version was issued."""

    key: str
    name: str
    ags: str = ""
    routing_id: str = ""
    earlier: EarlierStatement | None = None


def statement_content(
    figures: RunFigures, allocation: AllocationContent, to: Addressee, identity: DocumentIdentity
) -> MemberStatementContent:
    """All that the statement of one member says; :class:`KeyError` if it takes no part.

    After a correction only the difference is due, for whatever the earlier statement demanded has its own due date.
    """
    place = figures.index_of(to.key)
    own = figures.members[place]
    earlier = to.earlier
    return MemberStatementContent(
        identity=identity,
        allocation=allocation,
        recipient=Recipient(to.key, to.name, (), to.ags, to.routing_id),
        shares=tuple(_share(figures, column, place) for column in figures.columns),
        net=own.net,
        vat=own.vat,
        gross=own.gross,
        balance=own.gross - earlier.gross if earlier else own.gross,
        payment=PaymentTerms(due_on=figures.given.due_on, reference=identity.number, note=_note(own.gross, earlier)),
        settlement=(SettlementLine(f"Bereits mitgeteilt mit {earlier.number}", -earlier.gross),) if earlier else (),
        introduction=_introduction(allocation, earlier) if earlier else "",
    )


def _share(figures: RunFigures, column: Column, place: int) -> MemberShareLine:
    part, pot = figures.blocks[column.block], _pot_of(figures, column)
    line = MemberShareLine(
        code=column.code,
        title=column.title if column.pot is None else f"{part.block.title}: {column.title}",
        key=_key_in_words(part, pot),
        recurrence=part.block.nature.label,
        total=figures.total_of(column),
        amount=figures.amounts_of(column)[place],
    )
    return line if pot is None else _with_weights(line, pot, place)


def _pot_of(figures: RunFigures, column: Column) -> PotFigures | None:
    """The pot whose weights decide this column; none where own quantities decide line by line."""
    part = figures.blocks[column.block]
    if part.block.key is AllocationKey.ACTUAL_QUANTITY:
        return None
    return part.pots[column.pot or 0]


def _key_in_words(part: BlockFigures, pot: PotFigures | None) -> str:
    return part.block.key.label if pot is None else pot.label


def _with_weights(line: MemberShareLine, pot: PotFigures, place: int) -> MemberShareLine:
    row = pot.rows[place]
    return replace(
        line,
        weight=row.weight,
        total_weight=pot.total_weight,
        part=Fraction(row.weight, pot.total_weight),
        remainder=row.remainder,
        has_extra_cent=bool(row.extra),
    )


def _introduction(allocation: AllocationContent, earlier: EarlierStatement) -> str:
    legal, tender = allocation.legal, allocation.tender
    return (
        f"Für die gemeinsame Beschaffung „{tender.title}“ ({tender.number}) wurde Ihr Anteil im Zeitraum "
        f"{period(legal.period_from, legal.period_to)} berichtigt. Diese Mitteilung ersetzt {earlier.number}. "
        "Über den dort genannten Betrag hinaus ist nur der Unterschied zu zahlen, oder er wird erstattet. "
        f"Art der Forderung: {legal.charge_type}."
    )


def _note(gross: Money, earlier: EarlierStatement | None) -> str:
    return NOTHING_DUE if earlier and earlier.gross == gross else ""
