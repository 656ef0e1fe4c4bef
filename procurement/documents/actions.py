"""Issuing: collect, draw, hash, number, store, record; what was issued once is never drawn again.

Everything happens in the caller's transaction: there is no document without its bytes and no bytes without the entry
in the audit trail that names their checksum. The row the documents are about is locked first, so that two clerks who
press the button at the same time get the same documents.
"""

from dataclasses import dataclass, replace
from datetime import datetime

from procurement.allocation.models import AllocationRun
from procurement.allocation.queries_figures import distribution_of, recompute
from procurement.audit.actions import Change, record
from procurement.audit.events import Event
from procurement.bids import queries as bids
from procurement.bids.actions import hold
from procurement.core import clock, downloads, files
from procurement.core.db import db
from procurement.core.errors import refuse_if
from procurement.core.spreadsheets import write_csv
from procurement.documents import queries, queries_bids, queries_run, rules
from procurement.documents.allocation_of_run import allocation_content
from procurement.documents.allocation_statement import draw_allocation, draw_member_statement
from procurement.documents.bid_opening_record import draw_opening_record
from procurement.documents.contents import AnnexFile, DocumentIdentity, DocumentStatus
from procurement.documents.fingerprints import fingerprint
from procurement.documents.kinds import DocumentKind
from procurement.documents.models import IssuedDocument
from procurement.documents.numbering import Designation
from procurement.documents.price_comparison import draw_price_comparison
from procurement.documents.program import PROGRAM_VERSION
from procurement.documents.queries_issuer import sign_off
from procurement.documents.run_annex import annex_json, annex_rows
from procurement.documents.statement_of_run import statement_content
from procurement.members.models import Account, Member
from procurement.tenders.models import Tender

JSON = "application/json"


@dataclass(frozen=True, slots=True)
class Issue:
    """One act of issuing: who, when, and the tender or run the documents are about."""

    by: Account
    at: datetime
    tender: Tender
    run: AllocationRun | None = None

    def designation(
        self, kind: DocumentKind, version: int, member: Member | None = None, part: str = ""
    ) -> Designation:
        """What a document of this issue is called."""
        key, name = (member.key, member.name) if member else ("", "")
        return Designation(kind, self.tender.reference, version, key, name, part)


def issue_allocation(run: AllocationRun, *, by: Account) -> list[IssuedDocument]:
    """The cost allocation, a statement per member and the figures for machines; the stored ones when there are any.

    Raise :class:`Refused` unless the run is approved and every stored cent can be recomputed from its frozen input.
    """
    db.session.refresh(run, with_for_update={"of": AllocationRun})
    known = queries.issued_for_run(run.id)
    if known:
        return known
    refuse_if(rules.objections_to_issuing_allocation(run.state) or recompute(run))
    issue = Issue(by, clock.now(), run.tender, run)
    _draw_run(run, issue)
    return queries.issued_for_run(run.id)


def _draw_run(run: AllocationRun, issue: Issue) -> None:
    figures, replaced = distribution_of(run), queries_run.predecessor(run)
    designation = issue.designation(DocumentKind.ALLOCATION, run.number)
    identity = identity_of(designation, issue, run_id=str(run.id), input_hash=run.input_hash)
    annexes = (
        _annex(issue, identity, DocumentKind.ANNEX_JSON, annex_json(figures, run.input, identity)),
        _annex(issue, identity, DocumentKind.ANNEX_CSV, write_csv(annex_rows(figures))),
    )
    content = allocation_content(figures, queries_run.surroundings(run, figures, identity, annexes, replaced))
    keep(issue, designation, identity, draw_allocation(content))
    members = queries_run.members_of(run)
    for share in figures.members:
        member = members[share.key]
        own = issue.designation(DocumentKind.MEMBER_STATEMENT, run.number, member)
        own_identity = replace(identity, number=own.number)
        to = queries_run.addressee(member, share.name, replaced)
        statement = statement_content(figures, content, to, own_identity)
        keep(issue, own, own_identity, draw_member_statement(statement), member=member)


