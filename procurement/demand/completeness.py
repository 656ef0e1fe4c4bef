"""What a demand still lacks and what looks unusual, shown before it is submitted; none of it stops the submission."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from procurement.demand.aggregation import RequestedArticle
from procurement.demand.entries import ItemEntry
from procurement.values.money import Money
from procurement.values.payment import cost
from procurement.values.quantity import QUANTITY_DECIMALS, Quantity

WIDE_RANGE = 3
ONE = 10**QUANTITY_DECIMALS


@dataclass(frozen=True, slots=True)
class Remark:
    """Something unusual about one article, as a sentence with a question."""

    article: RequestedArticle
    text: str


@dataclass(frozen=True, slots=True)
class Completeness:
    """How far a demand is answered; articles without an answer count as not needed."""

    answered: int
    unanswered: tuple[RequestedArticle, ...]
    remarks: tuple[Remark, ...]
    estimates: Mapping[int, Money]
    has_quantities: bool = False

    @property
    def total(self) -> int:
        """The number of articles of the round."""
        return self.answered + len(self.unanswered)

    @property
    def estimate_net(self) -> Money:
        """What the expected quantities cost at planning prices, net."""
        return Money.total(self.estimates.values())

    @property
    def without_price(self) -> int:
        """How many answered articles are missing in the estimate."""
        return self.answered - len(self.estimates)


def completeness(articles: Sequence[RequestedArticle], items: Mapping[int, ItemEntry]) -> Completeness:
    """Look through a stored demand; ``items`` by article number of the database, complete as stored."""
    answered = [article for article in articles if article.article_id in items]
    return Completeness(
        answered=len(answered),
        unanswered=tuple(article for article in articles if article.article_id not in items),
        remarks=tuple(Remark(a, text) for a in answered for text in _remarks(items[a.article_id])),
        estimates={
            article.article_id: cost(
                article.planning_price_net, items[article.article_id].expected or Quantity(0), article.periods
            )
            for article in answered
            if article.planning_price_net is not None and article.periods is not None
        },
        has_quantities=any(items[article.article_id].maximum for article in answered),
    )


def _remarks(item: ItemEntry) -> list[str]:
    expected, maximum = item.expected or Quantity(0), item.maximum or Quantity(0)
    if not expected and maximum:
        return ["Erwartet sind 0. Nur die erwartete Menge geht in die Ausschreibung ein. Ist das so gemeint?"]
    found = []
    if maximum.thousandths > WIDE_RANGE * expected.thousandths and not item.note:
        found.append("„höchstens“ ist mehr als das Dreifache von „erwartet“. Eine Bemerkung hilft der Vergabestelle.")
    if expected.thousandths % ONE:
        found.append("Die erwartete Menge hat Nachkommastellen. Passt das zur Einheit?")
    return found
