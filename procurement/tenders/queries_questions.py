"""Reading bidders' questions: all of it for the procurement office, what was published for everybody else.

The names that must not show in a published text are those of firms, which a later feature keeps. It registers itself
with :func:`name_source` when it is loaded.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa

from procurement.core import clock
from procurement.core.db import db
from procurement.core.errors import NotFound
from procurement.tenders import queries_versions, question_rules
from procurement.tenders.models import Tender
from procurement.tenders.models_published import BidderQuestion
from procurement.tenders.question_rules import Extension, QuestionState
from procurement.values.objection import Objection

NameSource = Callable[[], Iterable[str]]
_sources: list[NameSource] = []


@dataclass(frozen=True, slots=True)
class PublishedQuestion:
    """A question as everybody reads it."""

    number: int
    text: str
    answer: str
    answered_at: datetime


@dataclass(frozen=True, slots=True)
class LateAnswer:
    """An answer that came so late that the bid deadline should move, with the day proposed."""

    question: BidderQuestion
    extension: Extension


def name_source(source: NameSource) -> NameSource:
    """Register where the names of firms come from."""
    _sources.append(source)
    return source


def names_to_hide(question: BidderQuestion) -> list[str]:
    """The sender and every known firm."""
    return [question.sender, *(name for source in _sources for name in source())]


def questions_of(tender_id: int) -> list[BidderQuestion]:
    """Every question in the order of receipt."""
    query = sa.select(BidderQuestion).filter_by(tender_id=tender_id).order_by(BidderQuestion.number)
    return list(db.session.scalars(query))


def question_of(tender: Tender, number: int) -> BidderQuestion:
    """A question of this tender."""
    found = db.session.scalar(sa.select(BidderQuestion).filter_by(tender_id=tender.id, number=number))
    if found is None:
        raise NotFound
    return found


def published_questions(tender_id: int) -> list[PublishedQuestion]:
    """The answered questions in order, without anything confidential."""
    columns = (
        BidderQuestion.number, BidderQuestion.published_text, BidderQuestion.answer, BidderQuestion.answered_at,
    )  # fmt: skip
    query = sa.select(*columns).filter_by(tender_id=tender_id, state=QuestionState.ANSWERED)
    rows = db.session.execute(query.order_by(BidderQuestion.number))
    return [PublishedQuestion(number, text, answer, at) for number, text, answer, at in rows if at is not None]


def objections_to_time(tender: Tender) -> list[Objection]:
    """Why there are no questions and answers at this moment."""
    return question_rules.objections_to_time(tender.stage, clock.now(), tender.published_at, tender.bid_deadline_at)


def extension_for(tender: Tender, answered_on: date) -> Extension | None:
    """The later bid deadline an answer of that day calls for."""
    deadline_on = queries_versions.day_of(queries_versions.deadline_of(tender))
    return question_rules.extension(answered_on, deadline_on, queries_versions.answer_rule_of(tender))


def late_answers(tender: Tender) -> list[LateAnswer]:
    """Answers that still call for a later deadline, the latest day first; none once bidding is over."""
    if queries_versions.objections_to_changing_now(tender):
        return []
    found = []
    for question in questions_of(tender.id):
        if question.answered_at is None or question.no_extension_reason:
            continue
        later = extension_for(tender, queries_versions.day_of(question.answered_at))
        if later is not None:
            found.append(LateAnswer(question, later))
    return sorted(found, key=lambda one: one.extension.deadline_on, reverse=True)
