"""Bidders, sealed bids with their files, the opening by two officers, and the prices read from the opened sheets."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from procurement.bids.models_negotiation import NegotiationRound
from procurement.bids.states import BidState
from procurement.core.db import Base, Moment, MoneyColumn, UnitPriceColumn, labelled
from procurement.members.models import Account
from procurement.tenders.models import Lot, LotItem, Tender
from procurement.values.money import Money, UnitPrice


class Bidder(Base):
    """A company or consortium that bids; after the award it is the supplier."""

    __tablename__ = "bidder"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(sa.String(200), unique=True)
    street: Mapped[str] = mapped_column(sa.String(120), default="")
    postcode: Mapped[str] = mapped_column(sa.String(10), default="")
    city: Mapped[str] = mapped_column(sa.String(80), default="")
    email: Mapped[str] = mapped_column(sa.String(200), default="")

    @property
    def audit_label(self) -> str:
        return self.name


class Bid(Base):
    """One bidder's bid for one tender, numbered in the order of receipt.

    A variant (Nebenangebot) and a further bid of a negotiated round are bids of their own: sealed, opened and priced
    like any other. ``variant_number`` is 0 for a main bid, ``round_number`` 1 for a first bid.
    """

    __tablename__ = "bid"

    id: Mapped[int] = mapped_column(primary_key=True)
    tender_id: Mapped[int] = mapped_column(sa.ForeignKey("tender.id"))
    bidder_id: Mapped[int] = mapped_column(sa.ForeignKey("bidder.id"))
    number: Mapped[int]
    state: Mapped[BidState] = mapped_column(labelled(BidState), default=BidState.SEALED)
    received_at: Mapped[datetime] = mapped_column(Moment)
    late_excused_reason: Mapped[str] = mapped_column(sa.Text, default="")
    exclusion_reason: Mapped[str] = mapped_column(sa.Text, default="")
    exclusion_norm: Mapped[str] = mapped_column(sa.String(80), default="")
    variant_number: Mapped[int] = mapped_column(default=0, server_default="0")
    main_bid_id: Mapped[int | None] = mapped_column(sa.ForeignKey("bid.id"))
    round_number: Mapped[int] = mapped_column(default=1, server_default="1")
    negotiation_id: Mapped[int | None] = mapped_column(sa.ForeignKey("negotiation_round.id"), index=True)
    earlier_bid_id: Mapped[int | None] = mapped_column(sa.ForeignKey("bid.id"))
    version: Mapped[int] = mapped_column(default=1)

    tender: Mapped[Tender] = relationship()
    bidder: Mapped[Bidder] = relationship(lazy="joined")
    negotiation: Mapped[NegotiationRound | None] = relationship()
    main_bid: Mapped["Bid | None"] = relationship(foreign_keys=main_bid_id, remote_side=id)
    earlier_bid: Mapped["Bid | None"] = relationship(foreign_keys=earlier_bid_id, remote_side=id)
    files: Mapped[list["BidFile"]] = relationship(back_populates="bid", order_by="BidFile.id")

    __table_args__ = (
        sa.Index(
            "uq_bid_one_per_bidder",
            "tender_id",
            "bidder_id",
            "round_number",
            "variant_number",
            unique=True,
            sqlite_where=sa.text("state <> 'withdrawn'"),
            postgresql_where=sa.text("state <> 'withdrawn'"),
        ),
        sa.UniqueConstraint("tender_id", "number"),
    )
    __mapper_args__ = {"version_id_col": version}

    @property
    def audit_label(self) -> str:
        return f"{self.tender.reference}: Angebot {self.number}{self._of_main_bid}"

    @property
    def shown_name(self) -> str:
        """The bidder as every table names it; a variant says so and is never taken for the main bid."""
        return f"{self.bidder.name}{self._of_main_bid}"

    @property
    def _of_main_bid(self) -> str:
        if not self.variant_number:
            return ""
        main = f" zu Angebot {self.main_bid.number}" if self.main_bid else ""
        return f", Nebenangebot {self.variant_number}{main}"

    @property
    def deadline_at(self) -> datetime | None:
        """Until when it had to come in: the deadline of its round, which for first bids is the tender's."""
        return self.negotiation.deadline_at if self.negotiation else self.tender.bid_deadline_at


