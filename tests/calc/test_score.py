import json
from decimal import Decimal
from fractions import Fraction

import pytest

from procurement.calc.errors import BadInput, each_once
from procurement.calc.score import answer
from tests.examples.evaluation_g import G1_RANKS, G1_SHOWN, G9_BIDS, SCORE_CASES

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
        (request("middle"), "method: Hier muss eines von lowest_price, simple_ratio, extended_ratio, weighted_median"),
        (request(["linear"]), "method: Hier muss eines von"),
        (request(parameters=[]), "parameters: Hier muss ein JSON-Objekt mit quality_weight"),
        (request(parameters={"weight": 1}), "parameters.weight: Dieses Feld ist unbekannt."),
        (
            request(parameters={"criterion": "beauty"}),
            'parameters.criterion: Hier muss eines von quality, price oder {"part": "KHG1"} stehen.',
        ),
        (request(parameters={"tie": 1}), "parameters.tie: Hier muss eines von quality, price, none stehen."),
        (request(parameters={"corridor": 0.1}), "parameters.corridor: Zahlen mit Nachkommastellen müssen als Text"),
        (request(bids={}), "bids: Hier muss eine Liste von Angeboten stehen."),
        (request(bids=[]), "bids: Es liegt kein Angebot vor."),
        (request(bids=["A"]), "bids[0]: Hier muss ein JSON-Objekt mit id, points, price, parts, excluded stehen."),
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


NEW_PARAMETERS = {
    "quality_weight": "0.6",
    "reference_points": 8000,
    "reference_price": "100000.00",
    "price_weight": 1000,
    "price_rule": "quotient",
    "bonus_per_point": "2.50",
    "threshold": "0.75",
    "max_points": 10000,
    "zero_at": 2,
    "corridor": "0.1",
    "criterion": {"part": "KHG1"},
}


@pytest.mark.parametrize(
    ("number", "name"),
    [
        *(("M1", "lowest_price"), ("M2", "simple_ratio"), ("M3", "extended_ratio"), ("M4", "weighted_median")),
        *(("M5", "weighted_reference"), ("M6", "weighted_mean"), ("M7", "best_value"), ("M8", "best_value")),
        *(("M9", "linear"), ("M13", "additive"), ("M14", "exponential"), ("M16", "quality_only")),
        *(("M17", "bonus"), ("M18", "threshold_price")),
    ],
)
def test_methods_are_called_by_name_or_by_number(number, name):
    bids = [bid | {"parts": {"KHG1": "100"}} for bid in FOUR_BIDS]
    by_number, by_name = (answer(request(method, NEW_PARAMETERS, bids)) for method in (number, name))
    assert by_number == by_name
    assert by_name["method"] == name
    assert json.loads(json.dumps(by_name)) == by_name


@pytest.mark.parametrize(
    ("method", "figures"),
    [
        ("M4", {"median_points": "8500", "median_price": "112500", "p_min": "90000"}),
        ("M5", {"reference_points": "8000", "reference_price": "100000", "p_min": "90000"}),
        ("M6", {"mean_points": "8375", "mean_price": "111750", "p_min": "90000"}),
        ("M14", {"root": "5", "p_min": "90000"}),
        # A, B and C reach 7,500 points
        ("M18", {"least_points": "7500", "p_min": "100000"}),
    ],
)
def test_every_intermediate_figure_is_in_the_answer(method, figures):
    parameters = NEW_PARAMETERS if method == "M18" else NEW_PARAMETERS | {"max_points": None}
    reference = answer(request(method, parameters))["reference"]
    assert {name: figure for name, figure in reference.items() if name != "max_points"} == figures


def test_the_exponential_score_is_the_exact_power_and_its_root_in_decimals():
    response = answer(request("M14", NEW_PARAMETERS))
    # 60/40: 8000^3 / 100000^2; the fifth root is 8^0.6 x 10^1.8 / 10^2 = 2.19712...
    assert by_id(response, "score")["A"] == "256/5"
    assert by_id(response, "score_decimal")["A"].startswith("2.19712")


