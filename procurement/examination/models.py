"""What the examination of opened bids found: order of stages, formal results, documents, suitability, prices."""

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from procurement.bids.formal_check import ExclusionGround
from procurement.bids.models import Bid
from procurement.bids.models_firms import FirmNotice
from procurement.core.db import Base, Moment, labelled
from procurement.examination.profiles import ProfileKey
from procurement.examination.states import DocumentState, IntegrityFinding, LetterKind, PriceOutcome, RequestState
from procurement.members.models import Account
from procurement.tenders.models import Lot, Tender
from procurement.tenders.models_requirements import DemandedDocument, SuitabilityCriterion


class ExaminationPlan(Base):
    """The order in which the bids of a tender are examined, chosen before they are opened; ``stages`` by value."""

    __tablename__ = "examination_plan"

    id: Mapped[int] = mapped_column(primary_key=True)
    tender_id: Mapped[int] = mapped_column(sa.ForeignKey("tender.id"), unique=True)
    profile: Mapped[ProfileKey] = mapped_column(labelled(ProfileKey))
    norm: Mapped[str] = mapped_column(sa.String(200))
    stages: Mapped[list[str]] = mapped_column(sa.JSON)
    reason: Mapped[str] = mapped_column(sa.Text)
    chosen_by_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"))
    chosen_at: Mapped[datetime] = mapped_column(Moment)
    version: Mapped[int] = mapped_column(default=1)

    tender: Mapped[Tender] = relationship()
    chosen_by: Mapped[Account] = relationship()

    __mapper_args__ = {"version_id_col": version}

    @property
    def audit_label(self) -> str:
        return f"{self.tender.reference}: Prüfreihenfolge"


class FormalResult(Base):
    """The formal check of one bid in one lot: in order, or objected to under a ground of § 57 VgV."""

    __tablename__ = "formal_result"

    id: Mapped[int] = mapped_column(primary_key=True)
    lot_id: Mapped[int] = mapped_column(sa.ForeignKey("lot.id"))
    bid_id: Mapped[int] = mapped_column(sa.ForeignKey("bid.id"), index=True)
    ground: Mapped[ExclusionGround | None] = mapped_column(labelled(ExclusionGround))
    text: Mapped[str] = mapped_column(sa.Text, default="")
    recorded_by_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"))
    recorded_at: Mapped[datetime] = mapped_column(Moment)
    version: Mapped[int] = mapped_column(default=1)

    lot: Mapped[Lot] = relationship()
    bid: Mapped[Bid] = relationship()
    recorded_by: Mapped[Account] = relationship()

    __table_args__ = (
        sa.UniqueConstraint("lot_id", "bid_id"),
        sa.CheckConstraint("ground IS NULL OR length(text) > 0", name="objection_has_text"),
    )
    __mapper_args__ = {"version_id_col": version}

    @property
    def audit_label(self) -> str:
        return f"{self.bid.audit_label}, Los {self.lot.number}, formale Prüfung"


class DocumentCheck(Base):
    """What was found of one demanded document in one bid."""

    __tablename__ = "document_check"

    id: Mapped[int] = mapped_column(primary_key=True)
    bid_id: Mapped[int] = mapped_column(sa.ForeignKey("bid.id"))
    document_id: Mapped[int] = mapped_column(sa.ForeignKey("demanded_document.id"))
    state: Mapped[DocumentState] = mapped_column(labelled(DocumentState))
    note: Mapped[str] = mapped_column(sa.Text, default="")
    checked_by_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"))
    checked_at: Mapped[datetime] = mapped_column(Moment)
    version: Mapped[int] = mapped_column(default=1)

    document: Mapped[DemandedDocument] = relationship()
    checked_by: Mapped[Account] = relationship()

    __table_args__ = (sa.UniqueConstraint("bid_id", "document_id"),)
    __mapper_args__ = {"version_id_col": version}


class BidLetter(Base):
    """A letter to one bidder as it was sent; never changed afterwards."""

    __tablename__ = "bid_letter"

    id: Mapped[int] = mapped_column(primary_key=True)
    bid_id: Mapped[int] = mapped_column(sa.ForeignKey("bid.id"), index=True)
    lot_id: Mapped[int | None] = mapped_column(sa.ForeignKey("lot.id"))
    kind: Mapped[LetterKind] = mapped_column(labelled(LetterKind))
    subject: Mapped[str] = mapped_column(sa.String(300))
    text: Mapped[str] = mapped_column(sa.Text)
    due_on: Mapped[date | None]
    sent_at: Mapped[datetime] = mapped_column(Moment)
    sent_by_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"))
    notice_id: Mapped[int] = mapped_column(sa.ForeignKey("firm_notice.id"))

    bid: Mapped[Bid] = relationship()
    lot: Mapped[Lot | None] = relationship()
    sent_by: Mapped[Account] = relationship()
    notice: Mapped[FirmNotice] = relationship()

    @property
    def audit_label(self) -> str:
        return f"{self.bid.audit_label}: {self.kind.label}"


