"""Forms of criteria and scoring method: the tree as a table, the parameters each method needs."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import FieldList, Form, FormField, HiddenField, IntegerField, RadioField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import AnyOf, InputRequired, NumberRange, Optional

from procurement.core.forms import BaseForm, GermanNumberField, LabelledField
from procurement.tenders.criteria_entries import CriterionEntry, percent_text
from procurement.tenders.kinds import CriterionKind, TieRule
from procurement.tenders.method import REQUIRED, DecisionCriterion, ScoringMethod
from procurement.tenders.models import Tender
from procurement.tenders.scoring_setup import METHODS, SHARES, TREE_PARAMETERS, USUAL_TOTAL_POINTS
from procurement.values.figures import german_decimal
from procurement.values.rounding import half_up

BLANK_ROWS = 4
MOST_ROWS = 200
MOST_POINTS = 1_000_000
HUNDRED = 100
FIGURES = (*SHARES, "zero_at", "minimum_percent")
PARAMETERS = (*FIGURES, "criterion", "total_points", "whole_points")
USUAL = {
    "quality_weight": "0.5",
    "corridor": "0.05",
    "zero_at": "2",
    "total_points": str(USUAL_TOTAL_POINTS),
    "whole_points": "no",
}


class PercentTextField(StringField):  # type: ignore[misc]
    """A percentage as ``33,5`` or ``100/3``; data is the exact text that is stored, nothing for none."""

    def process_formdata(self, valuelist: list[str]) -> None:
        raw = (valuelist[0] if valuelist else "").strip()
        try:
            self.data = percent_text(raw)
        except ValueError as error:
            message = _l(
                "„%(typed)s“ ist kein Anteil. Bitte wie 40 oder 33,5 eingeben, Drittel als Bruch 100/3.", typed=raw
            )
            raise ValueError(message) from error

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return (self.data or "").replace(".", ",")


class FactorField(GermanNumberField):
    """A plain figure such as a percentage or a multiple; data is an exact decimal."""

    decimals = 4
    example = "2,5"

    def read(self, number: Decimal) -> Decimal:
        return number

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return "" if self.data is None else german_decimal(Decimal(f"{self.data:f}"))


class CriterionRow(Form):  # type: ignore[misc]
    """One row of the table; a row without number and title is left out."""

    number = StringField(_l("Nr."))
    parent_number = StringField(_l("Gehört zu Nr."))
    title = StringField(_l("Bezeichnung"))
    kind = LabelledField(_l("Art"), CriterionKind, default=CriterionKind.SCORED)
    weight_percent = PercentTextField(_l("Gewicht in %"))
    minimum_percent = PercentTextField(_l("Mindestens in %"))
    description = StringField(_l("Erläuterung"))

    def is_blank(self) -> bool:
        """Whether nobody wrote anything into this row."""
        texts = (
            self.number,
            self.parent_number,
            self.title,
            self.weight_percent,
            self.minimum_percent,
            self.description,
        )
        return not any((field.data or "").strip() for field in texts)


class CriteriaForm(BaseForm):
    """All criteria of a tender with some blank rows at the end."""

    rows = FieldList(FormField(CriterionRow), max_entries=MOST_ROWS)

    def entries(self) -> list[CriterionEntry]:
        """The filled rows, as the action takes them."""
        filled = (row.form for row in self.rows if not row.form.is_blank())
        return [
            CriterionEntry(
                number=(row.number.data or "").strip(),
                title=(row.title.data or "").strip(),
                parent_number=(row.parent_number.data or "").strip(),
                kind=row.kind.data,
                weight_percent=row.weight_percent.data,
                minimum_percent=row.minimum_percent.data,
                description=(row.description.data or "").strip(),
            )
            for row in filled
        ]


def criteria_form(tender: Tender, criteria: Sequence[CriterionEntry]) -> CriteriaForm:
    """The form with the stored criteria and blank rows for new ones, whatever was sent."""
    rows: list[dict[str, Any]] = [
        {name: getattr(entry, name) for name in CriterionEntry.__slots__} for entry in criteria
    ]
    return CriteriaForm(formdata=None, data={"rows": rows + [{}] * BLANK_ROWS, "version": str(tender.version)})


class MethodForm(BaseForm):
    """One method with its parameters and the tie rule; percentages as people say them, stored as shares of one."""

    method = HiddenField(validators=[AnyOf(list(METHODS), message=_l("Bitte eine Wertungsmethode wählen."))])
    quality_weight = FactorField(_l("Gewicht der Leistung"), validators=[Optional()])
    corridor = FactorField(_l("Korridor"), validators=[Optional()])
    criterion = SelectField(
        _l("Innerhalb des Korridors entscheidet"),
        choices=[SelectChoice(criterion.value, criterion.label) for criterion in DecisionCriterion],
    )
    zero_at = FactorField(_l("Nullpunkt des Preises"), validators=[Optional()])
    total_points = IntegerField(
        _l("Summe der Gewichtungspunkte"),
        validators=[InputRequired(_l("Bitte eine ganze Zahl eingeben.")), NumberRange(1, MOST_POINTS)],
    )
    whole_points = RadioField(
        _l("Gewichtungspunkte"),
        choices=[SelectChoice("no", _l("genau, auch als Bruch")), SelectChoice("yes", _l("auf ganze Punkte verteilt"))],
    )
    minimum_percent = FactorField(_l("Mindestpunktzahl insgesamt"), validators=[Optional()])
    tie_rule = LabelledField(_l("Bei Gleichstand entscheidet"), TieRule)

    def parameters(self) -> dict[str, str]:
        """The parameters as exact decimal text, as the action takes them."""
        typed = {name: field.data for name, field in self._fields.items() if name in PARAMETERS}
        shares = {name: typed[name] / HUNDRED for name in SHARES if typed.get(name) is not None}
        return {name: _text(figure) for name, figure in (typed | shares).items() if figure not in (None, "")}


def method_form(tender: Tender, chosen: ScoringMethod, **source: Any) -> MethodForm:
    """The form for one method with what is stored or usual; fields that the method does not need are taken out."""
    stored = USUAL | tender.parameters
    figures = {name: _figure(stored[name], HUNDRED if name in SHARES else 1) for name in FIGURES if stored.get(name)}
    form = MethodForm(
        **source,
        data={
            **figures,
            "method": chosen.value,
            "criterion": stored.get("criterion"),
            "total_points": int(stored["total_points"]),
            "whole_points": stored["whole_points"],
            "tie_rule": tender.tie_rule,
            "version": str(tender.version),
        },
    )
    needed = {*REQUIRED[chosen], *([] if chosen is ScoringMethod.LOWEST_PRICE else TREE_PARAMETERS)}
    for name in PARAMETERS:
        if name not in needed:
            del form[name]
    return form


def _figure(text: str, factor: int) -> Decimal:
    """A stored figure as it is typed; a fraction, which only a scenario can store, is shown with four decimals."""
    exact = Fraction(text) * factor
    return Decimal(half_up(exact * 10**FactorField.decimals)).scaleb(-FactorField.decimals).normalize()


def _text(figure: Decimal | int | str) -> str:
    return f"{figure.normalize():f}" if isinstance(figure, Decimal) else str(figure)
