"""Telling whoever watches the value of a round that its demand changed.

The watch stands in a later feature, so it is named only by the kind of its job. Changes that come before the job has
run are one job whose cause names them all. Call it after :func:`procurement.audit.actions.record`, whose lock lets
one change wait for the other.
"""

from typing import Any

from procurement.audit.actor import Actor
from procurement.core import jobs
from procurement.demand.models import Demand, DemandRound
from procurement.demand.states import DemandState

WATCH = "tenders:watch_round"
LONGEST_CAUSE = 400


def note_change(round_: DemandRound, cause: str, *, by: Actor) -> None:
    """Ask for a new look at the round's value; ``cause`` in words, such as "Einreichung von Ahaus"."""
    wanted: dict[str, Any] = {"round_id": round_.id, "by_id": by.id, "cause": cause}
    job = jobs.enqueue(WATCH, unique_key=f"{WATCH}:{round_.id}", **wanted)
    earlier = job.args
    if earlier == wanted:
        return
    causes = [*str(earlier["cause"]).split("; "), cause]
    by_id = by.id if earlier["by_id"] == by.id else None
    job.args = wanted | {"cause": "; ".join(dict.fromkeys(causes))[:LONGEST_CAUSE], "by_id": by_id}


def answered(demand: Demand) -> str:
    """The cause of a value that changed by a member's answer."""
    kind = "Fehlanzeige" if demand.state is DemandState.NIL else "Einreichung"
    return f"{kind} von {demand.member.name}"
