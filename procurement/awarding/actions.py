"""The award: what the register said, the moment of the contract, what is due afterwards, answers on request."""

from datetime import date, timedelta

from procurement.audit.actions import Change, record
from procurement.audit.events import Event
from procurement.awarding import queries, queries_remedies, rules
from procurement.awarding.actions_letters import deliver, new_letter, news_of_winner
from procurement.awarding.models import Award, DebriefRequest, RegisterQuery
from procurement.awarding.queries import Recipient
from procurement.awarding.reasons import reasons_of
from procurement.awarding.states import LetterKind, RegisterResult
from procurement.bids.models import Bidder
from procurement.core import clock, filters
from procurement.core.db import db
from procurement.core.errors import Refused, refuse_if
from procurement.evaluation.queries_decision import confirmed_decisions
from procurement.members.models import Account
from procurement.rulebook import thresholds
from procurement.tenders.actions import advance
from procurement.tenders.actions_guard import hold
from procurement.tenders.kinds import TenderStage
from procurement.tenders.models import Tender

Words = dict[str, Change | str]
NOTICE_RULE, STATISTICS_RULE, SUBTHRESHOLD_RULE, DEBRIEF_RULE = (
    "AWARD_NOTICE",
    "VERGSTAT_DEADLINE",
    "VERGSTAT_SUB",
    "DEBRIEF",
)


def record_register_query(
    tender: Tender, bidder: Bidder, answered_on: date | None, result: RegisterResult, note: str, *, by: Account
) -> RegisterQuery:
    """Keep what the competition register said about a company."""
    refuse_if(rules.objections_to_register_query(answered_on, clock.today(), result, note))
    made = RegisterQuery(
        tender=tender,
        bidder=bidder,
        answered_on=answered_on,
        result=result,
        note=note.strip(),
        recorded_at=clock.now(),
        recorded_by_id=by.id,
    )
    db.session.add(made)
    words: Words = {"Unternehmen": bidder.name, "Auskunft": result.label}
    record(Event.REGISTER_ASKED, made, by=by, changes=words, tender_id=tender.id)
    return made


def award(tender: Tender, note: str, *, by: Account, seen_version: int | None = None) -> Award:
    """Make the award: the contract is concluded with the winners; the others are told where § 134 GWB did not apply."""
    hold(tender, seen_version)
    refuse_if(rules.objections_to_awarding(queries.award_facts(tender)))
    made = Award(tender=tender, awarded_at=clock.now(), awarded_by_id=by.id, note=note.strip())
    _set_duties(made)
    db.session.add(made)
    _tell(tender, by)
    advance(tender, TenderStage.AWARDED, by=by)
    words: Words = {"Zuschlag an": ", ".join(one.name for one in queries.winners_of(tender))}
    words["Hinweise beim Zuschlag"] = " ".join(queries_remedies.warnings_of(tender)) or "keine"
    record(Event.TENDER_AWARDED, made, by=by, changes=words, tender_id=tender.id)
    return made


def _set_duties(made: Award) -> None:
    """Award notice within 30 days, statistics within 60; below the threshold statistics only above a value."""
    tender, day = made.tender, clock.in_berlin(made.awarded_at).date()
    started_on, is_eu = tender.procedure_started_on, queries.is_eu(tender)
    if is_eu:
        made.notice_due_on = day + timedelta(days=thresholds.rule_on(NOTICE_RULE, started_on).number)
    value = queries.estimated_value(tender)
    if is_eu or (value is not None and value > thresholds.amount_on(SUBTHRESHOLD_RULE, started_on)):
        made.statistics_due_on = day + timedelta(days=thresholds.rule_on(STATISTICS_RULE, started_on).number)


def _tell(tender: Tender, by: Account) -> None:
    """The letters that go out with the award itself."""
    decisions = confirmed_decisions(tender)
    for bidder in queries.winners_of(tender):
        won = tuple(one for one in decisions if one.bid.bidder_id == bidder.id)
        news = news_of_winner(Recipient(bidder, won, is_applicant=False))
        deliver(new_letter(tender, bidder, LetterKind.AWARD, [one.id for one in won], news, by=by), by=by)
    if queries.is_eu(tender):
        return
    for recipient in queries.recipients_of(tender):
        news = queries.news_of(recipient)
        lost = [one.id for one in recipient.decisions]
        letter = new_letter(tender, recipient.bidder, LetterKind.REJECTION, lost, news, by=by)
        letter.reasons = reasons_of(news, is_applicant=recipient.is_applicant)
        deliver(letter, by=by)


def note_notice(made: Award, on: date | None, *, by: Account) -> Award:
    """Note that the award notice was sent (§ 39 Abs. 1 VgV)."""
    made.notice_sent_on = _duty_day(made, on, is_done=made.notice_sent_on is not None)
    return _duty_done(made, "Vergabebekanntmachung versandt", made.notice_sent_on, by)


def note_statistics(made: Award, on: date | None, *, by: Account) -> Award:
    """Note that the award was reported for the statistics (§ 1 Abs. 2 VergStatVO)."""
    made.statistics_sent_on = _duty_day(made, on, is_done=made.statistics_sent_on is not None)
    return _duty_done(made, "Vergabestatistik gemeldet", made.statistics_sent_on, by)


def _duty_day(made: Award, on: date | None, *, is_done: bool) -> date:
    awarded = clock.in_berlin(made.awarded_at).date()
    if is_done:
        raise Refused("Das ist schon festgehalten.")
    if on is None or on < awarded or on > clock.today():
        raise Refused("Bitte einen Tag zwischen Zuschlag und heute angeben.")
    return on


def _duty_done(made: Award, what: str, on: date | None, by: Account) -> Award:
    record(Event.AWARD_DUTY_DONE, made, by=by, changes={what: filters.short_day(on)}, tender_id=made.tender_id)
    return made


def record_debrief(tender: Tender, bidder: Bidder, received_on: date | None, *, by: Account) -> DebriefRequest:
    """Keep a request for the reasons and when the answer is due (§ 62 Abs. 2 VgV)."""
    if received_on is None or received_on > clock.today():
        raise Refused("Bitte den Tag des Eingangs angeben; er liegt nicht in der Zukunft.")
    days = thresholds.rule_on(DEBRIEF_RULE, tender.procedure_started_on).number
    made = DebriefRequest(
        tender=tender,
        bidder=bidder,
        received_on=received_on,
        due_on=received_on + timedelta(days=days),
        recorded_by_id=by.id,
    )
    db.session.add(made)
    words: Words = {"Unternehmen": bidder.name, "Antwort bis": filters.short_day(made.due_on)}
    record(Event.DEBRIEF_ASKED, made, by=by, changes=words, tender_id=tender.id)
    return made


def answer_debrief(request: DebriefRequest, answered_on: date | None, answer: str, *, by: Account) -> DebriefRequest:
    """Keep what the bidder was told."""
    if request.answered_on is not None:
        raise Refused("Dieser Antrag ist schon beantwortet.")
    refuse_if(rules.objections_to_answer(request.received_on, answered_on, answer))
    request.answered_on, request.answer = answered_on, answer.strip()
    words: Words = {"Unternehmen": request.bidder.name, "Auskunft": request.answer}
    record(Event.DEBRIEF_ANSWERED, request, by=by, changes=words, tender_id=request.tender_id)
    return request
