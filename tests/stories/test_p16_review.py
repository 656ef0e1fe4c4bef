"""P16: the tribunal's notice locks the award; only the decision document unlocks it, by the law of its beginning.

The decision is served on Mon 07.12.2026. In a procedure begun before 01.07.2026 the two weeks of the appeal end on Mon
21.12.2026, so the award is free from Tue 22.12.2026 on; with an appeal two weeks more, from Tue 05.01.2027 on.
"""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from procurement.awarding import actions, actions_remedies, queries_remedies
from procurement.awarding.actions_remedies import ReviewEnd
from procurement.awarding.review_rules import ReviewFacts, free_from, lock
from procurement.awarding.states import ReviewOutcome
from procurement.core.errors import Refused
from procurement.evaluation import queries as evaluation
from procurement.tenders.kinds import TenderStage
from tests.factories import awarding
from tests.factories import evaluation as given
from tests.factories import members as make
from tests.page_reading import text_of

SERVED = date(2026, 12, 7)
NEW, OLD = date(2026, 7, 1), date(2026, 6, 30)
WON = ReviewFacts(ReviewOutcome.AUTHORITY_WON, SERVED, False, None, False, NEW)
DOCUMENT = b"%PDF-1.7 Beschluss"


def end(outcome=ReviewOutcome.AUTHORITY_WON, document=DOCUMENT, served_on=SERVED):
    return ReviewEnd(outcome, served_on, "Beschluss.pdf", document)


def waiting(hand, **details):
    """A tender whose standstill is over, so that nothing but a review can lock it."""
    tender = given.decided_tender(**details)
    awarding.informed(tender)
    awarding.registered(tender)
    hand.moment = max(awarding.earliest(tender), datetime(2026, 12, 7, 9, 0, tzinfo=UTC))
    return tender


def test_p16_the_notice_locks_and_only_the_document_unlocks_at_once_by_the_new_law(context, hand):
    tender, officer = waiting(hand), make.officer()
    review = awarding.review(tender)
    with pytest.raises(Refused, match="Der Zuschlag ist verboten, bis die Entscheidung vorliegt"):
        actions.award(tender, "", by=officer)
    with pytest.raises(Refused, match="Ohne die Entscheidung als Datei"):
        actions_remedies.end_review(review, end(document=b""), by=officer)
    actions_remedies.end_review(review, end(), by=officer)
    assert queries_remedies.locks_of(tender) == []
    actions.award(tender, "", by=officer)
    assert tender.stage is TenderStage.AWARDED


def test_p16_a_procedure_of_the_old_law_waits_for_the_appeal_period(context, hand):
    tender, officer = waiting(hand, procedure_started_on=OLD), make.officer()
    review = awarding.review(tender)
    actions_remedies.end_review(review, end(), by=officer)
    with pytest.raises(Refused, match=r"Zuschlag erst ab Di\., 22\.12\.2026"):
        actions.award(tender, "", by=officer)
    hand.moment = datetime(2026, 12, 22, 9, 0, tzinfo=UTC)
    actions.award(tender, "", by=officer)


def test_p16_the_lock_ends_by_the_law_of_the_day_of_beginning():
    assert lock(WON, SERVED) == ""
    old = replace(WON, procedure_started_on=OLD)
    assert free_from(old) == date(2026, 12, 22)
    assert free_from(replace(old, has_appeal=True)) == date(2027, 1, 5)
    assert free_from(replace(old, has_appeal=True, appeal_decided_on=date(2026, 12, 28))) == date(2026, 12, 28)
    assert lock(replace(WON, outcome=None), SERVED).startswith("Nachprüfung läuft")
    assert lock(replace(WON, outcome=ReviewOutcome.SETTLED), SERVED) == ""


def test_p16_if_the_applicant_wins_the_procedure_has_to_go_back_first(context, hand):
    tender, officer = waiting(hand), make.officer()
    review = awarding.review(tender)
    actions_remedies.end_review(review, end(ReviewOutcome.APPLICANT_WON), by=officer)
    with pytest.raises(Refused, match="zurückzuversetzen"):
        actions.award(tender, "", by=officer)
    actions_remedies.follow_review(review, TenderStage.EVALUATED, "K1 neu bewerten", by=officer)
    assert (tender.stage, queries_remedies.locks_of(tender)) == (TenderStage.EVALUATED, [])
    assert evaluation.standing_decision(tender.lots[0].id) is None


def test_p16_the_pages_show_the_lock_beside_the_stage(saved, browser, hand):
    with saved():
        tender, officer = waiting(hand), make.officer()
        officer_id, tender_id = officer.id, tender.id
    page = browser(officer_id)
    notice = {"chamber": "Vergabekammer Westfalen", "notified_at": "2026-12-07T09:00"}
    assert page.post(f"/awarding/{tender_id}/reviews", notice).status_code == 303
    assert "Nachprüfung" in text_of(page.get(f"/tenders/{tender_id}"))
    assert page.post(f"/awarding/{tender_id}/award").status_code == 422
    assert "Zuschlag gesperrt" in text_of(page.get(f"/awarding/{tender_id}/objections"))
