"""Reading late members: who was asked and confirmed, what its demand would change, and the own case for its lead."""

from dataclasses import dataclass, replace

import sqlalchemy as sa

from procurement.core import clock
from procurement.core.db import db
from procurement.core.errors import NotFound
from procurement.demand.aggregation import MemberRequest, RequestedArticle
from procurement.demand.models import Demand
from procurement.demand.queries_totals import requests_of
from procurement.demand.states import DemandState
from procurement.members.models import Account, Member
from procurement.tenders import late_members, queries_places, queries_versions
from procurement.tenders.models import Participant, Tender
from procurement.tenders.models_published import LateMember
from procurement.tenders.queries_changes import tenders_of
from procurement.tenders.queries_places import Growth
from procurement.tenders.queries_versions import ChangeEffect
from procurement.values.objection import Objection


@dataclass(frozen=True, slots=True)
class OwnRequest:
    """One row of a late member's own demand."""

    article: RequestedArticle
    request: MemberRequest


def late_members_of(tender_id: int) -> list[LateMember]:
    """Everybody who was asked after publication, in the order of asking."""
    query = sa.select(LateMember).filter_by(tender_id=tender_id).order_by(LateMember.id)
    return list(db.session.scalars(query))


def late_member_of(tender: Tender, member_id: int) -> LateMember:
    """One member's case in this tender."""
    found = db.session.scalar(sa.select(LateMember).filter_by(tender_id=tender.id, member_id=member_id))
    if found is None:
        raise NotFound
    return found


def own_late_member(account: Account, tender_id: int, member_id: int) -> LateMember:
    """The case of a member the account acts for; :class:`NotFound` for any other."""
    found = db.session.scalar(sa.select(LateMember).filter_by(tender_id=tender_id, member_id=member_id))
    if found is None or found.member_id not in account.member_ids:
        raise NotFound
    return found


def asked_late(account: Account) -> list[LateMember]:
    """Where members of the account were asked to come in and are not added yet."""
    query = sa.select(LateMember).where(LateMember.member_id.in_(account.member_ids))
    open_ = query.where(LateMember.added_by_version_id.is_(None))
    return list(db.session.scalars(open_.order_by(LateMember.confirmed_at.is_not(None), LateMember.id.desc())))


def objections_to_time(tender: Tender) -> list[Objection]:
    """Why no member can come into this tender at this moment."""
    return late_members.objections_to_time(tender.stage, clock.now(), tender.published_at, tender.bid_deadline_at)


def members_to_ask(tender: Tender) -> list[Member]:
    """Active members that neither take part nor were asked, in the German alphabet."""
    inside = sa.select(Participant.member_id).filter_by(tender_id=tender.id)
    asked = sa.select(LateMember.member_id).filter_by(tender_id=tender.id)
    query = sa.select(Member).where(Member.id.not_in(inside), Member.id.not_in(asked), Member.left_on.is_(None))
    return list(db.session.scalars(query.order_by(Member.sort_key, Member.key)))


def late_demand_of(late: LateMember) -> Demand | None:
    """The demand this member reported late in the tender's round, as long as nobody decided about it."""
    query = sa.select(Demand).filter_by(round_id=late.tender.round_id, member_id=late.member_id, state=DemandState.LATE)
    return db.session.scalar(query) if late.tender.round_id else None


def own_requests(late: LateMember) -> list[OwnRequest]:
    """What the member reported late, article by article."""
    demand = late_demand_of(late)
    requests = requests_of(demand) if demand else []
    articles = {one.article_id: one for one in queries_places.articles_by_id({one.article_id for one in requests})}
    return [OwnRequest(articles[one.article_id], one) for one in requests]


def effect_of_adding(late: LateMember, *, takes_demand: bool) -> ChangeEffect:
    """Members, quantities, value and deadline if this member is added, with or without its late demand."""
    demand = late_demand_of(late) if takes_demand else None
    growth = _growth(late.tender, demand) if demand else Growth()
    return queries_versions.effect_of(
        late.tender,
        growth.changes,
        buyers=[late.member.name],
        new_lines=growth.new_lines,
        further=growth.objections,
    )


def _growth(tender: Tender, demand: Demand) -> Growth:
    """What the late demand does to the lines; demand that belongs to another tender of the round stops it."""
    requests = [request for request in requests_of(demand) if request.expected]
    growth = queries_places.growth_by(tender, requests)
    wanted = {request.article_id for request in requests}
    others = [one for one in tenders_of(demand.round_id) if one.id != tender.id and one.article_ids & wanted]
    elsewhere = [
        Objection(
            f"Ein Teil des nachgemeldeten Bedarfs gehört in die Ausschreibung {other.label}. Bitte das Mitglied ohne "
            "Mengen aufnehmen und über die Nachmeldung dort entscheiden.",
            "takes_demand",
        )
        for other in others
    ]
    return replace(growth, objections=(*growth.objections, *elsewhere))
