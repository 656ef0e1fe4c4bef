"""Forms of an uploaded bid tabulation: the file, what its columns mean, and who answers for taking it over."""

import re
from collections.abc import Iterable, Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired
from wtforms import IntegerField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, NumberRange, Optional, ValidationError

from procurement.bids.tabulation_mapping import ColumnRole, MappedColumn, TableMapping
from procurement.core.forms import BaseForm
from procurement.members.models import Account
from procurement.values.number_text import NumberStyle

ROWS = re.compile(r"\d{1,6}(?:\s*[-–]\s*\d{1,6})?")
MOST_ROWS = 5000


class TabulationForm(BaseForm):
    """One table of another platform."""

    file = FileField(_l("Angebotstabelle"), validators=[FileRequired(_l("Bitte die Datei wählen."))])

    def content_and_name(self) -> tuple[bytes, str]:
        """The bytes and the name of the file."""
        upload = self.file.data
        with upload.stream:
            return upload.read(), upload.filename or ""


class MappingForm(BaseForm):
    """Where the table stands and what its columns mean; two fields per column are added by :func:`mapping_form`."""

    sheet = SelectField(_l("Tabellenblatt"))
    head_row = IntegerField(
        _l("Zeile mit den Spaltentiteln"),
        validators=[InputRequired(_l("Bitte die Zeile angeben.")), NumberRange(min=1, message=_l("Ab Zeile 1."))],
    )
    style = SelectField(_l("Zahlen"), choices=[SelectChoice(style.value, style.label) for style in NumberStyle])
    left_out = StringField(_l("Zeilen auslassen"), validators=[Optional(), Length(max=400)])
    left_out_reason = StringField(_l("Grund"), validators=[Optional(), Length(max=400)])

    column_numbers: Sequence[int] = ()

    def validate_left_out(self, field: StringField) -> None:
        """Numbers and ranges such as ``54-60, 63``."""
        parts = [part.strip() for part in (field.data or "").split(",") if part.strip()]
        if not all(ROWS.fullmatch(part) for part in parts):
            raise ValidationError(_l("Bitte Zeilen wie „54-60, 63“ angeben."))

    def columns(self) -> list[tuple[int, Any, Any]]:
        """Number, role field and bidder field of every column, for the template."""
        return [
            (number, self._fields[f"role_{number}"], self._fields[f"bidder_{number}"]) for number in self.column_numbers
        ]

    def mapping(self) -> TableMapping:
        """What was stated."""
        return TableMapping(
            sheet=self.sheet.data,
            head_row=self.head_row.data,
            style=NumberStyle(self.style.data),
            columns=tuple(
                MappedColumn(number, ColumnRole(role.data), " ".join((bidder.data or "").split()))
                for number, role, bidder in self.columns()
            ),
            left_out=tuple(_rows(self.left_out.data or "")),
            left_out_reason=(self.left_out_reason.data or "").strip(),
        )


def _rows(typed: str) -> list[int]:
    """The row numbers of ``54-60, 63``."""
    found: set[int] = set()
    for part in filter(None, (part.strip() for part in typed.split(","))):
        first, *last = [int(number) for number in re.findall(r"\d+", part)]
        found |= set(range(first, min(last[0] if last else first, first + MOST_ROWS) + 1))
    return sorted(found)


def mapping_form(mapping: TableMapping, sheets: Sequence[str]) -> MappingForm:
    """The form for a table with these columns, filled with a mapping unless something was sent."""
    roles = [SelectChoice(role.value, role.label) for role in ColumnRole]
    fields: dict[str, Any] = {}
    for column in mapping.columns:
        fields[f"role_{column.number}"] = SelectField(_l("Bedeutung"), choices=roles, default=column.role.value)
        fields[f"bidder_{column.number}"] = StringField(
            _l("Bieter"), validators=[Optional(), Length(max=200)], default=column.bidder
        )
    numbers = [column.number for column in mapping.columns]
    form: MappingForm = type("ColumnMappingForm", (MappingForm,), {**fields, "column_numbers": numbers})(
        sheet=mapping.sheet,
        head_row=mapping.head_row,
        style=mapping.style.value,
        left_out=", ".join(map(str, mapping.left_out)),
        left_out_reason=mapping.left_out_reason,
    )
    form.sheet.choices = [SelectChoice(name, name) for name in sheets]
    return form


class TakingOverForm(BaseForm):
    """Who looked at the table as the second person, and where the bids were opened."""

    second = SelectField(_l("Zweite Person der Vergabestelle"), coerce=int)
    platform = StringField(
        _l("Geöffnet auf der Plattform"), validators=[InputRequired(_l("Bitte die Plattform nennen.")), Length(max=200)]
    )

    def offer(self, officers: Iterable[Account]) -> None:
        """Fill the choice of the second person."""
        self.second.choices = [SelectChoice(officer.id, officer.name) for officer in officers]
