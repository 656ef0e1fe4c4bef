"""Criteria, method, value and publication as actions; what is fixed, and the key that only two officers open."""

from datetime import date
from fractions import Fraction

import pytest
import sqlalchemy as sa

from procurement.audit.models import AuditEntry
from procurement.core.db import db
from procurement.core.errors import Conflict, Refused
from procurement.members import actions_accounts
from procurement.sealing import opening_keys
from procurement.sealing.officer_keys import OfficerKey, unlock
from procurement.sealing.opening_keys import OfficerPair
from procurement.tenders import (
    actions_bill,
    actions_publication,
    actions_scoring,
    queries,
    queries_publication,
)
from procurement.tenders.criteria_entries import CriterionEntry
from procurement.tenders.kinds import TenderStage, TieRule
from procurement.tenders.method import ScoringMethod
from procurement.tenders.models import LotItem, OpeningEnvelope, Participant
from procurement.values.money import Money, UnitPrice
from procurement.values.quantity import Quantity
from tests.factories import members as make
from tests.factories import tenders


def last_entry() -> AuditEntry:
    return db.session.scalars(sa.select(AuditEntry).order_by(AuditEntry.number.desc())).first()


def test_criteria_are_replaced_as_a_whole_and_in_their_order(context):
    tender, officer = tenders.planned_tender(), make.officer()
    actions_scoring.set_criteria(tender, tenders.CRITERIA, by=officer)
    nested = [
        CriterionEntry("1.1", "Durchsatz", parent_number="1", weight_percent="100"),
        CriterionEntry("1", "Leistung", weight_percent="100", description="Messung nach RFC 2544"),
    ]
    actions_scoring.set_criteria(tender, nested, by=officer)
    assert queries.criteria_of(tender.id) == nested
    assert "K1 Leistung (60 %), K2 Service (40 %) → 1.1 Durchsatz (100 %), 1 Leistung (100 %)" in last_entry().detail
    actions_scoring.set_criteria(tender, [], by=officer)
    assert queries.criteria_of(tender.id) == []


def test_a_half_finished_tree_may_be_saved_but_not_one_that_is_none(context):
    tender = tenders.planned_tender()
    actions_scoring.set_criteria(tender, [CriterionEntry("1", "Leistung", weight_percent="60")], by=make.officer())
    with pytest.raises(Refused, match="gibt es nicht"):
        actions_scoring.set_criteria(tender, [CriterionEntry("1", "Leistung", parent_number="7")], by=make.officer())


def test_a_method_keeps_only_its_own_parameters(context):
    tender, officer = tenders.planned_tender(), make.officer()
    given = {"quality_weight": "0.6", "corridor": "0.05", "zero_at": "2"}
    actions_scoring.set_method(tender, ScoringMethod.LINEAR, given, TieRule.PRICE, by=officer)
    assert tender.parameters == {"quality_weight": "0.6", "zero_at": "2", "max_points": "10000"}
    assert "Wertungsmethode: – → Lineare Interpolation des Preises" in last_entry().worded_changes
    assert "Gewicht der Leistung: – → 60 %" in last_entry().worded_changes
    wide = {"corridor": "0.2", "criterion": "price"}
    with pytest.raises(Refused, match="Korridor beträgt 20 %"):
        actions_scoring.set_method(tender, ScoringMethod.EXTENDED_RATIO, wide, by=officer)


def test_the_evaluation_reads_the_setup_as_published(context):
    tender = tenders.published_tender(method="best_value", parameters={"quality_weight": "0.6"})
    setup = queries_publication.scoring_of(tender)
    assert (setup.method, setup.parameters.quality_weight) == (ScoringMethod.BEST_VALUE, Fraction(3, 5))
    assert [node.number for node in setup.tree.main_groups] == ["K1", "K2"]


def test_every_version_of_the_estimate_is_kept_with_its_author(context):
    tender, officer = tenders.planned_tender(), make.officer("Sabine Amt")
    actions_publication.estimate_value(tender, by=officer)
    actions_bill.set_estimate(tenders.line_of(tender, "FW-2"), UnitPrice.of(60), by=officer)
    second = actions_publication.estimate_value(tender, by=officer)
    versions = queries_publication.estimates_of(tender.id)
    assert [(one.number, one.total_net) for one in versions] == [(2, Money.of(6400)), (1, Money.of(6000))]
    assert (second.made_by.name, second.threshold_net) == ("Sabine Amt", Money.of(216_000))
    assert "Geschätzter Wert netto: 6.000,00 € → 6.400,00 €" in last_entry().worded_changes


