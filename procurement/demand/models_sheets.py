"""A workbook somebody uploaded for a demand: its bytes, what was read of it, and whether it was taken over."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from procurement.core.db import Base, Moment, labelled
from procurement.core.files import StoredFile
from procurement.demand.models import Demand
from procurement.demand.states import SheetState
from procurement.members.models import Account
from procurement.values.number_text import NumberStyle


class SheetUpload(Base):
    """One upload, seen by the person who made it only; what differs from the store is worked out when it is shown.

    ``reading`` is JSON in which every quantity is decimal text, see :mod:`procurement.demand.stored_reading`.
    """

    __tablename__ = "sheet_upload"

    id: Mapped[int] = mapped_column(primary_key=True)
    demand_id: Mapped[int] = mapped_column(sa.ForeignKey("demand.id"), index=True)
    account_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"), index=True)
    file_name: Mapped[str] = mapped_column(sa.String(200))
    file_hash: Mapped[str] = mapped_column(sa.ForeignKey("stored_file.sha256"))
    state: Mapped[SheetState] = mapped_column(labelled(SheetState), default=SheetState.WAITING)
    style: Mapped[NumberStyle | None] = mapped_column(labelled(NumberStyle))
    reading: Mapped[str] = mapped_column(sa.Text, default="")
    created_at: Mapped[datetime] = mapped_column(Moment)
    applied_at: Mapped[datetime | None] = mapped_column(Moment)
    version: Mapped[int] = mapped_column(default=1)

    demand: Mapped[Demand] = relationship()
    account: Mapped[Account] = relationship()
    file: Mapped[StoredFile] = relationship()

    __mapper_args__ = {"version_id_col": version}

    @property
    def audit_label(self) -> str:
        return f"{self.file_name} ({self.demand.audit_label})"
