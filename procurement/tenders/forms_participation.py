"""Forms of participation and procedure: confirming, taking back, the capacity of the association, the decision."""

from datetime import date

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import DateField, HiddenField, TextAreaField
from wtforms.validators import InputRequired, Optional

from procurement.core.forms import BaseForm, LabelledField
from procurement.tenders.kinds import ProcedureType, ProcurementRole
from procurement.tenders.models import Participant
from procurement.tenders.participation import Confirmation, Mandate, usual_scope


class ParticipationForm(BaseForm):
    """A member's binding participation with the day it was decided, its scope and, where needed, the document."""

    mandate_on = DateField(
        _l("Datum der Entscheidung"), validators=[InputRequired(_l("Bitte das Datum der Entscheidung angeben."))]
    )
    scope = TextAreaField(
        _l("Umfang"), validators=[InputRequired(_l("Bitte angeben, wozu das Mitglied den Verband ermächtigt."))]
    )
    seen_terms = HiddenField()
    document = FileField(_l("Unterschriebenes Dokument (PDF)"), validators=[Optional()])

    def confirmation(self) -> Confirmation:
        """What was typed and sent, as the action takes it."""
        return Confirmation(self.mandate_on.data, self.scope.data or "", self._mandate(), self.seen_terms.data or "")

    def _mandate(self) -> Mandate | None:
        upload = self.document.data
        if not upload or not upload.filename:
            return None
        with upload.stream:
            return Mandate(upload.filename, upload.read())


def participation_form(participant: Participant, today: date, seen_terms: str = "") -> ParticipationForm:
    """The form as it is offered: today's date, the usual words, the mark of what the person sees."""
    tender = participant.tender
    scope = usual_scope(tender.reference, tender.title, tender.procurement_role)
    return ParticipationForm(data={"mandate_on": today, "scope": scope, "seen_terms": seen_terms})


class TakeBackForm(BaseForm):
    """Why a confirmation no longer counts."""

    reason = TextAreaField(_l("Begründung"), validators=[InputRequired(_l("Bitte die Rücknahme begründen."))])


class RoleForm(BaseForm):
    """In which capacity the association buys."""

    role = LabelledField(_l("Rolle des Verbands"), ProcurementRole)


class ProcedureForm(BaseForm):
    """The decision on the procedure with its short reason."""

    procedure_type = LabelledField(
        _l("Verfahrensart"), ProcedureType, only=[one for one in ProcedureType if one is not ProcedureType.UNDECIDED]
    )
    reason = TextAreaField(_l("Begründung"), validators=[InputRequired(_l("Bitte die Wahl kurz begründen."))])
