"""P11: documents by type; what counts in the award cannot be requested; a day by the calendar; no second request."""

from datetime import date, timedelta

import pytest

from procurement.core import clock
from procurement.core.db import db
from procurement.core.errors import Refused
from procurement.core.mail import OutgoingMail
from procurement.examination import actions_documents, queries_bid
from procurement.examination import queries as examination
from procurement.examination.document_requests import ReceiptEntry, RequestEntry
from procurement.examination.states import DocumentState, RequestState
from tests.factories import examination as examined
from tests.factories import members as make
from tests.factories import tenders

FRIDAY = date(2027, 1, 8)


def lacking(*titles):
    bid = examined.bid_of(examined.opened_tender())
    examined.checked(bid, titles)
    return bid


def received(request, day, *, is_complete=True):
    return actions_documents.record_receipt(request, ReceiptEntry(day, is_complete), by=make.officer())


def test_p11_the_published_matrix_is_frozen_and_cannot_be_changed(context):
    tender = examined.opened_tender()
    assert tenders.is_as_published(tender)
    assert "Konzept" in tender.frozen_content
    examined.document(tender, "Konzept").title = "Anderes Konzept"
    db.session.flush()
    assert not tenders.is_as_published(tender)


def test_p11_a_document_for_the_award_can_never_be_requested(context):
    bid = lacking("Konzept")
    with pytest.raises(Refused, match=r"geht in die Wertung ein und darf nicht nachgefordert werden \(§ 56 Abs\. 3"):
        examined.requested(bid, "Konzept")
    assert queries_bid.proposed_ground(bid)[0] == "§ 57 Abs. 1 Nr. 2 VgV"
    both = lacking("Konzept", "Eigenerklärung")
    with pytest.raises(Refused, match="geht in die Wertung ein"):
        examined.requested(both, "Konzept", "Eigenerklärung")


def test_p11_a_price_needs_the_reason_why_it_is_immaterial(context):
    bid = lacking("Stundensatz")
    with pytest.raises(Refused, match="weder den Gesamtpreis noch die Rangfolge"):
        examined.requested(bid, "Stundensatz")
    entry = RequestEntry([examined.document(bid.tender, "Stundensatz").id], FRIDAY, "Nur für Nachträge, nicht gewertet")
    made = actions_documents.request_documents(bid, entry, by=make.officer())
    assert "§ 56 Abs. 2 und 3 VgV" in made.letter.text


def test_p11_the_last_day_is_a_working_day_in_the_future(context):
    bid = lacking("Eigenerklärung")
    with pytest.raises(Refused, match=r"Fr\., 25\.12\.2026 ist kein Arbeitstag .* Mo\., 28\.12\.2026"):
        examined.requested(bid, due_on=date(2026, 12, 25))
    with pytest.raises(Refused, match="in der Zukunft"):
        examined.requested(bid, due_on=clock.today())
    bid.bidder.email = "angebot@kabel.example"
    request = examined.requested(bid, due_on=FRIDAY)
    assert "bis Fr., 08.01.2027, 24:00 Uhr" in request.letter.text
    assert [one.recipient for one in db.session.query(OutgoingMail)] == ["angebot@kabel.example"]


def test_p11_a_second_request_is_blocked(context):
    bid = lacking("Eigenerklärung", "Datenblatt")
    examined.requested(bid)
    with pytest.raises(Refused, match="Eine zweite Nachforderung ist nicht vorgesehen"):
        examined.requested(bid, "Datenblatt")


def test_p11_what_comes_in_time_counts_and_what_comes_late_excludes(context):
    bid = lacking("Eigenerklärung")
    request = examined.requested(bid, due_on=FRIDAY)
    with pytest.raises(Refused, match="Die Frist läuft noch"):
        received(request, None)
    with clock.at(clock.now() + timedelta(days=60)):
        assert received(request, FRIDAY).state is RequestState.COMPLETE
    states = {check.document.title: check.state for check in queries_bid.checks_of(bid).values()}
    assert states["Eigenerklärung"] is DocumentState.RECEIVED_LATER
    late = examined.bid_of(bid.tender, "Netz GmbH")
    examined.checked(late)
    asked = examined.requested(late, due_on=FRIDAY)
    with clock.at(clock.now() + timedelta(days=60)):
        assert received(asked, FRIDAY + timedelta(days=1)).state is RequestState.LATE
    assert queries_bid.proposed_ground(late) == (
        "§ 57 Abs. 1 Nr. 2 VgV",
        "Verspätet nachgereicht: Eigenerklärung",
    )
    assert [one.state for one in examination.requests_of(late)] == [RequestState.LATE]
