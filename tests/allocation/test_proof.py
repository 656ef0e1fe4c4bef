import pytest

from procurement.allocation.proof import ControlSum, SumNotProven, prove
from procurement.values.money import Money


def test_sums_that_agree_are_proven():
    prove([ControlSum("Netto", Money.of("228201.60"), Money.of("228201.60"))])


def test_an_allocation_that_is_a_cent_off_is_not_handed_out():
    sums = [ControlSum("Netto", Money(100), Money(101)), ControlSum("Steuer", Money(19), Money(19))]
    assert sums[0].difference == Money(1)
    with pytest.raises(SumNotProven, match=r"geht nicht auf.*Netto: 1\.00 statt 1\.01$"):
        prove(sums)
