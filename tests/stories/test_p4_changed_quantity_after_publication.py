"""P4: changed quantity after publication -> classified, new version, firms informed, deadline extended, notice due."""

import io
import json
from datetime import UTC, date, datetime, timedelta

import openpyxl
import pytest
import sqlalchemy as sa

from procurement.bids import queries_firms
from procurement.bids.models import SheetReading
from procurement.core import clock, jobs
from procurement.core.db import db
from procurement.core.errors import Refused
from procurement.core.mail import OutgoingMail
from procurement.tenders import actions_published, queries_publication, queries_versions
from procurement.tenders.change_classification import ChangeClass
from procurement.tenders.publication_change import Correction
from procurement.values.quantity import Quantity
from tests.factories import bids as make_bids
from tests.factories import members as make
from tests.factories import published, tenders


def test_p4_a_quantity_beyond_the_percentage_is_substantial_and_needs_a_later_deadline(context):
    tender = published.with_joint_line()
    twelve = published.of_line(tender, "G-1", quantity=Quantity.of(12))
    with pytest.raises(Refused, match=r"frühestens den 29\.12\.2026 .* Vorschlag: 04\.01\.2027"):
        actions_published.change_published(tender, Correction("Mehr Schulen", (twelve,)), by=make.officer())
    db.session.expire_all()
    made = published.more_days(tender, 12)
    assert (made.number, made.classification) == (2, ChangeClass.SUBSTANTIAL)
    assert "um 20 %, mehr als 10 %" in made.classified_because
    # 28.12.2026 + 6 days is Sunday 03.01.2027, so Monday
    assert published.deadline_day(tender) == "2027-01-04"
    assert tenders.is_as_published(tender)


def test_p4_a_quantity_within_the_percentage_keeps_the_deadline(context):
    tender = published.with_joint_line()
    made = published.more_days(tender, 11)  # exactly 10 %, not more
    assert made.classification is ChangeClass.MINOR
    assert published.deadline_day(tender) == "2026-12-28"
    assert queries_versions.notices_of(tender.id) == []
    assert tenders.is_as_published(tender)


def test_p4_an_award_relevant_item_is_substantial_whatever_its_quantity(context):
    tender = published.with_joint_line()
    effect = actions_published.preview(tender, published.correction(tender, title="Leitung", bears_on_award=True))
    assert effect.classification.kind is ChangeClass.SUBSTANTIAL
    effect = actions_published.preview(tender, published.correction(tender, "FW-2", unit="Lizenz/Jahr"))
    assert "Die Einheit ändert sich" in effect.classification.reasons[0]


def test_p4_every_version_stays_and_two_are_compared_line_by_line(context):
    tender = published.with_joint_line()
    first = tender.frozen_content
    published.more_days(tender, 12)
    assert queries_versions.content_of_version(tender, 1) == first
    assert [each["quantity"] for each in json.loads(first)["lots"][0]["lines"]] == ["4", "40", "10"]
    found = {one.what or one.part: (one.old, one.new) for one in queries_versions.comparison(tender, 1, 2)}
    assert found["Los 1, Position G-1, Menge"] == ("10", "12")
    assert found["Angebotsfrist"] == ("28.12.2026, 12:00 Uhr", "04.01.2027, 12:00 Uhr")
    assert [version.reason for version in queries_versions.versions_of(tender)] == [published.REASON, ""]
    # 4 × 1,000 + 40 × 50 + 12 × 900
    assert str(queries_publication.estimates_of(tender.id)[0].total_net) == "16800.00"


def test_p4_all_registered_firms_are_informed_and_one_without_mail_is_named(saved, app):
    with saved():
        tender = published.with_joint_line()
        tender_id = tender.id
        published.registered_firm(tender, "Netzhaus AG", "angebot@netzhaus.example")
        published.registered_firm(tender, "Postbote e.K.")
        published.firm("Fremd GmbH", "fremd@fremd.example")
        published.more_days(tender, 12)
    with app.app_context():
        jobs.run_pending()
        mails = db.session.scalars(sa.select(OutgoingMail)).all()
        assert [mail.recipient for mail in mails] == ["angebot@netzhaus.example"]
        assert "Position G-1: Menge bisher 10, neu 12" in queries_firms.notices_of(tender_id)[0].text
        assert [notice.bidder.name for notice in queries_firms.open_notices_of(tender_id)] == ["Postbote e.K."]


