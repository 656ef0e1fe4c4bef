"""What a round may cost one member, as a range that binds nobody (story M6).

Low end: minimum quantities at the lower price; high end: maximum quantities at the higher price; prices per month or
year over the full term with options. The joint cost, which no quantity explains, is divided by the round's key among
all invited members, so that the figure tells nothing about what others need. Every amount is rounded half up to the
cent once: per article, and for the share of the joint cost.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from procurement.demand.aggregation import RequestedArticle
from procurement.demand.entries import ItemEntry
from procurement.demand.states import JointCostKey
from procurement.values.money import Money, UnitPrice
from procurement.values.payment import ContractTerm, cost
from procurement.values.quantity import Quantity

NOTHING = Quantity(0)


@dataclass(frozen=True, slots=True)
class PriceRange:
    """The net prices of one unit, for one period if the article has one."""

    low: UnitPrice
    high: UnitPrice


@dataclass(frozen=True, slots=True)
class ArticleForecast:
    """The range of one article, net; ``periods`` is how often the price is paid in the full term."""

    article: RequestedArticle
    low: Money
    high: Money
    periods: Fraction


@dataclass(frozen=True, slots=True)
class JointCost:
    """A round's joint cost, net, with the weights of all invited members; a missing weight stands for nothing known."""

    low: Money
    high: Money
    key: JointCostKey
    reference_date: date | None
    weights: Mapping[int, int | None]

    def share(self, member_id: int) -> Fraction | None:
        """The member's part of the whole; nothing when a weight of the key is not recorded."""
        known = [weight for weight in self.weights.values() if weight is not None]
        own = self.weights.get(member_id)
        if own is None or len(known) != len(self.weights) or not sum(known):
            return None
        return Fraction(own, sum(known))


@dataclass(frozen=True, slots=True)
class Forecast:
    """The range of one member's cost with its parts; what could not be priced is named, never guessed."""

    articles: tuple[ArticleForecast, ...]
    unpriced: tuple[RequestedArticle, ...]
    joint: JointCost | None
    joint_share: Fraction | None

    @property
    def joint_low(self) -> Money:
        """The member's part of the joint cost at its lower end."""
        return _part(self.joint.low, self.joint_share) if self.joint else Money(0)

    @property
    def joint_high(self) -> Money:
        """The member's part of the joint cost at its higher end."""
        return _part(self.joint.high, self.joint_share) if self.joint else Money(0)

    @property
    def low(self) -> Money:
        """The lower end of everything, net."""
        return Money.total(article.low for article in self.articles) + self.joint_low

    @property
    def high(self) -> Money:
        """The higher end of everything, net."""
        return Money.total(article.high for article in self.articles) + self.joint_high


def _part(amount: Money, share: Fraction | None) -> Money:
    return Money(0) if share is None else Money.rounded(Fraction(amount.cents, 100) * share)


def price_range(article: RequestedArticle) -> PriceRange | None:
    """The article's price range, or its planning price as both ends; nothing when neither is known."""
    low = article.price_from_net if article.price_from_net is not None else article.planning_price_net
    high = article.price_to_net if article.price_to_net is not None else article.planning_price_net
    if low is None or high is None:
        return None
    return PriceRange(min(low, high), max(low, high))


def forecast(
    articles: Iterable[RequestedArticle],
    items: Mapping[int, ItemEntry],
    term: ContractTerm,
    member_id: int,
    joint: JointCost | None = None,
) -> Forecast:
    """The range for one member's stored items (by article); articles without price or without a term are named."""
    priced, unpriced = [], []
    for article in articles:
        item = items.get(article.article_id)
        if item is None or not item.maximum:
            continue
        prices, periods = price_range(article), term.periods(article.period)
        if prices is None or periods is None:
            unpriced.append(article)
            continue
        low = cost(prices.low, item.minimum or NOTHING, periods)
        priced.append(ArticleForecast(article, low, cost(prices.high, item.maximum, periods), periods))
    share = joint.share(member_id) if joint else None
    return Forecast(tuple(priced), tuple(unpriced), joint, share)
