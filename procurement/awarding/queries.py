"""Reading what lies between decision and contract: who is to be informed, what was sent, what the award waits for.

Only officers and, once their reading is recorded, auditors; the competition register is for officers and auditors too,
never for a member (§ 6 Abs. 4 WRegG).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import sqlalchemy as sa

from procurement.awarding.letters import LetterFacts, subject_of, text_of
from procurement.awarding.models import Award, BidderLetter, DebriefRequest, RegisterQuery
from procurement.awarding.queries_remedies import locks_of
from procurement.awarding.reasons import LotNews, from_stored, news_for
from procurement.awarding.rules import EU_PROCEDURES, WITH_APPLICANTS, AwardFacts
from procurement.awarding.states import LetterKind
from procurement.bids.models import Bid, Bidder
from procurement.bids.queries import readable_tender, standing_bids
from procurement.bids.queries_firms import registrations_of
from procurement.core import clock
from procurement.core.db import db, existing
from procurement.core.errors import NotFound
from procurement.evaluation import queries as evaluation
from procurement.evaluation.models import AwardDecision
from procurement.evaluation.queries_decision import confirmed_decisions, is_decided
from procurement.members.models import Account
from procurement.rulebook import thresholds
from procurement.tenders import queries as tenders
from procurement.tenders.models import Tender, ValueEstimate
from procurement.values.money import Money

INFORMING = (LetterKind.INFORMATION, LetterKind.EXTENSION)
REGISTER_RULE, REUSE_RULE = "WREG_QUERY", "WREG_REUSE"
DAYS_OF_A_MONTH = 30


@dataclass(frozen=True, slots=True)
class Recipient:
    """A bidder or applicant to be informed, and the decisions it has to hear of."""

    bidder: Bidder
    decisions: tuple[AwardDecision, ...]
    is_applicant: bool


@dataclass(frozen=True, slots=True)
class LetterSheet:
    """A letter as it is printed: address, subject, text; without ``sent_at`` it is a draft."""

    letter: BidderLetter
    subject: str
    text: str
    news: tuple[LotNews, ...]


def is_eu(tender: Tender) -> bool:
    """Whether § 134 GWB and the VgV apply: the procedure was announced by the rules above the threshold."""
    return tender.procedure_type in EU_PROCEDURES


def lot_bids(decision: AwardDecision) -> set[int]:
    """The ids of all bids that the run behind a decision knows, excluded ones included."""
    return {line.bid_id for line in evaluation.result_of(decision.run).bids}


def recipients_of(tender: Tender) -> list[Recipient]:
    """Every bidder that does not win a lot it bid for, excluded ones too, and applicants that never bid."""
    decisions = confirmed_decisions(tender)
    known = {decision.id: lot_bids(decision) for decision in decisions}
    found, bidding = [], set()
    for bid in standing_bids(tender.id):
        bidding.add(bid.bidder_id)
        lost = tuple(one for one in decisions if one.bid.bidder_id != bid.bidder_id and _concerns(bid, one, known))
        if lost:
            found.append(Recipient(bid.bidder, lost, is_applicant=False))
    if tender.procedure_type in WITH_APPLICANTS and decisions:
        found += [
            Recipient(one.bidder, tuple(decisions), is_applicant=True)
            for one in registrations_of(tender.id)
            if one.bidder_id not in bidding
        ]
    return found


def _concerns(bid: Bid, decision: AwardDecision, known: dict[int, set[int]]) -> bool:
    """Whether the bid was handed in for that lot; a bid no run knows at all, such as an unread one, hears of all."""
    return bid.id in known[decision.id] or not any(bid.id in ids for ids in known.values())


def letter_rows(tender_id: int, *kinds: LetterKind) -> list[BidderLetter]:
    """The letters of a tender, of all kinds unless some are named, in the order in which they were made."""
    query = sa.select(BidderLetter).filter_by(tender_id=tender_id).order_by(BidderLetter.id)
    return list(db.session.scalars(query.where(BidderLetter.kind.in_(kinds)) if kinds else query))


def letters_of(tender: Tender) -> list[LetterSheet]:
    """Every letter of this feature as it is printed: information, extension, award, rejection, cancellation."""
    return [sheet_of(letter) for letter in letter_rows(tender.id)]


def sheet_of(letter: BidderLetter) -> LetterSheet:
    """One letter with subject and text."""
    facts = letter_facts(letter)
    news = tuple(from_stored(one) for one in letter.lots)
    return LetterSheet(letter, subject_of(facts), text_of(facts), news)


def letter_facts(letter: BidderLetter) -> LetterFacts:
    """What the words of a letter are made of."""
    winners = [(one["lot"], one["title"], one["winner"]) for one in letter.lots]
    tender = letter.tender
    return LetterFacts(
        letter.kind,
        tender.reference,
        tender.title,
        letter.bidder.name,
        winners,
        letter.reasons,
        letter.earliest_contract_on,
    )


def letter_of(letter_id: int, account: Account) -> BidderLetter:
    """One letter of a tender whose bids this account may read, or :class:`NotFound`."""
    found = existing(BidderLetter, letter_id)
    readable_tender(found.tender_id, account)
    return found


def news_of(recipient: Recipient) -> list[LotNews]:
    """What this recipient is told about each lot, made from the run behind the decision."""
    criteria = tenders.criteria_of(recipient.decisions[0].lot.tender_id)
    own = {bid.bidder_id: bid.id for bid in standing_bids(recipient.decisions[0].lot.tender_id)}
    found = []
    for decision in recipient.decisions:
        lot, result = decision.lot, evaluation.result_of(decision.run)
        own_id = own.get(recipient.bidder.id)
        found.append(news_for((lot.number, lot.title), result, decision.bid_id, own_id, criteria))
    return found


def award_facts(tender: Tender) -> AwardFacts:
    """Everything that decides whether the award can be made now."""
    decisions = {one.id for one in confirmed_decisions(tender)}
    letters = [one for one in letter_rows(tender.id, *INFORMING) if decisions & set(one.decisions)]
    told: dict[int, set[int]] = {}
    for letter in letters:
        if letter.kind is LetterKind.INFORMATION:
            told.setdefault(letter.bidder_id, set()).update(letter.decisions)
    missing = [
        one.bidder.name
        for one in recipients_of(tender)
        if {decision.id for decision in one.decisions} - told.get(one.bidder.id, set())
    ]
    sent = [one.earliest_contract_on for one in letters if one.sent_at and one.earliest_contract_on]
    return AwardFacts(
        stage=tender.stage,
        is_decided=is_decided(tender),
        is_eu=is_eu(tender),
        missing=missing,
        unsent=[one.bidder.name for one in letters if one.sent_at is None],
        unasked=[one.name for one in unasked_winners(tender)],
        locks=locks_of(tender),
        earliest_on=max(sent, default=None),
        today=clock.today(),
    )


def winners_of(tender: Tender) -> list[Bidder]:
    """The bidders that get a lot by a confirmed decision, each once, in the order of the lots."""
    return list({one.bid.bidder_id: one.bid.bidder for one in confirmed_decisions(tender)}.values())


def register_queries_of(tender_id: int) -> Sequence[RegisterQuery]:
    """What was asked of the competition register in this procedure."""
    return db.session.scalars(sa.select(RegisterQuery).filter_by(tender_id=tender_id).order_by(RegisterQuery.id)).all()


def register_limit(tender: Tender) -> Money:
    """From which estimated value net the register is to be asked, by the day on which the procedure began."""
    return thresholds.amount_on(REGISTER_RULE, tender.procedure_started_on)


def estimated_value(tender: Tender) -> Money | None:
    """The latest estimate of the whole contract."""
    query = sa.select(ValueEstimate.total_net).filter_by(tender_id=tender.id).order_by(ValueEstimate.number.desc())
    return db.session.scalar(query.limit(1))


def needs_register_query(tender: Tender) -> bool:
    """Whether the register has to be asked before the award (§ 6 Abs. 1 WRegG); without an estimate it has to."""
    value = estimated_value(tender)
    return value is None or value >= register_limit(tender)


def unasked_winners(tender: Tender) -> list[Bidder]:
    """The winners without an answer of the register that still counts; one of another procedure may be used again."""
    if not needs_register_query(tender):
        return []
    months = thresholds.rule_on(REUSE_RULE, tender.procedure_started_on).number
    since = clock.today() - timedelta(days=months * DAYS_OF_A_MONTH)
    query = sa.select(RegisterQuery.bidder_id).where(
        sa.or_(RegisterQuery.tender_id == tender.id, RegisterQuery.answered_on >= since)
    )
    asked = set(db.session.scalars(query))
    return [one for one in winners_of(tender) if one.id not in asked]


def award_of(tender_id: int) -> Award | None:
    """The award of this tender, if it was made."""
    return db.session.scalar(sa.select(Award).filter_by(tender_id=tender_id))


def award_to_report(tender_id: int) -> Award:
    """The award of this tender, or :class:`NotFound`."""
    found = award_of(tender_id)
    if found is None:
        raise NotFound
    return found


def awarded_on(tender_id: int) -> date | None:
    """The day of the award in Berlin."""
    found = award_of(tender_id)
    return clock.in_berlin(found.awarded_at).date() if found else None


def debriefs_of(tender_id: int) -> Sequence[DebriefRequest]:
    """The requests for reasons (§ 62 VgV), the latest first."""
    query = sa.select(DebriefRequest).filter_by(tender_id=tender_id).order_by(DebriefRequest.id.desc())
    return db.session.scalars(query).all()


def debrief_of(debrief_id: int, account: Account) -> DebriefRequest:
    """One of them, or :class:`NotFound`."""
    found = existing(DebriefRequest, debrief_id)
    readable_tender(found.tender_id, account)
    return found
