"""What happens to a run: calculated, checked by another person, approved, corrected by a new version, or discarded.

A run is stored once, with every step of every split; from then on only its state moves. Before it is checked and before
it is approved it is recomputed from its frozen input, so that nobody signs figures the program cannot reproduce.
"""

from collections.abc import Iterator, Sequence
from typing import Any

import sqlalchemy as sa

from procurement.allocation import queries, rules
from procurement.allocation.entries import RunEntry
from procurement.allocation.explanation import euro
from procurement.allocation.input_text import fingerprint, written
from procurement.allocation.models import AllocationRun, MemberAmount, MemberShare, RunBlock
from procurement.allocation.queries_figures import recompute
from procurement.allocation.queries_input import figures_of, run_input
from procurement.allocation.run_figures import BlockFigures, PotFigures, RunFigures
from procurement.allocation.states import RunState
from procurement.audit.actions import Change, record
from procurement.audit.actor import Actor
from procurement.audit.events import Event
from procurement.core import clock
from procurement.core.db import db
from procurement.core.errors import Conflict, Refused, refuse_if
from procurement.tenders.models import Tender
from procurement.tenders.queries import participants_of

Changes = dict[str, Change | str]
POT_LENGTH = 200


def calculate(tender: Tender, entry: RunEntry, *, by: Actor) -> AllocationRun:
    """Allocate the cost of an awarded tender and store every step; the sums are proven to the cent."""
    refuse_if(rules.objections_to_starting(tender.stage, queries.open_number(tender.id)))
    return _stored(tender, entry, by=by)


def correct(run: AllocationRun, entry: RunEntry, reason: str, *, by: Actor) -> AllocationRun:
    """Calculate a new version of an approved run; the old one stays in force until the new one is approved."""
    found = rules.objections_to_correcting(run.state, queries.open_number(run.tender_id))
    refuse_if([*found, *rules.objections_to_reason(reason, "die Berichtigung")])
    return _stored(run.tender, entry, by=by, corrected=run, reason=reason.strip())


def preview(tender: Tender, entry: RunEntry, corrected: AllocationRun | None = None) -> RunFigures:
    """What :func:`calculate` or :func:`correct` would store; changes nothing."""
    return figures_of(run_input(tender, entry, corrected))


def check(run: AllocationRun, *, by: Actor, seen_version: int | None = None) -> AllocationRun:
    """Confirm a calculated run as another person, after every stored cent was recomputed from the frozen input."""
    _refuse_stale(run, seen_version)
    refuse_if(rules.objections_to_checking(run, by.id))
    refuse_if(recompute(run))
    run.state, run.checked_by_id, run.checked_at = RunState.CHECKED, by.id, clock.now()
    changes: Changes = {"Stand": (RunState.CALCULATED, RunState.CHECKED), "Nachrechnung": "stimmt in allen Beträgen"}
    record(Event.ALLOCATION_CHECKED, run, by=by, changes=changes, tender_id=run.tender_id)
    return run


def approve(run: AllocationRun, *, by: Actor, seen_version: int | None = None) -> AllocationRun:
    """Put a checked run in force for good; a corrected version is replaced at the same moment."""
    _refuse_stale(run, seen_version)
    has_reported = queries.has_reported_demand(by.id, run.tender)
    refuse_if(rules.objections_to_approving(run, by.id, has_reported_demand=has_reported))
    refuse_if(recompute(run))
    run.state, run.approved_by_id, run.approved_at = RunState.APPROVED, by.id, clock.now()
    changes: Changes = {"Stand": (RunState.CHECKED, RunState.APPROVED), "Zahlbetrag": euro(run.total_gross)}
    record(Event.ALLOCATION_APPROVED, run, by=by, changes=changes, tender_id=run.tender_id)
    if run.corrects is not None:
        _replace(run.corrects, run, by=by)
    return run


def discard(run: AllocationRun, reason: str, *, by: Actor, seen_version: int | None = None) -> AllocationRun:
    """Drop a run that is not approved yet; it stays readable with the reason."""
    _refuse_stale(run, seen_version)
    refuse_if([*rules.objections_to_discarding(run), *rules.objections_to_reason(reason, "das Verwerfen")])
    before = run.state
    run.state, run.discard_reason = RunState.DISCARDED, reason.strip()
    changes: Changes = {"Stand": (before, RunState.DISCARDED), "Grund": run.discard_reason}
    record(Event.ALLOCATION_DISCARDED, run, by=by, changes=changes, tender_id=run.tender_id)
    return run


