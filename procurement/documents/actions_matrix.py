"""Issuing the evaluation matrix of a run, once as long as nothing in it changes.

Whoever issues has made sure that the person may read the bids with their prices.
"""

from dataclasses import replace

from procurement.bids.actions import hold
from procurement.core import clock
from procurement.documents import queries, queries_matrix
from procurement.documents.actions import Issue, identity_of, keep
from procurement.documents.evaluation_matrix import draw_evaluation_matrix
from procurement.documents.fingerprints import fingerprint
from procurement.documents.kinds import DocumentKind
from procurement.documents.models import IssuedDocument
from procurement.documents.queries_issuer import sign_off
from procurement.evaluation.models import EvaluationRun
from procurement.members.models import Account


def issue_evaluation_matrix(run: EvaluationRun, *, by: Account) -> IssuedDocument:
    """The matrix of this run; the latest one again as long as nothing in it has changed."""
    tender, part = run.lot.tender, queries_matrix.part_of(run)
    hold(tender)
    latest = queries.latest_about(tender, DocumentKind.EVALUATION_MATRIX, part)
    issue = Issue(by, clock.now(), tender)
    version = latest.version + 1 if latest else 1
    designation = issue.designation(DocumentKind.EVALUATION_MATRIX, version, part=part)
    identity = identity_of(designation, issue, run_id=f"Los {run.lot.number}, Wertung {run.number}")
    content = queries_matrix.matrix_content(run, identity, sign_off(by, issue.at))
    identity = replace(identity, input_hash=fingerprint(content))
    if latest is not None and latest.input_hash == identity.input_hash:
        return latest
    return keep(issue, designation, identity, draw_evaluation_matrix(replace(content, identity=identity)))
