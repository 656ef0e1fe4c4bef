"""The evaluation price worked out by hand, line by line."""

from dataclasses import replace
from fractions import Fraction

import pytest

from procurement.bids.evaluation_price import (
    OfferedFigures,
    OfferedRebate,
    OfferedSkonto,
    evaluation_price,
    maintenance_owed,
    net_present_value,
    rebate_owed,
    rows_of,
)
from procurement.tenders.price_terms import (
    NOTHING_ANNOUNCED,
    PartKind,
    PricePart,
    PriceTerms,
    as_stored,
    from_stored,
    objections_to_terms,
)
from procurement.values.money import Money

OPTION = PricePart("O1", "Zweites Netzteil", PartKind.OPTION, percent="50")
MAINTENANCE = PricePart("W1", "Wartung", PartKind.MAINTENANCE_MONTH, duration=48)
ENERGY = PricePart("L1", "Energie", PartKind.LIFE_CYCLE, duration=3)
ALL = PriceTerms((OPTION, MAINTENANCE, ENERGY), rate_percent="5", skonto_percent="100", skonto_days=14)
FIGURES = OfferedFigures({"O1": Money.of("800.00"), "W1": Money.of("125.50"), "L1": Money.of("1000.00")})


def priced(terms: PriceTerms = ALL, offered: OfferedFigures = FIGURES, positions: str | None = "6000.00"):
    return evaluation_price(None if positions is None else Money.of(positions), terms, offered, 1)


def amounts(price):
    return {line.title: line.amount for line in price.lines}


def test_a_thousand_euro_a_year_for_three_years_at_five_percent():
    # 1000/1.05 + 1000/1.1025 + 1000/1.157625 = (1102500 + 1050000 + 1000000)/1157.625 = 25220000/9261
    assert net_present_value([Fraction(1000)] * 3, Fraction(5, 100)) == Fraction(25_220_000, 9261)


def test_a_thousand_euro_a_year_for_three_years_at_three_percent():
    # 1000/1.03 + 1000/1.0609 + 1000/1.092727 = (1060.9 + 1030 + 1000)/1.092727 = 3090.9/1.092727 = 2828.6113…
    assert net_present_value([Fraction(1000)] * 3, Fraction(3, 100)) == Fraction(3_090_900_000, 1_092_727)
    terms = PriceTerms((ENERGY,), rate_percent="3")
    price = priced(terms, OfferedFigures({"L1": Money.of("1000.00")}), "0.00")
    assert price.total == Money.of("2828.61")


@pytest.mark.parametrize(("rate", "years"), [("0.5", 1), ("3", 15), ("4.25", 40), ("20", 7)])
def test_the_present_value_is_what_pays_every_year_out_of_an_account_that_bears_interest(rate, years):
    # Independent of the formula: put the value into an account, add interest and pay the year's cost; nothing is left.
    part = replace(ENERGY, duration=years)
    [_, line] = priced(PriceTerms((part,), rate_percent=rate), OfferedFigures({"L1": Money.of("777.77")})).lines
    left = line.amount
    for _year in range(years):
        left = left + left * Fraction(rate) / 100 - Fraction("777.77")
    assert left == 0


def test_different_yearly_costs_are_discounted_each_with_its_year():
    # 110/1.1 + 242/1.21 = 100 + 200
    assert net_present_value([Fraction(110), Fraction(242)], Fraction(1, 10)) == 300


def test_without_interest_the_present_value_is_the_plain_sum():
    assert net_present_value([Fraction(1000)] * 3, Fraction(0)) == 3000


def test_every_part_is_a_line_of_its_own_and_the_sum_is_rounded_once():
    price = priced()
    assert amounts(price) == {
        "Summe der Positionen": 6000,
        "O1 Zweites Netzteil": 400,  # 50 % of 800
        "W1 Wartung": 6024,  # 48 × 125.50
        "L1 Energie": Fraction(25_220_000, 9261),  # 2723.2480…
        "Skonto": 0,
    }
    assert price.total == Money.of("15147.25")  # 12424 + 2723.248
    assert not price.missing


def test_every_line_says_how_it_came_about_from_the_figure_in_the_bid():
    assert [line.text for line in priced().lines] == [
        "Menge × Einzelpreis",
        "Option: 50 % von 800,00 €",
        "Wartung: 125,50 € je Monat × 48 Monate",
        "Lebenszykluskosten: 1.000,00 € je Jahr, Barwert über 3 Jahre bei 5 %, Zahlung am Jahresende",
        "nicht angeboten",
    ]


def test_maintenance_per_year_counts_by_the_month():
    # 1,200.00 a year for 42 months = 3.5 years
    terms = PriceTerms((PricePart("W1", "Wartung", PartKind.MAINTENANCE_YEAR, duration=42),))
    assert priced(terms, OfferedFigures({"W1": Money.of("1200.00")})).total == Money.of("10200.00")


def test_one_third_of_a_cent_is_lost_only_in_the_sum():
    # three options of 0.01 that count 50 % each: 0.005 × 3 = 0.015, rounded once to 0.02 and not 3 × 0.01
    parts = tuple(replace(OPTION, number=number) for number in ("O1", "O2", "O3"))
    offered = OfferedFigures({number: Money.of("0.01") for number in ("O1", "O2", "O3")})
    assert priced(PriceTerms(parts), offered, "100.00").total == Money.of("100.02")


@pytest.mark.parametrize("left_out", ["O1", "W1", "L1"])
def test_a_missing_figure_makes_the_bid_incomplete_and_is_never_zero(left_out):
    offered = OfferedFigures({number: value for number, value in FIGURES.amounts.items() if number != left_out})
    price = priced(offered=offered)
    assert price.total is None
    assert [name.split()[0] for name in price.missing] == [left_out]


