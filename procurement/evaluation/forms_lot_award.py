"""Forms of the award over all lots: rebates and their corrections, capacity and wishes, linked bidders, a drawing."""

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction

from flask_babel import lazy_gettext as _l
from wtforms import IntegerField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from procurement.bids.models import Bid
from procurement.core.forms import GermanNumberField
from procurement.evaluation.forms import DecidingForm
from procurement.evaluation.lot_award_rules import DiscountEntry, TermsEntry
from procurement.members.models import Account
from procurement.values.figures import german_decimal

HUNDRED = 100


class PercentField(GermanNumberField):
    """A percentage with up to four decimals; data is an exact decimal."""

    decimals = 4
    example = "6 oder 2,5"

    def read(self, number: Decimal) -> Decimal:
        return number

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return "" if self.data is None else german_decimal(self.data)


class LotListField(StringField):  # type: ignore[misc]
    """Numbers of lots as ``2+3`` or ``3, 1, 2``; data keeps their order."""

    def process_formdata(self, valuelist: list[str]) -> None:
        raw = (valuelist[0] if valuelist else "").replace("+", ",")
        try:
            self.data = tuple(int(number) for number in raw.split(",") if number.strip())
        except ValueError as error:
            raise ValueError(_l("Bitte Nummern von Losen eingeben, zum Beispiel 2+3.")) from error

    def _value(self) -> str:
        return str(self.raw_data[0]) if self.raw_data else "+".join(str(number) for number in self.data or ())


class LotBidForm(DecidingForm):
    """A form about one of the bids."""

    bid = SelectField(_l("Angebot"), coerce=int)

    def offer(self, bids: Iterable[Bid]) -> None:
        """Set the choices."""
        self.bid.choices = [SelectChoice(bid.id, f"{bid.number} ({bid.bidder.name})") for bid in bids]


class DiscountForm(LotBidForm):
    """A rebate as it stands in the bid."""

    lots = LotListField(_l("Lose des Pakets"))
    least = IntegerField(_l("oder: auf alle gewonnenen Lose ab"), validators=[Optional()])
    percent = PercentField(_l("Nachlass"), validators=[InputRequired(_l("Bitte den Nachlass angeben."))])
    source = TextAreaField(_l("Wo es im Angebot steht"), validators=[InputRequired(_l("Bitte angeben."))])

    def entry(self) -> DiscountEntry:
        """What was typed, as the action takes it."""
        share = None if self.percent.data is None else Fraction(self.percent.data) / HUNDRED
        return DiscountEntry(self.bid.data, self.lots.data or (), self.least.data, share, self.source.data or "")


class TermsForm(LotBidForm):
    """Capacity and preferred lots of a bid."""

    capacity = StringField(_l("Nachgewiesene Kapazität"))
    preference = LotListField(_l("Wunschlose, wichtigstes zuerst"))
    source = TextAreaField(_l("Wo es im Angebot steht"), validators=[InputRequired(_l("Bitte angeben."))])

    def entry(self) -> TermsEntry:
        """What was typed, as the action takes it."""
        capacity = (self.capacity.data or "").strip().replace(",", ".") or None
        return TermsEntry(self.bid.data, capacity, self.preference.data or (), self.source.data or "")


class LinkForm(DecidingForm):
    """Bidders that belong together."""

    bids = SelectMultipleField(
        _l("Verbundene Bieter"), coerce=int, widget=ListWidget(prefix_label=False), option_widget=CheckboxInput()
    )
    reason = TextAreaField(_l("Begründung"), validators=[InputRequired(_l("Bitte begründen."))])

    def offer(self, bids: Iterable[Bid]) -> None:
        """Set the choices."""
        self.bids.choices = [SelectChoice(bid.id, bid.bidder.name) for bid in bids]


class EndingForm(DecidingForm):
    """The reason for taking back a rebate or ending a link."""

    reason = TextAreaField(_l("Begründung"), validators=[InputRequired(_l("Bitte begründen."))])


class AwardDrawingForm(DecidingForm):
    """A drawing of lots between equal distributions."""

    choice = SelectField(_l("Das Los fiel auf"), coerce=int)
    second = SelectField(_l("Zweite anwesende Person"), coerce=int)
    record = TextAreaField(_l("Niederschrift"), validators=[InputRequired(_l("Bitte den Ablauf festhalten."))])

    def offer(self, choices: Iterable[str], officers: Iterable[Account]) -> None:
        """Set the choices."""
        self.choice.choices = [SelectChoice(place, text) for place, text in enumerate(choices)]
        self.second.choices = [SelectChoice(officer.id, officer.name) for officer in officers]
