"""Demand rounds, articles and answers as tests need them, made by the same actions as the pages use.

Amounts are one figure (minimum = expected = maximum) or three: ``{"1.01": 5, "1.02": (4, 5, 8)}``.
"""

import itertools
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from procurement.core import clock
from procurement.demand import actions, actions_answers, queries
from procurement.demand.entries import ArticleEntry, ItemEntry, RoundEntry
from procurement.demand.models import Demand, DemandRound
from procurement.members.models import Account, Member
from procurement.values.money import UnitPrice
from procurement.values.payment import Nature
from procurement.values.quantity import Quantity
from tests.factories import members as make

Amounts = int | str | tuple[int | str, int | str, int | str]
_numbers = itertools.count(1)
DAYS_OPEN = 18


def article(
    number: str = "", title: str = "", *, unit: str = "Stück", price: str | None = "100.00",
    nature: Nature = Nature.ONE_OFF, cpv: str = "32420000-3",
) -> ArticleEntry:  # fmt: skip
    """An article to ask for; the price is net per unit, None for no planning price."""
    number = number or f"A{next(_numbers)}"
    planning_price = UnitPrice.of(price) if price else None
    return ArticleEntry(number, title or f"Artikel {number}", unit, nature, "", cpv, planning_price)


def round_with(
    articles: Iterable[ArticleEntry | str] = (),
    invited: Sequence[Member] = (),
    *,
    officer: Account | None = None,
    is_open: bool = True,
    deadline_at: datetime | None = None,
    title: str = "",
) -> DemandRound:
    """A round with these articles (entries, or just their numbers) and invited members; open unless not wanted."""
    officer, number = officer or make.officer(), next(_numbers)
    deadline = deadline_at or clock.now() + timedelta(days=DAYS_OPEN)
    entry = RoundEntry(f"B-{number:04}", title or f"Bedarfsrunde {number}", "", deadline)
    made = actions.create_round(entry, by=officer)
    for each in articles:
        actions.add_article(made, article(each) if isinstance(each, str) else each, by=officer)
    if invited:
        actions.invite(made, invited, by=officer)
    if is_open and invited:
        actions.open_round(made, by=officer)
    return made


def demand_of(round_: DemandRound, member: Member) -> Demand:
    """The member's demand in this round."""
    return next(demand for demand in round_.demands if demand.member_id == member.id)


def entries(round_: DemandRound, amounts: Mapping[str, Amounts]) -> list[ItemEntry]:
    """What a lead would type: article number to amounts."""
    ids = {each.number: each.id for each in queries.articles_of(round_.id)}
    return [ItemEntry(ids[number], *_three(amount)) for number, amount in amounts.items()]


def _three(amounts: Amounts) -> tuple[Quantity, Quantity, Quantity]:
    minimum, expected, maximum = amounts if isinstance(amounts, tuple) else (amounts, amounts, amounts)
    return Quantity.of(minimum), Quantity.of(expected), Quantity.of(maximum)


def draft(round_: DemandRound, member: Member, amounts: Mapping[str, Amounts], *, by: Account | None = None) -> Demand:
    """A saved draft of the member; the lead is made if none is given."""
    return actions_answers.save_draft(demand_of(round_, member), entries(round_, amounts), by=by or make.lead(member))


def submitted_demand(
    round_: DemandRound, member: Member, amounts: Mapping[str, Amounts], *, by: Account | None = None
) -> Demand:
    """A submitted demand of the member."""
    lead = by or make.lead(member)
    return actions_answers.submit(draft(round_, member, amounts, by=lead), by=lead)


def nil_demand(round_: DemandRound, member: Member, *, by: Account | None = None) -> Demand:
    """A report that the member needs nothing."""
    return actions_answers.report_nil(demand_of(round_, member), by=by or make.lead(member))


def closed_round(
    amounts: Sequence[tuple[Member, Mapping[str, Amounts]]],
    articles: Iterable[ArticleEntry | str] = (),
    *,
    officer: Account | None = None,
) -> DemandRound:
    """A closed round with one frozen demand per member; no amounts means "no demand".

    Articles that are not given are made from the numbers in ``amounts``.
    """
    officer = officer or make.officer()
    numbers = dict.fromkeys(number for _member, wanted in amounts for number in wanted)
    made = round_with(list(articles) or list(numbers), [member for member, _wanted in amounts], officer=officer)
    for member, wanted in amounts:
        if wanted:
            submitted_demand(made, member, wanted)
        else:
            nil_demand(made, member)
    return actions.close_round(made, by=officer)
