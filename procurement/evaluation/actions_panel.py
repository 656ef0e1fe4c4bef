"""The panel of a tender at work: naming, declaring (§ 6 VgV), noting and submitting points.

The tender's row is locked first, so that naming, submitting and agreeing come one after the other. Notes saved leave an
entry in the trail without any points: others read the trail before they submit their own.
"""

from collections.abc import Sequence

from procurement.audit.actions import record
from procurement.audit.events import Event
from procurement.bids.actions import hold
from procurement.bids.queries_negotiation import last_opened
from procurement.core import clock
from procurement.core.db import db
from procurement.core.errors import NotFound, Refused, refuse_if
from procurement.evaluation import panel_rules, queries_panel, rules
from procurement.evaluation.entries import PointsEntry
from procurement.evaluation.models_panel import PanelNote
from procurement.evaluation.queries_panel import OwnCell
from procurement.members.models import Account
from procurement.tenders import queries_panel as panels
from procurement.tenders.criteria_scales import objection_to_points
from procurement.tenders.models import Lot, Tender
from procurement.tenders.models_panel import ConflictDeclaration, PanelMember
from procurement.values.objection import Objection


def name_evaluator(tender: Tender, person: Account, *, by: Account) -> PanelMember:
    """Name an officer to score the bids; from now on this person sees no prices until the own points are submitted."""
    hold(tender)
    panels.refuse_conflicted(tender, by)
    refuse_if(panel_rules.objections_to_naming(queries_panel.naming_facts(tender, person)))
    made = PanelMember(tender=tender, account=person, named_by_id=by.id, named_at=clock.now())
    db.session.add(made)
    db.session.flush()
    record(Event.EVALUATOR_NAMED, made, by=by, changes={"Person": person.name}, tender_id=tender.id)
    return made


def remove_evaluator(member: PanelMember, reason: str, *, by: Account) -> PanelMember:
    """Take somebody out of the panel with a reason; notes stay as working papers but no longer count."""
    hold(member.tender)
    panels.refuse_conflicted(member.tender, by)
    if member.removed_at is not None:
        raise Refused(f"{member.account.name} ist bereits ausgeschieden.")
    has_submitted = member.submitted_at is not None
    refuse_if(panel_rules.objections_to_removing(has_submitted=has_submitted, reason=reason))
    return _removed(member, reason.strip(), by)


def _removed(member: PanelMember, reason: str, by: Account) -> PanelMember:
    member.removed_at, member.removed_reason = clock.now(), reason
    changes = {"Person": member.account.name, "Grund": reason}
    record(Event.EVALUATOR_REMOVED, member, by=by, changes=changes, tender_id=member.tender_id)
    return member


def declare(tender: Tender, text: str = "", *, has_conflict: bool | None, by: Account) -> ConflictDeclaration:
    """Declare that there is no conflict of interest, or which; a conflict takes all access to the bids at once."""
    hold(tender)
    earlier = panels.declaration_of(tender.id, by.id)
    before = earlier.has_conflict if earlier else None
    refuse_if(panel_rules.objections_to_declaring(earlier=before, has_conflict=has_conflict, text=text))
    made = ConflictDeclaration(
        tender=tender,
        account=by,
        has_conflict=bool(has_conflict),
        text=text.strip() if has_conflict else "",
        declared_at=clock.now(),
    )
    db.session.add(made)
    db.session.flush()
    words = {"Interessenkonflikt": "ja" if has_conflict else "nein"} | ({"Worin": made.text} if made.text else {})
    record(Event.CONFLICT_DECLARED, made, by=by, changes=words, tender_id=tender.id)
    member = panels.member_of(tender.id, by.id)
    if has_conflict and member is not None:
        _removed(member, "Interessenkonflikt erklärt (§ 6 VgV)", by)
    return made


def save_notes(lot: Lot, entries: Sequence[PointsEntry], *, by: Account) -> list[PanelNote]:
    """Keep own points and reasons as they are, also half done; points that the scale does not have are refused."""
    hold(lot.tender)
    member = _noting(lot.tender, by)
    cells = {(own.cell.bid.id, own.cell.criterion.id): own for own in queries_panel.own_notes(lot, member).cells}
    refuse_if([one for entry in entries for one in _objections(entry, cells)])
    stored = queries_panel.stored_notes(lot.id, member.id)
    changed = [entry for entry in entries if _is_change(entry, cells[entry.bid_id, entry.criterion_id])]
    for entry in changed:
        key = (entry.bid_id, entry.criterion_id)
        note = stored.get(key) or PanelNote(
            panel_member_id=member.id, lot_id=lot.id, bid_id=key[0], criterion_id=key[1]
        )
        note.points, note.reason, note.noted_at = entry.points, entry.reason.strip(), clock.now()
        db.session.add(note)
        stored[key] = note
    db.session.flush()
    if changed:
        changes = {"Los": str(lot.number), "Angaben": str(len(changed))}
        record(Event.NOTES_SAVED, member, by=by, changes=changes, tender_id=lot.tender_id)
    return [stored[entry.bid_id, entry.criterion_id] for entry in changed]


def _noting(tender: Tender, by: Account) -> PanelMember:
    panels.refuse_conflicted(tender, by)
    refuse_if(panel_rules.objections_to_noting(queries_panel.evaluator_facts(tender, by)))
    member = panels.member_of(tender.id, by.id)
    if member is None:
        raise NotFound
    return member


def _objections(entry: PointsEntry, cells: dict[tuple[int, int], OwnCell]) -> list[Objection]:
    own = cells.get((entry.bid_id, entry.criterion_id))
    if own is None:
        raise NotFound("Dieses Angebot oder Kriterium ist hier nicht zu bewerten.")
    found = []
    if own.is_fixed and _is_change(entry, own):
        text = f"{own.cell.bid.bidder}: Diese Punkte haben Sie in einer früheren Runde abgegeben; sie stehen fest."
        found.append(Objection(text, f"value-{entry.cell}"))
    against = "" if entry.points is None else objection_to_points(own.cell.criterion.scale, entry.points)
    if against:
        found.append(Objection(f"{own.cell.bid.bidder}: {against}", f"value-{entry.cell}"))
    if len(entry.reason) > rules.LONGEST_REASON:
        text = f"Der Text darf höchstens {rules.LONGEST_REASON} Zeichen haben."
        found.append(Objection(text, f"reason-{entry.cell}"))
    return found


def _is_change(entry: PointsEntry, own: OwnCell) -> bool:
    return (entry.points, entry.reason.strip()) != (own.points, own.reason)


def submit_notes(tender: Tender, *, by: Account) -> PanelMember:
    """Submit the own notes for all lots: they are fixed, prices become readable; the last one opens all notes."""
    hold(tender)
    member = _noting(tender, by)
    own = [queries_panel.own_notes(lot, member) for lot in tender.lots]
    missing = [text for notes in own for text in notes.missing]
    refuse_if(panel_rules.objections_to_submitting(queries_panel.evaluator_facts(tender, by), missing))
    member.submitted_at, member.submitted_round = clock.now(), last_opened(tender)
    changes = {"Angaben": str(sum(len(notes.cells) for notes in own))}
    record(Event.NOTES_SUBMITTED, member, by=by, changes=changes, tender_id=tender.id)
    return member
