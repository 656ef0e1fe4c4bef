"""Forms of complaints, reviews and cancellations."""

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import BooleanField, DateField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Optional

from procurement.awarding.actions_remedies import ComplaintEntry, ReviewEnd
from procurement.awarding.complaint_rules import BACK_TO
from procurement.awarding.states import ComplaintState, Recognisable, ReviewOutcome
from procurement.core.forms import BaseForm, LabelledField, MomentField
from procurement.tenders.cancellation import CancellationEntry, CancellationGround, FollowUp, NoAwardCode
from procurement.tenders.kinds import TenderStage

STAY = "stay"


class ComplaintForm(BaseForm):
    """A complaint as it came."""

    received_at = MomentField(_l("Eingegangen am"), validators=[InputRequired(_l("Bitte den Zeitpunkt angeben."))])
    sender = StringField(_l("Rügendes Unternehmen"), validators=[InputRequired(_l("Bitte das Unternehmen angeben."))])
    breach = TextAreaField(_l("Gerügter Verstoß"), validators=[InputRequired(_l("Bitte den Verstoß festhalten."))])
    known_on = DateField(_l("Verstoß erkannt am"), validators=[Optional()])
    recognisable = LabelledField(_l("Erkennbar"), Recognisable, default=Recognisable.LATER)

    def entry(self) -> ComplaintEntry:
        """What was typed."""
        return ComplaintEntry(
            self.received_at.data,
            self.sender.data or "",
            self.breach.data or "",
            self.known_on.data,
            self.recognisable.data,
        )


class ComplaintAnswerForm(BaseForm):
    """The answer to a complaint."""

    verdict = LabelledField(_l("Entscheidung"), ComplaintState, only=(ComplaintState.NO_REMEDY, ComplaintState.REMEDY))
    answer = TextAreaField(_l("Antwort an den Bieter"), validators=[InputRequired(_l("Bitte die Antwort festhalten."))])
    back_to = SelectField(_l("Verfahren zurückversetzen"))

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        stay = SelectChoice(STAY, _l("nicht nötig"))
        self.back_to.choices = [stay, *(SelectChoice(stage.value, stage.label) for stage in BACK_TO)]

    def stage(self) -> TenderStage | None:
        """Where the procedure goes back to, if anywhere."""
        return next((stage for stage in BACK_TO if stage.value == self.back_to.data), None)


class ReviewForm(BaseForm):
    """The notice of the tribunal."""

    chamber = StringField(_l("Vergabekammer"), validators=[InputRequired(_l("Bitte die Vergabekammer angeben."))])
    file_number = StringField(_l("Aktenzeichen"), validators=[Optional()])
    applicant = StringField(_l("Antragstellendes Unternehmen"), validators=[Optional()])
    notified_at = MomentField(
        _l("Mitteilung erhalten am"), validators=[InputRequired(_l("Bitte den Zeitpunkt angeben."))]
    )


class ReviewEndForm(BaseForm):
    """The decision of the tribunal with its document."""

    outcome = LabelledField(_l("Ausgang"), ReviewOutcome)
    served_on = DateField(_l("Zugestellt am"), validators=[InputRequired(_l("Bitte den Tag angeben."))])
    document = FileField(_l("Entscheidung (Datei)"), validators=[Optional()])

    def end(self) -> ReviewEnd:
        """What was typed and uploaded."""
        sent = self.document.data
        content, name = (sent.read(), sent.filename or "Entscheidung") if sent else (b"", "")
        return ReviewEnd(self.outcome.data, self.served_on.data, name, content)


class AppealForm(BaseForm):
    """An appeal, and later the decision about it."""

    decided_on = DateField(_l("Entscheidung des Gerichts am"), validators=[Optional()])


class FollowForm(BaseForm):
    """Where the procedure goes back to after a successful review."""

    back_to = LabelledField(_l("Zurückversetzen nach"), TenderStage, only=BACK_TO)
    reason = TextAreaField(_l("Was zu wiederholen ist"), validators=[InputRequired(_l("Bitte begründen."))])


class CancellationForm(BaseForm):
    """Ground, code, reason and what comes next."""

    ground = LabelledField(_l("Grund nach § 63 Abs. 1 VgV"), CancellationGround)
    code = LabelledField(_l("Grund in der Bekanntmachung (BT-144)"), NoAwardCode)
    reason = TextAreaField(_l("Begründung"), validators=[InputRequired(_l("Bitte den Grund angeben."))])
    follow_up = LabelledField(_l("Wie es weitergeht"), FollowUp, default=FollowUp.NOTHING)
    follow_up_reason = TextAreaField(_l("Begründung dafür"), validators=[Optional()])
    is_unchanged = BooleanField(_l("Die Auftragsbedingungen werden nicht grundlegend geändert"))
    knows_risk = BooleanField(_l("Das Risiko von Schadensersatz ist bekannt und wird getragen"))

    def entry(self) -> CancellationEntry:
        """What was typed."""
        return CancellationEntry(
            self.ground.data,
            self.code.data,
            self.reason.data or "",
            self.follow_up.data,
            self.follow_up_reason.data or "",
            knows_risk=self.knows_risk.data,
            is_unchanged=self.is_unchanged.data,
        )
