"""Points with their reasons, evaluation runs that can be recomputed, and award decisions by two people."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from procurement.bids.models import Bid
from procurement.core.db import Base, Moment, labelled
from procurement.evaluation.states import AwardState
from procurement.members.models import Account
from procurement.tenders.models import AwardCriterion, Lot


class Score(Base):
    """Points 0 to 10 of one bid for one criterion in one lot, never without a reason.

    ``agreed_by`` names the evaluators who agreed on them; it is empty where no panel was named.
    """

    __tablename__ = "score"

    id: Mapped[int] = mapped_column(primary_key=True)
    lot_id: Mapped[int] = mapped_column(sa.ForeignKey("lot.id"))
    bid_id: Mapped[int] = mapped_column(sa.ForeignKey("bid.id"), index=True)
    criterion_id: Mapped[int] = mapped_column(sa.ForeignKey("award_criterion.id"))
    points: Mapped[int]
    reason: Mapped[str] = mapped_column(sa.Text)
    given_by_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"))
    given_at: Mapped[datetime] = mapped_column(Moment)
    agreed_by: Mapped[str] = mapped_column(sa.Text, default="", server_default="")
    version: Mapped[int] = mapped_column(default=1)

    bid: Mapped[Bid] = relationship()
    criterion: Mapped[AwardCriterion] = relationship()
    given_by: Mapped[Account] = relationship()

    __table_args__ = (
        sa.UniqueConstraint("lot_id", "bid_id", "criterion_id"),
        sa.CheckConstraint("points BETWEEN 0 AND 10", name="points_0_to_10"),
        sa.CheckConstraint("length(reason) > 0", name="reason_given"),
    )
    __mapper_args__ = {"version_id_col": version}

    @property
    def audit_label(self) -> str:
        return f"{self.bid.audit_label}, Kriterium {self.criterion.number}"


class ExclusionAnswer(Base):
    """Whether one bid meets one A-criterion in one lot; a "no" excludes the bid and is never without a reason."""

    __tablename__ = "exclusion_answer"

    id: Mapped[int] = mapped_column(primary_key=True)
    lot_id: Mapped[int] = mapped_column(sa.ForeignKey("lot.id"))
    bid_id: Mapped[int] = mapped_column(sa.ForeignKey("bid.id"), index=True)
    criterion_id: Mapped[int] = mapped_column(sa.ForeignKey("award_criterion.id"))
    is_met: Mapped[bool]
    reason: Mapped[str] = mapped_column(sa.Text, default="")
    given_by_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"))
    given_at: Mapped[datetime] = mapped_column(Moment)
    version: Mapped[int] = mapped_column(default=1)

    bid: Mapped[Bid] = relationship()
    criterion: Mapped[AwardCriterion] = relationship()
    given_by: Mapped[Account] = relationship()

    __table_args__ = (
        sa.UniqueConstraint("lot_id", "bid_id", "criterion_id"),
        sa.CheckConstraint("is_met OR length(reason) > 0", name="refusal_has_reason"),
    )
    __mapper_args__ = {"version_id_col": version}

    @property
    def audit_label(self) -> str:
        return f"{self.bid.audit_label}, Ausschlusskriterium {self.criterion.number}"


class EvaluationRun(Base):
    """One complete evaluation of one lot: input as frozen text with its hash, result with every intermediate figure."""

    __tablename__ = "evaluation_run"

    id: Mapped[int] = mapped_column(primary_key=True)
    lot_id: Mapped[int] = mapped_column(sa.ForeignKey("lot.id"))
    number: Mapped[int]
    method: Mapped[str] = mapped_column(sa.String(40))
    input: Mapped[str] = mapped_column(sa.Text)
    input_hash: Mapped[str] = mapped_column(sa.String(64))
    result: Mapped[dict[str, Any]] = mapped_column(sa.JSON)
    made_at: Mapped[datetime] = mapped_column(Moment)
    made_by_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"))

    lot: Mapped[Lot] = relationship()
    made_by: Mapped[Account] = relationship()

    __table_args__ = (sa.UniqueConstraint("lot_id", "number"),)

    @property
    def audit_label(self) -> str:
        return f"{self.lot.audit_label}, Wertung {self.number}"


class LotDrawing(Base):
    """Lots drawn between bids that share rank 1 of a run: by two people, with a record of how it was done."""

    __tablename__ = "lot_drawing"

    id: Mapped[int] = mapped_column(primary_key=True)
    run_id: Mapped[int] = mapped_column(sa.ForeignKey("evaluation_run.id"), unique=True)
    bid_id: Mapped[int] = mapped_column(sa.ForeignKey("bid.id"))
    record: Mapped[str] = mapped_column(sa.Text)
    recorded_by_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"))
    second_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"))
    recorded_at: Mapped[datetime] = mapped_column(Moment)

    run: Mapped[EvaluationRun] = relationship()
    bid: Mapped[Bid] = relationship()
    recorded_by: Mapped[Account] = relationship(foreign_keys=recorded_by_id)
    second: Mapped[Account] = relationship(foreign_keys=second_id)

    __table_args__ = (sa.CheckConstraint("recorded_by_id <> second_id", name="two_people"),)

    @property
    def audit_label(self) -> str:
        return f"{self.run.audit_label}, Losentscheid"


class AwardDecision(Base):
    """Who gets a lot and why: proposed by one officer, confirmed or rejected by another.

    A decision that stood can be withdrawn after a complaint or with the lot; it keeps who made it and says why it fell.
    """

    __tablename__ = "award_decision"

    id: Mapped[int] = mapped_column(primary_key=True)
    lot_id: Mapped[int] = mapped_column(sa.ForeignKey("lot.id"), index=True)
    run_id: Mapped[int] = mapped_column(sa.ForeignKey("evaluation_run.id"))
    bid_id: Mapped[int] = mapped_column(sa.ForeignKey("bid.id"))
    state: Mapped[AwardState] = mapped_column(labelled(AwardState), default=AwardState.PROPOSED)
    reason: Mapped[str] = mapped_column(sa.Text)
    proposed_by_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"))
    proposed_at: Mapped[datetime] = mapped_column(Moment)
    answered_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"))
    answered_at: Mapped[datetime | None] = mapped_column(Moment)
    answer_reason: Mapped[str] = mapped_column(sa.Text, default="")
    withdrawn_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"))
    withdrawn_at: Mapped[datetime | None] = mapped_column(Moment)
    withdrawn_reason: Mapped[str] = mapped_column(sa.Text, default="", server_default="")
    version: Mapped[int] = mapped_column(default=1)

    lot: Mapped[Lot] = relationship()
    run: Mapped[EvaluationRun] = relationship()
    bid: Mapped[Bid] = relationship()
    proposed_by: Mapped[Account] = relationship(foreign_keys=proposed_by_id)
    answered_by: Mapped[Account | None] = relationship(foreign_keys=answered_by_id)
    withdrawn_by: Mapped[Account | None] = relationship(foreign_keys=withdrawn_by_id)

    __table_args__ = (
        sa.Index(
            "uq_award_decision_one_standing_per_lot",
            "lot_id",
            unique=True,
            sqlite_where=sa.text("state NOT IN ('rejected', 'withdrawn')"),
            postgresql_where=sa.text("state NOT IN ('rejected', 'withdrawn')"),
        ),
        sa.CheckConstraint("answered_by_id IS NULL OR answered_by_id <> proposed_by_id", name="four_eyes"),
    )
    __mapper_args__ = {"version_id_col": version}

    @property
    def audit_label(self) -> str:
        return f"{self.lot.audit_label}, Zuschlag"
