"""The form of a member's exit."""

from flask_babel import lazy_gettext as _l
from wtforms import DateField, TextAreaField
from wtforms.validators import InputRequired

from procurement.core.forms import BaseForm
from procurement.members.membership import ExitEntry


class ExitForm(BaseForm):
    """From which day on, and why."""

    left_on = DateField(_l("Austritt wirksam ab"), validators=[InputRequired(_l("Bitte den Tag angeben."))])
    reason = TextAreaField(_l("Grund"), validators=[InputRequired(_l("Bitte den Grund angeben."))])

    def entry(self) -> ExitEntry:
        """What was entered."""
        return ExitEntry(self.left_on.data, self.reason.data)
