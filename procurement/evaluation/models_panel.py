"""Working notes of each evaluator, and the figures that bidders stated for criteria whose points are computed."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from procurement.bids.models import Bid
from procurement.core.db import Base, Moment
from procurement.members.models import Account
from procurement.tenders.models import AwardCriterion
from procurement.tenders.models_panel import PanelMember


class PanelNote(Base):
    """What one evaluator thinks of one bid under one criterion; may be incomplete until it is submitted, then fixed."""

    __tablename__ = "panel_note"

    id: Mapped[int] = mapped_column(primary_key=True)
    panel_member_id: Mapped[int] = mapped_column(sa.ForeignKey("panel_member.id"))
    lot_id: Mapped[int] = mapped_column(sa.ForeignKey("lot.id"), index=True)
    bid_id: Mapped[int] = mapped_column(sa.ForeignKey("bid.id"), index=True)
    criterion_id: Mapped[int] = mapped_column(sa.ForeignKey("award_criterion.id"))
    points: Mapped[int | None]
    reason: Mapped[str] = mapped_column(sa.Text, default="")
    noted_at: Mapped[datetime] = mapped_column(Moment)

    member: Mapped[PanelMember] = relationship(lazy="joined")
    bid: Mapped[Bid] = relationship()
    criterion: Mapped[AwardCriterion] = relationship()

    __table_args__ = (
        sa.UniqueConstraint("panel_member_id", "lot_id", "bid_id", "criterion_id"),
        sa.CheckConstraint("points IS NULL OR points BETWEEN 0 AND 10", name="points_0_to_10"),
    )


class StatedFigure(Base):
    """The figure a bidder states for one criterion in one lot, as exact decimal text, and where it stands in the bid.

    Points are computed from all figures of the bids in the ranking with every run and are not stored here.
    """

    __tablename__ = "stated_figure"

    id: Mapped[int] = mapped_column(primary_key=True)
    lot_id: Mapped[int] = mapped_column(sa.ForeignKey("lot.id"))
    bid_id: Mapped[int] = mapped_column(sa.ForeignKey("bid.id"), index=True)
    criterion_id: Mapped[int] = mapped_column(sa.ForeignKey("award_criterion.id"))
    figure: Mapped[str] = mapped_column(sa.String(20))
    reason: Mapped[str] = mapped_column(sa.Text)
    given_by_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"))
    given_at: Mapped[datetime] = mapped_column(Moment)
    version: Mapped[int] = mapped_column(default=1)

    bid: Mapped[Bid] = relationship()
    criterion: Mapped[AwardCriterion] = relationship()
    given_by: Mapped[Account] = relationship()

    __table_args__ = (
        sa.UniqueConstraint("lot_id", "bid_id", "criterion_id"),
        sa.CheckConstraint("length(reason) > 0", name="reason_given"),
    )
    __mapper_args__ = {"version_id_col": version}

    @property
    def audit_label(self) -> str:
        return f"{self.bid.audit_label}, Kriterium {self.criterion.number}"
