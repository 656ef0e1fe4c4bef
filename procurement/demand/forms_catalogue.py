"""The choice of articles out of the catalogue."""

from collections.abc import Iterable

from flask_babel import lazy_gettext as _l
from wtforms import SelectMultipleField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from procurement.core.forms import BaseForm


class ChoiceForm(BaseForm):
    """Which articles are taken over; the template draws the check boxes in a table."""

    articles = SelectMultipleField(
        _l("Artikel"), coerce=int, validators=[InputRequired(_l("Bitte mindestens einen Artikel wählen."))]
    )

    def offer(self, article_ids: Iterable[int]) -> None:
        """Set the choices."""
        self.articles.choices = [SelectChoice(article_id, str(article_id)) for article_id in article_ids]

    def chosen(self) -> frozenset[int]:
        """The articles whose boxes are ticked."""
        return frozenset(self.articles.data or ())
