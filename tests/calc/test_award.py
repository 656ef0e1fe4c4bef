import json
from decimal import Decimal

import pytest

from procurement.calc.award import answer
from procurement.calc.errors import BadInput

BIDS = {
    "A": {"1": "178000.00", "2": "142000.00", "3": "120000.00", "4": "132000.00"},
    "B": {"1": "190000.00", "2": "152000.00", "3": "138000.00"},
    "C": {"1": 182000, "2": "140000", "3": "148000.0", "4": "146000.00"},
    "D": {"1": None, "2": "168000.00", "3": "138000.00", "4": "144000.00"},
}
PACKAGES = [
    {"bidder": "A", "lots": ["2", "3"], "discount": "0.06"},
    {"bidder": "B", "lots": ["2", "3"], "discount": "0.10"},
    {"bidder": "C", "lots": ["1", "4"], "discount": "0.05"},
]


def request(**fields):
    return {"lots": ["1", "2", "3", "4"], "bids": BIDS, "packages": PACKAGES, "mode": "combination"} | fields


@pytest.mark.parametrize(
    ("fields", "award", "total"),
    [
        ({"mode": "none"}, "ACAA", "570000.00"),
        ({"mode": "none", "limit": 2}, "CCAA", "574000.00"),
        ({}, "AAAA", "556280.00"),
        ({"limit": 2}, "CAAC", "557880.00"),
        ({"mode": "frankfurt", "limit": 2}, "CAAD", "572280.00"),
        ({"mode": "none", "limit": {"A": 2}}, "CCAA", "574000.00"),
        ({"mode": "none", "limit": None, "packages": None}, "ACAA", "570000.00"),
    ],
)
def test_g13_as_json(fields, award, total):
    response = json.loads(json.dumps(answer(request(**fields))))
    assert "".join(response["award"].values()) == award
    assert (response["total"], response["optimal"], response["unique"]) == (total, True, True)
    assert response["brute_force"]["total"] == total
    assert response["brute_force"]["agrees"]


def test_the_answer_names_rebates_limits_and_the_award_lot_by_lot():
    response = answer(request(limit=2))
    assert [(one["bidder"], one["amount"]) for one in response["rebates"]] == [("C", "16400.00"), ("A", "15720.00")]
    assert response["without_limit"]["total"] == "556280.00"
    assert response["limits"][0] == {
        "bidders": ["A"],
        "limit": 2,
        "opportunity_cost": "1600.00",
        "displaced": [{"lot": "1", "bidder": "A"}, {"lot": "4", "bidder": "A"}],
    }
    assert response["lot_by_lot"]["total"] == "582000.00"


def test_a_lot_nobody_bid_for_is_null_and_no_mode_is_needed_without_rebates():
    response = answer({"lots": ["1", "2"], "bids": {"A": {"1": "5.55"}}})
    assert response["award"] == {"1": "A", "2": None}
    assert (response["total"], response["method"].startswith("MILP")) == ("5.55", True)


def test_nobody_bids_at_all():
    response = answer({"lots": ["1"], "bids": {}})
    assert (response["award"], response["total"], response["optimal"]) == ({"1": None}, "0.00", True)


def test_equal_awards_are_listed():
    response = answer({"lots": ["1"], "bids": {"A": {"1": 5}, "B": {"1": "5.00"}}})
    assert not response["unique"]
    assert response["equal_awards"] == [{"1": "A"}, {"1": "B"}]


def test_a_rebate_is_rounded_half_up_to_the_cent():
    bids = {"A": {"1": "0.05", "2": "0.05"}}
    packages = [{"bidder": "A", "lots": ["1", "2"], "discount": "0.05"}]
    response = answer({"lots": ["1", "2"], "bids": bids, "packages": packages, "mode": "combination"})
    # half a cent off ten
    assert (response["rebates"][0]["amount"], response["total"]) == ("0.01", "0.09")


def test_limits_that_leave_nobody_for_a_lot_name_it():
    bids = {"A": {"1": "5", "2": "7", "3": "9"}, "B": {"1": "6", "2": "7", "3": "8"}}
    response = answer({"lots": ["1", "2", "3"], "bids": bids, "limit": 1})
    # two bidders, three lots: the dearest combination is left out, 5 + 7 = 12
    assert (response["unawarded"], response["total"], response["optimal"]) == (["3"], "12.00", True)


def test_lots_and_limits_may_be_numbers_or_text():
    bids = {"A": {"1": "5", "2": "7"}, "B": {"1": "6", "2": "9"}}
    response = answer({"lots": [1, 2], "bids": bids, "limit": "1"})
    assert (response["award"], response["total"]) == ({"1": "B", "2": "A"}, "13.00")


