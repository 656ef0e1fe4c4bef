from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from procurement.values.shares import CannotSplit, DuplicateKey, NegativeWeight, Split, WeightsSumToZero, split
from tests.examples.firewall_3_6 import PROOF_OF_A2, PROOF_SUMS, ROWS, cents

unhurried = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
WEIGHTS = st.lists(st.integers(0, 10**6) | st.integers(0, 3), min_size=1, max_size=12).filter(any)
TOTALS = st.integers(-(10**12), 10**12) | st.integers(-20, 20)


def numbered(count: int) -> list[str]:
    return [f"{number:03d}" for number in range(count)]


@pytest.mark.parametrize(
    ("total", "weights", "shares"),
    [
        (100, (1, 1, 1), (34, 33, 33)),
        (-10000, (1, 1, 1), (-3334, -3333, -3333)),
        (1, (1, 1), (1, 0)),
        (5, (0, 7, 0), (0, 5, 0)),
        (2, (3, 3, 1), (1, 1, 0)),
        (7, (7, 7, 7, 7), (2, 2, 2, 1)),
        (99999999999, (51803, 6993, 12678), (72478103925, 9783977390, 17737918684)),
        (10, (6, 6, 2), (4, 4, 2)),
        (11, (6, 6, 2), (5, 5, 1)),
        (0, (3, 4), (0, 0)),
    ],
)
def test_published_examples_of_the_rounding_rule(total: int, weights: tuple[int, ...], shares: tuple[int, ...]):
    assert split(total, weights, numbered(len(weights))).shares == shares


def test_naive_rounding_of_100_09_euro_on_nine_populations_would_be_two_cents_off():
    result = split(10009, [row.inhabitants for row in ROWS], [row.ags for row in ROWS])
    assert result.shares == (1894, 1469, 1574, 1849, 256, 509, 719, 1275, 464)
    assert sum(result.shares) == 10009


def test_six_extra_cents_of_the_base_amount_go_to_the_lowest_municipality_keys():
    result = split(1455000, [1] * 9, [row.ags for row in ROWS])
    assert result.shares == tuple(cents(row.base) for row in ROWS)


def test_every_step_of_the_printed_proof():
    result = split(3395000, [row.weight for row in PROOF_OF_A2], [row.ags for row in PROOF_OF_A2])
    assert result == Split(
        total=3395000,
        keys=tuple(row.ags for row in PROOF_OF_A2),
        weights=tuple(row.weight for row in PROOF_OF_A2),
        total_weight=PROOF_SUMS.weight,
        floors=tuple(row.floor for row in PROOF_OF_A2),
        remainders=tuple(row.remainder for row in PROOF_OF_A2),
        extra=tuple(row.extra for row in PROOF_OF_A2),
        shares=tuple(cents(row.share) for row in PROOF_OF_A2),
    )
    assert sum(result.floors) == PROOF_SUMS.floor
    assert sum(result.remainders) == PROOF_SUMS.remainder == 5 * 273681
    assert sum(result.extra) == PROOF_SUMS.extra


def test_rounded_quarters_of_ahaus_do_not_add_up_to_the_rounded_year():
    clients = [row.clients for row in ROWS]
    keys = [row.ags for row in ROWS]
    quarter = split(1560000, clients, keys).share_of("05554004")
    year = split(6240000, clients, keys).share_of("05554004")
    assert quarter == 239401
    assert 4 * quarter == 957604
    assert year == 957602


def test_a_tie_goes_to_the_larger_weight_before_the_smaller_key():
    # 2 cents on 1 : 3 are 0.5 and 1.5: both have the remainder 2 of 4.
    assert split(2, [1, 3], ["a", "b"]).shares == (0, 2)


def test_a_tie_of_equal_weights_goes_to_the_smaller_key_wherever_it_stands():
    assert split(1, [1, 1], ["05566028", "05554004"]).shares == (0, 1)


def test_shares_by_key():
    result = split(5, [2, 3], ["a", "b"])
    assert result.share_of("b") == 3
    with pytest.raises(ValueError, match="not in tuple"):
        result.share_of("c")


@pytest.mark.parametrize(
    ("weights", "scaled"),
    [
        ([2, 3], (2, 3)),
        ([Decimal("1.5"), Decimal("2.25")], (150, 225)),
        ([Decimal("1.50"), 2], (15, 20)),
        ([Decimal("4.000"), Decimal(0)], (4, 0)),
        ([Decimal("1E+2"), 1], (100, 1)),
        ([Fraction(1, 8), Fraction(7, 8)], (125, 875)),
        ([Fraction(1, 3), Fraction(1, 2)], (2, 3)),
    ],
)
def test_weights_become_whole_numbers_as_by_hand(weights: list[int | Decimal | Fraction], scaled: tuple[int, ...]):
    assert split(1, weights, numbered(len(weights))).weights == scaled


