"""Inputs of evaluation runs without a database: a bid is its bidder, its price and its points; G11 as rows."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from procurement.evaluation.run_input import BidInput, RunInput
from procurement.tenders.criteria_entries import CriterionEntry
from procurement.tenders.kinds import CriterionKind, TieRule
from procurement.values.money import Money
from tests.examples.evaluation_g import G11_BIDS, points_by_leaf

EXCLUSION_CRITERION = CriterionEntry("A1", "Referenzen", kind=CriterionKind.EXCLUSION)
# The tree of G11 as rows: thirds below 2.1, at least 50 % in main group 2
G11_CRITERIA = (
    CriterionEntry("1", "Leistung", weight_percent="50"),
    CriterionEntry("1.1", "Konzept", "1", weight_percent="60"),
    CriterionEntry("1.1.1", "Architektur", "1.1", weight_percent="70"),
    CriterionEntry("1.1.2", "Betrieb", "1.1", weight_percent="30"),
    CriterionEntry("1.2", "Leistungsdaten", "1", weight_percent="40"),
    CriterionEntry("1.2.1", "Durchsatz", "1.2", weight_percent="100"),
    CriterionEntry("2", "Service", weight_percent="25", minimum_percent="50"),
    CriterionEntry("2.1", "Reaktion", "2", weight_percent="100"),
    CriterionEntry("2.1.1", "Störungsannahme", "2.1", weight_percent="100/3"),
    CriterionEntry("2.1.2", "Ersatzteile", "2.1", weight_percent="100/3"),
    CriterionEntry("2.1.3", "Technik vor Ort", "2.1", weight_percent="100/3"),
    CriterionEntry("3", "Nachhaltigkeit", weight_percent="25"),
    CriterionEntry("3.1", "Rücknahme", "3", weight_percent="20"),
    CriterionEntry("3.1.1", "Verpackung", "3.1", weight_percent="100"),
    CriterionEntry("3.2", "Energie", "3", weight_percent="80"),
    CriterionEntry("3.2.1", "Verbrauch", "3.2", weight_percent="50"),
    CriterionEntry("3.2.2", "Messung", "3.2", weight_percent="50"),
)


def bid(
    bidder: str,
    price: int | str | None,
    points: Mapping[str, int] | None = None,
    *,
    answers: Mapping[str, bool] | None = None,
    exclusion: str = "",
) -> BidInput:
    """A bid; its number is its place in the alphabet, without a price one of two positions is open."""
    number = ord(bidder[0]) - ord("A") + 1
    return BidInput(
        bid_id=number * 10,
        number=number,
        bidder=bidder,
        price=None if price is None else Money.of(price),
        exclusion=exclusion,
        expected_positions=2,
        missing_positions=() if price is not None else ("1.02",),
        points=points or {},
        answers=answers or {},
    )


def run_input(
    *bids: BidInput,
    method: str = "simple_ratio",
    criteria: Sequence[CriterionEntry] = (),
    parameters: Mapping[str, str] | None = None,
    tie_rule: TieRule = TieRule.NONE,
) -> RunInput:
    """The input of a run for lot 1 of V-1."""
    return RunInput("V-1", 1, "f" * 64, method, parameters or {}, tie_rule, tuple(criteria), bids)


def g11(*, minimum: bool = True, whole: bool = False) -> RunInput:
    """X, Y and Z of G11; ``minimum`` keeps the 50 % in main group 2."""
    criteria = G11_CRITERIA if minimum else [replace(entry, minimum_percent=None) for entry in G11_CRITERIA]
    bids = [bid(one.name, one.price, points_by_leaf(one)) for one in G11_BIDS]
    return run_input(*bids, criteria=criteria, parameters={"whole_points": "yes" if whole else "no"})
