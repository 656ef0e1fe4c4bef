"""Information of the bidders, standstill, register, complaints and the course of the procedure, for its record."""

from procurement.audit.events import Event
from procurement.awarding import queries as awarding
from procurement.awarding import queries_remedies as remedies
from procurement.awarding.models import BidderLetter, RegisterQuery
from procurement.awarding.models_remedies import Complaint, Review
from procurement.awarding.states import ComplaintState, RegisterResult
from procurement.bids.queries import standing_bids
from procurement.documents.contents_procurement_record import Fact, RecordChapter
from procurement.documents.notation import day, euro, moment
from procurement.documents.queries_record_trail import RecordCase, named
from procurement.documents.record_wording import chapter, group, lines
from procurement.examination.models import BidLetter
from procurement.examination.queries import letters_of
from procurement.rulebook.sources import GWB_134_2, WREGG_6_1
from procurement.tenders.kinds import TenderStage
from procurement.tenders.models_published import BidderQuestion
from procurement.tenders.queries_questions import questions_of
from procurement.tenders.queries_versions import versions_of
from procurement.tenders.question_rules import QuestionState

INFORMING_ASKS = "Information der nicht berücksichtigten Bieter und Wartefrist (§ 134 GWB), Unterrichtung (§ 62 VgV)."
REMEDIES_ASKS = "Rügen (§ 160 Abs. 3 GWB) und Nachprüfungsverfahren vor der Vergabekammer (§§ 160 bis 177 GWB)."
REGISTER_ASKS = f"Abfrage des Wettbewerbsregisters vor dem Zuschlag ({WREGG_6_1})."
ENDED = (TenderStage.AWARDED, TenderStage.CANCELLED)
NO_AWARD = "Es wird kein Zuschlag erteilt."
CONFIDENTIAL = (
    "Der Inhalt der Auskunft bleibt denen vorbehalten, die mit dem Verfahren befasst sind (§ 6 Abs. 4 WRegG)."
)


def information(case: RecordCase) -> RecordChapter:
    """Every letter about the outcome, when the standstill ends, and requests for reasons."""
    letters = awarding.letter_rows(case.tender.id)
    missing = [f"{one.kind.label} an {one.bidder.name} ist noch nicht versandt." for one in letters if not one.sent_at]
    if not letters and awarding.is_eu(case.tender) and case.tender.stage not in ENDED:
        missing.append("Es ist noch kein Schreiben über den Ausgang versandt.")
    debriefs = [
        Fact(
            one.bidder.name,
            lines(
                f"Antrag vom {day(one.received_on)}, zu beantworten bis {day(one.due_on)}",
                f"Unterrichtet am {day(one.answered_on)}: {one.answer}"
                if one.answered_on
                else "noch nicht beantwortet",
            ),
            case.trail.note(Event.DEBRIEF_ASKED, one),
        )
        for one in reversed(awarding.debriefs_of(case.tender.id))
    ]
    return chapter(
        "Information der Bieter und Stillhaltefrist",
        INFORMING_ASKS,
        [
            group("Schreiben über den Ausgang", [_letter(case, one) for one in letters if one.sent_at]),
            group("Unterrichtung auf Antrag", debriefs),
            group("Schreiben während der Prüfung", _earlier_letters(case)),
        ],
        missing,
        _why_no_letters(case),
    )


def _why_no_letters(case: RecordCase) -> str:
    if not awarding.is_eu(case.tender):
        return "Das Verfahren liegt unterhalb des EU-Schwellenwerts; eine Wartefrist nach § 134 GWB gilt nicht."
    return "Kein Bieter war über den Ausgang zu informieren."


