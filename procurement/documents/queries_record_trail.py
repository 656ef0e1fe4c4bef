"""Where a statement of the procurement record is on record: the trail of a tender read once, and the name of a run."""

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from procurement.audit.actor import Subject
from procurement.audit.events import Event
from procurement.audit.models import AuditEntry
from procurement.bids.queries import is_opened
from procurement.core.db import db
from procurement.documents.notation import moment
from procurement.evaluation.models import EvaluationRun
from procurement.evaluation.models_lot_award import LotAwardRun
from procurement.evaluation.queries_lot_award import latest_runs
from procurement.tenders.models import Lot, Tender

MANY = (Event.POINTS_GIVEN, Event.POINTS_AGREED, Event.NOTES_SAVED, Event.EXCLUSION_ANSWERED, Event.FIGURE_STATED)
"""Entries of single points, which the matrix of a run tells of; there may be thousands."""


@dataclass(frozen=True, slots=True)
class Trail:
    """The entries about one tender, oldest first."""

    entries: Sequence[AuditEntry]

    def all_of(self, event: Event, subject: Subject | None = None) -> list[AuditEntry]:
        """Every entry of this event, about this thing if one is named."""
        return [
            entry
            for entry in self.entries
            if entry.event == event.value
            and (subject is None or (entry.subject_type, entry.subject_id) == (subject.__tablename__, subject.id))
        ]

    def last(self, event: Event, subject: Subject | None = None) -> AuditEntry | None:
        """The latest of them."""
        return next(reversed(self.all_of(event, subject)), None)

    def note(self, event: Event, subject: Subject | None = None) -> str:
        """Where the latest of them stands; empty for none."""
        entry = self.last(event, subject)
        return "" if entry is None else named(entry)


@dataclass(frozen=True, slots=True)
class RecordCase:
    """A tender with what every chapter of its record asks for."""

    tender: Tender
    trail: Trail
    is_opened: bool
    runs: dict[int, EvaluationRun]

    def run_of(self, lot: Lot) -> EvaluationRun | None:
        """The run that counts for this lot."""
        return self.runs.get(lot.id)


def case_of(tender: Tender) -> RecordCase:
    """Read what all chapters need."""
    query = sa.select(AuditEntry).where(AuditEntry.tender_id == tender.id)
    query = query.where(AuditEntry.event.not_in([event.value for event in MANY])).order_by(AuditEntry.number)
    trail = Trail(db.session.scalars(query).all())
    return RecordCase(tender, trail, is_opened(tender), latest_runs(tender.id))


def named(entry: AuditEntry) -> str:
    """An entry by number, moment and person."""
    return f"Prüfpfad Nr. {entry.number}, {moment(entry.at)}, {entry.actor_name}"


def of_run(run: EvaluationRun) -> str:
    """An evaluation by number, lot, moment, person and checksum."""
    who = f"{moment(run.made_at)}, {run.made_by.name}"
    return f"Wertung {run.number} zu Los {run.lot.number}, {who}, Eingaben mit SHA-256\n{run.input_hash}"


def of_distribution(run: LotAwardRun) -> str:
    """A distribution of the lots in the same way."""
    return f"Verteilung {run.number}, {moment(run.made_at)}, {run.made_by.name}, Eingaben mit SHA-256\n{run.input_hash}"
