"""Merging and splitting by hand: exact conversion, every wording kept, undone at any time before publication."""

from collections.abc import Callable
from fractions import Fraction

import pytest
import sqlalchemy as sa

from procurement.core.db import db
from procurement.core.errors import Refused
from procurement.members.models import Account
from procurement.tenders import (
    actions_bill,
    actions_bundling,
    actions_lots,
    freeze,
    queries,
    queries_bundling,
    queries_lineage,
    queries_publication,
)
from procurement.tenders.conversion import read_factor, unit_over_term
from procurement.tenders.lot_plan import LotBasis
from procurement.tenders.models import LineMerge, LotItem, Tender
from procurement.values.money import UnitPrice
from procurement.values.payment import Period
from procurement.values.quantity import Quantity
from tests.factories import bundling as bundles
from tests.factories import members as make
from tests.factories import tenders
from tests.factories.bundling import line, quantities, shares


def merged(tender: Tender, number: str, into: str, factor: str, officer: object) -> LineMerge:
    """Merge by numbers, with a usual reason."""
    factor_read = read_factor(factor)
    assert factor_read
    return actions_bundling.merge(line(tender, number), line(tender, into), factor_read, "Dasselbe Modul", by=officer)


def split(tender: Tender, number: str, wanted: dict[str, str], officer: object) -> LotItem:
    """Split member quantities off into the first lot."""
    by_name = {share.member_name: share for share in actions_bundling.bundled(line(tender, number)).shares}
    parts = {by_name[name].id: Quantity.of(amount) for name, amount in wanted.items()}
    return actions_bundling.split_line(line(tender, number), parts, tender.lots[0], by=officer)


def test_packs_are_counted_as_pieces_and_every_wording_stays(context):
    officer = make.officer()
    tender = bundles.planned(officer=officer)
    merged(tender, "A2", "A1", "10", officer)
    # Ahaus 4 pieces + 1 pack, Borken 3 packs, Laer 2.5 pieces
    assert quantities(tender)["A1"] == "46.5"
    assert shares(line(tender, "A1")) == {"Ahaus": "14", "Borken": "30", "Laer": "2.5"}
    parts = queries_lineage.parts_of_line(line(tender, "A1").id)
    told = [(part.member_name, part.article_title, part.unit, part.own, str(part.quantity)) for part in parts]
    assert told == [
        ("Ahaus", "SFP-Modul 10G", "Stück", 4, "4"),
        ("Ahaus", "SFP-Module 10G, 10er-Pack", "Pack", 1, "10"),
        ("Borken", "SFP-Module 10G, 10er-Pack", "Pack", 3, "30"),
        ("Laer", "SFP-Modul 10G", "Stück", Fraction(5, 2), "2.5"),
    ]
    assert [part.merged_from for part in parts] == ["", "A2", "A2", ""]


def test_a_merging_is_undone_as_if_it_had_not_been(context):
    officer = make.officer()
    tender = bundles.planned(officer=officer)
    before = quantities(tender)
    actions_bill.set_estimate(line(tender, "A2"), UnitPrice.of("231.50"), by=officer)
    made = merged(tender, "A2", "A1", "10", officer)
    back = actions_bundling.undo_merge(made, by=officer)
    assert quantities(tender) == before
    assert (back.number, back.unit, back.estimate_net, back.category) == ("A2", "Pack", UnitPrice.of("231.50"), "Netz")
    assert [each.number for each in db.session.scalars(sa.select(LotItem).order_by(LotItem.position))][:3] == [
        "A1", "A2", "A3",
    ]  # fmt: skip
    with pytest.raises(Refused, match="schon rückgängig"):
        actions_bundling.undo_merge(made, by=officer)


def test_mergings_are_undone_in_any_order_and_after_a_split_of_what_they_made(context):
    officer = make.officer()
    tender = bundles.planned(officer=officer)
    before = quantities(tender)
    packs, halves = merged(tender, "A2", "A1", "10", officer), merged(tender, "A3", "A1", "1", officer)
    part = actions_bundling.bundled(line(tender, "A1")).shares[-1]
    actions_bundling.split_line(line(tender, "A1"), {part.id: part.quantity}, tender.lots[0], by=officer)
    with pytest.raises(Refused, match="schon andere Positionen aufgegangen"):
        merged(tender, "A1/2", "P1", "1", officer)
    actions_bundling.undo_merge(packs, by=officer)
    actions_bundling.undo_merge(halves, by=officer)
    assert quantities(tender) == before


