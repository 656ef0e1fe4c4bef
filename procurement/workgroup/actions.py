"""Verbs of those who work out a proposal: write, change, put up for discussion, contribute, state interest, take back.

What the procurement office decides stands in :mod:`procurement.workgroup.actions_decision`.
"""

from procurement.audit.actions import Change, record
from procurement.audit.actor import Actor
from procurement.audit.events import Event
from procurement.core import clock
from procurement.core.db import db
from procurement.core.errors import refuse_if
from procurement.core.filters import euro
from procurement.members.models import Account
from procurement.values.money import Money
from procurement.workgroup import queries, rules
from procurement.workgroup.actions_guard import compare_interest, hold, hold_own, speak_for
from procurement.workgroup.entries import InterestEntry, ProposalEntry, plain, tidied
from procurement.workgroup.models import Contribution, Interest, Proposal
from procurement.workgroup.states import ProposalState
from procurement.workgroup.voices import name_of

Words = dict[str, Change | str]
FIELDS = {
    "title": "Titel",
    "problem": "Problem",
    "solution": "Lösungsidee",
    "cost_idea": "Kostenidee",
    "cost_from_net": "Kosten von (netto)",
    "cost_to_net": "Kosten bis (netto)",
    "funding": "Fördermöglichkeit",
}


def propose(entry: ProposalEntry, member_id: int | None, *, by: Account) -> Proposal:
    """Write a draft for an own member, or for the office with none; nobody else sees it yet."""
    speak_for(member_id, by)
    refuse_if(rules.objections_to_proposal(entry))
    made = Proposal(
        **_fields(tidied(entry)),
        state=ProposalState.DRAFT,
        author_id=by.id,
        member_id=member_id,
        written_at=clock.now(),
    )
    db.session.add(made)
    db.session.flush()
    record(Event.PROPOSAL_WRITTEN, made, by=by, changes={"Für": _side_of(made)}, member_id=member_id)
    return made


def _fields(entry: ProposalEntry) -> dict[str, object]:
    """The fields of an entry by name; amounts stay amounts."""
    return {name: getattr(entry, name) for name in FIELDS}


def _side_of(proposal: Proposal) -> str:
    return name_of(proposal.member.name if proposal.member else None)


def change_proposal(
    proposal: Proposal, entry: ProposalEntry, *, by: Account, seen_version: int | None = None
) -> Proposal:
    """Change the texts; old and new wording stay in the trail."""
    hold_own(proposal, by, seen_version)
    refuse_if(rules.objections_to_changing(proposal) + rules.objections_to_proposal(entry))
    wanted = _fields(tidied(entry))
    changes: Words = {
        label: (_worded(getattr(proposal, name)), _worded(wanted[name]))
        for name, label in FIELDS.items()
        if getattr(proposal, name) != wanted[name]
    }
    if not changes:
        return proposal
    for name, value in wanted.items():
        setattr(proposal, name, value)
    record(Event.PROPOSAL_CHANGED, proposal, by=by, changes=changes, member_id=proposal.member_id)
    return proposal


def _worded(value: object) -> object:
    return euro(value) if isinstance(value, Money) else value


def open_discussion(proposal: Proposal, *, by: Account, seen_version: int | None = None) -> Proposal:
    """Let everybody of the association read and discuss the proposal."""
    hold_own(proposal, by, seen_version)
    refuse_if(rules.objections_to_discussing(proposal))
    proposal.state, proposal.discussed_at = ProposalState.DISCUSSION, clock.now()
    words: Words = {"Zustand": (ProposalState.DRAFT, ProposalState.DISCUSSION)}
    record(Event.PROPOSAL_DISCUSSED, proposal, by=by, changes=words, member_id=proposal.member_id)
    return proposal


def contribute(proposal: Proposal, text: str, member_id: int | None, *, by: Account) -> Contribution:
    """Say something in the discussion; it is never changed afterwards."""
    speak_for(member_id, by)
    hold(proposal)
    refuse_if(rules.objections_to_speaking(proposal) + rules.objections_to_contribution(plain(text)))
    made = Contribution(
        proposal_id=proposal.id,
        author_id=by.id,
        member_id=member_id,
        text=plain(text),
        written_at=clock.now(),
        proposal=proposal,
    )
    db.session.add(made)
    record(Event.CONTRIBUTION_WRITTEN, made, by=by, changes={"Beitrag": made.text}, member_id=member_id)
    return made


def retract(contribution: Contribution, *, by: Actor) -> Contribution:
    """Withdraw an own contribution; a placeholder keeps its place in the discussion, the trail keeps its text."""
    db.session.refresh(contribution, with_for_update={"of": Contribution})
    refuse_if(rules.objections_to_retracting(contribution, by.id))
    contribution.withdrawn_at = clock.now()
    words: Words = {"Geschrieben": contribution.written_at.isoformat()}
    record(Event.CONTRIBUTION_WITHDRAWN, contribution, by=by, changes=words, member_id=contribution.member_id)
    return contribution


def state_interest(
    proposal: Proposal, member_id: int, entry: InterestEntry, *, by: Account, seen_version: int | None = None
) -> Interest:
    """Say for one member whether it joins in; a later statement takes the place of the earlier one."""
    speak_for(member_id, by)
    hold(proposal)
    wanted = tidied(entry)
    refuse_if(rules.objections_to_speaking(proposal) + rules.objections_to_interest(wanted))
    stored = queries.interest_of(proposal, member_id)
    compare_interest(stored, seen_version)
    words: Words = {
        "Interesse": (stored.stance if stored else "", wanted.stance),
        "Bemerkung": (stored.note if stored else "", wanted.note),
    }
    interest = stored or Interest(proposal_id=proposal.id, member_id=member_id)
    interest.stance, interest.note = wanted.stance, wanted.note
    interest.stated_at, interest.stated_by_id = clock.now(), by.id
    db.session.add(interest)
    db.session.flush()
    record(Event.INTEREST_STATED, interest, by=by, changes=words, member_id=member_id)
    return interest


def withdraw(proposal: Proposal, reason: str, *, by: Account, seen_version: int | None = None) -> Proposal:
    """Take an own proposal back, with the reason; what was discussed stays readable."""
    hold_own(proposal, by, seen_version)
    needed = rules.objections_to_reason(reason, "Bitte kurz begründen, warum Sie den Vorschlag zurückziehen.")
    refuse_if(rules.objections_to_withdrawing(proposal) or needed)
    return end(proposal, ProposalState.WITHDRAWN, plain(reason), by=by)


def end(proposal: Proposal, state: ProposalState, reason: str, *, by: Account) -> Proposal:
    """Write down how a proposal ended, with who, when and why."""
    events = {
        ProposalState.WITHDRAWN: Event.PROPOSAL_WITHDRAWN,
        ProposalState.DECLINED: Event.PROPOSAL_DECLINED,
        ProposalState.ACCEPTED: Event.PROPOSAL_ACCEPTED,
    }
    words: Words = {"Zustand": (proposal.state, state), "Begründung": reason}
    proposal.state, proposal.end_reason = state, reason
    proposal.ended_at, proposal.ended_by_id = clock.now(), by.id
    if proposal.round is not None:
        words["Bedarfsrunde"] = proposal.round.audit_label
    record(events[state], proposal, by=by, changes=words, member_id=proposal.member_id)
    return proposal
