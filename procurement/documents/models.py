"""Issued documents: the bytes are stored once, by their hash, and every download returns exactly them."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from procurement.allocation.models import AllocationRun
from procurement.core.db import Base, Moment, labelled
from procurement.core.files import StoredFile
from procurement.documents.kinds import DocumentKind
from procurement.members.models import Account, Member
from procurement.tenders.models import Tender


class IssuedDocument(Base):
    """A numbered document about a tender or an allocation run, for one member or for the whole association.

    ``part`` names what in the tender it is about where there are several such documents, as in the number.
    ``input_hash`` is the checksum of what it was drawn from and is printed in it; ``file_sha256`` that of the file.
    """

    __tablename__ = "issued_document"

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(sa.String(80), unique=True)
    version: Mapped[int]
    kind: Mapped[DocumentKind] = mapped_column(labelled(DocumentKind))
    part: Mapped[str] = mapped_column(sa.String(40), default="", server_default="")
    title: Mapped[str] = mapped_column(sa.String(300))
    filename: Mapped[str] = mapped_column(sa.String(200))
    tender_id: Mapped[int] = mapped_column(sa.ForeignKey("tender.id"), index=True)
    run_id: Mapped[int | None] = mapped_column(sa.ForeignKey("allocation_run.id"), index=True)
    member_id: Mapped[int | None] = mapped_column(sa.ForeignKey("member.id"), index=True)
    input_hash: Mapped[str] = mapped_column(sa.String(64))
    file_sha256: Mapped[str] = mapped_column(sa.ForeignKey("stored_file.sha256"))
    issued_at: Mapped[datetime] = mapped_column(Moment)
    issued_by_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"))

    tender: Mapped[Tender] = relationship()
    run: Mapped[AllocationRun | None] = relationship()
    member: Mapped[Member | None] = relationship()
    file: Mapped[StoredFile] = relationship()
    issued_by: Mapped[Account] = relationship()

    @property
    def audit_label(self) -> str:
        return f"{self.number} {self.title}"
