"""Articles of the catalogue as a round asks for them.

The planning price is the middle of the usual prices. Half a millionth of a euro cannot be stored, so an odd sum is
rounded half up to six decimals; a planning price binds nobody.
"""

from fractions import Fraction
from typing import TYPE_CHECKING

from procurement.demand.entries import ArticleEntry
from procurement.values.money import UnitPrice
from procurement.values.rounding import half_up

if TYPE_CHECKING:
    from procurement.catalogue.models import CatalogueArticle


def middle(low: UnitPrice | None, high: UnitPrice | None) -> UnitPrice | None:
    """The price halfway between both, half up to six decimals; the only one if one is known, else nothing."""
    if low is None or high is None:
        return low if high is None else high
    return UnitPrice(half_up(Fraction(low.millionths + high.millionths, 2)))


def entry_of(article: "CatalogueArticle", cpv: str) -> ArticleEntry:
    """What a round asks for; ``cpv`` is the code as notices print it, with its check digit where that is known."""
    return ArticleEntry(
        number=article.number,
        title=article.title,
        unit=article.unit,
        nature=article.nature,
        category=article.category,
        cpv=cpv,
        planning_price_net=middle(article.price_from_net, article.price_to_net),
        period=article.period,
        price_from_net=article.price_from_net,
        price_to_net=article.price_to_net,
    )
