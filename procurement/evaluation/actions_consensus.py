"""What the panel agreed on becomes the record: points with reason, members and date, as every other points too."""

from collections.abc import Sequence

from procurement.audit.actions import record
from procurement.audit.events import Event
from procurement.bids.actions import hold
from procurement.core import clock
from procurement.core.db import db
from procurement.core.errors import Conflict, NotFound, Refused, refuse_if
from procurement.evaluation import panel_rules, queries, queries_panel, rules
from procurement.evaluation.consensus import AgreedEntry, joined_reasons
from procurement.evaluation.entries import PointsEntry
from procurement.evaluation.models import Score
from procurement.evaluation.queries_panel import ComparedCell
from procurement.members.models import Account
from procurement.tenders import queries_panel as panels
from procurement.tenders.models import Lot
from procurement.values.objection import Objection


def agree(lot: Lot, entries: Sequence[AgreedEntry], *, by: Account) -> list[Score]:
    """Store every cell that was filled or changed; nobody may before all have submitted, and never without a reason.

    Raises :class:`Conflict` if somebody else of the panel recorded one of these cells meanwhile.
    """
    cells = _cells(lot, by)
    changed = []
    for entry in entries:
        cell = cells.get((entry.bid_id, entry.criterion_id))
        if cell is None:
            raise NotFound("Dieses Angebot oder Kriterium ist hier nicht zu bewerten.")
        if _is_change(entry, cell.score):
            changed.append((entry, cell))
    refuse_if([one for entry, cell in changed for one in _objections(entry, cell)])
    _compare([(entry, cell) for entry, cell in changed])
    names = _names(lot)
    return [_store(lot, entry, cell, by=by, names=names) for entry, cell in changed]


def adopt_unanimous(lot: Lot, *, by: Account) -> list[Score]:
    """Take over the points of all open cells where every evaluator gave the same, with everybody's reason."""
    cells = _cells(lot, by)
    adoptable = [cell for cell in queries_panel.comparison(lot).adoptable if (cell.bid.id, cell.criterion.id) in cells]
    if not adoptable:
        raise Refused("Es gibt keine offenen Punkte, in denen alle übereinstimmen.")
    names = _names(lot)
    return [
        _store(
            lot,
            AgreedEntry(cell.bid.id, cell.criterion.id, cell.notes[0].points, joined_reasons(cell.notes)),
            cell,
            by=by,
            names=names,
        )
        for cell in adoptable
    ]


def _cells(lot: Lot, by: Account) -> dict[tuple[int, int], ComparedCell]:
    """Every cell the panel may agree on now; raises what keeps this person from it."""
    hold(lot.tender)
    panels.refuse_conflicted(lot.tender, by)
    refuse_if(panel_rules.objections_to_agreeing(queries_panel.panel_facts(lot.tender, by)))
    refuse_if(rules.objections_to_rating(queries.lot_facts(lot, queries.standing_decision(lot.id))))
    return {(cell.bid.id, cell.criterion.id): cell for cell in queries_panel.comparison(lot).cells}


def _names(lot: Lot) -> str:
    return ", ".join(member.account.name for member in panels.panel_of(lot.tender_id))


def _is_change(entry: AgreedEntry, score: Score | None) -> bool:
    if score is None:
        return entry.points is not None or bool(entry.reason.strip())
    return (entry.points, entry.reason.strip()) != (score.points, score.reason)


def _objections(entry: AgreedEntry, cell: ComparedCell) -> list[Objection]:
    typed = PointsEntry(entry.bid_id, entry.criterion_id, entry.points, entry.reason)
    found = rules.objections_to_points(typed, cell.criterion.scale)
    return [Objection(f"{cell.bid.bidder}: {one.text}", one.field) for one in found]


def _compare(changed: Sequence[tuple[AgreedEntry, ComparedCell]]) -> None:
    texts = [
        f"{cell.bid.bidder}: Inzwischen sind {cell.score.points} Punkte festgelegt („{cell.score.reason}“)."
        for entry, cell in changed
        if cell.score is not None and entry.seen is not None and entry.seen != cell.score.version
    ]
    if texts:
        raise Conflict(" ".join([*texts, "Bitte vergleichen Sie beide und speichern Sie dann noch einmal."]))


def _store(lot: Lot, entry: AgreedEntry, cell: ComparedCell, *, by: Account, names: str) -> Score:
    score = cell.score or Score(lot_id=lot.id, bid_id=entry.bid_id, criterion_id=entry.criterion_id)
    before = (score.points, score.reason)
    score.points, score.reason, score.agreed_by = entry.points or 0, entry.reason.strip(), names
    score.given_by_id, score.given_at = by.id, clock.now()
    db.session.add(score)
    db.session.flush()
    words = {note.evaluator: str(note.points) for note in cell.notes}
    changes = {"Punkte": (before[0], score.points), "Begründung": (before[1], score.reason)}
    changes |= {"Einzelnoten": ("", ", ".join(f"{name} {points}" for name, points in words.items()))}
    changes |= {"Los": ("", lot.number), "Beteiligt": ("", names)}
    record(Event.POINTS_AGREED, score, by=by, changes=changes, tender_id=lot.tender_id)
    return score
