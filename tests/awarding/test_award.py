"""The award itself: the register, what is due afterwards, answers on request, letters that never change."""

from datetime import UTC, date, datetime

import pytest

from procurement.awarding import actions, actions_letters, queries
from procurement.awarding.states import Channel, RegisterResult
from procurement.core.errors import Conflict, Refused
from procurement.tenders.standstill import standstill
from tests.factories import awarding, tenders
from tests.factories import evaluation as given
from tests.factories import members as make
from tests.factories.tenders import Wish

BIG = (("Firewall", (Wish("FW-1", "Cluster", (1,), "50000.00"),)),)
PRICES = {"Netz GmbH": {"FW-1": "48000.00"}, "Kabel AG": {"FW-1": "49000.00"}}
NEW, OLD = date(2026, 7, 1), date(2026, 6, 30)


def big(**details):
    """Estimated at exactly 50,000.00: the limit since 01.07.2026; until then it was 30,000.00."""
    return given.decided_tender(prices=PRICES, lots=BIG, method="lowest_price", **details)


def test_from_the_limit_on_the_register_is_asked_for_every_winner(context, hand):
    tender, officer = big(procedure_started_on=NEW), make.officer()
    awarding.informed(tender)
    hand.moment = awarding.earliest(tender)
    with pytest.raises(Refused, match="Für Netz GmbH fehlt die Abfrage des Wettbewerbsregisters"):
        actions.award(tender, "", by=officer)
    awarding.registered(tender)
    actions.award(tender, "", by=officer)


@pytest.mark.parametrize(
    ("estimate", "begun", "is_needed"),
    [("49999.99", NEW, False), ("50000.00", NEW, True), ("29999.99", OLD, False), ("30000.00", OLD, True)],
)
def test_the_limit_is_that_of_the_day_on_which_the_procedure_began(context, estimate, begun, is_needed):
    lots = (("Firewall", (Wish("FW-1", "Cluster", (1,), estimate),)),)
    tender = tenders.ready_tender(lots, procedure_started_on=begun)
    assert queries.needs_register_query(tender) is is_needed


def test_an_entry_needs_a_reason_and_an_answer_lies_not_in_the_future(context):
    tender, officer = big(), make.officer()
    winner = queries.winners_of(tender)[0]
    record = actions.record_register_query
    with pytest.raises(Refused, match="trotz der Eintragung"):
        record(tender, winner, date(2026, 11, 23), RegisterResult.ENTRY, "", by=officer)
    with pytest.raises(Refused, match="nicht in der Zukunft"):
        record(tender, winner, date(2026, 11, 24), RegisterResult.NO_ENTRY, "", by=officer)


def test_an_answer_of_another_procedure_counts_for_two_months(context, hand):
    awarding.registered(big())
    assert queries.unasked_winners(second := big()) == []
    hand.moment = datetime(2027, 2, 1, 9, 0, tzinfo=UTC)
    assert [one.name for one in queries.unasked_winners(second)] == ["Netz GmbH"]


def test_notice_statistics_and_answers_are_due_by_the_dated_rules(context, hand):
    hand.moment = datetime(2026, 11, 30, 9, 0, tzinfo=UTC)
    tender, officer = given.decided_tender(), make.officer()
    made = awarding.awarded(tender)  # on 11.12.2026
    assert (made.notice_due_on, made.statistics_due_on) == (date(2027, 1, 10), date(2027, 2, 9))
    hand.moment = datetime(2026, 12, 14, 9, 0, tzinfo=UTC)
    actions.note_notice(made, date(2026, 12, 14), by=officer)
    with pytest.raises(Refused, match="schon festgehalten"):
        actions.note_notice(made, date(2026, 12, 14), by=officer)
    asked = actions.record_debrief(tender, queries.winners_of(tender)[0], date(2026, 12, 14), by=officer)
    assert asked.due_on == date(2026, 12, 29)
    actions.answer_debrief(asked, date(2026, 12, 15), "Gründe wie im Schreiben", by=officer)


def test_a_letter_can_be_worded_until_it_is_sent_and_never_again(context):
    tender, officer = given.decided_tender(), make.officer()
    [letter] = actions_letters.draft_letters(tender, by=officer)
    seen = letter.version
    actions_letters.word_letter(letter, "Eigene Worte", Channel.ELECTRONIC, by=officer)
    with pytest.raises(Conflict):
        actions_letters.word_letter(letter, "Andere", Channel.POST, by=officer, seen_version=seen)
    actions_letters.send_letters(tender, by=officer)
    with pytest.raises(Refused, match="versandt und steht fest"):
        actions_letters.word_letter(letter, "Zu spät", Channel.POST, by=officer)


def test_g15_holidays_that_leave_too_few_working_days_are_warned_of():
    """Sent on Wed 23.12.2026: of the ten days to Sat 02.01.2027 only 24., 28., 29., 30. and 31. are working days."""
    found = standstill(date(2026, 12, 23), NEW)
    assert found.working_days == 5
    few, last = found.warnings
    assert "nur 5 Werktage" in few
    assert "02.01.2027 ist kein Werktag (Samstag)" in last
    assert standstill(date(2026, 11, 30), NEW).warnings == []
