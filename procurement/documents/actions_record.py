"""Issuing the procurement record of a tender (§ 8 VgV), once as long as nothing in it changes.

Whoever issues has made sure that the person may read the bids with their prices.
"""

from dataclasses import replace

from procurement.bids.actions import hold
from procurement.core import clock
from procurement.documents import queries, queries_record
from procurement.documents.actions import Issue, identity_of, keep
from procurement.documents.fingerprints import fingerprint
from procurement.documents.kinds import DocumentKind
from procurement.documents.models import IssuedDocument
from procurement.documents.procurement_record import draw_procurement_record
from procurement.documents.queries_issuer import sign_off
from procurement.members.models import Account
from procurement.tenders.models import Tender


def issue_procurement_record(tender: Tender, *, by: Account) -> IssuedDocument:
    """The procurement record as it stands; the latest one again as long as nothing in it has changed."""
    hold(tender)
    latest = queries.latest_about(tender, DocumentKind.PROCUREMENT_RECORD)
    issue = Issue(by, clock.now(), tender)
    designation = issue.designation(DocumentKind.PROCUREMENT_RECORD, latest.version + 1 if latest else 1)
    identity = identity_of(designation, issue, run_id=f"Vergabe {tender.reference}")
    content = queries_record.record_content(tender, identity, sign_off(by, issue.at))
    identity = replace(identity, input_hash=fingerprint(content))
    if latest is not None and latest.input_hash == identity.input_hash:
        return latest
    return keep(issue, designation, identity, draw_procurement_record(replace(content, identity=identity)))
