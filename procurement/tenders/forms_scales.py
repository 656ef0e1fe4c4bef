"""The form of one criterion's scale: a target for each number of points that exists, or the figure bidders state."""

from decimal import Decimal
from fractions import Fraction
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import Field, StringField
from wtforms.validators import Optional

from procurement.core.forms import BaseForm, LabelledField
from procurement.tenders.criteria_scales import (
    BEST,
    FREE,
    USUAL_ZERO,
    Direction,
    FigureScale,
    Scale,
    ScaleKind,
    Step,
    StepScale,
)
from procurement.tenders.forms_scoring import FactorField
from procurement.tenders.models import Tender

EVERY_POINT = range(BEST + 1)


class ScaleForm(BaseForm):
    """A target left blank means that these points do not exist; a blank multiple means the usual one."""

    kind = LabelledField(_l("So entstehen die Punkte"), ScaleKind, default=ScaleKind.FREE)
    unit = StringField(_l("Einheit der genannten Zahl"))
    direction = LabelledField(_l("Besser ist"), Direction, default=Direction.HIGHER)
    zero_at = FactorField(_l("0 Punkte beim"), validators=[Optional()])

    def target(self, points: int) -> Field:
        """The field for the target that earns these points."""
        return self[f"target-{points}"]

    def scale(self) -> Scale:
        """The scale that was typed."""
        if self.kind.data is ScaleKind.STEPS:
            typed = [(points, (self.target(points).data or "").strip()) for points in EVERY_POINT]
            return StepScale(tuple(Step(points, target) for points, target in typed if target))
        if self.kind.data is ScaleKind.FIGURE:
            direction = self.direction.data
            zero = Fraction(USUAL_ZERO[direction]) if self.zero_at.data is None else Fraction(self.zero_at.data)
            return FigureScale((self.unit.data or "").strip(), direction, zero)
        return FREE


_TARGETS = {
    f"target-{points}": StringField(_l("Zielerreichung für %(points)s Punkte", points=points)) for points in EVERY_POINT
}
_Filled: type[ScaleForm] = type("FilledScaleForm", (ScaleForm,), _TARGETS)


def scale_form(tender: Tender, stored: Scale, **source: Any) -> ScaleForm:
    """The form filled with what is stored; ``formdata=None`` leaves out what was sent."""
    shown: dict[str, Any] = {"kind": stored.kind, "version": str(tender.version)}
    if isinstance(stored, StepScale):
        shown |= {f"target-{step.points}": step.target for step in stored.steps}
    if isinstance(stored, FigureScale):
        zero = Decimal(stored.zero_at.numerator) / Decimal(stored.zero_at.denominator)
        shown |= {"unit": stored.unit, "direction": stored.direction, "zero_at": zero}
    return _Filled(data=shown, **source)
