"""Forms of the laboratory: what is tried comes with the address (GET), the reason of a choice is sent (POST).

A parameter that is needed and left empty gets its usual value; what was typed for another method stays in the form as
hidden fields, so that going back to it loses nothing.
"""

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import MultiDict
from wtforms import Field, FieldList, Form, FormField, IntegerField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, NumberRange, Optional, ValidationError

from procurement.core.forms import GermanNumberField, LabelledField, MoneyField
from procurement.evaluation.forms import DecidingForm
from procurement.evaluation.laboratory import MOST_BIDS, MOST_VARIANTS, TriedBid
from procurement.evaluation.laboratory_comparison import Experiment, VariantEntry
from procurement.evaluation.laboratory_rules import MOST_POINTS
from procurement.evaluation.laboratory_start import usual_parameters
from procurement.evaluation.queries_laboratory import Start
from procurement.tenders.kinds import TieRule
from procurement.tenders.method import (
    DecisionCriterion,
    PriceRule,
    QualityReference,
    ScoringMethod,
    ScoringParameters,
    needed,
)
from procurement.tenders.scoring_setup import METHODS, SHARES
from procurement.values.figures import german_decimal
from procurement.values.label import Labelled
from procurement.values.objection import Objection
from procurement.values.rounding import half_up

DECIMALS, HUNDRED = 4, 100
MOST_WHOLE = 10**30
BLANK_BIDS = 2
FIRST_SEED, HIGHEST_SEED = 1, 999_999_999
SEEDS = _l("Bitte eine ganze Zahl von 0 bis 999.999.999 angeben.")
NO_METHOD = ""


class FigureField(GermanNumberField):
    """A plain figure; data is an exact decimal."""

    decimals = DECIMALS
    example = "2,5"

    def read(self, number: Decimal) -> Decimal:
        return number

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return "" if self.data is None else german_decimal(Decimal(f"{self.data:f}"))


class WholeField(GermanNumberField):
    """A whole number that may be written with thousands separators; data is an int."""

    decimals = 0
    example = "8.500"

    def read(self, number: Decimal) -> int:
        if number != int(number) or abs(number) > MOST_WHOLE:
            raise ValueError(number)
        return int(number)

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return "" if self.data is None else german_decimal(Decimal(self.data))


class OfferedField(SelectField):  # type: ignore[misc]
    """A choice that may be missing, but must be one of those offered."""

    def pre_validate(self, form: Form) -> None:
        if self.data not in (None, "", *(choice.value for choice in self.choices or ())):
            raise ValidationError(_l("Bitte eine der angebotenen Möglichkeiten wählen."))


def _select(label: Any, choices: type[Labelled], *, without: tuple[Labelled, ...] = ()) -> OfferedField:
    offered = [SelectChoice(choice.value, choice.label) for choice in choices if choice not in without]
    return OfferedField(label, choices=offered)


class BidRow(Form):  # type: ignore[misc]
    """One hypothetical bid; an empty row does not count."""

    name = StringField(_l("Name"))
    points = WholeField(_l("Leistungspunkte"))
    price = MoneyField(_l("Preis"))

    def is_blank(self) -> bool:
        """Whether points and price are empty; a name alone is no bid."""
        return not any((field.raw_data or [""])[0].strip() or field.data is not None for field in self._figures)

    def is_whole(self) -> bool:
        """Whether points and price could be read."""
        return all(field.data is not None for field in self._figures)

    @property
    def _figures(self) -> tuple[Field, Field]:
        return self.points, self.price


