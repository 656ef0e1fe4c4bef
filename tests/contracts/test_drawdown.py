from procurement.contracts.drawdown import LineMeter, ValueMeter, Verdict, verdict
from procurement.contracts.quota import ReportedShare, quota
from procurement.values.money import Money, UnitPrice
from procurement.values.quantity import Quantity

PRICE = UnitPrice.of("1000.00")
ENOUGH = ValueMeter(Money.of(4_000), Money(0))


def meter(*, maximum=4, used=0, quota=2, own_used=0):
    return LineMeter(*(Quantity.of(amount) for amount in (maximum, used, quota, own_used)))


def test_up_to_the_own_quota_nobody_is_asked():
    assert verdict(Quantity.of(2), meter(), ENOUGH, PRICE) is Verdict.WITHIN_QUOTA


def test_above_the_own_quota_but_below_the_maximum_a_release_is_needed():
    assert verdict(Quantity.of(3), meter(), ENOUGH, PRICE) is Verdict.NEEDS_RELEASE
    assert verdict(Quantity.of(1), meter(own_used=2, used=2), ENOUGH, PRICE) is Verdict.NEEDS_RELEASE


def test_the_maximum_of_the_line_binds_even_within_the_quota():
    # 4 in all, 3 released by others: of the own quota of 2 only 1 is left.
    taken = meter(used=3)
    assert taken.own_rest == Quantity.of(1)
    assert verdict(Quantity.of(2), taken, ENOUGH, PRICE) is Verdict.ABOVE_MAXIMUM
    assert verdict(Quantity.of(1), taken, ENOUGH, PRICE) is Verdict.WITHIN_QUOTA


def test_the_maximum_value_binds_to_the_cent():
    left = ValueMeter(Money.of(4_000), Money.of(2_000))
    assert verdict(Quantity.of(2), meter(), left, PRICE) is Verdict.WITHIN_QUOTA
    assert verdict(Quantity.of(2), meter(), left, UnitPrice.of("1000.01")) is Verdict.ABOVE_VALUE


def test_from_four_fifths_on_the_contract_is_nearly_used():
    assert not ValueMeter(Money.of(1_000), Money.of("799.99")).is_nearly_used
    assert ValueMeter(Money.of(1_000), Money.of(800)).is_nearly_used


def share(quantity, expected, maximum):
    return ReportedShare(1, 1, Quantity.of(quantity), Quantity.of(expected), Quantity.of(maximum))


def test_the_quota_is_the_reported_maximum_in_the_unit_of_the_line():
    assert quota(share(12, 12, 15)) == Quantity.of(15)
    # 4 packs of 10 pieces, at most 5 packs: 40 pieces in the line, at most 50.
    assert quota(share(40, 4, 5)) == Quantity.of(50)


def test_a_report_split_over_two_lines_splits_its_maximum_too():
    # 12 expected, at most 15, of which 4 went to another line: a third of 15 is 5, two thirds are 10.
    assert quota(share(4, 12, 15)) == Quantity.of(5)
    assert quota(share(8, 12, 15)) == Quantity.of(10)


def test_a_share_without_a_report_is_its_own_quota():
    assert quota(ReportedShare(1, 1, Quantity.of(7), None, None)) == Quantity.of(7)
