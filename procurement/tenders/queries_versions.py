"""Reading the versions of what was published, and what a planned change of it would do."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

import sqlalchemy as sa
from flask import current_app
from sqlalchemy.orm import undefer

from procurement.config import Settings
from procurement.core import clock
from procurement.core.db import db
from procurement.core.errors import NotFound
from procurement.members.models import Account, Member
from procurement.rulebook.rule import DatedRule
from procurement.tenders import estimate, publication_change, queries, queries_bill, queries_publication, question_rules
from procurement.tenders.change_classification import ChangeClass, Classification, LineChange, classified
from procurement.tenders.kinds import LineOrigin, TenderStage
from procurement.tenders.models import Lot, LotItem, Tender
from procurement.tenders.models_published import ChangeNotice, PublicationVersion
from procurement.tenders.procedure_choice import objections_to_procedure
from procurement.tenders.publication_change import LaterDeadline, LineCorrection
from procurement.tenders.timetable import Deadlines
from procurement.tenders.version_comparison import Difference, differences
from procurement.values.money import Money
from procurement.values.objection import Objection


@dataclass(frozen=True, slots=True)
class ShownVersion:
    """One version in the list."""

    number: int
    kind: ChangeClass
    because: str
    reason: str
    content_hash: str
    bid_deadline_at: datetime | None
    made_at: datetime | None
    made_by: str


@dataclass(frozen=True, slots=True)
class ChangeEffect:
    """What a change of the published tender does, before it is made."""

    changes: tuple[LineChange, ...]
    classification: Classification
    value_before: Money
    value_after: Money
    threshold_net: Money
    participants_before: int
    participants_after: int
    deadline_at: datetime
    later: LaterDeadline
    proposed: Deadlines
    objections: tuple[Objection, ...]


def versions_of(tender: Tender) -> list[ShownVersion]:
    """Every version, the latest first; one for a tender that was published before there were versions."""
    query = sa.select(PublicationVersion).filter_by(tender_id=tender.id).order_by(PublicationVersion.number.desc())
    stored = [_shown(version) for version in db.session.scalars(query)]
    return stored or ([_first_of(tender)] if tender.frozen_hash else [])


def _shown(version: PublicationVersion) -> ShownVersion:
    return ShownVersion(
        version.number,
        version.classification,
        version.classified_because,
        version.reason,
        version.content_hash,
        version.bid_deadline_at,
        version.made_at,
        version.made_by.name if version.made_by else "",
    )


def _first_of(tender: Tender) -> ShownVersion:
    publisher = publisher_of(tender)
    return ShownVersion(
        1, ChangeClass.FIRST, "", "", tender.frozen_hash or "", tender.bid_deadline_at, tender.published_at,
        publisher.name if publisher else "",
    )  # fmt: skip


def publisher_of(tender: Tender) -> Account | None:
    """Who published the tender, by its stages; nobody for one that was played from a file."""
    changes = [one for one in queries.stage_changes(tender.id) if one.stage is TenderStage.PUBLISHED]
    return db.session.get(Account, changes[0].by_id) if changes and changes[0].by_id else None


def content_of_version(tender: Tender, number: int) -> str:
    """The canonical text of a version; :class:`NotFound` if there is none of this number."""
    query = sa.select(PublicationVersion.content).filter_by(tender_id=tender.id, number=number)
    found = db.session.scalar(query)
    if found is None and number == 1 and latest_version(tender.id) is None:
        found = tender.frozen_content
    if found is None:
        raise NotFound
    return found


def contents_of(tender_id: int) -> list[PublicationVersion]:
    """Every stored version with its text, oldest first."""
    query = sa.select(PublicationVersion).filter_by(tender_id=tender_id).order_by(PublicationVersion.number)
    return list(db.session.scalars(query.options(undefer(PublicationVersion.content))))


def latest_version(tender_id: int) -> PublicationVersion | None:
    """The version in force, nothing before the first change of an older tender."""
    query = sa.select(PublicationVersion).filter_by(tender_id=tender_id)
    return db.session.scalar(query.order_by(PublicationVersion.number.desc()).limit(1))


def comparison(tender: Tender, old: int, new: int) -> list[Difference]:
    """What differs between two versions, part by part and line by line, with members by name."""
    names = {member.key: member.name for member in db.session.scalars(sa.select(Member))}
    return differences(content_of_version(tender, old), content_of_version(tender, new), names)


def notices_of(tender_id: int) -> list[ChangeNotice]:
    """The corrections of the notice, open ones first."""
    query = sa.select(ChangeNotice).join(PublicationVersion, PublicationVersion.id == ChangeNotice.version_id)
    query = query.where(PublicationVersion.tender_id == tender_id)
    return list(db.session.scalars(query.order_by(ChangeNotice.sent_at.is_not(None), ChangeNotice.id)))


def notice_of(tender: Tender, notice_id: int) -> ChangeNotice:
    """A correction of this tender's notice."""
    found = db.session.get(ChangeNotice, notice_id)
    if found is None or found.version.tender_id != tender.id:
        raise NotFound
    return found


