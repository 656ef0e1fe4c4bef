"""Tenders as later steps need them, made by the same actions as the pages; a test states only lots, members or method.

``published_tender()`` has one lot with two lines for three members and can be opened by two officers. Its bid deadline
is 35 days away at 12:00 in Berlin; move the hand of the clock or use ``clock.at`` to pass it.
"""

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

import sqlalchemy as sa

from procurement.core import clock
from procurement.core.db import db
from procurement.demand.entries import ArticleEntry
from procurement.demand.models import DemandRound
from procurement.members.models import Account, Member
from procurement.tenders import (
    actions,
    actions_bill,
    actions_participation,
    actions_price_terms,
    actions_publication,
    actions_scoring,
    lifecycle,
    queries_participation,
    queries_publication,
)
from procurement.tenders.criteria_entries import CriterionEntry
from procurement.tenders.entries import JointLineEntry, TenderEntry
from procurement.tenders.kinds import ProcedureType, TenderStage, TieRule
from procurement.tenders.models import Lot, LotItem, Tender
from procurement.tenders.participation import Confirmation, Mandate
from procurement.tenders.price_terms import NOTHING_ANNOUNCED
from procurement.tenders.scoring_setup import METHODS
from procurement.tenders.timetable import Deadlines
from procurement.values.money import UnitPrice
from procurement.values.payment import Nature
from procurement.values.quantity import Quantity
from tests.factories import demand
from tests.factories import members as make

_numbers = itertools.count(1)
DAYS_TO_BID = 35


@dataclass(frozen=True, slots=True)
class Wish:
    """An article and what each member needs of it, in the order of the members; estimate net per unit."""

    number: str
    title: str
    quantities: Sequence[int | str]
    estimate: str | None = "100.00"
    unit: str = "Stück"
    nature: Nature = Nature.ONE_OFF
    cpv: str = "32420000"


LotPlan = tuple[str, Sequence[Wish]]
# Firewall clusters 4 × 1,000.00 and licences 40 × 50.00: estimated at 6,000.00 net
ONE_LOT: tuple[LotPlan, ...] = (
    (
        "Firewall",
        (
            Wish("FW-1", "Firewall-Cluster", (2, 1, 1), "1000.00"),
            Wish("FW-2", "UTM-Lizenz", (10, 20, 10), "50.00", unit="Lizenz"),
        ),
    ),
)
CRITERIA = (
    CriterionEntry("K1", "Leistung", weight_percent="60"),
    CriterionEntry("K2", "Service", weight_percent="40"),
)


def closed_round(wishes: Sequence[Wish], members: Sequence[Member], officer: Account) -> DemandRound:
    """A closed round in which every member asked for its quantities; zero means the member reported nothing of it."""
    articles = [
        ArticleEntry(w.number, w.title, w.unit, w.nature, "", w.cpv, UnitPrice.of(w.estimate) if w.estimate else None)
        for w in wishes
    ]
    amounts = [
        (member, {w.number: w.quantities[place] for w in wishes if Quantity.of(w.quantities[place])})
        for place, member in enumerate(members)
    ]
    return demand.closed_round(amounts, articles, officer=officer)


def entry(**details: object) -> TenderEntry:
    """What is typed about a tender; the procedure starts today."""
    number = next(_numbers)
    typed = {
        "reference": f"V-{number:04}",
        "title": f"Ausschreibung {number}",
        "description": "",
        "procedure_type": ProcedureType.OPEN,
        "procedure_started_on": clock.today(),
    }
    return TenderEntry(**(typed | details))


def planned_tender(
    lots: Sequence[LotPlan] = ONE_LOT,
    members: Sequence[Member] = (),
    *,
    officer: Account | None = None,
    **details: object,
) -> Tender:
    """A planned tender with lots, lines and every member's share; members are made when none are given.

    ``details`` are fields of the entry, such as title or procedure_type.
    """
    officer = officer or make.officer()
    members = list(members) or [make.member() for _ in lots[0][1][0].quantities]
    round_ = closed_round([wish for _, wishes in lots for wish in wishes], members, officer)
    tender = actions.plan(entry(**details), round_, by=officer)
    first = tender.lots[0]
    actions_bill.rename_lot(first, lots[0][0], by=officer)
    for title, wishes in lots[1:]:
        lot = actions_bill.add_lot(tender, title, by=officer)
        for wish in wishes:
            actions_bill.move_line(line_of(tender, wish.number), lot, by=officer)
    db.session.flush()
    db.session.expire(tender)
    return tender


