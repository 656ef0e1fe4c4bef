"""Bidders' questions: recorded, answered to all at the same time, and the later deadline after a late answer."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from procurement.audit.actions import Change, record
from procurement.audit.actor import Actor
from procurement.audit.events import Event
from procurement.core import clock, filters
from procurement.core.db import db
from procurement.core.errors import Conflict, Refused, refuse_if
from procurement.tenders import publication_change, queries_questions, queries_versions, question_rules
from procurement.tenders.actions_guard import hold
from procurement.tenders.actions_published import extend_deadlines
from procurement.tenders.actions_versions import inform
from procurement.tenders.models import Tender
from procurement.tenders.models_published import BidderQuestion, PublicationVersion
from procurement.tenders.question_rules import QuestionState
from procurement.values.objection import Objection

Words = dict[str, Change | str]
NO_LATE_ANSWER = "Zu dieser Frage ist keine Fristverlängerung offen."


@dataclass(frozen=True, slots=True)
class QuestionEntry:
    """A question as it came in; the sender stays with the procurement office."""

    original: str
    sender: str
    received_at: datetime


@dataclass(frozen=True, slots=True)
class AnswerEntry:
    """What everybody will read; ``is_checked``: a person says that the text lets nobody be recognised."""

    published_text: str
    answer: str
    changes_documents: bool = False
    is_checked: bool = False


def record_question(tender: Tender, entry: QuestionEntry, *, by: Actor) -> BidderQuestion:
    """Take a question in; after the end of the time for questions it is marked, not refused."""
    hold(tender)
    refuse_if(
        queries_questions.objections_to_time(tender)
        + question_rules.objections_to_asking(entry.original, entry.sender, entry.received_at, clock.now())
    )
    number = sa.select(sa.func.coalesce(sa.func.max(BidderQuestion.number), 0)).filter_by(tender_id=tender.id)
    made = BidderQuestion(
        tender=tender,
        number=(db.session.scalar(number) or 0) + 1,
        received_at=entry.received_at,
        is_late=question_rules.is_after_question_deadline(entry.received_at, tender.question_deadline_at),
        sender=" ".join(entry.sender.split()),
        original=entry.original.strip(),
        published_text=entry.original.strip(),
        state=QuestionState.OPEN,
    )
    db.session.add(made)
    # The trail is read by more people than may know who asked.
    words: Words = {"Nummer": str(made.number), "Eingang": filters.moment(made.received_at)}
    if made.is_late:
        words["Verspätet"] = "nach Ende der Frist für Bieterfragen"
    record(Event.QUESTION_RECORDED, made, by=by, changes=words, tender_id=tender.id)
    return made


def answer_question(
    question: BidderQuestion, entry: AnswerEntry, *, by: Actor, seen_version: int | None = None
) -> BidderQuestion:
    """Release question and answer to every registered firm and the participating members at the same time (P5)."""
    tender = question.tender
    _hold(question, seen_version)
    names = queries_questions.names_to_hide(question)
    refuse_if(
        queries_questions.objections_to_time(tender)
        + question_rules.objections_to_answering(
            question.state, entry.published_text, entry.answer, names, is_checked=entry.is_checked
        )
    )
    question.published_text, question.answer = entry.published_text.strip(), entry.answer.strip()
    question.changes_documents = entry.changes_documents
    question.answered_at, question.answered_by_id = clock.now(), by.id
    question.state = QuestionState.ANSWERED
    words: Words = {"Frage": question.published_text, "Antwort": question.answer}
    if entry.changes_documents:
        words["Folge"] = "ändert die Vergabeunterlagen"
    record(Event.QUESTION_ANSWERED, question, by=by, changes=words, tender_id=tender.id)
    text = f"Frage {question.number}:\n{question.published_text}\n\nAntwort:\n{question.answer}"
    if entry.changes_documents:
        text += "\n\nDie Vergabeunterlagen werden deshalb geändert; darüber folgt eine eigene Nachricht."
    inform(tender, f"Antwort auf Bieterfrage {question.number}", text)
    return question


def withdraw_question(
    question: BidderQuestion, reason: str, *, by: Actor, seen_version: int | None = None
) -> BidderQuestion:
    """Close a question without an answer, for example because the firm took it back."""
    _hold(question, seen_version)
    refuse_if(question_rules.objections_to_withdrawing(question.state, reason))
    question.state, question.withdrawn_reason = QuestionState.WITHDRAWN, reason.strip()
    words: Words = {"Begründung": question.withdrawn_reason}
    record(Event.QUESTION_WITHDRAWN, question, by=by, changes=words, tender_id=question.tender_id)
    return question


def accept_extension(question: BidderQuestion, *, by: Actor, seen_version: int | None = None) -> PublicationVersion:
    """Move the bid deadline as a late answer calls for; ``seen_version`` is that of the tender."""
    tender = question.tender
    hold(tender, seen_version)
    later = _late_answer(question)
    days = later.extension.rule.number
    reason = (
        f"Die Antwort auf Bieterfrage {question.number} kam weniger als {days} Tage vor der Angebotsfrist "
        f"({later.extension.rule.norm})."
    )
    deadlines = queries_versions.moved_deadlines(tender, later.extension.deadline_on)
    return extend_deadlines(tender, deadlines, reason, by=by)


def decline_extension(
    question: BidderQuestion, reason: str, *, by: Actor, seen_version: int | None = None
) -> BidderQuestion:
    """Leave the deadline although an answer came late, with the reason § 20 (3) VgV allows."""
    _hold(question, seen_version)
    _late_answer(question)
    if not reason.strip():
        text = (
            "Bitte begründen, warum die Frist bleibt: Die Auskunft ist für die Angebote unerheblich oder wurde nicht "
            "rechtzeitig angefordert (§ 20 Abs. 3 VgV)."
        )
        raise Refused([Objection(text, "reason")])
    if len(reason.strip()) > publication_change.REASON_LENGTH:
        text = f"Die Begründung darf höchstens {publication_change.REASON_LENGTH} Zeichen haben."
        raise Refused([Objection(text, "reason")])
    question.no_extension_reason = reason.strip()
    words: Words = {"Begründung": question.no_extension_reason}
    record(Event.EXTENSION_DECLINED, question, by=by, changes=words, tender_id=question.tender_id)
    return question


def _late_answer(question: BidderQuestion) -> queries_questions.LateAnswer:
    late = {one.question.id: one for one in queries_questions.late_answers(question.tender)}
    if question.id not in late:
        raise Refused(NO_LATE_ANSWER)
    return late[question.id]


def _hold(question: BidderQuestion, seen_version: int | None) -> None:
    """Lock the tender, then read the question as it is now and compare it with what the person saw."""
    hold(question.tender)
    db.session.refresh(question)
    if seen_version is not None and seen_version != question.version:
        raise Conflict(
            f"Bieterfrage {question.number} wurde inzwischen geändert: Sie sahen Stand {seen_version}, gespeichert ist "
            f"Stand {question.version} („{question.state.label}“). Bitte neu laden und prüfen."
        )
