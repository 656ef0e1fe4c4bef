"""Putting a large file of a tender together outside a request: the Preisspiegel is drawn before anything is locked."""

from procurement.bids.queries import is_opened
from procurement.core.db import db
from procurement.core.jobs import Progress, handler
from procurement.documents import actions_comparison, actions_file, queries_file
from procurement.members.models import Account
from procurement.tenders.models import Tender

ASSEMBLE = "documents:assemble_file"


@handler(ASSEMBLE)
def assemble_file(progress: Progress, *, tender_id: int, account_id: int) -> str:
    """Put the file together for this person, who must still be allowed to read it."""
    progress.report(0, 1, "Die Vergabeakte wird zusammengestellt")
    tender, account = _readable(tender_id, account_id)
    if is_opened(tender):
        paper = actions_comparison.drawn(
            tender,
            by=account,
            told=lambda done, total: progress.report(done, total, "Preise werden gezeichnet"),
        )
        tender, account = _readable(tender_id, account_id)
        if paper is not None:
            actions_comparison.store_unchanged(tender, paper, by=account)
    actions_file.issue_tender_file(tender, by=account, report=progress.report)
    return f"/documents/tender/{tender_id}"


def _readable(tender_id: int, account_id: int) -> tuple[Tender, Account]:
    """Both read anew: reporting progress ends the transaction."""
    account = db.session.get_one(Account, account_id)
    return queries_file.readable_file(tender_id, account), account
