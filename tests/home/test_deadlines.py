"""The list of the next deadlines."""

from datetime import UTC, date, datetime, timedelta

from procurement.home.deadlines import SHOWN, Deadline, upcoming

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
TODAY = date(2026, 11, 23)


def ends(at, title="Firewall", what="Angebotsfrist"):
    return Deadline(what, title, at.date(), at, "tenders.show", {"tender_id": 1})


def ends_on(day, title="Firewall"):
    return Deadline("Bindefrist", title, day, None, "tenders.show", {"tender_id": 1})


def test_the_earliest_comes_first_and_a_day_ends_after_its_hours():
    day = ends_on(date(2026, 11, 24))
    noon, morning = ends(NOW + timedelta(days=1, hours=2)), ends(NOW + timedelta(days=1))
    assert upcoming([day, noon, morning], NOW, TODAY) == [morning, noon, day]


def test_what_has_passed_and_what_is_far_off_is_left_out():
    passed, far = ends(NOW - timedelta(seconds=1)), ends(NOW + timedelta(days=43))
    last = ends(NOW + timedelta(days=42))
    assert upcoming([passed, far, last], NOW, TODAY) == [last]


def test_a_deadline_without_an_hour_lasts_to_the_end_of_its_day():
    assert upcoming([ends_on(TODAY), ends_on(TODAY - timedelta(days=1))], NOW, TODAY) == [ends_on(TODAY)]


def test_the_list_stays_short():
    assert len(upcoming([ends(NOW + timedelta(hours=hour)) for hour in range(20)], NOW, TODAY)) == SHOWN
