"""Forms of the demand sheet: the file, how it writes numbers, and which value holds where two people changed one."""

from collections.abc import Mapping, Sequence

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired
from wtforms import Field, SelectField
from wtforms.fields.choices import SelectChoice

from procurement.core.forms import BaseForm, LabelledField
from procurement.demand.sheet_preview import Decision, PreviewRow, field_of
from procurement.values.number_text import NumberStyle


class SheetForm(BaseForm):
    """The filled-in file."""

    file = FileField(_l("Ausgefüllte Datei"), validators=[FileRequired(_l("Bitte die ausgefüllte Datei wählen."))])


class StyleForm(BaseForm):
    """How the file writes its numbers."""

    style = LabelledField(_l("Die Datei schreibt Zahlen als"), NumberStyle)


class ApplyForm(BaseForm):
    """One choice per conflict, and one for all that are left open; made by :func:`apply_form`."""

    conflicts: Sequence[PreviewRow] = ()

    def decision_field(self, row: PreviewRow) -> Field:
        """The choice about one row."""
        return self[field_of(row)]

    def decisions(self) -> Mapping[int, Decision]:
        """What was decided, by the row of the file; undecided rows are left out."""
        chosen = {row.row.number: self.decision_field(row).data or self["others"].data for row in self.conflicts}
        return {number: Decision(choice) for number, choice in chosen.items() if choice}


def apply_form(conflicts: Sequence[PreviewRow]) -> ApplyForm:
    """The form for these conflicts, each undecided."""
    options = [SelectChoice(decision.value, decision.label) for decision in Decision]
    fields: dict[str, object] = {"conflicts": conflicts}
    for row in conflicts:
        undecided = SelectChoice("", _l("bitte wählen"))
        fields[field_of(row)] = SelectField(row.title, default="", choices=[undecided, *options])
    each = SelectChoice("", _l("einzeln entscheiden"))
    fields["others"] = SelectField(_l("Alle übrigen Konflikte"), default="", choices=[each, *options])
    form_class: type[ApplyForm] = type("FilledApplyForm", (ApplyForm,), fields)
    return form_class()
