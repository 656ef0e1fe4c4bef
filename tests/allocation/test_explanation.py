"""Why this amount? The formulas of the cells, with the figures a clerk would put in."""

from decimal import Decimal

from procurement.allocation.calculation import calculated
from procurement.allocation.explanation import cell, euro, tax_cell
from procurement.allocation.keys import AllocationKey
from procurement.allocation.taxation import VatCase
from procurement.values.money import Money
from tests.factories import allocation_input as given

IBBENBUEREN, AHAUS, LAER = 0, 1, 4


def test_the_inhabitants_pot_of_ibbenbueren_is_explained_as_on_paper():
    explained = cell(given.firewall(), 0, IBBENBUEREN)
    base, population = explained.steps
    assert population.formula == "3.395.000 ct × 51.803 ÷ 273.681 = 642.613 Rest 216.547 → +1 ct = 6.426,14 €"
    assert population.notes == (
        "70 % von 48.500,00 € = 33.950,00 €.",
        "Gewicht: 51.803 von 273.681 (Einwohner).",
        "Nach dem Abrunden fehlen 5 Cent; sie gehen einzeln an die größten Reste. Dieses Mitglied ist dabei.",
    )
    assert base.formula == "1.455.000 ct × 1 ÷ 9 = 161.666 Rest 6 → +1 ct = 1.616,67 €"
    assert explained.sum_formula == "1.616,67 € + 6.426,14 € = 8.042,81 €"
    assert (explained.member, explained.amount) == ("Ibbenbüren", Money.of("8042.81"))


def test_a_member_without_the_extra_cent_reads_why():
    population = cell(given.firewall(), 0, AHAUS).steps[1]
    assert population.formula.endswith("= 498.381 Rest 109.539 → +0 ct = 4.983,81 €")
    assert population.notes[-1].endswith("Dieses Mitglied ist nicht dabei.")


def test_equal_remainders_name_the_rule_that_decides():
    base = cell(given.firewall(), 0, LAER).steps[0]
    assert base.amount == Money.of("1616.66")
    assert base.notes[-1] == "Bei gleichem Rest entscheidet das größere Gewicht, danach der kleinere Gemeindeschlüssel."


def test_devices_show_only_the_lines_the_member_takes():
    explained = cell(given.firewall(), 1, LAER)
    assert [step.title for step in explained.steps] == ["Position FW-02 Firewall-Cluster klein"]
    step = explained.steps[0]
    assert step.formula == "1.649.560 ct × 1 ÷ 4 = 412.390 Rest 0 → +0 ct = 4.123,90 €"
    assert step.notes[0] == "Rechnungsbetrag der Position: 4 Stück × 4.123,90 € = 16.495,60 €."
    assert step.notes[1] == "Die Division geht bei allen Mitgliedern auf; kein Cent bleibt übrig."


def test_a_plain_key_is_one_step_without_a_sum():
    explained = cell(given.firewall(), 2, LAER)
    assert [step.title for step in explained.steps] == ["Arbeitsplätze (Clients)"]
    assert explained.sum_formula == ""


def test_the_tax_burden_follows_the_net_shares_of_what_is_taxed():
    explained = tax_cell(given.firewall(), LAER)
    # 8.345,33 net less 356,56 own cost of the association
    assert explained.title == "Umsatzsteuer, Fall V1"
    assert explained.steps[0].formula.startswith("4.150.580 ct × 798.877 ÷ 21.845.160 = ")
    assert explained.steps[0].notes[0] == ("Umsatzsteuer auf alle Rechnungen: 19 % von 218.451,60 € = 41.505,80 €.")
    assert explained.amount == Money.of("1517.86")


def test_a_taxable_supply_is_taxed_on_the_net_sum_of_the_member():
    explained = tax_cell(given.firewall(VatCase.TAXED_19), IBBENBUEREN)
    assert explained.title == "Umsatzsteuer, Fall V2"
    assert explained.steps[0].formula == "42.816,96 € × 19 % = 8.135,22 €"


def test_own_cost_alone_carries_no_tax():
    own = given.block("D", AllocationKey.CLIENTS, "60.00", has_supplier_vat=False)
    explained = tax_cell(calculated(given.run_input(own)), 0)
    assert explained.steps[0].formula == "0,00 € × 19 % = 0,00 €"


def test_quantities_with_decimals_weigh_in_parts_of_the_unit():
    hours = given.line_part("H-1", "Beratung", "90.00", {"1": "1.5", "2": "2"}, unit="Stunde")
    figures = calculated(given.run_input(given.block("A", AllocationKey.ACTUAL_QUANTITY, "", hours)))
    assert figures.blocks[0].pots[0].unit == "0,1 Stunde"
    step = cell(figures, 0, 0).steps[0]
    assert step.formula == "31.500 ct × 15 ÷ 35 = 13.500 Rest 0 → +0 ct = 135,00 €"
    assert step.notes[0] == "Rechnungsbetrag der Position: 3,5 Stunde × 90,00 € = 315,00 €."


def test_a_member_without_any_quantity_has_no_step():
    two = [given.line_part(f"P-{n}", "Gerät", "10.00", {"1": 1, "2": 1}) for n in (1, 2)]
    figures = calculated(given.run_input(given.block("A", AllocationKey.ACTUAL_QUANTITY, "", *two)))
    explained = cell(figures, 0, 2)
    assert (explained.steps, explained.amount) == ((), Money(0))


def test_a_written_total_that_counts_is_named():
    line = given.line_part("P-1", "Gerät", "10.00", {"1": 1, "2": 2}, full_total=Money.of("29.00"))
    figures = calculated(given.run_input(given.block("A", AllocationKey.ACTUAL_QUANTITY, "", line)))
    assert figures.net == Money.of("29.00")
    assert cell(figures, 0, 0).steps[0].notes[0] == (
        "Rechnungsbetrag der Position: 29,00 € laut Angebot (3 Stück × 10,00 €; der Gesamtbetrag gilt)."
    )


def test_a_credit_has_a_true_minus_sign_and_mirrors_the_debit():
    figures = calculated(given.run_input(given.block("A", AllocationKey.CLIENTS, "-1.00")))
    assert [member.net.cents for member in figures.members] == [-17, -33, -50]
    assert euro(figures.net) == "−1,00 €"
    assert cell(figures, 0, 0).steps[0].formula == "100 ct × 1 ÷ 6 = 16 Rest 4 → +1 ct = −0,17 €"


def test_percents_are_exact_in_words():
    thirds = (given.Pot(Decimal("12.5"), AllocationKey.EQUAL), given.Pot(Decimal("87.5"), AllocationKey.CLIENTS))
    figures = calculated(given.run_input(given.block("A", AllocationKey.MIXED, "80.00", pots=thirds)))
    assert figures.blocks[0].key_in_words == (
        "Mischschlüssel: 12,50 % Pauschale (Sockel), 87,50 % Arbeitsplätze (Clients)"
    )
