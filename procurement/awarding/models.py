"""From the decision to the contract: register queries, letters to bidders, the award, answers on request."""

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from procurement.awarding.states import Channel, LetterKind, RegisterResult
from procurement.bids.models import Bidder
from procurement.core.db import Base, Moment, labelled
from procurement.members.models import Account
from procurement.tenders.models import Tender


class RegisterQuery(Base):
    """One query of the competition register about one company (§ 6 WRegG); for those who handle the procedure only."""

    __tablename__ = "register_query"

    id: Mapped[int] = mapped_column(primary_key=True)
    tender_id: Mapped[int] = mapped_column(sa.ForeignKey("tender.id"), index=True)
    bidder_id: Mapped[int] = mapped_column(sa.ForeignKey("bidder.id"), index=True)
    answered_on: Mapped[date]
    result: Mapped[RegisterResult] = mapped_column(labelled(RegisterResult))
    note: Mapped[str] = mapped_column(sa.Text, default="")
    recorded_at: Mapped[datetime] = mapped_column(Moment)
    recorded_by_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"))

    tender: Mapped[Tender] = relationship()
    bidder: Mapped[Bidder] = relationship(lazy="joined")
    recorded_by: Mapped[Account] = relationship()

    @property
    def audit_label(self) -> str:
        return f"{self.tender.reference}: Wettbewerbsregister {self.bidder.name}"


class BidderLetter(Base):
    """One letter to one bidder about the outcome; its text can be edited until it is sent and never afterwards.

    ``decisions`` are the ids of the award decisions it tells about, ``lots`` what the run said of them,
    ``reasons`` the part that a person may word. Without ``sent_at`` it waits for an officer.
    """

    __tablename__ = "bidder_letter"

    id: Mapped[int] = mapped_column(primary_key=True)
    tender_id: Mapped[int] = mapped_column(sa.ForeignKey("tender.id"), index=True)
    bidder_id: Mapped[int] = mapped_column(sa.ForeignKey("bidder.id"), index=True)
    kind: Mapped[LetterKind] = mapped_column(labelled(LetterKind))
    round: Mapped[int]
    decisions: Mapped[list[int]] = mapped_column(sa.JSON)
    lots: Mapped[list[dict[str, Any]]] = mapped_column(sa.JSON)
    reasons: Mapped[str] = mapped_column(sa.Text, default="")
    channel: Mapped[Channel] = mapped_column(labelled(Channel))
    recipient: Mapped[str] = mapped_column(sa.String(300), default="")
    made_at: Mapped[datetime] = mapped_column(Moment)
    made_by_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"))
    sent_at: Mapped[datetime | None] = mapped_column(Moment)
    sent_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"))
    last_day: Mapped[date | None]
    earliest_contract_on: Mapped[date | None]
    version: Mapped[int] = mapped_column(default=1)

    tender: Mapped[Tender] = relationship()
    bidder: Mapped[Bidder] = relationship(lazy="joined")
    made_by: Mapped[Account] = relationship(foreign_keys=made_by_id)
    sent_by: Mapped[Account | None] = relationship(foreign_keys=sent_by_id)

    __table_args__ = (sa.UniqueConstraint("tender_id", "bidder_id", "kind", "round"),)
    __mapper_args__ = {"version_id_col": version}

    @property
    def audit_label(self) -> str:
        return f"{self.tender.reference}: {self.kind.label} an {self.bidder.name}"


class Award(Base):
    """The award of a tender: the moment of the contract, by whom, and what is due after it."""

    __tablename__ = "award"

    id: Mapped[int] = mapped_column(primary_key=True)
    tender_id: Mapped[int] = mapped_column(sa.ForeignKey("tender.id"), unique=True)
    awarded_at: Mapped[datetime] = mapped_column(Moment)
    awarded_by_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"))
    note: Mapped[str] = mapped_column(sa.Text, default="")
    notice_due_on: Mapped[date | None]
    notice_sent_on: Mapped[date | None]
    statistics_due_on: Mapped[date | None]
    statistics_sent_on: Mapped[date | None]
    version: Mapped[int] = mapped_column(default=1)

    tender: Mapped[Tender] = relationship()
    awarded_by: Mapped[Account] = relationship()

    __mapper_args__ = {"version_id_col": version}

    @property
    def audit_label(self) -> str:
        return f"{self.tender.reference}: Zuschlag"


class DebriefRequest(Base):
    """A bidder asks for the reasons (§ 62 VgV); the answer is due within 15 days of the request."""

    __tablename__ = "debrief_request"

    id: Mapped[int] = mapped_column(primary_key=True)
    tender_id: Mapped[int] = mapped_column(sa.ForeignKey("tender.id"), index=True)
    bidder_id: Mapped[int] = mapped_column(sa.ForeignKey("bidder.id"))
    received_on: Mapped[date]
    due_on: Mapped[date]
    answered_on: Mapped[date | None]
    answer: Mapped[str] = mapped_column(sa.Text, default="")
    recorded_by_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"))
    version: Mapped[int] = mapped_column(default=1)

    tender: Mapped[Tender] = relationship()
    bidder: Mapped[Bidder] = relationship(lazy="joined")
    recorded_by: Mapped[Account] = relationship()

    __mapper_args__ = {"version_id_col": version}

    @property
    def audit_label(self) -> str:
        return f"{self.tender.reference}: Unterrichtung von {self.bidder.name}"
