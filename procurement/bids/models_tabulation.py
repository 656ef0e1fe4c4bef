"""Files of somebody else's bid tabulation, and the mappings of their columns that were used before."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from procurement.core.db import Base, Moment
from procurement.core.files import StoredFile
from procurement.members.models import Account
from procurement.tenders.models import Tender


class TabulationFile(Base):
    """One uploaded tabulation with the mapping of its columns; what is taken over is what was looked at."""

    __tablename__ = "tabulation_file"

    id: Mapped[int] = mapped_column(primary_key=True)
    tender_id: Mapped[int] = mapped_column(sa.ForeignKey("tender.id"), index=True)
    filename: Mapped[str] = mapped_column(sa.String(200))
    sha256: Mapped[str] = mapped_column(sa.ForeignKey("stored_file.sha256"))
    mapping: Mapped[dict[str, Any]] = mapped_column(sa.JSON)
    uploaded_by_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"))
    uploaded_at: Mapped[datetime] = mapped_column(Moment)
    applied_at: Mapped[datetime | None] = mapped_column(Moment)
    version: Mapped[int] = mapped_column(default=1)

    tender: Mapped[Tender] = relationship()
    file: Mapped[StoredFile] = relationship()
    uploaded_by: Mapped[Account] = relationship()

    __mapper_args__ = {"version_id_col": version}

    @property
    def audit_label(self) -> str:
        return f"{self.tender.reference}: {self.filename}"


class RememberedMapping(Base):
    """The last mapping used for tables with these headings, so that the next one is mapped already."""

    __tablename__ = "remembered_mapping"

    id: Mapped[int] = mapped_column(primary_key=True)
    titles_hash: Mapped[str] = mapped_column(sa.String(64), unique=True)
    mapping: Mapped[dict[str, Any]] = mapped_column(sa.JSON)
    used_at: Mapped[datetime] = mapped_column(Moment)
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}