class DocumentRequest(Base):
    """The one request for documents to a bidder and what came of it (§ 56 Abs. 2 bis 5 VgV).

    ``titles`` are those of the letter by document id, in text.
    """

    __tablename__ = "document_request"

    id: Mapped[int] = mapped_column(primary_key=True)
    bid_id: Mapped[int] = mapped_column(sa.ForeignKey("bid.id"), unique=True)
    letter_id: Mapped[int] = mapped_column(sa.ForeignKey("bid_letter.id"))
    titles: Mapped[dict[str, Any]] = mapped_column(sa.JSON)
    immaterial_reason: Mapped[str] = mapped_column(sa.Text, default="")
    due_on: Mapped[date]
    state: Mapped[RequestState] = mapped_column(labelled(RequestState), default=RequestState.OPEN)
    received_on: Mapped[date | None]
    note: Mapped[str] = mapped_column(sa.Text, default="")
    recorded_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"))
    recorded_at: Mapped[datetime | None] = mapped_column(Moment)
    version: Mapped[int] = mapped_column(default=1)

    bid: Mapped[Bid] = relationship()
    letter: Mapped[BidLetter] = relationship(lazy="joined")
    recorded_by: Mapped[Account | None] = relationship()

    __mapper_args__ = {"version_id_col": version}

    @property
    def audit_label(self) -> str:
        return f"{self.bid.audit_label}: Nachforderung"


class SuitabilityAnswer(Base):
    """Whether one bidder meets one criterion of suitability, and by what it is proven."""

    __tablename__ = "suitability_answer"

    id: Mapped[int] = mapped_column(primary_key=True)
    bid_id: Mapped[int] = mapped_column(sa.ForeignKey("bid.id"))
    criterion_id: Mapped[int] = mapped_column(sa.ForeignKey("suitability_criterion.id"))
    is_met: Mapped[bool]
    evidence: Mapped[str] = mapped_column(sa.Text, default="")
    checked_by_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"))
    checked_at: Mapped[datetime] = mapped_column(Moment)
    version: Mapped[int] = mapped_column(default=1)

    criterion: Mapped[SuitabilityCriterion] = relationship()
    checked_by: Mapped[Account] = relationship()

    __table_args__ = (
        sa.UniqueConstraint("bid_id", "criterion_id"),
        sa.CheckConstraint("length(evidence) > 0", name="evidence_named"),
    )
    __mapper_args__ = {"version_id_col": version}


class IntegrityCheck(Base):
    """Whether grounds of §§ 123, 124 GWB are known of a bidder, and the note on self-cleaning."""

    __tablename__ = "integrity_check"

    id: Mapped[int] = mapped_column(primary_key=True)
    bid_id: Mapped[int] = mapped_column(sa.ForeignKey("bid.id"), unique=True)
    finding: Mapped[IntegrityFinding] = mapped_column(labelled(IntegrityFinding))
    note: Mapped[str] = mapped_column(sa.Text, default="")
    checked_by_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"))
    checked_at: Mapped[datetime] = mapped_column(Moment)
    version: Mapped[int] = mapped_column(default=1)

    checked_by: Mapped[Account] = relationship()

    __table_args__ = (sa.CheckConstraint("finding = 'none' OR length(note) > 0", name="finding_has_note"),)
    __mapper_args__ = {"version_id_col": version}


class PriceClarification(Base):
    """The check of one conspicuous price: what was asked, what was answered, what a person decided (§ 60 VgV).

    ``signals`` are the sentences as they stood when the bidder was asked or the task was closed.
    """

    __tablename__ = "price_clarification"

    id: Mapped[int] = mapped_column(primary_key=True)
    lot_id: Mapped[int] = mapped_column(sa.ForeignKey("lot.id"))
    bid_id: Mapped[int] = mapped_column(sa.ForeignKey("bid.id"), index=True)
    signals: Mapped[list[str]] = mapped_column(sa.JSON)
    letter_id: Mapped[int | None] = mapped_column(sa.ForeignKey("bid_letter.id"))
    questions: Mapped[str] = mapped_column(sa.Text, default="")
    due_on: Mapped[date | None]
    answer: Mapped[str] = mapped_column(sa.Text, default="")
    answered_on: Mapped[date | None]
    outcome: Mapped[PriceOutcome | None] = mapped_column(labelled(PriceOutcome))
    reason: Mapped[str] = mapped_column(sa.Text, default="")
    keep_reason: Mapped[str] = mapped_column(sa.Text, default="")
    decided_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"))
    decided_at: Mapped[datetime | None] = mapped_column(Moment)
    version: Mapped[int] = mapped_column(default=1)

    lot: Mapped[Lot] = relationship()
    bid: Mapped[Bid] = relationship()
    letter: Mapped[BidLetter | None] = relationship(lazy="joined")
    decided_by: Mapped[Account | None] = relationship()

    __table_args__ = (
        sa.UniqueConstraint("lot_id", "bid_id"),
        sa.CheckConstraint("outcome IS NULL OR length(reason) > 0", name="outcome_has_reason"),
    )
    __mapper_args__ = {"version_id_col": version}

    @property
    def audit_label(self) -> str:
        return f"{self.bid.audit_label}, Los {self.lot.number}, Preisaufklärung"
