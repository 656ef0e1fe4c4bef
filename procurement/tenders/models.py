"""Tenders with lots, lines and the members' shares in each line, award criteria, participants and value estimates."""

from datetime import date, datetime
from fractions import Fraction
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from procurement.core.db import Base, Moment, MoneyColumn, QuantityColumn, UnitPriceColumn, labelled
from procurement.demand.models import DemandItem, DemandRound
from procurement.members.models import Account, Member
from procurement.tenders.kinds import CriterionKind, LineOrigin, ProcedureType, ProcurementRole, TenderStage, TieRule
from procurement.values.money import Money, UnitPrice
from procurement.values.payment import ContractTerm, Nature, Period
from procurement.values.quantity import Quantity


class Tender(Base):
    """The aggregate root of a procurement procedure; everything below it is frozen when it is published."""

    __tablename__ = "tender"

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(sa.String(40), unique=True)
    title: Mapped[str] = mapped_column(sa.String(200))
    description: Mapped[str] = mapped_column(sa.Text, default="")
    round_id: Mapped[int | None] = mapped_column(sa.ForeignKey("demand_round.id"), index=True)
    stage: Mapped[TenderStage] = mapped_column(labelled(TenderStage), default=TenderStage.PLANNED, index=True)
    procedure_type: Mapped[ProcedureType] = mapped_column(labelled(ProcedureType))
    procedure_started_on: Mapped[date]
    procurement_role: Mapped[ProcurementRole] = mapped_column(
        labelled(ProcurementRole),
        default=ProcurementRole.CENTRAL_PURCHASING_OWN_NAME,
        server_default=ProcurementRole.CENTRAL_PURCHASING_OWN_NAME.value,
    )
    term_months: Mapped[int | None]
    option_months: Mapped[int] = mapped_column(default=0, server_default="0")
    has_total_price: Mapped[bool] = mapped_column(default=True, server_default=sa.true())
    method: Mapped[str | None] = mapped_column(sa.String(40))
    parameters: Mapped[dict[str, Any]] = mapped_column(sa.JSON, default=dict)
    tie_rule: Mapped[TieRule] = mapped_column(labelled(TieRule), default=TieRule.NONE)
    price_basis: Mapped[str] = mapped_column(sa.String(20), default="unit_price", server_default="unit_price")
    price_terms: Mapped[dict[str, Any] | None] = mapped_column(sa.JSON(none_as_null=True))
    admits_variants: Mapped[bool] = mapped_column(default=False, server_default=sa.false())
    variant_requirements: Mapped[str] = mapped_column(sa.Text, default="", server_default="")
    question_deadline_at: Mapped[datetime | None] = mapped_column(Moment)
    bid_deadline_at: Mapped[datetime | None] = mapped_column(Moment)
    bid_validity_end_on: Mapped[date | None]
    published_at: Mapped[datetime | None] = mapped_column(Moment)
    frozen_hash: Mapped[str | None] = mapped_column(sa.String(64))
    frozen_content: Mapped[str | None] = mapped_column(sa.Text)
    opening_public_key: Mapped[bytes | None] = mapped_column(sa.LargeBinary)
    cancelled_reason: Mapped[str | None] = mapped_column(sa.Text)
    created_by_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"))
    version: Mapped[int] = mapped_column(default=1)

    round: Mapped[DemandRound | None] = relationship()
    lots: Mapped[list["Lot"]] = relationship(back_populates="tender", order_by="Lot.number")
    criteria: Mapped[list["AwardCriterion"]] = relationship(back_populates="tender", order_by="AwardCriterion.position")
    participants: Mapped[list["Participant"]] = relationship(back_populates="tender")
    estimates: Mapped[list["ValueEstimate"]] = relationship(back_populates="tender", order_by="ValueEstimate.number")

    __mapper_args__ = {"version_id_col": version}

    @property
    def audit_label(self) -> str:
        return f"{self.reference} {self.title}"

    @property
    def term(self) -> ContractTerm:
        """The planned contract term, for the value estimate."""
        return ContractTerm(self.term_months, self.option_months, self.has_total_price)

    @property
    def is_frozen(self) -> bool:
        """From publication on, lots, lines, criteria, method and participants stay as they are."""
        return self.published_at is not None


