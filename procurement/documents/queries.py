"""Reading issued documents: officers and auditors all of them, a lead the statements of its own member, nobody else.

What is about bids is read by an auditor only after today's reading was recorded, as the bids themselves are.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from flask_sqlalchemy.pagination import Pagination
from sqlalchemy.orm import joinedload

from procurement.allocation.models import AllocationRun
from procurement.allocation.rules import EFFECTIVE_STATES
from procurement.allocation.states import RunState
from procurement.audit.chain import Link, hash_of
from procurement.audit.events import Event
from procurement.audit.models import AuditEntry
from procurement.bids import queries as bids
from procurement.core.db import db
from procurement.core.errors import NotFound
from procurement.documents.archive import ArchivedFile
from procurement.documents.contents import DocumentStatus
from procurement.documents.kinds import ON_BIDS, SAFE_BEFORE_OPENING, DocumentKind
from procurement.documents.models import IssuedDocument
from procurement.documents.numbering import file_note
from procurement.documents.verification import RecordedIssue
from procurement.members.models import Account
from procurement.tenders import queries as tenders
from procurement.tenders.models import Tender
from procurement.tenders.queries_panel import conflicted_tenders, refuse_before_submitting

PAGE_SIZE = 50
CHECKSUM_FIELD = "SHA-256"
"""The name under which the audit entry of an issue keeps the checksum of the file."""
SHOWN_TOGETHER = (
    joinedload(IssuedDocument.tender),
    joinedload(IssuedDocument.run),
    joinedload(IssuedDocument.member),
    joinedload(IssuedDocument.issued_by),
    joinedload(IssuedDocument.file),
)


@dataclass(frozen=True, slots=True)
class DocumentFilter:
    """What the reader is looking for; nothing set means all documents."""

    tender_id: int | None = None
    kind: DocumentKind | None = None


@dataclass(frozen=True, slots=True)
class ListedDocument:
    """A document in a list, with its status and what kind of file it is in words."""

    document: IssuedDocument
    status: DocumentStatus
    file_note: str

    @property
    def tone(self) -> str:
        """The tone of the status badge."""
        return "success" if self.status is DocumentStatus.FINAL else "neutral"


def _visible(account: Account) -> sa.Select[IssuedDocument]:
    query = sa.select(IssuedDocument)
    if tenders.sees_all(account):
        return query.where(IssuedDocument.tender_id.not_in(conflicted_tenders(account.id)))
    return query.join(IssuedDocument.run).where(
        IssuedDocument.kind == DocumentKind.MEMBER_STATEMENT,
        IssuedDocument.member_id.in_(account.member_ids),
        AllocationRun.state.in_(EFFECTIVE_STATES),
    )


def page_of_documents(account: Account, wanted: DocumentFilter, page: int = 1) -> Pagination:
    """One page of the documents this account may see, newest first."""
    query = _visible(account).options(*SHOWN_TOGETHER)
    if wanted.tender_id is not None:
        query = query.where(IssuedDocument.tender_id == wanted.tender_id)
    if wanted.kind is not None:
        query = query.where(IssuedDocument.kind == wanted.kind)
    order = (IssuedDocument.issued_at.desc(), IssuedDocument.run_id.desc(), _kind_rank(), IssuedDocument.id)
    return db.paginate(query.order_by(*order), page=page, per_page=PAGE_SIZE, error_out=False)


def _kind_rank() -> sa.Case[int]:
    """The place of a kind in the list of kinds, for sorting."""
    ranks = {kind: place for place, kind in enumerate(DocumentKind)}
    return sa.case(ranks, value=IssuedDocument.kind, else_=len(ranks))


def tenders_with_documents(account: Account) -> list[tuple[int, str, str]]:
    """Number, reference and title of every tender about which this account may see a document, newest first."""
    seen = _visible(account).with_only_columns(IssuedDocument.tender_id)
    query = sa.select(Tender.id, Tender.reference, Tender.title).where(Tender.id.in_(seen))
    return [(row[0], row[1], row[2]) for row in db.session.execute(query.order_by(Tender.id.desc()))]


def documents_of_tender(account: Account, tender_id: int) -> list[IssuedDocument]:
    """Every visible document about a tender, newest first and in their usual order."""
    query = _visible(account).options(*SHOWN_TOGETHER).where(IssuedDocument.tender_id == tender_id)
    found = _in_usual_order(db.session.scalars(query))
    return sorted(found, key=lambda document: document.issued_at, reverse=True)


def documents_of_run(account: Account, run_id: int) -> list[IssuedDocument]:
    """Every visible document about a run: the allocation, the statements, the figures for machines."""
    query = _visible(account).options(*SHOWN_TOGETHER).where(IssuedDocument.run_id == run_id)
    return _in_usual_order(db.session.scalars(query))


def issued_for_run(run_id: int) -> list[IssuedDocument]:
    """All documents of a run, for whoever already knows that the reader may see them."""
    return _in_usual_order(db.session.scalars(sa.select(IssuedDocument).filter_by(run_id=run_id)))


def _in_usual_order(found: Iterable[IssuedDocument]) -> list[IssuedDocument]:
    """Kinds in the order of their list, members as in the allocation."""
    kinds = list(DocumentKind)
    return sorted(found, key=lambda document: (kinds.index(document.kind), document.id))


def latest_about(tender: Tender, kind: DocumentKind, part: str = "") -> IssuedDocument | None:
    """The highest version of the tender's own documents of this kind, about this part of it."""
    query = sa.select(IssuedDocument).filter_by(tender_id=tender.id, kind=kind, part=part, run_id=None)
    return db.session.scalar(query.order_by(IssuedDocument.version.desc()).limit(1))


