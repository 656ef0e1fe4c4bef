"""Informing the bidders (§ 134 GWB): drafted from the runs, worded by a person, sent to all, fixed from then on.

The standstill is computed when a letter goes out; a letter that was sent is never touched again. A new decision needs
new letters, and an extension is told to every bidder, winners included.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from procurement.audit.actions import Change, record
from procurement.audit.events import Event
from procurement.awarding import queries, rules
from procurement.awarding.letters import subject_of, text_of
from procurement.awarding.models import BidderLetter
from procurement.awarding.queries import Recipient
from procurement.awarding.reasons import LotNews, reasons_of
from procurement.awarding.states import Channel, LetterKind
from procurement.bids.actions import hold
from procurement.bids.models import Bidder
from procurement.bids.queries import standing_bids
from procurement.core import clock, mail
from procurement.core.db import db
from procurement.core.errors import Conflict, refuse_if
from procurement.evaluation.queries_decision import confirmed_decisions
from procurement.members.models import Account
from procurement.tenders.actions import advance
from procurement.tenders.kinds import TenderStage
from procurement.tenders.models import Tender
from procurement.tenders.standstill import Standstill, standstill

Words = dict[str, Change | str]


def draft_letters(tender: Tender, *, by: Account) -> list[BidderLetter]:
    """Draft an information for everybody who is owed one and has none; the reasons come from the runs."""
    hold(tender)
    facts = queries.award_facts(tender)
    refuse_if(rules.objections_to_preparing(facts))
    made = [_information(tender, one, by) for one in queries.recipients_of(tender) if one.bidder.name in facts.missing]
    _note_drafts(tender, made, by)
    return made


def _information(tender: Tender, recipient: Recipient, by: Account) -> BidderLetter:
    news = queries.news_of(recipient)
    decisions = [one.id for one in recipient.decisions]
    letter = new_letter(tender, recipient.bidder, LetterKind.INFORMATION, decisions, news, by=by)
    letter.reasons = reasons_of(news, is_applicant=recipient.is_applicant)
    return letter


def new_letter(
    tender: Tender, bidder: Bidder, kind: LetterKind, decisions: list[int], news: Sequence[LotNews], *, by: Account
) -> BidderLetter:
    """A letter not yet sent; by post where no e-mail address is known."""
    earlier = [one for one in queries.letter_rows(tender.id, kind) if one.bidder_id == bidder.id]
    letter = BidderLetter(
        tender=tender,
        bidder=bidder,
        kind=kind,
        round=len(earlier) + 1,
        decisions=decisions,
        lots=[one.as_stored() for one in news],
        channel=Channel.ELECTRONIC if bidder.email else Channel.POST,
        made_at=clock.now(),
        made_by_id=by.id,
    )
    db.session.add(letter)
    db.session.flush()
    return letter


def _note_drafts(tender: Tender, made: Sequence[BidderLetter], by: Account) -> None:
    names = ", ".join(one.bidder.name for one in made)
    record(Event.LETTERS_DRAFTED, tender, by=by, changes={"An": names}, tender_id=tender.id)


def word_letter(
    letter: BidderLetter, reasons: str, channel: Channel, *, by: Account, seen_version: int | None = None
) -> BidderLetter:
    """Change the reasons or the way of a letter that was not sent."""
    db.session.refresh(letter, with_for_update={"of": BidderLetter})
    if seen_version is not None and seen_version != letter.version:
        raise Conflict(f"Sie sahen Fassung {seen_version} des Schreibens, gespeichert ist Fassung {letter.version}.")
    refuse_if(rules.objections_to_letter_text(letter.kind, is_sent=letter.sent_at is not None, reasons=reasons))
    changes: Words = {"Versand": (letter.channel, channel), "Begründung": reasons.strip()}
    letter.reasons, letter.channel = reasons.strip(), channel
    record(Event.LETTER_WORDED, letter, by=by, changes=changes, tender_id=letter.tender_id)
    return letter


def send_letters(tender: Tender, *, by: Account) -> list[BidderLetter]:
    """Send every letter that waits; the standstill begins with it and the tender moves on."""
    hold(tender)
    facts = queries.award_facts(tender)
    refuse_if(rules.objections_to_sending(facts))
    waiting = [one for one in queries.letter_rows(tender.id, *queries.INFORMING) if one.sent_at is None]
    for letter in waiting:
        if letter.kind is LetterKind.INFORMATION:
            period = standstill_of(letter, clock.today())
            letter.last_day, letter.earliest_contract_on = period.last_day, period.earliest_contract_on
        deliver(letter, by=by)
    if tender.stage is TenderStage.AWARD_DECIDED:
        advance(tender, TenderStage.STANDSTILL, by=by)
    db.session.flush()
    earliest = queries.award_facts(tender).earliest_on
    words: Words = {"An": ", ".join(f"{one.bidder.name} ({one.channel.label})" for one in waiting)}
    words["Zuschlag frühestens"] = f"{earliest:%d.%m.%Y}" if earliest else ""
    record(Event.LETTERS_SENT, tender, by=by, changes=words, tender_id=tender.id)
    return waiting


def standstill_of(letter: BidderLetter, sent_on: date) -> Standstill:
    """The standstill that begins when this letter goes out on that day."""
    is_electronic = letter.channel is Channel.ELECTRONIC
    return standstill(sent_on, letter.tender.procedure_started_on, is_electronic=is_electronic)


def deliver(letter: BidderLetter, *, by: Account) -> None:
    """Fix a letter as sent now: by e-mail where there is an address, else over the platform or by post."""
    letter.sent_at, letter.sent_by_id = clock.now(), by.id
    by_mail = letter.channel is Channel.ELECTRONIC and bool(letter.bidder.email)
    firm = letter.bidder
    address = ", ".join(part for part in (firm.street, f"{firm.postcode} {firm.city}".strip()) if part)
    platform = "über die Vergabeplattform"
    letter.recipient = firm.email if by_mail else platform if letter.channel is Channel.ELECTRONIC else address
    if by_mail:
        facts = queries.letter_facts(letter)
        mail.enqueue_mail(firm.email, subject_of(facts), text_of(facts))


def extend_standstill(tender: Tender, until: date | None, reason: str, *, by: Account) -> list[BidderLetter]:
    """Move the earliest day of the contract further and tell all bidders; the letters go out with the next sending."""
    hold(tender)
    facts = queries.award_facts(tender)
    refuse_if(rules.objections_to_extending(facts, until, reason))
    decisions = [one.id for one in confirmed_decisions(tender)]
    made = []
    for bidder in _all_told(tender):
        letter = new_letter(tender, bidder, LetterKind.EXTENSION, decisions, [], by=by)
        letter.reasons, letter.earliest_contract_on = reason.strip(), until
        made.append(letter)
    changes: Words = {"Zuschlag frühestens": f"{until:%d.%m.%Y}" if until else "", "Grund": reason.strip()}
    record(Event.STANDSTILL_EXTENDED, tender, by=by, changes=changes, tender_id=tender.id)
    return made


def _all_told(tender: Tender) -> list[Bidder]:
    """Every bidder, winners included, and applicants that are informed."""
    found = {bid.bidder_id: bid.bidder for bid in standing_bids(tender.id)}
    found |= {one.bidder.id: one.bidder for one in queries.recipients_of(tender)}
    return list(found.values())


def news_of_winner(recipient: Recipient) -> list[LotNews]:
    """The lots a winner gets, without rows of points: there is nobody to be compared with."""
    return [replace(one, rows=(), rank=1, exclusion="") for one in queries.news_of(recipient)]
