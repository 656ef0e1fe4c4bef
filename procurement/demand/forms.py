"""Forms of this feature: round, article, pasted articles, invitation, the grid of quantities, reopening.

The grid is one flat form with four fields per article, named like the objections of the rules (``minimum-7``), so that
each objection finds its cell by itself. A nested form per article would need a second way of placing errors.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, cast

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import Field, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import InputRequired, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from procurement.core.forms import (
    BaseForm,
    LabelledField,
    MomentField,
    QuantityField,
    UnitPriceField,
    read_german_decimal,
)
from procurement.demand.aggregation import RequestedArticle
from procurement.demand.entries import ArticleEntry, ItemEntry, RoundEntry
from procurement.members.models import Member
from procurement.values.money import UnitPrice
from procurement.values.payment import Nature

if TYPE_CHECKING:
    from datetime import datetime

COLUMNS = {"minimum": _l("mindestens"), "expected": _l("erwartet"), "maximum": _l("höchstens")}
PRICE_DECIMALS = 6
PASTED_COLUMNS = 7


class RoundForm(BaseForm):
    """What a round is called and until when members answer."""

    reference = StringField(_l("Zeichen"), validators=[InputRequired(_l("Bitte ein Zeichen vergeben."))])
    title = StringField(_l("Titel"), validators=[InputRequired(_l("Bitte einen Titel eingeben."))])
    description = TextAreaField(_l("Hinweise für die Mitglieder"), validators=[Optional()])
    deadline_at = MomentField(_l("Frist"), validators=[InputRequired(_l("Bitte die Frist angeben."))])

    def entry(self) -> RoundEntry:
        """The round as entered."""
        deadline = cast("datetime", self.deadline_at.data)  # a valid form has one
        return RoundEntry(self.reference.data, self.title.data, self.description.data or "", deadline)


class ArticleForm(BaseForm):
    """One article to ask for."""

    number = StringField(_l("Artikelnummer"))
    title = StringField(_l("Bezeichnung"))
    unit = StringField(_l("Einheit"))
    nature = LabelledField(_l("Zahlweise"), Nature)
    category = StringField(_l("Warengruppe"), validators=[Optional()])
    cpv = StringField(_l("CPV-Code"), validators=[Optional()])
    planning_price_net = UnitPriceField(_l("Planungspreis netto"), validators=[Optional()])
    explanation = TextAreaField(_l("Erläuterung"), validators=[Optional()])

    def entry(self) -> ArticleEntry:
        """The article as entered."""
        return ArticleEntry(
            self.number.data or "",
            self.title.data or "",
            self.unit.data or "",
            self.nature.data,
            self.category.data or "",
            (self.cpv.data or "").strip(),
            self.planning_price_net.data,
            self.explanation.data or "",
        )


class PasteForm(BaseForm):
    """Many articles at once, one per line, copied from a spreadsheet or written with semicolons."""

    rows = TextAreaField(_l("Zeilen"))

    def validate_rows(self, field: Field) -> None:
        """Read every line; each unreadable one is named."""
        self.entries: list[ArticleEntry] = []
        unreadable = []
        for number, line in enumerate(_filled_lines(field.data or ""), 1):
            try:
                self.entries.append(_pasted_article(line))
            except ValueError as error:
                unreadable.append(_("Zeile %(number)s: %(reason)s", number=number, reason=error))
        if unreadable:
            field.errors = [*field.errors, *unreadable]
        elif not self.entries:
            field.errors = [*field.errors, _("Bitte mindestens eine Zeile einfügen.")]


def _filled_lines(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.strip(" ;\t")]


def _pasted_article(line: str) -> ArticleEntry:
    """Number, title, unit, then if wanted planning price, nature, CPV code and category."""
    separator = "\t" if "\t" in line else ";"
    cells = [cell.strip() for cell in line.split(separator)]
    number, title, unit, price, nature, cpv, category = (cells + [""] * PASTED_COLUMNS)[:PASTED_COLUMNS]
    return ArticleEntry(number, title, unit, _nature(nature), category, cpv, _price(price))


def _nature(text: str) -> Nature:
    if not text:
        return Nature.ONE_OFF
    for nature in Nature:
        if text.casefold() == nature.label:
            return nature
    raise ValueError(_("„%(typed)s“ ist keine Zahlweise; möglich sind einmalig und laufend.", typed=text))


def _price(text: str) -> UnitPrice | None:
    if not text:
        return None
    try:
        number = read_german_decimal(text, PRICE_DECIMALS)
    except ValueError as error:
        raise ValueError(_("„%(typed)s“ ist kein eindeutiger Preis, zum Beispiel 1.234,56.", typed=text)) from error
    return UnitPrice.of(number)


class InviteForm(BaseForm):
    """Which members are asked; those invited already are no longer offered."""

    members = SelectMultipleField(
        _l("Mitglieder"), coerce=int, widget=ListWidget(prefix_label=False), option_widget=CheckboxInput()
    )

    def offer(self, members: Iterable[Member]) -> None:
        """Set the choices."""
        self.members.choices = [(member.id, member.name) for member in members]


class ReopenForm(BaseForm):
    """Why a submitted demand is to be changed."""

    reason = TextAreaField(_l("Begründung"), validators=[InputRequired(_l("Bitte die Änderung begründen."))])


class GridForm(BaseForm):
    """Quantities and a remark per article; made by :func:`grid_form` for the articles of one round."""

    articles: Sequence[RequestedArticle] = ()

    def entries(self) -> list[ItemEntry]:
        """What was typed; an article whose cells did not arrive is left out, so that nothing is cleared by accident."""
        cells = [(article.article_id, *self.cells(article)) for article in self.articles]
        return [
            ItemEntry(article_id, minimum.data, expected.data, maximum.data, note.data or "")
            for article_id, minimum, expected, maximum, note in cells
            if expected.raw_data
        ]

    def cells(self, article: RequestedArticle) -> list[Field]:
        """The fields of one article in the order of the table: minimum, expected, maximum, remark."""
        return [self[f"{column}-{article.article_id}"] for column in (*COLUMNS, "note")]


def grid_form(articles: Sequence[RequestedArticle], stored: Mapping[int, ItemEntry]) -> GridForm:
    """The grid for these articles, filled with what is stored unless something was typed."""
    fields: dict[str, object] = {"articles": articles}
    shown: dict[str, object] = {}
    columns = {column: str(label) for column, label in COLUMNS.items()}
    remark = _("Bemerkung")
    for article in articles:
        subject, item = _("Artikel %(number)s", number=article.number), stored.get(article.article_id)
        for column, label in columns.items():
            name = f"{column}-{article.article_id}"
            fields[name] = QuantityField(f"{subject}, {label}")
            shown[name] = getattr(item, column) if item else None
        fields[f"note-{article.article_id}"] = StringField(f"{subject}, {remark}")
        shown[f"note-{article.article_id}"] = item.note if item else ""
    form_class: type[GridForm] = type("FilledGridForm", (GridForm,), fields)
    return form_class(data=shown)
