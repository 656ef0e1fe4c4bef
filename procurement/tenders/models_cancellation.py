"""Procedures and lots that ended without an award, with ground, code and reason; never changed afterwards."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from procurement.core.db import Base, Moment, labelled
from procurement.members.models import Account
from procurement.tenders.cancellation import CancellationGround, FollowUp, NoAwardCode
from procurement.tenders.models import Lot, Tender


class Cancellation(Base):
    """One cancellation (§ 63 VgV): of the whole procedure, or of one lot while the others go on.

    ``warning`` is the risk of damages that was shown and acknowledged, empty without one.
    """

    __tablename__ = "cancellation"

    id: Mapped[int] = mapped_column(primary_key=True)
    tender_id: Mapped[int] = mapped_column(sa.ForeignKey("tender.id"), index=True)
    lot_id: Mapped[int | None] = mapped_column(sa.ForeignKey("lot.id"), unique=True)
    ground: Mapped[CancellationGround] = mapped_column(labelled(CancellationGround))
    code: Mapped[NoAwardCode] = mapped_column(labelled(NoAwardCode))
    reason: Mapped[str] = mapped_column(sa.Text)
    warning: Mapped[str] = mapped_column(sa.Text, default="")
    follow_up: Mapped[FollowUp] = mapped_column(labelled(FollowUp))
    follow_up_reason: Mapped[str] = mapped_column(sa.Text, default="")
    bids_received: Mapped[int]
    cancelled_at: Mapped[datetime] = mapped_column(Moment)
    cancelled_by_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"))

    tender: Mapped[Tender] = relationship()
    lot: Mapped[Lot | None] = relationship()
    cancelled_by: Mapped[Account] = relationship()

    __table_args__ = (sa.CheckConstraint("length(reason) > 0", name="reason_given"),)

    @property
    def audit_label(self) -> str:
        return f"{(self.lot or self.tender).audit_label}: Aufhebung"