@pytest.mark.parametrize(
    ("error", "weights", "keys", "message"),
    [
        (WeightsSumToZero, [0, 0], ["a", "b"], "Die Summe der Gewichte ist 0"),
        (WeightsSumToZero, [], [], "Die Summe der Gewichte ist 0"),
        (NegativeWeight, [1, -1], ["a", "b"], "Das Gewicht von b ist negativ"),
        (DuplicateKey, [1, 1], ["a", "a"], "Der Schlüssel a kommt mehrfach vor"),
        (CannotSplit, [1, 1], ["a"], "2 Gewichte, aber 1 Schlüssel"),
        (CannotSplit, [Decimal("NaN")], ["a"], "keine endliche Zahl"),
        (TypeError, [0.5], ["a"], "binary float"),
        (TypeError, [True], ["a"], "binary float"),
        (TypeError, ["1"], ["a"], "must be exact"),
    ],
)
def test_what_cannot_be_split_is_refused_by_name(error: type[Exception], weights, keys: list[str], message: str):
    with pytest.raises(error, match=message):
        split(100, weights, keys)


def reference_shares(total: int, weights: list[int], keys: list[str]) -> dict[str, int]:
    """The published rule once more, from its formula with exact fractions: quota, whole part, largest rests first."""
    quotas = {key: Fraction(abs(total)) * weight / sum(weights) for key, weight in zip(keys, weights, strict=True)}
    shares = {key: int(quota) for key, quota in quotas.items()}
    weight_of = dict(zip(keys, weights, strict=True))
    waiting = sorted(keys)
    for _ in range(abs(total) - sum(shares.values())):
        best = max(waiting, key=lambda key: (quotas[key] - int(quotas[key]), weight_of[key]))
        waiting.remove(best)
        shares[best] += 1
    return {key: -share if total < 0 else share for key, share in shares.items()}


@unhurried
@given(total=TOTALS, weights=WEIGHTS)
def test_a_second_calculation_with_fractions_agrees(total: int, weights: list[int]):
    keys = numbered(len(weights))
    result = split(total, weights, keys)
    assert dict(zip(keys, result.shares, strict=True)) == reference_shares(total, weights, keys)


@unhurried
@given(total=TOTALS, weights=st.lists(st.integers(1, 40), min_size=100, max_size=140))
def test_the_second_calculation_agrees_for_more_than_a_hundred_members(total: int, weights: list[int]):
    keys = numbered(len(weights))
    result = split(total, weights, keys)
    assert dict(zip(keys, result.shares, strict=True)) == reference_shares(total, weights, keys)


@unhurried
@given(total=TOTALS, weights=WEIGHTS)
def test_the_shares_sum_to_the_total(total: int, weights: list[int]):
    result = split(total, weights, numbered(len(weights)))
    assert sum(result.shares) == total
    assert sum(result.remainders) == sum(result.extra) * sum(weights)


@unhurried
@given(total=TOTALS, weights=WEIGHTS)
def test_each_share_is_the_exact_share_rounded_down_or_one_more(total: int, weights: list[int]):
    for weight, share in zip(weights, split(total, weights, numbered(len(weights))).shares, strict=True):
        floor = abs(total) * weight // sum(weights)
        assert abs(share) in (floor, floor + 1)


@unhurried
@given(total=TOTALS, weights=WEIGHTS, random=st.randoms(use_true_random=False))
def test_the_order_of_the_members_does_not_matter(total: int, weights: list[int], random):
    keys = numbered(len(weights))
    expected = dict(zip(keys, split(total, weights, keys).shares, strict=True))
    turned = list(zip(keys, weights, strict=True))
    random.shuffle(turned)
    turned_keys = [key for key, _ in turned]
    result = split(total, [weight for _, weight in turned], turned_keys)
    assert dict(zip(turned_keys, result.shares, strict=True)) == expected


@unhurried
@given(total=TOTALS, weights=WEIGHTS)
def test_a_credit_mirrors_a_debit(total: int, weights: list[int]):
    keys = numbered(len(weights))
    assert split(-total, weights, keys).shares == tuple(-share for share in split(total, weights, keys).shares)


@unhurried
@given(total=TOTALS, weights=WEIGHTS)
def test_who_weighs_nothing_pays_nothing(total: int, weights: list[int]):
    result = split(total, weights, numbered(len(weights)))
    assert all(share == 0 for weight, share in zip(weights, result.shares, strict=True) if weight == 0)


@unhurried
@given(total=TOTALS, weights=WEIGHTS, factor=st.integers(1, 1000))
def test_only_the_proportion_of_the_weights_matters(total: int, weights: list[int], factor: int):
    keys = numbered(len(weights))
    decimals = [Decimal(weight) / 8 for weight in weights]
    shares = split(total, weights, keys).shares
    assert split(total, [weight * factor for weight in weights], keys).shares == shares
    assert split(total, decimals, keys).shares == shares
