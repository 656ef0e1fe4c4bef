"""What bids do outside requests: tell all firms of a procedure at the same time what changed or was answered."""

from procurement.audit.actor import CommandLine
from procurement.bids import actions_firms
from procurement.core.db import db
from procurement.core.jobs import Progress, handler
from procurement.tenders.models import Tender

CLOCKWORK = CommandLine(name="Zeitsteuerung")


@handler("bids:inform_bidders")
def inform_bidders(_progress: Progress, *, tender_id: int, subject: str, text: str) -> None:
    """Write to every firm of the procedure."""
    actions_firms.inform_firms(db.session.get_one(Tender, tender_id), subject, text, by=CLOCKWORK)
