"""Binding participation: what is missing, who may confirm and take back, and what publication waits for."""

from datetime import date

import pytest
import sqlalchemy as sa

from procurement.audit.models import AuditEntry
from procurement.core.db import db
from procurement.core.errors import Conflict, NotFound, Refused
from procurement.core.mail import OutgoingMail
from procurement.members.queries_own import people_of
from procurement.tenders import (
    actions_participation,
    actions_procedure,
    actions_publication,
    participation,
    queries_participation,
    queries_publication,
)
from procurement.tenders.kinds import ProcurementRole
from procurement.tenders.participation import Confirmation, Participation
from tests.factories import members as make
from tests.factories import tenders

TODAY = date(2026, 11, 23)
ON_PAPER = Confirmation(TODAY, "Teilnahme", tenders.mandate())


def planned():
    """A tender ready but for its members Ahaus, Borken and Velen, and its officer."""
    members = [make.member(name) for name in ("Ahaus", "Borken", "Velen")]
    officer = make.officer()
    make.officer()
    tender = tenders.planned_tender(tenders.ONE_LOT, members, officer=officer)
    return tender, members, officer


def of(tender, member):
    return queries_participation.participant_of(tender, member.id)


def last_entry(event):
    query = sa.select(AuditEntry).where(AuditEntry.event == event).order_by(AuditEntry.number.desc())
    return db.session.scalars(query).first()


def test_missing_members_are_named_with_the_day_they_were_asked():
    [objection] = participation.objections_to_participation(Participation(3, ("Ahaus", "Borken"), date(2026, 11, 2)))
    assert "Es fehlen: Ahaus, Borken (seit 02.11.2026)." in objection.text
    assert participation.objections_to_participation(Participation(3)) == []
    assert "Es nimmt kein Mitglied teil" in participation.objections_to_participation(Participation(0))[0].text


@pytest.mark.parametrize(
    ("entry", "field"),
    [
        (Confirmation(None, "Teilnahme"), "mandate_on"),
        (Confirmation(date(2026, 11, 24), "Teilnahme"), "mandate_on"),
        (Confirmation(TODAY, "  "), "scope"),
        (Confirmation(TODAY, "x" * 2001), "scope"),
        (Confirmation(TODAY, "Teilnahme", tenders.mandate("Vollmacht.docx", b"PK\x03\x04")), "document"),
        (Confirmation(TODAY, "Teilnahme", tenders.mandate(content=b"%PDF-" + b"x" * (10 * 1024 * 1024))), "document"),
        (Confirmation(TODAY, "Teilnahme", tenders.mandate("x" * 201)), "document"),
    ],
)
def test_what_is_wrong_with_a_confirmation_is_said_at_its_field(entry, field):
    found = participation.objections_to_confirming(entry, TODAY, is_confirmed=False, needs_document=False)
    assert [objection.field for objection in found] == [field]


def test_a_lead_confirms_for_its_own_member_only(context):
    tender, (ahaus, borken, _velen), _officer = planned()
    lead = make.lead(ahaus, "Lea Leitung")
    actions_participation.confirm_participation(of(tender, ahaus), Confirmation(TODAY, "Teilnahme"), by=lead)
    confirmed = of(tender, ahaus)
    assert (confirmed.confirmed_by.name, confirmed.mandate_on, confirmed.mandate_scope) == (
        "Lea Leitung", TODAY, "Teilnahme",
    )  # fmt: skip
    assert last_entry("tenders:participation:confirm").member_id == ahaus.id
    with pytest.raises(NotFound):
        actions_participation.confirm_participation(of(tender, borken), Confirmation(TODAY, "Teilnahme"), by=lead)
    with pytest.raises(Refused, match="schon bestätigt"):
        actions_participation.confirm_participation(confirmed, Confirmation(TODAY, "Teilnahme"), by=lead)


def test_the_office_confirms_for_a_member_only_with_the_signed_document(context):
    tender, (ahaus, *_rest), officer = planned()
    with pytest.raises(Refused, match="unterschriebene Dokument als PDF"):
        actions_participation.confirm_on_behalf(of(tender, ahaus), Confirmation(TODAY, "Teilnahme"), by=officer)
    actions_participation.confirm_on_behalf(of(tender, ahaus), ON_PAPER, by=officer)
    assert queries_participation.document_of(of(tender, ahaus)) == ON_PAPER.document.content


