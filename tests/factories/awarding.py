"""From the decision to the award as tests and later steps need it: bidders informed, standstill waited for, awarded.

Time passes by ``clock.at``: letters go out now, the award is made on the first day after the standstill.
"""

from datetime import datetime, time

from procurement.awarding import actions, actions_letters, actions_remedies, queries
from procurement.awarding.actions_remedies import ComplaintEntry, ReviewEnd
from procurement.awarding.models import Award, BidderLetter
from procurement.awarding.models_remedies import Complaint, Review
from procurement.awarding.states import Channel, RegisterResult, ReviewOutcome
from procurement.core import clock
from procurement.members.models import Account
from procurement.tenders.cancellation import CancellationEntry, CancellationGround, NoAwardCode
from procurement.tenders.models import Tender
from tests.factories import members as make


def informed(tender: Tender, *, by: Account | None = None, channel: Channel = Channel.ELECTRONIC) -> list[BidderLetter]:
    """Letters drafted for everybody who is owed one and sent on this way; none if nobody lost."""
    officer = by or make.officer()
    if not queries.award_facts(tender).missing:
        return []
    for letter in actions_letters.draft_letters(tender, by=officer):
        actions_letters.word_letter(letter, letter.reasons, channel, by=officer)
    return actions_letters.send_letters(tender, by=officer)


def registered(tender: Tender, *, by: Account | None = None) -> None:
    """The competition register asked for every winner, without an entry."""
    officer = by or make.officer()
    for bidder in queries.unasked_winners(tender):
        actions.record_register_query(tender, bidder, clock.today(), RegisterResult.NO_ENTRY, "", by=officer)


def earliest(tender: Tender) -> datetime:
    """Ten in the morning of the first day on which the award may be made; now where nobody was informed."""
    day = queries.award_facts(tender).earliest_on
    return clock.from_berlin(datetime.combine(day, time(10))) if day else clock.now()


def awarded(tender: Tender, *, by: Account | None = None) -> Award:
    """A decided tender informed about, waited for and awarded."""
    officer = by or make.officer()
    if queries.is_eu(tender):
        informed(tender, by=officer)
    registered(tender, by=officer)
    with clock.at(earliest(tender)):
        return actions.award(tender, "", by=officer)


def complaint(tender: Tender, *, by: Account | None = None, **details: object) -> Complaint:
    """A complaint that came now; ``details`` are fields of the entry."""
    typed = {"received_at": clock.now(), "sender": "Kabel AG", "breach": "Die Wertung von K1 ist nicht begründet."}
    return actions_remedies.record_complaint(tender, ComplaintEntry(**(typed | details)), by=by or make.officer())


def review(tender: Tender, *, by: Account | None = None) -> Review:
    """The tribunal's notice, received now."""
    officer, chamber = by or make.officer(), "Vergabekammer Westfalen, Münster"
    return actions_remedies.begin_review(tender, chamber, "VK 1-23/26", "Kabel AG", clock.now(), by=officer)


def review_end(outcome: ReviewOutcome = ReviewOutcome.AUTHORITY_WON) -> ReviewEnd:
    """The tribunal's decision, served today, with its file."""
    return ReviewEnd(outcome, clock.today(), "Beschluss.pdf", b"%PDF-1.7 Beschluss")


def cancellation(**details: object) -> CancellationEntry:
    """What is typed when something is cancelled because the need changed; no risk of damages."""
    typed = {
        "ground": CancellationGround.BASIS_CHANGED,
        "code": NoAwardCode.NEED_CHANGED,
        "reason": "Der Bedarf ist weggefallen.",
    }
    return CancellationEntry(**(typed | details))
