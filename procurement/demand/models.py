"""Demand rounds with their articles, one demand per invited member, and its items."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from procurement.core.db import Base, Moment, MoneyColumn, QuantityColumn, UnitPriceColumn, labelled
from procurement.demand.states import (
    AdjustmentState,
    ChangeKind,
    ChangeState,
    DemandState,
    JointCostKey,
    ReminderKind,
    RoundState,
)
from procurement.members.models import Account, Member
from procurement.values.money import Money, UnitPrice
from procurement.values.payment import ContractTerm, Nature, Period
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
    reminder_at: Mapped[datetime | None] = mapped_column(Moment)
    escalation_at: Mapped[datetime | None] = mapped_column(Moment)
    term_months: Mapped[int | None]
    option_months: Mapped[int] = mapped_column(default=0, server_default="0")
    has_total_price: Mapped[bool] = mapped_column(default=True, server_default=sa.true())
    joint_cost_from_net: Mapped[Money | None] = mapped_column(MoneyColumn)
    joint_cost_to_net: Mapped[Money | None] = mapped_column(MoneyColumn)
    joint_cost_key: Mapped[JointCostKey] = mapped_column(
        labelled(JointCostKey), default=JointCostKey.CLIENTS, server_default=JointCostKey.CLIENTS.value
    )
    key_reference_date: Mapped[date | None]
    created_by_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"))
    version: Mapped[int] = mapped_column(default=1)

    articles: Mapped[list["Article"]] = relationship(back_populates="round", order_by="Article.position")
    demands: Mapped[list["Demand"]] = relationship(back_populates="round")

    __mapper_args__ = {"version_id_col": version}

    @property
    def audit_label(self) -> str:
        return f"{self.reference} {self.title}"

    @property
    def term(self) -> ContractTerm:
        """The planned contract term, for value estimate and forecast."""
        return ContractTerm(self.term_months, self.option_months, self.has_total_price)


class Article(Base):
    """Something a round asks for, or a member's own wish; prices are net per unit (and period) and bind nobody.

    A wish is an article that only its member answers: so it has quantities, lineage and a line like every other.
    """

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
    period: Mapped[Period] = mapped_column(labelled(Period), default=Period.NONE, server_default=Period.NONE.value)
    price_from_net: Mapped[UnitPrice | None] = mapped_column(UnitPriceColumn)
    price_to_net: Mapped[UnitPrice | None] = mapped_column(UnitPriceColumn)
    wished_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("member.id"), index=True)

    round: Mapped[DemandRound] = relationship(back_populates="articles")
    wished_by: Mapped[Member | None] = relationship()

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
    first_opened_at: Mapped[datetime | None] = mapped_column(Moment)
    saved_at: Mapped[datetime | None] = mapped_column(Moment)
    submitted_at: Mapped[datetime | None] = mapped_column(Moment)
    submitted_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"))
    approved_at: Mapped[datetime | None] = mapped_column(Moment)
    approved_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"))
    version: Mapped[int] = mapped_column(default=1)

    round: Mapped[DemandRound] = relationship(back_populates="demands")
    member: Mapped[Member] = relationship(lazy="joined")
    submitted_by: Mapped[Account | None] = relationship(foreign_keys=[submitted_by_id])
    approved_by: Mapped[Account | None] = relationship(foreign_keys=[approved_by_id])
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
    site: Mapped[str] = mapped_column(sa.String(200), default="", server_default="")
    start_on: Mapped[date | None]
    budget_account: Mapped[str] = mapped_column(sa.String(60), default="", server_default="")
    is_taken_over: Mapped[bool] = mapped_column(default=False, server_default=sa.false())

    demand: Mapped[Demand] = relationship(back_populates="items")
    article: Mapped[Article] = relationship()

    __table_args__ = (
        sa.UniqueConstraint("demand_id", "article_id"),
        sa.CheckConstraint("0 <= minimum AND minimum <= expected AND expected <= maximum", name="quantities_in_order"),
    )


class Attachment(Base):
    """A file a member adds to its demand, to the whole or to one article; the bytes lie in the file store."""

    __tablename__ = "demand_attachment"

    id: Mapped[int] = mapped_column(primary_key=True)
    demand_id: Mapped[int] = mapped_column(sa.ForeignKey("demand.id"), index=True)
    article_id: Mapped[int | None] = mapped_column(sa.ForeignKey("article.id"))
    file_name: Mapped[str] = mapped_column(sa.String(200))
    media_type: Mapped[str] = mapped_column(sa.String(100))
    size: Mapped[int]
    file_hash: Mapped[str] = mapped_column(sa.String(64))
    added_at: Mapped[datetime] = mapped_column(Moment)
    added_by_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"))
    removed_at: Mapped[datetime | None] = mapped_column(Moment)

    demand: Mapped[Demand] = relationship()
    article: Mapped[Article | None] = relationship()
    added_by: Mapped[Account] = relationship()

    @property
    def audit_label(self) -> str:
        return self.file_name


class Adjustment(Base):
    """An adjusted quantity beside the original one: proposed by the procurement office, answered by the member."""

    __tablename__ = "adjustment"

    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(sa.ForeignKey("demand_item.id"), index=True)
    minimum: Mapped[Quantity] = mapped_column(QuantityColumn)
    expected: Mapped[Quantity] = mapped_column(QuantityColumn)
    maximum: Mapped[Quantity] = mapped_column(QuantityColumn)
    reason: Mapped[str] = mapped_column(sa.Text)
    state: Mapped[AdjustmentState] = mapped_column(labelled(AdjustmentState), default=AdjustmentState.PROPOSED)
    proposed_at: Mapped[datetime] = mapped_column(Moment)
    proposed_by_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"))
    answer: Mapped[str] = mapped_column(sa.Text, default="")
    answered_at: Mapped[datetime | None] = mapped_column(Moment)
    answered_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"))
    version: Mapped[int] = mapped_column(default=1)

    item: Mapped[DemandItem] = relationship()
    proposed_by: Mapped[Account] = relationship(foreign_keys=[proposed_by_id])
    answered_by: Mapped[Account | None] = relationship(foreign_keys=[answered_by_id])

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        sa.CheckConstraint("0 <= minimum AND minimum <= expected AND expected <= maximum", name="quantities_in_order"),
    )

    @property
    def audit_label(self) -> str:
        return f"{self.item.demand.audit_label}, {self.item.article.audit_label}"


class DemandChange(Base):
    """A late demand or a withdrawal after the round was closed: asked for with a reason, decided with a reason."""

    __tablename__ = "demand_change"

    id: Mapped[int] = mapped_column(primary_key=True)
    demand_id: Mapped[int] = mapped_column(sa.ForeignKey("demand.id"), index=True)
    kind: Mapped[ChangeKind] = mapped_column(labelled(ChangeKind))
    state: Mapped[ChangeState] = mapped_column(labelled(ChangeState), default=ChangeState.PENDING)
    reason: Mapped[str] = mapped_column(sa.Text)
    requested_at: Mapped[datetime] = mapped_column(Moment)
    requested_by_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"))
    decision: Mapped[str] = mapped_column(sa.Text, default="")
    decided_at: Mapped[datetime | None] = mapped_column(Moment)
    decided_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"))
    version: Mapped[int] = mapped_column(default=1)

    demand: Mapped[Demand] = relationship()
    requested_by: Mapped[Account] = relationship(foreign_keys=[requested_by_id])
    decided_by: Mapped[Account | None] = relationship(foreign_keys=[decided_by_id])
    items: Mapped[list["WithdrawnItem"]] = relationship(order_by="WithdrawnItem.id")

    __mapper_args__ = {"version_id_col": version}

    @property
    def audit_label(self) -> str:
        return f"{self.kind.label} {self.demand.audit_label}"

    @property
    def is_whole(self) -> bool:
        """Whether it concerns the whole demand and not single articles."""
        return not self.items


class WithdrawnItem(Base):
    """A single article of a withdrawal, with the quantities it had when the member asked."""

    __tablename__ = "withdrawn_item"

    id: Mapped[int] = mapped_column(primary_key=True)
    change_id: Mapped[int] = mapped_column(sa.ForeignKey("demand_change.id"), index=True)
    item_id: Mapped[int] = mapped_column(sa.ForeignKey("demand_item.id"))
    minimum: Mapped[Quantity] = mapped_column(QuantityColumn)
    expected: Mapped[Quantity] = mapped_column(QuantityColumn)
    maximum: Mapped[Quantity] = mapped_column(QuantityColumn)

    item: Mapped[DemandItem] = relationship()

    __table_args__ = (sa.UniqueConstraint("change_id", "item_id"),)


class Reminder(Base):
    """A mail that reminded a member of an answer; ``by_id`` is nobody when the date itself caused it."""

    __tablename__ = "reminder"

    id: Mapped[int] = mapped_column(primary_key=True)
    demand_id: Mapped[int] = mapped_column(sa.ForeignKey("demand.id"), index=True)
    kind: Mapped[ReminderKind] = mapped_column(labelled(ReminderKind))
    sent_at: Mapped[datetime] = mapped_column(Moment)
    by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"))
    recipients: Mapped[str] = mapped_column(sa.Text, default="")

    demand: Mapped[Demand] = relationship()


class DepartmentRequest(Base):
    """A lead asks a named colleague of the own member; the link carries a token of which only the hash is kept."""

    __tablename__ = "department_request"

    id: Mapped[int] = mapped_column(primary_key=True)
    demand_id: Mapped[int] = mapped_column(sa.ForeignKey("demand.id"), index=True)
    department: Mapped[str] = mapped_column(sa.String(120))
    name: Mapped[str] = mapped_column(sa.String(120))
    email: Mapped[str] = mapped_column(sa.String(200))
    token_hash: Mapped[str] = mapped_column(sa.String(64), unique=True)
    expires_at: Mapped[datetime] = mapped_column(Moment)
    sent_at: Mapped[datetime] = mapped_column(Moment)
    sent_by_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"))
    answered_at: Mapped[datetime | None] = mapped_column(Moment)
    revoked_at: Mapped[datetime | None] = mapped_column(Moment)
    version: Mapped[int] = mapped_column(default=1)

    demand: Mapped[Demand] = relationship()
    sent_by: Mapped[Account] = relationship()
    items: Mapped[list["DepartmentItem"]] = relationship(back_populates="request")

    __mapper_args__ = {"version_id_col": version}

    @property
    def audit_label(self) -> str:
        return f"{self.department} ({self.name})"


class DepartmentItem(Base):
    """What one department reported of one article: a part of the member's quantity that keeps its origin."""

    __tablename__ = "department_item"

    id: Mapped[int] = mapped_column(primary_key=True)
    request_id: Mapped[int] = mapped_column(sa.ForeignKey("department_request.id"))
    article_id: Mapped[int] = mapped_column(sa.ForeignKey("article.id"), index=True)
    minimum: Mapped[Quantity] = mapped_column(QuantityColumn)
    expected: Mapped[Quantity] = mapped_column(QuantityColumn)
    maximum: Mapped[Quantity] = mapped_column(QuantityColumn)
    note: Mapped[str] = mapped_column(sa.Text, default="")

    request: Mapped[DepartmentRequest] = relationship(back_populates="items")
    article: Mapped[Article] = relationship()

    __table_args__ = (
        sa.UniqueConstraint("request_id", "article_id"),
        sa.CheckConstraint("0 <= minimum AND minimum <= expected AND expected <= maximum", name="quantities_in_order"),
    )
