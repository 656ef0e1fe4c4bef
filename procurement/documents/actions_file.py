"""Putting the whole file of a tender together: what the office still has to issue, then one archive, stored once.

The database keeps the archive like every issued document. Its input hash is that of the manifest: as long as nothing in
the file has changed, the latest one is returned. The tender is locked first, so that nothing changes halfway.
"""

from procurement.bids import queries as bids
from procurement.bids.actions import hold
from procurement.core import clock, downloads
from procurement.documents import actions, actions_matrix, actions_record, queries, queries_file, queries_file_award
from procurement.documents.actions import Issue, identity_of, keep
from procurement.documents.kinds import DocumentKind
from procurement.documents.models import IssuedDocument
from procurement.documents.tender_file import Report
from procurement.members.models import Account
from procurement.tenders.models import Tender


def issue_tender_file(tender: Tender, *, by: Account, report: Report) -> IssuedDocument:
    """The file as it stands, with the documents about the bids; the latest one again as long as nothing has changed."""
    hold(tender)
    if bids.is_opened(tender):
        _issue_missing(tender, by)
    latest = queries.latest_about(tender, DocumentKind.TENDER_FILE)
    issue = Issue(by, clock.now(), tender)
    designation = issue.designation(DocumentKind.TENDER_FILE, latest.version + 1 if latest else 1)
    content, input_hash = queries_file.packed_file(tender, by, report)
    if latest is not None and latest.input_hash == input_hash:
        return latest
    identity = identity_of(designation, issue, run_id="", input_hash=input_hash)
    return keep(issue, designation, identity, content, media_type=downloads.ZIP)


def _issue_missing(tender: Tender, by: Account) -> None:
    """The documents about the bids as they stand now; those that are current already stay."""
    actions.issue_opening_record(tender, by=by)
    actions.issue_price_comparison(tender, by=by)
    for run in queries_file_award.latest_runs(tender):
        actions_matrix.issue_evaluation_matrix(run, by=by)
    actions_record.issue_procurement_record(tender, by=by)
