"""The hash chain: a changed, deleted or inserted entry is found and named."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from procurement.audit.chain import GENESIS, Link, flaws, hash_of

START = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def _chain(length):
    made, previous = [], GENESIS
    for number in range(1, length + 1):
        link = Link(
            number=number,
            at=START + timedelta(minutes=number),
            event="members:member:add",
            actor_id=1,
            actor_name="Ada",
            subject_type="member",
            subject_id=number,
            subject_label=f"Gemeinde {number}",
            tender_id=None,
            member_id=None,
            changes="{}",
            previous_hash=previous,
        )
        link = replace(link, hash=hash_of(link))
        made.append(link)
        previous = link.hash
    return made


def _found(links, whole):
    return [flaw.number for flaw in flaws(links, len(whole), whole[-1].hash)]


def test_an_untouched_chain_has_no_flaw():
    whole = _chain(5)
    assert _found(whole, whole) == []


def test_an_empty_trail_has_no_flaw():
    assert list(flaws([], 0, GENESIS)) == []


def test_a_changed_entry_is_named():
    whole = _chain(5)
    touched = [*whole[:2], replace(whole[2], subject_label="Gemeinde 33"), *whole[3:]]
    assert _found(touched, whole) == [3]


def test_a_changed_entry_with_a_recomputed_hash_breaks_the_next_link():
    whole = _chain(5)
    forged = replace(whole[2], subject_label="Gemeinde 33")
    forged = replace(forged, hash=hash_of(forged))
    assert _found([*whole[:2], forged, *whole[3:]], whole) == [4]


def test_a_deleted_entry_is_named():
    whole = _chain(5)
    assert _found([*whole[:1], *whole[2:]], whole) == [2]


def test_a_deleted_end_is_found_by_the_head_of_the_chain():
    whole = _chain(5)
    assert _found(whole[:3], whole) == [4]


def test_an_appended_entry_is_found_by_the_head_of_the_chain():
    longer = _chain(6)
    assert [flaw.number for flaw in flaws(longer, 5, longer[4].hash)] == [6]


def test_a_replaced_last_entry_is_found_by_the_head_of_the_chain():
    whole = _chain(5)
    forged = replace(whole[4], actor_name="Eve")
    forged = replace(forged, hash=hash_of(forged))
    assert _found([*whole[:4], forged], whole) == [5]
