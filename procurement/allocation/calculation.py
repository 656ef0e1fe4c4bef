"""From the frozen input to the figures: the calculation behind the preview, the stored run and its check."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from procurement.allocation.distribution import BlockShares, Distribution, distribute
from procurement.allocation.keys import WEIGHT_NAMES, AllocationKey
from procurement.allocation.proof import prove
from procurement.allocation.run_figures import (
    BlockFigures,
    MemberFigures,
    PotFigures,
    ProofRow,
    RunFigures,
    pot_label,
)
from procurement.allocation.run_input import InputBlock, LinePart, RunInput, cost_blocks, participants
from procurement.values.figures import german
from procurement.values.money import Money
from procurement.values.shares import Split

VAT_CODE = "USt"
VAT_UNIT = "Nettoanteil in Cent"


@dataclass(frozen=True, slots=True)
class PotHead:
    """What a pot is, before anything is known about its figures."""

    code: str
    label: str
    key: AllocationKey
    unit: str
    percent: Fraction | None = None
    line: LinePart | None = None


def calculated(given: RunInput) -> RunFigures:
    """Allocate to the cent and prove every sum.

    Raise :class:`~procurement.allocation.distribution.NotDistributable` for incomplete input and
    :class:`~procurement.allocation.proof.SumNotProven` should any sum not add up.
    """
    result = distribute(cost_blocks(given), participants(given), given.vat_case, given.vat_rate_percent)
    figures = RunFigures(
        given=given,
        blocks=tuple(_block(entered, shares) for entered, shares in zip(given.blocks, result.blocks, strict=True)),
        members=tuple(
            MemberFigures(member, share.net, share.vat, share.gross)
            for member, share in zip(given.members, result.members, strict=True)
        ),
        vat_pot=_vat_pot(result),
        net=result.net,
        vat=result.vat.total,
        gross=result.gross,
    )
    prove(figures.control_sums)
    return figures


def pot_heads(block: InputBlock) -> list[PotHead]:
    """The pots a block is allocated by, in order: of a mixed key, of the awarded lines, or the block as a whole."""
    if block.key is AllocationKey.ACTUAL_QUANTITY:
        return [
            PotHead(f"{block.number}{place}", line.label, block.key, _unit_of(line), line=line)
            for place, line in enumerate(block.lines, 1)
        ]
    if block.key is AllocationKey.MIXED:
        return [
            PotHead(f"{block.number}{place}", pot_label(pot.key, Fraction(pot.percent)), pot.key, WEIGHT_NAMES[pot.key],
                    Fraction(pot.percent))
            for place, pot in enumerate(block.pots, 1)
        ]  # fmt: skip
    return [PotHead(block.number, block.key.label, block.key, WEIGHT_NAMES[block.key])]


def _unit_of(line: LinePart) -> str:
    """What one weight counts: a piece, or 0,1 hours where quantities with decimals are scaled to integers."""
    places = max(-int(quantity.as_decimal().as_tuple().exponent) for _, quantity in line.member_quantities)
    return f"{german(Fraction(1, 10**places), places)} {line.unit}" if places else line.unit


def vat_head() -> PotHead:
    """The suppliers' tax as a pot of its own, weighted by the net shares of exactly the taxed cost."""
    return PotHead(VAT_CODE, "Umsatzsteuer der Lieferanten", AllocationKey.VOLUME, VAT_UNIT)


def pot_figures(head: PotHead, total: Money, rows: Sequence[ProofRow]) -> PotFigures:
    """A pot with its figures."""
    return PotFigures(head.code, head.label, head.key, head.unit, total, tuple(rows), head.percent, head.line)


def _block(entered: InputBlock, shares: BlockShares) -> BlockFigures:
    splits = [pot.split for pot in shares.pots] + [position.split for position in shares.positions]
    pots = tuple(_pot(head, one) for head, one in zip(pot_heads(entered), splits, strict=True))
    return BlockFigures(entered, shares.net, pots)


def _vat_pot(result: Distribution) -> PotFigures | None:
    return _pot(vat_head(), result.vat.split) if result.vat.split else None


def _pot(head: PotHead, split: Split) -> PotFigures:
    columns = zip(split.weights, split.floors, split.remainders, split.extra, split.shares, strict=True)
    rows = [ProofRow(weight, floor, rest, extra, Money(share)) for weight, floor, rest, extra, share in columns]
    return pot_figures(head, Money(split.total), rows)
