"""P5: a question is anonymised, its answer goes to all at once; a late answer proposes a later deadline."""

from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from procurement.audit.models import AuditEntry
from procurement.core import clock, jobs
from procurement.core.db import db
from procurement.core.errors import Refused
from procurement.core.mail import OutgoingMail
from procurement.tenders import actions, actions_publication, actions_questions, queries_questions, queries_versions
from procurement.tenders.actions_questions import AnswerEntry, QuestionEntry
from procurement.tenders.question_rules import QuestionState
from tests.factories import members as make
from tests.factories import published, tenders

SENDER = "Dr. Vera Kabel, Netzhaus AG"
TEXT = "Wir von der Netzhaus AG fragen: Sind 40 Lizenzen gemeint?"
CLEAN = "Sind 40 Lizenzen gemeint?"


def asked(tender, *, sender=SENDER, text=TEXT, at=None):
    entry = QuestionEntry(text, sender, at or clock.now())
    return actions_questions.record_question(tender, entry, by=make.officer())


def answered(question, text=CLEAN, **details):
    entry = AnswerEntry(text, "Ja, 40 Lizenzen.", **details)
    return actions_questions.answer_question(question, entry, by=make.officer())


def december(day, hour=9):
    return clock.at(datetime(2026, 12, day, hour, tzinfo=UTC))


def test_p5_a_name_in_the_published_text_stops_the_answer_until_a_person_has_checked(context):
    question = asked(tenders.published_tender())
    assert question.published_text == TEXT  # to be edited by the officer
    with pytest.raises(Refused, match=r"Im Text kommt vor: Dr\. Vera Kabel, Netzhaus AG"):
        answered(question, TEXT)
    assert answered(question, TEXT, is_checked=True).state is QuestionState.ANSWERED


def test_p5_a_known_firm_in_the_text_is_noticed_too(context):
    tender = tenders.published_tender()
    published.firm("Sichernetz Münsterland")
    question = asked(tender, sender="", text="Passt die Lösung von Sichernetz?")
    with pytest.raises(Refused, match="Im Text kommt vor: Sichernetz Münsterland"):
        answered(question, "Passt die Lösung von Sichernetz?")


def test_p5_the_answer_goes_to_all_firms_at_the_same_time_without_the_sender(saved, app):
    with saved():
        tender = tenders.published_tender()
        for name in ("Netzhaus AG", "Weitblick GmbH"):
            published.registered_firm(tender, name, f"{name.split()[0]}@firma.example")
        answered(asked(tender))
    with app.app_context():
        jobs.run_pending()
        mails = db.session.scalars(sa.select(OutgoingMail).order_by(OutgoingMail.recipient)).all()
        assert [mail.recipient for mail in mails] == ["Netzhaus@firma.example", "Weitblick@firma.example"]
        assert mails[0].text == mails[1].text
        assert mails[0].created_at == mails[1].created_at
        assert CLEAN in mails[0].text
        assert "Kabel" not in mails[0].text
        trail = db.session.scalars(sa.select(AuditEntry.changes).where(AuditEntry.event.like("%question%"))).all()
        assert not any("Kabel" in changes for changes in trail)


@pytest.mark.parametrize(("day", "proposed"), [(22, None), (23, "2026-12-29"), (24, "2026-12-30")])
def test_p5_an_answer_later_than_six_days_before_the_deadline_proposes_the_extension(context, day, proposed):
    tender = tenders.published_tender()  # bids until Monday 28.12.2026
    with december(day):
        answered(asked(tender))
        late = [each.extension.deadline_on.isoformat() for each in queries_questions.late_answers(tender)]
    assert late == ([proposed] if proposed else [])


def test_p5_in_an_accelerated_procedure_four_days_are_enough(context):
    officer = make.officer()
    make.officer()
    tender = tenders.ready_tender(officer=officer)
    actions.set_deadlines(tender, tenders.deadlines(17), by=officer)  # 10.12.2026: less than the 30 days
    actions_publication.publish(tender, by=officer)
    with december(6):
        answered(asked(tender))
        assert queries_questions.late_answers(tender) == []
    with december(7):
        answered(asked(tender))
        assert [one.extension.deadline_on.day for one in queries_questions.late_answers(tender)] == [11]


def test_p5_accepting_the_extension_makes_a_new_version(context):
    tender = tenders.published_tender()
    with december(23):
        question = answered(asked(tender))
        made = actions_questions.accept_extension(question, by=make.officer())
        assert queries_questions.late_answers(tender) == []
    assert made.number == 2
    assert "Bieterfrage 1" in made.reason
    assert published.deadline_day(tender) == "2026-12-29"
    assert len(queries_versions.notices_of(tender.id)) == 1
    assert tenders.is_as_published(tender)


def test_p5_the_deadline_stays_only_with_a_reason(context):
    tender = tenders.published_tender()
    with december(23):
        question = answered(asked(tender))
        with pytest.raises(Refused, match="unerheblich"):
            actions_questions.decline_extension(question, " ", by=make.officer())
        actions_questions.decline_extension(question, "Die Frage kam zu spät.", by=make.officer())
        assert queries_questions.late_answers(tender) == []
    assert published.deadline_day(tender) == "2026-12-28"


def test_p5_a_question_after_the_question_deadline_is_taken_in_and_marked(context):
    tender = tenders.published_tender()  # questions until 21.12.2026, 12:00
    with december(21, hour=12):
        assert asked(tender).is_late
    with clock.at(tender.bid_deadline_at + timedelta(seconds=1)), pytest.raises(Refused, match="abgelaufen"):
        asked(tender)


def test_p5_leads_of_participating_members_read_what_was_published_and_nothing_else(saved, browser):
    with saved():
        officer = make.officer()
        tender = tenders.published_tender(officers=[officer, make.officer()])
        address, officer_id = f"/tenders/{tender.id}/questions", officer.id
        lead_id, auditor_id = make.lead(tender.participants[0].member).id, make.auditor().id
        stranger_id = make.lead(make.member()).id
        answered(asked(tender))
        asked(tender, text="Noch offen?")
    lead = browser(lead_id).get(address).text
    assert CLEAN in lead
    for hidden in ("Kabel", "Netzhaus", "Noch offen?"):
        assert hidden not in lead
    assert browser(stranger_id).get(address).status_code == 404
    auditor = browser(auditor_id)
    assert "Kabel" not in auditor.get(address).text
    assert auditor.get(f"{address}/1").status_code == 403
    assert "Kabel" in browser(officer_id).get(f"{address}/1").text


def test_p5_a_question_is_recorded_and_answered_by_the_pages(saved, browser):
    with saved():
        officer = make.officer()
        tender = tenders.published_tender(officers=[officer, make.officer()])
        address, officer_id = f"/tenders/{tender.id}/questions", officer.id
    page = browser(officer_id)
    assert "Noch keine Bieterfrage" in page.get(address).text
    sent = {"original": TEXT, "sender": SENDER, "received_at": "2026-11-23T09:30"}
    assert page.post(f"{address}/new", sent).location.endswith("/questions/1")
    entry = {"published_text": TEXT, "answer": "Ja.", "version": "1", "changes_documents": "y"}
    warned = page.post(f"{address}/1/answer", entry)
    assert warned.status_code == 422
    assert "niemand darf erkennbar sein" in warned.text
    assert page.post(f"{address}/1/answer", entry | {"published_text": CLEAN}).status_code == 303
    assert "Die Antwort ändert die Unterlagen." in page.get(address).text
