"""How the bids were opened and examined, for the procurement record: formal check, documents, suitability, grounds."""

from collections.abc import Sequence

from procurement.audit.events import Event
from procurement.bids import queries as bids
from procurement.bids.models import Bid
from procurement.bids.states import BidState
from procurement.documents.contents_procurement_record import Fact, RecordChapter
from procurement.documents.matrix_wording import bid_name
from procurement.documents.notation import day, moment
from procurement.documents.queries_record_trail import RecordCase
from procurement.documents.record_wording import UNOPENED, chapter, group, lines, plural
from procurement.examination import queries as examination
from procurement.examination.models import DocumentRequest, FormalResult, IntegrityCheck, SuitabilityAnswer
from procurement.tenders.models import Lot
from procurement.tenders.queries_requirements import suitability_of

ASKS = "Prüfung nach §§ 56, 57 VgV, Eignung nach § 122 GWB, Ausschlussgründe nach §§ 123, 124 GWB."


def opening(case: RecordCase) -> RecordChapter:
    """When and by whom the bids were opened, and how many there were."""
    asks, found = "Öffnung durch zwei Vertreter des Auftraggebers nach Ablauf der Frist (§ 55 VgV).", []
    number = 1
    while (one := bids.opening_of(case.tender.id, number)) is not None and one.second_at and one.second_by:
        came = [bid for bid in bids.bids_of_round(case.tender.id, number) if bid.state is not BidState.SEALED]
        people = f"{one.first_by.name}, {moment(one.first_at)}; {one.second_by.name}, {moment(one.second_at)}"
        elsewhere = f"Geöffnet auf „{one.imported_from}“, danach übernommen." if one.imported_from else ""
        event = Event.BIDS_IMPORTED if one.imported_from else Event.BIDS_OPENED
        says = lines(people, elsewhere, plural(len(came), "Angebot", "Angebote"))
        proof = case.trail.note(event, one) or case.trail.note(event)
        found.append(Fact("Erste Angebote" if number == 1 else f"Runde {number}", says, proof))
        number += 1
    missing = [] if found or case.tender.bid_deadline_at is None else [UNOPENED]
    return chapter("Öffnung der Angebote", asks, [group("", found)], missing, "Angebote sind nicht geöffnet.")


def examination_of(case: RecordCase) -> RecordChapter:
    """Everything that was examined, in the order of the profile."""
    if not case.is_opened:
        return chapter("Prüfung der Angebote", ASKS, missing=[UNOPENED])
    tender_id, order = case.tender.id, examination.order_of(case.tender)
    stages = ", ".join(stage.label for stage in order.stages)
    why = f"Gründe: {order.plan.reason}" if order.plan and order.plan.reason else ""
    chosen = Fact(order.label, lines(stages, why), lines(order.norm, case.trail.note(Event.PROFILE_CHOSEN)))
    return chapter(
        "Prüfung der Angebote",
        ASKS,
        [
            group("Reihenfolge", [chosen]),
            group("Formale Prüfung", [_formal(case, one) for one in examination.formal_results_of(tender_id)]),
            group("Vorgelegte Unterlagen", _documents(case)),
            group("Nachforderungen", [_request(case, one) for one in examination.requests_of_tender(tender_id)]),
            group("Eignung", [_suitability(case, one) for one in examination.suitability_answers_of(tender_id)]),
            group("Ausschlussgründe", [_integrity(case, one) for one in examination.integrity_checks_of(tender_id)]),
        ],
    )


def _name(case: RecordCase, bid_id: int) -> str:
    found = next((bid for bid in bids.standing_bids(case.tender.id) if bid.id == bid_id), None)
    return bid_name(found.shown_name, found.number) if found else f"Angebot (Kennung {bid_id})"


def _formal(case: RecordCase, one: FormalResult) -> Fact:
    result = f"Beanstandet: {one.ground.label} ({one.ground.norm})" if one.ground else "In Ordnung"
    proof = case.trail.note(Event.FORMALLY_CHECKED, one) or f"{moment(one.recorded_at)}, {one.recorded_by.name}"
    return Fact(f"{_name(case, one.bid_id)}, Los {one.lot.number}", lines(result, one.text), proof)


def _documents(case: RecordCase) -> list[Fact]:
    """One line per bid: what was there, what not, by the latest check."""
    found: dict[int, list[str]] = {}
    latest = {}
    for one in examination.document_checks_of(case.tender.id):
        note = f" ({one.note})" if one.note else ""
        found.setdefault(one.bid_id, []).append(f"{one.document.title}: {one.state.label}{note}")
        latest[one.bid_id] = f"{moment(one.checked_at)}, {one.checked_by.name}"
    return [Fact(_name(case, bid_id), lines(*texts), latest[bid_id]) for bid_id, texts in found.items()]


def _request(case: RecordCase, one: DocumentRequest) -> Fact:
    received = f", eingegangen am {day(one.received_on)}" if one.received_on else ""
    titles = ", ".join(map(str, one.titles.values()))
    says = lines(
        f"Nachgefordert am {moment(one.letter.sent_at)} bis {day(one.due_on)}: {titles}",
        f"Unwesentlich, weil: {one.immaterial_reason}" if one.immaterial_reason else "",
        f"Ergebnis: {one.state.label}{received}",
        one.note,
    )
    proof = lines(case.trail.note(Event.DOCUMENTS_REQUESTED, one), case.trail.note(Event.REQUEST_ANSWERED, one))
    return Fact(_name(case, one.bid_id), says, proof)


def _suitability(case: RecordCase, one: SuitabilityAnswer) -> Fact:
    met = "erfüllt" if one.is_met else "nicht erfüllt"
    says = f"{one.criterion.title}: {met}. Beleg: {one.evidence}"
    return Fact(_name(case, one.bid_id), says, f"{moment(one.checked_at)}, {one.checked_by.name}")


def _integrity(case: RecordCase, one: IntegrityCheck) -> Fact:
    proof = f"{moment(one.checked_at)}, {one.checked_by.name}"
    return Fact(_name(case, one.bid_id), lines(one.finding.label, one.note), proof)


def examined(case: RecordCase, bid: Bid | None, lot: Lot) -> str:
    """What the examination found of one bid in one lot, in a sentence; what was not noted says so."""
    if bid is None:
        return ""
    formal = examination.formal_result(lot, bid)
    integrity = examination.integrity_of(bid)
    parts = [
        "formal nicht geprüft" if formal is None else "formal beanstandet" if formal.ground else "formal in Ordnung",
        _suitability_of(case, bid),
        "Ausschlussgründe nicht geprüft" if integrity is None else integrity.finding.label,
    ]
    return f"Prüfung: {'; '.join(part for part in parts if part)}."


def _suitability_of(case: RecordCase, bid: Bid) -> str:
    wanted = suitability_of(case.tender.id)
    if not wanted:
        return ""
    mine: Sequence[SuitabilityAnswer] = [
        one for one in examination.suitability_answers_of(case.tender.id) if one.bid_id == bid.id
    ]
    return f"{sum(one.is_met for one in mine)} von {len(wanted)} Eignungskriterien nachgewiesen"
