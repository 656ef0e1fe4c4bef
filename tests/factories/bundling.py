"""Tenders for bundling: differently worded articles of one round, some paid per month, late reports of members."""

from collections.abc import Mapping, Sequence

from procurement.core.db import db
from procurement.demand import queries as demand_queries
from procurement.demand.aggregation import MemberRequest
from procurement.demand.entries import ArticleEntry
from procurement.demand.models import Article, Demand, DemandItem, DemandRound
from procurement.members.models import Account, Member
from procurement.tenders import actions, queries_bill
from procurement.tenders.models import LotItem, Tender
from procurement.values.money import UnitPrice
from procurement.values.payment import ContractTerm, Nature, Period
from procurement.values.quantity import Quantity
from tests.factories import demand, tenders
from tests.factories import members as make

TERM = ContractTerm(48)
PIECES = ArticleEntry("A1", "SFP-Modul 10G", "Stück", Nature.ONE_OFF, "Netz", "32420000-3", UnitPrice.of(25))
PACKS = ArticleEntry("A2", "SFP-Module 10G, 10er-Pack", "Pack", Nature.ONE_OFF, "Netz", "32420000-3", UnitPrice.of(240))
HALVES = ArticleEntry("A3", "SFP+ Modul 10 GBit", "Stück", Nature.ONE_OFF, "Module", "32423000-4", None)
USERS = ArticleEntry("P1", "Passwortverwaltung", "Nutzer/Monat", Nature.RECURRING, "Software", "48730000-4",
                     UnitPrice.of(3), period=Period.MONTH)  # fmt: skip
USERS_YEARLY = ArticleEntry("P2", "Passwort-Manager", "Nutzer/Jahr", Nature.RECURRING, "Software", "48730000-4",
                            UnitPrice.of(30), period=Period.YEAR)  # fmt: skip
# What Ahaus, Borken and Laer need of each: zero means that the member did not report it.
WISHES: Mapping[ArticleEntry, Sequence[int | str]] = {
    PIECES: (4, 0, "2.5"),
    PACKS: (1, 3, 0),
    HALVES: (0, 6, 2),
    USERS: (40, 0, 10),
    USERS_YEARLY: (0, 25, 0),
}


def closed_round(
    wishes: Mapping[ArticleEntry, Sequence[int | str]] = WISHES, members: Sequence[Member] = (), *, officer: Account
) -> DemandRound:
    """A closed round with these articles; Ahaus, Borken and Laer answer unless other members are given."""
    members = list(members) or [make.member(name) for name in ("Ahaus", "Borken", "Laer")]
    amounts = [
        (member, {article.number: each[place] for article, each in wishes.items() if Quantity.of(each[place])})
        for place, member in enumerate(members)
    ]
    return demand.closed_round(amounts, list(wishes), officer=officer)


def planned(
    wishes: Mapping[ArticleEntry, Sequence[int | str]] = WISHES,
    members: Sequence[Member] = (),
    *,
    officer: Account | None = None,
    term: ContractTerm = TERM,
    **details: object,
) -> Tender:
    """A planned tender with one line per article, over 48 months."""
    officer = officer or make.officer()
    round_ = closed_round(wishes, members, officer=officer)
    return actions.plan(tenders.entry(term=term, **details), round_, by=officer)


def line(tender: Tender, number: str) -> LotItem:
    """The line with this number."""
    return tenders.line_of(tender, number)


def numbers(tender: Tender) -> set[str]:
    """The numbers of all lines."""
    return queries_bill.line_numbers(tender.id)


def quantities(tender: Tender) -> dict[str, str]:
    """Every line with its quantity as text."""
    return {number: str(line(tender, number).quantity) for number in sorted(numbers(tender))}


def shares(of: LotItem) -> dict[str, str]:
    """Member name to quantity in the line's unit, several parts of one member added."""
    found: dict[str, Quantity] = {}
    for share in queries_bill.shares_of([of.id]).get(of.id, []):
        found[share.member_name] = found.get(share.member_name, Quantity(0)) + share.quantity
    return {name: str(quantity) for name, quantity in found.items()}


def late(tender: Tender, member_name: str, article_number: str, quantity: int | str) -> MemberRequest:
    """A member's late report of an article, stored in its demand and not yet in the tender."""
    assert tender.round_id
    article = next(a for a in demand_queries.articles_of(tender.round_id) if a.number == article_number)
    answer = next(d for d in tender.round.demands if d.member.name == member_name)
    return late_item(answer, article, Quantity.of(quantity))


def late_item(answer: Demand, article: Article, amount: Quantity) -> MemberRequest:
    """An item of a demand as the request that a tender takes in."""
    item = DemandItem(demand_id=answer.id, article_id=article.id, minimum=amount, expected=amount, maximum=amount)
    db.session.add(item)
    db.session.flush()
    member = answer.member
    return MemberRequest(item.id, article.id, member.id, member.key, member.name, amount, amount, amount)
