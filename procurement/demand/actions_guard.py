"""Locks and version checks in front of every change of a round or a demand."""

from procurement.core.db import db
from procurement.core.errors import Conflict, NotFound
from procurement.demand.models import Demand, DemandRound
from procurement.members.models import Account


def hold_own(demand: Demand, by: Account) -> None:
    """Take the locks of a member's own change; another member's demand looks like one that does not exist."""
    if demand.member_id not in by.member_ids:
        raise NotFound
    hold(demand.round, shared=True)
    hold(demand)


def hold(thing: DemandRound | Demand, *, shared: bool = False) -> None:
    """Lock the row until the end of the transaction and read it as it is now."""
    db.session.refresh(thing, with_for_update={"of": type(thing), "read": shared})


def compare(thing: DemandRound | Demand, seen_version: int | None) -> None:
    """Refuse what was decided on an older state than the stored one."""
    if seen_version is not None and seen_version != thing.version:
        raise Conflict(
            f"Inzwischen wurde hier etwas gespeichert: Sie sahen Stand {seen_version}, gespeichert ist Stand "
            f"{thing.version} ({thing.state.label}). Bitte vergleichen Sie beide, bevor Sie weitermachen."
        )