class VariantRow(Form):  # type: ignore[misc]
    """One method with every parameter some method may need."""

    method = OfferedField(_l("Verfahren"))
    quality_weight = FigureField(_l("Gewicht der Leistung"))
    corridor = FigureField(_l("Korridor"))
    criterion = _select(_l("Im Korridor entscheidet"), DecisionCriterion, without=(DecisionCriterion.PART,))
    zero_at = FigureField(_l("Nullpunkt des Preises"))
    reference_points = FigureField(_l("Referenzwert der Leistung"))
    reference_price = FigureField(_l("Referenzpreis"))
    quality_reference = _select(_l("Leistung gemessen an"), QualityReference)
    price_weight = FigureField(_l("Gewichtungspunkte des Preises"))
    price_rule = _select(_l("Punkte des Preises"), PriceRule)
    bonus_per_point = FigureField(_l("Bonus je Leistungspunkt"))
    bonus_base = FigureField(_l("Bonus ab"))
    threshold = FigureField(_l("Leistungsschwelle"))

    def chosen(self) -> ScoringMethod | None:
        """The method, if one is chosen."""
        return METHODS.get(self.method.data or NO_METHOD)

    def asked(self) -> list[Field]:
        """The fields this method shows, in the order of the form."""
        method = self.chosen()
        names = set() if method is None else set(shown_parameters(method, self.price_rule.data))
        return [field for name, field in self._fields.items() if name in names]

    def kept(self) -> list[Field]:
        """Fields of other methods in which something was typed."""
        asked = {field.name for field in self.asked()}
        return [
            field
            for name, field in self._fields.items()
            if name != "method" and field.name not in asked and field.data not in (None, "")
        ]

    def entry(self) -> VariantEntry | None:
        """Method and parameters as exact texts, percentages as shares of one."""
        method = self.chosen()
        if method is None:
            return None
        texts = {field.short_name: _text(field) for field in self.asked() if field.data not in (None, "")}
        return VariantEntry(method, texts)


def shown_parameters(method: ScoringMethod, price_rule: str | None) -> tuple[str, ...]:
    """What the laboratory asks for a method; the attainable points follow from the tender."""
    rule = {one.value: one for one in PriceRule}.get(price_rule or "")
    names = [name for name in needed(method, ScoringParameters(price_rule=rule)) if name != "max_points"]
    extra = {ScoringMethod.BEST_VALUE: ["quality_reference"], ScoringMethod.BONUS: ["bonus_base"]}
    return tuple(names + extra.get(method, []))


class LaboratoryForm(Form):  # type: ignore[misc]
    """Everything that is tried; it comes with the address, so that a comparison can be kept as a bookmark."""

    bids = FieldList(FormField(BidRow), max_entries=MOST_BIDS)
    variants = FieldList(FormField(VariantRow), max_entries=MOST_VARIANTS)
    tie_rule = LabelledField(_l("Bei Gleichstand entscheidet"), TieRule, default=TieRule.NONE)
    max_points = WholeField(_l("Erreichbare Leistungspunkte"))
    seed = WholeField(
        _l("Startwert der Zufallssätze"), validators=[InputRequired(SEEDS), NumberRange(0, HIGHEST_SEED, SEEDS)]
    )
    through = SelectField(_l("Kurven durch Angebot"), validate_choice=False, default="1")

    def unread_bids(self) -> list[int]:
        """Numbers of the rows in which something stands but no whole bid."""
        return [
            number
            for number, row in enumerate(self.bids, 1)
            if not row.form.is_blank() and not row.form.is_whole() and not row.form.errors
        ]

    def pairs(self) -> list[tuple[str, str]]:
        """Every field with its text as typed, for the form that puts a choice on file."""
        rows = [field for rows in (self.bids, self.variants) for row in rows for field in row.form]
        single = (self.tie_rule, self.max_points, self.seed, self.through)
        return [(field.name, _typed(field)) for field in [*rows, *single]]

    def through_place(self) -> int:
        """Which of the compared bids the curves run through, from 0; the first if it is none of them."""
        numbers = [str(number) for number, row in enumerate(self.bids, 1) if row.form.is_whole()]
        return numbers.index(self.through.data) if self.through.data in numbers else 0

    def experiment(self, max_points: int) -> Experiment:
        """The filled rows as they are compared; a bid without a name gets its number."""
        bids = [
            TriedBid(
                (row.form.name.data or "").strip() or f"Angebot {number}", row.form.points.data, row.form.price.data
            )
            for number, row in enumerate(self.bids, 1)
            if row.form.is_whole()
        ]
        variants = [entry for row in self.variants if (entry := row.form.entry()) is not None]
        most = max_points if self.max_points.data is None else int(self.max_points.data)
        return Experiment(tuple(bids), tuple(variants), self.tie_rule.data, most, int(self.seed.data or 0))


