"""Rounds in scenario files: wishes, looks, adjustments, late demand and withdrawals, each at its place in time."""

import pytest
import sqlalchemy as sa

from procurement.core.db import db, transaction
from procurement.demand.models import Adjustment, Article, Demand, DemandChange
from procurement.demand.states import AdjustmentState, ChangeState, DemandState
from procurement.members.models import Member
from procurement.scenario.errors import ScenarioError
from procurement.scenario.load import load
from procurement.scenario.reading import understood
from procurement.tenders.models import Participant, Tender

MEMBERS = [{"key": str(number), "name": name} for number, name in enumerate(("Adorf", "Bestadt", "Cedorf"), 1)]
ARTICLES = [{"number": "NB", "title": "Notebook", "planning_price": 900}]


def written(tender=True, **details):
    round_ = {
        "reference": "BR-1",
        "title": "Notebooks",
        "articles": ARTICLES,
        "demands": {"1": {"NB": 3}, "2": {"NB": 4}},
    }
    content = {"starts_at": "2026-01-05 09:00", "members": MEMBERS, "rounds": [round_ | details]}
    if tender:
        content["tenders"] = [{"reference": "V-1", "title": "Notebooks", "round": "BR-1", "until": "planned"}]
    return understood(content)


@pytest.fixture
def played(app, tmp_path):
    """Load a scenario and stay in its database."""
    with app.app_context():

        def _played(**details):
            with transaction():
                load(written(**details), tmp_path)

        yield _played
        db.session.rollback()


def states():
    query = sa.select(Member.name, Demand.state).join(Demand, Demand.member_id == Member.id).order_by(Member.id)
    return dict(db.session.execute(query).all())


def test_a_decided_late_demand_enters_the_tender_planned_before_and_takes_part(played):
    late = {"3": {"reason": "Ratsbeschluss", "needs": {"NB": 5}, "decision": "accept"}}
    played(late=late)
    assert states()["Cedorf"] is DemandState.FROZEN
    members = db.session.scalars(sa.select(Member.name).join(Participant, Participant.member_id == Member.id))
    assert set(members) == {"Adorf", "Bestadt", "Cedorf"}
    assert db.session.scalar(sa.text("SELECT quantity FROM lot_item")) == 12000
    assert db.session.scalars(sa.select(Tender)).one().published_at is None


def test_a_late_demand_without_a_decision_waits(played):
    played(late={"3": {"reason": "Ratsbeschluss", "needs": {"NB": 5}}})
    assert states()["Cedorf"] is DemandState.LATE
    assert db.session.scalar(sa.select(DemandChange.state)) is ChangeState.PENDING


def test_without_a_tender_late_demand_is_decided_at_once(played):
    played(tender=False, late={"3": {"reason": "spät", "needs": {"NB": 5}, "decision": "reject"}})
    assert states()["Cedorf"] is DemandState.REJECTED


@pytest.mark.parametrize(
    ("decision", "state"),
    [(None, DemandState.WITHDRAWN), ("accept", DemandState.WITHDRAWN), ("reject", DemandState.FROZEN)],
)
def test_a_withdrawal_is_free_before_the_confirmation_and_decided_after_it(played, decision, state):
    played(withdrawals={"2": {"reason": "Haushaltssperre", "decision": decision}})
    assert states()["Bestadt"] is state
    decided_by = db.session.scalar(sa.select(DemandChange.decided_by_id))
    assert (decided_by is None) == (decision is None)


def test_a_confirmed_adjustment_counts_in_the_tender(played):
    asked = {"member": "2", "article": "NB", "expected": 1, "reason": "verzählt", "answer": "confirm"}
    played(adjustments=[asked])
    assert db.session.scalar(sa.select(Adjustment.state)) is AdjustmentState.CONFIRMED
    assert db.session.scalar(sa.text("SELECT quantity FROM lot_item")) == 4000


def test_wishes_and_looks_are_replayed(played):
    wish = {"title": "Tasche", "unit": "Stück", "quantity": 2, "cpv": "18933100"}
    played(tender=False, wishes={"1": [wish]}, opened=["3"])
    assert db.session.scalar(sa.select(Article.cpv).where(Article.wished_by_id.is_not(None))) == "18933100"
    assert db.session.scalar(sa.select(sa.func.count()).where(Demand.first_opened_at.is_not(None))) == 3


@pytest.mark.parametrize(
    ("details", "path"),
    [
        ({"wishes": {"3": [{"title": "x", "unit": "Stück", "quantity": 1}]}}, "rounds[0].wishes.3"),
        ({"late": {"1": {"reason": "spät", "needs": {"NB": 1}}}}, "rounds[0].late.1"),
        ({"adjustments": [{"member": "3", "article": "NB", "expected": 1, "reason": "x"}]}, "rounds[0].adjustments[0]"),
    ],
)
def test_what_cannot_be_is_named_by_its_path(app, tmp_path, details, path):
    with app.app_context(), pytest.raises(ScenarioError) as refused, transaction():
        load(written(**details), tmp_path)
    assert refused.value.faults[0][0] == path
