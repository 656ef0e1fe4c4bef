"""What bidders must hand in and prove besides prices; entered on the planned tender, fixed with its publication."""

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from procurement.core.db import Base, labelled
from procurement.tenders.models import Tender
from procurement.tenders.requirements import DocumentKind


class DemandedDocument(Base):
    """A document that every bid must contain."""

    __tablename__ = "demanded_document"

    id: Mapped[int] = mapped_column(primary_key=True)
    tender_id: Mapped[int] = mapped_column(sa.ForeignKey("tender.id"))
    number: Mapped[int]
    title: Mapped[str] = mapped_column(sa.String(200))
    kind: Mapped[DocumentKind] = mapped_column(labelled(DocumentKind))
    description: Mapped[str] = mapped_column(sa.Text, default="")

    tender: Mapped[Tender] = relationship()

    __table_args__ = (sa.UniqueConstraint("tender_id", "number"),)

    @property
    def audit_label(self) -> str:
        return f"{self.tender.reference}: {self.title}"


class SuitabilityCriterion(Base):
    """A condition of suitability that every bidder must meet (§ 122 GWB)."""

    __tablename__ = "suitability_criterion"

    id: Mapped[int] = mapped_column(primary_key=True)
    tender_id: Mapped[int] = mapped_column(sa.ForeignKey("tender.id"))
    number: Mapped[int]
    title: Mapped[str] = mapped_column(sa.String(200))
    evidence: Mapped[str] = mapped_column(sa.Text, default="")

    tender: Mapped[Tender] = relationship()

    __table_args__ = (sa.UniqueConstraint("tender_id", "number"),)

    @property
    def audit_label(self) -> str:
        return f"{self.tender.reference}: {self.title}"
