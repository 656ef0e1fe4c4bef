"""Negotiated rounds: the invitation to a further bid, whom it went to, and what happens to those who hand in none."""

from datetime import datetime
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from procurement.bids.states import WithoutFurtherBid
from procurement.core.db import Base, Moment, labelled
from procurement.members.models import Account
from procurement.tenders.models import Tender

if TYPE_CHECKING:
    from procurement.bids.models import Bid


class NegotiationRound(Base):
    """One invitation to further bids; the first bids are round 1, so the first negotiated round is number 2.

    ``topics`` is what is negotiated about and stands in every invitation; ``reason_left_out`` says why somebody was not
    invited any more (§ 17 Abs. 12 VgV).
    """

    __tablename__ = "negotiation_round"

    id: Mapped[int] = mapped_column(primary_key=True)
    tender_id: Mapped[int] = mapped_column(sa.ForeignKey("tender.id"))
    number: Mapped[int]
    deadline_at: Mapped[datetime] = mapped_column(Moment)
    without_bid: Mapped[WithoutFurtherBid] = mapped_column(labelled(WithoutFurtherBid))
    is_final: Mapped[bool] = mapped_column(default=False)
    topics: Mapped[str] = mapped_column(sa.Text)
    reason_left_out: Mapped[str] = mapped_column(sa.Text, default="")
    invited_at: Mapped[datetime] = mapped_column(Moment)
    invited_by_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"))

    tender: Mapped[Tender] = relationship()
    invited_by: Mapped[Account] = relationship()
    invitations: Mapped[list["NegotiationInvitation"]] = relationship(
        back_populates="round", order_by="NegotiationInvitation.bid_id"
    )

    __table_args__ = (sa.UniqueConstraint("tender_id", "number"),)

    @property
    def audit_label(self) -> str:
        return f"{self.tender.reference}: Verhandlungsrunde {self.number}"


class NegotiationInvitation(Base):
    """A bid whose bidder may replace it in this round."""

    __tablename__ = "negotiation_invitation"

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(sa.ForeignKey("negotiation_round.id"))
    bid_id: Mapped[int] = mapped_column(sa.ForeignKey("bid.id"), index=True)

    round: Mapped[NegotiationRound] = relationship(back_populates="invitations")
    bid: Mapped["Bid"] = relationship()

    __table_args__ = (sa.UniqueConstraint("round_id", "bid_id"),)
