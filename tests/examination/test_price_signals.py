"""Signals of § 60 VgV with exact figures: next bid (both bases), estimate, mean of the others, shifted prices."""

from fractions import Fraction

from procurement.examination.price_shift import ShiftedPrice, shifted_prices
from procurement.examination.price_signals import SignalKind, Triggers, signals_of
from procurement.values.money import Money

TRIGGERS = Triggers(next_bid=20, estimate=20, mean=40)


def signals(estimate=None, shifts=None, **totals):
    exact = {name: Money.of(total) for name, total in totals.items()}
    found = signals_of(exact, Money.of(estimate) if estimate else None, TRIGGERS, shifts or {})
    return {name: {one.kind: one.percent for one in of} for name, of in found.items()}


def test_g14_exactly_twenty_percent_below_the_next_bid_counts_and_a_cent_less_does_not():
    # G14: 80,000 against 100,000 is 20 % of the next bid and 25 % of the own price
    assert signals(A="80000", B="100000") == {"A": {SignalKind.GAP_TO_NEXT: 20}}
    assert signals(A="80000.01", B="100000") == {}


def test_g14_both_readings_are_shown():
    found = signals_of({"A": Money.of("80000"), "B": Money.of("100000")}, None, TRIGGERS, {})
    assert "20,00 % des nächsthöheren Angebots (25,00 % des eigenen Preises)" in found["A"][0].text


def test_the_own_estimate_is_a_signal_that_does_not_make_asking_mandatory():
    found = signals("100000", A="80000", B="85000")
    assert found == {"A": {SignalKind.GAP_TO_ESTIMATE: 20}}
    assert not SignalKind.GAP_TO_ESTIMATE.is_mandatory
    assert SignalKind.GAP_TO_NEXT.is_mandatory


def test_the_mean_is_that_of_the_other_bids_alone():
    # others 90,000 and 110,000: mean 100,000; 60,000 is exactly 40 % below, and 33 1/3 % below the next bid
    found = signals(A="60000", B="90000", C="110000")
    assert found["A"] == {SignalKind.GAP_TO_NEXT: Fraction(100, 3), SignalKind.GAP_TO_MEAN: 40}
    assert "B" not in found


def test_a_price_of_nothing_is_asked_about_and_not_excluded():
    assert SignalKind.NO_PRICE in signals(A="0", B="100")["A"]
    assert SignalKind.NO_PRICE.is_mandatory


def test_a_single_bid_has_no_gap():
    assert signals(A="100") == {}


def test_shifted_prices_need_both_directions():
    rows = [[50, 100, 120, 80], [400, 100, 200, 300], [100, 100, 100, 100]]
    # median of the others: 100, 200, 100; so 50 is exactly half, 400 exactly double
    assert shifted_prices(rows, 0, 50) == [
        ShiftedPrice(0, 50, Fraction(100), is_high=False),
        ShiftedPrice(1, 400, Fraction(200), is_high=True),
    ]
    assert shifted_prices(rows[:1], 0, 50) == []
    assert shifted_prices([[51, 100, 120, 80], rows[1]], 0, 50) == []


def test_a_median_between_two_prices_stays_exact():
    found = shifted_prices([[1, 4, 5], [9, 4, 5]], 0, 50)
    assert [(one.median, one.percent_of_median) for one in found] == [
        (Fraction(9, 2), Fraction(200, 9)),
        (Fraction(9, 2), Fraction(200)),
    ]


def test_against_one_other_price_nothing_is_a_sign():
    assert shifted_prices([[1, 100], [100, 1]], 0, 50) == []


def test_missing_prices_are_left_out_of_the_median():
    assert shifted_prices([[10, None, 100], [100, None, 10]], 0, 50) == []


def test_shifted_prices_make_a_signal():
    shifts = {"A": [ShiftedPrice(0, 1, Fraction(9), is_high=False), ShiftedPrice(1, 9, Fraction(1), is_high=True)]}
    assert signals(A="100", B="100", shifts=shifts) == {"A": {SignalKind.PRICE_SHIFT: None}}


def test_the_estimate_is_held_against_the_positions_and_other_bids_against_the_evaluation_price():
    # 90,000 of positions less a rebate of 40 %: 54,000 against 100,000, yet only 10 % under the estimate
    totals = {"A": Money.of("54000"), "B": Money.of("100000")}
    positions = {"A": Money.of("90000"), "B": Money.of("100000")}
    found = signals_of(totals, Money.of("100000"), TRIGGERS, {}, positions)
    assert [signal.kind for signal in found["A"]] == [SignalKind.GAP_TO_NEXT, SignalKind.GAP_TO_MEAN]