class Lot(Base):
    """A part of the tender that is bid for, ranked and awarded on its own.

    ``joined_from`` names the lots that were put into it, one a line; they make a reason necessary.
    """

    __tablename__ = "lot"

    id: Mapped[int] = mapped_column(primary_key=True)
    tender_id: Mapped[int] = mapped_column(sa.ForeignKey("tender.id"))
    number: Mapped[int]
    title: Mapped[str] = mapped_column(sa.String(200))
    merging_reason: Mapped[str] = mapped_column(sa.Text, default="")
    joined_from: Mapped[str] = mapped_column(sa.Text, default="", server_default="")

    tender: Mapped[Tender] = relationship(back_populates="lots")
    lines: Mapped[list["LotItem"]] = relationship(back_populates="lot", order_by="LotItem.position")

    __table_args__ = (sa.UniqueConstraint("tender_id", "number"),)

    @property
    def audit_label(self) -> str:
        return f"{self.tender.reference} Los {self.number}"


class LotItem(Base):
    """A line of the bill of quantities; its quantity is the exact sum of its members' shares, if it has any."""

    __tablename__ = "lot_item"

    id: Mapped[int] = mapped_column(primary_key=True)
    lot_id: Mapped[int] = mapped_column(sa.ForeignKey("lot.id"), index=True)
    position: Mapped[int]
    number: Mapped[str] = mapped_column(sa.String(40))
    title: Mapped[str] = mapped_column(sa.String(300))
    unit: Mapped[str] = mapped_column(sa.String(40))
    nature: Mapped[Nature] = mapped_column(labelled(Nature))
    cpv: Mapped[str] = mapped_column(sa.String(10), default="")
    origin: Mapped[LineOrigin] = mapped_column(labelled(LineOrigin))
    quantity: Mapped[Quantity] = mapped_column(QuantityColumn)
    estimate_net: Mapped[UnitPrice | None] = mapped_column(UnitPriceColumn)
    reason: Mapped[str] = mapped_column(sa.Text, default="")
    category: Mapped[str] = mapped_column(sa.String(120), default="", server_default="")
    period: Mapped[Period] = mapped_column(labelled(Period), default=Period.NONE, server_default=Period.NONE.value)
    split_from_id: Mapped[int | None] = mapped_column(sa.ForeignKey("lot_item.id"))

    lot: Mapped[Lot] = relationship(back_populates="lines")
    shares: Mapped[list["LineShare"]] = relationship(back_populates="line")

    @property
    def audit_label(self) -> str:
        return f"Position {self.number} {self.title}"


class LineShare(Base):
    """The lineage: which member's demand item brought which part of a line's quantity.

    ``quantity`` counts in the line's unit; divided by the factor it is the part of the item in the member's own unit.
    ``merge_id`` says by which merging of two lines the share came here. Two parts of one item that came to a line on
    different ways stay apart, so that each merging can be undone alone.
    """

    __tablename__ = "line_share"

    id: Mapped[int] = mapped_column(primary_key=True)
    line_id: Mapped[int] = mapped_column(sa.ForeignKey("lot_item.id"))
    member_id: Mapped[int] = mapped_column(sa.ForeignKey("member.id"), index=True)
    demand_item_id: Mapped[int | None] = mapped_column(sa.ForeignKey("demand_item.id"), index=True)
    quantity: Mapped[Quantity] = mapped_column(QuantityColumn)
    factor_numerator: Mapped[int] = mapped_column(default=1, server_default="1")
    factor_denominator: Mapped[int] = mapped_column(default=1, server_default="1")
    merge_id: Mapped[int | None] = mapped_column(sa.ForeignKey("line_merge.id"), index=True)

    line: Mapped[LotItem] = relationship(back_populates="shares")
    member: Mapped[Member] = relationship(lazy="joined")
    demand_item: Mapped[DemandItem | None] = relationship()

    __table_args__ = (
        sa.UniqueConstraint("line_id", "demand_item_id", "merge_id"),
        sa.Index(
            "uq_line_share_line_id_demand_item_id_unmerged",
            "line_id",
            "demand_item_id",
            unique=True,
            sqlite_where=sa.text("merge_id IS NULL"),
            postgresql_where=sa.text("merge_id IS NULL"),
        ),
    )

    @property
    def factor(self) -> Fraction:
        """How many of the line's units one of the member's own units is."""
        return Fraction(self.factor_numerator, self.factor_denominator)

    @factor.setter
    def factor(self, value: Fraction) -> None:
        self.factor_numerator, self.factor_denominator = value.numerator, value.denominator


