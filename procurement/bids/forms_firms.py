"""Forms about firms that take part in a procedure."""

from collections.abc import Sequence

from flask_babel import lazy_gettext as _l
from wtforms import SelectField
from wtforms.fields.choices import SelectChoice

from procurement.bids.models import Bidder
from procurement.core.forms import BaseForm


class FirmForm(BaseForm):
    """A known firm that wants to be informed."""

    bidder = SelectField(_l("Unternehmen"), coerce=int)

    def offer(self, firms: Sequence[Bidder]) -> None:
        """Fill the choice."""
        self.bidder.choices = [SelectChoice(firm.id, firm.name) for firm in firms]