def objections_to_changing_now(tender: Tender) -> list[Objection]:
    """Why nothing published can be changed at this moment."""
    return publication_change.objections_to_time(tender.stage, clock.now(), tender.published_at, tender.bid_deadline_at)


def lines_of(tender_id: int) -> list[LotItem]:
    """Every line in the order of lots."""
    query = sa.select(LotItem).join(Lot, Lot.id == LotItem.lot_id).where(Lot.tender_id == tender_id)
    return list(db.session.scalars(query.order_by(Lot.number, LotItem.position, LotItem.id)))


def line_changes(tender: Tender, corrections: Sequence[LineCorrection]) -> list[LineChange]:
    """What corrections change; lines that stay as they are left out, quantities from demand stay."""
    lines = {line.id: line for line in lines_of(tender.id)}
    if any(one.line_id not in lines for one in corrections):
        raise NotFound
    found = []
    for one in corrections:
        line = lines[one.line_id]
        keeps = one.quantity is None or line.origin is LineOrigin.DEMAND
        found.append(
            LineChange(
                line.number,
                one.title.strip(),
                one.unit.strip(),
                line.quantity if keeps or one.quantity is None else one.quantity,
                line.title,
                line.unit,
                line.quantity,
            )
        )
    return [change for change in found if change.is_change]


def effect_of(
    tender: Tender,
    changes: Sequence[LineChange],
    *,
    bears_on_award: bool = False,
    buyers: Sequence[str] = (),
    new_lines: Sequence[estimate.EstimatedLine] = (),
    further: Sequence[Objection] = (),
) -> ChangeEffect:
    """Class, value, members and deadline of a change of lines and buyers; stores nothing.

    ``further`` are objections found while the change was put together.
    """
    settings: Settings = current_app.extensions["settings"]
    today = queries_bill.estimated_lines(tender.id)
    after = [*_with_quantities(today, changes), *new_lines]
    made = estimate.estimated(after, tender.procedure_started_on, tender.term)
    later = later_deadline_of(tender)
    count = len(queries.participants_of(tender.id))
    found = objections_to_procedure(tender.procedure_type, made.total_net, made.threshold_net)
    return ChangeEffect(
        changes=tuple(changes),
        classification=classified(
            changes, settings.substantial_change_percent, bears_on_award=bears_on_award, buyers=buyers
        ),
        value_before=queries_publication.value_today(tender, today),
        value_after=made.total_net,
        threshold_net=made.threshold_net,
        participants_before=count,
        participants_after=count + len(buyers),
        deadline_at=deadline_of(tender),
        later=later,
        proposed=moved_deadlines(tender, later.proposed_on),
        objections=(*further, *estimate.objections_to_estimating(after, tender.term), *found),
    )


def _with_quantities(
    lines: Sequence[estimate.EstimatedLine], changes: Sequence[LineChange]
) -> list[estimate.EstimatedLine]:
    """The lines as the value estimate sees them after the change."""
    quantities = {change.number: change.quantity for change in changes}
    return [replace(line, quantity=quantities.get(line.number, line.quantity)) for line in lines]


def deadline_of(tender: Tender) -> datetime:
    """The bid deadline, which every published tender has."""
    if tender.bid_deadline_at is None:
        raise NotFound
    return tender.bid_deadline_at


def day_of(moment: datetime) -> date:
    """The calendar day of a moment in Berlin."""
    return clock.in_berlin(moment).date()


def answer_rule_of(tender: Tender) -> DatedRule:
    """How many days before the bid deadline information has to be there in this procedure."""
    first = first_deadline_of(tender)
    published_on = day_of(tender.published_at) if tender.published_at else clock.today()
    is_accelerated = publication_change.is_accelerated(
        tender.procedure_type, tender.procedure_started_on, published_on, day_of(first) if first else None
    )
    return question_rules.answer_rule(tender.procedure_started_on, is_accelerated=is_accelerated)


def first_deadline_of(tender: Tender) -> datetime | None:
    """The bid deadline as it was first published."""
    query = sa.select(PublicationVersion.bid_deadline_at).filter_by(tender_id=tender.id, number=1)
    return db.session.scalar(query) or tender.bid_deadline_at


def later_deadline_of(tender: Tender) -> LaterDeadline:
    """The later bid deadline a substantial change of today needs."""
    return publication_change.later_deadline(clock.today(), day_of(deadline_of(tender)), answer_rule_of(tender))


def moved_deadlines(tender: Tender, bid_deadline_on: date) -> Deadlines:
    """The deadlines with bids until that day at the same hour; questions, unless over, and validity move along."""
    deadline = deadline_of(tender)
    days = (bid_deadline_on - day_of(deadline)).days
    question, validity = tender.question_deadline_at, tender.bid_validity_end_on
    if question is not None and question > clock.now():
        question = _days_later(question, days)
    return Deadlines(
        question, _days_later(deadline, days), None if validity is None else validity + timedelta(days=days)
    )


def _days_later(moment: datetime, days: int) -> datetime:
    """The same hour on a Berlin clock so many days later, also over the change of summer time."""
    wall = clock.in_berlin(moment).replace(tzinfo=None) + timedelta(days=days)
    return clock.from_berlin(wall)