def document(account: Account, document_id: int) -> IssuedDocument:
    """A document this account may see; :class:`NotFound` for any other."""
    query = _visible(account).options(*SHOWN_TOGETHER).where(IssuedDocument.id == document_id)
    found = db.session.scalar(query)
    if found is None:
        raise NotFound
    return found


def readable_document(account: Account, document_id: int) -> IssuedDocument:
    """A document whose content this account may read now; see :func:`bids.readable_tender` for those about bids."""
    found = document(account, document_id)
    refuse_before_submitting(found.tender, account)
    is_without_bids = found.kind in SAFE_BEFORE_OPENING and not bids.is_opened(found.tender)
    if found.kind in ON_BIDS and not is_without_bids:
        bids.readable_tender(found.tender_id, account)
    return found


def listed(documents: Sequence[IssuedDocument]) -> list[ListedDocument]:
    """The documents as a list shows them; what a corrected run or a later version has replaced is marked so."""
    latest = _latest_versions({document.tender_id for document in documents})
    return [
        ListedDocument(
            document,
            DocumentStatus.REPLACED if _is_replaced(document, latest) else DocumentStatus.FINAL,
            file_note(document.file.media_type, document.file.size),
        )
        for document in documents
    ]


def _is_replaced(document: IssuedDocument, latest: dict[tuple[int, DocumentKind, str], int]) -> bool:
    if document.run is not None:
        return document.run.state is RunState.CORRECTED
    return document.version < latest[document.tender_id, document.kind, document.part]


def _latest_versions(tender_ids: set[int]) -> dict[tuple[int, DocumentKind, str], int]:
    columns = (IssuedDocument.tender_id, IssuedDocument.kind, IssuedDocument.part)
    query = sa.select(*columns, sa.func.max(IssuedDocument.version)).where(
        IssuedDocument.tender_id.in_(tender_ids), IssuedDocument.run_id.is_(None)
    )
    found = db.session.execute(query.group_by(*columns))
    return {(tender_id, kind, part): version for tender_id, kind, part, version in found}


def recorded_issue(document: IssuedDocument) -> RecordedIssue | None:
    """What the audit trail says about the issue of this document."""
    query = sa.select(AuditEntry).filter_by(
        event=Event.DOCUMENT_ISSUED.value, subject_type=IssuedDocument.__tablename__, subject_id=document.id
    )
    entry = db.session.scalar(query.order_by(AuditEntry.number).limit(1))
    if entry is None:
        return None
    named = str(json.loads(entry.changes).get(CHECKSUM_FIELD, ""))
    link = Link(**{name: getattr(entry, name) for name in Link.__slots__})
    return RecordedIssue(entry.number, named, hash_of(link) == entry.hash)


def archived_files(documents: Sequence[IssuedDocument]) -> list[ArchivedFile]:
    """The documents with their bytes, as they go into an archive."""
    return [
        ArchivedFile(
            filename=document.filename,
            number=document.number,
            kind=document.kind.value,
            title=document.title,
            member=document.member.key if document.member else "",
            media_type=document.file.media_type,
            sha256=document.file_sha256,
            input_sha256=document.input_hash,
            issued_at=document.issued_at,
            issued_by=document.issued_by.name,
            content=document.file.content,
        )
        for document in documents
    ]
