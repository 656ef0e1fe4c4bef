"""The life of a tender: planning from a round, changing, deadlines, stages, cancellation."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from procurement.audit.models import AuditEntry
from procurement.core import clock
from procurement.core.db import db
from procurement.core.errors import Conflict, Refused
from procurement.tenders import actions, queries, queries_bill
from procurement.tenders.entries import LotEntry
from procurement.tenders.kinds import LineOrigin, ProcedureType, TenderStage
from procurement.tenders.timetable import Deadlines
from procurement.values.quantity import Quantity
from tests.factories import demand, tenders
from tests.factories import members as make


def events() -> list[str]:
    return list(db.session.scalars(sa.select(AuditEntry.event).order_by(AuditEntry.number)))


def test_a_tender_takes_each_articles_sum_and_each_members_part(context):
    one, two, three = make.member("Ahaus"), make.member("Borken"), make.member("Rhede")
    officer = make.officer()
    amounts = [(one, {"FW-1": (1, 2, 3), "FW-2": 10}), (two, {"FW-2": "20.5"}), (three, {})]
    tender = actions.plan(tenders.entry(), demand.closed_round(amounts, officer=officer), by=officer)

    [lot] = tender.lots
    assert (lot.number, lot.title) == (1, "Los 1")
    assert [(line.number, line.quantity) for line in lot.lines] == [
        ("FW-1", Quantity.of(2)), ("FW-2", Quantity.of("30.5")),
    ]  # fmt: skip
    shares = queries_bill.shares_of([lot.lines[1].id])[lot.lines[1].id]
    assert [(share.member_name, share.quantity) for share in shares] == [
        ("Ahaus", Quantity.of(10)), ("Borken", Quantity.of("20.5")),
    ]  # fmt: skip
    assert [member.name for member in queries.participants_of(tender.id)] == ["Ahaus", "Borken"]
    assert events()[-1] == "tenders:tender:plan"


def test_planning_needs_a_closed_round(context):
    officer, member = make.officer(), make.member()
    round_ = demand.round_with(["X1"], [member], officer=officer)
    with pytest.raises(Refused, match="noch nicht geschlossen"):
        actions.plan(tenders.entry(), round_, by=officer)


def test_demand_is_in_one_tender_only_until_that_is_cancelled(context):
    officer, member = make.officer(), make.member()
    round_ = demand.closed_round([(member, {"X1": 1, "X2": 2})], officer=officer)
    articles = {article.number: article.id for article in round_.articles}
    first = actions.plan(tenders.entry(), round_, by=officer, article_ids=[articles["X1"]])
    second = actions.plan(tenders.entry(), round_, by=officer)
    assert [[line.number for line in tender.lots[0].lines] for tender in (first, second)] == [["X1"], ["X2"]]
    with pytest.raises(Refused, match="alles ist schon verplant"):
        actions.plan(tenders.entry(), round_, by=officer)
    assert queries.plannable_rounds() == []

    actions.cancel(second, "Bedarf entfallen", by=officer)
    assert [waiting.open_articles for waiting in queries.plannable_rounds()] == [1]
    third = actions.plan(tenders.entry(), round_, by=officer)
    assert [line.number for line in third.lots[0].lines] == ["X2"]


def test_a_reference_is_given_once(context):
    tender = tenders.planned_tender(reference="V-2026-01")
    round_ = demand.closed_round([(make.member(), {"X1": 1})])
    with pytest.raises(Refused, match="V-2026-01 trägt schon eine andere"):
        actions.plan(tenders.entry(reference="V-2026-01"), round_, by=make.officer())
    assert queries.suggested_reference(2026) == "V-2026-02"
    assert tender.reference == "V-2026-01"


def test_a_tender_can_start_from_a_given_bill_of_quantities(context):
    officer, member = make.officer(), make.member()
    lots = [
        LotEntry("Bauarbeiten", [tenders.joint_line("0005"), tenders.joint_line("0010")]),
        LotEntry("Aufsicht", [tenders.joint_line("0015")]),
    ]
    tender = actions.plan_without_round(tenders.entry(), lots, [member], by=officer)
    assert [(lot.title, len(lot.lines)) for lot in tender.lots] == [("Bauarbeiten", 2), ("Aufsicht", 1)]
    assert {line.origin for lot in tender.lots for line in lot.lines} == {LineOrigin.JOINT}
    assert queries.participants_of(tender.id) == [member]


def test_every_fault_of_a_given_bill_is_named(context):
    lots = [LotEntry("", [tenders.joint_line("1"), tenders.joint_line("1", reason="")])]
    with pytest.raises(Refused) as refused:
        actions.plan_without_round(tenders.entry(), lots, [], by=make.officer())
    assert len(refused.value.objections) == 3


def test_changing_a_tender_keeps_old_and_new_in_the_trail(context):
    tender = tenders.planned_tender(title="Firewal", reference="V-1")
    entry = tenders.entry(reference="V-1", title="Firewall", procedure_started_on=date(2026, 10, 1))
    actions.change_tender(tender, entry, by=make.officer(), seen_version=tender.version)
    last = db.session.scalars(sa.select(AuditEntry).order_by(AuditEntry.number.desc())).first()
    assert last.worded_changes == ["Beginn des Verfahrens: 23.11.2026 → 01.10.2026", "Titel: Firewal → Firewall"]
    assert last.tender_id == tender.id


@pytest.mark.parametrize(
    ("details", "field"),
    [
        ({"reference": " "}, "reference"),
        ({"title": ""}, "title"),
        ({"title": "x" * 201}, "title"),
        ({"procedure_started_on": date(2015, 1, 1)}, "procedure_started_on"),
    ],
)
def test_an_unusable_entry_names_its_field(context, details, field):
    tender = tenders.planned_tender()
    with pytest.raises(Refused) as refused:
        actions.change_tender(tender, tenders.entry(**details), by=make.officer())
    assert [objection.field for objection in refused.value.objections] == [field]


def test_whoever_saw_an_older_state_is_told_and_nothing_is_overwritten(context):
    tender = tenders.planned_tender()
    seen = tender.version
    actions.set_deadlines(tender, tenders.deadlines(), by=make.officer(), seen_version=seen)
    db.session.flush()
    with pytest.raises(Conflict, match=f"Sie sahen Stand {seen}, gespeichert ist Stand {seen + 1}"):
        actions.change_tender(tender, tenders.entry(), by=make.officer(), seen_version=seen)


def test_deadlines_in_the_wrong_order_are_refused(context):
    tender, now = tenders.planned_tender(), clock.now()
    wrong = Deadlines(now + timedelta(days=9), now + timedelta(days=8), date(2027, 1, 1))
    with pytest.raises(Refused, match="muss vor der Angebotsfrist enden"):
        actions.set_deadlines(tender, wrong, by=make.officer())
    assert tender.bid_deadline_at is None


def test_bidding_closes_to_the_second_with_the_deadline(context, hand):
    tender, officer = tenders.published_tender(), make.officer()
    hand.moment = tender.bid_deadline_at - timedelta(seconds=1)
    with pytest.raises(Refused, match="Die Angebotsfrist läuft noch"):
        actions.close_bids(tender, by=officer)
    hand.moment = tender.bid_deadline_at
    assert actions.close_bids(tender, by=officer).stage is TenderStage.BIDS_CLOSED
    with pytest.raises(Refused, match="führt kein Weg"):
        actions.close_bids(tender, by=officer)


def test_later_features_move_a_tender_along_the_table_only(context):
    tender, officer = tenders.published_tender(), make.officer()
    with pytest.raises(Refused, match="führt kein Weg"):
        actions.advance(tender, TenderStage.AWARDED, by=officer)
    tenders.tender_at(TenderStage.AWARDED, tender, officer)
    assert [change.stage for change in queries.stage_changes(tender.id)] == [
        TenderStage.PLANNED, TenderStage.PUBLISHED, TenderStage.BIDS_CLOSED, TenderStage.OPENED,
        TenderStage.EVALUATED, TenderStage.AWARD_DECIDED, TenderStage.STANDSTILL, TenderStage.AWARDED,
    ]  # fmt: skip
    with pytest.raises(Refused):
        actions.cancel(tender, "zu spät", by=officer)


def test_publication_has_its_own_verb(context):
    tender = tenders.planned_tender()
    with pytest.raises(Refused, match="ein eigener Schritt"):
        actions.advance(tender, TenderStage.PUBLISHED, by=make.officer())
    with pytest.raises(Refused, match="ein eigener Schritt"):
        actions.advance(tender, TenderStage.CANCELLED, by=make.officer())


def test_no_feature_ends_bidding_before_the_deadline(context):
    with pytest.raises(Refused, match="Die Angebotsfrist läuft noch"):
        actions.advance(tenders.published_tender(), TenderStage.BIDS_CLOSED, by=make.officer())


def test_only_a_plan_is_withdrawn_what_is_published_ends_with_a_ground(context):
    officer = make.officer()
    with pytest.raises(Refused, match="§ 63 VgV"):
        actions.withdraw(tenders.published_tender(), "Kein Interesse mehr", by=officer)
    plan = tenders.ready_tender()
    assert actions.withdraw(plan, "Bedarf entfallen", by=officer).stage is TenderStage.CANCELLED


def test_a_cancellation_needs_its_reason(context):
    tender = tenders.published_tender()
    with pytest.raises(Refused, match="Grund der Aufhebung"):
        actions.cancel(tender, "  ", by=make.officer())
    actions.cancel(tender, "Kein Angebot", by=make.officer(), seen_version=tender.version)
    assert (tender.stage, tender.cancelled_reason) == (TenderStage.CANCELLED, "Kein Angebot")
    assert events()[-1] == "tenders:tender:cancel"


def test_a_national_procedure_below_the_threshold_is_fine(context):
    tender = tenders.published_tender(procedure_type=ProcedureType.NATIONAL_PUBLIC)
    assert tender.stage is TenderStage.PUBLISHED