def test_a_bid_below_the_threshold_is_marked_and_has_no_score():
    response = answer(request("M18", NEW_PARAMETERS))
    assert by_id(response, "reason")["D"] == "below_threshold"
    assert (by_id(response, "score")["D"], response["winner"]) == (None, ["A"])


def test_g9_as_json():
    parameters = {
        "price_weight": 1,
        "price_rule": "linear",
        "zero_at": 2,
        "rounding_places": 3,
        "rounding_place": "price_points",
    }
    bids = [{"id": bid.id, "points": 0, "price": str(bid.price)} for bid in G9_BIDS]
    response = answer(request("additive", parameters, bids))
    assert list(by_id(response, "price_rating").values()) == ["10", "15/2", "1203/250"]
    assert by_id(response, "exact_score")["C"] == "15843620/3292181"
    assert response["parameters"] == {
        "price_weight": "1",
        "price_rule": "linear",
        "zero_at": "2",
        "rounding_places": "3",
        "rounding_place": "price_points",
        "tie": "none",
    }


def test_the_points_of_one_main_group_decide_where_the_criterion_names_it():
    parts = {"A": 3000, "B": "2000.5", "C": 1, "D": "2500"}
    bids = [bid | {"parts": {"KHG1": parts[bid["id"]]}} for bid in FOUR_BIDS]
    response = answer(request("M3", {"corridor": "0.10", "criterion": {"part": "KHG1"}}, bids))
    assert by_id(response, "rank") == {"A": 1, "B": 3, "C": None, "D": 2}
    assert response["parameters"] == {"corridor": "1/10", "criterion": {"part": "KHG1"}, "tie": "none"}


def test_ties_may_be_a_chain_of_two():
    bids = [{"id": "A", "points": 10, "price": 20}, {"id": "B", "points": 10, "price": 20}, one_bid()[0] | {"id": "C"}]
    response = answer(request("quality_only", {"tie": ["price", "quality"]}, bids[:2]))
    assert (response["parameters"], response["tie"]) == ({"tie": ["price", "quality"]}, True)


@pytest.mark.parametrize(
    ("request_", "message"),
    [
        (request("M10"), "method: „Beidseitige Interpolation, das schlechteste Angebot erhält null Punkte“ (M10)"),
        (request("span"), "method: „Beidseitige Interpolation"),
        (request("M11"), "method: „Fester Abzug je Rangplatz“ (M11) ist unzulässig: OLG Düsseldorf, Verg 35/14."),
        (
            request("M12"),
            "method: „Abstand zum Median der angebotenen Stunden in Stufen“ (M12) ist unzulässig: VK Bund",
        ),
        (request("M99"), "method: Hier muss eines von lowest_price"),
        (request("M5", {"quality_weight": "0.6"}), "parameters.reference_points: Für"),
        (request("M13", {"price_weight": 1, "price_rule": "linear"}), "parameters.zero_at: Für"),
        (request("M17", {"bonus_per_point": "0"}), "parameters.bonus_per_point: Der Bonus je Leistungspunkt muss"),
        (request("M2", {"rounding_places": 2}), "parameters.rounding_place: Für"),
        (request("M2", {"rounding_places": 7, "rounding_place": "score"}), "parameters.rounding_places: Gerundet wird"),
        (
            request("M2", {"rounding_places": 2, "rounding_place": "price_points"}),
            "parameters.rounding_place: „Einfache",
        ),
        (request("M14", {"quality_weight": "0.1234"}), "parameters.quality_weight: Das Gewicht der Leistung"),
        (
            request("M3", {"corridor": "0.1", "criterion": {"part": ""}}),
            "parameters.criterion.part: Hier muss der Name",
        ),
        (
            request("M3", {"corridor": "0.1", "criterion": {"part": "K"}}),
            "bids[0].parts: Angebot A: Die Leistungspunkte",
        ),
        (
            request("M2", {"tie": ["quality", "price", "none"]}),
            "parameters.tie: Bei Gleichstand gibt es höchstens zwei",
        ),
        (request("M2", {"tie": ["none", "price"]}), "parameters.tie: Bei Gleichstand ist nur das zweite"),
        (request("M2", bids=one_bid(parts=[1])), "bids[0].parts: Hier muss ein JSON-Objekt mit Punkten je Kriterium"),
        (request("M2", bids=one_bid(parts={"K": 0.5})), "bids[0].parts.K: Zahlen mit Nachkommastellen müssen als Text"),
        (
            request("M4", NEW_PARAMETERS, one_bid(points=0)),
            "bids: formula not applicable: Die Formel ist nicht anwendbar",
        ),
        (request("M14", NEW_PARAMETERS, one_bid(price=0)), "bids[0].price: formula not applicable"),
    ],
)
def test_what_a_method_cannot_do_is_refused_with_its_place(request_, message):
    with pytest.raises(BadInput) as refused:
        answer(request_)
    assert str(refused.value).startswith(message)


