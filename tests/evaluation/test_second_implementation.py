"""Every method calculated a second time, in another way, on 10,000 random cases each: both must agree bit by bit."""

from fractions import Fraction
from random import Random

import pytest

from procurement.evaluation.bid_figures import BidFigures
from procurement.evaluation.errors import FormulaNotApplicable
from procurement.evaluation.scoring import score
from procurement.tenders.kinds import TieRule
from procurement.tenders.method import (
    OPTIONAL,
    PRICE_POINT_METHODS,
    REQUIRED,
    DecisionCriterion,
    PriceRule,
    QualityReference,
    RoundingPlace,
    ScoringMethod,
    ScoringParameters,
)
from procurement.values.money import Money
from tests.evaluation import second_implementation
from tests.evaluation.second_implementation import Case, NotApplicable

CASES = 10_000
FEW_CASES = 2000
TIES = [(), ("quality",), ("price",), ("quality", "price"), ("price", "quality")]
every_method = pytest.mark.parametrize("method", ScoringMethod)


def drawn(random, method):
    """One random procedure; half of them with few distinct figures, so that ties and bids on the bound do occur."""
    narrow = random.random() < 0.5
    count = random.choice([1, 2, 2, 3, 3, 4])
    points = [random.randrange(0, 1001, 100) if narrow else random.randint(0, 1000) for _ in range(count)]
    rounds = "rounding_place" in OPTIONAL[method] and random.random() < 0.3
    places = ["score", "price_points"] if method in PRICE_POINT_METHODS else ["score"]
    return Case(
        points=points,
        cents=[random.randrange(100, 1001, 50) if narrow else random.randint(1, 30_000_000) for _ in points],
        parts=[random.randint(0, own) for own in points],
        weight=random.randrange(0, 101, 5) if method == "exponential" else random.randint(0, 100),
        corridor=random.randint(0, 10),
        criterion=random.choice(["quality", "price", "part"]),
        zero_tenths=random.randint(11, 40),
        reference_points=random.randint(1, 1000),
        reference_cents=random.randint(1, 30_000_000),
        price_weight=random.randint(1, 200),
        price_rule=random.choice(["quotient", "linear"]),
        bonus_cents=random.randint(1, 500),
        bonus_base=random.choice([0, random.randint(0, 1000)]),
        threshold=random.randint(1, 100),
        at_best=random.random() < 0.5,
        decimals=random.randint(0, 3) if rounds else None,
        place=random.choice(places),
        ties=random.choice(TIES),
    )


FIGURES = {
    "quality_weight": lambda case: Fraction(case.weight, 100),
    "corridor": lambda case: Fraction(case.corridor, 100),
    "criterion": lambda case: DecisionCriterion(case.criterion),
    "max_points": lambda case: Fraction(case.most),
    "zero_at": lambda case: Fraction(case.zero_tenths, 10),
    "reference_points": lambda case: Fraction(case.reference_points),
    "reference_price": lambda case: Fraction(case.reference_cents, 100),
    "quality_reference": lambda case: QualityReference.BEST if case.at_best else QualityReference.ATTAINABLE,
    "price_weight": lambda case: Fraction(case.price_weight),
    "price_rule": lambda case: PriceRule(case.price_rule),
    "bonus_per_point": lambda case: Fraction(case.bonus_cents, 100),
    "bonus_base": lambda case: Fraction(case.bonus_base),
    "threshold": lambda case: Fraction(case.threshold, 100),
    "criterion_part": lambda case: "1",
    "rounding_places": lambda case: None if case.decimals is None else Fraction(case.decimals),
    "rounding_place": lambda case: None if case.decimals is None else RoundingPlace(case.place),
}


def sheet_of(case, method):
    first, then = [TieRule(rule) for rule in case.ties] + [TieRule.NONE] * (2 - len(case.ties))
    given = {name: FIGURES[name](case) for name in (*REQUIRED[method], *OPTIONAL[method])}
    bids = [
        BidFigures(str(index), points, Money(cents), parts={"1": Fraction(case.parts[index])})
        for index, (points, cents) in enumerate(zip(case.points, case.cents, strict=True))
    ]
    return score(bids, method, ScoringParameters(**given, tie_rule=first, tie_then=then), explained=False)


def same_each_time(method):
    return Random(f"{method} 2026")  # noqa: S311 - cases that repeat, no secrets


def agree(case, method):
    """Whether there was a tie on rank 1."""
    try:
        scores, ranks = second_implementation.METHODS[method.value](case)
    except NotApplicable:
        with pytest.raises(FormulaNotApplicable):
            sheet_of(case, method)
        return False
    sheet = sheet_of(case, method)
    for line, expected in zip(sheet.bids, scores, strict=True):
        if expected is None:
            assert line.score is None
        else:
            assert line.score.numerator * expected[1] == line.score.denominator * expected[0]
        assert line.rank == ranks.get(int(line.id))
    assert sheet.winners == tuple(str(index) for index, rank in ranks.items() if rank == 1)
    return sheet.needs_drawing


def test_there_is_a_second_implementation_of_every_method():
    assert set(second_implementation.METHODS) == {method.value for method in ScoringMethod}


@every_method
def test_both_implementations_agree_in_every_score_and_rank_and_the_cases_contain_ties(method):
    random = same_each_time(method)
    ties = sum(agree(drawn(random, method), method) for _ in range(CASES))
    assert ties


def sheets(method, cases=FEW_CASES):
    random = same_each_time(method)
    for _ in range(cases):
        try:
            yield sheet_of(drawn(random, method), method)
        except FormulaNotApplicable:
            continue


def test_the_random_cases_do_contain_bids_exactly_on_the_bound_and_outside():
    on_the_bound = next(
        line
        for sheet in sheets(ScoringMethod.EXTENDED_RATIO, 2 * FEW_CASES)
        for line in sheet.bids
        if line.score == sheet.references.lower_bound < sheet.references.z_max
    )
    assert on_the_bound.in_corridor
    found = sheets(ScoringMethod.EXTENDED_RATIO, 100)
    assert any(line.in_corridor is False for sheet in found for line in sheet.bids)


def test_the_random_cases_do_contain_roundings_that_make_a_tie_and_thresholds_that_nobody_reaches():
    rounded = (sheet.bids for sheet in sheets(ScoringMethod.BEST_VALUE) if sheet.parameters.rounding_places is not None)
    assert any(
        one.score == other.score and one.exact_score != other.exact_score
        for lines in rounded
        for one in lines
        for other in lines
    )
    assert any(sheet.references is None for sheet in sheets(ScoringMethod.THRESHOLD_PRICE))
