"""Forms of a tender's examination: order of stages, demanded documents, suitability, rule for contradicting prices."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Optional

from procurement.core.forms import BaseForm, LabelledField
from procurement.examination.profiles import SUITABILITY_FIRST, PlanEntry, ProfileKey, Stage, order_of
from procurement.tenders.requirements import AnnouncedPriceBasis, DocumentEntry, DocumentKind, SuitabilityEntry

PLACES = range(1, len(Stage) + 1)


def _stages() -> list[SelectChoice]:
    return [SelectChoice(stage.value, stage.label) for stage in Stage]


class ProfileForm(BaseForm):
    """The order of stages; places and norm count for profiles whose order is the association's own."""

    profile = LabelledField(_l("Profil"), ProfileKey)
    stage_1 = SelectField(_l("1. Stufe"), choices=_stages)
    stage_2 = SelectField(_l("2. Stufe"), choices=_stages)
    stage_3 = SelectField(_l("3. Stufe"), choices=_stages)
    stage_4 = SelectField(_l("4. Stufe"), choices=_stages)
    norm = StringField(_l("Stelle der Satzung"), validators=[Optional(), Length(max=200)])
    reason = TextAreaField(_l("Begründung"), validators=[InputRequired(_l("Bitte kurz begründen."))])

    def entry(self) -> PlanEntry:
        """What was chosen."""
        order = order_of([self[f"stage_{place}"].data for place in PLACES])
        return PlanEntry(self.profile.data, self.reason.data or "", self.norm.data or "", order)


def profile_form(key: ProfileKey, order: tuple[Stage, ...], shown: dict[str, Any]) -> ProfileForm:
    """A fresh form that shows what counts now."""
    stages = {f"stage_{place}": stage.value for place, stage in zip(PLACES, order or SUITABILITY_FIRST, strict=True)}
    return ProfileForm(formdata=None, data={"profile": key, **stages, **shown})


class DocumentForm(BaseForm):
    """A document that every bid must contain."""

    title = StringField(_l("Unterlage"), validators=[InputRequired(_l("Bitte eine Bezeichnung angeben."))])
    kind = LabelledField(_l("Art der Unterlage"), DocumentKind)
    description = TextAreaField(_l("Erläuterung"), validators=[Optional()])

    def entry(self) -> DocumentEntry:
        """What was typed."""
        return DocumentEntry(self.title.data or "", self.kind.data, self.description.data or "")


class SuitabilityForm(BaseForm):
    """A condition of suitability."""

    title = StringField(_l("Eignungskriterium"), validators=[InputRequired(_l("Bitte eine Bezeichnung angeben."))])
    evidence = TextAreaField(_l("Nachweis"), validators=[Optional()])

    def entry(self) -> SuitabilityEntry:
        """What was typed."""
        return SuitabilityEntry(self.title.data or "", self.evidence.data or "")


class PriceBasisForm(BaseForm):
    """What counts where unit price and total contradict each other."""

    basis = LabelledField(_l("Bei Rechenfehlern"), AnnouncedPriceBasis)