def _letter(case: RecordCase, one: BidderLetter) -> Fact:
    sent = f"{one.kind.label}, {one.channel.label} an {one.recipient}" if one.recipient else one.kind.label
    period = (
        f"Wartefrist bis {day(one.last_day)}, Vertrag frühestens am {day(one.earliest_contract_on)} ({GWB_134_2})"
        if one.last_day and one.earliest_contract_on
        else f"Vertrag frühestens am {day(one.earliest_contract_on)}"
        if one.earliest_contract_on
        else ""
    )
    who = f"{moment(one.sent_at)}, {one.sent_by.name if one.sent_by else ''}" if one.sent_at else ""
    return Fact(one.bidder.name, lines(sent, period, one.reasons), lines(f"Versandt {who}", _sent(case, one)))


def _sent(case: RecordCase, one: BidderLetter) -> str:
    """The entry of the sending that this letter went out with."""
    found = [entry for entry in case.trail.all_of(Event.LETTERS_SENT) if one.sent_at and entry.at >= one.sent_at]
    return named(found[0]) if found else ""


def _earlier_letters(case: RecordCase) -> list[Fact]:
    """Requests, clarifications and corrections; their content stands where the examination is told."""
    letters = [one for bid in standing_bids(case.tender.id) for one in letters_of(bid)]
    return [_earlier(one) for one in sorted(letters, key=lambda one: one.id)]


def _earlier(one: BidLetter) -> Fact:
    due = f", Antwort bis {day(one.due_on)}" if one.due_on else ""
    return Fact(
        one.bid.shown_name, f"{one.kind.label}: {one.subject}{due}", f"{moment(one.sent_at)}, {one.sent_by.name}"
    )


def register(case: RecordCase) -> RecordChapter:
    """The competition register: asked from the dated limit on; what it answered beyond yes or no is not told here."""
    tender = case.tender
    asked = [_asked(case, one) for one in awarding.register_queries_of(tender.id)]
    limit = euro(awarding.register_limit(tender))
    needs = awarding.needs_register_query(tender)
    known = {one.bidder_id for one in awarding.register_queries_of(tender.id)}
    without = [one.name for one in awarding.winners_of(tender) if one.id not in known]
    missing = []
    if needs and without and awarding.award_of(tender.id) is None:
        missing.append(f"In diesem Verfahren noch nicht abgefragt: {', '.join(without)}.")
    if needs and not known and case.tender.stage not in ENDED and not without:
        missing.append("Über den Zuschlag ist noch nicht entschieden; davor ist das Register abzufragen.")
    nothing = f"Der geschätzte Wert liegt unter {limit}."
    if needs:
        is_awarded = case.tender.stage is TenderStage.AWARDED
        nothing = "Verwendet ist eine noch geltende Auskunft aus einem anderen Verfahren." if is_awarded else NO_AWARD
    return chapter("Wettbewerbsregister", REGISTER_ASKS, [group("", asked)], missing, nothing)


def _asked(case: RecordCase, one: RegisterQuery) -> Fact:
    told = CONFIDENTIAL if one.result is RegisterResult.ENTRY else ""
    says = lines(f"Auskunft vom {day(one.answered_on)}: {one.result.label}", told)
    return Fact(one.bidder.name, says, case.trail.note(Event.REGISTER_ASKED, one) or _recorded(one))


def _recorded(one: RegisterQuery) -> str:
    return f"{moment(one.recorded_at)}, {one.recorded_by.name}"


def objections(case: RecordCase) -> RecordChapter:
    """Complaints with their answers, reviews with their outcome."""
    complaints = sorted(remedies.complaints_of(case.tender.id), key=lambda one: one.number)
    reviews = sorted(remedies.reviews_of(case.tender.id), key=lambda one: one.number)
    missing = [
        f"Rüge {one.number} ist noch nicht beantwortet." for one in complaints if one.state is ComplaintState.OPEN
    ]
    missing += [f"Nachprüfung {one.number} ist noch nicht beendet." for one in reviews if one.ended_at is None]
    return chapter(
        "Rügen und Nachprüfung",
        REMEDIES_ASKS,
        [
            group("Rügen", [_complaint(case, one) for one in complaints]),
            group("Nachprüfungen", [_review(case, one) for one in reviews]),
        ],
        missing,
        "Es ist keine Rüge eingegangen und keine Nachprüfung beantragt.",
    )


