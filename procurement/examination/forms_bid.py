"""Forms of one bid's examination; those with a row per document or criterion are made for the rows."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, DateField, HiddenField, RadioField, SelectField, SelectMultipleField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from procurement.bids.formal_check import ExclusionGround
from procurement.core.forms import BaseForm, LabelledField
from procurement.examination.clarifications import OutcomeEntry
from procurement.examination.document_requests import CheckedDocument, ReceiptEntry, RequestEntry
from procurement.examination.models import DocumentCheck, FormalResult, IntegrityCheck, SuitabilityAnswer
from procurement.examination.rules import DocumentCheckEntry, FormalEntry, IntegrityEntry, SuitabilityAnswerEntry
from procurement.examination.states import DocumentState, IntegrityFinding, PriceOutcome
from procurement.tenders.models_requirements import SuitabilityCriterion

YES, NO = "yes", "no"


def _grounds() -> list[SelectChoice]:
    found = [SelectChoice(one.value, f"{one.label} ({one.norm})") for one in ExclusionGround]
    return [SelectChoice("", _l("In Ordnung")), *found]


class FormalForm(BaseForm):
    """The formal result of a bid in a lot."""

    ground = SelectField(_l("Ergebnis"), choices=_grounds)
    text = TextAreaField(_l("Feststellung"), validators=[Optional()])

    def entry(self) -> FormalEntry:
        """What was chosen."""
        ground = next((one for one in ExclusionGround if one.value == self.ground.data), None)
        return FormalEntry(ground, self.text.data or "", self.seen_version())


def formal_form(prefix: str, result: FormalResult | None) -> FormalForm:
    """A fresh form that shows what is stored."""
    ground = result.ground.value if result and result.ground else ""
    shown = {"ground": ground, "text": result.text if result else "", "version": result.version if result else 0}
    return FormalForm(formdata=None, prefix=prefix, data=shown)


class RowsForm(BaseForm):
    """A form with a choice, a note and a seen version per row."""

    row_ids: Sequence[int] = ()

    def rows(self) -> list[tuple[int, str, str, int | None]]:
        """Row, choice, note and seen version of every row that arrived."""
        return [
            (row, self[f"choice-{row}"].data or "", self[f"note-{row}"].data or "", _number(self[f"seen-{row}"].data))
            for row in self.row_ids
        ]

    def fields_of(self, row: int) -> tuple[Any, Any, Any]:
        """Choice, note and seen version of a row."""
        return self[f"choice-{row}"], self[f"note-{row}"], self[f"seen-{row}"]


def documents_form(
    documents: Sequence[CheckedDocument], checks: Mapping[int, DocumentCheck], **options: Any
) -> RowsForm:
    """A row per demanded document."""
    choices = [(one.value, one.label) for one in DocumentState]
    rows = {
        one.document_id: (one.title, check.state.value, check.note, check.version)
        if (check := checks.get(one.document_id))
        else (one.title, "", "", 0)
        for one in documents
    }
    return _rows_form(rows, choices, options)


def document_entries(form: RowsForm) -> list[DocumentCheckEntry]:
    """What was chosen per document."""
    states = {one.value: one for one in DocumentState}
    return [DocumentCheckEntry(row, states.get(choice), note, seen) for row, choice, note, seen in form.rows()]


def suitability_form(
    criteria: Sequence[SuitabilityCriterion], answers: Mapping[int, SuitabilityAnswer], **options: Any
) -> RowsForm:
    """A row per criterion of suitability."""
    rows = {
        one.id: (one.title, YES if answer.is_met else NO, answer.evidence, answer.version)
        if (answer := answers.get(one.id))
        else (one.title, "", "", 0)
        for one in criteria
    }
    return _rows_form(rows, [(YES, _l("erfüllt")), (NO, _l("nicht erfüllt"))], options)


def suitability_entries(form: RowsForm) -> list[SuitabilityAnswerEntry]:
    """What was answered per criterion."""
    met = {YES: True, NO: False}
    return [SuitabilityAnswerEntry(row, met.get(choice), note, seen) for row, choice, note, seen in form.rows()]


def _rows_form(
    rows: Mapping[int, tuple[str, str, str, int]], choices: Sequence[tuple[str, Any]], options: Mapping[str, Any]
) -> RowsForm:
    fields: dict[str, object] = {"row_ids": list(rows)}
    shown: dict[str, object] = {}
    offered = [SelectChoice("", "–"), *(SelectChoice(value, label) for value, label in choices)]
    for row, (title, choice, note, version) in rows.items():
        fields[f"choice-{row}"] = SelectField(title, choices=offered)
        fields[f"note-{row}"] = TextAreaField(_l("Feststellung zu %(title)s", title=title))
        fields[f"seen-{row}"] = HiddenField()
        shown |= {f"choice-{row}": choice, f"note-{row}": note, f"seen-{row}": str(version)}
    form_class: type[RowsForm] = type("FilledRowsForm", (RowsForm,), fields)
    return form_class(data=shown, **options)


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isdecimal() and text.isascii() else None


class RequestForm(BaseForm):
    """What is asked for, and until when."""

    documents = SelectMultipleField(
        _l("Nachgefordert wird"),
        coerce=int,
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    due_on = DateField(_l("Letzter Tag der Frist"), validators=[Optional()])
    immaterial_reason = TextAreaField(_l("Warum fehlende Preise unwesentlich sind"), validators=[Optional()])

    def entry(self) -> RequestEntry:
        """What was chosen."""
        return RequestEntry(self.documents.data or (), self.due_on.data, self.immaterial_reason.data or "")


def request_form(documents: Sequence[CheckedDocument], **options: Any) -> RequestForm:
    """The choices are what is lacking and may be asked for."""
    form = RequestForm(**options)
    form.documents.choices = [SelectChoice(one.document_id, one.title) for one in documents if one.can_be_requested]
    return form


class ReceiptForm(BaseForm):
    """What came of a request."""

    received_on = DateField(_l("Eingang"), validators=[Optional()])
    is_complete = BooleanField(_l("Alles Nachgeforderte liegt vollständig vor"))
    note = TextAreaField(_l("Anmerkung"), validators=[Optional()])

    def entry(self) -> ReceiptEntry:
        """What was noted."""
        return ReceiptEntry(self.received_on.data, bool(self.is_complete.data), self.note.data or "")


class IntegrityForm(BaseForm):
    """Grounds for exclusion and self-cleaning."""

    finding = LabelledField(_l("Ausschlussgründe §§ 123, 124 GWB"), IntegrityFinding)
    note = TextAreaField(_l("Tatsachen, Selbstreinigung"), validators=[Optional()])

    def entry(self) -> IntegrityEntry:
        """What was chosen."""
        return IntegrityEntry(self.finding.data, self.note.data or "", self.seen_version())


def integrity_form(check: IntegrityCheck | None) -> IntegrityForm:
    """A fresh form that shows what is stored."""
    shown = {"finding": check.finding, "note": check.note, "version": check.version} if check else {"version": 0}
    return IntegrityForm(formdata=None, prefix="integrity-", data=shown)


class ClarificationForm(BaseForm):
    """Questions to the bidder about its price."""

    questions = TextAreaField(
        _l("Fragen an den Bieter"), validators=[InputRequired(_l("Bitte die Fragen an den Bieter stellen."))]
    )
    due_on = DateField(_l("Letzter Tag der Frist"), validators=[Optional()])


class AnswerForm(BaseForm):
    """What the bidder answered."""

    answered_on = DateField(_l("Eingang der Antwort"), validators=[Optional()])
    answer = TextAreaField(_l("Antwort"), validators=[InputRequired(_l("Bitte die Antwort festhalten."))])


class OutcomeForm(BaseForm):
    """How the check of a price ends."""

    outcome = RadioField(
        _l("Ergebnis"),
        choices=lambda: [SelectChoice(one.value, one.label) for one in PriceOutcome],
        coerce=PriceOutcome,
        validators=[InputRequired(_l("Bitte das Ergebnis wählen."))],
    )
    reason = TextAreaField(_l("Begründung"), validators=[InputRequired(_l("Bitte begründen."))])
    keep_reason = TextAreaField(_l("Warum das Angebot trotzdem in der Wertung bleibt"), validators=[Optional()])

    def entry(self) -> OutcomeEntry:
        """What was decided."""
        return OutcomeEntry(self.outcome.data, self.reason.data or "", self.keep_reason.data or "")


class KeepForm(BaseForm):
    """Why a bid with an unexplained price stays in."""

    keep_reason = TextAreaField(
        _l("Warum das Angebot trotzdem in der Wertung bleibt"), validators=[InputRequired(_l("Bitte begründen."))]
    )
