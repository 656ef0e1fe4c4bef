"""Forms of this feature: conclude a contract, call off, decide."""

from typing import cast

from flask_babel import lazy_gettext as _l
from wtforms import DateField, StringField, TextAreaField
from wtforms.validators import InputRequired, Optional

from procurement.contracts.entries import CallOffEntry, ContractEntry
from procurement.core.forms import BaseForm, MoneyField, QuantityField
from procurement.values.quantity import Quantity


class ContractForm(BaseForm):
    """What a contract is called, how long it runs, and its maximum value."""

    reference = StringField(_l("Vertragszeichen"), validators=[InputRequired(_l("Bitte ein Zeichen vergeben."))])
    title = StringField(_l("Titel"), validators=[InputRequired(_l("Bitte einen Titel eingeben."))])
    starts_on = DateField(_l("Beginn"), validators=[InputRequired(_l("Bitte den Beginn angeben."))])
    ends_on = DateField(_l("Ende"), validators=[InputRequired(_l("Bitte das Ende angeben."))])
    maximum_net = MoneyField(_l("Höchstwert netto"), validators=[Optional()])

    def entry(self) -> ContractEntry:
        """The contract as entered."""
        return ContractEntry(
            self.reference.data, self.title.data, self.starts_on.data, self.ends_on.data, self.maximum_net.data
        )


class CallOffForm(BaseForm):
    """How much a member calls off, and why if it is more than its quota."""

    quantity = QuantityField(_l("Menge"), validators=[InputRequired(_l("Bitte eine Menge eingeben."))])
    reason = TextAreaField(_l("Begründung (nur über der eigenen Abrufmenge nötig)"), validators=[Optional()])

    def entry(self) -> CallOffEntry:
        """The call-off as entered."""
        return CallOffEntry(cast("Quantity", self.quantity.data), self.reason.data or "")


class DecisionForm(BaseForm):
    """Why a call-off is released or refused."""

    decision = TextAreaField(_l("Begründung"), validators=[InputRequired(_l("Bitte die Entscheidung begründen."))])
