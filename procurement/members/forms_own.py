"""The form of a substitution."""

from flask_babel import lazy_gettext as _l
from wtforms import DateField, EmailField, StringField
from wtforms.validators import InputRequired, Length

from procurement.core.forms import BaseForm
from procurement.members.delegation import DelegationEntry


class DelegationForm(BaseForm):
    """Who stands in, from which day to which day, and why."""

    email = EmailField(
        _l("E-Mail-Adresse der Vertretung"),
        validators=[InputRequired(_l("Bitte die E-Mail-Adresse der Person angeben.")), Length(max=200)],
    )
    starts_on = DateField(_l("Erster Tag"), validators=[InputRequired(_l("Bitte den ersten Tag angeben."))])
    ends_on = DateField(_l("Letzter Tag"), validators=[InputRequired(_l("Bitte den letzten Tag angeben."))])
    reason = StringField(
        _l("Anlass"), validators=[InputRequired(_l("Bitte den Anlass nennen, zum Beispiel Urlaub.")), Length(max=400)]
    )

    def entry(self) -> DelegationEntry:
        """What was entered."""
        return DelegationEntry(self.starts_on.data, self.ends_on.data, self.reason.data)
