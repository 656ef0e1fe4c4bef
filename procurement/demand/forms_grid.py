"""The grid of quantities: one flat form with seven fields per article, built for the articles of one demand.

Its fields are named like the objections of the rules (``minimum-7``), so that each objection finds its cell by itself.
A nested form per article would need a second way of placing errors.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import Field, StringField

from procurement.core.forms import BaseForm, QuantityField
from procurement.demand.aggregation import RequestedArticle
from procurement.demand.entries import ItemEntry
from procurement.demand.forms import StartField

QUANTITIES = {"minimum": _l("mindestens"), "expected": _l("erwartet"), "maximum": _l("höchstens")}
DETAILS = {
    "note": _l("Bemerkung"),
    "site": _l("Standort"),
    "start_on": _l("ab"),
    "budget_account": _l("Haushaltsstelle"),
}


KINDS: dict[str, type[Field]] = dict.fromkeys(QUANTITIES, QuantityField) | {
    "note": StringField,
    "site": StringField,
    "start_on": StartField,
    "budget_account": StringField,
}


class GridForm(BaseForm):
    """Quantities and details per article; made by :func:`grid_form` for the articles of one demand."""

    articles: Sequence[RequestedArticle] = ()
    stored: Mapping[int, ItemEntry] = {}

    def entries(self) -> list[ItemEntry]:
        """What was typed and can be read; a row whose cells did not arrive is left out, so that nothing is cleared.

        Details that did not arrive stay as they are stored: a page may send only the quantities.
        """
        return [self._entry(article) for article in self.articles if self._arrived(article)]

    def _arrived(self, article: RequestedArticle) -> bool:
        return bool(self[f"expected-{article.article_id}"].raw_data) and not self.unreadable(article)

    def unreadable(self, article: RequestedArticle) -> bool:
        """Whether a cell of the row could not be read."""
        return any(self[f"{column}-{article.article_id}"].errors for column in KINDS)

    def _entry(self, article: RequestedArticle) -> ItemEntry:
        before = self.stored.get(article.article_id, ItemEntry(article.article_id))
        typed: dict[str, Any] = {}
        for column in KINDS:
            field = self[f"{column}-{article.article_id}"]
            typed[column] = field.data if field.raw_data or column in QUANTITIES else getattr(before, column)
        return ItemEntry(article.article_id, **typed)

    def cells(self, article: RequestedArticle) -> list[Field]:
        """The fields of one row: minimum, expected, maximum, remark, site, start, budget account."""
        return [self[f"{column}-{article.article_id}"] for column in KINDS]

    def shown(self, article: RequestedArticle) -> dict[str, str]:
        """What stands in the cells of one row, by the name of the field."""
        return {cell.name: str(cell._value()) for cell in self.cells(article)}  # noqa: SLF001 - as templates draw it

    def objections(self) -> dict[str, list[str]]:
        """What is wrong, by the name of the field."""
        return {name: [str(error) for error in field.errors] for name, field in self._fields.items() if field.errors}


def grid_form(articles: Iterable[RequestedArticle], stored: Mapping[int, ItemEntry], *, typed: bool = True) -> GridForm:
    """The grid for these articles, filled with what is stored unless something was ``typed`` in this request."""
    rows = list(articles)
    fields: dict[str, object] = {"articles": rows, "stored": stored}
    shown: dict[str, object] = {}
    columns = {column: str(label) for column, label in (QUANTITIES | DETAILS).items()}
    for article in rows:
        subject, item = _("Artikel %(number)s", number=article.number), stored.get(article.article_id)
        for column, label in columns.items():
            name = f"{column}-{article.article_id}"
            fields[name] = KINDS[column](f"{subject}, {label}")
            shown[name] = getattr(item, column) if item else None
    form_class: type[GridForm] = type("FilledGridForm", (GridForm,), fields)
    return form_class(data=shown) if typed else form_class(formdata=None, data=shown)
