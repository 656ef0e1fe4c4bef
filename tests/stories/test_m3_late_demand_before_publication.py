"""M3: late demand after the round was closed is accepted or rejected with a reason; the value follows at once.

200 × 1.000,00 € = 200.000,00 €. 20 more make 220.000,00 € and cross 216.000,00 €; 15,999 more make 215.999,00 €, which
does not.
"""

import pytest
import sqlalchemy as sa

from procurement.audit.models import AuditEntry
from procurement.core.db import db
from procurement.core.errors import Refused
from procurement.demand.models import DemandChange
from procurement.demand.states import ChangeState, DemandState
from procurement.tenders import actions_changes, queries_changes, queries_lineage
from procurement.tenders.kinds import ProcedureType
from procurement.values.money import Money
from tests.factories import changes as make_case
from tests.factories import demand as ask
from tests.factories import members as make
from tests.factories import tenders


def late(case, amount):
    entries = ask.entries(case.round, {"A-1": amount})
    return actions_changes.report_late(case.demand("Laer"), entries, "Ratsbeschluss kam später", by=case.leads["Laer"])


def test_m3_a_late_demand_waits_with_its_reason_and_counts_nowhere(context):
    case = make_case.case()
    change = late(case, 20)
    assert (change.state, case.demand("Laer").state) == (ChangeState.PENDING, DemandState.LATE)
    assert str(tenders.line_of(case.tender, "A-1").quantity) == "200"


def test_m3_without_a_reason_or_a_quantity_nothing_is_reported(context):
    case = make_case.case()
    entries = ask.entries(case.round, {"A-1": 0})
    with pytest.raises(Refused, match=r"begründen Sie.*keine Menge"):
        actions_changes.report_late(case.demand("Laer"), entries, " ", by=case.leads["Laer"])


def test_m3_accepting_crosses_216000_and_the_procedure_is_open_again(context):
    case = make_case.case()
    tenders.confirm_all(case.tender)
    change = late(case, 20)
    (shown,) = queries_changes.effect_of(change).tenders
    assert (shown.effect.before.total_net, shown.effect.after.total_net) == (Money.of(200000), Money.of(220000))
    assert shown.effect.crosses_threshold
    assert shown.effect.procedure_reopens
    actions_changes.accept(change, "Noch nicht veröffentlicht", by=case.officer)
    db.session.expire_all()
    tender = case.tender
    assert case.demand("Laer").state is DemandState.FROZEN
    assert str(tenders.line_of(tender, "A-1").quantity) == "220"
    assert [(one.number, one.total_net, one.cause) for one in tender.estimates] == [
        (1, Money.of(200000), "Erste Schätzung"),
        (2, Money.of(220000), "Nachmeldung von Laer"),
    ]
    assert tender.procedure_type is ProcedureType.UNDECIDED
    confirmed = {one.member.name: one.confirmed_at is not None for one in tender.participants}
    assert confirmed == {"Ahaus": True, "Borken": True, "Laer": False}
    assert not queries_lineage.unsound_items([tender.id])


def test_m3_below_the_threshold_the_procedure_stays_decided(context):
    case = make_case.case()
    change = late(case, "15.999")
    (shown,) = queries_changes.effect_of(change).tenders
    assert shown.effect.after.total_net == Money.of(215999)
    assert not shown.effect.crosses_threshold
    actions_changes.accept(change, "Passt noch hinein", by=case.officer)
    assert case.tender.procedure_type is ProcedureType.NATIONAL_PUBLIC


def test_m3_a_rejected_late_demand_tells_the_lead_why_and_where_to_report_next(saved, browser):
    with saved():
        case = make_case.case()
        change_id, lead_id = late(case, 20).id, case.leads["Laer"].id
        ask.round_with(["B-1"], [case.members["Laer"]], officer=case.officer, title="Nächste Runde")
        officer_id, round_id, member_id = case.officer.id, case.round.id, case.members["Laer"].id
    page = browser(officer_id).get(f"/tenders/changes/{change_id}").text
    assert "220.000,00" in page
    assert "Die Verfahrensart wird wieder offen" in page
    version = {"version": "1", "decision": "Zu spät für die Lose", "reject": "yes"}
    assert browser(officer_id).post(f"/tenders/changes/{change_id}", version).status_code == 303
    entry = browser(lead_id).get(f"/demand/{round_id}/{member_id}").text
    assert "Die Nachmeldung ist abgelehnt." in entry
    assert "Zu spät für die Lose" in entry
    assert "Offene Runde: Nächste Runde" in entry


def test_m3_the_lead_reports_late_on_its_page_and_the_office_sees_it_first(saved, browser):
    with saved():
        case = make_case.case()
        lead_id, officer_id, tender_id = case.leads["Laer"].id, case.officer.id, case.tender.id
        round_id, member_id = case.round.id, case.members["Laer"].id
        article_id = case.round.articles[0].id
    lead = browser(lead_id)
    assert "Bedarf nachmelden" in lead.get(f"/demand/{round_id}/{member_id}").text
    url, cells = f"/tenders/rounds/{round_id}/{member_id}/late", {f"expected-{article_id}": "20"}
    refused = lead.post(url, cells)
    assert refused.status_code == 422
    assert 'value="20"' in refused.text
    assert lead.post(url, {**cells, "reason": "Ratsbeschluss"}).status_code == 303
    assert "Ratsbeschluss" in browser(officer_id).get(f"/tenders/{tender_id}/changes").text
    with saved():
        assert db.session.scalar(sa.select(sa.func.count()).select_from(DemandChange)) == 1


def test_m3_a_decision_is_made_once_and_every_step_stands_in_the_trail(context):
    case = make_case.case()
    change = late(case, 20)
    actions_changes.accept(change, "Ja", by=case.officer)
    with pytest.raises(Refused, match="schon entschieden"):
        actions_changes.reject(change, "Doch nicht", by=case.officer)
    events = set(db.session.scalars(sa.select(AuditEntry.event)))
    assert {"demand:late:report", "demand:late:accept", "tenders:demand:enter", "tenders:procedure:reopen"} <= events


def test_m3_without_a_planned_tender_only_the_demand_is_frozen(context):
    case = make_case.case(is_planned=False)
    change = late(case, 20)
    assert queries_changes.effect_of(change).tenders == ()
    actions_changes.accept(change, "Wird mit geplant", by=case.officer)
    assert case.demand("Laer").state is DemandState.FROZEN


def test_m3_where_the_member_wants_a_second_release_nothing_is_accepted_before_it(saved, browser):
    with saved():
        case = make_case.case()
        laer = case.members["Laer"]
        laer.requires_approval = True
        change = late(case, 20)
        with pytest.raises(Refused, match="zweite Freigabe"), db.session.begin_nested():
            actions_changes.accept(change, "Ja", by=case.officer)
        first_id, second_id = case.leads["Laer"].id, make.lead(laer, "Zweite Person").id
        officer_id, change_id, url = (
            case.officer.id,
            change.id,
            f"/tenders/rounds/{case.round.id}/{laer.id}/late/release",
        )
        page = f"/demand/{case.round.id}/{laer.id}"
    assert browser(first_id).post(url).status_code == 422
    assert "Nachmeldung freigeben" in browser(second_id).get(page).text
    assert browser(second_id).post(url).status_code == 303
    decided = browser(officer_id).post(f"/tenders/changes/{change_id}", {"decision": "Ja", "accept": "yes"})
    assert decided.status_code == 303
