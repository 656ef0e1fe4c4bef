"""What keeps a bid out: a decision of a person, or being late without anybody recording an excuse."""

from datetime import UTC, datetime, timedelta

from procurement.bids.exclusion import LATE, Exclusion, exclusion_of, grounds, is_unexcused
from procurement.bids.states import BidState

DEADLINE = datetime(2026, 12, 28, 11, 0, tzinfo=UTC)
DECIDED = Exclusion("§ 60 Abs. 3 VgV", "Der Preis wurde nicht aufgeklärt.")


def test_a_bid_one_second_late_stays_out_unless_it_is_excused():
    late = DEADLINE + timedelta(seconds=1)
    assert is_unexcused(late, DEADLINE, "")
    assert not is_unexcused(late, DEADLINE, "Störung der Plattform, Az. 4711")
    assert not is_unexcused(DEADLINE, DEADLINE, "")
    assert not is_unexcused(late, None, "")


def test_the_decision_of_a_person_comes_before_the_delay():
    assert exclusion_of(BidState.EXCLUDED, DECIDED, is_unexcused_late=True) == DECIDED
    assert exclusion_of(BidState.OPENED, DECIDED, is_unexcused_late=True) == LATE
    assert exclusion_of(BidState.OPENED, DECIDED, is_unexcused_late=False) is None
    assert LATE.norm == "§ 57 Abs. 1 Nr. 1 VgV"


def test_the_list_of_grounds_names_seven_formal_ones_and_three_found_later():
    norms = [norm for norm, _words in grounds()]
    assert norms[:2] == ["§ 57 Abs. 1 Nr. 1 VgV", "§ 57 Abs. 1 Nr. 2 VgV"]
    assert norms[6:] == ["§ 57 Abs. 2 VgV", "§ 60 Abs. 3 VgV", "§§ 123, 124 GWB", "§ 122 GWB"]