def test_no_estimate_without_prices_or_without_a_threshold_for_that_day(context):
    unpriced = tenders.planned_tender((("Los", (tenders.Wish("1", "Position", (1,), None),)),))
    with pytest.raises(Refused, match="Ohne geschätzten Preis: 1 Positionen"):
        actions_publication.estimate_value(unpriced, by=make.officer())
    old = tenders.planned_tender(procedure_started_on=date(2022, 1, 28))
    with pytest.raises(Refused, match=r"am 28\.01\.2022 kein Wert hinterlegt"):
        actions_publication.estimate_value(old, by=make.officer())


def test_publishing_says_everything_that_is_missing(context):
    tender = tenders.planned_tender()
    with pytest.raises(Refused) as refused:
        actions_publication.publish(tender, by=make.officer())
    assert len(refused.value.objections) == 6  # members, method, three deadlines, estimate; two officers exist by now
    assert tender.published_at is None


def test_publishing_needs_two_officers_who_can_open(context):
    officer, other = make.officer(), make.officer()
    tender = tenders.ready_tender(officer=officer)
    other.is_active = False
    with pytest.raises(Refused, match="vorhanden: 1"):
        actions_publication.publish(tender, by=officer)
    other.is_active, other.opening_key = True, None
    with pytest.raises(Refused, match="vorhanden: 1"):
        actions_publication.publish(tender, by=officer)


def test_publishing_fixes_everything_and_leaves_hash_and_fingerprint_in_the_trail(context):
    tender = tenders.published_tender()
    assert tender.stage is TenderStage.PUBLISHED
    assert tenders.is_as_published(tender)
    changes = " ".join(last_entry().worded_changes)
    assert tender.frozen_hash in changes
    assert opening_keys.fingerprint(tender.opening_public_key) in changes


def test_any_two_officers_open_the_key_that_was_made_and_nobody_alone(context):
    officers = [make.officer() for _ in range(3)]
    tender = tenders.published_tender(officers=officers)
    envelopes = {
        OfficerPair(str(one.first_account_id), str(one.second_account_id)): one.envelope
        for one in db.session.scalars(sa.select(OpeningEnvelope).filter_by(tender_id=tender.id))
    }
    assert len(envelopes) == 6  # ordered pairs of three
    first, second = officers[2], officers[0]
    pair = OfficerPair(str(first.id), str(second.id))
    keys = [unlock(OfficerKey.from_bytes(one.opening_key), make.PASSWORD) for one in (first, second)]
    half = opening_keys.release_first(tender.reference, pair, envelopes[pair], keys[0])
    private = opening_keys.release_second(tender.reference, pair, half, keys[1], tender.opening_public_key)
    assert private.public_key().public_bytes_raw() == tender.opening_public_key


def test_accounts_of_other_roles_get_no_envelope(context):
    make.auditor(), make.lead(make.member())
    officers = [make.officer(), make.officer()]
    actions_accounts.set_active(make.officer(), active=False, by=officers[0])
    tender = tenders.published_tender(officers=officers)
    query = sa.select(OpeningEnvelope.first_account_id).filter_by(tender_id=tender.id)
    assert sorted(db.session.scalars(query)) == sorted(officer.id for officer in officers)


def test_nobody_publishes_what_they_did_not_see(context):
    officer = make.officer()
    make.officer()
    tender = tenders.ready_tender(officer=officer)
    seen = tender.version
    actions_bill.add_joint_line(tender.lots[0], tenders.joint_line(), by=officer)
    db.session.flush()
    with pytest.raises(Conflict):
        actions_publication.publish(tender, by=officer, seen_version=seen)


def test_a_change_behind_the_back_of_the_application_is_found(context):
    tender = tenders.published_tender()
    line = tenders.line_of(tender, "FW-1")
    own = LotItem.__table__.c.id == line.id
    db.session.execute(sa.update(LotItem.__table__).where(own).values(quantity=Quantity.of(5)))
    found = queries_publication.verify_frozen(tender)
    assert not found.is_unchanged
    assert found.changed == ("Lose und Positionen",)
    db.session.execute(sa.update(LotItem.__table__).where(own).values(quantity=Quantity.of(4)))
    assert tenders.is_as_published(tender)


def test_a_member_added_behind_the_back_and_an_exchanged_key_are_found(context):
    tender = tenders.published_tender()
    db.session.add(Participant(tender_id=tender.id, member_id=make.member().id))
    tender.opening_public_key = b"x" * 32
    db.session.flush()
    changed = queries_publication.verify_frozen(tender).changed
    assert changed == ("Öffnungsschlüssel", "teilnehmende Mitglieder")
