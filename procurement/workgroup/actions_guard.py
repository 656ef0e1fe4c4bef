"""Locks, version checks and the question who may act for whom, in front of every change of this feature."""

from procurement.core.db import db
from procurement.core.errors import Conflict, NotFound
from procurement.members.models import Account
from procurement.workgroup.models import Announcement, Interest, Proposal
from procurement.workgroup.queries import voices_of
from procurement.workgroup.voices import is_own


def hold(thing: Proposal | Announcement, seen_version: int | None = None) -> None:
    """Lock the row until the end of the transaction, read it as it is now, refuse a decision on an older state."""
    db.session.refresh(thing, with_for_update={"of": type(thing)})
    if seen_version is not None and seen_version != thing.version:
        raise Conflict(
            f"Inzwischen hat sich hier etwas geändert: Sie sahen Stand {seen_version}, gespeichert ist Stand "
            f"{thing.version} ({thing.state.label}). Bitte laden Sie die Seite neu und prüfen Sie sie."
        )


def hold_own(proposal: Proposal, by: Account, seen_version: int | None = None) -> None:
    """The same for what only the author's side may do; to everybody else the step does not exist."""
    if not is_own(proposal.member_id, voices_of(by)):
        raise NotFound
    hold(proposal, seen_version)


def speak_for(member_id: int | None, by: Account) -> None:
    """Make sure that the account may speak for this member, or for the office where there is none."""
    if not is_own(member_id, voices_of(by)):
        raise NotFound


def compare_interest(stored: Interest | None, seen_version: int | None) -> None:
    """Refuse a statement made on an older one of a colleague; 0 means that there was none."""
    version = stored.version if stored else 0
    if seen_version is not None and seen_version != version:
        said = f"„{stored.stance.label}“" if stored else "nichts"
        raise Conflict(
            f"Inzwischen hat eine andere Person Ihres Mitglieds geantwortet; gespeichert ist {said}. Bitte prüfen Sie "
            "die Angabe und senden Sie sie noch einmal."
        )