def _annex(issue: Issue, identity: DocumentIdentity, kind: DocumentKind, content: bytes) -> AnnexFile:
    """Store one of the files for machines and return how the paper names it."""
    designation = issue.designation(kind, identity.version)
    media_type = JSON if kind is DocumentKind.ANNEX_JSON else downloads.CSV
    kept = keep(issue, designation, identity, content, media_type=media_type)
    return AnnexFile(kept.filename, kind.label, kept.file_sha256)


def issue_price_comparison(tender: Tender, *, by: Account) -> IssuedDocument:
    """The Preisspiegel as it stands; the latest one again as long as nothing in it has changed."""
    hold(tender)
    latest, issue, designation = next_about_bids(tender, DocumentKind.PRICE_COMPARISON, by)
    identity = identity_of(designation, issue, run_id=opening_name(tender))
    content = queries_bids.price_comparison_content(tender, identity, sign_off(by, issue.at))
    identity = replace(identity, input_hash=fingerprint(content))
    if latest is not None and latest.input_hash == identity.input_hash:
        return latest
    return keep(issue, designation, identity, draw_price_comparison(replace(content, identity=identity)))


def issue_opening_record(tender: Tender, *, by: Account) -> IssuedDocument:
    """The record of the opening; the latest one again as long as nothing in it has changed."""
    hold(tender)
    latest, issue, designation = next_about_bids(tender, DocumentKind.OPENING_RECORD, by)
    identity = identity_of(designation, issue, run_id=opening_name(tender))
    content = queries_bids.opening_record_content(tender, identity)
    identity = replace(identity, input_hash=fingerprint(content))
    if latest is not None and latest.input_hash == identity.input_hash:
        return latest
    return keep(issue, designation, identity, draw_opening_record(replace(content, identity=identity)))


def next_about_bids(
    tender: Tender, kind: DocumentKind, by: Account
) -> tuple[IssuedDocument | None, Issue, Designation]:
    """The latest document of this kind and what the next one would be called; refused before the opening."""
    refuse_if(rules.objections_to_issuing_on_bids(is_opened=bids.is_opened(tender)))
    latest = queries.latest_about(tender, kind)
    issue = Issue(by, clock.now(), tender)
    return latest, issue, issue.designation(kind, latest.version + 1 if latest else 1)


def opening_name(tender: Tender) -> str:
    """The opening as documents about bids name their run."""
    return f"Angebotsöffnung {bids.opening_for(tender).id}"


def identity_of(designation: Designation, issue: Issue, run_id: str, input_hash: str = "") -> DocumentIdentity:
    """Number, version and run of a document that is issued now."""
    return DocumentIdentity(
        number=designation.number,
        version=designation.version,
        status=DocumentStatus.FINAL,
        issued_at=issue.at,
        run_id=run_id,
        input_hash=input_hash,
        program_version=PROGRAM_VERSION,
    )


def keep(
    issue: Issue,
    designation: Designation,
    identity: DocumentIdentity,
    content: bytes,
    *,
    media_type: str = downloads.PDF,
    member: Member | None = None,
) -> IssuedDocument:
    """Store the bytes, register the document and record both."""
    stored = files.store(content, media_type)
    document = IssuedDocument(
        number=designation.number,
        version=designation.version,
        kind=designation.kind,
        part=designation.part,
        title=issue.run.title if issue.run else issue.tender.title,
        filename=designation.filename,
        tender=issue.tender,
        run=issue.run,
        member=member,
        input_hash=identity.input_hash,
        file_sha256=stored.sha256,
        issued_at=issue.at,
        issued_by_id=issue.by.id,
    )
    db.session.add(document)
    words: dict[str, Change | str] = {
        "Dokument": designation.kind.label,
        "Datei": designation.filename,
        queries.CHECKSUM_FIELD: stored.sha256,
        "SHA-256 der Eingabe": identity.input_hash,
    }
    member_id = member.id if member else None
    record(Event.DOCUMENT_ISSUED, document, by=issue.by, changes=words, tender_id=issue.tender.id, member_id=member_id)
    return document
