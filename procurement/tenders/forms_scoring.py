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
from procurement.tenders import lot_references
from procurement.tenders.criteria_entries import CriterionEntry, percent_text
from procurement.tenders.kinds import CriterionKind, TieRule
from procurement.tenders.method import (
    OPTIONAL,
    PRICE_POINT_METHODS,
    REQUIRED,
    DecisionCriterion,
    PriceRule,
    QualityReference,
    RoundingPlace,
    ScoringMethod,
)
from procurement.tenders.method_figures import MOST_DECIMALS
from procurement.tenders.models import Tender
from procurement.tenders.scoring_setup import METHODS, SHARES, TREE_PARAMETERS, USUAL_TOTAL_POINTS
from procurement.values.figures import german_decimal
from procurement.values.label import Labelled
from procurement.values.rounding import half_up

BLANK_ROWS = 4
MOST_ROWS = 200
MOST_POINTS = 1_000_000
HUNDRED = 100
FIGURES = (
    *SHARES,
    *("zero_at", "minimum_percent", "reference_points", "reference_price"),
    *("price_weight", "bonus_per_point", "bonus_base"),
)
WORDS = (
    "criterion",
    "criterion_part",
    "reference_prices",
    "quality_reference",
    "price_rule",
    "rounding_places",
    "rounding_place",
)
PARAMETERS = (*FIGURES, *WORDS, "total_points", "whole_points")
USUAL = {
    "quality_weight": "0.5",
    "corridor": "0.05",
    "zero_at": "2",
    "quality_reference": QualityReference.ATTAINABLE.value,
    "price_rule": PriceRule.QUOTIENT.value,
    "total_points": str(USUAL_TOTAL_POINTS),
    "whole_points": "no",
}


def _choices(labels: type[Labelled]) -> list[SelectChoice]:
    return [SelectChoice(choice.value, choice.label) for choice in labels]


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
    scale = HiddenField()

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
                scale=(row.scale.data or "").strip(),
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
        choices=_choices(DecisionCriterion),
    )
    criterion_part = StringField(_l("Nummer der Kriterienhauptgruppe oder des Kriteriums"))
    quality_reference = SelectField(_l("Leistung gemessen an"), choices=_choices(QualityReference))
    reference_points = FactorField(_l("Referenzwert der Leistungspunkte"), validators=[Optional()])
    reference_price = FactorField(_l("Referenzpreis"), validators=[Optional()])
    reference_prices = StringField(_l("Abweichender Referenzpreis einzelner Lose"))
    threshold = FactorField(_l("Leistungsschwelle"), validators=[Optional()])
    bonus_per_point = FactorField(_l("Bonus je Leistungspunkt"), validators=[Optional()])
    bonus_base = FactorField(_l("Ausgangspunkte"), validators=[Optional()])
    price_weight = FactorField(_l("Gewichtungspunkte des Preises"), validators=[Optional()])
    price_rule = SelectField(_l("Punkte des Preises"), choices=_choices(PriceRule))
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
    rounding_place = SelectField(
        _l("Gerundet wird"),
        choices=[SelectChoice("", _l("nichts, es zählt der genaue Wert")), *_choices(RoundingPlace)],
    )
    rounding_places = IntegerField(_l("Nachkommastellen"), validators=[Optional(), NumberRange(0, MOST_DECIMALS)])
    tie_rule = LabelledField(_l("Bei Gleichstand entscheidet"), TieRule)
    tie_then = LabelledField(_l("Danach entscheidet"), TieRule)

    def parameters(self) -> dict[str, str]:
        """The parameters as exact decimal text, as the action takes them."""
        typed = {name: field.data for name, field in self._fields.items() if name in PARAMETERS}
        if not typed.get("rounding_place"):
            typed.pop("rounding_places", None)
        typed["tie_then"] = self.tie_then.data.value
        shares = {name: typed[name] / HUNDRED for name in SHARES if typed.get(name) is not None}
        return {name: _text(figure) for name, figure in (typed | shares).items() if figure not in (None, "")}


def method_form(tender: Tender, chosen: ScoringMethod, **source: Any) -> MethodForm:
    """The form for one method with what is stored or usual; fields that the method does not need are taken out."""
    stored = USUAL | tender.parameters
    figures = {name: _figure(stored[name], HUNDRED if name in SHARES else 1) for name in FIGURES if stored.get(name)}
    words = {name: stored.get(name) for name in (*WORDS, "whole_points")}
    form = MethodForm(
        **source,
        data={
            **figures,
            **words,
            "method": chosen.value,
            "rounding_place": stored.get("rounding_place", ""),
            "rounding_places": int(stored["rounding_places"]) if stored.get("rounding_places") else None,
            "total_points": int(stored["total_points"]),
            "tie_rule": tender.tie_rule,
            "tie_then": TieRule(stored.get("tie_then", TieRule.NONE.value)),
            "version": str(tender.version),
        },
    )
    if chosen not in PRICE_POINT_METHODS and form.rounding_place:
        form.rounding_place.choices = [
            choice for choice in form.rounding_place.choices if choice.value != RoundingPlace.PRICE_POINTS.value
        ]
    for name in set(PARAMETERS) - _asked(chosen):
        del form[name]
    for name in REQUIRED[chosen]:
        if name in form:
            # May be left blank only because the action then says in one sentence what the method lacks.
            form[name].flags.optional = False
    return form


def _asked(chosen: ScoringMethod) -> set[str]:
    """The parameters that stand in the form of this method."""
    tree = () if chosen is ScoringMethod.LOWEST_PRICE else TREE_PARAMETERS
    of_lots = (lot_references.PARAMETER,) if chosen is ScoringMethod.WEIGHTED_REFERENCE else ()
    return {*REQUIRED[chosen], *OPTIONAL[chosen], *of_lots, *tree}


def _figure(text: str, factor: int) -> Decimal:
    """A stored figure as it is typed; a fraction, which only a scenario can store, is shown with four decimals."""
    exact = Fraction(text) * factor
    return Decimal(half_up(exact * 10**FactorField.decimals)).scaleb(-FactorField.decimals).normalize()


def _text(figure: Decimal | int | str) -> str:
    return f"{figure.normalize():f}" if isinstance(figure, Decimal) else str(figure)
