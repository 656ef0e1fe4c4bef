"""The formula laboratory by figures: four winners, flips counted in sets, measured weights, remarks with reasons."""

from fractions import Fraction

import pytest

from procurement.evaluation.bid_figures import BidFigures
from procurement.evaluation.laboratory import TriedBid, Variant, compared, different_winners
from procurement.evaluation.laboratory_comparison import Experiment, VariantEntry, comparison_of, outcomes_of
from procurement.evaluation.laboratory_merits import first_ranked
from procurement.evaluation.laboratory_picture import curve_picture
from procurement.evaluation.laboratory_record import canonical, read
from procurement.evaluation.laboratory_remarks import remarks_on
from procurement.evaluation.laboratory_rules import objections_to_choosing, objections_to_experiment
from procurement.evaluation.laboratory_simulation import Counts, Ranges, counted, drawn, ranges_of
from procurement.evaluation.laboratory_start import starting_bids, starting_variants, usual_parameters
from procurement.evaluation.scoring import score
from procurement.tenders.kinds import TieRule
from procurement.tenders.method import (
    DecisionCriterion,
    PriceRule,
    QualityReference,
    ScoringMethod,
    ScoringParameters,
)
from procurement.values.money import Money

F, M, P = Fraction, ScoringMethod, ScoringParameters
SIXTY, LMAX = F(3, 5), F(10_000)
BIDS = tuple(
    TriedBid(name, points, Money(euro * 100))
    for name, points, euro in (("A", 8000, 100_000), ("B", 9000, 125_000), ("C", 9500, 132_000), ("D", 7000, 90_000))
)
VARIANTS = {
    "lowest": Variant(M.LOWEST_PRICE, P()),
    "ratio": Variant(M.SIMPLE_RATIO, P()),
    "corridor": Variant(M.EXTENDED_RATIO, P(corridor=F(1, 10), criterion=DecisionCriterion.QUALITY)),
    "corridor by price": Variant(M.EXTENDED_RATIO, P(corridor=F(1, 20), criterion=DecisionCriterion.PRICE)),
    "median": Variant(M.WEIGHTED_MEDIAN, P(SIXTY)),
    "mean": Variant(M.WEIGHTED_MEAN, P(SIXTY)),
    "reference": Variant(M.WEIGHTED_REFERENCE, P(SIXTY, reference_points=F(8500), reference_price=F("110000.50"))),
    "best value": Variant(M.BEST_VALUE, P(SIXTY, max_points=LMAX)),
    "best bid": Variant(M.BEST_VALUE, P(SIXTY, max_points=LMAX, quality_reference=QualityReference.BEST)),
    "linear": Variant(M.LINEAR, P(F(2, 3), max_points=LMAX, zero_at=F(3, 2))),
    "additive": Variant(M.ADDITIVE, P(price_weight=F(667), price_rule=PriceRule.QUOTIENT)),
    "additive line": Variant(M.ADDITIVE, P(price_weight=F(2000, 3), price_rule=PriceRule.LINEAR, zero_at=F(2))),
    "exponential": Variant(M.EXPONENTIAL, P(F(37, 100))),
    "quality": Variant(M.QUALITY_ONLY, P(tie_rule=TieRule.PRICE)),
    "bonus": Variant(M.BONUS, P(bonus_per_point=F(19, 2), bonus_base=F(3000))),
    "threshold": Variant(M.THRESHOLD_PRICE, P(threshold=F(3, 4), max_points=LMAX, tie_rule=TieRule.QUALITY)),
}
BEST_OF_1000 = Variant(M.BEST_VALUE, P(SIXTY, max_points=F(1000)))
LINEAR_OF_1000 = Variant(M.LINEAR, P(SIXTY, max_points=F(1000), zero_at=F(2)))
# G5: A and B alone, the third bid that does not win, and the winners without and with it (points, euro)
FLIPS = {
    "G5a": (Variant(M.WEIGHTED_MEAN, P(SIXTY)), (1000, 170_000), (650, 80_000), (550, 180_000), "B", "A"),
    "G5b": (Variant(M.WEIGHTED_MEDIAN, P(SIXTY)), (600, 80_000), (900, 180_000), (600, 170_000), "A", "B"),
    "G5c": (BEST_OF_1000, (950, 180_000), (800, 130_000), (500, 80_000), "B", "A"),
    "G5d": (LINEAR_OF_1000, (950, 150_000), (600, 100_000), (500, 90_000), "A", "B"),
    "G5e": (VARIANTS["corridor"], (800, 100_000), (925, 125_000), (420, 50_000), "B", "A"),
}
SIXTY_FORTY = {"quality_weight": "0.6"}
# The same typed in the laboratory: method with parameters, scores without and with the third bid (G5e: Z x 10,000)
EXACT = {
    "G5a": (VariantEntry(M.WEIGHTED_MEAN, SIXTY_FORTY), ("252/1375", "298/1375"), ("813/2365", "2919/9460", "-9/172")),
    "G5b": (VariantEntry(M.WEIGHTED_MEDIAN, SIXTY_FORTY), ("76/325", "54/325"), ("7/17", "81/170", "1/5")),
    "G5c": (VariantEntry(M.BEST_VALUE, SIXTY_FORTY), ("773/9", "88"), ("673/9", "944/13", "70")),
    "G5d": (VariantEntry(M.LINEAR, SIXTY_FORTY | {"zero_at": "2"}), ("77", "76"), ("211/3", "644/9", "70")),
    "G5e": (
        VariantEntry(M.EXTENDED_RATIO, {"corridor": "0.1", "criterion": "quality"}),
        ("80", "74"),
        ("80", "74", "84"),
    ),
}
INDEPENDENT = ("lowest", "ratio", "reference", "exponential", "quality", "bonus", "threshold")


