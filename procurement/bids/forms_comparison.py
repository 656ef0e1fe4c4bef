"""What to show of a Preisspiegel; a plain form, because looking at something changes nothing."""

from flask_babel import lazy_gettext as _l
from wtforms import Form, HiddenField, SearchField, SelectField
from wtforms.fields.choices import SelectChoice

from procurement.bids.comparison_filters import RowFilter, RowOrder
from procurement.bids.comparison_view import LONGEST_SEARCH, Selection


class ComparisonForm(Form):  # type: ignore[misc]
    """The filters of the Preisspiegel; lot and shown figure stay as they are."""

    lot = HiddenField()
    view = HiddenField()
    sought = SearchField(_l("Nummer oder Bezeichnung"), render_kw={"maxlength": LONGEST_SEARCH})
    rows = SelectField(_l("Positionen"), validate_choice=False)
    order = SelectField(_l("Reihenfolge"), validate_choice=False)

    @classmethod
    def of(cls, chosen: Selection) -> "ComparisonForm":
        """The form as it stands above what is shown."""
        form = cls(
            lot=chosen.lot,
            view=chosen.view.value,
            sought=chosen.sought,
            rows=chosen.rows.value,
            order=chosen.order.value,
        )
        form.rows.choices = [SelectChoice(each.value, each.label) for each in RowFilter]
        form.order.choices = [SelectChoice(each.value, each.label) for each in RowOrder]
        return form