def _complaint(case: RecordCase, one: Complaint) -> Fact:
    answered = ""
    if one.answered_at and one.answered_by:
        answered = f"{one.state.label}, {moment(one.answered_at)} durch {one.answered_by.name}: {one.answer}"
    back = f"Zurückversetzt in den Stand „{one.stepped_back_to.label}“" if one.stepped_back_to else ""
    says = lines(
        f"{one.sender}, eingegangen {moment(one.received_at)}: {one.breach}",
        f"Präklusion: {one.preclusion}" if one.preclusion else "",
        answered,
        back,
    )
    proof = lines(case.trail.note(Event.COMPLAINT_RECEIVED, one), case.trail.note(Event.COMPLAINT_ANSWERED, one))
    return Fact(f"Rüge {one.number}", says, proof)


def _review(case: RecordCase, one: Review) -> Fact:
    decided = f" am {day(one.decided_on)}" if one.decided_on else ""
    outcome = f"Ausgang: {one.outcome.label}{decided}" if one.outcome else ""
    appeal = "Sofortige Beschwerde" if one.has_appeal else ""
    if one.appeal_decided_on:
        appeal += f", entschieden am {day(one.appeal_decided_on)}"
    document = f"{one.document_name}, SHA-256\n{one.document_hash}" if one.document_hash else ""
    back = f"Verfahren zurückversetzt {moment(one.stepped_back_at)}" if one.stepped_back_at else ""
    says = lines(
        f"{one.chamber}, {one.file_number}; Antragsteller {one.applicant}; zugestellt {moment(one.notified_at)}",
        outcome,
        appeal,
        document,
        back,
    )
    proof = lines(case.trail.note(Event.REVIEW_NOTIFIED, one), case.trail.note(Event.REVIEW_ENDED, one))
    return Fact(f"Nachprüfung {one.number}", says, proof)


def course(case: RecordCase) -> RecordChapter:
    """What happened when: stages, versions of the documents, questions of bidders."""
    versions = [
        Fact(
            f"Fassung {one.number}",
            lines(one.kind.label, one.because, f"Gründe: {one.reason}" if one.reason else ""),
            lines(
                f"{moment(one.made_at)}, {one.made_by}" if one.made_at else "",
                f"SHA-256\n{one.content_hash}" if one.content_hash else "",
            ),
        )
        for one in reversed(versions_of(case.tender))
    ]
    moved = case.trail.all_of(Event.STAGE_ADVANCED)
    stages = [Fact(f"Schritt {place}", entry.detail, named(entry)) for place, entry in enumerate(moved, 1)]
    questions = [_question(case, one) for one in questions_of(case.tender.id)]
    return chapter(
        "Verlauf des Verfahrens",
        "Fortlaufende Dokumentation (§ 8 Abs. 1 VgV).",
        [
            group("Stand des Verfahrens", stages),
            group("Veröffentlichte Fassungen", versions),
            group("Fragen der Bieter", questions),
        ],
        nothing="Das Verfahren ist noch nicht veröffentlicht.",
    )


def _question(case: RecordCase, one: BidderQuestion) -> Fact:
    """Only what was published; who asked stays confidential (§ 5 VgV)."""
    answered = f"Antwort an alle, {moment(one.answered_at)}: {one.answer}" if one.answered_at else ""
    says = lines(
        f"Eingegangen {moment(one.received_at)}",
        one.published_text,
        answered,
        f"Keine Verlängerung der Frist, weil: {one.no_extension_reason}" if one.no_extension_reason else "",
        f"Ohne Antwort geschlossen: {one.withdrawn_reason}" if one.withdrawn_reason else "",
        "noch nicht beantwortet" if one.state is QuestionState.OPEN else "",
    )
    return Fact(f"Frage {one.number}", says, case.trail.note(Event.QUESTION_ANSWERED, one))
