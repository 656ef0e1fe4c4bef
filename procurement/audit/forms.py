"""The filter of the trail."""

from datetime import UTC, datetime, time, timedelta

from flask_babel import lazy_gettext as _l
from wtforms import DateField, Form, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Optional

from procurement.audit.events import Event
from procurement.audit.queries import TrailFilter
from procurement.core import clock


class TrailForm(Form):
    """What the reader looks for; a plain form, because a filter changes nothing."""

    event = SelectField(
        _l("Vorgang"),
        default="",
        choices=[SelectChoice("", _l("alle")), *(SelectChoice(event.value, event.label) for event in Event)],
    )
    actor = StringField(_l("Person"))
    text = StringField(_l("Gegenstand"))
    since = DateField(_l("ab"), validators=[Optional()])
    until = DateField(_l("bis"), validators=[Optional()])

    def wanted(self) -> TrailFilter:
        """The filter these fields describe; unusable input filters nothing."""
        self.validate()
        return TrailFilter(
            event=Event(self.event.data) if self.event.data else None,
            actor=self.actor.data or "",
            text=self.text.data or "",
            since=_start_of(self.since.data) if self.since.data else None,
            until=_start_of(self.until.data + timedelta(days=1)) if self.until.data else None,
        )


def _start_of(day: datetime) -> datetime:
    return clock.from_berlin(datetime.combine(day, time.min)).astimezone(UTC)
