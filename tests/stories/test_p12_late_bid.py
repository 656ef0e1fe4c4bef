"""P12: a bid a second late is excluded (§ 57 (1) no. 1 VgV) unless an officer records that it is not to blame."""

from datetime import timedelta

import pytest

from procurement.bids import actions
from procurement.bids.queries_comparison import exclusion
from procurement.core import clock
from procurement.examination import queries_bid
from procurement.examination.tasks import TaskState
from tests.factories import bids as make_bids
from tests.factories import evaluation as given
from tests.factories import members as make
from tests.factories import tenders


def opened_with_late(delay):
    tender = tenders.published_tender()
    make_bids.sealed_bid(tender, given.TWO_BIDS["Netz GmbH"])
    at = tender.bid_deadline_at + delay
    late = make_bids.sealed_bid(tender, given.TWO_BIDS["Kabel AG"], "Kabel AG", received_at=at)
    make_bids.opened(tender)
    return late


@pytest.mark.parametrize(("milliseconds", "is_out"), [(0, False), (999, False), (1000, True)])
def test_p12_the_second_of_the_deadline_is_in_time_and_the_next_one_is_not(context, milliseconds, is_out):
    late = opened_with_late(timedelta(milliseconds=milliseconds))
    found = exclusion(late)
    assert (found.norm if found else "") == ("§ 57 Abs. 1 Nr. 1 VgV" if is_out else "")
    states = {task.state for task in queries_bid.tasks_of(late)}
    assert (states == {TaskState.OUT}) is is_out


def test_p12_a_delay_the_bidder_is_not_to_blame_for_keeps_the_bid_in(context):
    late = opened_with_late(timedelta(seconds=1))
    with clock.at(make_bids.after_deadline(late.tender)):
        actions.excuse_late(late, "Die Vergabeplattform war von 11:50 bis 12:01 Uhr gestört.", by=make.officer())
    assert exclusion(late) is None
    lot = late.tender.lots[0]
    given.rate(lot, given.TWO_POINTS)
    assert [bid.bidder for bid in given.queries.result_of(given.evaluate(lot)).ranked] == ["Netz GmbH", "Kabel AG"]
