"""The cockpit of a round: where each member stands, four figures that add up, the largest needs and who has them."""

import pytest

from procurement.core.db import db
from procurement.demand import actions, queries_cockpit
from procurement.demand.cockpit import CockpitFigures, Standing, figures, standing
from procurement.demand.models import Demand, DemandRound
from procurement.demand.states import DemandState, RoundState
from procurement.values.money import Money
from procurement.values.quantity import Quantity
from tests.factories import demand as ask
from tests.factories import members as make


@pytest.mark.parametrize(
    ("state", "is_opened", "shown"),
    [
        (DemandState.OPEN, False, "Eingeladen"),
        (DemandState.OPEN, True, "Geöffnet"),
        (DemandState.DRAFT, True, "Entwurf"),
        (DemandState.AWAITING_APPROVAL, True, "Wartet auf Freigabe"),
        (DemandState.SUBMITTED, True, "Eingereicht"),
        (DemandState.NIL, True, "Fehlanzeige"),
        (DemandState.LATE, True, "Nachmeldung"),
        (DemandState.WITHDRAWN, True, "Zurückgezogen"),
        (DemandState.REJECTED, True, "Nachmeldung abgelehnt"),
    ],
)
def test_every_state_of_a_demand_has_its_word_in_the_cockpit(state, is_opened, shown):
    assert standing(state, is_opened=is_opened, round_state=RoundState.OPEN).label == shown


@pytest.mark.parametrize("state", [DemandState.OPEN, DemandState.DRAFT, DemandState.AWAITING_APPROVAL])
def test_after_closing_whoever_has_not_submitted_is_without_an_answer(state):
    assert standing(state, is_opened=True, round_state=RoundState.CLOSED) is Standing.MISSING


def test_after_the_deadline_who_has_not_answered_is_late():
    late = {
        s
        for s in DemandState
        if standing(s, is_opened=True, round_state=RoundState.OPEN, is_over=True).value == "overdue"
    }
    assert late == {DemandState.OPEN, DemandState.DRAFT, DemandState.AWAITING_APPROVAL}


def test_no_state_of_a_demand_is_unknown_to_the_cockpit():
    shown = {standing(state, is_opened=True, round_state=RoundState.OPEN) for state in DemandState}
    assert len(shown) == len(DemandState)


def test_the_figures_add_up_to_the_invited():
    standings = [
        Standing.INVITED, Standing.OPENED, Standing.DRAFT, Standing.AWAITING_APPROVAL, Standing.SUBMITTED,
        Standing.LATE, Standing.NIL, Standing.WITHDRAWN, Standing.REJECTED,
    ]  # fmt: skip
    found = figures(standings)
    assert found == CockpitFigures(invited=9, submitted=2, nil=1, open=4, dropped=2)
    assert found.answered == 5


@pytest.fixture
def firewall(context):
    """Ahaus 2, Borken 5, Rhede 3, Velen 1 clusters at 3,800.00 EUR; Laer needs nothing; Gronau has not answered."""
    names = ("Ahaus", "Borken", "Gronau", "Laer", "Rhede", "Velen")
    members = {name: make.member(name) for name in names}
    made = ask.round_with([ask.article("1.01", "NGFW-Cluster", price="3800.00"), "2.01"], list(members.values()))
    for name, amount in (("Ahaus", 2), ("Borken", 5), ("Rhede", 3), ("Velen", 1)):
        ask.submitted_demand(made, members[name], {"1.01": amount})
    ask.nil_demand(made, members["Laer"])
    return made


def test_each_member_stands_in_the_cockpit_with_its_value(firewall):
    shown = queries_cockpit.cockpit_of(firewall)
    assert [(line.name, line.standing.label, line.estimate_net) for line in shown.lines] == [
        ("Ahaus", "Eingereicht", Money.of("7600.00")),
        ("Borken", "Eingereicht", Money.of("19000.00")),
        ("Gronau", "Eingeladen", Money(0)),
        ("Laer", "Fehlanzeige", Money(0)),
        ("Rhede", "Eingereicht", Money.of("11400.00")),
        ("Velen", "Eingereicht", Money.of("3800.00")),
    ]
    assert shown.estimate_net == Money.of("41800.00")
    assert shown.figures == CockpitFigures(invited=6, submitted=4, nil=1, open=1, dropped=0)
    assert shown.unreachable == ["Gronau"]


def test_an_article_is_shown_with_its_three_largest_requesters(firewall):
    [line] = queries_cockpit.cockpit_of(firewall).needs
    assert (line.need.title, line.need.members, line.need.expected) == ("NGFW-Cluster", 4, Quantity.of(11))
    assert [(one.member, one.expected) for one in line.requesters] == [
        ("Borken", Quantity.of(5)),
        ("Rhede", Quantity.of(3)),
        ("Ahaus", Quantity.of(2)),
    ]


def test_the_largest_needs_come_by_value_then_those_without_a_price_by_members(context):
    prices = {"1": None, "2": "100.00", "3": None, "4": "1.00", "5": "900.00"}
    ahaus, laer = make.member("Ahaus"), make.member("Laer")
    made = ask.round_with([ask.article(number, number, price=price) for number, price in prices.items()], [ahaus, laer])
    ask.submitted_demand(made, ahaus, {"1": 7, "2": 1, "3": 1, "5": 1})
    ask.submitted_demand(made, laer, {"3": 1})
    assert [line.need.title for line in queries_cockpit.cockpit_of(made).needs] == ["5", "2", "3", "1"]


