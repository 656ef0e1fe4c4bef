"""What happens to rounds outside requests: invitations after opening, reminders when their date has come."""

from datetime import datetime

from procurement.audit.actor import CommandLine
from procurement.core import jobs
from procurement.core.db import db
from procurement.demand import actions_reminders
from procurement.demand.models import DemandRound
from procurement.demand.queries_reminders import rounds_to_remind
from procurement.demand.states import RoundState

CLOCKWORK = CommandLine(name="Zeitsteuerung")


@jobs.handler("demand:invitations")
def write_invitations(_progress: jobs.Progress, round_id: int) -> None:
    """Write to the leads of the invited members of an open round, each member once."""
    round_ = db.session.get_one(DemandRound, round_id)
    if round_.state is RoundState.OPEN:
        actions_reminders.write_invitations(round_, by=CLOCKWORK)


@jobs.periodic
def remind_members(now: datetime) -> None:
    """Remind members without an answer when the round's date of it has come; safe to run at any time."""
    for round_, kind in rounds_to_remind(now):
        actions_reminders.remind_when_due(round_, kind, by=CLOCKWORK)
