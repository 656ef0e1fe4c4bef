"""The form that takes over ratings of an earlier round."""

from collections.abc import Sequence

from flask_babel import lazy_gettext as _l
from wtforms import SelectMultipleField
from wtforms.fields.choices import SelectChoice
from wtforms.widgets import CheckboxInput, ListWidget

from procurement.core.forms import BaseForm
from procurement.evaluation.queries_takeover import EarlierRating


class TakeOverForm(BaseForm):
    """Which of the earlier ratings still fit the further bid; none is chosen beforehand."""

    cells = SelectMultipleField(
        _l("Unverändert übernehmen"), widget=ListWidget(prefix_label=False), option_widget=CheckboxInput()
    )

    def offer(self, ratings: Sequence[EarlierRating]) -> None:
        """Fill the choice."""
        self.cells.choices = [
            SelectChoice(
                one.key,
                f"{one.bid.shown_name}, {one.criterion.number} {one.criterion.title}: {one.words}"
                f" („{one.rating.reason or '–'}“)",
            )
            for one in ratings
        ]
