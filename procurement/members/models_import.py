"""A file that was uploaded to be taken over: kept with its bytes, so that what is applied is what was looked at."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from procurement.core.db import Base, Moment, labelled
from procurement.core.files import StoredFile
from procurement.members.kinds_import import ImportKind
from procurement.members.models import Account


class ImportedFile(Base):
    """One upload; the bytes lie in the file store under their hash, and nobody can exchange them after the preview."""

    __tablename__ = "imported_file"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[ImportKind] = mapped_column(labelled(ImportKind))
    filename: Mapped[str] = mapped_column(sa.String(200))
    sha256: Mapped[str] = mapped_column(sa.ForeignKey("stored_file.sha256"))
    uploaded_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"))
    uploaded_at: Mapped[datetime] = mapped_column(Moment)
    applied_at: Mapped[datetime | None] = mapped_column(Moment)
    version: Mapped[int] = mapped_column(default=1)

    file: Mapped[StoredFile] = relationship()
    uploaded_by: Mapped[Account | None] = relationship()

    __mapper_args__ = {"version_id_col": version}

    @property
    def audit_label(self) -> str:
        return f"{self.kind.label}: {self.filename}"
