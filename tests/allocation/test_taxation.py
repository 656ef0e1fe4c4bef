from decimal import Decimal
from fractions import Fraction

import pytest

from procurement.allocation.taxation import MixedSigns, VatCase, supplier_vat_split, vat_on
from procurement.values.money import Money
from procurement.values.shares import WeightsSumToZero
from tests.examples.firewall_3_6 import ROWS, SUMS, SUPPLIER_NET, SUPPLIER_VAT, VAT_RATE, cents

RATE = Decimal(VAT_RATE)


def test_tax_per_member_may_differ_from_the_tax_on_the_sum_by_a_cent():
    nets = [Money.of("33.33"), Money.of("33.33"), Money.of("33.34")]
    assert [vat_on(net, RATE) for net in nets] == [Money.of("6.33")] * 3
    assert Money.total(vat_on(net, RATE) for net in nets) == Money.of("18.99")
    assert vat_on(Money.total(nets), RATE) == Money.of("19.00")


@pytest.mark.parametrize(
    ("net", "rate", "vat"),
    [
        ("0.50", Decimal(19), "0.10"),  # 9.5 cents
        ("-0.50", Decimal(19), "-0.10"),
        ("1.00", Decimal("5.5"), "0.06"),
        ("0.01", Decimal(19), "0.00"),
        ("100.00", Fraction(7), "7.00"),
        ("100.00", Decimal(0), "0.00"),
    ],
)
def test_tax_is_rounded_half_up_to_the_cent(net: str, rate: Decimal | Fraction, vat: str):
    assert vat_on(Money.of(net), rate) == Money.of(vat)


def test_a_binary_float_is_no_rate():
    with pytest.raises(TypeError, match="binary float"):
        vat_on(Money(100), 19.0)  # type: ignore[arg-type]


def test_supplier_tax_of_the_firewall_case_follows_the_net_shares_without_own_cost():
    nets = [Money(cents(row.net) - cents(row.own_cost)) for row in ROWS]
    assert Money.total(nets).cents == cents(SUPPLIER_NET)
    result = supplier_vat_split(nets, RATE, [row.ags for row in ROWS])
    assert result.total == cents(SUPPLIER_VAT) == cents(SUMS.v1_burden)
    assert result.shares == tuple(cents(row.v1_burden) for row in ROWS)


def test_supplier_tax_of_a_credit_mirrors_the_debit():
    nets = [Money(-10_00), Money(-20_00)]
    assert supplier_vat_split(nets, RATE, ["a", "b"]).shares == (-190, -380)


def test_supplier_tax_is_not_split_over_credits_and_debits_together():
    with pytest.raises(MixedSigns, match="Gutschriften in einer eigenen Kostenaufteilung"):
        supplier_vat_split([Money(100), Money(-50)], RATE, ["a", "b"])


def test_supplier_tax_on_nothing_has_no_shares():
    with pytest.raises(WeightsSumToZero):
        supplier_vat_split([Money(0)], RATE, ["a"])


def test_each_case_cites_its_norm_and_says_its_reason():
    assert "§ 2b" in VatCase.COST_GROSS.norm
    assert "§ 4 Nr. 29 UStG" in VatCase.COST_GROSS.norm
    assert "§ 12 Abs. 1 UStG" in VatCase.TAXED_19.norm
    assert "keine Vorsteuer" in VatCase.COST_GROSS.reason
    assert "steuerpflichtige Leistung" in VatCase.TAXED_19.reason
