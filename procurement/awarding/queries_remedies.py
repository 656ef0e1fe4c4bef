"""Complaints and reviews of a tender, and whether a review locks the award."""

from collections.abc import Sequence
from datetime import date

import sqlalchemy as sa

from procurement.awarding import complaint_rules, review_rules
from procurement.awarding.complaint_rules import ComplaintFacts, Preclusion
from procurement.awarding.models_remedies import Complaint, Review
from procurement.awarding.review_rules import ReviewFacts
from procurement.awarding.states import ComplaintState, Recognisable
from procurement.core import clock
from procurement.core.db import db, existing
from procurement.core.errors import NotFound
from procurement.core.permissions import Role
from procurement.members.models import Account
from procurement.tenders import queries as tenders
from procurement.tenders.models import Tender
from procurement.tenders.queries_page import lock_source


def complaints_of(tender_id: int) -> Sequence[Complaint]:
    """Every complaint, the latest first."""
    query = sa.select(Complaint).filter_by(tender_id=tender_id).order_by(Complaint.number.desc())
    return db.session.scalars(query).all()


def complaint_of(complaint_id: int, account: Account) -> Complaint:
    """One complaint for those who see the whole tender, or :class:`NotFound`."""
    found = existing(Complaint, complaint_id)
    file_of(found.tender_id, account)
    return found


def file_of(tender_id: int, account: Account) -> Tender:
    """A tender for those who see its whole file; :class:`NotFound` for a member."""
    if not account.roles & {Role.OFFICER, Role.AUDITOR}:
        raise NotFound
    return tenders.tender_for(account, tender_id)


def reviews_of(tender_id: int) -> Sequence[Review]:
    """Every review, the latest first."""
    query = sa.select(Review).filter_by(tender_id=tender_id).order_by(Review.number.desc())
    return db.session.scalars(query).all()


def review_of(review_id: int, account: Account) -> Review:
    """One review for those who see the whole tender, or :class:`NotFound`."""
    found = existing(Review, review_id)
    file_of(found.tender_id, account)
    return found


def review_facts(review: Review) -> ReviewFacts:
    """Where a review stands, for the rules."""
    return ReviewFacts(
        outcome=review.outcome,
        served_on=review.served_on,
        has_appeal=review.has_appeal,
        appeal_decided_on=review.appeal_decided_on,
        was_stepped_back=review.stepped_back_at is not None,
        procedure_started_on=review.tender.procedure_started_on,
    )


def locks_of(tender: Tender) -> list[str]:
    """Why reviews forbid the award today; empty when none does."""
    today = clock.today()
    found = [review_rules.lock(review_facts(one), today) for one in reviews_of(tender.id)]
    return [text for text in found if text]


@lock_source
def review_badge(tender: Tender) -> str:
    """The word beside the stage while a review locks the award."""
    return "Nachprüfung" if locks_of(tender) else ""


def preclusion_of(tender: Tender, complaint: Complaint) -> Preclusion:
    """Whether the complaint came in time, by the facts entered."""
    return complaint_rules.preclusion(complaint_facts(tender, complaint))


def complaint_facts(tender: Tender, complaint: Complaint) -> ComplaintFacts:
    """When it came and when its sender did or could know, for the rules."""
    return ComplaintFacts(
        received_at=complaint.received_at,
        received_on=clock.in_berlin(complaint.received_at).date(),
        known_on=complaint.known_on,
        recognisable=Recognisable(complaint.recognisable),
        bid_deadline_at=tender.bid_deadline_at,
        procedure_started_on=tender.procedure_started_on,
    )


def application_until(complaint: Complaint) -> date | None:
    """The last day of the bidder's 15 days after a refusal; nothing for an open or remedied complaint."""
    if complaint.state is not ComplaintState.NO_REMEDY or complaint.answered_at is None:
        return None
    day = clock.in_berlin(complaint.answered_at).date()
    return complaint_rules.last_day_to_apply(day, complaint.tender.procedure_started_on)


def warnings_of(tender: Tender) -> list[str]:
    """What to bear in mind at the award button: a complaint alone forbids nothing."""
    found = []
    for one in complaints_of(tender.id):
        until = application_until(one)
        if one.state is ComplaintState.OPEN:
            found.append(f"Rüge {one.number} ({one.sender}) ist noch nicht beantwortet.")
        elif until is not None and clock.today() <= until:
            found.append(
                f"Rüge {one.number} ({one.sender}) ist nicht abgeholfen; bis {until:%d.%m.%Y} ist ein "
                "Nachprüfungsantrag möglich."
            )
    return found