def test_two_parts_of_one_report_meet_again_in_one_line(context):
    officer = make.officer()
    tender = bundles.planned(officer=officer)
    split(tender, "A2", {"Borken": "1"}, officer)
    first, second = merged(tender, "A2", "A1", "10", officer), merged(tender, "A2/2", "A1", "10", officer)
    assert shares(line(tender, "A1"))["Borken"] == "30"
    actions_bundling.undo_merge(first, by=officer)
    assert quantities(tender)["A2"] == "3"
    actions_bundling.undo_merge(second, by=officer)
    assert quantities(tender)["A2/2"] == "1"
    actions_bundling.undo_split(line(tender, "A2/2"), by=officer)
    assert quantities(tender)["A2"] == "4"


@pytest.mark.parametrize(
    ("number", "into", "factor", "reason", "message"),
    [
        ("A1", "A1", "1", "x", "eine andere Position"),
        ("G-1", "A1", "1", "x", "Position G-1 ist eine Gemeinschaftsposition"),
        ("A2", "A1", "-1", "x", "größer als 0"),
        ("A2", "A1", "10001", "x", "höchstens 10000"),
        ("A2", "A1", "10", " ", "Bitte begründen"),
        ("A1", "A2", "1/3", "x", "Ahaus: 4 × 1/3 lässt sich nicht mit drei Nachkommastellen schreiben"),
    ],
)
def test_what_cannot_be_merged_says_why(context, number, into, factor, reason, message):
    officer = make.officer()
    tender = bundles.planned(officer=officer)
    actions_bill.add_joint_line(tender.lots[0], tenders.joint_line(), by=officer)
    with pytest.raises(Refused, match=message):
        actions_bundling.merge(line(tender, number), line(tender, into), Fraction(factor), reason, by=officer)


def test_parts_leave_a_line_by_member_or_by_quantity(context):
    officer = make.officer()
    tender = bundles.planned(officer=officer)
    lot = actions_bill.add_lot(tender, "Süd", by=officer)
    part = actions_bundling.bundled(line(tender, "P1")).shares[0]
    made = actions_bundling.split_line(line(tender, "P1"), {part.id: part.quantity}, lot, by=officer)
    assert (made.number, made.lot, made.unit) == ("P1/2", lot, "Nutzer × Monat")
    assert shares(made) == {"Ahaus": "1920"}
    split(tender, "A2", {"Borken": "1.5", "Ahaus": "0.5"}, officer)
    assert (quantities(tender)["A2"], quantities(tender)["A2/2"]) == ("2", "2")
    split(tender, "A2", {"Borken": "0.5"}, officer)
    assert quantities(tender)["A2/3"] == "0.5"


@pytest.mark.parametrize(
    ("wanted", "message"),
    [
        ({}, "mindestens ein Mitglied"),
        ({"Borken": "4"}, "Borken: Die abgeteilte Menge muss größer als 0 und höchstens 3 sein"),
        ({"Ahaus": "1", "Borken": "3"}, "bliebe nichts übrig"),
    ],
)
def test_what_cannot_be_split_says_why(context, wanted, message):
    officer = make.officer()
    tender = bundles.planned(officer=officer)
    with pytest.raises(Refused, match=message):
        split(tender, "A2", wanted, officer)


def test_a_part_that_is_no_exact_quantity_of_the_member_names_it(context):
    officer = make.officer()
    tender = bundles.planned(officer=officer)
    with pytest.raises(Refused, match="Laer: In der eigenen Einheit wären das 1/48"):
        split(tender, "P1", {"Laer": "1"}, officer)


def test_a_line_that_was_never_split_is_not_joined_back(context):
    officer = make.officer()
    tender = bundles.planned(officer=officer)
    with pytest.raises(Refused, match="keine abgeteilte Position"):
        actions_bundling.undo_split(line(tender, "A1"), by=officer)


def test_a_declined_pair_is_not_suggested_again(context):
    officer = make.officer()
    tender = bundles.planned(officer=officer)
    [suggestion] = [each for each in queries_bundling.suggested(tender.id) if each.into.number == "A1"]
    assert [candidate.line.number for candidate in suggestion.candidates] == ["A2", "A3"]
    for number in ("A2", "A3"):
        actions_bundling.decline(line(tender, number), line(tender, "A1"), by=officer)
        actions_bundling.decline(line(tender, "A1"), line(tender, number), by=officer)
    assert "A1" not in {each.into.number for each in queries_bundling.suggested(tender.id)}