@pytest.mark.parametrize(
    ("name", "method"),
    [
        *(("m2", "simple_ratio"), ("Einfache Richtwertmethode", "simple_ratio"), ("EXTENDED-RATIO", "extended_ratio")),
        *(("erweiterte_richtwertmethode", "extended_ratio"), ("Medianmethode", "weighted_median")),
        *(("weighted mean", "weighted_mean"), ("Umgekehrter Dreisatz", "best_value"), ("Festpreis", "quality_only")),
        *(("einseitige lineare Interpolation", "linear"), ("Exponentialmethode", "exponential")),
    ],
)
def test_methods_are_understood_as_people_write_them(name, method):
    assert answer(request(name, bids=one_bid()))["method"] == method


@pytest.mark.parametrize(
    ("name", "ruling"),
    [("m10", "Verg 35/23"), ("Min-Max-Span", "Verg 35/23"), ("Rangabzug", "Verg 35/14"), ("M12", "VK 1-77/23")],
)
def test_unlawful_methods_are_refused_with_the_ruling_by_any_name(name, ruling):
    with pytest.raises(BadInput, match=ruling):
        answer(request(name))


def test_parameters_may_be_named_by_the_signs_of_the_formulas():
    named = {"g_L": "0.6", "c": "2", "Lmax": 1000, "tie": "Leistung"}
    assert answer(request("M9", named, one_bid()))["parameters"] == {
        "quality_weight": "3/5",
        "max_points": "1000",
        "zero_at": "2",
        "tie": "quality",
    }
    with pytest.raises(BadInput, match="doppelt"):
        answer(request("M9", named | {"zero_at": 2}, one_bid()))


def test_weights_that_do_not_add_up_to_one_are_refused_and_one_of_them_is_enough():
    with pytest.raises(BadInput, match="Leistung 60 % und Preis 50 % ergeben 110 %"):
        answer(request("M7", {"quality_weight": "0.6", "price_weight": "0.5", "max_points": 1000}, one_bid()))
    by_price = answer(request("M7", {"price_weight": "0.4", "max_points": 1000}, one_bid()))
    assert by_price["parameters"]["quality_weight"] == "3/5"


def test_an_excluded_bid_stays_in_the_answer_and_forms_no_reference():
    # without C, G5c is A 773/9 and B 88
    bids = [
        {"id": "A", "points": 950, "price": 180000},
        {"id": "B", "points": 800, "price": 130000},
        {"id": "C", "points": 500, "price": 80000, "excluded": "§ 60 Abs. 3 VgV"},
        {"id": "D", "excluded": True},
    ]
    response = answer(request("M8", {"quality_weight": "0.6", "max_points": 1000}, bids))
    assert by_id(response, "score") == {"A": "773/9", "B": "88", "C": None, "D": None}
    assert by_id(response, "rank") == {"A": 2, "B": 1, "C": None, "D": None}
    assert by_id(response, "reason") == {"A": None, "B": None, "C": "§ 60 Abs. 3 VgV", "D": "ausgeschlossen"}
    assert by_id(response, "excluded") == {"A": False, "B": False, "C": True, "D": True}


def test_a_name_that_stands_twice_in_the_json_is_refused():
    with pytest.raises(BadInput, match="„price“ steht zweimal"):
        json.loads('{"id": "A", "price": "1", "price": "2"}', object_pairs_hook=each_once)
