"""Forms between publication and bid deadline: corrections with deadlines, notices, questions, late members."""

from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, DateField, Field, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Optional

from procurement.core import clock
from procurement.core.forms import BaseForm, MomentField, QuantityField
from procurement.members.models import Member
from procurement.tenders.actions_questions import AnswerEntry, QuestionEntry
from procurement.tenders.kinds import LineOrigin
from procurement.tenders.models import LotItem, Tender
from procurement.tenders.publication_change import REASON_LENGTH, Correction, LineCorrection
from procurement.tenders.question_rules import SENDER_LENGTH, TEXT_LENGTH
from procurement.tenders.timetable import Deadlines

WHY = _l("Bitte begründen; der Grund steht in der Vergabeakte.")


class NewDeadlinesForm(BaseForm):
    """The deadlines of the next version."""

    bid_deadline_at = MomentField(_l("Angebotsfrist"), validators=[Optional()])
    question_deadline_at = MomentField(_l("Frist für Bieterfragen"), validators=[Optional()])
    bid_validity_end_on = DateField(_l("Bindefrist bis"), validators=[Optional()])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # They may be missing where the effect is only shown; whoever confirms it needs all of them.
        for field in (self.bid_deadline_at, self.question_deadline_at, self.bid_validity_end_on):
            field.flags.optional = False

    def deadlines(self) -> Deadlines:
        """What was typed, as the action takes it."""
        return Deadlines(self.question_deadline_at.data, self.bid_deadline_at.data, self.bid_validity_end_on.data)

    def propose(self, deadlines: Deadlines) -> None:
        """Fill in deadlines that nobody has typed yet."""
        self.bid_deadline_at.data = deadlines.bid_deadline_at
        self.question_deadline_at.data = deadlines.question_deadline_at
        self.bid_validity_end_on.data = deadlines.bid_validity_end_on


class CorrectionForm(NewDeadlinesForm):
    """A correction of what was published; :func:`correction_form` adds the fields of the lines."""

    reason = TextAreaField(_l("Begründung"), validators=[InputRequired(WHY), Length(max=REASON_LENGTH)])
    bears_on_award = BooleanField(_l("Die Änderung betrifft eine Angabe, die den Zuschlag beeinflussen kann"))

    line_ids: Sequence[int] = ()

    def correction(self, *, with_deadlines: bool) -> Correction:
        """What was typed, as the action takes it; lines that were left alone are left out."""
        lines = tuple(self._line(line_id) for line_id in self.line_ids if self._is_touched(line_id))
        deadlines = self.deadlines() if with_deadlines else None
        return Correction(self.reason.data or "", lines, deadlines, bool(self.bears_on_award.data))

    def _line(self, line_id: int) -> LineCorrection:
        fields = self._fields
        quantity = fields[f"quantity_{line_id}"].data if f"quantity_{line_id}" in fields else None
        return LineCorrection(
            line_id, fields[f"title_{line_id}"].data or "", fields[f"unit_{line_id}"].data or "", quantity
        )

    def _is_touched(self, line_id: int) -> bool:
        return any(field.data != field.default for field in self._of(line_id))

    def _of(self, line_id: int) -> list[Field]:
        names = (f"{what}_{line_id}" for what in ("title", "unit", "quantity"))
        return [self._fields[name] for name in names if name in self._fields]

    def touched(self) -> list[Field]:
        """The fields of lines that differ from what is published, for the page that confirms them."""
        fields = [field for line_id in self.line_ids for field in self._of(line_id)]
        return [field for field in fields if field.data != field.default and field.data is not None]


def correction_form(tender: Tender, lines: Sequence[LotItem], **source: Any) -> CorrectionForm:
    """The form for these lines, filled with what is published; only joint lines have a quantity to type."""
    fields: dict[str, Any] = {"line_ids": tuple(line.id for line in lines)}
    for line in lines:
        fields[f"title_{line.id}"] = StringField(
            _l("Bezeichnung Position %(number)s", number=line.number), default=line.title
        )
        unit = _l("Einheit Position %(number)s", number=line.number)
        fields[f"unit_{line.id}"] = StringField(unit, default=line.unit)
        if line.origin is LineOrigin.JOINT:
            fields[f"quantity_{line.id}"] = QuantityField(
                _l("Menge Position %(number)s", number=line.number), validators=[Optional()], default=line.quantity
            )
    form: CorrectionForm = type("CorrectionForm", (CorrectionForm,), fields)(**source)
    if not form.version.data:
        form.version.data = str(tender.version)
    return form


class NoticeSentForm(BaseForm):
    """The number of a sent correction of the notice."""

    reference = StringField(_l("Nummer der Bekanntmachung"), validators=[Optional(), Length(max=200)])


class QuestionForm(BaseForm):
    """A bidder's question as it came in."""

    original = TextAreaField(
        _l("Wortlaut der Frage"),
        validators=[InputRequired(_l("Bitte den Wortlaut der Frage eintragen.")), Length(max=TEXT_LENGTH)],
    )
    sender = StringField(_l("Absender (vertraulich)"), validators=[Optional(), Length(max=SENDER_LENGTH)])
    received_at = MomentField(_l("Eingang"), validators=[InputRequired(_l("Bitte den Eingang angeben."))])

    def entry(self) -> QuestionEntry:
        """What was typed, as the action takes it."""
        return QuestionEntry(self.original.data or "", self.sender.data or "", self.received_at.data or clock.now())


class AnswerForm(BaseForm):
    """Question and answer as everybody reads them."""

    published_text = TextAreaField(_l("Frage, wie alle sie lesen"), validators=[Length(max=TEXT_LENGTH)])
    answer = TextAreaField(_l("Antwort"), validators=[Length(max=TEXT_LENGTH)])
    changes_documents = BooleanField(_l("Die Antwort ändert die Vergabeunterlagen"))
    is_checked = BooleanField(_l("Geprüft: Der Text lässt niemanden erkennen"))

    def entry(self) -> AnswerEntry:
        """What was typed, as the action takes it."""
        return AnswerEntry(
            self.published_text.data or "",
            self.answer.data or "",
            changes_documents=bool(self.changes_documents.data),
            is_checked=bool(self.is_checked.data),
        )


class ReasonForm(BaseForm):
    """A decision that only needs its reason."""

    reason = TextAreaField(_l("Begründung"), validators=[InputRequired(WHY), Length(max=REASON_LENGTH)])


class LateMemberForm(BaseForm):
    """A member that is to come into a published tender."""

    member = SelectField(_l("Mitglied"), coerce=int)

    def offer(self, members: Sequence[Member]) -> None:
        """Fill the choice."""
        self.member.choices = [SelectChoice(member.id, member.name) for member in members]


class AddMemberForm(NewDeadlinesForm):
    """Adding a confirmed member: why, with or without its late demand, and the later deadline."""

    reason = TextAreaField(_l("Begründung"), validators=[InputRequired(WHY), Length(max=REASON_LENGTH)])
    takes_demand = BooleanField(_l("Nachgemeldeten Bedarf in die Positionen aufnehmen"))