def test_no_more_than_ten_articles_are_shown(context):
    ahaus, numbers = make.member("Ahaus"), [str(number) for number in range(1, 13)]
    made = ask.round_with(numbers, [ahaus])
    ask.submitted_demand(made, ahaus, dict.fromkeys(numbers, 1))
    assert len(queries_cockpit.cockpit_of(made).needs) == 10


def test_a_round_without_answers_has_an_empty_cockpit(context):
    shown = queries_cockpit.cockpit_of(ask.round_with(["1.01"]))
    assert (shown.lines, shown.needs, shown.estimate_net) == ([], [], Money(0))


def test_the_page_names_what_each_member_did_and_where_the_need_is_largest(saved, browser):
    with saved():
        officer, ahaus, laer = make.officer(), make.member("Ahaus"), make.member("Laer")
        made = ask.round_with([ask.article("1.01", "NGFW-Cluster", price="3800.00")], [ahaus, laer], officer=officer)
        ask.submitted_demand(made, ahaus, {"1.01": 2})
        officer_id, round_id = officer.id, made.id
    page = browser(officer_id).get(f"/demand/{round_id}").text
    for words in ("Eingereicht", "Eingeladen", "1 von 2 Mitgliedern haben geantwortet", "7.600,00", "Ahaus <strong>2"):
        assert words in page
    assert f'href="/demand/{round_id}/calendar.ics"' in page


def _post_opened(window, round_id, member_id):
    return window.post(f"/demand/{round_id}/{member_id}/opened").status_code


def test_opening_the_round_is_noted_once_by_the_own_people_only(saved, browser, hand):
    with saved():
        officer, ahaus, laer = make.officer(), make.member("Ahaus"), make.member("Laer")
        made = ask.round_with(["1.01"], [ahaus, laer], officer=officer)
        own, other, round_id, member_id = make.lead(ahaus).id, make.lead(laer).id, made.id, ahaus.id
        officer_id = officer.id
    assert _post_opened(browser(officer_id), round_id, member_id) == 403
    assert _post_opened(browser(other), round_id, member_id) == 404
    window, first = browser(own), hand.moment
    assert f"/demand/{round_id}/{member_id}/opened" in window.get(f"/demand/{round_id}/{member_id}").text
    assert _post_opened(window, round_id, member_id) == 204
    hand.moment = hand.moment.replace(hour=18)
    assert _post_opened(window, round_id, member_id) == 204
    assert "/opened" not in window.get(f"/demand/{round_id}/{member_id}").text
    with saved():
        demand = db.session.query(Demand).filter_by(member_id=member_id).one()
        assert demand.first_opened_at == first


def test_looking_at_the_round_does_not_disturb_a_draft_that_is_being_typed(saved, browser):
    with saved():
        ahaus = make.member("Ahaus")
        made = ask.round_with(["1.01"], [ahaus])
        lead_id, round_id, member_id = make.lead(ahaus).id, made.id, ahaus.id
        version = ask.demand_of(made, ahaus).version
    _post_opened(browser(lead_id), round_id, member_id)
    with saved():
        assert db.session.query(Demand).one().version == version


def test_a_closed_round_reminds_nobody_and_offers_no_boxes(saved, browser):
    with saved():
        officer, ahaus, laer = make.officer(), make.member("Ahaus"), make.member("Laer")
        made = ask.round_with(["1.01"], [ahaus, laer], officer=officer)
        ask.submitted_demand(made, ahaus, {"1.01": 2})
        actions.close_round(made, by=officer)
        officer_id, round_id = officer.id, made.id
    window = browser(officer_id)
    page = window.get(f"/demand/{round_id}").text
    assert "Ohne Antwort" in page
    assert 'type="checkbox"' not in page
    assert window.post(f"/demand/{round_id}/remind", {"everybody": "yes"}).status_code == 422


def test_the_calendar_of_a_round_shows_a_lead_the_deadline_and_the_office_its_reminders_too(saved, browser):
    with saved():
        officer, ahaus, laer = make.officer(), make.member("Ahaus"), make.member("Laer")
        made = ask.round_with(["1.01"], [ahaus], officer=officer, title="Firewall")
        made.reminder_at = made.deadline_at.replace(day=3)
        ids = [make.lead(ahaus).id, officer.id, make.lead(laer).id]
        round_id = made.id
    own, office, other = (browser(account_id).get(f"/demand/{round_id}/calendar.ics") for account_id in ids)
    assert "SUMMARY:Bedarf melden: Firewall" in own.text
    assert "Erinnerung" not in own.text
    assert "SUMMARY:Erinnerung zur Bedarfsrunde: Firewall" in office.text
    assert other.status_code == 404


def test_a_round_in_preparation_has_no_calendar_for_leads(saved, browser):
    with saved():
        ahaus = make.member("Ahaus")
        round_id = ask.round_with(["1.01"], [ahaus], is_open=False).id
        lead_id = make.lead(ahaus).id
        assert db.session.get_one(DemandRound, round_id).state is RoundState.DRAFT
    assert browser(lead_id).get(f"/demand/{round_id}/calendar.ics").status_code == 404
