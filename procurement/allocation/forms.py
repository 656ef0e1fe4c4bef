"""Forms of this feature: a run with its blocks and the award sorted into them; reasons for discarding and correcting.

A block names its key and, if it has one, an amount of its own; an awarded line says in which block it belongs. So
every line stands once, and moving it is typing another letter. Rejected: a list of lines inside every block, which
repeats the whole award as often as there are blocks and needs scripts to stay readable.
"""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, DateField, FieldList, Form, FormField, HiddenField, StringField, TextAreaField
from wtforms.validators import InputRequired, Optional

from procurement.allocation.award import AwardedLine
from procurement.allocation.entries import BlockEntry, FreeSource, LineSource, RunEntry
from procurement.allocation.keys import KEYS_FOR_POTS, AllocationKey, Pot
from procurement.allocation.states import ChargeType
from procurement.allocation.suggestion import next_number
from procurement.allocation.taxation import VatCase
from procurement.core.forms import BaseForm, GermanNumberField, LabelledField, MoneyField, QuantityField
from procurement.values.figures import fixed, german_decimal
from procurement.values.money import Money
from procurement.values.payment import Nature

PERCENT_DECIMALS = 4
PLAIN_FIELDS = (
    "title", "charge_type", "vat_case", "period_from", "period_to", "key_reference_date", "due_on", "legal_basis",
)  # fmt: skip


class PercentField(GermanNumberField):
    """A share in percent with up to four decimals; data is :class:`Decimal`."""

    decimals = PERCENT_DECIMALS
    example = "30 oder 12,5"

    def read(self, number: Decimal) -> Decimal:
        return number

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return "" if self.data is None else german_decimal(self.data)


class BlockForm(Form):
    """One cost block; without number, title and amount it counts as not filled in."""

    number = StringField(_l("Nummer"))
    title = StringField(_l("Bezeichnung"))
    key = LabelledField(_l("Schlüssel"), AllocationKey)
    nature = LabelledField(_l("Zahlweise"), Nature)
    reason = TextAreaField(_l("Begründung des Schlüssels"))
    share_equal = PercentField(_l("Pauschale (Sockel)"))
    share_inhabitants = PercentField(_l("Einwohner"))
    share_clients = PercentField(_l("Arbeitsplätze (Clients)"))
    share_volume = PercentField(_l("Auftragsvolumen"))
    amount = MoneyField(_l("Eigener Betrag netto"))
    evidence = StringField(_l("Nachweis des eigenen Betrags"))
    has_supplier_vat = BooleanField(_l("Rechnungen von Lieferanten mit Umsatzsteuer"))
    is_dropped = BooleanField(_l("Diesen Block weglassen"))

    @property
    def is_blank(self) -> bool:
        """Whether nobody filled it in."""
        return not (self.number.data or self.title.data or self.amount.data)

    def shares(self) -> tuple[Pot, ...]:
        """The shares of a mixed key; other keys have none, whatever still stands in the fields."""
        if self.key.data is not AllocationKey.MIXED:
            return ()
        shares = [(key, self[f"share_{key.value}"].data) for key in KEYS_FOR_POTS]
        return tuple(Pot(share, key) for key, share in shares if share is not None)

    def entry(self, lines: Iterable[LineSource]) -> BlockEntry:
        """The block as entered, with the lines sorted into it."""
        free = [FreeSource(self.amount.data, self.evidence.data or "")] if self.amount.data is not None else []
        return BlockEntry(
            number=_text(self.number),
            title=_text(self.title),
            key=self.key.data,
            pots=self.shares(),
            reason=_text(self.reason),
            nature=self.nature.data,
            has_supplier_vat=self.has_supplier_vat.data,
            sources=(*lines, *free),
        )


class LineForm(Form):
    """An awarded line: the block it belongs to, and how much of it this period bills."""

    line_id = HiddenField()
    block = StringField(_l("Block"))
    quantity = QuantityField(_l("abgerechnete Menge"))


