"""Forms of this feature: round, article, pasted articles, invitation, reopening; what leads fill is in forms_grid."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, cast

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, DateField, Field, IntegerField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import InputRequired, Optional
from wtforms.widgets import CheckboxInput, ListWidget, TextInput

from procurement.core.forms import (
    BaseForm,
    LabelledField,
    MomentField,
    MoneyField,
    UnitPriceField,
    read_german_decimal,
)
from procurement.demand.entries import ArticleEntry, JointCostEntry, RoundEntry
from procurement.demand.start_date import read_start
from procurement.demand.states import JointCostKey
from procurement.members.models import Member
from procurement.values.money import UnitPrice
from procurement.values.payment import ContractTerm, Nature

if TYPE_CHECKING:
    from datetime import datetime

PRICE_DECIMALS = 6
PASTED_COLUMNS = 7


class RoundForm(BaseForm):
    """What a round is called and until when members answer."""

    reference = StringField(_l("Zeichen"), validators=[InputRequired(_l("Bitte ein Zeichen vergeben."))])
    title = StringField(_l("Titel"), validators=[InputRequired(_l("Bitte einen Titel eingeben."))])
    description = TextAreaField(_l("Hinweise für die Mitglieder"), validators=[Optional()])
    deadline_at = MomentField(_l("Frist"), validators=[InputRequired(_l("Bitte die Frist angeben."))])
    reminder_at = MomentField(_l("Erinnerung am"), validators=[Optional()])
    escalation_at = MomentField(_l("Letzte Erinnerung am"), validators=[Optional()])
    term_months = IntegerField(_l("Laufzeit in Monaten"), validators=[Optional()])
    option_months = IntegerField(_l("Verlängerungen in Monaten"), validators=[Optional()])
    has_total_price = BooleanField(_l("Für die ganze Laufzeit wird ein Gesamtpreis vereinbart"), default=True)
    joint_cost_from_net = MoneyField(_l("Gemeinsame Kosten von, netto"), validators=[Optional()])
    joint_cost_to_net = MoneyField(_l("Gemeinsame Kosten bis, netto"), validators=[Optional()])
    joint_cost_key = LabelledField(_l("Aufteilung nach"), JointCostKey, default=JointCostKey.CLIENTS)
    key_reference_date = DateField(_l("Stichtag des Schlüssels"), validators=[Optional()])

    def entry(self) -> RoundEntry:
        """The round as entered."""
        deadline = cast("datetime", self.deadline_at.data)  # a valid form has one
        term = ContractTerm(self.term_months.data, self.option_months.data or 0, bool(self.has_total_price.data))
        joint_cost = JointCostEntry(
            self.joint_cost_from_net.data,
            self.joint_cost_to_net.data,
            self.joint_cost_key.data,
            self.key_reference_date.data,
        )
        return RoundEntry(
            self.reference.data,
            self.title.data,
            self.description.data or "",
            deadline,
            self.reminder_at.data,
            self.escalation_at.data,
            term=term,
            joint_cost=joint_cost,
        )


class ArticleForm(BaseForm):
    """One article to ask for."""

    number = StringField(_l("Artikelnummer"))
    title = StringField(_l("Bezeichnung"))
    unit = StringField(_l("Einheit"))
    nature = LabelledField(_l("Zahlweise"), Nature)
    category = StringField(_l("Warengruppe"), validators=[Optional()])
    cpv = StringField(_l("CPV-Code"), validators=[Optional()])
    planning_price_net = UnitPriceField(_l("Planungspreis netto"), validators=[Optional()])
    explanation = TextAreaField(_l("Erläuterung"), validators=[Optional()])

    def entry(self) -> ArticleEntry:
        """The article as entered."""
        return ArticleEntry(
            self.number.data or "",
            self.title.data or "",
            self.unit.data or "",
            self.nature.data,
            self.category.data or "",
            (self.cpv.data or "").strip(),
            self.planning_price_net.data,
            self.explanation.data or "",
        )


class PasteForm(BaseForm):
    """Many articles at once, one per line, copied from a spreadsheet or written with semicolons."""

    rows = TextAreaField(_l("Zeilen"))

    def validate_rows(self, field: Field) -> None:
        """Read every line; each unreadable one is named."""
        self.entries: list[ArticleEntry] = []
        unreadable = []
        for number, line in enumerate(_filled_lines(field.data or ""), 1):
            try:
                self.entries.append(_pasted_article(line))
            except ValueError as error:
                unreadable.append(_("Zeile %(number)s: %(reason)s", number=number, reason=error))
        if unreadable:
            field.errors = [*field.errors, *unreadable]
        elif not self.entries:
            field.errors = [*field.errors, _("Bitte mindestens eine Zeile einfügen.")]


def _filled_lines(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.strip(" ;\t")]


def _pasted_article(line: str) -> ArticleEntry:
    """Number, title, unit, then if wanted planning price, nature, CPV code and category."""
    separator = "\t" if "\t" in line else ";"
    cells = [cell.strip() for cell in line.split(separator)]
    number, title, unit, price, nature, cpv, category = (cells + [""] * PASTED_COLUMNS)[:PASTED_COLUMNS]
    return ArticleEntry(number, title, unit, _nature(nature), category, cpv, _price(price))


def _nature(text: str) -> Nature:
    if not text:
        return Nature.ONE_OFF
    for nature in Nature:
        if text.casefold() == nature.label:
            return nature
    raise ValueError(_("„%(typed)s“ ist keine Zahlweise; möglich sind einmalig und laufend.", typed=text))


def _price(text: str) -> UnitPrice | None:
    if not text:
        return None
    try:
        number = read_german_decimal(text, PRICE_DECIMALS)
    except ValueError as error:
        raise ValueError(_("„%(typed)s“ ist kein eindeutiger Preis, zum Beispiel 1.234,56.", typed=text)) from error
    return UnitPrice.of(number)


class InviteForm(BaseForm):
    """Which members are asked; those invited already are no longer offered."""

    members = SelectMultipleField(
        _l("Mitglieder"), coerce=int, widget=ListWidget(prefix_label=False), option_widget=CheckboxInput()
    )

    def offer(self, members: Iterable[Member]) -> None:
        """Set the choices."""
        self.members.choices = [(member.id, member.name) for member in members]


class ReopenForm(BaseForm):
    """Why a submitted demand is to be changed."""

    reason = TextAreaField(_l("Begründung"), validators=[InputRequired(_l("Bitte die Änderung begründen."))])


class StartField(Field):
    """A day or a month; data is the day, of a month its first."""

    widget = TextInput()

    def process_formdata(self, valuelist: list[str]) -> None:
        raw = (valuelist[0] if valuelist else "").strip()
        self.data = None
        if raw:
            try:
                self.data = read_start(raw)
            except ValueError as error:
                message = _l("„%(typed)s“ ist kein Datum. Bitte wie 15.01.2027 oder 01/2027 eingeben.", typed=raw)
                raise ValueError(message) from error

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return "" if self.data is None else f"{self.data:%d.%m.%Y}"
