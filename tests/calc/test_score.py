import json
from decimal import Decimal
from fractions import Fraction

import pytest

from procurement.calc.errors import BadInput
from procurement.calc.score import answer
from tests.examples.evaluation_g import G1_RANKS, G1_SHOWN, SCORE_CASES

EVERY_PARAMETER = {
    "quality_weight": "0.6",
    "corridor": "0.10",
    "criterion": "quality",
    "max_points": 1000,
    "zero_at": "2",
}
FOUR_BIDS = [
    {"id": "A", "points": "8000", "price": "100000.00"},
    {"id": "B", "points": 9000, "price": "125000.00"},
    {"id": "C", "points": "9500", "price": 132000},
    {"id": "D", "points": "7000.0", "price": "90000"},
]


def request(method="simple_ratio", parameters=None, bids=None):
    return {
        "method": method,
        "parameters": EVERY_PARAMETER if parameters is None else parameters,
        "bids": FOUR_BIDS if bids is None else bids,
    }


def one_bid(**fields):
    return [{"id": "A", "points": "800", "price": "100000.00"} | fields]


def by_id(response, field):
    return {bid["id"]: bid[field] for bid in response["bids"]}


def test_g1_simple_ratio_exact_as_decimal_and_as_shown():
    response = answer(request())
    assert by_id(response, "score") == {"A": "2/25", "B": "9/125", "C": "19/264", "D": "7/90"}
    assert by_id(response, "score_decimal")["C"] == "0.0719696969697"
    assert {name: Fraction(text) for name, text in by_id(response, "display").items()} == G1_SHOWN
    assert by_id(response, "rank") == G1_RANKS
    assert (response["winner"], response["tie"]) == (["A"], False)
    assert response["reference"] == {"p_min": "90000", "z_max": "2/25", "z_max_display": "800"}


def test_g2_extended_ratio_shows_the_bound_and_marks_the_bid_outside():
    response = answer(request("extended_ratio"))
    assert response["reference"]["lower_bound"] == "9/125"
    assert response["reference"]["lower_bound_display"] == "720"
    assert response["parameters"] == {"corridor": "1/10", "criterion": "quality", "tie": "none"}
    assert by_id(response, "rank") == {"A": 2, "B": 1, "C": None, "D": 3}
    assert by_id(response, "excluded") == {"A": False, "B": False, "C": True, "D": False}
    assert by_id(response, "reason") == {"A": None, "B": None, "C": "outside_corridor", "D": None}
    assert by_id(response, "in_corridor") == {"A": True, "B": True, "C": False, "D": True}


@pytest.mark.parametrize("case", SCORE_CASES, ids=lambda case: case.name)
def test_the_worked_examples_as_json(case):
    parameters = EVERY_PARAMETER
    if case.parameters.quality_weight is not None:
        parameters = EVERY_PARAMETER | {"quality_weight": str(case.parameters.quality_weight)}
    bids = [{"id": bid.id, "points": str(bid.points), "price": str(bid.price)} for bid in case.bids]
    response = json.loads(json.dumps(answer(request(case.method.value, parameters, bids))))
    assert [Fraction(bid["score"]) for bid in response["bids"]] == case.scores
    assert [bid["rank"] for bid in response["bids"]] == case.ranks
    assert response["tie"] == (case.ranks.count(1) > 1)


def test_g8_parts_and_reference_of_the_linear_method():
    bids = [
        {"id": "A", "points": 800, "price": 100000},
        {"id": "B", "points": 1000, "price": 200000},
        {"id": "C", "points": 1000, "price": 250000},
    ]
    response = answer(request("linear", EVERY_PARAMETER | {"quality_weight": "0.5"}, bids))
    assert response["reference"] == {"p_min": "100000", "zero_price": "200000", "max_points": "1000"}
    assert by_id(response, "quality_points") == {"A": "40", "B": "50", "C": "50"}
    assert by_id(response, "price_points") == {"A": "50", "B": "0", "C": "0"}


def test_a_published_tie_rule_decides_and_points_in_thirds_stay_exact():
    bids = [{"id": "A", "points": "22000/3", "price": 220}, {"id": "B", "points": "11000/3", "price": 110}]
    assert answer(request(bids=bids))["winner"] == ["A", "B"]
    assert answer(request(parameters={"tie": "quality"}, bids=bids))["winner"] == ["A"]
    assert answer(request(parameters={"tie": "price"}, bids=bids))["winner"] == ["B"]


def test_methods_that_need_no_parameters_run_without_any():
    for method in ("simple_ratio", "lowest_price"):
        assert answer({"method": method, "bids": FOUR_BIDS})["parameters"] == {"tie": "none"}


def test_the_lowest_price_needs_no_points():
    bids = [{"id": "A", "price": "5.50"}, {"id": "B", "points": None, "price": 0}]
    response = answer(request("lowest_price", {}, bids))
    assert by_id(response, "score") == {"A": "11/2", "B": "0"}
    assert response["winner"] == ["B"]


def test_null_parameters_are_absent_and_unused_ones_do_not_count():
    nothing = dict.fromkeys(EVERY_PARAMETER)
    assert answer(request(parameters=nothing | {"tie": None}))["winner"] == ["A"]
    assert answer(request(parameters={"max_points": 1, "corridor": "0.9"}))["winner"] == ["A"]


