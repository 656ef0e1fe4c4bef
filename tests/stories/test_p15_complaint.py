"""P15: a complaint is checked for being in time and answered; it never locks the award but warns at the button."""

from datetime import UTC, date, datetime, timedelta

import pytest

from procurement.awarding import actions, actions_remedies, queries, queries_remedies
from procurement.awarding.complaint_rules import ComplaintFacts, preclusion
from procurement.awarding.states import ComplaintState, Recognisable
from procurement.core.errors import Refused
from procurement.evaluation import queries as evaluation
from procurement.evaluation.states import AwardState
from procurement.tenders.kinds import TenderStage
from tests.factories import awarding
from tests.factories import evaluation as given
from tests.factories import members as make
from tests.page_reading import text_of

STARTED = date(2026, 11, 2)
DEADLINE = datetime(2026, 12, 7, 11, 0, tzinfo=UTC)


def facts(received, known_on=None, recognisable=Recognisable.LATER):
    return ComplaintFacts(received, received.date(), known_on, recognisable, DEADLINE, STARTED)


# Known on Tue 08.12.2026: the ten calendar days end on Fri 18.12. Known on the 9th they would end on Sat 19.12. and run
# to Mon 21.12.2026 (§ 193 BGB).
@pytest.mark.parametrize(
    ("known", "received", "is_late"), [(8, 18, False), (8, 19, True), (9, 21, False), (9, 22, True)]
)
def test_p15_ten_calendar_days_from_knowledge(known, received, is_late):
    found = preclusion(facts(datetime(2026, 12, received, 9, tzinfo=UTC), date(2026, 12, known)))
    assert found.is_precluded is is_late
    assert ("(§ 160 Abs. 3 Nr. 1 GWB)" in found.text) is is_late


def test_p15_what_the_notice_or_documents_show_is_complained_of_before_the_bid_deadline():
    at_the_deadline = facts(DEADLINE, recognisable=Recognisable.NOTICE)
    assert not preclusion(at_the_deadline).is_precluded
    late = preclusion(facts(DEADLINE + timedelta(seconds=1), recognisable=Recognisable.DOCUMENTS))
    assert late.is_precluded
    assert "§ 160 Abs. 3 Nr. 3 GWB" in late.text


def test_p15_no_remedy_starts_fifteen_days_and_only_warns_at_the_award(context, hand):
    tender, officer = given.decided_tender(), make.officer()
    awarding.informed(tender)
    complaint = awarding.complaint(tender)
    assert queries_remedies.warnings_of(tender) == ["Rüge 1 (Kabel AG) ist noch nicht beantwortet."]
    hand.moment = datetime(2026, 12, 1, 9, tzinfo=UTC)
    verdict = ComplaintState.NO_REMEDY
    actions_remedies.answer_complaint(complaint, verdict, "K1 ist begründet.", by=officer)
    assert queries_remedies.application_until(complaint) == date(2026, 12, 16)
    hand.moment = awarding.earliest(tender)
    [warning] = queries_remedies.warnings_of(tender)
    assert "bis 16.12.2026 ist ein Nachprüfungsantrag möglich" in warning
    actions.award(tender, "", by=officer)
    assert tender.stage is TenderStage.AWARDED


@pytest.mark.parametrize("stage", [TenderStage.EVALUATED, TenderStage.OPENED])
def test_p15_a_remedy_leads_back_withdraws_the_decision_and_all_history_stays(context, stage):
    tender, officer = given.decided_tender(), make.officer()
    awarding.informed(tender)
    first_letters = len(queries.letter_rows(tender.id))
    complaint = awarding.complaint(tender)
    actions_remedies.answer_complaint(complaint, ComplaintState.REMEDY, "K1 wird neu bewertet.", stage, by=officer)
    lot = tender.lots[0]
    assert tender.stage is stage
    assert [one.state for one in evaluation.decisions_of(lot.id)] == [AwardState.WITHDRAWN]
    given.rate(lot, {"Kabel AG": {"K1": 10, "K2": 10}})
    given.evaluate(lot)
    given.confirmed(lot)
    assert queries.award_facts(tender).missing == ["Netz GmbH"]
    awarding.awarded(tender)
    assert tender.stage is TenderStage.AWARDED
    assert len(queries.letter_rows(tender.id)) == first_letters + 2  # a new information and the award


def test_p15_back_at_the_opening_an_unchanged_lot_can_be_evaluated_again(context):
    tender, officer = given.decided_tender(), make.officer()
    complaint = awarding.complaint(tender)
    verdict, answer = ComplaintState.REMEDY, "Die Unterlagen werden neu geprüft."
    actions_remedies.answer_complaint(complaint, verdict, answer, TenderStage.OPENED, by=officer)
    assert given.evaluate(tender.lots[0]).number == 2
    assert tender.stage is TenderStage.EVALUATED


def test_p15_nobody_steps_back_before_the_decision_or_without_a_remedy(context):
    tender, officer = given.opened_tender(), make.officer()
    complaint = awarding.complaint(tender)
    answer = actions_remedies.answer_complaint
    with pytest.raises(Refused, match="Zurückversetzt wird nur, wenn der Rüge abgeholfen wird"):
        answer(complaint, ComplaintState.NO_REMEDY, "nein", TenderStage.EVALUATED, by=officer)
    with pytest.raises(Refused, match="zwischen Zuschlagsentscheidung und Zuschlag"):
        answer(complaint, ComplaintState.REMEDY, "ja", TenderStage.EVALUATED, by=officer)


def test_p15_by_the_pages(saved, browser):
    with saved():
        tender, officer = given.decided_tender(), make.officer()
        officer_id, url = officer.id, f"/awarding/{tender.id}"
    page = browser(officer_id)
    typed = {"received_at": "2026-11-23T09:00", "sender": "Kabel AG", "breach": "K1", "recognisable": "later"}
    assert page.post(f"{url}/complaints", typed | {"sender": ""}).status_code == 422
    assert page.post(f"{url}/complaints", typed).status_code == 303
    shown = text_of(page.get(f"{url}/objections"))
    assert "Nach den eingetragenen Tatsachen rechtzeitig" in shown
    assert "Rüge 1 (Kabel AG) ist noch nicht beantwortet." in text_of(page.get(url))
