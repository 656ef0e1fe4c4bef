"""Forms of changes after a round was closed: a late demand, a withdrawal, an adjusted quantity, and the decisions."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import Field, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import InputRequired
from wtforms.widgets import CheckboxInput, ListWidget

from procurement.core.forms import BaseForm, QuantityField
from procurement.demand.adjustments import AdjustmentEntry
from procurement.demand.aggregation import RequestedArticle
from procurement.demand.entries import ItemEntry
from procurement.demand.models import DemandItem

QUANTITIES = {"minimum": _l("mindestens"), "expected": _l("erwartet"), "maximum": _l("höchstens")}


class LateForm(BaseForm):
    """Quantities and a remark per article, and why they come late; made by :func:`late_form`."""

    articles: Sequence[RequestedArticle] = ()
    stored: Mapping[int, ItemEntry] = {}
    reason = TextAreaField(
        _l("Warum erst jetzt?"),
        validators=[InputRequired(_l("Bitte begründen Sie, warum der Bedarf erst jetzt kommt."))],
    )

    def cells(self, article: RequestedArticle) -> list[Field]:
        """The fields of one row: minimum, expected, maximum, remark."""
        return [self[f"{column}-{article.article_id}"] for column in (*QUANTITIES, "note")]

    def entries(self) -> list[ItemEntry]:
        """What was typed; site, start and budget account stay as they are stored."""
        return [self._entry(article.article_id) for article in self.articles]

    def _entry(self, article_id: int) -> ItemEntry:
        low, middle, high = (self[f"{column}-{article_id}"].data for column in QUANTITIES)
        before = self.stored.get(article_id, ItemEntry(article_id))
        if (low, middle, high) == (None, None, None):
            return ItemEntry(article_id)
        note = self[f"note-{article_id}"].data or ""
        return replace(before, minimum=low, expected=middle, maximum=high, note=note, is_taken_over=False)


def late_form(articles: Iterable[RequestedArticle], stored: Mapping[int, ItemEntry]) -> LateForm:
    """The form for these articles, filled with what is stored unless something was typed in this request."""
    rows = list(articles)
    fields: dict[str, object] = {"articles": rows, "stored": stored}
    shown: dict[str, object] = {}
    for article in rows:
        subject, item = _("Artikel %(number)s", number=article.number), stored.get(article.article_id)
        for column, label in QUANTITIES.items():
            fields[f"{column}-{article.article_id}"] = QuantityField(f"{subject}, {label}")
            shown[f"{column}-{article.article_id}"] = getattr(item, column) if item else None
        fields[f"note-{article.article_id}"] = StringField(f"{subject}, {_('Bemerkung')}")
        shown[f"note-{article.article_id}"] = item.note if item else ""
    form_class: type[LateForm] = type("FilledLateForm", (LateForm,), fields)
    return form_class(data=shown)


class ChoiceForm(BaseForm):
    """Which articles are withdrawn; all of them are the whole demand."""

    items = SelectMultipleField(
        _l("Artikel"), coerce=int, widget=ListWidget(prefix_label=False), option_widget=CheckboxInput()
    )

    def offer(self, items: Iterable[DemandItem]) -> None:
        """Set the choices."""
        self.items.choices = [(item.id, item.article.audit_label) for item in items]


class WithdrawForm(ChoiceForm):
    """The same with the reason."""

    reason = TextAreaField(_l("Begründung"), validators=[InputRequired(_l("Bitte begründen Sie die Rücknahme."))])


class DecisionForm(BaseForm):
    """The decision of the procurement office, with the reason the member reads."""

    decision = TextAreaField(
        _l("Begründung der Entscheidung"), validators=[InputRequired(_l("Bitte begründen Sie die Entscheidung."))]
    )


class AdjustForm(BaseForm):
    """Another quantity beside the typed one."""

    minimum = QuantityField(_l("mindestens"))
    expected = QuantityField(_l("erwartet"))
    maximum = QuantityField(_l("höchstens"))
    reason = TextAreaField(_l("Begründung"), validators=[InputRequired(_l("Bitte begründen Sie die Anpassung."))])

    def entry(self) -> AdjustmentEntry:
        """What was typed."""
        return AdjustmentEntry(self.minimum.data, self.expected.data, self.maximum.data, self.reason.data or "")


class AnswerForm(BaseForm):
    """Why the member stays with its own quantity."""

    answer = TextAreaField(_l("Warum nicht?"))