def _replace(old: AllocationRun, new: AllocationRun, *, by: Actor) -> None:
    if old.state is not RunState.APPROVED:
        raise Refused(f"Fassung {old.number} steht auf „{old.state.label}“ und lässt sich nicht mehr ersetzen.")
    old.state = RunState.CORRECTED
    changes: Changes = {
        "Stand": (RunState.APPROVED, RunState.CORRECTED),
        "Ersetzt durch Fassung": str(new.number),
        "Grund": new.correction_reason,
        "Zahlbetrag": (euro(old.total_gross), euro(new.total_gross)),
    }
    record(Event.ALLOCATION_CORRECTED, old, by=by, changes=changes, tender_id=old.tender_id)


def _refuse_stale(run: AllocationRun, seen_version: int | None) -> None:
    if seen_version is not None and seen_version != run.version:
        raise Conflict(
            f"Diese Fassung wurde inzwischen geändert: Sie haben Stand {seen_version} gesehen, gespeichert ist "
            f"Stand {run.version} („{run.state.label}“). Bitte neu laden und prüfen."
        )


def _stored(
    tender: Tender, entry: RunEntry, *, by: Actor, corrected: AllocationRun | None = None, reason: str = ""
) -> AllocationRun:
    given = run_input(tender, entry, corrected)
    figures, text = figures_of(given), written(given)
    run = AllocationRun(
        tender=tender, number=queries.next_number(tender.id), title=given.title,
        state=RunState.CALCULATED, charge_type=given.charge_type, vat_case=given.vat_case.value,
        vat_rate_percent=str(given.vat_rate_percent), period_from=given.period_from, period_to=given.period_to,
        key_reference_date=given.key_reference_date, due_on=given.due_on, legal_basis=given.legal_basis,
        input=text, input_hash=fingerprint(text), total_net=figures.net, total_vat=figures.vat,
        total_gross=figures.gross, corrects=corrected, correction_reason=reason,
        prepared_by_id=by.id, prepared_at=clock.now(),
    )  # fmt: skip
    db.session.add(run)
    _store_figures(run, figures)
    refuse_if(recompute(run))
    changes: Changes = {"Netto": euro(run.total_net), "Zahlbetrag": euro(run.total_gross), "Prüfsumme": run.input_hash}
    record(Event.ALLOCATION_CALCULATED, run, by=by, changes=changes, tender_id=tender.id)
    return run


def _store_figures(run: AllocationRun, figures: RunFigures) -> None:
    """Write blocks, steps and amounts; the rows of large runs go in as one statement per table."""
    ids = {member.key: member.id for member in participants_of(run.tender.id)}
    member_ids = [ids[member.key] for member in figures.members]
    blocks = [_block(run, part, place) for place, part in enumerate(figures.blocks, 1)]
    db.session.add_all(blocks)
    db.session.flush()
    shares = [
        row
        for block, part in zip(blocks, figures.blocks, strict=True)
        for place, pot in enumerate(part.pots, 1)
        for row in _shares(block.id, place, pot, member_ids)
    ]
    db.session.execute(sa.insert(MemberShare), shares)
    db.session.execute(sa.insert(MemberAmount), list(_amounts(run.id, figures, member_ids)))


def _block(run: AllocationRun, part: BlockFigures, place: int) -> RunBlock:
    entered = part.block
    return RunBlock(
        run=run, position=place, number=entered.number, title=entered.title, key=entered.key.value,
        reason=entered.reason, nature=entered.nature.value, has_supplier_vat=entered.has_supplier_vat,
        amount_net=part.net,
    )  # fmt: skip


def _shares(block_id: int, place: int, pot: PotFigures, member_ids: Sequence[int]) -> Iterator[dict[str, Any]]:
    name, total_weight = f"{pot.code} {pot.label}"[:POT_LENGTH], str(pot.total_weight)
    for member_id, row in zip(member_ids, pot.rows, strict=True):
        yield {
            "block_id": block_id, "pot": name, "pot_position": place, "member_id": member_id,
            "weight": str(row.weight), "total_weight": total_weight, "floor_cents": row.floor,
            "remainder": str(row.remainder), "extra_cent": row.extra, "amount_net": row.amount,
        }  # fmt: skip


def _amounts(run_id: int, figures: RunFigures, member_ids: Sequence[int]) -> Iterator[dict[str, Any]]:
    for place, (member_id, member) in enumerate(zip(member_ids, figures.members, strict=True)):
        step = figures.vat_pot.rows[place] if figures.vat_pot else None
        yield {
            "run_id": run_id, "member_id": member_id, "position": place,
            "net": member.net, "vat": member.vat, "gross": member.gross,
            "vat_weight": str(step.weight) if step else None, "vat_floor_cents": step.floor if step else None,
            "vat_remainder": str(step.remainder) if step else None, "vat_extra_cent": step.extra if step else None,
        }  # fmt: skip
