"""Proposals, statements of interest and announcements as tests need them, made by the same actions as the pages use."""

import itertools
from collections.abc import Sequence
from datetime import date, timedelta

from procurement.core import clock
from procurement.demand.entries import RoundEntry
from procurement.members.models import Account, Member
from procurement.workgroup import actions, actions_announcements
from procurement.workgroup.entries import AnnouncementEntry, InterestEntry, ProposalEntry
from procurement.workgroup.models import Announcement, Contribution, Interest, Proposal
from procurement.workgroup.states import Stance
from tests.factories import members as make

_numbers = itertools.count(1)
PROBLEM = "Kein Haus kann rund um die Uhr auf Angriffe achten."
SOLUTION = "Ein Dienst für alle,\ngemeinsam ausgeschrieben."


def entry(title: str = "", **texts: object) -> ProposalEntry:
    """What an author would type."""
    return ProposalEntry(title or f"Vorschlag {next(_numbers)}", **({"problem": PROBLEM, "solution": SOLUTION} | texts))


def round_entry(reference: str = "B-2026-07", title: str = "SOC") -> RoundEntry:
    """What an officer would type about the round a proposal becomes."""
    return RoundEntry(reference=reference, title=title, description="", deadline_at=clock.now() + timedelta(days=28))


def draft(of: Member, title: str = "", *, by: Account | None = None, **texts: object) -> Proposal:
    """A draft of this member; its lead is made if none is given."""
    return actions.propose(entry(title, **texts), of.id, by=by or make.lead(of))


def discussed(of: Member | None = None, title: str = "", *, by: Account | None = None, **texts: object) -> Proposal:
    """A proposal under discussion, of a member with a lead of its own unless they are given."""
    of = of or make.member()
    by = by or make.lead(of)
    return actions.open_discussion(draft(of, title, by=by, **texts), by=by)


def interest(
    proposal: Proposal, of: Member, stance: Stance = Stance.JOIN, note: str = "", *, by: Account | None = None
) -> Interest:
    """What this member says about joining in."""
    return actions.state_interest(proposal, of.id, InterestEntry(stance, note), by=by or make.lead(of))


def contribution(
    proposal: Proposal, of: Member, text: str = "Guter Gedanke.", *, by: Account | None = None
) -> Contribution:
    """Something a lead of this member says."""
    return actions.contribute(proposal, text, of.id, by=by or make.lead(of))


def announcement(
    to: Sequence[Member] | None = None,
    *,
    by: Account | None = None,
    title: str = "",
    text: str = "Die Sitzung fällt aus.",
    valid_until: date | None = None,
) -> Announcement:
    """An announcement to all members, or to these."""
    written = AnnouncementEntry(title or f"Mitteilung {next(_numbers)}", text, to is None, valid_until)
    return actions_announcements.publish(written, to or (), by=by or make.officer())
