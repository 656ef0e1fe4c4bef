"""What tenders do outside requests: keep the value of a round whenever its demand changed."""

from procurement.audit.actor import COMMAND_LINE
from procurement.core.db import db
from procurement.core.jobs import Progress, handler
from procurement.demand.models import DemandRound
from procurement.members.models import Account
from procurement.tenders import actions_watch


@handler("tenders:watch_round")
def watch_round(progress: Progress, *, round_id: int, by_id: int | None, cause: str) -> None:
    """Store the round's value if it changed; ``by_id`` is whoever changed the demand, nobody if several people did."""
    round_ = db.session.get(DemandRound, round_id)
    person = db.session.get(Account, by_id) if by_id is not None else None
    if round_ is not None:
        actions_watch.estimate_round(round_, cause=cause, by=person or COMMAND_LINE)
    progress.report(1, 1)
