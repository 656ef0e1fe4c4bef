from fractions import Fraction

from procurement.evaluation.run_calculation import calculated
from procurement.evaluation.run_display import decimals_to_tell_apart, display_of
from tests.factories.runs import bid, g11, run_input

LEAF_POINTS = {"method": "linear", "parameters": {"quality_weight": "0.5", "zero_at": "2", "max_points": "10000"}}


def lowest(*prices):
    bids = [bid(name, price) for name, price in zip("ABCD", prices, strict=False)]
    return display_of(calculated(run_input(*bids, method="lowest_price")), 20)


def test_two_decimals_are_enough_for_scores_that_differ_clearly():
    assert decimals_to_tell_apart([Fraction(355), Fraction("310.73"), None]) == 2


def test_more_decimals_are_shown_until_different_scores_look_different():
    assert decimals_to_tell_apart([Fraction("720.0001"), Fraction("720.0002")]) == 4


def test_equal_scores_need_no_more_decimals_and_hardly_different_ones_stop_at_twelve():
    assert decimals_to_tell_apart([Fraction(1), Fraction(1)]) == 2
    assert decimals_to_tell_apart([Fraction(1), 1 + Fraction(1, 10**15)]) == 12


def test_reference_values_of_the_ratio_are_shown_times_ten_thousand_and_exact():
    shown = display_of(calculated(g11(minimum=False)), 20)
    assert [(value.label, value.shown, value.exact) for value in shown.references] == [
        ("Niedrigster Preis Pmin in €", 228_000, 228_000),
        ("Beste Kennzahl Zmax × 10.000", Fraction(20_275, 57), Fraction(811, 22_800)),
    ]
    assert (shown.is_ratio, shown.points_places) == (True, 2)


def test_the_corridor_shows_its_lower_bound():
    x, y, z = g11(minimum=False).bids
    criteria = g11(minimum=False).criteria
    corridor = {"corridor": "0.10", "criterion": "quality"}
    run = run_input(x, y, z, method="extended_ratio", criteria=criteria, parameters=corridor)
    bound = display_of(calculated(run), 20).references[-1]
    # 0.9 x 8110/228000 = 7299/228000 = 2433/76000
    assert (bound.label, bound.exact) == ("Untergrenze des Korridors × 10.000", Fraction(2433, 76_000))


def test_the_interpolation_shows_the_price_that_gets_no_points():
    x, y, z = g11(minimum=False).bids
    run = run_input(x, y, z, criteria=g11(minimum=False).criteria, **LEAF_POINTS)
    values = {value.label: value.shown for value in display_of(calculated(run), 20).references}
    assert values == {"Niedrigster Preis Pmin in €": 228_000, "Preis mit 0 Preispunkten in €": 456_000}


def test_every_criterion_stands_in_one_row_with_points_only_at_the_leaves():
    shown = display_of(calculated(g11()), 20)
    rows = {row.number: row for row in shown.criteria}
    assert [rows["2"].level, rows["2"].weight_points, rows["2"].points] == [1, None, {}]
    assert rows["2"].performance == {240: 1750, 250: 1000, 260: Fraction(5500, 3)}
    assert rows["2.1.1"].weight_points == Fraction(250, 3)
    assert rows["2.1.1"].points == {240: 9, 250: 4, 260: 6}
    assert [one.bidder for one in shown.rated] == ["X", "Y", "Z"]
    assert [one.bidder for one in shown.in_order] == ["Z", "X", "Y"]


def test_a_gap_of_twenty_percent_to_the_next_bid_is_a_hint_and_nothing_more():
    # 100 - 80 = 20, and 20 of 100 is 20 %
    shown = lowest(80, 100)
    assert list(shown.hints) == [10]
    assert shown.hints[10].startswith("Das Angebot liegt 20,00 % unter dem nächsthöheren Angebot")
    assert [one.rank for one in shown.result.bids] == [1, 2]
    assert lowest("80.01", 100).hints == {}


def test_a_bid_that_is_out_gives_no_hint_and_nothing_to_compare():
    shown = display_of(calculated(run_input(bid("A", None), bid("B", 100), method="lowest_price")), 20)
    assert (shown.hints, shown.criteria, shown.points_places) == ({}, (), 0)
    nobody = display_of(calculated(run_input(bid("A", None), method="lowest_price")), 20)
    assert nobody.references == ()
