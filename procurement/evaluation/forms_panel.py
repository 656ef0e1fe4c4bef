"""Forms of the panel: naming, leaving, declaring, the own notes on one criterion, what the panel agreed on."""

from collections.abc import Iterable, Sequence

from flask_babel import lazy_gettext as _l
from wtforms import Field, HiddenField, RadioField, SelectField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Optional

from procurement.core.forms import BaseForm
from procurement.evaluation.consensus import AgreedEntry
from procurement.evaluation.entries import PointsEntry
from procurement.evaluation.forms import DecidingForm
from procurement.evaluation.queries_panel import ComparedCell, OwnCell
from procurement.members.models import Account
from procurement.tenders.criteria_scales import Scale

NONE, CONFLICT = "none", "conflict"


class NamingForm(BaseForm):
    """Whom to name."""

    person = SelectField(_l("Person der Vergabestelle"), coerce=int, validate_choice=False)

    def offer(self, people: Iterable[Account]) -> None:
        """Set the choices."""
        self.person.choices = [SelectChoice(person.id, person.name) for person in people]


class LeavingForm(BaseForm):
    """Why somebody leaves the panel."""

    reason = TextAreaField(_l("Grund"), validators=[InputRequired(_l("Bitte begründen."))])


class DeclarationForm(BaseForm):
    """The declaration of § 6 VgV."""

    has_conflict = RadioField(
        _l("Ihre Erklärung"),
        choices=[
            SelectChoice(NONE, _l("Bei mir besteht kein Interessenkonflikt.")),
            SelectChoice(CONFLICT, _l("Bei mir besteht ein Interessenkonflikt.")),
        ],
        validators=[InputRequired(_l("Bitte eine der beiden Erklärungen wählen."))],
    )
    text = TextAreaField(_l("Worin besteht der Interessenkonflikt?"), validators=[Optional()])

    def leave_only_conflict(self) -> None:
        """Whoever declared before that there is none can only declare that there is one now."""
        self.has_conflict.choices = self.has_conflict.choices[1:]


class CellsForm(DecidingForm):
    """Points and a reason for each cell of one criterion; made by :func:`notes_form` and :func:`agreed_form`."""

    keys: Sequence[tuple[int, int]] = ()

    def fields_of(self, key: str) -> tuple[Field, Field, Field]:
        """Points, reason and seen version of one cell."""
        return self[f"value-{key}"], self[f"reason-{key}"], self[f"seen-{key}"]

    def notes(self) -> list[PointsEntry]:
        """What was typed, as own notes; a cell that did not arrive is left out."""
        return [
            PointsEntry(bid_id, criterion_id, _points(value.data), reason.data or "")
            for bid_id, criterion_id in self.keys
            for value, reason, _seen in [self.fields_of(f"{bid_id}-{criterion_id}")]
            if value.raw_data
        ]

    def agreed(self) -> list[AgreedEntry]:
        """The same, as what the panel agreed on."""
        return [
            AgreedEntry(note.bid_id, note.criterion_id, note.points, note.reason, _points(seen.data))
            for note in self.notes()
            for _value, _reason, seen in [self.fields_of(note.cell)]
        ]

    def show_stored_versions(self, cells: Sequence[ComparedCell]) -> None:
        """Let a form that comes back after a conflict carry the versions it was told about."""
        for cell in cells:
            if f"seen-{cell.key}" in self:
                self.fields_of(cell.key)[2].data = str(cell.score.version if cell.score else 0)


def notes_form(cells: Sequence[OwnCell]) -> CellsForm:
    """The own notes on these cells, filled with what is stored unless something was typed."""
    filled: dict[str, tuple[int | None, str, int]] = {own.cell.key: (own.points, own.reason, 0) for own in cells}
    scales = {own.cell.key: (own.cell.criterion.scale, own.cell.bid.bidder) for own in cells}
    return _form([(own.cell.bid.id, own.cell.criterion.id) for own in cells], filled, scales)


def agreed_form(cells: Sequence[ComparedCell]) -> CellsForm:
    """What is on record for these cells; points are never proposed out of the notes."""
    filled: dict[str, tuple[int | None, str, int]] = {
        cell.key: (cell.score.points, cell.score.reason, cell.score.version) if cell.score else (None, "", 0)
        for cell in cells
    }
    scales = {cell.key: (cell.criterion.scale, cell.bid.bidder) for cell in cells}
    return _form([(cell.bid.id, cell.criterion.id) for cell in cells], filled, scales)


def _form(
    keys: Sequence[tuple[int, int]],
    filled: dict[str, tuple[int | None, str, int]],
    scales: dict[str, tuple[Scale, str]],
) -> CellsForm:
    fields: dict[str, object] = {"keys": keys}
    shown: dict[str, str] = {}
    for key, (points, reason, version) in filled.items():
        scale, bidder = scales[key]
        choices = [SelectChoice("", "–"), *(SelectChoice(str(value), str(value)) for value in scale.allowed)]
        label = _l("Punkte, %(bidder)s", bidder=bidder)
        fields[f"value-{key}"] = SelectField(label, choices=choices, validate_choice=False)
        fields[f"reason-{key}"] = TextAreaField(_l("Begründung, %(bidder)s", bidder=bidder))
        fields[f"seen-{key}"] = HiddenField()
        shown |= {f"value-{key}": "" if points is None else str(points), f"reason-{key}": reason}
        shown[f"seen-{key}"] = str(version)
    form_class: type[CellsForm] = type("FilledCellsForm", (CellsForm,), fields)
    return form_class(data=shown)


def _points(text: str | None) -> int | None:
    """A whole number, or nothing for anything else."""
    return int(text) if text and text.isdecimal() and text.isascii() and len(text) < len("1000") else None
