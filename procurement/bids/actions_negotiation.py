"""Negotiated rounds: inviting to a further bid, receiving it sealed, and what the opening makes of the earlier one.

The earlier bid stays as it is with all its prices; it only stops counting. Opening is the same as for the first bids:
two officers, in :mod:`procurement.bids.actions_opening`.
"""

from collections.abc import Sequence
from datetime import datetime

from procurement.audit.actions import Change, record
from procurement.audit.actor import Actor
from procurement.audit.events import Event
from procurement.bids import negotiation, queries_comparison, queries_negotiation, rules
from procurement.bids.actions import ReceivedFile, hold, keep_sealed, next_number, receipt_facts
from procurement.bids.actions_firms import inform_firm
from procurement.bids.models import Bid
from procurement.bids.models_negotiation import NegotiationInvitation, NegotiationRound
from procurement.bids.negotiation import FurtherReceiptFacts, InvitationEntry
from procurement.bids.states import BidState, WithoutFurtherBid
from procurement.core import clock
from procurement.core.db import db
from procurement.core.errors import Refused, refuse_if
from procurement.core.filters import exact_moment, moment
from procurement.members.models import Account
from procurement.rulebook.sources import VGV_17_12, VGV_17_14
from procurement.tenders import queries_panel
from procurement.tenders.actions import advance
from procurement.tenders.kinds import TenderStage
from procurement.tenders.models import Tender
from procurement.values.objection import Objection

Words = dict[str, Change | str]


def invite(tender: Tender, entry: InvitationEntry, *, by: Account) -> NegotiationRound:
    """Invite to further bids: every chosen bidder is written to, and the tender moves to the negotiation."""
    hold(tender)
    facts = queries_negotiation.inviting_facts(tender)
    refuse_if(negotiation.objections_to_inviting(facts, entry))
    if entry.deadline_at is None:
        raise Refused("Für die weiteren Angebote fehlt die Frist.")
    before = queries_negotiation.rounds(tender.id)
    made = NegotiationRound(
        tender=tender,
        number=before[-1].number + 1 if before else queries_negotiation.FIRST_ROUND + 1,
        deadline_at=entry.deadline_at,
        without_bid=entry.without_bid,
        is_final=entry.is_final,
        topics=entry.topics.strip(),
        reason_left_out=entry.reason_left_out.strip(),
        invited_at=clock.now(),
        invited_by_id=by.id,
    )
    invited = [bid for bid in queries_negotiation.candidates(tender) if bid.id in entry.bid_ids]
    made.invitations = [NegotiationInvitation(bid=bid) for bid in invited]
    db.session.add(made)
    db.session.flush()
    _write(made, entry, invited)
    words = _invitation_words(made, invited, [facts.candidates[one] for one in facts.candidates.keys() - entry.bid_ids])
    record(Event.NEGOTIATION_INVITED, made, by=by, changes=words, tender_id=tender.id)
    advance(tender, TenderStage.NEGOTIATION, by=by)
    return made


def _write(made: NegotiationRound, entry: InvitationEntry, invited: Sequence[Bid]) -> None:
    text = negotiation.invitation_text(entry, moment(made.deadline_at), made.number)
    subject = f"{made.tender.reference}: Aufforderung zu einem weiteren Angebot"
    for firm in {bid.bidder_id: bid.bidder for bid in invited}.values():
        inform_firm(made.tender, firm, subject, text)


def _invitation_words(made: NegotiationRound, invited: Sequence[Bid], left_out: Sequence[str]) -> Words:
    words: Words = {
        "Aufgefordert": ", ".join(f"{bid.number} ({bid.shown_name})" for bid in invited),
        "Frist": exact_moment(made.deadline_at),
        "Gegenstand": made.topics,
        "Ohne weiteres Angebot": made.without_bid.label,
        "Endgültige Angebote": "ja" if made.is_final else "nein",
    }
    if left_out:
        words |= {"Nicht aufgefordert": ", ".join(sorted(left_out)), "Grund": made.reason_left_out}
    return words


