"""Demand rounds with their articles, one demand per invited member, and its items."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from procurement.core.db import Base, Moment, QuantityColumn, UnitPriceColumn, labelled
from procurement.demand.states import DemandState, RoundState
from procurement.members.models import Account, Member
from procurement.values.money import UnitPrice
from procurement.values.payment import Nature
from procurement.values.quantity import Quantity


class DemandRound(Base):
    """KAAW's question to invited members: which of these articles they need, and how many."""

    __tablename__ = "demand_round"

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(sa.String(40), unique=True)
    title: Mapped[str] = mapped_column(sa.String(200))
    description: Mapped[str] = mapped_column(sa.Text, default="")
    state: Mapped[RoundState] = mapped_column(labelled(RoundState), default=RoundState.DRAFT, index=True)
    deadline_at: Mapped[datetime] = mapped_column(Moment)
    opened_at: Mapped[datetime | None] = mapped_column(Moment)
    closed_at: Mapped[datetime | None] = mapped_column(Moment)
    created_by_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"))
    version: Mapped[int] = mapped_column(default=1)

    articles: Mapped[list["Article"]] = relationship(back_populates="round", order_by="Article.position")
    demands: Mapped[list["Demand"]] = relationship(back_populates="round")

    __mapper_args__ = {"version_id_col": version}

    @property
    def audit_label(self) -> str:
        return f"{self.reference} {self.title}"


class Article(Base):
    """Something a round asks for; ``planning_price`` is net per unit and binds nobody."""

    __tablename__ = "article"

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(sa.ForeignKey("demand_round.id"), index=True)
    position: Mapped[int]
    number: Mapped[str] = mapped_column(sa.String(40))
    title: Mapped[str] = mapped_column(sa.String(300))
    category: Mapped[str] = mapped_column(sa.String(120), default="")
    unit: Mapped[str] = mapped_column(sa.String(40))
    nature: Mapped[Nature] = mapped_column(labelled(Nature))
    cpv: Mapped[str] = mapped_column(sa.String(10), default="")
    planning_price_net: Mapped[UnitPrice | None] = mapped_column(UnitPriceColumn)
    explanation: Mapped[str] = mapped_column(sa.Text, default="")

    round: Mapped[DemandRound] = relationship(back_populates="articles")

    __table_args__ = (sa.UniqueConstraint("round_id", "number"), sa.UniqueConstraint("round_id", "position"))

    @property
    def audit_label(self) -> str:
        return f"{self.number} {self.title}"


class Demand(Base):
    """One invited member's answer to a round; the row exists from the invitation on."""

    __tablename__ = "demand"

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(sa.ForeignKey("demand_round.id"))
    member_id: Mapped[int] = mapped_column(sa.ForeignKey("member.id"), index=True)
    state: Mapped[DemandState] = mapped_column(labelled(DemandState), default=DemandState.OPEN)
    revision: Mapped[int] = mapped_column(default=0)
    saved_at: Mapped[datetime | None] = mapped_column(Moment)
    submitted_at: Mapped[datetime | None] = mapped_column(Moment)
    submitted_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"))
    version: Mapped[int] = mapped_column(default=1)

    round: Mapped[DemandRound] = relationship(back_populates="demands")
    member: Mapped[Member] = relationship(lazy="joined")
    submitted_by: Mapped[Account | None] = relationship()
    items: Mapped[list["DemandItem"]] = relationship(back_populates="demand")

    __table_args__ = (sa.UniqueConstraint("round_id", "member_id"),)
    __mapper_args__ = {"version_id_col": version}

    @property
    def audit_label(self) -> str:
        return f"{self.round.reference}: {self.member.name}"


class DemandItem(Base):
    """How much of one article one member needs; ``expected`` is what enters the tender."""

    __tablename__ = "demand_item"

    id: Mapped[int] = mapped_column(primary_key=True)
    demand_id: Mapped[int] = mapped_column(sa.ForeignKey("demand.id"))
    article_id: Mapped[int] = mapped_column(sa.ForeignKey("article.id"), index=True)
    minimum: Mapped[Quantity] = mapped_column(QuantityColumn)
    expected: Mapped[Quantity] = mapped_column(QuantityColumn)
    maximum: Mapped[Quantity] = mapped_column(QuantityColumn)
    note: Mapped[str] = mapped_column(sa.Text, default="")

    demand: Mapped[Demand] = relationship(back_populates="items")
    article: Mapped[Article] = relationship()

    __table_args__ = (
        sa.UniqueConstraint("demand_id", "article_id"),
        sa.CheckConstraint("0 <= minimum AND minimum <= expected AND expected <= maximum", name="quantities_in_order"),
    )
