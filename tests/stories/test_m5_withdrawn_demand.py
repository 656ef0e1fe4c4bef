"""M5: free before the binding confirmation, with approval and consequences after it, a shortfall after the award."""

import pytest

from procurement.core.db import db
from procurement.core.errors import NotFound, Refused
from procurement.demand.states import ChangeState, DemandState
from procurement.tenders import actions_changes, queries_changes
from procurement.tenders.kinds import TenderStage
from procurement.values.money import Money
from tests.factories import changes as make_case
from tests.factories import demand as ask
from tests.factories import members as make
from tests.factories import tenders


def withdraw(case, name, reason="Haushaltssperre"):
    demand = case.demand(name)
    return actions_changes.withdraw(demand, list(demand.items), reason, by=case.leads[name])


def test_m5_before_the_confirmation_a_withdrawal_works_at_once(context):
    case = make_case.case()
    change = withdraw(case, "Borken")
    db.session.expire_all()
    assert (change.state, case.demand("Borken").state) == (ChangeState.ACCEPTED, DemandState.WITHDRAWN)
    assert str(tenders.line_of(case.tender, "A-1").quantity) == "150"
    assert [one.member.name for one in case.tender.participants] == ["Ahaus"]
    assert case.tender.estimates[-1].total_net == Money.of(150000)
    assert case.tender.estimates[-1].cause == "Rücknahme von Borken"


def test_m5_a_withdrawal_needs_a_reason_and_the_own_member(context):
    case = make_case.case()
    with pytest.raises(Refused, match="begründen"):
        withdraw(case, "Borken", reason="")
    demand = case.demand("Borken")
    with pytest.raises(NotFound):
        actions_changes.withdraw(demand, list(demand.items), "fremd", by=case.leads["Ahaus"])


def test_m5_single_articles_leave_and_the_others_stay(context):
    officer, ahaus = make.officer(), make.member("Ahaus")
    lead = make.lead(ahaus)
    round_ = ask.closed_round([(ahaus, {"A-1": 5, "A-2": 7})], officer=officer)
    tender = tenders.actions.plan(tenders.entry(), round_, by=officer)
    demand = ask.demand_of(round_, ahaus)
    first = next(item for item in demand.items if item.article.number == "A-1")
    change = actions_changes.withdraw(demand, [first], "Nur ein Artikel", by=lead)
    db.session.expire_all()
    assert [line.number for line in tender.lots[0].lines] == ["A-2"]
    assert demand.state is DemandState.FROZEN
    assert [(str(one.expected), str(one.item.expected)) for one in change.items] == [("5", "0")]
    assert [one.member.name for one in tender.participants] == ["Ahaus"]


def test_m5_after_the_confirmation_the_office_decides_and_sees_the_consequences(context):
    case = make_case.case()
    tenders.confirm_all(case.tender)
    change = withdraw(case, "Ahaus")
    assert (change.state, case.demand("Ahaus").state) == (ChangeState.PENDING, DemandState.FROZEN)
    shown = queries_changes.effect_of(change)
    (article,) = shown.articles
    assert [str(each) for each in (article.minimum_before, article.minimum_after)] == ["150", "50"]
    costs = {cost.name: (cost.before_net, cost.after_net) for cost in shown.tenders[0].effect.members}
    assert costs == {"Ahaus": (Money.of(150000), None), "Borken": (Money.of(50000), Money.of(50000))}
    actions_changes.accept(change, "Einvernehmlich", by=case.officer)
    db.session.expire_all()
    assert case.demand("Ahaus").state is DemandState.WITHDRAWN
    assert str(tenders.line_of(case.tender, "A-1").quantity) == "50"
    assert [one.confirmed_at is not None for one in case.tender.participants] == [True]


def test_m5_a_refused_withdrawal_leaves_everything_as_it_is(context):
    case = make_case.case()
    tenders.confirm_all(case.tender)
    change = withdraw(case, "Ahaus")
    actions_changes.reject(change, "Die Mindestmenge wird sonst verfehlt", by=case.officer)
    assert case.demand("Ahaus").state is DemandState.FROZEN
    assert str(tenders.line_of(case.tender, "A-1").quantity) == "200"


def test_m5_after_publication_it_is_a_shortfall_and_the_page_says_with_whom_to_talk(saved, browser):
    with saved():
        case = make_case.case()
        case.tender.stage, case.tender.published_at = TenderStage.PUBLISHED, tenders.clock.now()
        lead_id, round_id, member_id = case.leads["Ahaus"].id, case.round.id, case.members["Ahaus"].id
        office = case.officer.email
    page = browser(lead_id).get(f"/tenders/rounds/{round_id}/{member_id}/withdrawal").text
    assert "Nach dem Zuschlag ist jede nicht abgenommene Menge eine Mindermenge" in page
    assert office in page


def test_m5_the_lead_sees_its_own_consequences_and_nothing_of_others(saved, browser):
    with saved():
        case = make_case.case()
        item_id = case.demand("Borken").items[0].id
        lead_id, round_id, member_id = case.leads["Borken"].id, case.round.id, case.members["Borken"].id
    lead, url = browser(lead_id), f"/tenders/rounds/{round_id}/{member_id}/withdrawal"
    page = lead.get(f"{url}?items={item_id}").text
    assert "50.000,00" in page
    assert "Ahaus" not in page
    assert "200.000" not in page
    assert lead.post(url, {"items": item_id, "reason": "Haushaltssperre"}).status_code == 303
    assert "Zurückgezogen" in lead.get(f"/demand/{round_id}/{member_id}").text
