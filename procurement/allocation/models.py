"""Allocation runs: the frozen input, the blocks, every share with its remainder, and the totals per member."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from procurement.allocation.states import CaseState, ChargeType, RunState
from procurement.core.db import Base, Moment, MoneyColumn, labelled
from procurement.members.models import Account, Member
from procurement.tenders.models import Tender
from procurement.values.money import Money


def _unique_while(name: str, column: str, condition: str) -> sa.Index:
    """At most one row per value among those that meet the condition; both engines know partial indexes."""
    return sa.Index(name, column, unique=True, sqlite_where=sa.text(condition), postgresql_where=sa.text(condition))


class AllocationRun(Base):
    """One version of a tender's cost allocation: calculated by one person, checked and approved by others."""

    __tablename__ = "allocation_run"

    id: Mapped[int] = mapped_column(primary_key=True)
    tender_id: Mapped[int] = mapped_column(sa.ForeignKey("tender.id"))
    number: Mapped[int]
    title: Mapped[str] = mapped_column(sa.String(200))
    state: Mapped[RunState] = mapped_column(labelled(RunState), default=RunState.CALCULATED)
    charge_type: Mapped[ChargeType] = mapped_column(labelled(ChargeType))
    vat_case: Mapped[str] = mapped_column(sa.String(20))
    vat_rate_percent: Mapped[str] = mapped_column(sa.String(20))
    period_from: Mapped[date]
    period_to: Mapped[date]
    key_reference_date: Mapped[date]
    due_on: Mapped[date | None]
    legal_basis: Mapped[str] = mapped_column(sa.Text, default="")
    input: Mapped[str] = mapped_column(sa.Text)
    input_hash: Mapped[str] = mapped_column(sa.String(64))
    total_net: Mapped[Money] = mapped_column(MoneyColumn)
    total_vat: Mapped[Money] = mapped_column(MoneyColumn)
    total_gross: Mapped[Money] = mapped_column(MoneyColumn)
    corrects_id: Mapped[int | None] = mapped_column(sa.ForeignKey("allocation_run.id"))
    correction_reason: Mapped[str] = mapped_column(sa.Text, default="")
    discard_reason: Mapped[str] = mapped_column(sa.Text, default="")
    prepared_by_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"))
    prepared_at: Mapped[datetime] = mapped_column(Moment)
    checked_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"))
    checked_at: Mapped[datetime | None] = mapped_column(Moment)
    approved_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"))
    approved_at: Mapped[datetime | None] = mapped_column(Moment)
    version: Mapped[int] = mapped_column(default=1)

    tender: Mapped[Tender] = relationship()
    corrects: Mapped["AllocationRun | None"] = relationship(remote_side=id)
    prepared_by: Mapped[Account] = relationship(foreign_keys=prepared_by_id)
    checked_by: Mapped[Account | None] = relationship(foreign_keys=checked_by_id)
    approved_by: Mapped[Account | None] = relationship(foreign_keys=approved_by_id)
    blocks: Mapped[list["RunBlock"]] = relationship(back_populates="run", order_by="RunBlock.position")

    __table_args__ = (
        sa.UniqueConstraint("tender_id", "number"),
        sa.CheckConstraint("checked_by_id IS NULL OR checked_by_id <> prepared_by_id", name="preparer_never_checks"),
        sa.CheckConstraint(
            "approved_by_id IS NULL OR approved_by_id <> prepared_by_id", name="preparer_never_approves"
        ),
        _unique_while("uq_allocation_run_one_open", "tender_id", "state IN ('calculated', 'checked')"),
        _unique_while("uq_allocation_run_one_successor", "corrects_id", "state <> 'discarded'"),
    )
    __mapper_args__ = {"version_id_col": version}

    @property
    def audit_label(self) -> str:
        return f"{self.tender.reference}: Kostenaufteilung, Fassung {self.number}"


