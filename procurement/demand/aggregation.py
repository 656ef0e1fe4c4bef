"""From what many members need to one line per article, with every member's quantity kept inside.

A line proves its own sums when it is made: whoever holds a line can rely on them. The estimate adds the rounded amounts
of the members instead of rounding the total, so that the sums of articles and of members are the same to the cent.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from procurement.values.money import Money, UnitPrice
from procurement.values.payment import Nature, Period, cost
from procurement.values.quantity import Quantity

ONCE = Fraction(1)


class SumDiffers(ValueError):
    """The quantities of a line do not add up to its totals, or a request fits no line."""


@dataclass(frozen=True, slots=True)
class RequestedArticle:
    """The article of a line; ``planning_price_net`` per unit binds nobody.

    ``periods`` is how often a price is paid in the round's full term: once without a period, nothing while the term of
    a price per month or year is not known.
    """

    article_id: int
    number: str
    title: str
    unit: str
    nature: Nature
    category: str = ""
    cpv: str = ""
    planning_price_net: UnitPrice | None = None
    explanation: str = ""
    period: Period = Period.NONE
    price_from_net: UnitPrice | None = None
    price_to_net: UnitPrice | None = None
    wished_by_id: int | None = None
    periods: Fraction | None = ONCE


@dataclass(frozen=True, slots=True)
class MemberRequest:
    """One member's quantities of one article."""

    demand_item_id: int
    article_id: int
    member_id: int
    member_key: str
    member_name: str
    minimum: Quantity
    expected: Quantity
    maximum: Quantity
    note: str = ""


@dataclass(frozen=True, slots=True)
class AggregatedLine:
    """One article with the requests of all members and their proven totals."""

    article: RequestedArticle
    requests: tuple[MemberRequest, ...]
    minimum: Quantity
    expected: Quantity
    maximum: Quantity

    def __post_init__(self) -> None:
        for name in ("minimum", "expected", "maximum"):
            if Quantity.total(getattr(request, name) for request in self.requests) != getattr(self, name):
                raise SumDiffers(f"{name} of article {self.article.number} is not the sum of its requests")
        if any(request.article_id != self.article.article_id for request in self.requests):
            raise SumDiffers(f"article {self.article.number} holds a request of another article")
        if len({request.member_id for request in self.requests}) != len(self.requests):
            raise SumDiffers(f"article {self.article.number} counts a member twice")

    @property
    def estimate_net(self) -> Money | None:
        """Expected quantities at the planning price over the full term; nothing without a price or a term it needs."""
        price, periods = self.article.planning_price_net, self.article.periods
        if price is None or periods is None:
            return None
        return Money.total(cost(price, request.expected, periods) for request in self.requests)


def aggregate(articles: Sequence[RequestedArticle], requests: Iterable[MemberRequest]) -> list[AggregatedLine]:
    """One line per article in the order of the articles; an article nobody needs has a line without requests.

    Raises :class:`SumDiffers` when a request belongs to none of the articles.
    """
    by_article: dict[int, list[MemberRequest]] = {article.article_id: [] for article in articles}
    for request in requests:
        if request.article_id not in by_article:
            raise SumDiffers(f"item {request.demand_item_id} belongs to no article of this round")
        by_article[request.article_id].append(request)
    return [_line(article, by_article[article.article_id]) for article in articles]


def _line(article: RequestedArticle, requests: list[MemberRequest]) -> AggregatedLine:
    return AggregatedLine(
        article=article,
        requests=tuple(requests),
        minimum=Quantity.total(request.minimum for request in requests),
        expected=Quantity.total(request.expected for request in requests),
        maximum=Quantity.total(request.maximum for request in requests),
    )
