"""Correcting what was published until the bid deadline: lines, wording, deadlines; each correction is a version."""

from collections.abc import Mapping, Sequence

from procurement.audit.actor import Actor
from procurement.core import clock
from procurement.core.db import db
from procurement.core.errors import refuse_if
from procurement.tenders import publication_change, queries_publication, queries_versions
from procurement.tenders.actions_estimate import store_estimate
from procurement.tenders.actions_versions import VersionEntry, change_version, hold_published
from procurement.tenders.change_classification import LineChange, in_words
from procurement.tenders.kinds import LineOrigin
from procurement.tenders.models import LotItem, Tender
from procurement.tenders.models_published import PublicationVersion
from procurement.tenders.publication_change import Correction, LineCorrection
from procurement.tenders.queries_versions import ChangeEffect
from procurement.tenders.timetable import Deadlines
from procurement.values.objection import Objection


def change_published(
    tender: Tender, correction: Correction, *, by: Actor, seen_version: int | None = None
) -> PublicationVersion:
    """Correct lines and deadlines with a reason (P4).

    A substantial change needs a later bid deadline (§ 20 Abs. 3 Nr. 2 VgV). Raises :class:`Refused` with every
    objection, and from the bid deadline on.
    """
    hold_published(tender, seen_version)
    refuse_if(
        publication_change.objections_to_reason(correction.reason)
        + publication_change.objections_to_lines(correction.lines)
    )
    before = queries_publication.deadlines_of(tender)
    after = correction.deadlines or before
    changes = queries_versions.line_changes(tender, correction.lines)
    refuse_if(publication_change.objections_to_nothing(changes, before, after))
    effect = queries_versions.effect_of(tender, changes, bears_on_award=correction.bears_on_award)
    refuse_if([*effect.objections, *objections_to_deadlines(before, after, effect)])
    _correct_lines(tender, correction.lines)
    return finish_change(tender, correction.reason, effect, after, by)


def objections_to_deadlines(before: Deadlines, after: Deadlines, effect: ChangeEffect) -> list[Objection]:
    """What is wrong with the deadlines of a change; a substantial one must come late enough."""
    found = publication_change.objections_to_new_deadlines(before, after, clock.now()) if after != before else []
    if effect.classification.is_substantial and after.bid_deadline_at is not None:
        deadline_on = queries_versions.day_of(after.bid_deadline_at)
        found += publication_change.objections_to_early_deadline(deadline_on, effect.later)
    return found


def finish_change(tender: Tender, reason: str, effect: ChangeEffect, after: Deadlines, by: Actor) -> PublicationVersion:
    """The common end of every change: deadlines, a new estimate if the value moved, the version with all it causes."""
    before = queries_publication.deadlines_of(tender)
    tender.question_deadline_at, tender.bid_deadline_at = after.question_deadline_at, after.bid_deadline_at
    tender.bid_validity_end_on = after.bid_validity_end_on
    db.session.flush()
    if effect.value_after != effect.value_before:
        store_estimate(tender, f"Änderung nach Veröffentlichung: {reason.strip()}", by)
    entry = VersionEntry(reason, effect.classification, tuple(in_words(change) for change in effect.changes), before)
    return change_version(tender, entry, by)


def _correct_lines(tender: Tender, corrections: Sequence[LineCorrection]) -> None:
    """Write the corrected lines; the quantity of a line from demand stays the sum of its shares."""
    wanted: Mapping[int, LineCorrection] = {one.line_id: one for one in corrections}
    for line in queries_versions.lines_of(tender.id):
        if line.id in wanted:
            _correct(line, wanted[line.id])
    db.session.flush()


def _correct(line: LotItem, correction: LineCorrection) -> None:
    line.title, line.unit = correction.title.strip(), correction.unit.strip()
    if correction.quantity is not None and line.origin is LineOrigin.JOINT:
        line.quantity = correction.quantity


def extend_deadlines(
    tender: Tender, deadlines: Deadlines, reason: str, *, by: Actor, seen_version: int | None = None
) -> PublicationVersion:
    """Move the deadlines back without changing anything else, as a version of its own."""
    return change_published(tender, Correction(reason, deadlines=deadlines), by=by, seen_version=seen_version)


def preview(tender: Tender, correction: Correction) -> ChangeEffect:
    """What a correction would do; raises :class:`Refused` for what no deadline could heal."""
    refuse_if(
        queries_versions.objections_to_changing_now(tender) + publication_change.objections_to_lines(correction.lines)
    )
    changes: list[LineChange] = queries_versions.line_changes(tender, correction.lines)
    return queries_versions.effect_of(tender, changes, bears_on_award=correction.bears_on_award)
