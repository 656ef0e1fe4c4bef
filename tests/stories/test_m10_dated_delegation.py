"""M10: a substitute (Vertretung) may act only with dated delegation."""

from datetime import UTC, date, datetime

import pytest

from procurement.audit.queries import history_of
from procurement.core.errors import NotFound, Refused
from procurement.demand import actions_answers, queries
from procurement.demand.models import Demand
from procurement.members import actions_delegation
from procurement.members.delegation import DelegationEntry
from procurement.members.models import Account, Member
from tests.factories import demand as ask
from tests.factories import members as make

WEEK = DelegationEntry(date(2026, 11, 24), date(2026, 11, 27), "Urlaub")


@pytest.fixture
def people(saved):
    """Lena leads Laer (member 1) and names Rosa for 24 to 27 November; today is the 23rd. A round is open."""
    with saved():
        laer = make.member("Laer")
        lena, rosa = make.lead(laer, "Lena Leitung"), make.account(name="Rosa Ruhig")
        ask.round_with(["1.01"], [laer], officer=make.officer(), title="Firewall")
        actions_delegation.grant(laer, rosa.email, WEEK, by=lena)
        return {"lena": lena.id, "rosa": rosa.id}


def quantity(expected):
    return {"minimum-1": "", "expected-1": expected, "maximum-1": "", "note-1": ""}


def test_m10_before_the_first_and_after_the_last_day_the_substitute_sees_nothing_of_the_member(people, browser, hand):
    rosa = browser(people["rosa"])
    seen = []
    for day in (23, 24, 27, 28):
        hand.moment = datetime(2026, 11, day, 9, 0, tzinfo=UTC)
        page = rosa.get("/demand/1/1")
        seen.append((day, page.status_code, rosa.post("/demand/1/1", quantity("5")).status_code))
        assert ("Laer" in rosa.get("/").text) == (day in {24, 27})
    assert seen == [(23, 403, 403), (24, 200, 303), (27, 200, 303), (28, 403, 403)]


def test_m10_the_days_begin_and_end_at_midnight_in_berlin(people, saved, hand):
    with saved():
        rosa = queries.db.session.get(Account, people["rosa"])
        # 22:59 UTC is 23:59 in Berlin in winter, one minute later the next day has begun.
        moments = [datetime(2026, 11, 23, 22, 59, tzinfo=UTC), datetime(2026, 11, 23, 23, 0, tzinfo=UTC)]
        moments += [datetime(2026, 11, 27, 22, 59, tzinfo=UTC), datetime(2026, 11, 27, 23, 0, tzinfo=UTC)]
        acting = []
        for moment in moments:
            hand.moment = moment
            acting.append(rosa.member_ids == {1})
    assert acting == [False, True, True, False]


def test_m10_what_a_substitute_does_reads_in_vertretung_in_the_trail(people, saved, browser, hand):
    hand.moment = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
    browser(people["rosa"]).post("/demand/1/1", quantity("5"))
    browser(people["lena"]).post("/demand/1/1", quantity("6"))
    with saved():
        latest, earlier = history_of("demand", 1, 2)
        assert earlier.who == "Rosa Ruhig (in Vertretung für Laer)"
        assert latest.who == "Lena Leitung"


def test_m10_a_substitute_cannot_hand_the_substitution_on(people, saved, browser, hand):
    hand.moment = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
    with saved():
        rosa, other = queries.db.session.get(Account, people["rosa"]), make.account()
        with pytest.raises(Refused, match="nicht weitergeben"):
            actions_delegation.grant(queries.db.session.get(Member, 1), other.email, WEEK, by=rosa)
    page = browser(people["rosa"]).get("/members/own").text
    assert "in Vertretung bis einschließlich Fr., 27.11.2026" in page
    assert "Vertretung eintragen" not in page
    assert browser(people["rosa"]).post("/members/own/1/approval", {"wanted": "0"}).status_code == 422


def test_m10_a_revoked_substitution_ends_at_once(people, saved, browser, hand):
    hand.moment = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)
    rosa = browser(people["rosa"])
    assert rosa.get("/demand/1/1").status_code == 200
    assert browser(people["lena"]).post("/members/own/delegations/1/revoke").status_code == 303
    assert rosa.get("/demand/1/1").status_code == 403


def test_m10_the_action_itself_refuses_outside_the_days(people, saved):
    with saved():
        rosa, demand = queries.db.session.get(Account, people["rosa"]), queries.db.session.get(Demand, 1)
        with pytest.raises(NotFound):
            actions_answers.save_draft(demand, [], by=rosa)
