"""The articles of a round under the headings of their categories, as the entry page shows them."""

from collections.abc import Iterable
from dataclasses import dataclass

from procurement.demand.aggregation import RequestedArticle

WISHES = "Eigene Wünsche"


@dataclass(frozen=True, slots=True)
class ArticleGroup:
    """One category with its articles; the category of articles without one is empty."""

    category: str
    articles: tuple[RequestedArticle, ...]


def by_category(articles: Iterable[RequestedArticle]) -> list[ArticleGroup]:
    """Categories in the order in which they first appear, so that a round keeps the order it was made in."""
    groups: dict[str, list[RequestedArticle]] = {}
    for article in articles:
        groups.setdefault(article.category, []).append(article)
    return [ArticleGroup(category, tuple(members)) for category, members in groups.items()]
