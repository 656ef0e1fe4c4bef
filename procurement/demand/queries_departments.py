"""Reading departments: a lead's requests with their answers, sums per article, and the request behind a link.

Guessing a link is hopeless with 256 bits, so wrong ones are not counted: a counter that strangers can fill would only
lock out a town hall behind one address.
"""

from dataclasses import dataclass
from typing import NoReturn

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager

from procurement.core import clock
from procurement.core.db import db
from procurement.core.errors import NotFound
from procurement.demand import queries_answers
from procurement.demand.departments import DepartmentSum, Part, department_sums
from procurement.demand.entries import ItemEntry
from procurement.demand.models import Demand, DepartmentItem, DepartmentRequest
from procurement.demand.models_departments import DepartmentTakeover
from procurement.members.queries import token_hash
from procurement.values.quantity import Quantity

NO_LONGER = (
    "Dieser Link gilt nicht oder nicht mehr. Bitte bitten Sie die Person, die ihn geschickt hat, um einen neuen."
)


@dataclass(frozen=True, slots=True)
class DepartmentOverview:
    """How many departments were asked and have answered, and the sums per article."""

    asked: int
    answered: int
    sums: dict[int, DepartmentSum]


def overview_of(demand: Demand) -> DepartmentOverview:
    """What the page of a demand says about its departments; revoked ones do not count."""
    open_ones = [request for request in requests_of(demand) if request.revoked_at is None]
    answered = sum(1 for request in open_ones if request.answered_at is not None)
    return DepartmentOverview(len(open_ones), answered, sums_of(demand))


def requests_of(demand: Demand) -> list[DepartmentRequest]:
    """Everybody who was asked for this demand, by department; revoked requests too."""
    query = sa.select(DepartmentRequest).filter_by(demand_id=demand.id)
    return list(db.session.scalars(query.order_by(DepartmentRequest.department, DepartmentRequest.id)))


def request_of(demand: Demand, request_id: int) -> DepartmentRequest:
    """One request of this demand, or :class:`NotFound`."""
    found = db.session.scalar(sa.select(DepartmentRequest).filter_by(demand_id=demand.id, id=request_id))
    return found or _missing()


def request_by_token(token: str) -> DepartmentRequest:
    """The request behind a link; an unknown, revoked or expired one answers alike."""
    query = (
        sa.select(DepartmentRequest)
        .join(DepartmentRequest.demand)
        .options(contains_eager(DepartmentRequest.demand))
        .where(DepartmentRequest.token_hash == token_hash(token))
    )
    found = db.session.scalar(query)
    if found is None or found.revoked_at is not None or found.expires_at <= clock.now():
        raise NotFound(NO_LONGER)
    return found


def _missing() -> NoReturn:
    raise NotFound


def entries_of(request: DepartmentRequest) -> dict[int, ItemEntry]:
    """What this department has reported, by article."""
    columns = (DepartmentItem.article_id, DepartmentItem.minimum, DepartmentItem.expected, DepartmentItem.maximum)
    rows = db.session.execute(sa.select(*columns, DepartmentItem.note).where(DepartmentItem.request_id == request.id))
    return {row.article_id: ItemEntry(*row) for row in rows}


def parts_of(demand: Demand) -> dict[int, list[Part]]:
    """Per article what each department reported, in the order of the departments; revoked ones do not count."""
    columns = (DepartmentItem.minimum, DepartmentItem.expected, DepartmentItem.maximum, DepartmentItem.note)
    query = (
        sa.select(DepartmentItem.article_id, DepartmentRequest.department, *columns)
        .join(DepartmentRequest, DepartmentRequest.id == DepartmentItem.request_id)
        .where(DepartmentRequest.demand_id == demand.id, DepartmentRequest.revoked_at.is_(None))
        .order_by(DepartmentRequest.department, DepartmentRequest.id)
    )
    found: dict[int, list[Part]] = {}
    for row in db.session.execute(query):
        found.setdefault(row.article_id, []).append(Part(*row[1:]))
    return found


def takeovers_of(demand: Demand) -> dict[int, DepartmentTakeover]:
    """What was taken over before, by article."""
    query = sa.select(DepartmentTakeover).filter_by(demand_id=demand.id)
    return {taken.article_id: taken for taken in db.session.scalars(query)}


def sums_of(demand: Demand) -> dict[int, DepartmentSum]:
    """The departments' sums by article, beside what was taken over and what is entered."""
    taken: dict[int, tuple[Quantity, Quantity, Quantity]] = {
        article_id: (one.minimum, one.expected, one.maximum) for article_id, one in takeovers_of(demand).items()
    }
    return department_sums(parts_of(demand), taken, queries_answers.entries_of(demand))