def experiment(*variants, bids=BIDS, seed=1):
    return Experiment(bids, variants, TieRule.NONE, 10_000, seed)


def entry(method, **parameters):
    return VariantEntry(method, parameters)


def outcome_of(name, bids=BIDS):
    return compared(bids, [VARIANTS[name]])[0]


def test_the_same_four_bids_have_four_different_winners():
    # lowest price: D with 90,000. L/P x 10,000: A 800, D 777.8, B 720, C 719.7. Corridor of 10 %: from 720, so A, B, D,
    # of which B has most points. 60/40 on the best value: A 48 + 36 = 84, B 54 + 28.8 = 82.8, C 57 + 27.27 = 84.27,
    # D 42 + 40 = 82.
    outcomes = compared(BIDS, [VARIANTS[name] for name in ("lowest", "ratio", "corridor", "best value")])
    assert [outcome.winners for outcome in outcomes] == [("D",), ("A",), ("B",), ("C",)]
    assert different_winners(outcomes) == 4
    assert outcomes[3].line("C").score == 57 + F(40 * 90, 132)


@pytest.mark.parametrize("name", FLIPS)
def test_a_bid_that_comes_last_and_turns_the_ranking_is_recognised_as_a_flip(name):
    variant, first, second, third, without, with_it = FLIPS[name]
    pairs = {"A": first, "B": second}
    assert first_ranked(variant, [first, second]) == {pairs[without]}
    counts = counted(variant, [(first, second, third)])
    assert counts.flipped == 1
    assert counts.example.winners == {pairs[with_it]}
    assert counts.example.removed == third
    assert counts.example.winners_without == {pairs[without]}


@pytest.mark.parametrize("name", EXACT)
def test_the_worked_flips_have_their_exact_scores_when_typed_as_hypothetical_bids(name):
    entry, alone, with_third = EXACT[name]
    _variant, *figures, without, with_it = FLIPS[name]
    bids = tuple(
        TriedBid(*one, Money(euro * 100)) for *one, euro in zip("ABC", *zip(*figures, strict=True), strict=True)
    )
    for tried, expected, winner in ((bids[:2], alone, without), (bids, with_third, with_it)):
        made = Experiment(tried, (entry,), TieRule.NONE, 1000, seed=1)
        column = comparison_of(made, outcomes_of(made)).columns[0]
        assert [cell.score for cell in column.cells] == [F(score) for score in expected]
        assert column.winners == (winner,)


@pytest.mark.parametrize("name", INDEPENDENT)
def test_methods_in_which_no_third_bid_counts_never_flip(name):
    counts = counted(VARIANTS[name], drawn(Ranges(5000, 10_000, 50_000, 150_000), 5, seed=7))
    assert (counts.sets, counts.flipped, counts.example) == (1000, 0, None)


