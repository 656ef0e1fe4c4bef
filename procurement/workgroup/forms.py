"""Forms of this feature; fields are named like those the rules object to, so that each objection finds its field."""

from collections.abc import Collection, Iterable, Sequence
from typing import TYPE_CHECKING, cast

from flask_babel import lazy_gettext as _l
from wtforms import DateField, RadioField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from procurement.core.forms import BaseForm, MomentField, MoneyField
from procurement.demand.entries import RoundEntry
from procurement.members.models import Member
from procurement.workgroup.entries import AnnouncementEntry, InterestEntry, ProposalEntry
from procurement.workgroup.states import Stance
from procurement.workgroup.voices import Voice

if TYPE_CHECKING:
    from datetime import datetime

OFFICE_NUMBER = 0
TO_ALL, TO_CHOSEN = "all", "chosen"


class VoiceForm(BaseForm):
    """A form of somebody who may speak for several members; with one voice there is nothing to choose."""

    voice = SelectField(_l("Im Namen von"), coerce=int)

    def offer_voices(self, voices: Sequence[Voice]) -> None:
        """Set the choices; the first one is chosen unless something was sent."""
        self.voice.choices = [SelectChoice(voice.member_id or OFFICE_NUMBER, voice.name) for voice in voices]
        if not self.voice.raw_data and voices:
            self.voice.data = voices[0].member_id or OFFICE_NUMBER

    @property
    def member_id(self) -> int | None:
        """The chosen member, or none for the office."""
        chosen: int = self.voice.data
        return chosen or None


class ProposalForm(VoiceForm):
    """The texts of a proposal."""

    title = StringField(_l("Titel"), validators=[InputRequired(_l("Bitte einen Titel eingeben."))])
    problem = TextAreaField(_l("Problem"), validators=[Optional()])
    solution = TextAreaField(_l("Lösungsidee"), validators=[Optional()])
    cost_idea = TextAreaField(_l("Kostenidee"), validators=[Optional()])
    cost_from_net = MoneyField(_l("Kosten von (netto)"), validators=[Optional()])
    cost_to_net = MoneyField(_l("Kosten bis (netto)"), validators=[Optional()])
    funding = TextAreaField(_l("Fördermöglichkeit"), validators=[Optional()])

    def entry(self) -> ProposalEntry:
        """The proposal as entered."""
        return ProposalEntry(
            self.title.data or "",
            self.problem.data or "",
            self.solution.data or "",
            self.cost_idea.data or "",
            self.cost_from_net.data,
            self.cost_to_net.data,
            self.funding.data or "",
        )


class ContributionForm(VoiceForm):
    """Something to say in a discussion."""

    text = TextAreaField(_l("Ihr Beitrag"))


class InterestForm(VoiceForm):
    """Whether a member joins in."""

    stance = RadioField(
        _l("Macht Ihr Mitglied mit?"),
        choices=[SelectChoice(stance.value, stance.label) for stance in Stance],
        validators=[InputRequired(_l("Bitte eine der drei Antworten wählen."))],
    )
    note = TextAreaField(_l("Bemerkung"), validators=[Optional()])

    def entry(self) -> InterestEntry:
        """The statement as entered."""
        return InterestEntry(Stance(self.stance.data), self.note.data or "")


class ReasonForm(BaseForm):
    """Why something is declined or taken back."""

    reason = TextAreaField(_l("Begründung"))


class MembersForm(BaseForm):
    """A form with members to tick."""

    members = SelectMultipleField(
        _l("Mitglieder"), coerce=int, widget=ListWidget(prefix_label=False), option_widget=CheckboxInput()
    )

    def offer_members(self, members: Iterable[Member], ticked: Collection[int] = ()) -> None:
        """Set the choices; ``ticked`` are chosen as long as nothing was sent."""
        self.offered = list(members)
        self.members.choices = [SelectChoice(member.id, member.name) for member in self.offered]
        if not self.is_submitted():
            self.members.data = [member.id for member in self.offered if member.id in ticked]

    def chosen(self) -> list[Member]:
        """The ticked members."""
        return [member for member in self.offered if member.id in (self.members.data or ())]


class AcceptanceForm(MembersForm):
    """The demand round that comes out of a proposal, and why."""

    reference = StringField(_l("Zeichen"), validators=[InputRequired(_l("Bitte ein Zeichen vergeben."))])
    title = StringField(_l("Titel"), validators=[InputRequired(_l("Bitte einen Titel eingeben."))])
    description = TextAreaField(_l("Hinweise für die Mitglieder"), validators=[Optional()])
    deadline_at = MomentField(_l("Frist"), validators=[InputRequired(_l("Bitte die Frist angeben."))])
    reason = TextAreaField(_l("Begründung der Annahme"))

    def entry(self) -> RoundEntry:
        """The round as entered."""
        return RoundEntry(
            reference=self.reference.data,
            title=self.title.data,
            description=self.description.data or "",
            deadline_at=cast("datetime", self.deadline_at.data),  # a valid form has one
        )


class AnnouncementForm(MembersForm):
    """News for all members or for chosen ones."""

    title = StringField(_l("Titel"))
    text = TextAreaField(_l("Text"))
    valid_until = DateField(_l("Gültig bis"), validators=[Optional()])
    audience = RadioField(
        _l("An wen?"),
        choices=[
            SelectChoice(TO_ALL, _l("Alle Mitglieder")),
            SelectChoice(TO_CHOSEN, _l("Nur die angekreuzten Mitglieder")),
        ],
        default=TO_ALL,
    )

    def entry(self) -> AnnouncementEntry:
        """The announcement as entered."""
        return AnnouncementEntry(
            self.title.data or "", self.text.data or "", self.audience.data != TO_CHOSEN, self.valid_until.data
        )

    def addressed(self) -> list[Member]:
        """The chosen members; ticks count for nothing when the announcement is for all."""
        return self.chosen() if self.audience.data == TO_CHOSEN else []