class LineMerge(Base):
    """Two differently worded needs counted as one line: the absorbed line as it was, the factor, who decided and why.

    Undone, the absorbed line comes back with its shares; the row stays.
    """

    __tablename__ = "line_merge"

    id: Mapped[int] = mapped_column(primary_key=True)
    tender_id: Mapped[int] = mapped_column(sa.ForeignKey("tender.id"), index=True)
    into_line_id: Mapped[int | None] = mapped_column(sa.ForeignKey("lot_item.id", ondelete="SET NULL"))
    into_label: Mapped[str] = mapped_column(sa.String(400))
    absorbed: Mapped[dict[str, Any]] = mapped_column(sa.JSON)
    factor_numerator: Mapped[int]
    factor_denominator: Mapped[int]
    reason: Mapped[str] = mapped_column(sa.Text)
    decided_at: Mapped[datetime] = mapped_column(Moment)
    decided_by_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"))
    undone_at: Mapped[datetime | None] = mapped_column(Moment)
    undone_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"))

    decided_by: Mapped[Account] = relationship(foreign_keys=[decided_by_id])

    @property
    def audit_label(self) -> str:
        return self.into_label

    @property
    def factor(self) -> Fraction:
        """How many of the units of the line that stayed one unit of the absorbed line is."""
        return Fraction(self.factor_numerator, self.factor_denominator)


class DeclinedMerge(Base):
    """Two lines that a person looked at and kept apart, so that they are not suggested again."""

    __tablename__ = "declined_merge"

    id: Mapped[int] = mapped_column(primary_key=True)
    tender_id: Mapped[int] = mapped_column(sa.ForeignKey("tender.id"), index=True)
    first_number: Mapped[str] = mapped_column(sa.String(40))
    second_number: Mapped[str] = mapped_column(sa.String(40))
    declined_at: Mapped[datetime] = mapped_column(Moment)
    declined_by_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"))

    __table_args__ = (sa.UniqueConstraint("tender_id", "first_number", "second_number"),)


class AwardCriterion(Base):
    """A node of the criteria tree; ``weight_percent`` counts among its siblings and is exact decimal text."""

    __tablename__ = "award_criterion"

    id: Mapped[int] = mapped_column(primary_key=True)
    tender_id: Mapped[int] = mapped_column(sa.ForeignKey("tender.id"), index=True)
    parent_id: Mapped[int | None] = mapped_column(sa.ForeignKey("award_criterion.id"))
    position: Mapped[int]
    number: Mapped[str] = mapped_column(sa.String(20))
    title: Mapped[str] = mapped_column(sa.String(200))
    description: Mapped[str] = mapped_column(sa.Text, default="")
    kind: Mapped[CriterionKind] = mapped_column(labelled(CriterionKind))
    weight_percent: Mapped[str | None] = mapped_column(sa.String(40))
    minimum_percent: Mapped[str | None] = mapped_column(sa.String(40))
    scale: Mapped[str] = mapped_column(sa.Text, default="", server_default="")

    tender: Mapped[Tender] = relationship(back_populates="criteria")

    __table_args__ = (sa.UniqueConstraint("tender_id", "number"),)


