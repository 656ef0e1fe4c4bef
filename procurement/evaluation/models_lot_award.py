"""What bids say about several lots, which bidders belong together, and the award over all lots. Rows never change.

A correction is a new row that names the one it replaces, with its reason; the old one stays readable.
"""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from procurement.bids.models import Bid
from procurement.core.db import Base, Moment
from procurement.members.models import Account
from procurement.tenders.models import Tender


class BidDiscount(Base):
    """A rebate of one bid: for a package of lots or from so many lots on; ``share`` is exact text of a share of one.

    Without a share the row only takes back the one it replaces.
    """

    __tablename__ = "bid_discount"

    id: Mapped[int] = mapped_column(primary_key=True)
    bid_id: Mapped[int] = mapped_column(sa.ForeignKey("bid.id"), index=True)
    lot_numbers: Mapped[list[int]] = mapped_column(sa.JSON)
    least_lots: Mapped[int | None]
    share: Mapped[str | None] = mapped_column(sa.String(40))
    source: Mapped[str] = mapped_column(sa.Text)
    replaces_id: Mapped[int | None] = mapped_column(sa.ForeignKey("bid_discount.id"), unique=True)
    reason: Mapped[str] = mapped_column(sa.Text, default="")
    entered_by_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"))
    entered_at: Mapped[datetime] = mapped_column(Moment)

    bid: Mapped[Bid] = relationship()
    entered_by: Mapped[Account] = relationship()

    @property
    def audit_label(self) -> str:
        return f"{self.bid.audit_label}, Nachlass über mehrere Lose"


class BidLotTerms(Base):
    """Proven capacity and preferred lots of one bid; the latest row counts."""

    __tablename__ = "bid_lot_terms"

    id: Mapped[int] = mapped_column(primary_key=True)
    bid_id: Mapped[int] = mapped_column(sa.ForeignKey("bid.id"), index=True)
    capacity: Mapped[str | None] = mapped_column(sa.String(20))
    preference: Mapped[list[int]] = mapped_column(sa.JSON)
    source: Mapped[str] = mapped_column(sa.Text)
    entered_by_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"))
    entered_at: Mapped[datetime] = mapped_column(Moment)

    bid: Mapped[Bid] = relationship()
    entered_by: Mapped[Account] = relationship()

    @property
    def audit_label(self) -> str:
        return f"{self.bid.audit_label}, Kapazität und Wunschlose"


class BidderLink(Base):
    """Bids whose bidders share one limit, with the reason; a row with ``dissolves_id`` only ends an earlier one."""

    __tablename__ = "bidder_link"

    id: Mapped[int] = mapped_column(primary_key=True)
    tender_id: Mapped[int] = mapped_column(sa.ForeignKey("tender.id"), index=True)
    bid_ids: Mapped[list[int]] = mapped_column(sa.JSON)
    reason: Mapped[str] = mapped_column(sa.Text)
    dissolves_id: Mapped[int | None] = mapped_column(sa.ForeignKey("bidder_link.id"), unique=True)
    entered_by_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"))
    entered_at: Mapped[datetime] = mapped_column(Moment)

    tender: Mapped[Tender] = relationship()
    entered_by: Mapped[Account] = relationship()

    @property
    def audit_label(self) -> str:
        return f"{self.tender.reference}: verbundene Bieter"


class LotAwardRun(Base):
    """One distribution of all lots: input as frozen text with its hash, result with every figure.

    ``basis`` names the rows it was computed from, so that a page sees at once whether anything came after them.
    """

    __tablename__ = "lot_award_run"

    id: Mapped[int] = mapped_column(primary_key=True)
    tender_id: Mapped[int] = mapped_column(sa.ForeignKey("tender.id"))
    number: Mapped[int]
    input: Mapped[str] = mapped_column(sa.Text)
    input_hash: Mapped[str] = mapped_column(sa.String(64))
    basis: Mapped[str] = mapped_column(sa.String(64))
    result: Mapped[dict[str, Any]] = mapped_column(sa.JSON)
    made_at: Mapped[datetime] = mapped_column(Moment)
    made_by_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"))

    tender: Mapped[Tender] = relationship()
    made_by: Mapped[Account] = relationship()

    __table_args__ = (sa.UniqueConstraint("tender_id", "number"),)

    @property
    def audit_label(self) -> str:
        return f"{self.tender.reference}, Verteilung der Lose {self.number}"


class LotAwardDrawing(Base):
    """Lots drawn by two people between equal distributions; ``choice`` is the place in the list of equals."""

    __tablename__ = "lot_award_drawing"

    id: Mapped[int] = mapped_column(primary_key=True)
    run_id: Mapped[int] = mapped_column(sa.ForeignKey("lot_award_run.id"), unique=True)
    choice: Mapped[int]
    record: Mapped[str] = mapped_column(sa.Text)
    recorded_by_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"))
    second_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"))
    recorded_at: Mapped[datetime] = mapped_column(Moment)

    run: Mapped[LotAwardRun] = relationship()
    recorded_by: Mapped[Account] = relationship(foreign_keys=recorded_by_id)
    second: Mapped[Account] = relationship(foreign_keys=second_id)

    __table_args__ = (sa.CheckConstraint("recorded_by_id <> second_id", name="two_people"),)

    @property
    def audit_label(self) -> str:
        return f"{self.run.audit_label}, Losentscheid"
