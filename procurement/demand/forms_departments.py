"""Forms inside a member: whom to ask, and why a demand goes back without release."""

from typing import TYPE_CHECKING, cast

from flask_babel import lazy_gettext as _l
from wtforms import EmailField, StringField, TextAreaField
from wtforms.validators import InputRequired

from procurement.core.forms import BaseForm, MomentField
from procurement.demand.departments import DepartmentEntry

if TYPE_CHECKING:
    from datetime import datetime


class DepartmentForm(BaseForm):
    """A department, the person asked and until when the link is good."""

    department = StringField(_l("Fachamt"), validators=[InputRequired(_l("Bitte das Fachamt angeben."))])
    name = StringField(_l("Name der Person"), validators=[InputRequired(_l("Bitte den Namen der Person angeben."))])
    email = EmailField(_l("E-Mail-Adresse"), validators=[InputRequired(_l("Bitte die E-Mail-Adresse angeben."))])
    until = MomentField(_l("Antwort bis"), validators=[InputRequired(_l("Bitte angeben, bis wann der Link gilt."))])

    def entry(self) -> DepartmentEntry:
        """What was entered."""
        until = cast("datetime", self.until.data)  # a valid form has one
        return DepartmentEntry(self.department.data, self.name.data, self.email.data, until)


class ReturnForm(BaseForm):
    """Why a demand is not released."""

    reason = TextAreaField(_l("Begründung"), validators=[InputRequired(_l("Bitte begründen Sie die Rückgabe."))])