class Participant(Base):
    """A member that takes part, named in the notice and fixed at publication (§ 21 (2) VgV).

    It takes part bindingly once it has confirmed with date and scope; the document is its mandate (§ 4 VgV).
    """

    __tablename__ = "participant"

    id: Mapped[int] = mapped_column(primary_key=True)
    tender_id: Mapped[int] = mapped_column(sa.ForeignKey("tender.id"))
    member_id: Mapped[int] = mapped_column(sa.ForeignKey("member.id"), index=True)

    confirmed_at: Mapped[datetime | None] = mapped_column(Moment)
    confirmed_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"))
    mandate_on: Mapped[date | None]
    mandate_scope: Mapped[str] = mapped_column(sa.Text, default="", server_default="")
    mandate_file_name: Mapped[str] = mapped_column(sa.String(200), default="", server_default="")
    mandate_file_hash: Mapped[str] = mapped_column(sa.String(64), default="", server_default="")

    tender: Mapped[Tender] = relationship(back_populates="participants")
    member: Mapped[Member] = relationship(lazy="joined")
    confirmed_by: Mapped[Account | None] = relationship()

    __table_args__ = (sa.UniqueConstraint("tender_id", "member_id"),)

    @property
    def audit_label(self) -> str:
        return f"{self.tender.reference}: {self.member.name}"


class ValueEstimate(Base):
    """One version of the contract value estimate, with the threshold in force on its day (§ 3 VgV)."""

    __tablename__ = "value_estimate"

    id: Mapped[int] = mapped_column(primary_key=True)
    tender_id: Mapped[int] = mapped_column(sa.ForeignKey("tender.id"))
    number: Mapped[int]
    total_net: Mapped[Money] = mapped_column(MoneyColumn)
    threshold_net: Mapped[Money] = mapped_column(MoneyColumn)
    rule: Mapped[str] = mapped_column(sa.String(200))
    basis: Mapped[str] = mapped_column(sa.Text)
    made_at: Mapped[datetime] = mapped_column(Moment)
    made_by_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"))
    cause: Mapped[str] = mapped_column(sa.String(400), default="", server_default="")

    tender: Mapped[Tender] = relationship(back_populates="estimates")
    made_by: Mapped[Account] = relationship()

    __table_args__ = (sa.UniqueConstraint("tender_id", "number"),)


class RoundEstimate(Base):
    """One version of what the demand of a round is worth while it comes in, held against the threshold of that day."""

    __tablename__ = "round_estimate"

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(sa.ForeignKey("demand_round.id"))
    number: Mapped[int]
    total_net: Mapped[Money] = mapped_column(MoneyColumn)
    threshold_net: Mapped[Money] = mapped_column(MoneyColumn)
    rule: Mapped[str] = mapped_column(sa.String(200))
    basis: Mapped[str] = mapped_column(sa.Text)
    cause: Mapped[str] = mapped_column(sa.String(400), default="")
    made_at: Mapped[datetime] = mapped_column(Moment)
    made_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"))

    round: Mapped[DemandRound] = relationship()
    made_by: Mapped[Account | None] = relationship()

    __table_args__ = (sa.UniqueConstraint("round_id", "number"),)

    @property
    def audit_label(self) -> str:
        return f"{self.round.reference}, Schätzung {self.number}"


class StageChange(Base):
    """One move of a tender to another stage: when and by whom; the dates of the stage tracker."""

    __tablename__ = "stage_change"

    id: Mapped[int] = mapped_column(primary_key=True)
    tender_id: Mapped[int] = mapped_column(sa.ForeignKey("tender.id"), index=True)
    stage: Mapped[TenderStage] = mapped_column(labelled(TenderStage))
    at: Mapped[datetime] = mapped_column(Moment)
    by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"))


class OpeningEnvelope(Base):
    """The tender's opening key, wrapped first for one officer, inside for another: neither can open alone."""

    __tablename__ = "opening_envelope"

    id: Mapped[int] = mapped_column(primary_key=True)
    tender_id: Mapped[int] = mapped_column(sa.ForeignKey("tender.id"))
    first_account_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"))
    second_account_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"))
    envelope: Mapped[bytes] = mapped_column(sa.LargeBinary)

    __table_args__ = (
        sa.UniqueConstraint("tender_id", "first_account_id", "second_account_id"),
        sa.CheckConstraint("first_account_id <> second_account_id", name="two_officers"),
    )
