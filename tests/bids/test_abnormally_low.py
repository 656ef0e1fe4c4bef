"""The gap to the next bid, by hand: 80,000 beside 100,000 is 20 % of the next and 25 % of the own price."""

from fractions import Fraction

from procurement.bids.abnormally_low import clarification_tasks, gap_to_next, gaps
from procurement.rulebook.sources import VGV_60_1
from procurement.values.money import Money

TRIGGER = 20


def euro(**totals: str) -> dict[str, Money]:
    return {bid: Money.of(total) for bid, total in totals.items()}


def test_the_gap_is_shown_with_either_bid_as_base():
    gap = gap_to_next(Money.of(80_000), "b", Money.of(100_000), TRIGGER)
    assert (gap.difference, gap.percent_of_next, gap.percent_of_own) == (Money.of(20_000), 20, 25)


def test_exactly_twenty_percent_is_conspicuous_and_one_cent_less_is_not():
    assert gap_to_next(Money.of("80000.00"), "b", Money.of(100_000), TRIGGER).is_conspicuous
    assert not gap_to_next(Money.of("80000.01"), "b", Money.of(100_000), TRIGGER).is_conspicuous


def test_the_base_is_the_next_higher_bid_not_the_own_one():
    # 19/100 of the next bid are 19/81 = 23.46 % of the own one: no warning.
    gap = gap_to_next(Money.of(81), "b", Money.of(100), TRIGGER)
    assert gap.percent_of_own == Fraction(1900, 81)
    assert not gap.is_conspicuous


def test_every_bid_but_the_dearest_has_a_gap_to_the_next_one():
    found = gaps(euro(a="100000", b="70000", c="90000"), TRIGGER)
    assert {bid: (gap.next_bid_key, gap.percent_of_next) for bid, gap in found.items()} == {
        "b": ("c", Fraction(200, 9)),
        "c": ("a", Fraction(10)),
    }
    assert found["b"].is_conspicuous
    assert not found["c"].is_conspicuous


def test_bids_of_equal_price_share_the_next_strictly_higher_one():
    found = gaps(euro(a="75000", b="75000", c="100000"), TRIGGER)
    assert {bid: gap.percent_of_next for bid, gap in found.items()} == {"a": 25, "b": 25}


def test_a_single_bid_and_equal_bids_have_no_gap():
    assert gaps(euro(a="1"), TRIGGER) == {}
    assert gaps(euro(a="1", b="1"), TRIGGER) == {}
    assert gaps({}, TRIGGER) == {}


def test_a_conspicuous_gap_opens_a_task_that_names_the_figures():
    tasks = clarification_tasks(euro(a="70000", b="90000", c="95000"), TRIGGER)
    assert list(tasks) == ["a"]
    assert tasks["a"].norm == VGV_60_1
    assert "22,22 % unter dem nächsthöheren Angebot (Aufgreifschwelle 20,00 %)" in tasks["a"].text


def test_a_bid_of_zero_is_asked_about_even_if_it_is_the_only_one():
    assert "nicht größer als 0 Euro" in clarification_tasks(euro(a="0"), TRIGGER)["a"].text
    tasks = clarification_tasks(euro(a="0", b="100"), TRIGGER)
    assert list(tasks) == ["a"]
    assert "ein Ausschluss allein deswegen ist nicht zulässig" in tasks["a"].text


def test_without_a_positive_base_there_is_no_percentage_and_somebody_must_look():
    gap = gap_to_next(Money.of(-10), "b", Money.of(0), TRIGGER)
    assert (gap.percent_of_next, gap.percent_of_own, gap.is_conspicuous) == (None, None, True)
