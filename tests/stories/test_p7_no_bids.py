"""P7: opened without a bid: the procedure is cancelled (§ 63 Abs. 1 Nr. 1 VgV, no-rece) and says what comes next."""

import pytest
import sqlalchemy as sa

from procurement.awarding import actions_cancellation
from procurement.core.db import db
from procurement.core.errors import Refused
from procurement.core.mail import OutgoingMail
from procurement.tenders.cancellation import CancellationGround, FollowUp, NoAwardCode
from procurement.tenders.kinds import TenderStage
from procurement.tenders.models_cancellation import Cancellation
from tests.factories import awarding, bids, tenders
from tests.factories import members as make
from tests.page_reading import text_of

NOTHING = {"ground": CancellationGround.NO_ADMISSIBLE_BID, "code": NoAwardCode.NOTHING_RECEIVED}


def empty_tender(**details):
    tender = tenders.published_tender(**details)
    bids.opened(tender)
    assert tender.stage is TenderStage.OPENED
    return tender


def cancelled(tender, **details):
    entry = awarding.cancellation(reason="Es ist kein Angebot eingegangen.", **(NOTHING | details))
    return actions_cancellation.cancel_tender(tender, entry, by=make.officer())


def test_p7_the_cancellation_keeps_ground_code_and_follow_up_and_tells_the_members(context):
    member = make.member("Ahaus")
    lead = make.lead(member)
    tender = empty_tender(members=[member, make.member(), make.member()])
    made = cancelled(tender, follow_up=FollowUp.OPEN_AGAIN)
    assert (tender.stage, made.code, made.bids_received) == (TenderStage.CANCELLED, NoAwardCode.NOTHING_RECEIVED, 0)
    mails = sa.select(OutgoingMail).filter_by(recipient=lead.email)
    [sent] = db.session.scalars(mails.where(OutgoingMail.subject.startswith("Aufgehoben")))
    assert "§ 63 Abs. 1 Nr. 1 VgV" in sent.text


def test_p7_negotiating_without_a_call_needs_unchanged_conditions_and_a_reason(context):
    tender = empty_tender()
    with pytest.raises(Refused) as caught:
        cancelled(tender, follow_up=FollowUp.WITHOUT_CALL)
    assert "nicht grundlegend geändert" in caught.value.message
    made = cancelled(tender, follow_up=FollowUp.WITHOUT_CALL, follow_up_reason="Eilbedarf", is_unchanged=True)
    assert made.follow_up is FollowUp.WITHOUT_CALL


def test_p7_negotiating_without_a_call_is_refused_where_the_need_changed(context):
    entry = {"ground": CancellationGround.BASIS_CHANGED, "code": NoAwardCode.NEED_CHANGED, "is_unchanged": True}
    with pytest.raises(Refused, match=r"§ 14 Abs\. 4 Nr\. 1 VgV"):
        cancelled(empty_tender(), follow_up=FollowUp.WITHOUT_CALL, follow_up_reason="x", **entry)


def test_p7_the_wizard_fills_in_ground_and_code_and_shows_the_versions(saved, browser):
    with saved():
        tender, officer = empty_tender(), make.officer()
        officer_id, tender_id = officer.id, tender.id
    page = browser(officer_id)
    shown = page.get(f"/awarding/{tender_id}/cancellation")
    assert "Kein Angebot eingegangen" in text_of(shown)
    assert f"/tenders/{tender_id}/versions" in shown.text
    typed = {"ground": "no_admissible_bid", "code": "no-rece", "reason": "Kein Angebot", "follow_up": "open_again"}
    assert page.post(f"/awarding/{tender_id}/cancellation", typed).status_code == 303
    with saved():
        assert db.session.scalars(sa.select(Cancellation.tender_id)).all() == [tender_id]
