"""Forms of bundling: what is counted together and how it converts, what is split off, by what lots are built."""

from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import Field, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Optional
from wtforms.widgets import TextInput

from procurement.core.forms import BaseForm, LabelledField, QuantityField
from procurement.tenders.bundling import BundledShare
from procurement.tenders.conversion import read_factor, worded
from procurement.tenders.lot_plan import SIZE_LIMITS, LotBasis
from procurement.tenders.queries_bill import LotSummary
from procurement.tenders.similarity import Candidate
from procurement.values.quantity import Quantity


class FactorField(Field):  # type: ignore[misc]
    """How many units of one line are one unit of another, such as 10 or 1/12; data is an exact fraction."""

    widget = TextInput()
    data: Fraction | None

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read what was typed; it is shown again when it is no number."""
        raw = (valuelist[0] if valuelist else "").strip()
        self.data = None
        if raw:
            self.data = read_factor(raw)
            if self.data is None:
                raise ValueError(_l("Bitte eine Zahl oder einen Bruch angeben, zum Beispiel 10 oder 1/12."))

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return "" if self.data is None else worded(self.data)


class MergeForm(BaseForm):
    """Which line is counted as part of which, with factor and reason."""

    line = SelectField(_l("Diese Position geht auf"), coerce=int)
    into = SelectField(_l("in der Position"), coerce=int)
    factor = FactorField(
        _l("Umrechnung"), validators=[InputRequired(_l("Bitte die Umrechnung angeben."))], default=Fraction(1)
    )
    reason = TextAreaField(_l("Begründung"), validators=[InputRequired(_l("Bitte die Zusammenführung begründen."))])

    def offer(self, lines: Sequence[tuple[int, str]]) -> None:
        """Offer every line from demand on both sides."""
        choices = [SelectChoice(line_id, label) for line_id, label in lines]
        self.line.choices = self.into.choices = choices


class CardForm(BaseForm):
    """A suggestion as it is decided: one factor per line that would be absorbed, and one reason for all."""

    reason = TextAreaField(_l("Begründung"), validators=[InputRequired(_l("Bitte die Zusammenführung begründen."))])

    def factors(self) -> dict[int, Fraction]:
        """Line id to factor of the lines that were left ticked."""
        fields = {name: field for name, field in self._fields.items() if name.startswith("factor_")}
        return {int(name.removeprefix("factor_")): field.data for name, field in fields.items()}

    def factor_of(self, line_id: int) -> FactorField:
        """The field of one line, for the template."""
        field: FactorField = self._fields[f"factor_{line_id}"]
        return field


def card_form(line_ids: Iterable[int], candidates: Sequence[Candidate] = (), **source: Any) -> CardForm:
    """The form of one card; unless it was sent, filled with the suggested factors and the reason in words."""
    suggested = {candidate.line.line_id: candidate.factor for candidate in candidates}
    fields = {
        f"factor_{line_id}": FactorField(
            _l("Umrechnung"),
            validators=[InputRequired(_l("Bitte die Umrechnung angeben."))],
            default=suggested.get(line_id, Fraction(1)),
        )
        for line_id in line_ids
    }
    form: CardForm = type("CardForm", (CardForm,), fields)(**source)
    return form


class SplitForm(BaseForm):
    """What leaves a line, and into which lot; :func:`split_form` adds a field per share."""

    lot = SelectField(_l("In welches Los?"), coerce=int)

    def offer(self, lots: Sequence[LotSummary], own: int) -> None:
        """Offer every lot, another one than the line's own first."""
        ordered = sorted(lots, key=lambda lot: lot.id == own)
        self.lot.choices = [SelectChoice(lot.id, f"Los {lot.number}: {lot.title}") for lot in ordered]

    def parts(self) -> dict[int, Quantity]:
        """Share id to the quantity that is split off; empty fields stay."""
        fields = {name: field for name, field in self._fields.items() if name.startswith("share_")}
        return {int(name.removeprefix("share_")): field.data for name, field in fields.items() if field.data}


def split_form(shares: Sequence[BundledShare], **source: Any) -> SplitForm:
    """A form with a quantity per share."""
    fields = {
        f"share_{share.id}": QuantityField(
            _l("Abgeteilte Menge: %(member)s", member=share.member_name), validators=[Optional()]
        )
        for share in shares
    }
    form: SplitForm = type("SplitForm", (SplitForm,), fields)(**source)
    return form


class BuildForm(BaseForm):
    """By what lots are built, and between which numbers of inhabitants the classes lie."""

    basis = LabelledField(_l("Lose bilden"), LotBasis, default=LotBasis.CATEGORY)
    limits = StringField(_l("Grenzen der Größenklassen"), validators=[Optional()])

    def size_limits(self) -> list[int]:
        """The limits as numbers; nothing usable gives an empty list, which the rule refuses."""
        typed = (self.limits.data or "").replace(".", "").replace(",", ";").split(";")
        cleaned = [part.strip() for part in typed if part.strip()]
        if not cleaned:
            return list(SIZE_LIMITS)
        return [int(part) for part in cleaned] if all(part.isdigit() for part in cleaned) else []
