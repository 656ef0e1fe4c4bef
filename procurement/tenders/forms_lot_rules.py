"""The form of the announced rules on several lots."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import IntegerField, StringField
from wtforms.validators import Optional

from procurement.core.forms import BaseForm, LabelledField
from procurement.tenders.lot_rules import (
    LotMode,
    LotObjective,
    LotRules,
    LotTieRule,
    combinations_in,
    combinations_text,
)
from procurement.tenders.models import Tender


class CombinationsField(StringField):  # type: ignore[misc]
    """Groups of lots as ``1+2; 3+4``; data is a tuple of tuples."""

    def process_formdata(self, valuelist: list[str]) -> None:
        raw = (valuelist[0] if valuelist else "").strip()
        try:
            self.data = combinations_in(raw)
        except ValueError as error:
            message = _l("Bitte Nummern der Lose wie 1+2; 3+4 eingeben, mit Semikolon zwischen den Kombinationen.")
            raise ValueError(message) from error

    def _value(self) -> str:
        return str(self.raw_data[0]) if self.raw_data else combinations_text(self.data or ())


class WeightsField(StringField):  # type: ignore[misc]
    """What each lot needs as ``1: 2,5; 2: 4``; data is exact decimal text by lot number."""

    def process_formdata(self, valuelist: list[str]) -> None:
        parts = [part for part in (valuelist[0] if valuelist else "").split(";") if part.strip()]
        try:
            pairs = [part.split(":") for part in parts]
            self.data = {int(number): need.strip().replace(",", ".") for number, need in pairs}
        except ValueError as error:
            raise ValueError(_l("Bitte wie 1: 2,5; 2: 4 eingeben: Nummer des Loses, Doppelpunkt, Bedarf.")) from error

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return "; ".join(f"{number}: {need.replace('.', ',')}" for number, need in sorted((self.data or {}).items()))


class LotRulesForm(BaseForm):
    """Limits, rebates, objective, tie rule, capacity."""

    bid_limit = IntegerField(_l("Angebotslimitierung"), validators=[Optional()])
    award_limit = IntegerField(_l("Zuschlagslimitierung"), validators=[Optional()])
    mode = LabelledField(_l("Koppelnachlässe"), LotMode)
    combinable = CombinationsField(_l("Lose, die zusammen vergeben werden können"))
    objective = LabelledField(_l("Auswahl der Lose, wenn ein Bieter mehr gewinnen würde"), LotObjective)
    tie_rule = LabelledField(_l("Bei gleichwertigen Verteilungen"), LotTieRule)
    weights = WeightsField(_l("Kapazität, die jedes Los braucht"))
    capacity = StringField(_l("Kapazität je Bieter"))

    def rules(self) -> LotRules:
        """What was typed, as the action takes it."""
        return LotRules(
            bid_limit=self.bid_limit.data,
            award_limit=self.award_limit.data,
            mode=self.mode.data,
            objective=self.objective.data,
            tie_rule=self.tie_rule.data,
            combinable=self.combinable.data or (),
            capacity=(self.capacity.data or "").strip().replace(",", ".") or None,
            weights=self.weights.data or {},
        )


def lot_rules_form(tender: Tender, rules: LotRules | None, **source: Any) -> LotRulesForm:
    """The form with what is stored."""
    stored = rules or LotRules()
    shown = {name: getattr(stored, name) for name in LotRules.__slots__}
    shown["capacity"] = (stored.capacity or "").replace(".", ",")
    return LotRulesForm(**source, data=shown | {"version": str(tender.version)})
