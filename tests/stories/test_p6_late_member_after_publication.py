"""P6: a late member after publication changes the notice: correction and later deadline; never after the award."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from procurement.core import clock
from procurement.core.db import db
from procurement.core.errors import NotFound, Refused
from procurement.core.mail import OutgoingMail
from procurement.demand.models import DemandChange
from procurement.demand.states import ChangeState, DemandState
from procurement.tenders import (
    actions_late_members,
    queries,
    queries_late_members,
    queries_publication,
    queries_versions,
)
from procurement.tenders.kinds import TenderStage
from procurement.tenders.participation import Confirmation
from procurement.tenders.timetable import Deadlines
from tests.factories import members as make
from tests.factories import published, tenders

WHY = "Velen hat seinen Bedarf erst jetzt beschlossen."


def asked(tender, member):
    return actions_late_members.ask_late_member(tender, member, by=make.officer())


def confirmed(tender, member):
    late = asked(tender, member)
    entry = Confirmation(clock.today(), "Teilnahme mit 10 Lizenzen")
    return actions_late_members.confirm_late_participation(late, entry, by=make.lead(member))


def added(late, *, takes_demand=False, deadlines=None):
    effect = queries_late_members.effect_of_adding(late, takes_demand=takes_demand)
    return actions_late_members.add_late_member(
        late, WHY, deadlines or effect.proposed, by=make.officer(), takes_demand=takes_demand
    )


def test_p6_the_member_is_asked_by_mail_and_confirms_first(context):
    tender, velen = tenders.published_tender(), make.member("Velen")
    lead = make.lead(velen)
    late = asked(tender, velen)
    assert [mail.recipient for mail in db.session.scalars(sa.select(OutgoingMail))] == [lead.email]
    with pytest.raises(Refused, match="Velen hat die verbindliche Teilnahme noch nicht bestätigt"):
        added(late)
    entry, stranger = Confirmation(clock.today(), "Teilnahme"), make.lead(make.member())
    with pytest.raises(NotFound):
        actions_late_members.confirm_late_participation(late, entry, by=stranger)
    assert tenders.is_as_published(tender)  # nobody takes part before the correction


def test_p6_it_needs_a_correction_with_a_reason_and_a_later_deadline(context):
    tender = tenders.published_tender()
    late = confirmed(tender, make.member("Velen"))
    same = queries_publication.deadlines_of(tender)
    with pytest.raises(Refused, match=r"spätere Angebotsfrist, frühestens den 29\.12\.2026"):
        added(late, deadlines=same)
    with pytest.raises(Refused, match="begründen"):
        actions_late_members.add_late_member(late, " ", same, by=make.officer(), takes_demand=False)
    made = added(late)
    assert made.number == 2
    assert "Velen kommt als Auftraggeber hinzu" in made.classified_because
    assert "Velen" in [member.name for member in queries.participants_of(tender.id)]
    assert published.deadline_day(tender) == "2027-01-04"
    assert len(queries_versions.notices_of(tender.id)) == 1
    assert tenders.is_as_published(tender)


def test_p6_its_late_demand_grows_the_lines_and_the_value(context):
    tender = tenders.published_tender()  # 4 × 1,000.00 and 40 × 50.00
    velen = make.member("Velen")
    demand = published.late_demand(tender.round, velen, {"FW-2": 10})
    late = confirmed(tender, velen)
    effect = queries_late_members.effect_of_adding(late, takes_demand=True)
    [change] = effect.changes
    assert (change.number, str(change.quantity_before), str(change.quantity)) == ("FW-2", "40", "50")
    assert (str(effect.value_before), str(effect.value_after)) == ("6000.00", "6500.00")
    assert (effect.participants_before, effect.participants_after) == (3, 4)
    added(late, takes_demand=True)
    assert str(tenders.line_of(tender, "FW-2").quantity) == "50"
    assert demand.state is DemandState.FROZEN
    assert db.session.scalars(sa.select(DemandChange.state)).all() == [ChangeState.ACCEPTED]
    assert str(queries_publication.estimates_of(tender.id)[0].total_net) == "6500.00"
    assert tenders.is_as_published(tender)


def test_p6_an_article_nobody_asked_for_yet_becomes_a_new_line(context):
    wishes = (*tenders.ONE_LOT[0][1], tenders.Wish("FW-3", "Schulung", (0, 0, 0), "300.00", unit="Tag"))
    tender = tenders.published_tender((("Firewall", wishes),))
    velen = make.member("Velen")
    published.late_demand(tender.round, velen, {"FW-3": 2})
    late = confirmed(tender, velen)
    effect = queries_late_members.effect_of_adding(late, takes_demand=True)
    assert "Position FW-3 kommt neu hinzu." in effect.classification.reasons
    added(late, takes_demand=True)
    assert str(tenders.line_of(tender, "FW-3").quantity) == "2"
    assert str(queries_publication.estimates_of(tender.id)[0].total_net) == "6600.00"  # 6,000 + 2 × 300
    assert tenders.is_as_published(tender)


def test_p6_without_quantities_the_member_is_entitled_and_the_lines_stay(context):
    tender = tenders.published_tender()
    velen = make.member("Velen")
    demand = published.late_demand(tender.round, velen, {"FW-2": 10})
    added(confirmed(tender, velen), takes_demand=False)
    assert str(tenders.line_of(tender, "FW-2").quantity) == "40"
    assert demand.state is DemandState.LATE


def test_p6_from_the_bid_deadline_on_it_is_refused(context):
    tender = tenders.published_tender()
    late = confirmed(tender, make.member("Velen"))
    later = Deadlines(tender.question_deadline_at, tender.bid_deadline_at + timedelta(days=9), None)
    with clock.at(tender.bid_deadline_at), pytest.raises(Refused, match="Die Angebotsfrist ist abgelaufen"):
        added(late, deadlines=later)


def test_p6_after_the_award_it_is_refused_with_the_words_of_the_law(context):
    officer = make.officer()
    tender = tenders.tender_at(TenderStage.AWARDED, tenders.published_tender(), officer)
    sentence = "Aus der Rahmenvereinbarung rufen nur Auftraggeber ab, die in der Bekanntmachung genannt sind"
    with pytest.raises(Refused, match=sentence) as refused:
        asked(tender, make.member("Velen"))
    assert "§ 21 Abs. 2 VgV" in refused.value.message


def test_p6_the_whole_way_by_the_pages(saved, browser):
    with saved():
        officer, velen = make.officer(), make.member("Velen")
        tender = tenders.published_tender(officers=[officer, make.officer()])
        published.late_demand(tender.round, velen, {"FW-2": 10})
        lead_id, officer_id, member_id = make.lead(velen).id, officer.id, velen.id
        stranger_id = make.lead(make.member()).id
        address, own = f"/tenders/{tender.id}/late-members", f"/tenders/{tender.id}/late-participation/{velen.id}"
    office, lead = browser(officer_id), browser(lead_id)
    assert office.get(address).status_code == 200
    assert lead.get(own).status_code == 404  # nobody asked yet
    assert office.post(address, {"member": str(member_id)}).status_code == 303
    assert "Nachträgliche Teilnahme" in lead.get("/tenders/").text
    assert "FW-2" in lead.get(own).text
    assert browser(stranger_id).get(own).status_code == 404
    sent = {"mandate_on": "2026-11-20", "scope": "Ratsbeschluss vom 20.11.2026"}
    assert lead.post(own, sent).status_code == 303
    page = office.get(f"{address}/{member_id}").text
    for shown in ("Velen kommt als Auftraggeber hinzu", "6.500,00", "3, danach 4", 'value="2027-01-04T12:00"'):
        assert shown in page
    entry = {"reason": WHY, "takes_demand": "y", "version": "2", "bid_deadline_at": "2026-12-28T12:00",
             "question_deadline_at": "2026-12-28T11:00", "bid_validity_end_on": "2027-03-05"}  # fmt: skip
    assert office.post(f"{address}/{member_id}", entry).status_code == 422
    assert office.post(f"{address}/{member_id}", entry | {"bid_deadline_at": "2027-01-04T12:00"}).status_code == 303
    assert "aufgenommen mit Fassung 2" in office.get(address).text
    assert "Ihr Mitglied ist aufgenommen" in lead.get(own).text
