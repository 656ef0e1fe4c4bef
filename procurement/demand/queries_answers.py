"""One member's answer: its items, what it needed last time, and whom to ask."""

from collections.abc import Sequence

import sqlalchemy as sa

from procurement.core.db import db
from procurement.demand.aggregation import RequestedArticle
from procurement.demand.entries import ItemEntry
from procurement.demand.models import Article, Demand, DemandItem, DemandRound
from procurement.demand.queries import requested_articles
from procurement.demand.states import DemandState
from procurement.members.models import Account
from procurement.values.quantity import Quantity

LastRow = sa.Row[str, str, Quantity, Quantity, Quantity, str, str]
QUANTITIES = (DemandItem.minimum, DemandItem.expected, DemandItem.maximum)


def articles_for(demand: Demand) -> list[RequestedArticle]:
    """The articles this demand may answer: the round's, and its member's own wishes; never another member's."""
    return requested_articles(demand.round_id, member_id=demand.member_id)


def items_of(demand: Demand) -> dict[int, DemandItem]:
    """The stored items of a demand by article."""
    return {item.article_id: item for item in db.session.scalars(sa.select(DemandItem).filter_by(demand_id=demand.id))}


def entries_of(demand: Demand) -> dict[int, ItemEntry]:
    """The stored items of a demand by article, as values."""
    details = (DemandItem.site, DemandItem.start_on, DemandItem.budget_account, DemandItem.is_taken_over)
    columns = (DemandItem.article_id, *QUANTITIES, DemandItem.note, *details)
    rows = db.session.execute(sa.select(*columns).where(DemandItem.demand_id == demand.id))
    return {row.article_id: ItemEntry(*row) for row in rows}


def maxima_of(demand: Demand) -> list[Quantity]:
    """The largest quantities of a demand's items: any above zero makes it a demand."""
    return list(db.session.scalars(sa.select(DemandItem.maximum).filter_by(demand_id=demand.id)))


def last_figures(demand: Demand) -> dict[str, Quantity]:
    """What the member needed of the same article numbers in its latest closed round, by article number and unit."""
    return {f"{row.number} {row.unit}": row.expected for row in _last_rows(demand)}


def last_items(demand: Demand) -> dict[int, ItemEntry]:
    """The same by article of this demand, with all three quantities, site and budget account."""
    last = {(row.number, row.unit): row for row in _last_rows(demand)}
    found = {}
    for article in articles_for(demand):
        row = last.get((article.number, article.unit))
        if row is not None and article.wished_by_id is None:
            quantities = (row.minimum, row.expected, row.maximum)
            found[article.article_id] = ItemEntry(
                article.article_id, *quantities, site=row.site, budget_account=row.budget_account
            )
    return found


def _last_rows(demand: Demand) -> Sequence[LastRow]:
    """Frozen items of earlier rounds, oldest first; a wish has a number of its own in each round and is left out."""
    query = (
        sa.select(Article.number, Article.unit, *QUANTITIES, DemandItem.site, DemandItem.budget_account)
        .join(DemandItem, DemandItem.article_id == Article.id)
        .join(Demand, Demand.id == DemandItem.demand_id)
        .join(DemandRound, DemandRound.id == Article.round_id)
        .where(Demand.member_id == demand.member_id, Demand.state == DemandState.FROZEN, Demand.id != demand.id)
        .where(DemandRound.closed_at < (demand.round.opened_at or demand.round.deadline_at))
        .where(Article.wished_by_id.is_(None))
        .order_by(DemandRound.closed_at)
    )
    return db.session.execute(query).all()


def contact_of(round_: DemandRound) -> str:
    """Whom a member asks about a round: the person who made it."""
    person = db.session.get(Account, round_.created_by_id)
    return f"die Vergabestelle ({person.name}, {person.email})" if person else "die Vergabestelle"
