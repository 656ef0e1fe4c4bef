"""Keeping every state of what was published: the text, its hash, why it was made, and whom it has to reach.

The caller holds the tender. Registered firms are known to a later feature, which is reached by the kind of its job.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from procurement.audit.actions import Change, record
from procurement.audit.actor import Actor
from procurement.audit.events import Event
from procurement.core import clock, filters, jobs
from procurement.core.db import db
from procurement.core.errors import Refused, refuse_if
from procurement.tenders import freeze, queries_publication, queries_versions
from procurement.tenders.actions_guard import hold
from procurement.tenders.change_classification import ChangeClass, Classification
from procurement.tenders.models import Tender
from procurement.tenders.models_published import ChangeNotice, PublicationVersion
from procurement.tenders.publication_change import REFERENCE_LENGTH, notice_due_on
from procurement.tenders.timetable import Deadlines
from procurement.values.objection import Objection

INFORM = "bids:inform_bidders"


@dataclass(frozen=True, slots=True)
class VersionEntry:
    """Why a version is made; ``changes`` in the words bidders read, ``before`` the deadlines it replaces."""

    reason: str
    classification: Classification
    changes: Sequence[str] = ()
    before: Deadlines | None = None


PUBLISHED = VersionEntry("", Classification(ChangeClass.FIRST, ()))


def hold_published(tender: Tender, seen_version: int | None = None) -> None:
    """Lock a published tender for a change; raises :class:`Refused` from the bid deadline on."""
    hold(tender, seen_version)
    refuse_if(queries_versions.objections_to_changing_now(tender))


def store_version(tender: Tender, entry: VersionEntry, by: Actor) -> PublicationVersion:
    """Store the tender as it is now as its next version; text and hash also stand at the tender."""
    db.session.flush()
    if entry is not PUBLISHED:
        _keep_publication(tender)
    content = freeze.canonical(queries_publication.content_of(tender))
    number = sa.select(sa.func.coalesce(sa.func.max(PublicationVersion.number), 0)).filter_by(tender_id=tender.id)
    made = PublicationVersion(
        tender_id=tender.id,
        number=(db.session.scalar(number) or 0) + 1,
        classification=entry.classification.kind,
        classified_because=" ".join(entry.classification.reasons),
        reason=entry.reason.strip(),
        content=content,
        content_hash=freeze.hash_of(content),
        bid_deadline_at=tender.bid_deadline_at,
        made_at=clock.now(),
        made_by_id=by.id,
    )
    tender.frozen_content, tender.frozen_hash = content, made.content_hash
    db.session.add(made)
    db.session.flush()
    return made


def _keep_publication(tender: Tender) -> None:
    """A tender from before there were versions: what was stored at its publication becomes its first version."""
    if queries_versions.latest_version(tender.id) is not None or tender.published_at is None:
        return
    publisher = queries_versions.publisher_of(tender)
    stored = tender.frozen_content or "null"
    db.session.add(
        PublicationVersion(
            tender_id=tender.id,
            number=1,
            classification=ChangeClass.FIRST,
            content=stored,
            content_hash=tender.frozen_hash or "",
            bid_deadline_at=freeze.bid_deadline_in(stored),
            made_at=tender.published_at,
            made_by_id=publisher.id if publisher else None,
        )
    )
    db.session.flush()


def change_version(tender: Tender, entry: VersionEntry, by: Actor) -> PublicationVersion:
    """Make the next version of a published tender: stored, recorded, its notice listed, every registered firm told."""
    made = store_version(tender, entry, by)
    words = [*entry.changes, *_moved(entry.before, queries_publication.deadlines_of(tender))]
    is_moved = entry.before is not None and entry.before != queries_publication.deadlines_of(tender)
    changes: dict[str, Change | str] = {
        "Fassung": str(made.number),
        "Einstufung": made.classification.label,
        "Einstufung, weil": made.classified_because,
        "Begründung": made.reason,
        "Geändert": "; ".join(words),
        "Prüfsumme": made.content_hash,
    }
    if is_moved or entry.classification.is_substantial:
        notice = ChangeNotice(version_id=made.id, due_on=notice_due_on(clock.today()))
        db.session.add(notice)
        changes["Änderungsbekanntmachung bis"] = filters.short_day(notice.due_on)
    record(Event.PUBLICATION_CHANGED, made, by=by, changes=changes, tender_id=tender.id)
    inform(tender, f"Änderung der Vergabeunterlagen, Fassung {made.number}", _letter(made, words))
    return made


def inform(tender: Tender, subject: str, text: str) -> None:
    """Let every registered firm know the same at the same time."""
    head = f"Guten Tag,\n\nzur Ausschreibung {tender.reference} „{tender.title}“ teilen wir allen Unternehmen mit:\n\n"
    deadline = f"\n\nAngebotsfrist: {filters.moment(tender.bid_deadline_at)}\n"
    jobs.enqueue(
        INFORM, tender_id=tender.id, subject=f"{tender.reference}: {subject}"[:300], text=head + text + deadline
    )


def _moved(before: Deadlines | None, after: Deadlines) -> list[str]:
    """The deadlines that moved, old and new."""
    if before is None or before == after:
        return []
    pairs = (
        ("Angebotsfrist", filters.moment(before.bid_deadline_at), filters.moment(after.bid_deadline_at)),
        ("Frist für Bieterfragen", filters.moment(before.question_deadline_at),
         filters.moment(after.question_deadline_at)),
        ("Bindefrist", filters.short_day(before.bid_validity_end_on), filters.short_day(after.bid_validity_end_on)),
    )  # fmt: skip
    return [f"{name}: bisher {old}, neu {new}" for name, old, new in pairs if old != new]


def _letter(made: PublicationVersion, words: Sequence[str]) -> str:
    listed = "\n".join(f"- {one}" for one in words)
    return (
        f"Die Vergabeunterlagen gelten ab sofort in Fassung {made.number}.\n\n{listed}\n\nGrund: {made.reason}\n\n"
        "Bitte verwenden Sie nur noch Preisblätter der neuen Fassung. Ein schon abgegebenes Angebot können Sie bis zum "
        "Ende der Angebotsfrist zurückziehen und durch ein neues ersetzen."
    )


def note_notice_sent(tender: Tender, notice: ChangeNotice, reference: str, *, by: Actor) -> ChangeNotice:
    """Note that the correction of the notice went out, with the number it has where it was published."""
    hold(tender)
    db.session.refresh(notice)
    if notice.sent_at is not None:
        raise Refused("Diese Änderungsbekanntmachung ist schon als versandt vermerkt.")
    if len(reference.strip()) > REFERENCE_LENGTH:
        raise Refused([Objection(f"Die Nummer darf höchstens {REFERENCE_LENGTH} Zeichen haben.", "reference")])
    notice.sent_at, notice.sent_by_id, notice.reference = clock.now(), by.id, reference.strip()
    words: dict[str, Change | str] = {"Nummer der Bekanntmachung": notice.reference or "ohne"}
    record(Event.CHANGE_NOTICE_SENT, notice, by=by, changes=words, tender_id=tender.id)
    return notice
