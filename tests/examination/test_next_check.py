"""What the box "Als Nächstes" of the examination names: work before waiting, bids in their order, scoring elsewhere."""

from procurement.examination.next_check import ExaminedBid, next_check
from procurement.examination.profiles import Stage
from procurement.examination.tasks import StageTask, TaskState


def bid(number, **states):
    return ExaminedBid(number + 10, number, f"Bieter {number}", [StageTask(Stage(n), s) for n, s in states.items()])


def test_what_can_be_done_comes_before_what_waits_for_a_bidder():
    found = next_check([bid(1, formal=TaskState.WAITING, price=TaskState.DONE), bid(2, formal=TaskState.OPEN)])
    assert (found.bid_id, found.stage, found.is_waiting, found.anchor) == (12, Stage.FORMAL, False, "stage-formal")


def test_only_a_waiting_bidder_is_left():
    found = next_check([bid(1, formal=TaskState.DONE, price=TaskState.WAITING, award=TaskState.OPEN)])
    assert (found.stage, found.is_waiting) == (Stage.PRICE, True)


def test_nothing_is_left_but_the_scoring():
    assert next_check([bid(1, formal=TaskState.DONE, award=TaskState.OPEN, suitability=TaskState.OUT)]) is None
