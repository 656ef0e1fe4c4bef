"""The form of a proposed exclusion; answering it needs a reason only."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import SelectField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from procurement.bids.exclusion import grounds
from procurement.evaluation.forms import DecidingForm


class ExclusionProposalForm(DecidingForm):
    """Ground and reason of an exclusion."""

    norm = SelectField(_l("Ausschlussgrund"), validators=[InputRequired(_l("Bitte den Ausschlussgrund wählen."))])
    reason = TextAreaField(_l("Begründung"), validators=[InputRequired(_l("Bitte den Ausschluss begründen."))])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = [SelectChoice(norm, f"{words} ({norm})") for norm, words in grounds()]
        self.norm.choices = [SelectChoice("", _l("Bitte wählen")), *found]
