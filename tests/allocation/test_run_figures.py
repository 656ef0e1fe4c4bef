"""Figures of a run: columns, control sums, portions, differences between versions and between two counts."""

from dataclasses import replace
from fractions import Fraction

from procurement.allocation.calculation import calculated
from procurement.allocation.delta import delta
from procurement.allocation.keys import AllocationKey
from procurement.allocation.recount import differences
from procurement.allocation.taxation import VatCase
from procurement.values.money import Money
from tests.examples.firewall_3_6 import SUMS, cents
from tests.factories import allocation_input as given


def test_a_mixed_key_has_a_column_per_pot():
    columns = given.firewall().columns
    assert [(column.code, column.title) for column in columns] == [
        ("A1", "Pauschale (Sockel)"),
        ("A2", "Einwohner"),
        ("B", "Geräte"),
        ("C", "Betrieb Jahr 1"),
        ("D", "Beschaffungskosten"),
    ]


def test_control_sums_reach_every_total_on_two_ways():
    sums = {control.label: control.actual.cents for control in given.firewall().control_sums}
    assert sums["Kostenblock A (Einrichtung): Teiltöpfe"] == 4850000
    assert sums["Kostenblock B (Geräte): Positionen"] == cents(SUMS.devices)
    assert sums["Netto aller Mitglieder"] == cents(SUMS.net)
    assert sums["Umsatzsteuer der Lieferanten"] == cents(SUMS.v1_burden)
    assert sums["Zahlbetrag aller Mitglieder"] == cents(SUMS.v1_due)
    assert "Umsatzsteuer der Lieferanten" not in {c.label for c in given.firewall(VatCase.TAXED_19).control_sums}


def test_tax_rounded_per_member_may_differ_and_is_only_shown():
    members = tuple(given.member(key, key) for key in "abc")
    run = given.run_input(given.block("A", AllocationKey.EQUAL, "100.00"), members=members, vat_case=VatCase.TAXED_19)
    figures = calculated(run)
    assert (figures.vat, figures.vat_on_total) == (Money.of("18.99"), Money.of("19.00"))
    assert figures.vat_rounding_difference == Money.of("-0.01")


def test_portions_are_ordered_and_exact():
    portions = given.firewall().portions
    assert portions[0].name == "Ibbenbüren"
    assert portions[0].share == Fraction(100 * 5060460, 26970740)
    assert sum(portion.share for portion in portions) == 100


def test_nothing_to_pay_makes_no_portions():
    run = given.run_input(given.block("A", AllocationKey.CLIENTS, "0.00"))
    assert {portion.share for portion in calculated(run).portions} == {0}


def test_a_member_of_only_one_version_has_nothing_in_the_other():
    block = given.block("A", AllocationKey.EQUAL, "100.00", has_supplier_vat=False)
    adorf, bstadt, cdorf = (given.member(key, name) for key, name in (("1", "Adorf"), ("2", "Bstadt"), ("3", "Cdorf")))
    old = calculated(given.run_input(block, members=(adorf, bstadt)))
    new = calculated(given.run_input(block, members=(bstadt, cdorf)))
    found = [(row.name, row.previous.cents, row.current.cents, row.delta.cents) for row in delta(old, new).rows]
    assert found == [("Bstadt", 5000, 5000, 0), ("Cdorf", 0, 5000, 5000), ("Adorf", 5000, 0, -5000)]
    assert not delta(old, new).total.delta


def test_equal_figures_have_no_difference():
    assert differences(given.firewall(), given.firewall()) == []


def test_a_changed_total_and_a_changed_member_are_both_named():
    figures = given.firewall()
    ibbenbueren = replace(figures.members[0], gross=Money.of("50604.61"))
    stored = replace(figures, members=(ibbenbueren, *figures.members[1:]), net=Money(1))
    assert [objection.text for objection in differences(stored, figures)] == [
        "Ibbenbüren, Zahlbetrag: gespeichert sind 50.604,61 €, die Nachrechnung ergibt 50.604,60 €.",
        "Summe, Netto: gespeichert sind 0,01 €, die Nachrechnung ergibt 228.201,60 €.",
    ]


def test_a_changed_tax_step_is_named():
    figures = given.firewall()
    row = replace(figures.vat_pot.rows[0], weight=1)
    stored = replace(figures, vat_pot=replace(figures.vat_pot, rows=(row, *figures.vat_pot.rows[1:])))
    found = differences(stored, figures)
    assert len(found) == 1
    assert found[0].text.startswith("Umsatzsteuer, Ibbenbüren, Gewicht: gespeichert ist 1, die Nachrechnung ergibt ")
