"""M4: after publication late demand cannot enter; the page says why and names what is possible instead."""

import pytest

from procurement.core.errors import Refused
from procurement.tenders import actions, actions_changes
from procurement.tenders.kinds import TenderStage
from tests.factories import changes as make_case
from tests.factories import demand as ask
from tests.factories import members as make
from tests.factories import tenders


def publish(case):
    """Make the tender public the short way: the rules of publication have tests of their own."""
    case.tender.stage, case.tender.published_at = TenderStage.PUBLISHED, tenders.clock.now()
    return case


def test_m4_a_late_demand_cannot_enter_a_published_tender(context):
    case = publish(make_case.case())
    entries = ask.entries(case.round, {"A-1": 20})
    with pytest.raises(Refused, match=r"veröffentlicht.*§ 20 Abs. 3 VgV"):
        actions_changes.report_late(case.demand("Laer"), entries, "zu spät", by=case.leads["Laer"])


def test_m4_a_waiting_late_demand_can_only_be_rejected_after_publication(context):
    case = make_case.case()
    entries = ask.entries(case.round, {"A-1": 20})
    change = actions_changes.report_late(case.demand("Laer"), entries, "spät", by=case.leads["Laer"])
    publish(case)
    with pytest.raises(Refused, match="veröffentlicht"):
        actions_changes.accept(change, "Ja", by=case.officer)
    actions_changes.reject(change, "Die Ausschreibung ist veröffentlicht", by=case.officer)


def test_m4_the_page_says_why_and_offers_the_open_round(saved, browser):
    with saved():
        case = publish(make_case.case())
        ask.round_with(["B-1"], [case.members["Laer"]], officer=case.officer, title="Nächste Runde")
        lead_id, round_id, member_id = case.leads["Laer"].id, case.round.id, case.members["Laer"].id
    page = browser(lead_id).get(f"/tenders/rounds/{round_id}/{member_id}/late").text
    assert "Eine Nachmeldung ist nicht mehr möglich" in page
    assert "In der offenen Runde „Nächste Runde“ melden" in page
    assert "Zu den Verträgen" not in page


def test_m4_a_named_member_is_shown_the_way_to_a_call_off(saved, browser):
    with saved():
        case = make_case.case()
        actions_changes.withdraw(
            case.demand("Borken"), case.demand("Borken").items, "Kein Geld", by=case.leads["Borken"]
        )
        case.tender.participants.append(tenders.queries_participation.Participant(member=case.members["Laer"]))
        publish(case)
        lead_id, round_id, member_id = case.leads["Laer"].id, case.round.id, case.members["Laer"].id
    page = browser(lead_id).get(f"/tenders/rounds/{round_id}/{member_id}/late").text
    assert "Zu den Verträgen" in page
    assert "/contracts/" in page


def test_m4_another_cancelled_tender_does_not_stand_in_the_way(context):
    case = publish(make_case.case())
    actions.cancel(case.tender, "Kein Angebot", by=make.officer())
    entries = ask.entries(case.round, {"A-1": 20})
    assert actions_changes.report_late(case.demand("Laer"), entries, "spät", by=case.leads["Laer"]).reason == "spät"
