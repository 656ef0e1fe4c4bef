"""Versions of what was published: an older tender without any, tampering, notices, comparison of shares and members."""

from dataclasses import replace

import pytest
from flask import current_app

from procurement.config import Settings, SettingsError
from procurement.core import clock
from procurement.core.db import db
from procurement.core.errors import Conflict, NotFound, Refused
from procurement.tenders import (
    actions_bill,
    actions_published,
    actions_versions,
    freeze,
    queries_publication,
    queries_versions,
)
from procurement.tenders.change_classification import ChangeClass
from procurement.tenders.kinds import TenderStage
from procurement.tenders.publication_change import Correction
from procurement.tenders.version_comparison import Difference, differences
from procurement.values.quantity import Quantity
from tests.factories import members as make
from tests.factories import published, tenders


def published_before_versions():
    """As a tender stands that was published before there were versions: text and hash at the tender alone."""
    officer = make.officer()
    tender = tenders.ready_tender(officer=officer)
    actions_bill.add_joint_line(tender.lots[0], tenders.joint_line(quantity=Quantity.of(10)), by=officer)
    tender.stage, tender.published_at = TenderStage.PUBLISHED, clock.now()
    tender.frozen_content = freeze.canonical(queries_publication.content_of(tender))
    tender.frozen_hash = freeze.hash_of(tender.frozen_content)
    db.session.flush()
    return tender


def days(tender, quantity):
    return Correction("", (published.of_line(tender, "G-1", quantity=Quantity.of(quantity)),))


def test_publication_is_the_first_version(context):
    tender = tenders.published_tender()
    [first] = queries_versions.versions_of(tender)
    assert (first.number, first.kind, first.content_hash) == (1, ChangeClass.FIRST, tender.frozen_hash)
    assert queries_versions.content_of_version(tender, 1) == tender.frozen_content
    with pytest.raises(NotFound):
        queries_versions.content_of_version(tender, 2)


def test_a_text_and_hash_exchanged_together_do_not_fit_the_version(context):
    tender = tenders.published_tender()
    tender.title = "Ganz anders"
    tender.frozen_content, tender.frozen_hash = '{"title":"Ganz anders"}', "0" * 64
    db.session.flush()
    assert not queries_publication.verify_frozen(tender).is_unchanged


def test_what_the_person_saw_must_still_hold(context):
    tender = published.with_joint_line()
    seen = tender.version
    published.more_days(tender, 11)
    wanted = published.correction(tender, quantity=Quantity.of(10))
    with pytest.raises(Conflict):
        actions_published.change_published(tender, wanted, by=make.officer(), seen_version=seen)


def test_a_correction_that_changes_nothing_and_a_line_of_another_tender_are_refused(context):
    tender, other = published.with_joint_line(), published.with_joint_line()
    same = Correction("Nichts", (published.of_line(tender, "G-1", quantity=Quantity.of(10)),))
    with pytest.raises(Refused, match="Es ist nichts geändert"):
        actions_published.change_published(tender, same, by=make.officer())
    foreign = Correction("Fremd", (published.of_line(other, "G-1", quantity=Quantity.of(11)),))
    with pytest.raises(NotFound):
        actions_published.change_published(tender, foreign, by=make.officer())


def test_a_quantity_from_demand_stays_the_sum_of_its_shares(context):
    tender = published.with_joint_line()
    entry = Correction("Mehr", (published.of_line(tender, "FW-2", quantity=Quantity.of(99)),))
    with pytest.raises(Refused, match="Es ist nichts geändert"):
        actions_published.change_published(tender, entry, by=make.officer())


def test_wording_is_corrected_without_a_later_deadline(context):
    tender = published.with_joint_line()
    made = actions_published.change_published(
        tender, published.correction(tender, "FW-2", title="UTM-Lizenz, 36 Monate"), by=make.officer()
    )
    assert made.classification is ChangeClass.MINOR
    found = queries_versions.comparison(tender, 1, 2)
    place = "Los 1, Position FW-2, Bezeichnung"
    assert found == [Difference("Lose und Positionen", place, "UTM-Lizenz", "UTM-Lizenz, 36 Monate")]


def test_a_national_procedure_cannot_grow_over_the_threshold(context):
    tender = published.with_joint_line(procedure_type=tenders.ProcedureType.NATIONAL_PUBLIC)
    # 6,000 + 233 × 900 = 215,700; one day more is 216,600 and reaches 216,000
    effect = actions_published.preview(
        tender, Correction("", (published.of_line(tender, "G-1", quantity=Quantity.of(233)),))
    )
    assert effect.objections == ()
    effect = actions_published.preview(
        tender, Correction("", (published.of_line(tender, "G-1", quantity=Quantity.of(234)),))
    )
    assert "erreicht den EU-Schwellenwert" in effect.objections[0].text


def test_a_sent_notice_is_noted_once(context):
    tender = published.with_joint_line()
    published.more_days(tender, 12)
    [notice] = queries_versions.notices_of(tender.id)
    actions_versions.note_notice_sent(tender, notice, "2026/S 227-1", by=make.officer())
    assert notice.reference == "2026/S 227-1"
    with pytest.raises(Refused, match="schon als versandt"):
        actions_versions.note_notice_sent(tender, notice, "", by=make.officer())


def test_members_shares_and_deadlines_are_compared_by_name():
    line = '{"number":"A","title":"T","unit":"Stück","quantity":"%s","shares":[%s]}'
    lot = '{"lots":[{"number":1,"title":"L","lines":[%s]}],"participants":[%s]}'
    one = '{"member_key":"k1","demand_item_id":1,"quantity":"2.5"}'
    two = '{"member_key":"k2","demand_item_id":2,"quantity":"1"}'
    found = differences(
        lot % (line % ("2.5", one), '"k1"'), lot % (line % ("3.5", f"{one},{two}"), '"k1","k2"'), {"k2": "Velen"}
    )
    part = "Lose und Positionen"
    assert found == [
        Difference("teilnehmende Mitglieder", "Velen", "", "nimmt teil"),
        Difference(part, "Los 1, Position A, Menge", "2,5", "3,5"),
        Difference(part, "Los 1, Position A, Anteil Velen", "", "1"),
    ]


def test_an_older_tender_gets_its_publication_as_first_version_with_the_first_change(context):
    tender = published_before_versions()
    was = tender.frozen_content
    assert queries_versions.content_of_version(tender, 1) == was
    assert [version.number for version in queries_versions.versions_of(tender)] == [1]
    published.more_days(tender, 12)
    assert [version.number for version in queries_versions.versions_of(tender)] == [2, 1]
    assert queries_versions.content_of_version(tender, 1) == was
    first = queries_versions.contents_of(tender.id)[0]
    assert first.bid_deadline_at.isoformat() == "2026-12-28T11:00:00+00:00"
    assert tenders.is_as_published(tender)


def test_the_percentage_is_a_setting(context, monkeypatch):
    tender = published.with_joint_line()
    settings = current_app.extensions["settings"]
    assert actions_published.preview(tender, days(tender, 12)).classification.is_substantial  # 20 % of 10
    monkeypatch.setitem(current_app.extensions, "settings", replace(settings, substantial_change_percent=20))
    assert not actions_published.preview(tender, days(tender, 12)).classification.is_substantial


def test_a_percentage_beyond_hundred_is_no_setting(tmp_path):
    (tmp_path / "settings.toml").write_text("substantial_change_percent = 101\n", encoding="utf-8")
    with pytest.raises(SettingsError, match="substantial_change_percent"):
        Settings.load(tmp_path)
