"""What a bid says besides its unit prices: options, maintenance, yearly costs, rebate, skonto; version by version."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from procurement.bids.models import Bid
from procurement.core.db import Base, Moment
from procurement.members.models import Account
from procurement.tenders.models import Lot


class BidFigures(Base):
    """One version of a bid's further figures in one lot; the latest counts, a correction has a reason.

    ``figures`` maps the number of an announced part to its amount in cents and the page of the bid; rebate and skonto
    have the keys ``rebate`` and ``skonto``.
    """

    __tablename__ = "bid_figures"

    id: Mapped[int] = mapped_column(primary_key=True)
    bid_id: Mapped[int] = mapped_column(sa.ForeignKey("bid.id"))
    lot_id: Mapped[int] = mapped_column(sa.ForeignKey("lot.id"), index=True)
    number: Mapped[int]
    figures: Mapped[dict[str, dict[str, str]]] = mapped_column(sa.JSON)
    reason: Mapped[str] = mapped_column(sa.Text, default="")
    entered_at: Mapped[datetime] = mapped_column(Moment)
    entered_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"))

    bid: Mapped[Bid] = relationship()
    lot: Mapped[Lot] = relationship()
    entered_by: Mapped[Account | None] = relationship()

    __table_args__ = (sa.UniqueConstraint("bid_id", "lot_id", "number"),)

    @property
    def audit_label(self) -> str:
        return f"{self.bid.audit_label}, Los {self.lot.number}"
