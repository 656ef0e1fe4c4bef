"""P7: after no bids a new procedure is made out of the cancelled one, lineage and all; its conditions decide which."""

from fractions import Fraction

import pytest
import sqlalchemy as sa

from procurement.awarding import actions_cancellation
from procurement.core.db import db
from procurement.core.errors import Refused
from procurement.tenders import (
    actions,
    actions_bundling,
    actions_publication,
    actions_succession,
    queries,
    queries_succession,
)
from procurement.tenders.cancellation import CancellationGround, FollowUp, NoAwardCode
from procurement.tenders.kinds import ProcedureType, TenderStage
from procurement.tenders.models import LineMerge, LineShare, Lot, LotItem, Tender
from procurement.tenders.queries_lineage import unsound_items
from procurement.values.quantity import Quantity
from tests.factories import awarding, bids, bundling, tenders
from tests.factories import members as make
from tests.page_reading import text_of

NOTHING = {"ground": CancellationGround.NO_ADMISSIBLE_BID, "code": NoAwardCode.NOTHING_RECEIVED}
WITHOUT_CALL = {"follow_up": FollowUp.WITHOUT_CALL, "follow_up_reason": "Eilbedarf", "is_unchanged": True}


def cancelled(follow_up=None, lots=tenders.ONE_LOT):
    tender = tenders.published_tender(lots)
    bids.opened(tender)
    entry = awarding.cancellation(reason="Kein Angebot.", **NOTHING, **(follow_up or {}))
    actions_cancellation.cancel_tender(tender, entry, by=make.officer())
    return tender


def succeeded(tender):
    made = actions_succession.succeed(tender, by=make.officer())
    db.session.expire_all()
    return made


def shares(tender):
    """Member, demand item, quantity and factor of every share, by line."""
    columns = (LotItem.number, LineShare.member_id, LineShare.demand_item_id, LineShare.quantity)
    query = sa.select(*columns, LineShare.factor_numerator).join(LotItem).join(Lot).where(Lot.tender_id == tender.id)
    return sorted(map(tuple, db.session.execute(query)))


def publishable(tender):
    officer = make.officer()
    actions.set_deadlines(tender, tenders.deadlines(), by=officer)
    actions_publication.estimate_value(tender, by=officer)
    return tenders.confirm_all(tender)


def test_p7_the_successor_has_bill_lineage_criteria_and_method_of_the_cancelled_one(context):
    old = cancelled()
    new = succeeded(old)
    assert (new.stage, new.procedure_type, new.round_id) == (TenderStage.PLANNED, ProcedureType.OPEN, old.round_id)
    assert shares(new) == shares(old)
    assert queries.criteria_of(new.id) == queries.criteria_of(old.id)
    assert (new.method, new.bid_deadline_at, new.estimates) == (old.method, None, [])
    assert unsound_items([new.id]) == {}
    assert queries_succession.comparison(new).fundamental == ()
    assert queries.open_lines(old.round) == []


def test_p7_mergings_come_along_and_can_be_undone_in_the_successor(context):
    old, officer = bundling.planned(), make.officer()
    packs, pieces = bundling.line(old, "A2"), bundling.line(old, "A1")
    actions_bundling.merge(packs, pieces, Fraction(10), "Ein Pack sind zehn.", by=officer)
    actions.withdraw(old, "Neu ansetzen", by=officer)
    new = succeeded(old)
    assert shares(new) == shares(old)
    merge = db.session.scalars(sa.select(LineMerge).filter_by(tender_id=new.id)).one()
    actions_bundling.undo_merge(merge, by=officer)
    assert bundling.line(new, "A2").quantity == Quantity.of(4)
    assert unsound_items([new.id]) == {}


def test_p7_a_second_successor_is_refused_until_the_first_is_given_up(context):
    old = cancelled()
    first = succeeded(old)
    with pytest.raises(Refused, match="schon angelegt"):
        succeeded(old)
    actions.withdraw(first, "Versehen", by=make.officer())
    assert succeeded(old).stage is TenderStage.PLANNED


def test_p7_negotiating_without_a_call_is_locked_once_the_conditions_change(context):
    new = publishable(succeeded(cancelled(WITHOUT_CALL)))
    assert new.procedure_type is ProcedureType.NEGOTIATED_WITHOUT_CALL
    new.term_months = 60
    db.session.flush()
    actions_publication.estimate_value(new, by=make.officer())
    with pytest.raises(Refused, match="grundlegend geändert"):
        actions_publication.publish(new, by=make.officer())
    new.term_months = None
    db.session.flush()
    actions_publication.estimate_value(new, by=make.officer())
    assert actions_publication.publish(new, by=make.officer()).stage is TenderStage.PUBLISHED


def test_p7_only_the_cancelled_lot_of_a_running_tender_goes_on_alone(context):
    lots = (("Hardware", tenders.ONE_LOT[0][1][:1]), ("Lizenzen", tenders.ONE_LOT[0][1][1:]))
    old = tenders.published_tender(lots)
    actions_cancellation.cancel_lot(old.lots[1], awarding.cancellation(**NOTHING), by=make.officer())
    new = succeeded(old)
    assert [(lot.number, lot.title) for lot in new.lots] == [(1, "Lizenzen")]
    assert queries_succession.comparison(new).fundamental == ()
    assert queries_succession.lots_to_repeat(old) == []


def test_p7_the_overview_offers_it_once_and_leads_to_the_comparison(saved, browser):
    with saved():
        tender_id, officer_id = cancelled().id, make.officer().id
    page = browser(officer_id)
    assert "Neues Verfahren aus dieser Ausschreibung anlegen" in text_of(page.get(f"/tenders/{tender_id}"))
    answer = page.post(f"/tenders/{tender_id}/successor")
    assert answer.status_code == 303
    assert "Nicht grundlegend geändert" in text_of(page.get(answer.location))
    assert "Neues Verfahren aus" not in text_of(page.get(f"/tenders/{tender_id}"))
    assert page.post(f"/tenders/{tender_id}/successor").status_code == 422
    with saved():
        assert db.session.scalar(sa.select(sa.func.count()).select_from(Tender)) == 2
