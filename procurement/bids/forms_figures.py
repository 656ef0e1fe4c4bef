"""The form of a bid's further figures in one lot: one row per announced part, rebate, skonto, and why it changes."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import FieldList, Form, FormField, HiddenField, IntegerField, StringField, TextAreaField
from wtforms.validators import Length, Optional

from procurement.bids.evaluation_price import OfferedRebate, OfferedSkonto
from procurement.bids.figures_entries import REASON_LENGTH, REBATE, SKONTO, SOURCE_LENGTH, FigureEntry, FiguresEntry
from procurement.bids.models_figures import BidFigures
from procurement.bids.queries_figures import AskedFigure
from procurement.core.forms import BaseForm, GermanNumberField, MoneyField
from procurement.values.figures import german_decimal
from procurement.values.money import Money

SOURCE = (Optional(), Length(max=SOURCE_LENGTH))


class PercentField(GermanNumberField):
    """A percentage as a bidder writes it; data is the exact text that is stored."""

    decimals = 4
    example = "2,5"

    def read(self, number: Decimal) -> str:
        return f"{number.normalize():f}"

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return german_decimal(Decimal(self.data)) if self.data else ""


class FigureRow(Form):  # type: ignore[misc]
    """The figure of one announced part."""

    number = HiddenField()
    amount = MoneyField(_l("Betrag"), validators=[Optional()])
    source = StringField(_l("Fundstelle"), validators=SOURCE)


class FiguresForm(BaseForm):
    """Everything a bid says besides its unit prices."""

    rows = FieldList(FormField(FigureRow))
    rebate_percent = PercentField(_l("Nachlass ohne Bedingung in Prozent"))
    rebate_amount = MoneyField(_l("oder als Betrag"), validators=[Optional()])
    rebate_source = StringField(_l("Fundstelle des Nachlasses"), validators=SOURCE)
    skonto_percent = PercentField(_l("Skonto"))
    skonto_days = IntegerField(_l("bei Zahlung innerhalb von"), validators=[Optional()])
    skonto_source = StringField(_l("Fundstelle des Skontos"), validators=SOURCE)
    reason = TextAreaField(_l("Grund der Berichtigung"), validators=[Optional(), Length(max=REASON_LENGTH)])

    def entry(self) -> FiguresEntry:
        """What was entered."""
        figures = [
            FigureEntry(row.form.number.data or "", row.form.amount.data, row.form.source.data or "")
            for row in self.rows
        ]
        percent, amount = self.rebate_percent.data or "", self.rebate_amount.data
        skonto, days = self.skonto_percent.data or "", self.skonto_days.data
        return FiguresEntry(
            figures,
            OfferedRebate(percent, amount) if percent or amount is not None else None,
            self.rebate_source.data or "",
            OfferedSkonto(skonto, days or 0) if skonto or days else None,
            self.skonto_source.data or "",
            self.reason.data or "",
        )


def figures_form(asked: Sequence[AskedFigure], latest: BidFigures | None) -> FiguresForm:
    """The form with what is stored, whatever was sent."""
    stored: Mapping[str, Mapping[str, str]] = latest.figures if latest else {}
    rebate, skonto = stored.get(REBATE, {}), stored.get(SKONTO, {})
    rows: list[dict[str, Any]] = [
        {"number": one.part.number, "amount": one.amount, "source": one.source} for one in asked
    ]
    return FiguresForm(
        formdata=None,
        data={
            "rows": rows,
            "rebate_percent": rebate.get("percent"),
            "rebate_amount": Money(int(rebate["cents"])) if "cents" in rebate else None,
            "rebate_source": rebate.get("source", ""),
            "skonto_percent": skonto.get("percent"),
            "skonto_days": int(skonto["days"]) if skonto else None,
            "skonto_source": skonto.get("source", ""),
            "version": str(latest.number if latest else 0),
        },
    )
