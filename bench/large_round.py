"""Rounds as large as they come, made from a fixed seed through the tables themselves; their sums are kept beside."""

import random
from dataclasses import dataclass
from datetime import timedelta

import sqlalchemy as sa

from procurement.core import clock
from procurement.core.db import db
from procurement.demand.models import Article, Demand, DemandItem, DemandRound
from procurement.demand.states import DemandState, RoundState
from procurement.members.kinds import MemberKind, PopulationBasis
from procurement.members.models import Member
from procurement.values.money import Money, UnitPrice
from procurement.values.payment import Nature
from procurement.values.quantity import Quantity

SEED = 20261123
LARGEST_AMOUNT = 400
LARGEST_CENTS = 500_000


@dataclass(frozen=True, slots=True)
class LargeRound:
    """A round with the figures its pages must show: members by name, expected quantities and value of everything."""

    round_id: int
    member_names: tuple[str, ...]
    items: int
    expected: Quantity
    value_net: Money


def open_round(created_by_id: int, members: int, articles: int, density: float) -> LargeRound:
    """An open round in which each member submitted a demand for a share of the articles; whole units, whole cents."""
    chance = random.Random(SEED)  # noqa: S311 - the same figures every time are the point
    round_ = _round(created_by_id, "B-2026-90", articles)
    prices = _articles(round_.id, articles, chance)
    names = _members(members)
    _demands(round_.id, DemandState.SUBMITTED)
    items = _items(round_.id, density, chance)
    return LargeRound(
        round_id=round_.id,
        member_names=names,
        items=len(items),
        expected=Quantity.total(amount for _article_id, amount in items),
        value_net=Money.total(prices[article_id].times(amount) for article_id, amount in items),
    )


def long_round(created_by_id: int, articles: int) -> DemandRound:
    """An open round of many articles that one member has not answered yet."""
    round_ = _round(created_by_id, "B-2026-91", articles)
    _articles(round_.id, articles, random.Random(SEED))  # noqa: S311 - see above
    member_id = db.session.scalar(sa.select(Member.id).order_by(Member.key).limit(1))
    db.session.add(Demand(round_id=round_.id, member_id=member_id))
    db.session.flush()
    return round_


def close(round_id: int) -> None:
    """Freeze everything that was submitted, so that lines can be made of it."""
    frozen = sa.update(Demand).where(Demand.round_id == round_id).values(state=DemandState.FROZEN)
    db.session.execute(frozen)
    closed = sa.update(DemandRound).where(DemandRound.id == round_id)
    db.session.execute(closed.values(state=RoundState.CLOSED, closed_at=clock.now()))


def _round(created_by_id: int, reference: str, articles: int) -> DemandRound:
    now = clock.now()
    made = DemandRound(
        reference=reference,
        title=f"Messung mit {articles} Artikeln",
        description="",
        state=RoundState.OPEN,
        deadline_at=now + timedelta(days=18),
        opened_at=now,
        created_by_id=created_by_id,
    )
    db.session.add(made)
    db.session.flush()
    return made


def _articles(round_id: int, count: int, chance: random.Random) -> dict[int, UnitPrice]:
    """Add the articles; return their planning prices."""
    rows = [
        {
            "round_id": round_id,
            "position": number,
            "number": f"A-{number:05}",
            "title": f"Artikel {number} mit einer Bezeichnung üblicher Länge",
            "category": f"Warengruppe {number % 20}",
            "unit": "Stück",
            "nature": Nature.ONE_OFF,
            "planning_price_net": UnitPrice(chance.randint(1, LARGEST_CENTS) * 10_000),
        }
        for number in range(1, count + 1)
    ]
    db.session.execute(sa.insert(Article), rows)
    query = sa.select(Article.id, Article.planning_price_net).filter_by(round_id=round_id)
    return {article_id: price for article_id, price in db.session.execute(query) if price is not None}


def _members(count: int) -> tuple[str, ...]:
    names = tuple(f"Mitglied {number:04}" for number in range(1, count + 1))
    rows = [
        {
            "key": f"059{number:05}",
            "name": name,
            "sort_key": name.casefold(),
            "kind": MemberKind.MUNICIPALITY,
            "population_basis": PopulationBasis.OWN,
        }
        for number, name in enumerate(names, start=1)
    ]
    db.session.execute(sa.insert(Member), rows)
    return names


def _demands(round_id: int, state: DemandState) -> None:
    members = db.session.scalars(sa.select(Member.id))
    submitted = {"round_id": round_id, "state": state, "revision": 1, "submitted_at": clock.now()}
    db.session.execute(sa.insert(Demand), [{**submitted, "member_id": member_id} for member_id in members])


def _items(round_id: int, density: float, chance: random.Random) -> list[tuple[int, Quantity]]:
    """Add the items; return article and expected quantity of each."""
    demands = db.session.scalars(sa.select(Demand.id).filter_by(round_id=round_id)).all()
    articles = db.session.scalars(sa.select(Article.id).filter_by(round_id=round_id)).all()
    rows, items = [], []
    for demand_id in demands:
        for article_id in chance.sample(articles, round(len(articles) * density)):
            amount = chance.randint(1, LARGEST_AMOUNT)
            minimum, expected, maximum = (Quantity.of(part) for part in (amount // 2, amount, amount * 2))
            quantities = {"minimum": minimum, "expected": expected, "maximum": maximum}
            rows.append({"demand_id": demand_id, "article_id": article_id, **quantities})
            items.append((article_id, expected))
    db.session.execute(sa.insert(DemandItem), rows)
    return items