def test_p4_the_change_notice_is_a_to_do_until_the_next_working_day(context):
    tender = published.with_joint_line()
    with clock.at(datetime(2026, 11, 27, 9, 0, tzinfo=UTC)):  # a Friday
        published.more_days(tender, 12)
    [notice] = queries_versions.notices_of(tender.id)
    assert (notice.due_on, notice.sent_at) == (date(2026, 11, 30), None)


def test_p4_from_the_bid_deadline_on_nothing_changes(context):
    tender = published.with_joint_line()
    wanted = published.correction(tender, quantity=Quantity.of(11))
    officer = make.officer()
    with clock.at(tender.bid_deadline_at - timedelta(seconds=1)):
        assert queries_versions.objections_to_changing_now(tender) == []
    with clock.at(tender.bid_deadline_at), pytest.raises(Refused, match="Die Angebotsfrist ist abgelaufen"):
        actions_published.change_published(tender, wanted, by=officer)
    assert tenders.is_as_published(tender)


def test_p4_a_price_sheet_issued_before_names_the_changed_lines(context):
    tender = published.with_joint_line()
    old = make_bids.sheet(tender.lots[0], {"FW-1": "900", "FW-2": "40", "G-1": "800"})
    assert openpyxl.load_workbook(io.BytesIO(old.content)).worksheets[0]["D15"].value == 10
    published.more_days(tender, 12)
    make_bids.sealed_bid(tender, files=[old])
    make_bids.opened(tender)
    [reading] = db.session.scalars(sa.select(SheetReading)).all()
    assert not reading.was_taken_over
    told = [(finding["cell"], finding["message"]) for finding in reading.findings]
    assert "stammt aus Fassung 1" in told[0][1]
    assert told[1] == ("D15", "Position 3: Die Menge ist jetzt 12, im Preisblatt noch 10.")
    assert len(told) == 2


def test_p4_the_officer_sees_the_effect_before_confirming_it(saved, browser):
    with saved():
        officer = make.officer()
        tender = published.with_joint_line(officer=officer)
        officer_id, address = officer.id, f"/tenders/{tender.id}"
        line_id, version = tenders.line_of(tender, "G-1").id, str(tender.version)
        lead_id, auditor_id = make.lead(tender.participants[0].member).id, make.auditor().id
    page = browser(officer_id)
    assert page.get(f"{address}/change").status_code == 200
    sent = {f"quantity_{line_id}": "12", "reason": "Mehr Schulen", "version": version}
    preview = page.post(f"{address}/change/preview", sent).text
    assert "Diese Änderung ist wesentlich" in preview
    assert "16.800,00" in preview
    assert 'value="2027-01-04T12:00"' in preview
    deadlines = {"bid_deadline_at": "2026-12-28T12:00", "question_deadline_at": "2026-12-21T12:00",
                 "bid_validity_end_on": "2027-02-26"}  # fmt: skip
    refused = page.post(f"{address}/change", sent | deadlines)
    assert refused.status_code == 422
    assert "frühestens den 29.12.2026" in refused.text
    late = {"bid_deadline_at": "2027-01-04T12:00", "question_deadline_at": "2026-12-28T12:00",
            "bid_validity_end_on": "2027-03-05"}  # fmt: skip
    assert page.post(f"{address}/change", sent | late).status_code == 303
    listed = page.get(f"{address}/versions").text
    assert "Änderungsbekanntmachung zu Fassung 2" in listed
    assert "Menge" in page.get(f"{address}/versions/compare").text
    kept = browser(auditor_id).get(f"{address}/versions/1.json")
    assert kept.mimetype == "application/json"
    assert kept.get_json()["lots"][0]["lines"][2]["quantity"] == "10"
    assert browser(lead_id).get(f"{address}/versions").status_code == 403
