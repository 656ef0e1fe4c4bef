"""What the procurement office has to do, read in a fixed number of statements however many rounds and tenders run."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased, defer

from procurement.allocation.models import AllocationRun
from procurement.allocation.rules import OPEN_STATES
from procurement.allocation.states import RunState
from procurement.bids.models import BidOpening
from procurement.core import clock
from procurement.core.db import db
from procurement.demand.models import Demand, DemandRound
from procurement.demand.states import UNANSWERED, RoundState
from procurement.documents.models import IssuedDocument
from procurement.evaluation.models import AwardDecision, EvaluationRun
from procurement.evaluation.states import STANDING
from procurement.home.bid_work import BidWork
from procurement.home.deadlines import Deadline, upcoming
from procurement.home.due import due_deadline, due_tasks
from procurement.home.matters import matter_tasks
from procurement.home.queries_bid_work import bid_work
from procurement.home.queries_due import dues
from procurement.home.queries_matters import office_matters
from procurement.home.queries_planned import publication_facts
from procurement.home.round_tasks import RoundFacts, planning_task, round_task
from procurement.home.tasks import Task, in_order, mine, with_others
from procurement.home.tender_tasks import LotFacts, RunFacts, TenderFacts, run_task, tender_tasks
from procurement.members.models import Account, Member
from procurement.tenders.kinds import TenderStage
from procurement.tenders.models import Lot, OpeningEnvelope, Tender
from procurement.tenders.publication import PublicationFacts, objections_to_publishing
from procurement.tenders.queries import plannable_rounds

IN_EVALUATION = (
    TenderStage.OPENED,
    TenderStage.NEGOTIATION,
    TenderStage.EVALUATED,
    TenderStage.AWARD_DECIDED,
    TenderStage.STANDSTILL,
)


@dataclass(frozen=True, slots=True)
class OfficePage:
    """What the start page of an officer shows."""

    tasks: list[Task]
    with_others: list[Task]
    deadlines: list[Deadline]
    open_rounds: list[RoundFacts]


def office_page(account: Account) -> OfficePage:
    """Everything that waits for this officer or for colleagues, the next deadlines, and who has not answered."""
    now, today = clock.now(), clock.today()
    rounds, tenders = _rounds(), _running_tenders(account)
    plannable = plannable_rounds()
    tasks = [task for facts in rounds if (task := round_task(facts, now))]
    tasks += [planning_task(one.round.id, one.round.title, one.open_articles) for one in plannable]
    tasks += [task for facts, _row in tenders for task in tender_tasks(facts, account.id, now, today)]
    tasks += [run_task(facts, account.id) for facts in _waiting_runs()]
    tasks += matter_tasks(office_matters())
    due = dues(account)
    tasks += due_tasks(due, today)
    ordered = in_order(tasks)
    deadlines = [*_deadlines_of_rounds(rounds), *_deadlines_of_tenders(row for _facts, row in tenders)]
    deadlines += [due_deadline(one) for one in due] + _deadlines_of_bids(facts for facts, _row in tenders)
    return OfficePage(
        mine(ordered),
        with_others(ordered),
        upcoming(deadlines, now, today),
        [facts for facts in rounds if facts.state is RoundState.OPEN],
    )


def _rounds() -> list[RoundFacts]:
    """Rounds that are not closed, by deadline, with the names of those who have not answered."""
    query = (
        sa.select(DemandRound, Demand.state, Member.name)
        .outerjoin(Demand, Demand.round_id == DemandRound.id)
        .outerjoin(Member, Member.id == Demand.member_id)
        .where(DemandRound.state != RoundState.CLOSED)
        .order_by(DemandRound.deadline_at, DemandRound.id, Member.sort_key, Member.key)
    )
    found: dict[DemandRound, list[tuple[Any, str]]] = {}
    for round_, state, name in db.session.execute(query):
        answers = found.setdefault(round_, [])
        if name is not None:
            answers.append((state, name))
    return [
        RoundFacts(
            round_.id,
            round_.reference,
            round_.title,
            round_.state,
            round_.deadline_at,
            len(answers),
            tuple(name for state, name in answers if state in UNANSWERED),
        )
        for round_, answers in found.items()
    ]


def _running_tenders(account: Account) -> list[tuple[TenderFacts, Tender]]:
    """Tenders in which something remains to be done, with what decides who does it."""
    allocated = sa.exists().where(AllocationRun.tender_id == Tender.id, AllocationRun.state != RunState.DISCARDED)
    is_named = sa.exists().where(
        OpeningEnvelope.tender_id == Tender.id,
        sa.or_(OpeningEnvelope.first_account_id == account.id, OpeningEnvelope.second_account_id == account.id),
    )
    query = (
        sa.select(Tender, is_named, BidOpening.first_by_id, Account.name)
        .outerjoin(BidOpening, sa.and_(BidOpening.tender_id == Tender.id, BidOpening.round_number == 1))
        .outerjoin(Account, Account.id == BidOpening.first_by_id)
        .where(Tender.stage != TenderStage.CANCELLED)
        .where(sa.or_(Tender.stage != TenderStage.AWARDED, ~allocated))
        .options(defer(Tender.frozen_content), defer(Tender.description), defer(Tender.opening_public_key))
        .order_by(Tender.id)
    )
    rows = db.session.execute(query).all()
    planned = publication_facts([row[0] for row in rows if row[0].stage is TenderStage.PLANNED])
    is_any_opened = any(row[0].stage in IN_EVALUATION for row in rows)
    lots, work = (_lots(), bid_work(account)) if is_any_opened else ({}, {})
    found = []
    for tender, is_named_here, first_by_id, first_by_name in rows:
        facts = TenderFacts(
            id=tender.id,
            title=tender.title,
            stage=tender.stage,
            bid_deadline_at=tender.bid_deadline_at,
            is_named=is_named_here,
            first_by_id=first_by_id,
            first_by_name=first_by_name or "",
            lots=lots.get(tender.id, ()),
            procedure_type=tender.procedure_type,
            work=work.get(tender.id, BidWork()),
        )
        found.append((_with_publication(facts, planned.get(tender.id)), tender))
    return found


def _with_publication(facts: TenderFacts, planned: PublicationFacts | None) -> TenderFacts:
    """What keeps a planned tender from publication, and who has not confirmed to take part."""
    if planned is None:
        return facts
    objections = tuple(objection.text for objection in objections_to_publishing(planned))
    return replace(facts, objections=objections, participation=planned.participation)


def _lots() -> dict[int, list[LotFacts]]:
    """The lots of all tenders between opening and award, each with its run and its decision."""
    proposer = aliased(Account)
    is_evaluated = sa.exists().where(EvaluationRun.lot_id == Lot.id)
    columns = (AwardDecision.state, AwardDecision.proposed_by_id, sa.func.coalesce(proposer.name, ""))
    standing = sa.and_(AwardDecision.lot_id == Lot.id, AwardDecision.state.in_(STANDING))
    query = (
        sa.select(Lot.tender_id, Lot.number, is_evaluated, *columns)
        .join(Tender, Tender.id == Lot.tender_id)
        .outerjoin(AwardDecision, standing)
        .outerjoin(proposer, proposer.id == AwardDecision.proposed_by_id)
        .where(Tender.stage.in_(IN_EVALUATION))
        .order_by(Lot.tender_id, Lot.number)
    )
    found: dict[int, list[LotFacts]] = {}
    for row in db.session.execute(query):
        found.setdefault(row[0], []).append(LotFacts(*row[1:]))
    return found


def _waiting_runs() -> list[RunFacts]:
    """Allocations that are not approved yet, or approved and not issued."""
    is_issued = sa.exists().where(IssuedDocument.run_id == AllocationRun.id)
    waits_for_paper = sa.and_(AllocationRun.state == RunState.APPROVED, ~is_issued)
    query = (
        sa.select(
            AllocationRun.id,
            Tender.title,
            AllocationRun.number,
            AllocationRun.state,
            AllocationRun.prepared_by_id,
            Account.name,
        )
        .join(Tender, Tender.id == AllocationRun.tender_id)
        .join(Account, Account.id == AllocationRun.prepared_by_id)
        .where(sa.or_(AllocationRun.state.in_(OPEN_STATES), waits_for_paper))
        .order_by(AllocationRun.id)
    )
    return [RunFacts(*row) for row in db.session.execute(query)]


def _deadlines_of_rounds(rounds: Iterable[RoundFacts]) -> list[Deadline]:
    return [
        _at("Bedarf melden", facts.title, facts.deadline_at, "demand.show", round_id=facts.id)
        for facts in rounds
        if facts.state is RoundState.OPEN
    ]


def _deadlines_of_tenders(tenders: Iterable[Tender]) -> list[Deadline]:
    """Bidders' deadlines while a tender is published, and until the award how long bidders are bound."""
    found = []
    for tender in tenders:
        if tender.stage is TenderStage.PUBLISHED:
            moments = [("Bieterfragen", tender.question_deadline_at), ("Angebotsfrist", tender.bid_deadline_at)]
            found += [
                _at(what, tender.title, at, "tenders.show", tender_id=tender.id)
                for what, at in moments
                if at is not None
            ]
        if tender.published_at and tender.bid_validity_end_on and tender.stage is not TenderStage.AWARDED:
            on, values = tender.bid_validity_end_on, {"tender_id": tender.id}
            found.append(Deadline("Bindefrist", tender.title, on, None, "tenders.show", values))
    return found


def _deadlines_of_bids(tenders: Iterable[TenderFacts]) -> list[Deadline]:
    """The running negotiated round, and the first day on which an award may be made."""
    found = []
    for facts in tenders:
        work, values = facts.work, {"tender_id": facts.id}
        if work.round_deadline_at is not None:
            name = f"Angebotsfrist der Runde {work.round_number}"
            found.append(_at(name, facts.title, work.round_deadline_at, "bids.negotiation_rounds", **values))
        if work.earliest_on is not None and facts.stage is TenderStage.STANDSTILL:
            what = "Zuschlag frühestens (Ende der Stillhaltefrist)"
            found.append(Deadline(what, facts.title, work.earliest_on, None, "awarding.show", values))
    return found


def _at(what: str, title: str, at: datetime, endpoint: str, **values: int) -> Deadline:
    return Deadline(what, title, clock.in_berlin(at).date(), at, endpoint, values)
