"""Forms of the evaluation: the cells of one criterion or one bid, and the reasons of decisions."""

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from flask_babel import lazy_gettext as _l
from wtforms import Field, HiddenField, IntegerField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired
from wtforms.widgets import HiddenInput

from procurement.core.errors import Conflict
from procurement.core.forms import BaseForm
from procurement.evaluation.entries import AnswerEntry, FigureEntry, PointsEntry
from procurement.evaluation.points_sheet import Answer, SheetCell
from procurement.members.models import Account

Result = TypeVar("Result")
CONFLICT, REFUSED = 409, 422
# By whether a criterion is scored, and whether bidders state a figure for it.
WHAT = {(True, False): _l("Punkte"), (True, True): _l("Zahl"), (False, False): _l("Ausschlusskriterium")}


class DecidingForm(BaseForm):
    """A form that tells a conflict with somebody else from input that has to be corrected."""

    status = REFUSED

    def attempt(self, action: Callable[[], Result], *, keep: bool = False) -> Result | None:
        """The same as for every form; afterwards ``status`` is what the refused page answers with."""

        def noted() -> Result:
            try:
                return action()
            except Conflict:
                self.status = CONFLICT
                raise

        result: Result | None = super().attempt(noted, keep=keep)
        return result


class ReasonForm(DecidingForm):
    """The reason for confirming or rejecting a proposal."""

    reason = TextAreaField(_l("Begründung"), validators=[InputRequired(_l("Bitte begründen."))])


class ProposalForm(DecidingForm):
    """A proposal: the run and the bid that were shown, and the reason."""

    run = IntegerField(widget=HiddenInput(), validators=[InputRequired()])
    bid = IntegerField(widget=HiddenInput(), validators=[InputRequired()])
    reason = TextAreaField(_l("Begründung"), validators=[InputRequired(_l("Bitte begründen."))])


class SingleBidForm(DecidingForm):
    """The only bid of a lot judged: its price against the estimate, and the market."""

    plausibility = TextAreaField(_l("Plausibilität des Preises"), validators=[InputRequired(_l("Bitte begründen."))])
    market = TextAreaField(_l("Einschätzung des Marktes"), validators=[InputRequired(_l("Bitte begründen."))])


class DrawingForm(DecidingForm):
    """A drawing of lots between bids on rank 1."""

    run = IntegerField(widget=HiddenInput(), validators=[InputRequired()])
    bid = SelectField(_l("Das Los fiel auf"), coerce=int)
    second = SelectField(_l("Zweite anwesende Person"), coerce=int)
    record = TextAreaField(_l("Niederschrift"), validators=[InputRequired(_l("Bitte den Ablauf festhalten."))])

    def offer(self, bids: Iterable[tuple[int, str]], officers: Iterable[Account]) -> None:
        """Set the choices: the bids on rank 1, and the other people of the procurement office."""
        self.bid.choices = [SelectChoice(bid_id, name) for bid_id, name in bids]
        self.second.choices = [SelectChoice(officer.id, officer.name) for officer in officers]


class RatingForm(DecidingForm):
    """Points or answers with reasons, cell by cell; made by :func:`rating_form` for one criterion or one bid."""

    cells: Sequence[SheetCell] = ()

    def fields_of(self, cell: SheetCell) -> tuple[Field, Field, Field]:
        """Value, reason and seen version of one cell."""
        return self[f"value-{cell.key}"], self[f"reason-{cell.key}"], self[f"seen-{cell.key}"]

    def points(self) -> list[PointsEntry]:
        """What was typed for B-criteria; a cell that did not arrive is left out."""
        return [
            PointsEntry(cell.bid.id, cell.criterion.id, _figure(value.data), reason.data or "", _figure(seen.data))
            for cell in self.cells
            for value, reason, seen in [self.fields_of(cell)]
            if cell.criterion.is_judged and value.raw_data
        ]

    def figures(self) -> list[FigureEntry]:
        """What was typed where bidders state a figure."""
        return [
            FigureEntry(cell.bid.id, cell.criterion.id, value.data or "", reason.data or "", _figure(seen.data))
            for cell in self.cells
            for value, reason, seen in [self.fields_of(cell)]
            if cell.criterion.is_stated and value.raw_data
        ]

    def answers(self) -> list[AnswerEntry]:
        """What was chosen for A-criteria."""
        met = {Answer.MET.value: True, Answer.NOT_MET.value: False}
        return [
            AnswerEntry(cell.bid.id, cell.criterion.id, met.get(value.data), reason.data or "", _figure(seen.data))
            for cell in self.cells
            for value, reason, seen in [self.fields_of(cell)]
            if not cell.criterion.is_scored and value.raw_data
        ]

    def show_stored_versions(self, cells: Sequence[SheetCell]) -> None:
        """Let a form that comes back after a conflict carry the versions it was told about."""
        for cell in cells:
            if f"seen-{cell.key}" in self:
                self.fields_of(cell)[2].data = str(cell.version)


def rating_form(cells: Sequence[SheetCell]) -> RatingForm:
    """The form for these cells, filled with what is stored unless something was typed."""
    fields: dict[str, object] = {"cells": cells}
    shown: dict[str, object] = {}
    for cell in cells:
        what = WHAT[cell.criterion.is_scored, cell.criterion.is_stated]
        of = {"number": cell.criterion.number, "bidder": cell.bid.bidder}
        label = _l("%(what)s %(number)s, %(bidder)s", what=what, **of)
        fields[f"value-{cell.key}"] = _value_field(cell, label)
        fields[f"reason-{cell.key}"] = TextAreaField(_l("Begründung %(number)s, %(bidder)s", **of))
        fields[f"seen-{cell.key}"] = HiddenField()
        shown[f"value-{cell.key}"] = cell.shown if cell.criterion.is_stated else cell.value
        shown |= {f"reason-{cell.key}": cell.reason, f"seen-{cell.key}": str(cell.version)}
    form_class: type[RatingForm] = type("FilledRatingForm", (RatingForm,), fields)
    return form_class(data=shown)


def _value_field(cell: SheetCell, label: object) -> Field:
    if cell.criterion.is_stated:
        return StringField(label, render_kw={"inputmode": "decimal"})
    return SelectField(label, choices=_choices(cell), validate_choice=False)


def _choices(cell: SheetCell) -> list[SelectChoice]:
    scale = cell.criterion.scale
    values = [str(points) for points in scale.allowed]
    labels = [(text, text) for text in values] if cell.criterion.is_scored else [(a.value, a.label) for a in Answer]
    return [SelectChoice("", "–"), *(SelectChoice(value, label) for value, label in labels)]


def _figure(text: str | None) -> int | None:
    """A whole number, or nothing for anything else."""
    return int(text) if text and text.isdecimal() and text.isascii() else None