def receive_further_bid(
    earlier: Bid, files: Sequence[ReceivedFile], received_at: datetime, *, by: Actor, proof: str = ""
) -> Bid:
    """Record a further bid of somebody who was invited and seal its files at once; a late one is recorded too."""
    tender = earlier.tender
    hold(tender)
    running = queries_negotiation.running_round(tender)
    refuse_if(
        negotiation.objections_to_further_bid(
            FurtherReceiptFacts(
                stage=tender.stage,
                is_invited=running is not None and earlier in queries_negotiation.invited_bids(running),
                received_at=received_at,
                invited_at=running.invited_at if running else received_at,
            )
        )
    )
    if running is None:
        raise Refused("Es läuft keine Verhandlungsrunde.")
    other = queries_negotiation.further_bid_of(running, earlier)
    refuse_if(rules.objections_to_receipt(_facts(running, files, received_at, proof)) + _objections_to_second(other))
    bid = Bid(
        tender=tender,
        bidder=earlier.bidder,
        number=next_number(tender),
        received_at=received_at,
        variant_number=earlier.variant_number,
        main_bid=earlier.main_bid,
        round_number=running.number,
        negotiation=running,
        earlier_bid=earlier,
    )
    return keep_sealed(bid, files, by=by, proof=proof)


def _facts(
    running: NegotiationRound, files: Sequence[ReceivedFile], received_at: datetime, proof: str
) -> rules.ReceiptFacts:
    """The same facts as for a first bid, with the days of the round."""
    first = receipt_facts(running.tender, files, received_at, proof)
    return rules.ReceiptFacts(
        stage=first.stage,
        now=first.now,
        received_at=received_at,
        published_at=running.invited_at,
        bid_deadline_at=running.deadline_at,
        lot_numbers=first.lot_numbers,
        empty_files=first.empty_files,
        earlier_bid_number=None,
        proof=proof,
    )


def _objections_to_second(other: Bid | None) -> list[Objection]:
    if other is None:
        return []
    text = f"In dieser Runde liegt bereits Angebot {other.number} vor. Soll es ersetzt werden, ziehen Sie es zurück."
    return [Objection(text, "bidder")]


def settle_round(negotiated: NegotiationRound, *, by: Actor) -> None:
    """After the opening: what was replaced stops counting, and who handed in nothing stays or falls out as announced.

    A late further bid that nobody excused replaces nothing.
    """
    invited, is_replaced = queries_negotiation.invited_bids(negotiated), False
    for bid in invited:
        further = queries_negotiation.further_bid_of(negotiated, bid)
        if further is not None and queries_comparison.exclusion(further) is None:
            _supersede(bid, further, by)
            is_replaced = True
        elif negotiated.without_bid is WithoutFurtherBid.FALLS_OUT:
            norm = VGV_17_14 if negotiated.is_final else VGV_17_12
            reason = f"Bis {moment(negotiated.deadline_at)} kein weiteres Angebot; so war es angekündigt."
            _drop(bid, norm, reason, by)
    for bid in queries_negotiation.candidates(negotiated.tender):
        if bid.round_number < negotiated.number and bid not in invited:
            _drop(bid, VGV_17_12, f"Nicht weiter verhandelt: {negotiated.reason_left_out}", by)
    if is_replaced:
        _reopen_notes(negotiated, by)


def _reopen_notes(negotiated: NegotiationRound, by: Actor) -> None:
    """Evaluators who have submitted score the further bids too, again without their prices and without each other."""
    for member in queries_panel.panel_of(negotiated.tender_id):
        if member.submitted_at is not None:
            member.submitted_at = None
            words = {"Verhandlungsrunde": str(negotiated.number)}
            record(Event.NOTES_REOPENED, member, by=by, changes=words, tender_id=negotiated.tender_id)


def _supersede(bid: Bid, further: Bid, by: Actor) -> None:
    before, bid.state = bid.state, BidState.SUPERSEDED
    words: Words = {"Zustand": (before, bid.state), "Abgelöst durch": f"Angebot {further.number}"}
    record(Event.BID_SUPERSEDED, bid, by=by, changes=words, tender_id=bid.tender_id)


def _drop(bid: Bid, norm: str, reason: str, by: Actor) -> None:
    before, bid.state = bid.state, BidState.EXCLUDED
    bid.exclusion_norm, bid.exclusion_reason = norm, reason
    words: Words = {"Zustand": (before, bid.state), "Norm": norm, "Begründung": reason}
    record(Event.BID_EXCLUDED, bid, by=by, changes=words, tender_id=bid.tender_id)
