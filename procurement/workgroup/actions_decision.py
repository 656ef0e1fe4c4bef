"""What the procurement office decides about a proposal: it becomes a demand round, or it is declined with a reason."""

from collections.abc import Sequence

from procurement.core.errors import refuse_if
from procurement.demand import actions as demand
from procurement.demand.entries import RoundEntry
from procurement.members.models import Account, Member
from procurement.values.objection import Objection
from procurement.workgroup import rules
from procurement.workgroup.actions import end
from procurement.workgroup.actions_guard import hold
from procurement.workgroup.entries import plain
from procurement.workgroup.models import Proposal
from procurement.workgroup.states import ProposalState


def accept(
    proposal: Proposal,
    round_entry: RoundEntry,
    invited: Sequence[Member],
    reason: str,
    *,
    by: Account,
    seen_version: int | None = None,
) -> Proposal:
    """Make a demand round in preparation out of a proposal and invite these members to it."""
    hold(proposal, seen_version)
    refuse_if(rules.objections_to_deciding(proposal))
    found = rules.objections_to_reason(reason, "Bitte begründen, warum der Vorschlag angenommen wird.")
    if not invited:
        found.append(Objection("Bitte mindestens ein Mitglied einladen.", "members"))
    refuse_if(found)
    round_ = demand.create_round(round_entry, by=by)
    demand.invite(round_, invited, by=by)
    proposal.round = round_
    return end(proposal, ProposalState.ACCEPTED, plain(reason), by=by)


def decline(proposal: Proposal, reason: str, *, by: Account, seen_version: int | None = None) -> Proposal:
    """Say no to a proposal; everybody who discussed reads the reason."""
    hold(proposal, seen_version)
    refuse_if(rules.objections_to_deciding(proposal))
    refuse_if(rules.objections_to_reason(reason, "Bitte begründen, warum der Vorschlag abgelehnt wird."))
    return end(proposal, ProposalState.DECLINED, plain(reason), by=by)