class RunBlock(Base):
    """A cost block of a run with its key and the reason for that key."""

    __tablename__ = "run_block"

    id: Mapped[int] = mapped_column(primary_key=True)
    run_id: Mapped[int] = mapped_column(sa.ForeignKey("allocation_run.id"))
    position: Mapped[int]
    number: Mapped[str] = mapped_column(sa.String(20))
    title: Mapped[str] = mapped_column(sa.String(200))
    key: Mapped[str] = mapped_column(sa.String(40))
    reason: Mapped[str] = mapped_column(sa.Text, default="")
    nature: Mapped[str] = mapped_column(sa.String(20), default="one_off")
    has_supplier_vat: Mapped[bool]
    amount_net: Mapped[Money] = mapped_column(MoneyColumn)

    run: Mapped[AllocationRun] = relationship(back_populates="blocks")

    __table_args__ = (sa.UniqueConstraint("run_id", "number"),)


class MemberShare(Base):
    """One member's part of one pot of a block: weight, floor, remainder, the extra cent, and the amount."""

    __tablename__ = "member_share"

    id: Mapped[int] = mapped_column(primary_key=True)
    block_id: Mapped[int] = mapped_column(sa.ForeignKey("run_block.id"))
    pot: Mapped[str] = mapped_column(sa.String(200))
    pot_position: Mapped[int]
    member_id: Mapped[int] = mapped_column(sa.ForeignKey("member.id"), index=True)
    weight: Mapped[str] = mapped_column(sa.String(60))
    total_weight: Mapped[str] = mapped_column(sa.String(60))
    floor_cents: Mapped[int] = mapped_column(sa.BigInteger)
    remainder: Mapped[str] = mapped_column(sa.String(60))
    extra_cent: Mapped[int]
    amount_net: Mapped[Money] = mapped_column(MoneyColumn)

    __table_args__ = (sa.UniqueConstraint("block_id", "pot_position", "member_id"),)


class MemberAmount(Base):
    """What one member pays in one run; in case V1 with its step in the split of the suppliers' tax."""

    __tablename__ = "member_amount"

    id: Mapped[int] = mapped_column(primary_key=True)
    run_id: Mapped[int] = mapped_column(sa.ForeignKey("allocation_run.id"))
    member_id: Mapped[int] = mapped_column(sa.ForeignKey("member.id"), index=True)
    position: Mapped[int]
    net: Mapped[Money] = mapped_column(MoneyColumn)
    vat: Mapped[Money] = mapped_column(MoneyColumn)
    gross: Mapped[Money] = mapped_column(MoneyColumn)
    vat_weight: Mapped[str | None] = mapped_column(sa.String(60))
    vat_floor_cents: Mapped[int | None] = mapped_column(sa.BigInteger)
    vat_remainder: Mapped[str | None] = mapped_column(sa.String(60))
    vat_extra_cent: Mapped[int | None]

    run: Mapped[AllocationRun] = relationship()
    member: Mapped[Member] = relationship(lazy="joined")

    __table_args__ = (sa.UniqueConstraint("run_id", "member_id"),)


class MemberObjection(Base):
    """A member's objection to an approved allocation: a case with a reason and an answer; the due date stays."""

    __tablename__ = "allocation_objection"

    id: Mapped[int] = mapped_column(primary_key=True)
    run_id: Mapped[int] = mapped_column(sa.ForeignKey("allocation_run.id"), index=True)
    member_id: Mapped[int] = mapped_column(sa.ForeignKey("member.id"), index=True)
    state: Mapped[CaseState] = mapped_column(labelled(CaseState), default=CaseState.OPEN)
    reason: Mapped[str] = mapped_column(sa.Text)
    raised_at: Mapped[datetime] = mapped_column(Moment)
    raised_by_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"))
    answer: Mapped[str] = mapped_column(sa.Text, default="")
    answered_at: Mapped[datetime | None] = mapped_column(Moment)
    answered_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"))
    version: Mapped[int] = mapped_column(default=1)

    run: Mapped[AllocationRun] = relationship()
    member: Mapped[Member] = relationship(lazy="joined")
    raised_by: Mapped[Account] = relationship(foreign_keys=[raised_by_id])
    answered_by: Mapped[Account | None] = relationship(foreign_keys=[answered_by_id])

    __mapper_args__ = {"version_id_col": version}

    @property
    def audit_label(self) -> str:
        return f"Einwand {self.member.name} zu {self.run.audit_label}"