class ChoiceForm(DecidingForm):
    """Which variant is to be announced, and why."""

    chosen = IntegerField(_l("Verfahren"), validators=[Optional()])
    reason = TextAreaField(_l("Begründung"))


def laboratory_form(start: Start, tie_rule: TieRule, typed: MultiDict[str, str]) -> LaboratoryForm:
    """The form with what was typed, else with the proposal; usual values where a needed parameter is empty."""
    if "seed" in typed:
        form = LaboratoryForm(typed)
    else:
        bids = [{"name": bid.name, "points": bid.points, "price": bid.price} for bid in start.bids]
        variants = [_shown(entry) for entry in start.variants]
        known = {"tie_rule": tie_rule, "max_points": start.max_points, "seed": FIRST_SEED}
        form = LaboratoryForm(None, data={"bids": bids, "variants": variants} | known)
    _fill_up(form.bids, sum(not row.form.is_blank() for row in form.bids) + BLANK_BIDS, MOST_BIDS)
    filled = sum(row.form.chosen() is not None for row in form.variants)
    _fill_up(form.variants, filled + 1, MOST_VARIANTS)
    form.through.choices = [
        SelectChoice(str(number), f"{number}. {row.form.name.data or ''}".strip())
        for number, row in enumerate(form.bids, 1)
        if not row.form.is_blank()
    ]
    offered = [SelectChoice(NO_METHOD, _l("– kein Verfahren –"))]
    offered += [SelectChoice(method.value, method.label) for method in ScoringMethod]
    usual = _usual(start, form.max_points.data)
    for row in form.variants:
        row.form.method.choices = offered
        _with_usual(row.form, usual)
    return form


def surplus_rows(typed: MultiDict[str, str]) -> list[Objection]:
    """What was typed beyond the rows there are; an address may hold any number of them."""
    found = []
    for rows, most, text in (
        ("bids", MOST_BIDS, _("Verglichen werden höchstens %(most)s angenommene Angebote.", most=MOST_BIDS)),
        ("variants", MOST_VARIANTS, _("Verglichen werden höchstens %(most)s Verfahren.", most=MOST_VARIANTS)),
    ):
        parts = (name.split("-") for name, value in typed.items() if name.startswith(f"{rows}-") and value.strip())
        if len({part[1] for part in parts}) > most:
            found.append(Objection(text))
    return found


def _usual(start: Start, max_points: int | None) -> Mapping[str, str]:
    """Usual values for so many attainable points."""
    if max_points in (None, start.max_points) or not 1 <= (max_points or 0) <= MOST_POINTS:
        return start.usual
    return usual_parameters(start.estimate, max_points or 1)


def _fill_up(rows: FieldList, wanted: int, most: int) -> None:
    while len(rows) < min(wanted, most):
        rows.append_entry()


def _with_usual(row: VariantRow, usual: Mapping[str, str]) -> None:
    """Selections before figures, because a choice decides which figures are asked for."""
    for _round in range(2):
        for field in row.asked():
            if field.data in (None, "") and not field.errors and not (field.raw_data or [""])[0].strip():
                field.raw_data = None
                field.data = usual[field.short_name] if isinstance(field, SelectField) else _figure(field, usual)


def _figure(field: Field, texts: Mapping[str, str]) -> Decimal:
    exact = Fraction(texts[field.short_name]) * (HUNDRED if field.short_name in SHARES else 1)
    return Decimal(half_up(exact * 10**DECIMALS)).scaleb(-DECIMALS).normalize()


def _shown(entry: VariantEntry) -> dict[str, Any]:
    """A stored variant as the form shows it."""
    shown: dict[str, Any] = {"method": entry.method.value}
    for name, field in VariantRow()._fields.items():
        text = entry.parameters.get(name)
        if text and name != "method":
            shown[name] = text if isinstance(field, SelectField) else _figure(field, entry.parameters)
    return shown


def _typed(field: Field) -> str:
    if field.raw_data:
        return str(field.raw_data[0])
    return str(field.data or "") if isinstance(field, SelectField) else str(field._value())  # noqa: SLF001 - as templates draw it


def _text(field: Field) -> str:
    if isinstance(field, SelectField):
        return str(field.data)
    share = HUNDRED if field.short_name in SHARES else 1
    return f"{(field.data / share).normalize():f}"
