"""Contracts of awarded lots with their lines, the members' entitlements and their call-offs."""

from datetime import date, datetime
from fractions import Fraction

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from procurement.contracts.owed_price import OwedPrice
from procurement.contracts.states import CallOffState
from procurement.core.db import Base, Moment, MoneyColumn, QuantityColumn, UnitPriceColumn, labelled
from procurement.members.models import Account, Member
from procurement.tenders.models import Lot, LotItem, Tender
from procurement.values.money import Money, UnitPrice
from procurement.values.quantity import Quantity


class Contract(Base):
    """A framework agreement on one awarded lot; its maximum value binds (§ 21 VgV, ECJ C-23/20)."""

    __tablename__ = "contract"

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(sa.String(40), unique=True)
    title: Mapped[str] = mapped_column(sa.String(200))
    tender_id: Mapped[int] = mapped_column(sa.ForeignKey("tender.id"), index=True)
    lot_id: Mapped[int] = mapped_column(sa.ForeignKey("lot.id"), unique=True)
    supplier: Mapped[str] = mapped_column(sa.String(200))
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    maximum_net: Mapped[Money] = mapped_column(MoneyColumn)
    concluded_at: Mapped[datetime] = mapped_column(Moment)
    concluded_by_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"))
    version: Mapped[int] = mapped_column(default=1)

    tender: Mapped[Tender] = relationship()
    lot: Mapped[Lot] = relationship()
    concluded_by: Mapped[Account] = relationship()
    lines: Mapped[list["ContractLine"]] = relationship(back_populates="contract", order_by="ContractLine.id")

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (sa.CheckConstraint("starts_on <= ends_on", name="days_in_order"),)

    @property
    def audit_label(self) -> str:
        return f"{self.reference} {self.title}"


class ContractLine(Base):
    """A line of the awarded lot at its price, with the largest quantity that may be called off in all.

    ``unit_price_net`` is the bid's; the ratio says which part of it is owed after the rebates of the award.
    """

    __tablename__ = "contract_line"

    id: Mapped[int] = mapped_column(primary_key=True)
    contract_id: Mapped[int] = mapped_column(sa.ForeignKey("contract.id"))
    line_id: Mapped[int] = mapped_column(sa.ForeignKey("lot_item.id"), unique=True)
    unit_price_net: Mapped[UnitPrice] = mapped_column(UnitPriceColumn)
    owed_numerator: Mapped[int] = mapped_column(sa.BigInteger, default=1, server_default="1")
    owed_denominator: Mapped[int] = mapped_column(sa.BigInteger, default=1, server_default="1")
    maximum: Mapped[Quantity] = mapped_column(QuantityColumn)

    contract: Mapped[Contract] = relationship(back_populates="lines")
    line: Mapped[LotItem] = relationship(lazy="joined")

    @property
    def price(self) -> OwedPrice:
        """What a unit costs after the rebates of the award."""
        return OwedPrice(self.unit_price_net, Fraction(self.owed_numerator, self.owed_denominator))

    @property
    def audit_label(self) -> str:
        return f"{self.contract.reference}, {self.line.audit_label}"


class Entitlement(Base):
    """How much of a line one member may call off without a release; a named member without demand has zero."""

    __tablename__ = "entitlement"

    id: Mapped[int] = mapped_column(primary_key=True)
    contract_line_id: Mapped[int] = mapped_column(sa.ForeignKey("contract_line.id"))
    member_id: Mapped[int] = mapped_column(sa.ForeignKey("member.id"), index=True)
    quota: Mapped[Quantity] = mapped_column(QuantityColumn)

    contract_line: Mapped[ContractLine] = relationship()
    member: Mapped[Member] = relationship(lazy="joined")

    __table_args__ = (sa.UniqueConstraint("contract_line_id", "member_id"),)


class CallOff(Base):
    """A member's call-off of one line: released at once within its quota, else decided by the procurement office."""

    __tablename__ = "call_off"

    id: Mapped[int] = mapped_column(primary_key=True)
    contract_line_id: Mapped[int] = mapped_column(sa.ForeignKey("contract_line.id"), index=True)
    member_id: Mapped[int] = mapped_column(sa.ForeignKey("member.id"), index=True)
    quantity: Mapped[Quantity] = mapped_column(QuantityColumn)
    state: Mapped[CallOffState] = mapped_column(labelled(CallOffState))
    reason: Mapped[str] = mapped_column(sa.Text, default="")
    requested_at: Mapped[datetime] = mapped_column(Moment)
    requested_by_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"))
    decision: Mapped[str] = mapped_column(sa.Text, default="")
    decided_at: Mapped[datetime | None] = mapped_column(Moment)
    decided_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"))
    version: Mapped[int] = mapped_column(default=1)

    contract_line: Mapped[ContractLine] = relationship(lazy="joined")
    member: Mapped[Member] = relationship(lazy="joined")
    requested_by: Mapped[Account] = relationship(foreign_keys=[requested_by_id])
    decided_by: Mapped[Account | None] = relationship(foreign_keys=[decided_by_id])

    __mapper_args__ = {"version_id_col": version}

    @property
    def audit_label(self) -> str:
        return f"Abruf {self.contract_line.audit_label}, {self.member.name}"
