"""Complaints and reviews: recorded, answered, and where a bidder is right, the way back in the procedure."""

from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa

from procurement.audit.actions import Change, record
from procurement.audit.events import Event
from procurement.awarding import complaint_rules, review_rules
from procurement.awarding.models_remedies import Complaint, Review
from procurement.awarding.queries_remedies import preclusion_of
from procurement.awarding.states import ComplaintState, Recognisable, ReviewOutcome
from procurement.bids.actions import hold
from procurement.core import clock, files
from procurement.core.db import db
from procurement.core.errors import Conflict, Refused, refuse_if
from procurement.evaluation import queries as evaluation
from procurement.evaluation.actions_award import withdraw_decision
from procurement.members.models import Account
from procurement.tenders.actions import advance
from procurement.tenders.kinds import TenderStage
from procurement.tenders.models import Tender
from procurement.tenders.queries_cancellation import lots_going_on

Words = dict[str, Change | str]


@dataclass(frozen=True, slots=True)
class ComplaintEntry:
    """What is typed about a complaint."""

    received_at: datetime | None
    sender: str
    breach: str
    known_on: date | None = None
    recognisable: Recognisable = Recognisable.LATER


@dataclass(frozen=True, slots=True)
class ReviewEnd:
    """What is typed when a review is decided, with the decision itself."""

    outcome: ReviewOutcome | None
    served_on: date | None
    document_name: str = ""
    document: bytes = b""


def record_complaint(tender: Tender, entry: ComplaintEntry, *, by: Account) -> Complaint:
    """Keep a complaint with its preclusion check."""
    hold(tender)
    found = complaint_rules.objections_to_recording(entry.sender, entry.breach, entry.received_at, clock.now())
    refuse_if(found)
    made = Complaint(
        tender=tender,
        number=_next(Complaint, tender),
        received_at=entry.received_at,
        sender=entry.sender.strip(),
        breach=entry.breach.strip(),
        known_on=entry.known_on,
        recognisable=entry.recognisable,
        state=ComplaintState.OPEN,
        recorded_at=clock.now(),
        recorded_by_id=by.id,
    )
    made.preclusion = preclusion_of(tender, made).text
    db.session.add(made)
    db.session.flush()
    words: Words = {"Von": made.sender, "Gerügter Verstoß": made.breach, "Rechtzeitigkeit": made.preclusion}
    record(Event.COMPLAINT_RECEIVED, made, by=by, changes=words, tender_id=tender.id)
    return made


def _next(kind: type[Complaint] | type[Review], tender: Tender) -> int:
    last: int | None = db.session.scalar(sa.select(sa.func.max(kind.number)).filter_by(tender_id=tender.id))
    return (last or 0) + 1


def answer_complaint(
    complaint: Complaint,
    verdict: ComplaintState,
    answer: str,
    back_to: TenderStage | None = None,
    *,
    by: Account,
    seen_version: int | None = None,
) -> Complaint:
    """Answer a complaint; a remedy can lead the procedure back, a refusal starts the bidder's 15 days."""
    tender = complaint.tender
    hold(tender)
    db.session.refresh(complaint, with_for_update={"of": Complaint})
    if seen_version is not None and seen_version != complaint.version:
        raise Conflict(f"Rüge {complaint.number} wurde inzwischen geändert: „{complaint.state.label}“.")
    found = complaint_rules.objections_to_answering(complaint.state, verdict, answer, tender.stage, back_to)
    refuse_if(found)
    complaint.state, complaint.answer = verdict, answer.strip()
    complaint.answered_at, complaint.answered_by_id = clock.now(), by.id
    complaint.stepped_back_to = back_to
    words: Words = {"Zustand": (ComplaintState.OPEN, verdict), "Antwort": complaint.answer}
    record(Event.COMPLAINT_ANSWERED, complaint, by=by, changes=words, tender_id=tender.id)
    if back_to is not None:
        step_back(tender, back_to, f"Rüge {complaint.number}: {complaint.answer}", by=by)
    return complaint


def step_back(tender: Tender, to_stage: TenderStage, reason: str, *, by: Account) -> Tender:
    """Lead a decided procedure back: every standing decision is withdrawn, all history stays."""
    if to_stage not in complaint_rules.BACK_TO:
        raise Refused("Zurückversetzt wird zur Wertung oder zur Prüfung der geöffneten Angebote.")
    before = tender.stage
    advance(tender, to_stage, by=by)
    for lot in lots_going_on(tender):
        decision = evaluation.standing_decision(lot.id)
        if decision is not None:
            withdraw_decision(decision, reason, by=by)
    words: Words = {"Verfahrensstand": (before, to_stage), "Grund": reason}
    record(Event.STEPPED_BACK, tender, by=by, changes=words, tender_id=tender.id)
    return tender