@pytest.mark.parametrize("name", ["corridor", "median", "mean", "best value", "best bid", "linear", "additive"])
def test_methods_that_measure_bids_against_each_other_do_flip(name):
    assert counted(VARIANTS[name], drawn(ranges_of(BIDS, 10_000), 5, seed=7)).flipped > 0


@pytest.mark.parametrize("name", VARIANTS)
def test_the_quick_first_rank_in_whole_numbers_is_that_of_the_exact_scoring(name):
    variant = VARIANTS[name]
    # few different figures, so that ties come up as well
    for size, ranges in ((4, Ranges(7400, 7409, 90_000, 90_009)), (5, Ranges(1, 10_000, 1, 200_000))):
        for bids in drawn(ranges, size, seed=11, sets=60):
            figures = [BidFigures(str(number), *pair_as_figures(pair)) for number, pair in enumerate(bids)]
            sheet = score(figures, variant.method, variant.parameters, explained=False)
            assert {bids[int(winner)] for winner in sheet.winners} == first_ranked(variant, bids)


def pair_as_figures(pair):
    return pair[0], F(pair[1])


def test_the_same_seed_draws_the_same_sets_within_their_ranges():
    ranges = ranges_of(BIDS, 10_000)
    assert ranges == Ranges(6300, 10_000, 81_000, 145_200)
    sets = drawn(ranges, 4, seed=3)
    assert sets == drawn(ranges, 4, seed=3) != drawn(ranges, 4, seed=4)
    assert all(6300 <= points <= 10_000 and 81_000 <= euro <= 145_200 for bids in sets for points, euro in bids)


def test_the_price_has_exactly_the_announced_weight_where_points_and_prices_lie_equally_far_apart():
    # L 400 and 600, P 4 and 6 by fixed references 500 and 5: scores of the parts +-0.2 gL and +-0.2 gP, so the shares
    # of variance are gL² and gP²: 0.4² / (0.4² + 0.6²) = 16/52
    variant = Variant(M.WEIGHTED_REFERENCE, P(SIXTY, reference_points=F(500), reference_price=F(5)))
    bids = [TriedBid("A", 400, Money(400)), TriedBid("B", 600, Money(600))]
    assert compared(bids, [variant])[0].price_effect == F(16, 52)


def test_only_the_price_or_only_the_quality_works_where_nothing_else_counts():
    assert [outcome_of(name).price_effect for name in ("lowest", "threshold", "quality")] == [1, 1, 0]


def test_bids_that_are_all_alike_measure_nothing():
    bids = [TriedBid(name, 8000, Money(10_000_000)) for name in "AB"]
    assert outcome_of("best value", bids).price_effect is None


def test_a_fixed_reference_price_decides_and_a_ratio_does_not_depend_on_the_scale():
    # reference price 20 % higher: prices count less, C wins; the ratio stays as it is
    assert outcome_of("reference").rescaled == (("A",), ("C",))
    assert all(not outcome_of(name).changes_with_scale for name in ("ratio", "median", "best value", "exponential"))
    steady = compared(BIDS, [Variant(M.BONUS, P(bonus_per_point=F(1)))])[0]
    assert "änderte der feste Eurobetrag Rang 1 hier nicht" in remarks_on(steady, None, BIDS)[-1].text
    said = [remark.text for remark in remarks_on(outcome_of("reference"), None, BIDS)]
    assert "Rang 1 hängt davon ab, wo die festen Eurobeträge stehen. 20 % niedriger: A, 20 % höher: C." in said


def test_remarks_name_a_marginal_price_a_flip_prone_method_and_base_points():
    variant = Variant(M.BEST_VALUE, P(F(4, 5), max_points=LMAX))
    outcome = compared(BIDS, [variant])[0]
    said = remarks_on(outcome, Counts(1000, 10, 0, 0, None), BIDS)
    texts = " ".join(remark.text for remark in said)
    assert "Der Preis zählt nur 20 %." in texts
    assert "OLG Düsseldorf, Verg 3/12 und Verg 33/12" in texts
    assert "In 10 von 1.000 Angebotssätzen hing Rang 1" in texts
    assert [
        remark.is_warning for remark in remarks_on(outcome_of("best value"), Counts(1000, 9, 0, 0, None), BIDS)
    ] == [False]
    ends = {"ratio": "hängt nie von einem dritten ab.", "linear": "Ausgeschlossen ist es bei diesem Verfahren nicht."}
    for name, end in ends.items():
        said = [one for one in remarks_on(outcome_of(name), Counts(1000, 0, 0, 0, None), BIDS) if "keinem" in one.text]
        assert (said[0].text.endswith(end), said[0].is_warning) == (True, False)
    # without the 7,000 points that all have: A 1000/100,000 = 0.01, B 2000/125,000 = 0.016, C 2500/132,000 = 0.0189
    base = [remark.text for remark in remarks_on(outcome_of("ratio"), None, BIDS) if "Sockelpunkte" in remark.text]
    assert "gewänne C statt A" in base[0]


