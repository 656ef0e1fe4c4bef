"""Demand over a contract term, and demand that comes late or goes: lines and shares stay each other's sums."""

from fractions import Fraction

import pytest

from procurement.core.errors import Refused
from procurement.tenders import actions, actions_bundling, actions_shares, queries
from procurement.values.payment import ContractTerm
from procurement.values.quantity import Quantity
from tests.factories import bundling as make_bundle
from tests.factories import members as make
from tests.factories import tenders
from tests.factories.bundling import line, quantities, shares


def test_what_is_paid_per_month_is_tendered_for_the_whole_term(context):
    tender = make_bundle.planned(term=ContractTerm(36, 12))
    users, yearly = line(tender, "P1"), line(tender, "P2")
    # 50 users × 48 months with the option, 25 users × 4 years
    assert (users.unit, str(users.quantity)) == ("Nutzer × Monat", "2400")
    assert (yearly.unit, str(yearly.quantity)) == ("Nutzer × Jahr", "100")
    assert shares(users) == {"Ahaus": "1920", "Laer": "480"}
    assert (users.category, line(tender, "A1").unit) == ("Software", "Stück")


def test_without_a_term_the_field_is_named(context):
    with pytest.raises(Refused, match="P1 Passwortverwaltung, P2 Passwort-Manager") as refused:
        make_bundle.planned(term=ContractTerm())
    assert [objection.field for objection in refused.value.objections] == ["term_months"]


def test_a_term_that_no_quantity_fits_names_the_member(context):
    wishes = {make_bundle.USERS_YEARLY: ("0.001", 1, 0)}
    with pytest.raises(Refused, match="Ahaus, P2: 0,001 × 7/6 lässt sich nicht mit drei Nachkommastellen") as refused:
        make_bundle.planned(wishes, term=ContractTerm(14))
    assert len(refused.value.objections) == 2  # 14 months are 7/6 years: neither 0.001 nor 1 fits


def test_another_term_counts_the_same_demand_anew(context):
    officer = make.officer()
    tender = make_bundle.planned(officer=officer)
    actions_bundling.merge(line(tender, "P2"), line(tender, "P1"), Fraction(12), "dasselbe", by=officer)
    entry = tenders.entry(reference=tender.reference, title=tender.title, term=ContractTerm(60))
    actions.change_tender(tender, entry, by=officer)
    # (50 + 25) users × 60 months
    assert quantities(tender)["P1"] == "4500"
    assert tender.term_months == 60
    with pytest.raises(Refused, match="Bitte die Laufzeit in Monaten angeben"):
        actions.change_tender(tender, tenders.entry(reference=tender.reference), by=officer)


def test_late_demand_goes_to_the_line_of_its_article_and_through_a_merging(context):
    officer = make.officer()
    tender = make_bundle.planned(officer=officer)
    actions_bundling.merge(line(tender, "A2"), line(tender, "A1"), Fraction(10), "Pack", by=officer)
    grown = actions_shares.add_shares(tender, [make_bundle.late(tender, "Laer", "A2", 2)])
    # Ahaus 4 + 1 pack, Borken 3 packs, Laer 2.5 + 2 packs
    assert [each.number for each in grown] == ["A1"]
    assert shares(line(tender, "A1")) == {"Ahaus": "14", "Borken": "30", "Laer": "22.5"}
    with pytest.raises(Refused, match="Laer: Dieser Bedarf steht schon in der Ausschreibung"):
        actions_shares.add_shares(tender, [each for each in _requests(tender) if each.member_name == "Laer"])


def test_late_demand_of_a_new_article_gets_a_line_and_a_new_member_takes_part(context):
    wishes = {make_bundle.PIECES: (4, 0, 0), make_bundle.USERS: (0, 0, 0)}
    tender = make_bundle.planned(wishes)
    assert [member.name for member in queries.participants_of(tender.id)] == ["Ahaus"]
    actions_shares.add_shares(tender, [make_bundle.late(tender, "Borken", "P1", 5)])
    assert quantities(tender) == {"A1": "4", "P1": "240"}
    assert [member.name for member in queries.participants_of(tender.id)] == ["Ahaus", "Borken"]


def test_withdrawn_demand_leaves_no_empty_line_and_no_merging_without_shares(context):
    officer = make.officer()
    tender = make_bundle.planned(officer=officer)
    merged = actions_bundling.merge(line(tender, "P2"), line(tender, "P1"), Fraction(12), "x", by=officer)
    borken = [each.demand_item_id for each in _requests(tender) if each.member_name == "Borken"]
    shrunk = actions_shares.remove_shares(tender, borken)
    assert {each.number for each in shrunk} == {"A2", "A3", "P1"}
    assert quantities(tender) == {"A1": "6.5", "A2": "1", "A3": "2", "P1": "2400"}
    assert merged.undone_at is not None
    assert [member.name for member in queries.participants_of(tender.id)] == ["Ahaus", "Laer"]
    actions_shares.remove_shares(tender, [each.demand_item_id for each in _requests(tender)])
    assert quantities(tender) == {}


def _requests(tender):
    return queries.demand_totals.frozen_items(tender.round)


def test_after_publication_nothing_comes_or_goes(context):
    officer = make.officer()
    published = tenders.published_tender(officers=[officer, make.officer()])
    with pytest.raises(Refused, match="ist veröffentlicht"):
        actions_shares.add_shares(published, [])
    with pytest.raises(Refused, match="ist veröffentlicht"):
        actions_shares.remove_shares(published, [])


def test_nothing_expected_is_no_demand(context):
    tender = make_bundle.planned({make_bundle.PIECES: (4, 0, 0)})
    request = make_bundle.late(tender, "Borken", "A1", 0)
    assert actions_shares.add_shares(tender, [request]) == []
    assert line(tender, "A1").quantity == Quantity.of(4)