@pytest.mark.parametrize(
    ("request_", "message"),
    [
        ([], "Hier muss ein JSON-Objekt mit method, parameters, bids stehen."),
        ({"bids": FOUR_BIDS}, "method: Das Feld fehlt."),
        ({"method": "linear"}, "bids: Das Feld fehlt."),
        (request() | {"lots": 1}, "lots: Dieses Feld ist unbekannt."),
        (request("median"), "method: Hier muss eines von lowest_price, simple_ratio, extended_ratio, best_value"),
        (request(["linear"]), "method: Hier muss eines von"),
        (request(parameters=[]), "parameters: Hier muss ein JSON-Objekt mit quality_weight"),
        (request(parameters={"weight": 1}), "parameters.weight: Dieses Feld ist unbekannt."),
        (
            request(parameters={"criterion": "beauty"}),
            "parameters.criterion: Hier muss eines von quality, price stehen.",
        ),
        (request(parameters={"tie": 1}), "parameters.tie: Hier muss eines von quality, price, none stehen."),
        (request(parameters={"corridor": 0.1}), "parameters.corridor: Zahlen mit Nachkommastellen müssen als Text"),
        (request(bids={}), "bids: Hier muss eine Liste von Angeboten stehen."),
        (request(bids=[]), "bids: Es liegt kein Angebot vor."),
        (request(bids=["A"]), "bids[0]: Hier muss ein JSON-Objekt mit id, points, price stehen."),
        (request(bids=one_bid(name="x")), "bids[0].name: Dieses Feld ist unbekannt."),
        (request(bids=one_bid(id=7)), "bids[0].id: Jedes Angebot braucht einen Namen"),
        (request(bids=one_bid(id="")), "bids[0].id: Jedes Angebot braucht einen Namen"),
        (request(bids=FOUR_BIDS + one_bid()), "bids[4].id: Das Angebot A kommt mehrfach vor."),
    ],
)
def test_a_request_of_the_wrong_shape_is_refused_with_its_place(request_, message):
    with pytest.raises(BadInput) as refused:
        answer(request_)
    assert str(refused.value).startswith(message)


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"price": 100000.0}, "bids[0].price: Zahlen mit Nachkommastellen müssen als Text angegeben werden"),
        ({"price": Decimal("1.5")}, "bids[0].price: Zahlen mit Nachkommastellen müssen als Text angegeben werden"),
        ({"price": True}, "bids[0].price: Hier muss eine ganze Zahl oder ein Text"),
        ({"price": []}, "bids[0].price: Hier muss eine ganze Zahl oder ein Text"),
        ({"price": "100.000,00"}, 'bids[0].price: "100.000,00" ist keine Zahl.'),
        ({"price": "1e5"}, 'bids[0].price: "1e5" ist keine Zahl.'),
        ({"price": "1/0"}, 'bids[0].price: "1/0" ist keine Zahl.'),
        ({"price": "NaN"}, 'bids[0].price: "NaN" ist keine Zahl.'),
        ({"price": "1" * 61}, "bids[0].price: Die Zahl ist zu lang."),
        ({"points": 10**60}, "bids[0].points: Die Zahl ist zu groß."),
        ({"price": None}, "bids[0].price: Angebot A: Der Preis fehlt."),
        ({"points": None}, "bids[0].points: Angebot A: Die Leistungspunkte fehlen."),
        ({"price": "0.00"}, "bids[0].price: formula not applicable: Die Formel „Gewichtete Bestwertmethode"),
        ({"price": "-1"}, "bids[0].price: Angebot A: Der Preis ist negativ."),
        ({"points": -1}, "bids[0].points: Angebot A: Die Leistungspunkte sind negativ."),
        ({"points": "1000.01"}, "bids[0].points: Angebot A: 1.000,01 Leistungspunkte sind mehr als"),
    ],
)
def test_a_figure_that_cannot_be_used_is_refused_with_its_place(fields, message):
    with pytest.raises(BadInput) as refused:
        answer(request("best_value", bids=one_bid(**fields)))
    assert str(refused.value).startswith(message)


@pytest.mark.parametrize(
    ("method", "parameters", "message"),
    [
        ("extended_ratio", {"criterion": "price"}, "parameters.corridor: Für „Erweiterte Richtwertmethode“ fehlt"),
        ("extended_ratio", {"corridor": "0.05"}, "parameters.criterion: Für „Erweiterte Richtwertmethode“ fehlt"),
        ("extended_ratio", EVERY_PARAMETER | {"corridor": "0.2"}, "parameters.corridor: Der Korridor beträgt 20 %."),
        ("best_value", {"max_points": 1000}, "parameters.quality_weight: Für"),
        (
            "best_value",
            EVERY_PARAMETER | {"quality_weight": "1.2"},
            "parameters.quality_weight: Das Gewicht der Leistung",
        ),
        ("linear", {"quality_weight": "0.6", "max_points": 1000}, "parameters.zero_at: Für"),
        ("linear", EVERY_PARAMETER | {"zero_at": 1}, "parameters.zero_at: Der Nullpunkt liegt beim 1-Fachen"),
    ],
)
def test_a_parameter_that_is_missing_or_impossible_is_named(method, parameters, message):
    with pytest.raises(BadInput) as refused:
        answer(request(method, parameters, one_bid()))
    assert str(refused.value).startswith(message)