def test_a_corridor_beyond_ten_percent_is_no_result_but_a_sentence():
    found = comparison_of(
        made := experiment(wide := entry(M.EXTENDED_RATIO, corridor="0.2", criterion="quality")), outcomes_of(made)
    )
    assert wide.method is M.EXTENDED_RATIO
    assert "Zulässig sind 0 % bis 10 %" in found.columns[0].problems[0]
    assert [str(one) for one in objections_to_choosing(found, 1, "Grund", 10_000)] == [
        "„Erweiterte Richtwertmethode“ lässt sich so nicht anwenden. Bitte die Angaben ergänzen."
    ]


def test_what_is_put_on_file_is_read_again_as_it_was_shown():
    made = experiment(entry(M.LINEAR, quality_weight="0.6", zero_at="2"), entry(M.EXPONENTIAL, quality_weight="0.6"))
    shown = comparison_of(made, outcomes_of(made))
    assert read(canonical(shown)) == shown
    assert shown.columns[0].words == (("Gewicht der Leistung", "60 %"), ("Nullpunkt des Preises", "2"))


def test_an_experiment_needs_two_bids_with_names_of_their_own_and_a_method():
    bids = (TriedBid("A", 11_000, Money(0)), TriedBid("A", 5, Money(1)))
    said = [str(one) for one in objections_to_experiment(experiment(bids=bids))]
    assert said == [
        "„A“ kommt mehrfach vor. Bitte jedem Angebot einen eigenen Namen geben.",
        "A: Möglich sind 0 bis 10.000 Leistungspunkte.",
        "A: Der Preis muss größer als 0 € sein.",
        "Bitte mindestens ein Verfahren wählen.",
    ]


def test_a_choice_needs_a_method_and_a_reason():
    made = experiment(entry(M.SIMPLE_RATIO))
    comparison = comparison_of(made, outcomes_of(made))
    assert [objection.field for objection in objections_to_choosing(comparison, None, " ", 10_000)] == [
        "chosen",
        "reason",
    ]
    other = objections_to_choosing(comparison, 1, "Grund", 1000)
    assert [str(objection)[:66] for objection in other] == [
        "Verglichen wurde mit 10.000 erreichbaren Leistungspunkten, nach de"
    ]


def test_the_proposal_makes_four_different_winners_around_the_own_estimate():
    bids = tuple(starting_bids(Money(12_345_678), 10_000))
    # 123,456.78 euro: 100, 125, 132 and 90 % in whole euro
    assert [bid.price.cents for bid in bids] == [12_345_600, 15_432_000, 16_296_200, 11_111_100]
    usual = usual_parameters(Money(12_345_678), 10_000)
    variants = [VariantEntry(one.method, usual) for one in starting_variants(None, {})]
    assert different_winners(outcomes_of(experiment(*variants, bids=bids))) == 4


def test_usual_values_make_every_method_applicable():
    usual = usual_parameters(None, 10_000)
    outcomes = outcomes_of(experiment(*(VariantEntry(method, usual) for method in M)))
    assert [outcome.problems for outcome in outcomes] == [()] * len(M)


def test_every_curve_of_the_picture_runs_through_the_chosen_bid():
    outcomes = compared(BIDS, [VARIANTS[name] for name in ("lowest", "ratio", "linear", "quality", "exponential")])
    picture = curve_picture(outcomes, BIDS, BIDS[0], 10_000)
    assert [curve.number for curve in picture.curves] == [1, 2, 3, 4, 5]
    own = next(row for row in picture.rows if row.points == 8000)
    assert [own.prices[place] for place in (0, 1, 2, 4)] == [100_000] * 4
    assert all(0 <= bid.x <= picture.width and 0 <= bid.y <= picture.height for bid in picture.bids)
