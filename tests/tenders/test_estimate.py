"""The estimated value against the threshold, with the figures of story P1."""

from datetime import date
from fractions import Fraction

import pytest

from procurement.rulebook.thresholds import NoRuleInForce
from procurement.tenders import estimate, procedure_choice
from procurement.tenders.estimate import EstimatedLine
from procurement.tenders.kinds import ProcedureType
from procurement.tenders.small_lots import small_lots
from procurement.values.money import Money, UnitPrice
from procurement.values.quantity import Quantity

IN_2026 = date(2026, 11, 2)


def lot(number: int, euro: str) -> EstimatedLine:
    """A lot of one line that costs so much."""
    return EstimatedLine(number, f"{number}.1", Quantity.of(1), UnitPrice.of(euro))


P1 = [lot(1, "120000"), lot(2, "60000"), lot(3, "50000")]


def test_all_lots_count_together_and_reach_the_threshold():
    made = estimate.estimated(P1, IN_2026)
    assert made.total_net == Money.of(230_000)
    assert made.threshold_net == Money.of(216_000)
    assert made.reaches_threshold


def test_the_threshold_is_that_of_the_day_the_procedure_began():
    lines = [lot(1, "218000")]
    assert estimate.estimated(lines, IN_2026).reaches_threshold
    before = estimate.estimated(lines, date(2025, 12, 31))
    assert before.threshold_net == Money.of(221_000)
    assert not before.reaches_threshold


def test_a_value_exactly_at_the_threshold_reaches_it():
    assert estimate.estimated([lot(1, "216000")], IN_2026).reaches_threshold
    assert not estimate.estimated([lot(1, "215999.99")], IN_2026).reaches_threshold


def test_a_day_without_a_known_threshold_is_an_error_with_a_name():
    with pytest.raises(NoRuleInForce):
        estimate.estimated(P1, date(2022, 1, 28))


def test_every_line_is_rounded_once_to_the_cent():
    # 3 × 0.335 = 1.005, rounded half up 1.01; twice 2.02
    lines = [EstimatedLine(1, number, Quantity.of(3), UnitPrice.of("0.335")) for number in ("1", "2")]
    assert estimate.estimated(lines, IN_2026).total_net == Money.of("2.02")


def test_the_basis_names_lines_term_rule_and_norm():
    basis = estimate.estimated(P1, IN_2026).basis
    assert basis.startswith("Summe aus 3 Positionen in 3 Losen")
    assert "Stand 02.11.2026" in basis
    assert "Art. 4 Buchst. c RL 2014/24/EU" in basis


def test_small_lots_that_are_each_too_large_cannot_leave_the_eu_procedure():
    small = small_lots(estimate.lot_values(P1), IN_2026)
    assert [value.lot_number for value in small.small] == [2, 3]
    assert small.small_total_net == Money.of(110_000)  # 47.8 % of 230,000
    assert small.allowance_net == Money.of(46_000)  # 20 %
    assert small.releasable == small.together == ()
    assert small.remaining_net == Money.of(230_000)
    assert small.share(small.small_total_net) == Fraction(110_000, 2300)


def test_a_small_lot_within_the_allowance_could_leave():
    small = small_lots(estimate.lot_values([lot(1, "200000"), lot(2, "40000")]), IN_2026)
    assert [value.lot_number for value in small.releasable] == [2]  # 20 % of 240,000 are 48,000


def test_nothing_can_be_estimated_without_lines_or_prices():
    assert "noch keine Positionen" in estimate.objections_to_estimating([])[0].text
    unpriced = [EstimatedLine(1, f"P{number}", Quantity.of(1), None) for number in range(1, 8)]
    [objection] = estimate.objections_to_estimating(unpriced)
    assert "7 Positionen (P1, P2, P3, P4, P5 und weitere)" in objection.text
    assert "1 Positionen (P1)" in estimate.objections_to_estimating(unpriced[:1])[0].text
    assert estimate.objections_to_estimating(P1) == []
    assert estimate.line_total(unpriced[0]) == Money(0)


@pytest.mark.parametrize("procedure", ProcedureType)
def test_from_the_threshold_on_only_eu_procedures_are_open(procedure):
    below = procedure_choice.objections_to_procedure(procedure, Money.of("215999.99"), Money.of(216_000))
    reached = procedure_choice.objections_to_procedure(procedure, Money.of(216_000), Money.of(216_000))
    assert bool(below) is (procedure is ProcedureType.UNDECIDED)
    national = {ProcedureType.NATIONAL_PUBLIC, ProcedureType.NATIONAL_DIRECT, ProcedureType.UNDECIDED}
    assert bool(reached) is (procedure in national)