@pytest.mark.parametrize("role", sorted(participation.WITH_MANDATE))
def test_who_is_bought_for_in_its_own_name_must_sign(context, role):
    tender, (ahaus, *_rest), officer = planned()
    actions_procedure.choose_role(tender, role, by=officer)
    lead = make.lead(ahaus)
    with pytest.raises(Refused, match="unterschriebene Dokument als PDF"):
        actions_participation.confirm_participation(of(tender, ahaus), Confirmation(TODAY, "Teilnahme"), by=lead)
    actions_participation.confirm_participation(of(tender, ahaus), ON_PAPER, by=lead)
    with pytest.raises(Refused, match="Bestätigt haben schon: Ahaus"):
        actions_procedure.choose_role(tender, ProcurementRole.CENTRAL_PURCHASING_OWN_NAME, by=officer)


def test_terms_that_changed_since_they_were_seen_are_not_agreed_to(context):
    tender, (ahaus, borken, _velen), officer = planned()
    seen = queries_participation.terms_of(of(tender, ahaus))
    actions_participation.confirm_on_behalf(of(tender, borken), ON_PAPER, by=officer)  # others do not matter
    assert queries_participation.terms_of(of(tender, ahaus)) == seen
    actions_participation.take_back_participation(of(tender, borken), "falsches Dokument", by=officer)
    actions_procedure.choose_role(tender, ProcurementRole.OCCASIONAL_JOINT, by=officer)
    late = Confirmation(TODAY, "Teilnahme", tenders.mandate(), seen)
    with pytest.raises(Conflict, match="haben sich inzwischen geändert"):
        actions_participation.confirm_participation(of(tender, ahaus), late, by=make.lead(ahaus))


def test_taking_back_needs_a_reason_and_leaves_the_old_confirmation_in_the_trail(context):
    tender, (ahaus, *_rest), officer = planned()
    actions_participation.confirm_on_behalf(of(tender, ahaus), ON_PAPER, by=officer)
    with pytest.raises(Refused, match="Bitte begründen"):
        actions_participation.take_back_participation(of(tender, ahaus), " ", by=officer)
    actions_participation.take_back_participation(of(tender, ahaus), "Ratsbeschluss fehlt", by=officer)
    assert of(tender, ahaus).confirmed_at is None
    assert of(tender, ahaus).mandate_file_hash == ""
    assert "Ratsbeschluss fehlt" in last_entry("tenders:participation:take_back").detail
    with pytest.raises(Refused, match="noch nicht bestätigt"):
        actions_participation.take_back_participation(of(tender, ahaus), "noch einmal", by=officer)


def test_publication_waits_for_every_member(context):
    tender = tenders.ready_tender(members=(members := [make.member("Ahaus"), make.member("Borken"), make.member()]))
    officer = make.officer()
    make.officer()
    actions_participation.take_back_participation(of(tender, members[1]), "neuer Beschluss", by=officer)
    with pytest.raises(Refused, match=r"Es fehlen: Borken \(seit 23\.11\.2026\)"):
        actions_publication.publish(tender, by=officer)
    actions_participation.confirm_on_behalf(of(tender, members[1]), ON_PAPER, by=officer)
    actions_publication.publish(tender, by=officer)
    with pytest.raises(Refused, match="veröffentlicht"):
        actions_participation.take_back_participation(of(tender, members[1]), "zu spät", by=officer)


def test_reminders_go_to_the_people_of_missing_members_only(context):
    tender, (ahaus, borken, velen), officer = planned()
    lead, other = make.lead(ahaus), make.lead(borken)
    actions_participation.confirm_participation(of(tender, borken), Confirmation(TODAY, "Teilnahme"), by=other)
    for person in people_of(velen):
        person.is_active = False
    unreached = actions_participation.remind_missing(tender, by=officer)
    assert [one.member_id for one in unreached] == [velen.id]
    [mail] = db.session.scalars(sa.select(OutgoingMail).filter_by(recipient=lead.email)).all()
    assert f"/tenders/{tender.id}/participation/{ahaus.id}" in mail.text
    assert db.session.scalars(sa.select(OutgoingMail).filter_by(recipient=other.email)).all() == []
    assert "Velen" in last_entry("tenders:participation:remind").detail


def test_confirmations_are_part_of_what_publication_freezes(context):
    tender = tenders.published_tender()
    assert tenders.is_as_published(tender)
    participant = queries_participation.participants(tender.id)[0]
    participant.mandate_scope = "nachträglich geändert"
    db.session.flush()
    assert queries_publication.verify_frozen(tender).changed == ("verbindliche Teilnahme",)


def test_confirmations_removed_behind_the_back_are_found(context):
    tender = tenders.published_tender()
    for participant in queries_participation.participants(tender.id):
        participant.confirmed_at = None
    db.session.flush()
    assert queries_publication.verify_frozen(tender).changed == ("verbindliche Teilnahme",)