CHANGES: dict[str, Callable[[LotItem, LotItem, Account], object]] = {
    "merge": lambda one, other, by: actions_bundling.merge(one, other, Fraction(1), "zu spät", by=by),
    "decline": lambda one, other, by: actions_bundling.decline(one, other, by=by),
    "split": lambda one, other, by: actions_bundling.split_line(one, {}, other.lot, by=by),
    "undo_split": lambda one, other, by: actions_bundling.undo_split(one, by=by),
    "build_lots": lambda one, other, by: actions_lots.build_lots(one.lot.tender, LotBasis.REGION, by=by),
}


@pytest.mark.parametrize("change", CHANGES)
def test_after_publication_bundling_stands(context, change):
    officer = make.officer()
    published = tenders.published_tender(officers=[officer, make.officer()])
    first, second = tenders.line_of(published, "FW-1"), tenders.line_of(published, "FW-2")
    with pytest.raises(Refused, match="ist veröffentlicht"):
        CHANGES[change](first, second, officer)


def test_publication_fixes_how_quantities_convert_and_old_texts_stay_as_they_were(context):
    officer = make.officer()
    plain = queries_publication.content_of(tenders.planned_tender(officer=officer))
    for added in ("factor", "own_quantity", "category", "period", "joined_from"):
        assert f'"{added}"' not in freeze.canonical(plain)
    tender = bundles.planned(officer=officer)
    merged(tender, "A2", "A1", "10", officer)
    text = freeze.canonical(queries_publication.content_of(tender))
    assert '"factor":"10"' in text
    assert '"own_quantity":"1"' in text
    share = next(each for each in line(tender, "A1").shares if each.factor == 10)
    share.factor = Fraction(5)
    db.session.flush()
    found = freeze.proof(text, freeze.hash_of(text), queries_publication.content_of(tender))
    assert found.changed == ("Lose und Positionen",)


def test_a_share_beside_its_report_keeps_the_tender_from_publication(context):
    tender = bundles.planned()
    assert queries_publication.publication_facts(tender).bill.unsound_items == ()
    share = line(tender, "A1").shares[0]
    share.demand_item.maximum = share.demand_item.expected = Quantity.of(5)
    db.session.flush()
    [unsound] = queries_publication.publication_facts(tender).bill.unsound_items
    assert (unsound.label, unsound.parts, unsound.needed) == ("Ahaus, A1", 4, Quantity.of(5))


def test_an_item_shows_every_line_it_went_into(context):
    officer = make.officer()
    tender = bundles.planned(officer=officer)
    split(tender, "A2", {"Borken": "1"}, officer)
    merged(tender, "A2", "A1", "10", officer)
    item = next(each for each in queries.demand_totals.frozen_items(tender.round) if each.member_name == "Borken")
    lineage = queries_lineage.item_lineage(officer, item.demand_item_id)
    assert [(place.line_number, str(place.quantity), place.own) for place in lineage.places] == [
        ("A1", "20", 2), ("A2/2", "1", 1),
    ]  # fmt: skip
    assert lineage.own_total == 3


@pytest.mark.parametrize(
    ("unit", "period", "told"),
    [
        ("Nutzer/Monat", Period.MONTH, "Nutzer × Monat"), ("Lizenz / Jahr", Period.YEAR, "Lizenz × Jahr"),
        ("Lizenz", Period.YEAR, "Lizenz × Jahr"), ("GB/s", Period.MONTH, "GB/s × Monat"),
        ("Stück", Period.NONE, "Stück"),
    ],
)  # fmt: skip
def test_a_unit_over_the_term_is_worded(unit, period, told):
    assert unit_over_term(unit, period) == told


@pytest.mark.parametrize(
    ("text", "factor"),
    [("10", 10), (" 2,5", Fraction(5, 2)), ("1/12", Fraction(1, 12)), ("1.000", None), ("zehn", None), ("1/0", None)],
)
def test_a_typed_factor_is_read_exactly_or_not_at_all(text, factor):
    assert read_factor(text) == factor