class RunForm(BaseForm):
    """One version of a cost allocation."""

    title = StringField(_l("Titel"), validators=[InputRequired(_l("Bitte einen Titel eingeben."))])
    charge_type = LabelledField(_l("Art der Zahlung"), ChargeType)
    vat_case = LabelledField(_l("Umsatzsteuer"), VatCase)
    period_from = DateField(_l("Zeitraum von"), validators=[InputRequired(_l("Bitte den ersten Tag angeben."))])
    period_to = DateField(_l("Zeitraum bis"), validators=[InputRequired(_l("Bitte den letzten Tag angeben."))])
    key_reference_date = DateField(
        _l("Stichtag der Schlüsselzahlen"), validators=[InputRequired(_l("Bitte den Stichtag angeben."))]
    )
    due_on = DateField(_l("Fällig am"), validators=[Optional()])
    legal_basis = TextAreaField(_l("Rechtsgrundlage"), validators=[Optional()])
    blocks = FieldList(FormField(BlockForm))
    lines = FieldList(FormField(LineForm))

    @property
    def renews_figures(self) -> bool:
        """Whether key figures are read anew; a first version has no others."""
        return False

    def filled_blocks(self) -> list[BlockForm]:
        """The blocks that count."""
        return [block.form for block in self.blocks if not block.form.is_blank and not block.form.is_dropped.data]

    def entry(self) -> RunEntry:
        """The run as entered."""
        return RunEntry(
            title=self.title.data,
            charge_type=self.charge_type.data,
            vat_case=self.vat_case.data,
            period_from=self.period_from.data,
            period_to=self.period_to.data,
            key_reference_date=self.key_reference_date.data,
            due_on=self.due_on.data,
            legal_basis=self.legal_basis.data or "",
            blocks=tuple(block.entry(self._lines_of(_text(block.number))) for block in self.filled_blocks()),
            renew_figures=self.renews_figures,
        )

    def _lines_of(self, number: str) -> list[LineSource]:
        rows = [line.form for line in self.lines if number and _text(line.form.block) == number]
        return [LineSource(int(row.line_id.data), row.quantity.data) for row in rows]

    def validate_lines(self, field: FieldList) -> None:
        """Every line names a block of this form or none; the fault stands in the cell."""
        known = {_text(block.number) for block in self.filled_blocks()}
        for line in field:
            number, cell = _text(line.form.block), line.form.block
            fault = ""
            if number and number not in known:
                fault = _("Block „%(number)s“ gibt es nicht. Bitte anlegen oder das Feld leeren.", number=number)
            elif not str(line.form.line_id.data).isdigit():
                fault = _("Eine Position ist nicht lesbar. Bitte laden Sie die Seite neu.")
            if fault:
                cell.errors = [*cell.errors, fault]
                field.errors.append({cell.short_name: [fault]})

    def add_block(self) -> None:
        """Offer one more block with the next free letter."""
        used = [_text(block.form.number) for block in self.blocks]
        usual = {"key": AllocationKey.CLIENTS, "nature": Nature.ONE_OFF, "has_supplier_vat": True}
        self.blocks.append_entry({"number": next_number(used), **usual})


class CorrectionForm(RunForm):
    """A new version of an approved run, with the reason."""

    reason = TextAreaField(_l("Grund der Berichtigung"), validators=[InputRequired(_l("Bitte den Grund angeben."))])
    renew_figures = BooleanField(_l("Schlüsselzahlen neu lesen"))

    @property
    def renews_figures(self) -> bool:
        """Whether the officer wants other figures than those of the version that is replaced."""
        return bool(self.renew_figures.data)


class DiscardForm(BaseForm):
    """Why a run is dropped."""

    reason = TextAreaField(_l("Grund"), validators=[InputRequired(_l("Bitte den Grund angeben."))])


class ObjectionForm(BaseForm):
    """Which figure a member holds to be wrong, and why."""

    reason = TextAreaField(_l("Ihr Einwand"), validators=[InputRequired(_l("Bitte den Einwand begründen."))])


class AnswerForm(BaseForm):
    """What the procurement office says to an objection."""

    answer = TextAreaField(_l("Antwort an das Mitglied"), validators=[InputRequired(_l("Bitte antworten."))])


def shown(entry: RunEntry, awarded: Sequence[AwardedLine]) -> dict[str, Any]:
    """The fields of :class:`RunForm` for an entry, with a row for every awarded line, used or not."""
    return {name: getattr(entry, name) for name in PLAIN_FIELDS} | {
        "blocks": [_shown_block(block) for block in entry.blocks],
        "lines": [row for line in awarded for row in _shown_line(line, entry.blocks)],
    }


def _shown_block(block: BlockEntry) -> dict[str, Any]:
    free = block.free_amounts
    return {
        "number": block.number,
        "title": block.title,
        "key": block.key,
        "nature": block.nature,
        "reason": block.reason,
        "amount": Money.total(source.amount for source in free) if free else None,
        "evidence": "; ".join(source.evidence for source in free),
        "has_supplier_vat": block.has_supplier_vat,
    } | {f"share_{pot.key.value}": _as_decimal(Fraction(pot.percent)) for pot in block.pots}


def _shown_line(line: AwardedLine, blocks: Iterable[BlockEntry]) -> list[dict[str, Any]]:
    """One row per block that bills the line; a line nobody bills has one empty row."""
    used = [
        {"line_id": line.line_id, "block": block.number, "quantity": source.quantity or line.quantity}
        for block in blocks
        for source in block.lines
        if source.line_id == line.line_id
    ]
    return used or [{"line_id": line.line_id, "block": "", "quantity": line.quantity}]


def _as_decimal(share: Fraction) -> Decimal:
    """A share for its field: exact if four decimals hold it, otherwise as near as the field can show."""
    return Decimal(fixed(share, PERCENT_DECIMALS)).normalize() + Decimal(0)


def _text(field: StringField) -> str:
    return (field.data or "").strip()
