"""The figures of a stored run, rebuilt from its rows; and their check against a calculation from the frozen input."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from procurement.allocation.calculation import PotHead, calculated, pot_figures, pot_heads, vat_head
from procurement.allocation.input_text import fingerprint, read
from procurement.allocation.models import AllocationRun, MemberAmount, MemberShare, RunBlock
from procurement.allocation.recount import INPUT_CHANGED, differences
from procurement.allocation.run_figures import BlockFigures, MemberFigures, PotFigures, ProofRow, RunFigures
from procurement.allocation.run_input import InputBlock
from procurement.core.db import db
from procurement.values.money import Money
from procurement.values.objection import Objection

Shares = dict[tuple[int, int], dict[int, ProofRow]]


def distribution_of(run: AllocationRun) -> RunFigures:
    """All figures as they are stored; members in the German alphabet."""
    given = read(run.input)
    amounts = db.session.execute(sa.select(MemberAmount.__table__).filter_by(run_id=run.id).order_by("position")).all()
    blocks = db.session.execute(
        sa.select(RunBlock.id, RunBlock.amount_net).filter_by(run_id=run.id).order_by(RunBlock.position)
    ).all()
    shares, member_ids = _shares(run.id), [row.member_id for row in amounts]
    return RunFigures(
        given=given,
        blocks=tuple(
            BlockFigures(entered, row.amount_net, _pots(entered, row.id, shares, member_ids))
            for entered, row in zip(given.blocks, blocks, strict=False)
        ),
        members=tuple(
            MemberFigures(member, row.net, row.vat, row.gross)
            for member, row in zip(given.members, amounts, strict=False)
        ),
        vat_pot=_vat_pot(amounts),
        net=run.total_net,
        vat=run.total_vat,
        gross=run.total_gross,
    )


def recompute(run: AllocationRun) -> list[Objection]:
    """Calculate anew from the frozen input and compare every stored figure; empty if nothing differs."""
    if fingerprint(run.input) != run.input_hash:
        return [Objection(INPUT_CHANGED)]
    return differences(distribution_of(run), calculated(read(run.input)))


def places_of(run: AllocationRun, member_ids: Sequence[int]) -> list[int]:
    """The places of these members among the members of the run."""
    query = sa.select(MemberAmount.position).filter_by(run_id=run.id).where(MemberAmount.member_id.in_(member_ids))
    return list(db.session.scalars(query.order_by(MemberAmount.position)))


def _shares(run_id: int) -> Shares:
    """Every stored step by block, pot and member."""
    query = (
        sa.select(
            MemberShare.block_id, MemberShare.pot_position, MemberShare.member_id,
            MemberShare.weight, MemberShare.floor_cents, MemberShare.remainder, MemberShare.extra_cent,
            MemberShare.amount_net,
        )
        .join(RunBlock, RunBlock.id == MemberShare.block_id)
        .where(RunBlock.run_id == run_id)
    )  # fmt: skip
    found: Shares = defaultdict(dict)
    for block_id, pot, member_id, weight, floor, remainder, extra, amount in db.session.execute(query):
        found[block_id, pot][member_id] = ProofRow(int(weight), floor, int(remainder), extra, amount)
    return found


def _pots(entered: InputBlock, block_id: int, shares: Shares, member_ids: Sequence[int]) -> tuple[PotFigures, ...]:
    heads = enumerate(pot_heads(entered), 1)
    return tuple(_pot(head, shares.get((block_id, place), {}), member_ids) for place, head in heads)


def _pot(head: PotHead, by_member: dict[int, ProofRow], member_ids: Sequence[int]) -> PotFigures:
    rows = [by_member[member_id] for member_id in member_ids if member_id in by_member]
    return pot_figures(head, Money.total(row.amount for row in rows), rows)


def _vat_pot(amounts: Sequence[Any]) -> PotFigures | None:
    if not amounts or any(row.vat_weight is None for row in amounts):
        return None
    rows = [
        ProofRow(int(row.vat_weight), row.vat_floor_cents, int(row.vat_remainder), row.vat_extra_cent, row.vat)
        for row in amounts
    ]
    return pot_figures(vat_head(), Money.total(row.amount for row in rows), rows)
