"""The form that invites bidders to a further bid."""

from collections.abc import Mapping

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, SelectMultipleField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from procurement.bids.negotiation import TEXT_LENGTH, InvitationEntry
from procurement.bids.states import WithoutFurtherBid
from procurement.core.forms import BaseForm, LabelledField, MomentField


class InvitationForm(BaseForm):
    """Who is invited until when, about what, and what becomes of those who hand in nothing."""

    bids = SelectMultipleField(
        _l("Aufgefordert werden"),
        coerce=int,
        validators=[InputRequired(_l("Bitte mindestens einen Bieter wählen."))],
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    deadline_at = MomentField(
        _l("Frist für weitere Angebote"), validators=[InputRequired(_l("Bitte die Frist setzen."))]
    )
    topics = TextAreaField(
        _l("Worüber verhandelt wird"),
        validators=[InputRequired(_l("Bitte angeben, worüber verhandelt wird.")), Length(max=TEXT_LENGTH)],
    )
    without_bid = LabelledField(_l("Wer kein weiteres Angebot abgibt"), WithoutFurtherBid)
    is_final = BooleanField(_l("Es sind die endgültigen Angebote"))
    reason_left_out = TextAreaField(
        _l("Warum andere nicht aufgefordert werden"), validators=[Optional(), Length(max=TEXT_LENGTH)]
    )

    def offer(self, candidates: Mapping[int, str]) -> None:
        """Fill the choice of bids; everybody is chosen at first."""
        self.bids.choices = [SelectChoice(bid_id, name) for bid_id, name in candidates.items()]

    def entry(self) -> InvitationEntry:
        """What was entered."""
        return InvitationEntry(
            bid_ids=frozenset(self.bids.data or ()),
            deadline_at=self.deadline_at.data,
            without_bid=self.without_bid.data,
            topics=self.topics.data or "",
            is_final=bool(self.is_final.data),
            reason_left_out=self.reason_left_out.data or "",
        )


def invitation_form(candidates: Mapping[int, str]) -> InvitationForm:
    """A fresh form in which everybody still in the running is chosen."""
    form = InvitationForm(formdata=None, data={"bids": list(candidates)})
    form.offer(candidates)
    return form
