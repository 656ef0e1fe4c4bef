from fractions import Fraction

from procurement.evaluation.threshold import Probe, first_threshold, threshold, zero_of_quotient

XS = [Fraction(x) for x in (1, 2, 4, 8)]
CENT = Fraction(1, 100)


def falls_at(zero, attained=True):
    """The statement "x is at most zero", told by the straight line zero - x."""

    def trial(x):
        return Probe(x <= zero if attained else x < zero, (zero - x,))

    return trial


def test_the_zero_of_a_straight_line_and_of_a_quotient_of_two_are_found():
    assert zero_of_quotient(XS, [3 * x - 7 for x in XS]) == Fraction(7, 3)
    assert zero_of_quotient(XS, [(2 * x - 5) / (x + 3) for x in XS]) == Fraction(5, 2)


def test_a_constant_and_a_parabola_have_no_zero_that_could_be_told():
    assert zero_of_quotient(XS, [Fraction(4)] * 4) is None
    assert zero_of_quotient(XS, [x * x - 9 for x in XS]) is None


def test_a_third_of_a_cent_is_found_exactly_between_two_cents():
    found = threshold(falls_at(Fraction(10, 3)), Fraction(0), Fraction(100), CENT)
    assert (found.inside, found.outside, found.exact, found.is_attained) == (
        Fraction("3.33"),
        Fraction("3.34"),
        Fraction(10, 3),
        True,
    )


def test_a_place_that_is_itself_lost_is_not_attained():
    found = threshold(falls_at(Fraction(5), attained=False), Fraction(0), Fraction(9), CENT)
    assert (found.inside, found.outside, found.exact, found.is_attained) == (Fraction("4.99"), 5, 5, False)


def test_a_root_that_is_no_fraction_stays_between_its_neighbours():
    found = threshold(lambda x: Probe(x * x <= 2, (2 - x * x,)), Fraction(0), Fraction(10), CENT)
    assert (found.inside, found.outside, found.exact) == (Fraction("1.41"), Fraction("1.42"), None)
    assert found.nearest == Fraction("1.41")


def test_a_step_that_no_figure_announces_is_not_given_out_as_exact():
    found = threshold(lambda x: Probe(x < Fraction("2.005"), (Fraction(1),)), Fraction(0), Fraction(9), CENT)
    assert (found.inside, found.outside, found.exact) == (Fraction("2.00"), Fraction("2.01"), None)


def test_a_statement_that_holds_all_the_way_has_no_threshold():
    assert threshold(falls_at(Fraction(50)), Fraction(0), Fraction(9), CENT) is None


def test_downward_the_same_place_is_found():
    found = threshold(lambda x: Probe(x >= Fraction(10, 3), (x - Fraction(10, 3),)), Fraction(9), Fraction(0), CENT)
    assert (found.inside, found.outside, found.exact) == (Fraction("3.34"), Fraction("3.33"), Fraction(10, 3))


def test_the_first_of_several_changes_is_found_by_walking_the_breaks():
    def trial(x):
        return Probe(not (2 <= x <= 3 or x > 7))

    found = first_threshold(trial, Fraction(1), Fraction(9), [Fraction(n) for n in (2, 3, 7)], is_complete=True)
    assert (found.exact, found.is_attained) == (2, False)
