"""Drawing a large Preisspiegel outside a request, with progress."""

from procurement.core.db import db
from procurement.core.jobs import Progress, handler
from procurement.documents import actions_comparison
from procurement.members.models import Account
from procurement.tenders.models import Tender

DRAW = "documents:draw_comparison"


@handler(DRAW)
def draw_comparison(progress: Progress, *, tender_id: int, account_id: int) -> str:
    """Read and draw first, store at the end; refused if something changed meanwhile."""
    progress.report(0, 0, "Die Preise werden gelesen.")
    tender, account = db.session.get_one(Tender, tender_id), db.session.get_one(Account, account_id)
    paper = actions_comparison.drawn(tender, by=account, told=lambda done, total: _told(progress, done, total))
    if paper is not None:
        tender, account = db.session.get_one(Tender, tender_id), db.session.get_one(Account, account_id)
        actions_comparison.store_unchanged(tender, paper, by=account)
    return f"/documents/tender/{tender_id}"


def _told(progress: Progress, done: int, total: int) -> None:
    progress.report(done, total, "Preise werden gezeichnet:" if done < total else "Die Datei wird fertiggestellt:")
