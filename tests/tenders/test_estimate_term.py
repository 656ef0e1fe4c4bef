"""The value of prices per month or year: the full term with options, 48 months without a total price (story P2)."""

from datetime import date

import pytest

from procurement.tenders import estimate
from procurement.tenders.estimate import EstimatedLine
from procurement.tenders.small_lots import LotValue, small_lots
from procurement.values.money import Money, UnitPrice
from procurement.values.payment import ContractTerm, Period
from procurement.values.quantity import Quantity

STARTED = date(2026, 11, 2)
SIXTY = ContractTerm(60, 0, has_total_price=False)


def monthly(price: str, months: int, number: str = "1", lot: int = 1) -> EstimatedLine:
    """A line paid every month over so many months; its quantity is that of the whole term."""
    return EstimatedLine(lot, number, Quantity.of(months), UnitPrice.of(price), Period.MONTH)


def once(price: str, lot: int = 1) -> EstimatedLine:
    return EstimatedLine(lot, f"E{lot}", Quantity.of(1), UnitPrice.of(price))


def test_sixty_months_without_a_total_price_count_as_forty_eight():
    made = estimate.estimated([monthly("4000", 60)], STARTED, SIXTY)
    assert made.total_net == Money.of(192_000)
    assert made.full_net == Money.of(240_000)
    assert not made.reaches_threshold


def test_a_total_price_for_sixty_months_counts_in_full():
    made = estimate.estimated([monthly("4000", 60)], STARTED, ContractTerm(60, 0, has_total_price=True))
    assert made.total_net == Money.of(240_000)
    assert made.reaches_threshold


def test_options_belong_to_the_full_term():
    # 36 months and 24 months of options are 60: 48/60 of 60 × 4,000
    term = ContractTerm(36, 24, has_total_price=False)
    assert estimate.estimated([monthly("4000", 60)], STARTED, term).total_net == Money.of(192_000)


def test_up_to_forty_eight_months_count_in_full_either_way():
    for has_total_price in (True, False):
        term = ContractTerm(36, 12, has_total_price=has_total_price)
        made = estimate.estimated([monthly("4000", 48)], STARTED, term)
        assert (made.total_net, made.months) == (Money.of(192_000), None)


def test_only_lines_with_a_period_are_cut():
    # 60 × 1,000 × 48/60 + 30,000 = 78,000
    made = estimate.estimated([monthly("1000", 60), once("30000")], STARTED, SIXTY)
    assert made.total_net == Money.of(78_000)
    assert estimate.estimated([once("30000")], STARTED, SIXTY).months is None


def test_a_price_per_year_is_cut_in_the_same_proportion():
    line = EstimatedLine(1, "1", Quantity.of(5), UnitPrice.of("48000"), Period.YEAR)
    assert estimate.estimated([line], STARTED, SIXTY).total_net == Money.of(192_000)


def test_a_cut_line_is_rounded_once_half_up():
    # 7 × 0.05 × 48/56 = 0.30 exactly; 7 × 0.015 × 48/56 = 0.09; 1 × 0.03 × 48/56 = 0.0257 -> 0.03
    term = ContractTerm(56, 0, has_total_price=False)
    lines = [monthly("0.05", 7, "1"), monthly("0.015", 7, "2"), monthly("0.03", 1, "3")]
    assert estimate.estimated(lines, STARTED, term).total_net == Money.of("0.42")


def test_the_basis_cites_every_rule_with_its_name_day_and_norm():
    made = estimate.estimated([monthly("5000", 60), once("10000", lot=2)], STARTED, SIXTY)
    assert made.total_net == Money.of(250_000)
    assert [rule.rule_id for rule in made.rules] == [
        "EU_TH_SUBCENTRAL_SUPPLY_SERVICE", "VALUE_MONTHS_CAP", "LOT_BAGATELLE_VALUE", "LOT_BAGATELLE_SHARE",
    ]  # fmt: skip
    for part in (
        "vollen Laufzeit von 60 Monaten mit Optionen",
        "mit 48 von 60 Monaten: 250.000,00 € statt 310.000,00 €",
        "Regel VALUE_MONTHS_CAP, § 3 Abs. 11 VgV, gilt seit 18.04.2016",
        "216.000,00 €, Stand 02.11.2026",
        "Regel EU_TH_SUBCENTRAL_SUPPLY_SERVICE, Art. 4 Buchst. c RL 2014/24/EU, gilt seit 01.01.2026",
        "Regel LOT_BAGATELLE_SHARE, § 3 Abs. 9 VgV",
    ):
        assert part in made.basis


def test_a_price_per_month_needs_a_term():
    [objection] = estimate.objections_to_estimating([monthly("4000", 60, "M1")])
    assert "Preis je Monat oder Jahr ohne Laufzeit: 1 Positionen (M1)" in objection.text
    assert estimate.objections_to_estimating([monthly("4000", 60)], SIXTY) == []


@pytest.mark.parametrize(
    ("euro", "together", "rest"),
    [
        ((200_000, 30_000, 25_000), (3,), 230_000),  # 20 % of 255,000 are 51,000: 25,000 fits, 55,000 do not
        ((200_000, 20_000, 25_000), (2, 3), 200_000),  # 20 % of 245,000 are 49,000
        ((120_000, 60_000, 50_000), (), 230_000),
        ((320_000, 80_000, 0), (3,), 400_000),  # 80,000 is not below 80,000
    ],
)
def test_as_many_small_lots_as_fit_together_could_leave(euro, together, rest):
    lots = [LotValue(number, Money.of(amount)) for number, amount in enumerate(euro, 1)]
    small = small_lots(lots, STARTED)
    assert tuple(lot.lot_number for lot in small.together) == together
    assert small.remaining_net == Money.of(rest)