def begin_review(
    tender: Tender, chamber: str, file_number: str, applicant: str, notified_at: datetime | None, *, by: Account
) -> Review:
    """Keep the tribunal's notice; from now on the award is locked."""
    hold(tender)
    if tender.stage in {TenderStage.PLANNED, TenderStage.AWARDED, TenderStage.CANCELLED}:
        raise Refused(f"Eine Nachprüfung sperrt ein laufendes Verfahren; der Stand ist „{tender.stage.label}“.")
    if not chamber.strip() or notified_at is None or notified_at > clock.now():
        raise Refused("Bitte Vergabekammer und Zeitpunkt der Mitteilung angeben; er liegt nicht in der Zukunft.")
    made = Review(
        tender=tender,
        number=_next(Review, tender),
        chamber=chamber.strip(),
        file_number=file_number.strip(),
        applicant=applicant.strip(),
        notified_at=notified_at,
        recorded_by_id=by.id,
        has_appeal=False,
    )
    db.session.add(made)
    db.session.flush()
    words: Words = {"Vergabekammer": made.chamber, "Aktenzeichen": made.file_number}
    record(Event.REVIEW_NOTIFIED, made, by=by, changes=words, tender_id=tender.id)
    return made


def end_review(review: Review, end: ReviewEnd, *, by: Account, seen_version: int | None = None) -> Review:
    """Keep the decision with its file; only with it the lock can end, at once or after the appeal period."""
    hold(review.tender)
    db.session.refresh(review, with_for_update={"of": Review})
    if seen_version is not None and seen_version != review.version:
        raise Conflict(f"Nachprüfung {review.number} wurde inzwischen geändert. Bitte neu laden.")
    found = review_rules.objections_to_ending(
        is_over=review.outcome is not None,
        outcome=end.outcome,
        served_on=end.served_on,
        today=clock.today(),
        has_document=bool(end.document),
    )
    refuse_if(found)
    stored = files.store(end.document, "application/octet-stream")
    review.outcome, review.served_on, review.decided_on = end.outcome, end.served_on, end.served_on
    review.document_name, review.document_hash = end.document_name[:200], stored.sha256
    review.ended_at, review.ended_by_id = clock.now(), by.id
    words: Words = {"Ausgang": end.outcome.label if end.outcome else "", "Entscheidung": review.document_name}
    words["Prüfsumme, SHA-256"] = stored.sha256
    record(Event.REVIEW_ENDED, review, by=by, changes=words, tender_id=review.tender_id)
    return review


def note_appeal(review: Review, decided_on: date | None, *, by: Account) -> Review:
    """Note an appeal against the tribunal's decision, and later the day of the court's decision."""
    hold(review.tender)
    if review.outcome is None:
        raise Refused("Zuerst wird die Entscheidung der Vergabekammer festgehalten.")
    if decided_on is not None and decided_on > clock.today():
        raise Refused("Die Entscheidung des Gerichts liegt nicht in der Zukunft.")
    review.has_appeal, review.appeal_decided_on = True, decided_on
    words: Words = {"Entscheidung des Gerichts": f"{decided_on:%d.%m.%Y}" if decided_on else "steht aus"}
    record(Event.APPEAL_NOTED, review, by=by, changes=words, tender_id=review.tender_id)
    return review


def follow_review(review: Review, to_stage: TenderStage, reason: str, *, by: Account) -> Review:
    """Lead the procedure back as the successful review demands; that ends its lock."""
    tender = review.tender
    hold(tender)
    if review.outcome is not ReviewOutcome.APPLICANT_WON or review.stepped_back_at is not None:
        raise Refused("Zurückversetzt wird einmal, nachdem ein Nachprüfungsantrag Erfolg hatte.")
    if not reason.strip():
        raise Refused("Bitte festhalten, was nach der Entscheidung zu wiederholen ist.")
    if tender.stage in {TenderStage.AWARD_DECIDED, TenderStage.STANDSTILL}:
        step_back(tender, to_stage, f"Nachprüfung {review.number}: {reason.strip()}", by=by)
    review.stepped_back_at = clock.now()
    return review
