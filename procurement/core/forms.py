"""Forms: the base every form inherits, and fields that read German money, quantities and dates without guessing.

WTForms' own DecimalField is not used: with a German locale it reads ``12.5`` as 125.
"""

import re
from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from typing import Any, TypeVar

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import Field, HiddenField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.widgets import DateTimeLocalInput, TextInput

from procurement.core import clock
from procurement.core.db import db
from procurement.core.errors import ProcurementError
from procurement.values.figures import german_decimal
from procurement.values.label import Labelled
from procurement.values.money import Money, UnitPrice
from procurement.values.quantity import Quantity

Result = TypeVar("Result")
EXPECTED_REFUSALS = (409, 422)


class BaseForm(FlaskForm):
    """Every form: CSRF token, idempotency key, and a way to run an action so that its objections land in the form."""

    idempotency_key = HiddenField()
    version = HiddenField()

    def attempt(self, action: Callable[[], Result], *, keep: bool = False) -> Result | None:
        """Run the action; if a rule refuses, keep the input, list every objection and return None.

        ``keep`` leaves what the action recorded about the refusal itself, such as a failed sign-in.
        """
        try:
            return action()
        except ProcurementError as refusal:
            if refusal.status not in EXPECTED_REFUSALS:
                raise
            if not keep:
                db.session.rollback()
            for objection in refusal.objections:
                if objection.field and objection.field in self._fields:
                    field = self._fields[objection.field]
                    field.errors = [*field.errors, objection.text]
                else:
                    self.form_errors.append(objection.text)
            return None

    def seen_version(self) -> int | None:
        """The version number of the thing as it was when this form was shown."""
        return int(self.version.data) if (self.version.data or "").isdigit() else None


def read_german_decimal(text: str, decimals: int) -> Decimal:
    """Read ``1.234,56``; refuse everything that could be meant otherwise, such as ``12.5`` or ``1,234.56``."""
    cleaned = text.replace("\u00a0", " ").replace("−", "-").removesuffix("€").strip()
    if not re.fullmatch(rf"-?(?:\d{{1,3}}(?:\.\d{{3}})+|\d+)(?:,\d{{1,{max(decimals, 1)}}})?", cleaned):
        raise ValueError(text)
    return Decimal(cleaned.replace(".", "").replace(",", "."))


class GermanNumberField(Field):
    """A text field for an exact number; what was typed is shown again when it could not be read."""

    widget = TextInput()
    decimals = 2
    example = "1.234,56"

    def read(self, number: Decimal) -> Any:
        """Turn the number into the value type of the field."""
        raise NotImplementedError

    def process_formdata(self, valuelist: list[str]) -> None:
        raw = (valuelist[0] if valuelist else "").strip()
        self.data = None
        if not raw:
            return
        try:
            self.data = self.read(read_german_decimal(raw, self.decimals))
        except ValueError as error:
            message = _l("„%(typed)s“ ist keine eindeutige Zahl. Bitte wie %(example)s eingeben: Komma vor den "
                         "Nachkommastellen, höchstens %(decimals)s davon, Punkt nur vor drei Ziffern.",
                         typed=raw, example=self.example, decimals=self.decimals)  # fmt: skip
            raise ValueError(message) from error

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return "" if self.data is None else german_decimal(self.data.as_decimal())


class MoneyField(GermanNumberField):
    """Euros and cents; data is :class:`Money`."""

    def read(self, number: Decimal) -> Money:
        return Money.of(number)


class UnitPriceField(GermanNumberField):
    """Euros per unit, up to six decimals; data is :class:`UnitPrice`."""

    decimals = 6
    example = "1.234,5678"

    def read(self, number: Decimal) -> UnitPrice:
        return UnitPrice.of(number)


class QuantityField(GermanNumberField):
    """A quantity with up to three decimals; data is :class:`Quantity`."""

    decimals = 3
    example = "1.200 oder 2,5"

    def read(self, number: Decimal) -> Quantity:
        return Quantity.of(number)


class MomentField(Field):
    """Date and time on a Berlin wall clock; data is an aware moment in UTC."""

    widget = DateTimeLocalInput()

    def process_formdata(self, valuelist: list[str]) -> None:
        raw = (valuelist[0] if valuelist else "").strip()
        self.data = None
        if raw:
            try:
                self.data = clock.from_berlin(datetime.fromisoformat(raw))
            except ValueError as error:
                raise ValueError(_l("Bitte Datum und Uhrzeit angeben, zum Beispiel 11.12.2026, 12:00.")) from error

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return "" if self.data is None else f"{clock.in_berlin(self.data):%Y-%m-%dT%H:%M}"


class LabelledField(SelectField):
    """A choice out of a closed list; data is the enum member."""

    def __init__(self, label: Any, kind: type[Labelled], **kwargs: Any) -> None:
        choices = [SelectChoice(member.value, member.label) for member in kwargs.pop("only", kind)]
        super().__init__(label, choices=choices, coerce=kind, **kwargs)