def test_volume_rebates_linked_bidders_and_capacity_as_json():
    volumes = [{"bidder": "C", "least": 4, "discount": "0.10"}]
    assert answer(request(packages=[], volumes=volumes))["total"] == "554400.00"
    assert answer(request(mode="none", limit=2, linked=[["A", "C"]]))["award"]["1"] in {"A", "B", "C"}
    capacity = {"lots": {"1": 5, "2": "1", "3": "2", "4": "0.5"}, "bidders": {"A": "2.5"}}
    assert "".join(answer(request(mode="none", capacity=capacity))["award"].values()) == "CCAA"


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"lots": []}, "lots: Bitte mindestens ein Los angeben."),
        ({"lots": [1.0]}, 'lots[0]: Ein Los ist ein Text wie "1".'),
        ({"lots": ["1", "1"]}, "lots[1]: Das Los 1 kommt mehrfach vor."),
        ({"lots": "1"}, "lots: Hier muss eine Liste stehen."),
        ({"bids": []}, "bids: Hier muss ein JSON-Objekt stehen."),
        ({"bids": {"A": {"9": "1"}}}, "bids.A.9: Das Los 9 gibt es nicht."),
        ({"bids": {"A": {"1": 1.5}}}, "bids.A.1: Hier muss eine ganze Zahl oder ein Text"),
        ({"bids": {"A": {"1": Decimal("1.5")}}}, "bids.A.1: Hier muss eine ganze Zahl oder ein Text"),
        ({"bids": {"A": {"1": "1,50"}}}, 'bids.A.1: "1,50" ist keine Zahl.'),
        ({"bids": {"A": {"1": "1.505"}}}, "bids.A.1: Ein Preis hat höchstens zwei Nachkommastellen."),
        ({"bids": {"A": {"1": "-1"}}}, "bids.A.1: Ein Preis ist nicht negativ."),
        ({"bids": {"A": {"1": True}}}, "bids.A.1: Hier muss eine ganze Zahl"),
        ({"mode": "best"}, "mode: Hier muss eines von none, frankfurt, combination stehen."),
        ({"mode": None}, "mode: Hier muss eines von"),
        ({"limit": 0}, "limit: Hier muss eine ganze Zahl ab 1 stehen."),
        ({"limit": "zwei"}, "limit: Hier muss eine ganze Zahl ab 1 stehen."),
        ({"limit": {"Z": 1}}, "limit.Z: Diesen Bieter gibt es nicht."),
        ({"limit": {"A": 0}}, "limit.A: Hier muss eine ganze Zahl ab 1 stehen."),
        ({"packages": [{"bidder": "A", "lots": ["1"]}]}, "packages[0].discount: Das Feld fehlt."),
        ({"packages": [PACKAGES[0] | {"discount": "6"}]}, "packages[0].discount: Ein Nachlass ist ein Anteil von 0"),
        ({"packages": [PACKAGES[0] | {"bidder": "Z"}]}, "packages[0].bidder: Diesen Bieter gibt es nicht."),
        ({"packages": [PACKAGES[1] | {"lots": ["4"]}]}, "packages[0].lots[0]: B hat für Los 4 keinen Preis"),
        ({"packages": ["A"]}, "packages[0]: Hier muss ein JSON-Objekt mit bidder, lots, discount stehen."),
        ({"volumes": [{"bidder": "A", "least": 0, "discount": 0}]}, "volumes[0].least: Hier muss eine ganze Zahl"),
        ({"linked": [["A", "Z"]]}, "linked[0][1]: Diesen Bieter gibt es nicht."),
        ({"capacity": {"lots": {"1": -1}, "bidders": {}}}, "capacity.lots.1: Eine Kapazität ist nicht negativ."),
        ({"capacity": {"lots": {}}}, "capacity.bidders: Das Feld fehlt."),
        ({"capacity": {"lots": {"1": "0.0001"}, "bidders": {}}}, "capacity.lots.1: Erlaubt sind Zahlen unter"),
        ({"bids": {"A": {"1": "1" * 40}}}, "bids.A.1: Ein Preis liegt unter 10 Milliarden Euro."),
        ({"price": 1}, "price: Dieses Feld ist unbekannt."),
    ],
)
def test_bad_input_is_refused_with_its_place(fields, message):
    with pytest.raises(BadInput) as refused:
        answer(request(**fields))
    assert str(refused.value).startswith(message)


@pytest.mark.parametrize("missing", ["lots", "bids"])
def test_lots_and_bids_are_needed(missing):
    fields = {name: part for name, part in request().items() if name != missing}
    with pytest.raises(BadInput, match=f"{missing}: Das Feld fehlt."):
        answer(fields)
