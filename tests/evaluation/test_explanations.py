import pytest

from procurement.evaluation.scoring import score
from procurement.tenders.method import ScoringMethod
from tests.examples.evaluation_g import G1_BIDS, G3_BIDS, PLAIN, bids, corridor, weighted

G8_BIDS = bids(("A", 800, 100_000), ("B", 1000, 200_000), ("C", 1000, 250_000))


def sentences(bids_, method, parameters):
    return [line.explanation for line in score(bids_, method, parameters).bids]


def distances(bids_, method, parameters):
    return [line.distance_to_next for line in score(bids_, method, parameters).bids]


def test_the_sentence_of_the_simple_ratio():
    assert sentences(bids(("Y", 8110, 228_000)), ScoringMethod.SIMPLE_RATIO, PLAIN) == [
        "Z = 8.110 ÷ 228.000 × 10.000 = 355,70"
    ]


def test_the_sentence_of_the_lowest_price():
    assert sentences(G1_BIDS[2:], ScoringMethod.LOWEST_PRICE, PLAIN) == [
        "P = 132.000,00 €, 42.000,00 € über dem niedrigsten Preis",
        "P = 90.000,00 €, der niedrigste Preis",
    ]


def test_the_sentences_inside_and_outside_the_corridor():
    _, inside, outside, _ = sentences(G1_BIDS, ScoringMethod.EXTENDED_RATIO, corridor("0.10", "quality"))
    assert inside == (
        "Z = 9.000 ÷ 125.000 × 10.000 = 720,00; Untergrenze 800,00 × (1 − 10 %) = 720,00, also im Korridor;"
        " dort entscheiden die Leistungspunkte: 9.000"
    )
    assert outside == (
        "Z = 9.500 ÷ 132.000 × 10.000 = 719,70; Untergrenze 800,00 × (1 − 10 %) = 720,00, also außerhalb des Korridors"
    )
    assert sentences(G1_BIDS, ScoringMethod.EXTENDED_RATIO, corridor("0.10", "price"))[3].endswith(
        "also im Korridor; dort entscheidet der Wertungspreis: 90.000,00 €"
    )


def test_a_bid_barely_outside_the_corridor_does_not_look_as_if_it_reached_the_bound():
    # 9000 / 125,000.01 x 10,000 = 719.99994...: two decimals would show 720,00 on both sides.
    close = [*G1_BIDS[:1], *bids(("B", 9000, "125000.01"))]
    assert (
        "= 719,9999; Untergrenze 800,00 × (1 − 10 %) = 720,0000, also außerhalb"
        in sentences(close, ScoringMethod.EXTENDED_RATIO, corridor("0.10", "quality"))[1]
    )


def test_the_sentence_of_the_best_value():
    # 60 x 950/1000 + 40 x 130/180 = 57 + 28.888...
    assert sentences(bids(("A", 950, 180_000), ("B", 800, 130_000)), ScoringMethod.BEST_VALUE, weighted("0.6")) == [
        "S = 60 × 950 ÷ 1.000 + 40 × 130.000 ÷ 180.000 = 85,89",
        "S = 60 × 800 ÷ 1.000 + 40 × 130.000 ÷ 130.000 = 88,00",
    ]


def test_the_sentences_of_the_linear_method_with_and_without_price_points():
    assert sentences(G8_BIDS, ScoringMethod.LINEAR, weighted("0.5", 2)) == [
        "S = 50 × 800 ÷ 1.000 + 50 × (200.000 − 100.000) ÷ (200.000 − 100.000) = 90,00",
        "S = 50 × 1.000 ÷ 1.000 + 0 = 50,00; ab 200.000 € gibt es keine Preispunkte",
        "S = 50 × 1.000 ÷ 1.000 + 0 = 50,00; ab 200.000 € gibt es keine Preispunkte",
    ]


@pytest.mark.parametrize(
    ("bids_", "method", "parameters", "expected"),
    [
        (
            G3_BIDS,
            ScoringMethod.SIMPLE_RATIO,
            PLAIN,
            ["gleichauf mit dem nächsten Angebot", "50,00 Punkte vor dem nächsten Angebot", None],
        ),
        (
            G8_BIDS,
            ScoringMethod.LINEAR,
            weighted("0.5", 2),
            ["40,00 Punkte vor dem nächsten Angebot", "gleichauf mit dem nächsten Angebot", None],
        ),
        (
            G1_BIDS[2:],
            ScoringMethod.LOWEST_PRICE,
            PLAIN,
            [None, "42.000,00 € günstiger als das nächste Angebot"],
        ),
        (
            G1_BIDS[:2],
            ScoringMethod.EXTENDED_RATIO,
            corridor("0.10", "quality"),
            [None, "1.000,00 Leistungspunkte vor dem nächsten Angebot"],
        ),
        (
            G1_BIDS[:2],
            ScoringMethod.EXTENDED_RATIO,
            corridor("0.10", "price"),
            ["25.000,00 € günstiger als das nächste Angebot", None],
        ),
    ],
)
def test_the_distance_to_the_next_bid_is_in_the_unit_that_decides(bids_, method, parameters, expected):
    assert distances(bids_, method, parameters) == expected


def test_a_tiny_distance_does_not_look_like_none():
    close = bids(("A", 8000, 100_000), ("B", 8000, "100000.01"))
    # 800 - 80,000,000 / 100,000.01 = 0.00008
    assert distances(close, ScoringMethod.SIMPLE_RATIO, PLAIN) == ["0,0001 Punkte vor dem nächsten Angebot", None]
