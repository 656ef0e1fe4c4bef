"""Forms of this feature: letters, register, award, requests for reasons."""

from collections.abc import Iterable

from flask_babel import lazy_gettext as _l
from wtforms import DateField, SelectField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Optional

from procurement.awarding.states import Channel, RegisterResult
from procurement.bids.models import Bidder
from procurement.core.forms import BaseForm, LabelledField


class LetterForm(BaseForm):
    """The reasons of a letter and how it goes out."""

    reasons = TextAreaField(_l("Gründe"), validators=[InputRequired(_l("Bitte die Gründe nennen."))])
    channel = LabelledField(_l("Versand"), Channel)


class ExtensionForm(BaseForm):
    """A later earliest day of the contract, and why."""

    until = DateField(_l("Vertrag frühestens am"), validators=[InputRequired(_l("Bitte den Tag angeben."))])
    reason = TextAreaField(_l("Grund für die Bieter"), validators=[InputRequired(_l("Bitte den Grund nennen."))])


class RegisterForm(BaseForm):
    """What the competition register said about a company."""

    bidder = SelectField(_l("Unternehmen"), coerce=int)
    answered_on = DateField(_l("Auskunft vom"), validators=[InputRequired(_l("Bitte den Tag angeben."))])
    result = LabelledField(_l("Ergebnis"), RegisterResult)
    note = TextAreaField(_l("Würdigung einer Eintragung"), validators=[Optional()])

    def offer(self, bidders: Iterable[Bidder]) -> None:
        """Set the choices."""
        self.bidder.choices = [SelectChoice(one.id, one.name) for one in bidders]


class AwardForm(BaseForm):
    """The award itself."""

    note = TextAreaField(_l("Vermerk zum Zuschlag"), validators=[Optional()])


class DayForm(BaseForm):
    """The day on which something that was due was done."""

    on = DateField(_l("Erledigt am"), validators=[InputRequired(_l("Bitte den Tag angeben."))])


class DebriefForm(BaseForm):
    """A request for the reasons."""

    bidder = SelectField(_l("Unternehmen"), coerce=int)
    received_on = DateField(_l("Antrag eingegangen am"), validators=[InputRequired(_l("Bitte den Tag angeben."))])

    def offer(self, bidders: Iterable[Bidder]) -> None:
        """Set the choices."""
        self.bidder.choices = [SelectChoice(one.id, one.name) for one in bidders]


class DebriefAnswerForm(BaseForm):
    """What the bidder was told."""

    answered_on = DateField(_l("Beantwortet am"), validators=[InputRequired(_l("Bitte den Tag angeben."))])
    answer = TextAreaField(_l("Mitgeteilte Gründe"), validators=[InputRequired(_l("Bitte die Antwort festhalten."))])
