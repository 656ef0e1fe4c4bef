"""The procurement record as a whole, read from what is stored, and who may issue and read it."""

from procurement.bids import queries as bids
from procurement.documents import queries_record_award as award
from procurement.documents import queries_record_bids as of_bids
from procurement.documents import queries_record_evaluation as evaluation
from procurement.documents import queries_record_procedure as procedure
from procurement.documents.contents import ClosingNotes, DocumentIdentity, SignOff
from procurement.documents.contents_procurement_record import ProcurementRecordContent, RecordChapter
from procurement.documents.notation import moment
from procurement.documents.pairs import Pair
from procurement.documents.queries_bids import RETENTION
from procurement.documents.queries_issuer import contact, letterhead
from procurement.documents.queries_record_examination import examination_of, opening
from procurement.documents.queries_record_people import conflicts
from procurement.documents.queries_record_trail import RecordCase, case_of
from procurement.members.models import Account
from procurement.tenders.models import Tender


def recordable_tender(tender_id: int, account: Account) -> Tender:
    """A tender whose record this account may read now: once the bids are open, as the bids with their prices.

    Before the opening the record says nothing of bids and is kept only from those who declared a conflict of interest.
    """
    tender = bids.tender_with_bids(tender_id, account)
    return bids.readable_tender(tender_id, account) if bids.is_opened(tender) else tender


def record_content(tender: Tender, identity: DocumentIdentity, prepared: SignOff) -> ProcurementRecordContent:
    """The twelve items and what they rest on; the caller has made sure that its reader may see the prices."""
    case = case_of(tender)
    return ProcurementRecordContent(
        letterhead=letterhead(),
        identity=identity,
        tender_title=tender.title,
        tender_number=tender.reference,
        head=_head(case),
        items=_items(case),
        chapters=_chapters(case),
        prepared=prepared,
        closing=ClosingNotes(RETENTION, contact()),
    )


def _head(case: RecordCase) -> tuple[Pair, ...]:
    tender = case.tender
    return (
        ("Vergabe", tender.reference),
        ("Verfahrensart", tender.procedure_type.label),
        ("Stand", tender.stage.label),
        ("Veröffentlicht", moment(tender.published_at) if tender.published_at else ""),
        ("Angebotsfrist", moment(tender.bid_deadline_at) if tender.bid_deadline_at else ""),
    )


def _items(case: RecordCase) -> tuple[RecordChapter, ...]:
    """The twelve numbers of § 8 Abs. 2 VgV in their order."""
    return (
        procedure.subject(case),
        of_bids.considered(case),
        of_bids.not_considered(case),
        of_bids.abnormally_low(case),
        of_bids.successful(case),
        procedure.with_call(case),
        procedure.without_call(case),
        procedure.not_awarded(case),
        procedure.non_electronic(case),
        conflicts(case),
        procedure.joined_lots(case),
        procedure.weights(case),
    )


def _chapters(case: RecordCase) -> tuple[RecordChapter, ...]:
    found = [award.course(case)]
    if case.is_opened:
        found += [opening(case), examination_of(case), evaluation.evaluation_of(case)]
        over_lots = evaluation.distribution(case)
        found += [over_lots] if over_lots is not None else []
        found += [award.information(case), award.register(case)]
    return (*found, award.objections(case))
