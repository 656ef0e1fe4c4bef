"""Exclusions after a ranking was known: proposal and decision of two people, and the runs before and after."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from procurement.bids.models import Bid
from procurement.core.db import Base, Moment, labelled
from procurement.evaluation.exclusion_rules import ExclusionState
from procurement.evaluation.models import EvaluationRun
from procurement.members.models import Account
from procurement.tenders.models import Lot


class ExclusionProposal(Base):
    """A proposed exclusion with norm and reason; another officer confirms or rejects it."""

    __tablename__ = "exclusion_proposal"

    id: Mapped[int] = mapped_column(primary_key=True)
    bid_id: Mapped[int] = mapped_column(sa.ForeignKey("bid.id"), index=True)
    norm: Mapped[str] = mapped_column(sa.String(80))
    reason: Mapped[str] = mapped_column(sa.Text)
    state: Mapped[ExclusionState] = mapped_column(labelled(ExclusionState), default=ExclusionState.PROPOSED)
    proposed_by_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"))
    proposed_at: Mapped[datetime] = mapped_column(Moment)
    answered_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"))
    answered_at: Mapped[datetime | None] = mapped_column(Moment)
    answer_reason: Mapped[str] = mapped_column(sa.Text, default="")
    version: Mapped[int] = mapped_column(default=1)

    bid: Mapped[Bid] = relationship()
    proposed_by: Mapped[Account] = relationship(foreign_keys=proposed_by_id)
    answered_by: Mapped[Account | None] = relationship(foreign_keys=answered_by_id)
    reruns: Mapped[list["ExclusionRerun"]] = relationship(back_populates="proposal", order_by="ExclusionRerun.id")

    __table_args__ = (
        sa.CheckConstraint("answered_by_id IS NULL OR answered_by_id <> proposed_by_id", name="two_people"),
        sa.CheckConstraint("length(reason) > 0", name="reason_given"),
        sa.Index(
            "uq_exclusion_proposal_one_open",
            "bid_id",
            unique=True,
            sqlite_where=sa.text("state = 'proposed'"),
            postgresql_where=sa.text("state = 'proposed'"),
        ),
    )
    __mapper_args__ = {"version_id_col": version}

    @property
    def audit_label(self) -> str:
        return f"{self.bid.audit_label}: Ausschluss"


class ExclusionRerun(Base):
    """A lot that was evaluated anew because of an exclusion: the run before and the run after it."""

    __tablename__ = "exclusion_rerun"

    id: Mapped[int] = mapped_column(primary_key=True)
    proposal_id: Mapped[int] = mapped_column(sa.ForeignKey("exclusion_proposal.id"), index=True)
    lot_id: Mapped[int] = mapped_column(sa.ForeignKey("lot.id"))
    before_id: Mapped[int] = mapped_column(sa.ForeignKey("evaluation_run.id"))
    after_id: Mapped[int] = mapped_column(sa.ForeignKey("evaluation_run.id"))

    proposal: Mapped[ExclusionProposal] = relationship(back_populates="reruns")
    lot: Mapped[Lot] = relationship()
    before: Mapped[EvaluationRun] = relationship(foreign_keys=before_id)
    after: Mapped[EvaluationRun] = relationship(foreign_keys=after_id)

    __table_args__ = (sa.UniqueConstraint("proposal_id", "lot_id"),)
