"""P17: the award button works at the earliest date only; one letter missing keeps it locked (§ 134 GWB).

Kabel AG loses. Sent electronically on Mon 30.11.2026: ten days end on Thu 10.12.2026, the contract is possible from
Fri 11.12.2026 on (procurement-law.md 2.4). By post fifteen days end on Tue 15.12.2026.
"""

from datetime import UTC, date, datetime

import pytest

from procurement.awarding import actions, actions_letters, queries
from procurement.awarding.rules import AwardFacts, objections_to_awarding
from procurement.awarding.states import Channel, LetterKind
from procurement.bids.models_firms import FirmRegistration
from procurement.core import clock
from procurement.core.db import db
from procurement.core.errors import Refused
from procurement.tenders.kinds import ProcedureType, TenderStage
from tests.factories import awarding, bids
from tests.factories import evaluation as given
from tests.factories import members as make
from tests.page_reading import text_of

SENT = datetime(2026, 11, 30, 9, 0, tzinfo=UTC)
EARLY, FREE = datetime(2026, 12, 10, 22, 59, tzinfo=UTC), datetime(2026, 12, 10, 23, 0, tzinfo=UTC)


def award(tender):
    return actions.award(tender, "", by=make.officer())


def test_p17_the_award_is_locked_until_the_first_day_after_the_standstill(context, hand):
    hand.moment, tender = SENT, given.decided_tender()
    awarding.informed(tender)
    assert tender.stage is TenderStage.STANDSTILL
    assert queries.award_facts(tender).earliest_on == date(2026, 12, 11)
    hand.moment = EARLY
    with pytest.raises(Refused, match=r"Zuschlag frühestens am Fr\., 11\.12\.2026"):
        award(tender)
    hand.moment = FREE  # midnight in Berlin
    award(tender)
    assert tender.stage is TenderStage.AWARDED


def test_p17_by_post_it_takes_fifteen_days(context, hand):
    hand.moment, tender = SENT, given.decided_tender()
    awarding.informed(tender, channel=Channel.POST)
    assert queries.award_facts(tender).earliest_on == date(2026, 12, 16)


def test_p17_without_letters_and_with_unsent_letters_it_stays_locked(context):
    tender = given.decided_tender()
    with pytest.raises(Refused, match="Kabel AG ist noch nicht informiert"):
        award(tender)
    actions_letters.draft_letters(tender, by=make.officer())
    with pytest.raises(Refused, match="Das Schreiben an Kabel AG ist noch nicht versandt"):
        award(tender)


def test_p17_an_applicant_that_was_never_told_locks_it_after_the_standstill_too(context, hand):
    tender = given.decided_tender(procedure_type=ProcedureType.RESTRICTED)
    awarding.informed(tender)
    applicant = bids.bidder("Bewerber OHG")
    db.session.add(FirmRegistration(tender=tender, bidder=applicant, registered_at=clock.now()))
    hand.moment = awarding.earliest(tender)
    with pytest.raises(Refused, match="Bewerber OHG ist noch nicht informiert"):
        award(tender)
    awarding.informed(tender)
    hand.moment = awarding.earliest(tender)
    assert award(tender).tender.stage is TenderStage.AWARDED


def test_p17_an_excluded_bidder_is_owed_a_letter_as_well(context):
    prices = {**given.TWO_BIDS, "Spar OHG": {"FW-1": "800.00"}}
    tender = given.decided_tender(given.TWO_POINTS, prices=prices)
    assert set(queries.award_facts(tender).missing) == {"Kabel AG", "Spar OHG"}


def test_p17_an_extension_is_told_to_all_bidders_and_counts_once_it_is_sent(context, hand):
    tender, officer = given.decided_tender(), make.officer()
    awarding.informed(tender)
    longer = date(2026, 12, 22)
    made = actions_letters.extend_standstill(tender, longer, "Feiertage", by=officer)
    assert {letter.bidder.name for letter in made} == {"Netz GmbH", "Kabel AG"}
    hand.moment = datetime(2026, 12, 23, 9, 0, tzinfo=UTC)
    with pytest.raises(Refused, match="noch nicht versandt"):
        award(tender)
    actions_letters.send_letters(tender, by=officer)
    assert queries.award_facts(tender).earliest_on == longer
    assert award(tender).tender.stage is TenderStage.AWARDED


def test_p17_every_reason_is_named_at_once():
    facts = AwardFacts(
        stage=TenderStage.AWARD_DECIDED,
        is_decided=True,
        is_eu=True,
        missing=("Kabel AG",),
        unsent=("Spar OHG",),
        unasked=("Netz GmbH",),
        locks=("Nachprüfung läuft.",),
        earliest_on=None,
        today=date(2026, 12, 1),
    )
    assert len(objections_to_awarding(facts)) == 4


def test_p17_by_the_pages_the_button_appears_only_when_everything_is_there(saved, browser, hand):
    with saved():
        tender, officer = given.decided_tender(), make.officer()
        officer_id, url = officer.id, f"/awarding/{tender.id}"
    page = browser(officer_id)
    assert "Der Zuschlag kann noch nicht erteilt werden" in text_of(page.get(url))
    assert page.post(f"{url}/letters").status_code == 303
    assert "Entwurf" in text_of(page.get(url))
    assert page.post(f"{url}/letters/send").status_code == 303
    assert page.post(f"{url}/award").status_code == 422
    with saved():
        from_database = queries.tenders.tender(tender_id := int(url.rpartition("/")[2]))
        hand.moment = awarding.earliest(from_database)
    assert "Zuschlag erteilen" in text_of(page.get(url))
    assert page.post(f"{url}/award").status_code == 303
    with saved():
        kinds = {letter.kind for letter in queries.letter_rows(tender_id)}
    assert kinds == {LetterKind.INFORMATION, LetterKind.AWARD}