class BidFile(Base):
    """A sealed file of a bid and, once opened, its clear bytes; the hash on the receipt proves both are unchanged.

    ``number`` counts the files of a bid and is part of what the seal is bound to. A corrected price sheet that came
    after the opening was never sealed; a file that was sealed, opened and still has no clear bytes has a broken seal.
    """

    __tablename__ = "bid_file"

    id: Mapped[int] = mapped_column(primary_key=True)
    bid_id: Mapped[int] = mapped_column(sa.ForeignKey("bid.id"))
    lot_id: Mapped[int | None] = mapped_column(sa.ForeignKey("lot.id"))
    number: Mapped[int]
    filename: Mapped[str] = mapped_column(sa.String(200))
    sealed: Mapped[bytes | None] = mapped_column(sa.LargeBinary, deferred=True)
    sealed_sha256: Mapped[str | None] = mapped_column(sa.String(64))
    content: Mapped[bytes | None] = mapped_column(sa.LargeBinary, deferred=True)
    content_sha256: Mapped[str | None] = mapped_column(sa.String(64))
    received_at: Mapped[datetime] = mapped_column(Moment)

    bid: Mapped[Bid] = relationship(back_populates="files")
    lot: Mapped[Lot | None] = relationship(lazy="joined")

    __table_args__ = (sa.UniqueConstraint("bid_id", "number"),)


class BidOpening(Base):
    """The opening of a round of bids: the first officer turns one key, another officer the second.

    ``half_open`` holds, between the two releases, the inner envelope for every officer who may come second.
    ``imported_from`` names the platform where bids were opened that came here only afterwards.
    """

    __tablename__ = "bid_opening"

    id: Mapped[int] = mapped_column(primary_key=True)
    tender_id: Mapped[int] = mapped_column(sa.ForeignKey("tender.id"))
    round_number: Mapped[int] = mapped_column(default=1, server_default="1")
    first_by_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"))
    first_at: Mapped[datetime] = mapped_column(Moment)
    half_open: Mapped[str | None] = mapped_column(sa.Text)
    second_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"))
    second_at: Mapped[datetime | None] = mapped_column(Moment)
    imported_from: Mapped[str] = mapped_column(sa.String(200), default="")
    version: Mapped[int] = mapped_column(default=1)

    tender: Mapped[Tender] = relationship()
    first_by: Mapped[Account] = relationship(foreign_keys=first_by_id)
    second_by: Mapped[Account | None] = relationship(foreign_keys=second_by_id)

    __table_args__ = (
        sa.UniqueConstraint("tender_id", "round_number"),
        sa.CheckConstraint("second_by_id IS NULL OR second_by_id <> first_by_id", name="two_officers"),
    )
    __mapper_args__ = {"version_id_col": version}

    @property
    def audit_label(self) -> str:
        return f"{self.tender.reference}: Angebotsöffnung"


class BidPrice(Base):
    """One price of one bid for one line; a missing price has no row, a free position has a row with zero."""

    __tablename__ = "bid_price"

    id: Mapped[int] = mapped_column(primary_key=True)
    bid_id: Mapped[int] = mapped_column(sa.ForeignKey("bid.id"))
    line_id: Mapped[int] = mapped_column(sa.ForeignKey("lot_item.id"), index=True)
    unit_price_net: Mapped[UnitPrice] = mapped_column(UnitPriceColumn)
    written_total_net: Mapped[Money | None] = mapped_column(MoneyColumn)

    line: Mapped[LotItem] = relationship()

    __table_args__ = (
        sa.UniqueConstraint("bid_id", "line_id"),
        sa.CheckConstraint("unit_price_net >= 0", name="price_not_negative"),
    )


class SheetReading(Base):
    """One attempt to read a price sheet: when, by whom, the cell-exact list of what was wrong, and what it replaced.

    ``replaced_prices`` maps line numbers to the unit prices, as decimal text, that counted before this reading.
    """

    __tablename__ = "sheet_reading"

    id: Mapped[int] = mapped_column(primary_key=True)
    bid_id: Mapped[int] = mapped_column(sa.ForeignKey("bid.id"), index=True)
    lot_id: Mapped[int] = mapped_column(sa.ForeignKey("lot.id"))
    file_id: Mapped[int] = mapped_column(sa.ForeignKey("bid_file.id"))
    read_at: Mapped[datetime] = mapped_column(Moment)
    read_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"))
    reason: Mapped[str] = mapped_column(sa.Text, default="")
    was_taken_over: Mapped[bool]
    findings: Mapped[list[dict[str, str]]] = mapped_column(sa.JSON, default=list)
    replaced_prices: Mapped[dict[str, str]] = mapped_column(sa.JSON, default=dict)

    lot: Mapped[Lot] = relationship()
    file: Mapped[BidFile] = relationship()
    read_by: Mapped[Account | None] = relationship()
