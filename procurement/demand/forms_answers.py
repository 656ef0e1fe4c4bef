"""The small forms beside the grid: a wish in own words, a file, and wording a wish anew."""

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired
from wtforms import IntegerField, StringField, TextAreaField
from wtforms.validators import Optional

from procurement.core.forms import BaseForm, QuantityField
from procurement.demand.entries import WishEntry


class WishWordsForm(BaseForm):
    """What a wish is called; its quantities stand in the grid."""

    title = StringField(_l("Was brauchen Sie?"))
    unit = StringField(_l("Einheit"))
    explanation = TextAreaField(_l("Erläuterung"), validators=[Optional()])

    def entry(self) -> WishEntry:
        """The words as entered."""
        return WishEntry(self.title.data or "", self.unit.data or "", None, self.explanation.data or "")


class WishForm(BaseForm):
    """A new wish, with its quantity."""

    title = StringField(_l("Was brauchen Sie?"))
    expected = QuantityField(_l("Menge"))
    unit = StringField(_l("Einheit"))
    explanation = TextAreaField(_l("Erläuterung"), validators=[Optional()])

    def entry(self) -> WishEntry:
        """The wish as entered."""
        words = (self.title.data or "", self.unit.data or "")
        return WishEntry(*words, self.expected.data, self.explanation.data or "")


class AttachmentForm(BaseForm):
    """A file for the whole demand, or for the article that is named."""

    file = FileField(_l("Datei"), validators=[FileRequired(_l("Bitte eine Datei wählen."))])
    article_id = IntegerField(_l("Gehört zu"), validators=[Optional()])
