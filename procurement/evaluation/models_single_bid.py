"""What the file says where only one bid came in: the price against the estimate, and how the market was judged."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from procurement.bids.models import Bid
from procurement.core.db import Base, Moment, MoneyColumn
from procurement.members.models import Account
from procurement.tenders.models import Lot
from procurement.values.money import Money


class SingleBidNote(Base):
    """The price of the only bid of a lot judged by a person; a later note replaces it, earlier ones stay."""

    __tablename__ = "single_bid_note"

    id: Mapped[int] = mapped_column(primary_key=True)
    lot_id: Mapped[int] = mapped_column(sa.ForeignKey("lot.id"), index=True)
    bid_id: Mapped[int] = mapped_column(sa.ForeignKey("bid.id"))
    price_net: Mapped[Money] = mapped_column(MoneyColumn)
    estimate_net: Mapped[Money | None] = mapped_column(MoneyColumn)
    plausibility: Mapped[str] = mapped_column(sa.Text)
    market_note: Mapped[str] = mapped_column(sa.Text)
    noted_at: Mapped[datetime] = mapped_column(Moment)
    noted_by_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"))

    lot: Mapped[Lot] = relationship()
    bid: Mapped[Bid] = relationship()
    noted_by: Mapped[Account] = relationship()

    @property
    def audit_label(self) -> str:
        return f"{self.lot.audit_label}: einziges Angebot"
