"""A tabulation is taken over only if it is about exactly the positions that were put out to tender."""

from procurement.bids.findings import Finding, FindingCode
from procurement.bids.tabulation import Tabulation, TabulationBidder, TabulationItem
from procurement.bids.tabulation_matching import name_of, objections_to_matching
from procurement.values.quantity import Quantity

LINES = {"0005": Quantity.of(1), "0010": Quantity.of("2.5")}
ITEMS = (
    TabulationItem("0005", "", "As built", "LS", Quantity.of(1)),
    TabulationItem("0010", "", "Mobilization", "LS", Quantity.of("2.5")),
)
BIDDERS = (TabulationBidder("207897", "Central Specialties, Inc."), TabulationBidder("192907"))


def found(lines=LINES, **changes):
    tabulation = Tabulation(**{"findings": (), "items": ITEMS, "bidders": BIDDERS, **changes})
    return [objection.text for objection in objections_to_matching(tabulation, lines)]


def test_the_same_positions_and_quantities_match():
    assert found() == []


def test_positions_that_are_too_many_or_missing_are_named():
    assert found({"0005": Quantity.of(1)}) == ["Diese Positionen der Tabelle sind nicht ausgeschrieben: 0010."]
    assert found({**LINES, "0015": Quantity.of(1)}) == ["Diese Positionen fehlen in der Tabelle: 0015."]


def test_of_many_positions_the_first_five_are_named():
    many = {f"{number:04}": Quantity.of(1) for number in range(20, 28)}
    assert found({**LINES, **many}) == [
        "Diese Positionen fehlen in der Tabelle: 0020, 0021, 0022, 0023, 0024 und 3 weitere."
    ]


def test_another_quantity_is_named_with_both_figures():
    assert found({**LINES, "0010": Quantity.of(3)}) == [
        "Position 0010: ausgeschrieben sind 3, in der Tabelle stehen 2,5."
    ]


def test_a_table_without_bidders_or_with_one_twice_is_refused():
    assert found(bidders=()) == ["Die Tabelle enthält keinen Bieter."]
    assert found(bidders=(*BIDDERS, TabulationBidder("1", "Bieter 192907"))) == [
        "Diese Bieter stehen mehrfach in der Tabelle: Bieter 192907."
    ]


def test_a_blocked_reading_says_why():
    finding = Finding("Tabelle", "B7", FindingCode.TEXT_IN_NUMBER, "Zelle B7: „n/a“ ist keine Zahl.")
    assert found(findings=(finding,)) == ["Zelle B7: „n/a“ ist keine Zahl."]


def test_a_bidder_without_a_name_is_called_by_its_number():
    assert [name_of(bidder) for bidder in BIDDERS] == ["Central Specialties, Inc.", "Bieter 192907"]
