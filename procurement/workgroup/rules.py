"""What is allowed with proposals, as objections: they explain a locked button and guard the action behind it.

The office decides, whoever proposed; the reason is mandatory, because the members who discussed are owed an answer.
"""

from typing import TYPE_CHECKING

from procurement.values.money import Money
from procurement.values.objection import Objection, objections_to_lengths
from procurement.workgroup.entries import InterestEntry, ProposalEntry
from procurement.workgroup.states import ProposalState

if TYPE_CHECKING:
    from procurement.workgroup.models import Contribution, Proposal

LONGEST_TITLE = 200
LONGEST_TEXT = 10_000
LARGEST_AMOUNT = Money.of("999999999.99")
LENGTHS = (
    ("title", "Der Titel", LONGEST_TITLE),
    ("problem", "Das Problem", LONGEST_TEXT),
    ("solution", "Die Lösungsidee", LONGEST_TEXT),
    ("cost_idea", "Die Kostenidee", LONGEST_TEXT),
    ("funding", "Die Fördermöglichkeit", LONGEST_TEXT),
)
RUNNING = (ProposalState.DRAFT, ProposalState.DISCUSSION)


def objections_to_proposal(entry: ProposalEntry) -> list[Objection]:
    """What is wrong with the entry of a proposal; a draft needs only its title."""
    found = objections_to_lengths(entry, LENGTHS)
    if not entry.title.strip():
        found.append(Objection("Bitte einen Titel eingeben.", "title"))
    low, high = entry.cost_from_net, entry.cost_to_net
    for name, amount in (("cost_from_net", low), ("cost_to_net", high)):
        if amount is not None and not Money(0) <= amount <= LARGEST_AMOUNT:
            found.append(Objection("Der Betrag muss zwischen 0 und 999.999.999,99 € liegen.", name))
    if low is not None and high is not None and high < low:
        found.append(Objection("„bis“ ist kleiner als „von“. Bitte die Spanne prüfen.", "cost_to_net"))
    return found


def objections_to_changing(proposal: "Proposal") -> list[Objection]:
    """The texts may change until the office has decided; what they said before stays in the trail."""
    if proposal.state in RUNNING:
        return []
    return [Objection(f"Der Vorschlag steht auf „{proposal.state.label}“; seine Texte stehen fest.")]


def objections_to_discussing(proposal: "Proposal") -> list[Objection]:
    """What a draft lacks before everybody reads it."""
    if proposal.state is not ProposalState.DRAFT:
        return [Objection(f"Der Vorschlag ist kein Entwurf mehr, er steht auf „{proposal.state.label}“.")]
    found = []
    if not proposal.problem:
        found.append(Objection("Das Problem ist noch nicht beschrieben.", "problem"))
    if not proposal.solution:
        found.append(Objection("Die Lösungsidee ist noch nicht beschrieben.", "solution"))
    return found


def objections_to_speaking(proposal: "Proposal") -> list[Objection]:
    """Contributions and statements of interest belong to the discussion, not before and not after it."""
    if proposal.state is ProposalState.DISCUSSION:
        return []
    if proposal.state is ProposalState.DRAFT:
        return [Objection("Der Vorschlag ist noch ein Entwurf. Die Diskussion beginnt, wenn er für alle sichtbar ist.")]
    return [Objection(f"Die Diskussion ist beendet: Der Vorschlag steht auf „{proposal.state.label}“.")]


def objections_to_contribution(text: str) -> list[Objection]:
    """What is wrong with a contribution."""
    if not text.strip():
        return [Objection("Bitte einen Beitrag eingeben.", "text")]
    if len(text) > LONGEST_TEXT:
        return [Objection("Der Beitrag darf höchstens 10.000 Zeichen haben.", "text")]
    return []


def objections_to_retracting(contribution: "Contribution", account_id: int | None) -> list[Objection]:
    """Only the person who wrote a contribution takes it back, once."""
    if contribution.author_id != account_id:
        return [Objection("Nur die Person, die den Beitrag geschrieben hat, kann ihn zurückziehen.")]
    if contribution.withdrawn_at is not None:
        return [Objection("Der Beitrag ist schon zurückgezogen.")]
    return []


def objections_to_interest(entry: InterestEntry) -> list[Objection]:
    """What is wrong with a statement of interest."""
    if len(entry.note.strip()) > LONGEST_TEXT:
        return [Objection("Die Bemerkung darf höchstens 10.000 Zeichen haben.", "note")]
    return []


def objections_to_withdrawing(proposal: "Proposal") -> list[Objection]:
    """A proposal can be taken back until the office has decided."""
    if proposal.state in RUNNING:
        return []
    return [Objection(f"Der Vorschlag steht auf „{proposal.state.label}“ und lässt sich nicht mehr zurückziehen.")]


def objections_to_deciding(proposal: "Proposal") -> list[Objection]:
    """The office decides about what is under discussion."""
    if proposal.state is ProposalState.DISCUSSION:
        return []
    if proposal.state is ProposalState.DRAFT:
        return [Objection("Der Vorschlag ist noch ein Entwurf; entschieden wird nach der Diskussion.")]
    return [Objection(f"Über den Vorschlag ist schon entschieden, er steht auf „{proposal.state.label}“.")]


def objections_to_reason(reason: str, sentence: str) -> list[Objection]:
    """A reason is mandatory; ``sentence`` says what is to be explained."""
    if not reason.strip():
        return [Objection(sentence, "reason")]
    if len(reason.strip()) > LONGEST_TEXT:
        return [Objection("Die Begründung darf höchstens 10.000 Zeichen haben.", "reason")]
    return []
