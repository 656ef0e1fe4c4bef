"""Distributing many lots outside a request, with progress: reading and computing first, storing at the end."""

from procurement.core.db import db
from procurement.core.jobs import Progress, handler
from procurement.evaluation import actions_lot_award
from procurement.members.models import Account
from procurement.tenders.models import Tender

DETERMINE = "evaluation:distribute_lots"


@handler(DETERMINE)
def distribute_lots(progress: Progress, *, tender_id: int, account_id: int) -> str:
    """Distribute the lots of a tender; refused if something changed while it was computed."""
    tender = db.session.get_one(Tender, tender_id)
    given, basis = actions_lot_award.readable_input(tender)
    progress.report(0, 100, "Verteilungen werden verglichen")
    result = actions_lot_award.result_of(
        given, lambda done, total: progress.report(done, total, "Wirkung der Grenzen wird berechnet")
    )
    tender, account = db.session.get_one(Tender, tender_id), db.session.get_one(Account, account_id)
    actions_lot_award.store_unchanged(tender, given, basis, result, by=account)
    return f"/evaluation/{tender_id}/lot-award"