def line_of(tender: Tender, number: str) -> LotItem:
    """The line with this number."""
    query = sa.select(LotItem).join(Lot).where(Lot.tender_id == tender.id, LotItem.number == number)
    return db.session.scalars(query).one()


def deadlines(days: int = DAYS_TO_BID) -> Deadlines:
    """Questions a week before the bids, bids at 11:00 UTC (12:00 in Berlin in winter), bids valid for 60 days."""
    bids = clock.now().replace(hour=11, minute=0) + timedelta(days=days)
    return Deadlines(bids - timedelta(days=7), bids, bids.date() + timedelta(days=60))


def joint_line(number: str = "G-1", **details: object) -> JointLineEntry:
    """A line nobody asked for, with its reason."""
    typed = {
        "title": "Projektleitung",
        "unit": "Tag",
        "quantity": Quantity.of(5),
        "nature": Nature.ONE_OFF,
        "estimate_net": UnitPrice.of("900.00"),
        "reason": "Einführung wird gemeinsam gesteuert.",
    }
    return JointLineEntry(number=number, **(typed | details))


def ready_tender(
    lots: Sequence[LotPlan] = ONE_LOT,
    members: Sequence[Member] = (),
    *,
    officer: Account | None = None,
    method: str = "simple_ratio",
    parameters: Mapping[str, str] | None = None,
    criteria: Sequence[CriterionEntry] | None = None,
    **details: object,
) -> Tender:
    """A planned tender that lacks nothing for publication but a second officer; no criteria for the lowest price.

    ``details`` may hold tie_rule, price_terms and variants; the rest are fields of the entry.
    """
    officer, tie_rule = officer or make.officer(), details.pop("tie_rule", TieRule.NONE)
    price_terms, variants = details.pop("price_terms", None), details.pop("variants", None)
    tender = planned_tender(lots, members, officer=officer, **details)
    if criteria is None:
        criteria = () if method == "lowest_price" else CRITERIA
    actions_scoring.set_criteria(tender, criteria, by=officer)
    actions_scoring.set_method(tender, METHODS[method], parameters or {}, tie_rule, by=officer)
    if price_terms or variants:
        actions_price_terms.set_price_terms(tender, price_terms or NOTHING_ANNOUNCED, variants, by=officer)
    actions.set_deadlines(tender, deadlines(), by=officer)
    actions_publication.estimate_value(tender, by=officer)
    confirm_all(tender)
    return tender


def confirmation(**details: object) -> Confirmation:
    """What is entered when a member takes part bindingly, with the signed document."""
    typed = {"on": clock.today(), "scope": "Teilnahme mit den gemeldeten Mengen", "document": mandate()}
    return Confirmation(**(typed | details))


def mandate(name: str = "Vollmacht.pdf", content: bytes = b"%PDF-1.7 unterschrieben") -> Mandate:
    """A signed document as it was sent."""
    return Mandate(name, content)


def confirm_all(tender: Tender) -> Tender:
    """Let every member take part bindingly that has not confirmed yet; entered by whoever planned the tender."""
    officer = db.session.get(Account, tender.created_by_id)
    for participant in queries_participation.participants(tender.id):
        if participant.confirmed_at is None:
            actions_participation.confirm_on_behalf(participant, confirmation(), by=officer)
    return tender


def published_tender(
    lots: Sequence[LotPlan] = ONE_LOT,
    members: Sequence[Member] = (),
    officers: Sequence[Account] = (),
    **details: object,
) -> Tender:
    """A published tender whose bids any two active officers can open; two officers are made when none are given.

    ``details`` are those of :func:`ready_tender`: method, parameters, criteria, tie_rule, title and the like.
    """
    officers = list(officers) or [make.officer(), make.officer()]
    tender = ready_tender(lots, members, officer=officers[0], **details)
    return actions_publication.publish(tender, by=officers[0])


def tender_at(stage: TenderStage, tender: Tender, by: Account) -> Tender:
    """Walk a published tender along the table to a stage, at its bid deadline and without what later features do."""
    for step in lifecycle.PATH[lifecycle.PATH.index(tender.stage) + 1 : lifecycle.PATH.index(stage) + 1]:
        with clock.at(max(clock.now(), tender.bid_deadline_at)):
            actions.advance(tender, step, by=by)
    return tender


def is_as_published(tender: Tender) -> bool:
    """Whether nothing below the tender changed since publication."""
    return queries_publication.verify_frozen(tender).is_unchanged