def test_an_offered_zero_is_a_figure():
    offered = OfferedFigures(dict(FIGURES.amounts) | {"W1": Money(0)})
    assert priced(offered=offered).total == Money.of("9123.25")  # 15147.248 − 6024


def test_an_incomplete_sheet_has_no_evaluation_price():
    assert priced(positions=None).total is None


def test_an_unconditional_rebate_always_counts_and_refers_to_the_positions():
    percent = OfferedFigures({}, rebate=OfferedRebate(percent="2.5"))
    amount = OfferedFigures({}, rebate=OfferedRebate(amount=Money.of("99.99")))
    assert priced(NOTHING_ANNOUNCED, percent).total == Money.of("5850.00")
    assert priced(NOTHING_ANNOUNCED, amount).total == Money.of("5900.01")


def test_what_is_owed_after_a_rebate_is_the_ranked_price_to_the_cent():
    # 0.5 % of 1.00 is half a cent: 0.995 is rounded half up to 1.00, so nothing is off
    rebate = OfferedRebate(percent="0.5")
    assert rebate_owed(Money.of("1.00"), rebate) == Money(0)
    assert rebate_owed(Money.of("6000.00"), OfferedRebate(amount=Money.of("99.99"))) == Money.of("99.99")
    assert rebate_owed(Money.of("6000.00"), None) == Money(0)
    for cents in range(1, 400):
        positions = Money(cents)
        ranked = evaluation_price(positions, NOTHING_ANNOUNCED, OfferedFigures({}, rebate=rebate), 1).total
        assert positions - rebate_owed(positions, rebate) == ranked


def test_a_year_of_maintenance_is_owed_as_it_was_priced():
    assert maintenance_owed(MAINTENANCE, Money.of("125.50")) == Money.of("1506.00")
    assert maintenance_owed(replace(MAINTENANCE, duration=7), Money.of("125.50")) == Money.of("878.50")
    yearly = replace(MAINTENANCE, kind=PartKind.MAINTENANCE_YEAR, duration=48)
    assert maintenance_owed(yearly, Money.of("1200.00")) == Money.of("1200.00")
    assert maintenance_owed(replace(yearly, duration=6), Money.of("1200.01")) == Money.of("600.01")


def test_skonto_is_shown_but_does_not_count_unless_it_was_announced():
    price = priced(NOTHING_ANNOUNCED, OfferedFigures({}, skonto=OfferedSkonto("3", 30)))
    assert price.total == Money.of("6000.00")
    assert "nicht bekannt gemacht" in price.lines[-1].text


def test_announced_skonto_counts_after_the_rebate_to_the_announced_share():
    # 6000 − 10 % = 5400; 2 % of it counts by half: 54
    terms = PriceTerms(skonto_percent="50", skonto_days=14)
    offered = OfferedFigures({}, OfferedRebate(percent="10"), OfferedSkonto("2", 14))
    assert priced(terms, offered).total == Money.of("5346.00")


def test_skonto_for_paying_sooner_than_announced_does_not_count():
    price = priced(PriceTerms(skonto_percent="100", skonto_days=14), OfferedFigures({}, skonto=OfferedSkonto("2", 13)))
    assert price.total == Money.of("6000.00")
    assert "mindestens 14 Tage" in price.lines[-1].text


def test_a_part_of_one_lot_is_asked_in_that_lot_only():
    terms = PriceTerms((replace(MAINTENANCE, lot=2),))
    assert evaluation_price(Money.of("100.00"), terms, OfferedFigures({}), 1).total == Money.of("100.00")
    assert evaluation_price(Money.of("100.00"), terms, OfferedFigures({}), 2).total is None


def test_lines_of_several_bids_stand_side_by_side_with_the_rebate_below_the_parts():
    terms = PriceTerms((MAINTENANCE,))
    plain = priced(terms, OfferedFigures({"W1": Money(100)}))
    rebated = priced(terms, OfferedFigures({"W1": Money(100)}, OfferedRebate(percent="1")))
    rows = rows_of([rebated.lines, plain.lines])
    assert [row.title for row in rows] == ["Summe der Positionen", "W1 Wartung", "Nachlass ohne Bedingung"]
    assert rows[-1].lines[1] is None


def test_terms_are_stored_and_read_back_unchanged():
    assert from_stored(as_stored(ALL)) == ALL
    assert as_stored(NOTHING_ANNOUNCED) is None
    assert from_stored(None) == NOTHING_ANNOUNCED


@pytest.mark.parametrize(
    ("terms", "words"),
    [
        (PriceTerms((replace(ENERGY),)), "Zinssatz"),
        (PriceTerms((replace(OPTION, percent=""),)), "wie viel Prozent"),
        (PriceTerms((replace(OPTION, percent="101"),)), "wie viel Prozent"),
        (PriceTerms((replace(MAINTENANCE, duration=None),)), "wie viele Monate"),
        (PriceTerms((replace(MAINTENANCE, lot=7),)), "Los 7"),
        (PriceTerms((OPTION, OPTION)), "nur einmal"),
        (PriceTerms((replace(OPTION, number="skonto"),)), "nur einmal"),
        (PriceTerms(skonto_percent="100"), "Zahlungsfrist"),
        (PriceTerms(skonto_days=14), "Prozent"),
    ],
)
def test_terms_nobody_could_apply_are_refused(terms, words):
    assert words in " ".join(objection.text for objection in objections_to_terms(terms, [1]))


def test_sound_terms_are_accepted():
    assert objections_to_terms(ALL, [1]) == []
