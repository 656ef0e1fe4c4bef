"""Who scores the bids of a tender, and who has declared a conflict of interest (§ 6 VgV).

Both stand so far to the left because reading bids depends on them: an evaluator sees no prices before submitting the
own notes, and whoever declared a conflict sees nothing of the bids at all.
"""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from procurement.core.db import Base, Moment
from procurement.members.models import Account
from procurement.tenders.models import Tender


class PanelMember(Base):
    """An officer named to score the bids of a tender; removed for good with a reason, by a conflict or by somebody.

    A negotiated round asks for notes once more: ``submitted_at`` is empty again then, ``submitted_round`` says up to
    which round of bids the notes are submitted and fixed.
    """

    __tablename__ = "panel_member"

    id: Mapped[int] = mapped_column(primary_key=True)
    tender_id: Mapped[int] = mapped_column(sa.ForeignKey("tender.id"))
    account_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"), index=True)
    named_by_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"))
    named_at: Mapped[datetime] = mapped_column(Moment)
    submitted_at: Mapped[datetime | None] = mapped_column(Moment)
    submitted_round: Mapped[int] = mapped_column(default=0, server_default="0")
    removed_at: Mapped[datetime | None] = mapped_column(Moment)
    removed_reason: Mapped[str] = mapped_column(sa.Text, default="")
    version: Mapped[int] = mapped_column(default=1)

    tender: Mapped[Tender] = relationship()
    account: Mapped[Account] = relationship(foreign_keys=account_id, lazy="joined")
    named_by: Mapped[Account] = relationship(foreign_keys=named_by_id)

    __table_args__ = (
        sa.UniqueConstraint("tender_id", "account_id"),
        sa.CheckConstraint("removed_at IS NULL OR length(removed_reason) > 0", name="removed_with_reason"),
    )
    __mapper_args__ = {"version_id_col": version}

    @property
    def audit_label(self) -> str:
        return f"{self.tender.reference}, Wertungsgremium: {self.account.name}"


class ConflictDeclaration(Base):
    """What one person declared for one tender; "none" may be followed by a conflict, a conflict by nothing."""

    __tablename__ = "conflict_declaration"

    id: Mapped[int] = mapped_column(primary_key=True)
    tender_id: Mapped[int] = mapped_column(sa.ForeignKey("tender.id"))
    account_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"), index=True)
    has_conflict: Mapped[bool]
    text: Mapped[str] = mapped_column(sa.Text, default="")
    declared_at: Mapped[datetime] = mapped_column(Moment)

    tender: Mapped[Tender] = relationship()
    account: Mapped[Account] = relationship(lazy="joined")

    __table_args__ = (
        sa.UniqueConstraint("tender_id", "account_id", "has_conflict"),
        sa.CheckConstraint("NOT has_conflict OR length(text) > 0", name="conflict_described"),
    )

    @property
    def audit_label(self) -> str:
        return f"{self.tender.reference}, Erklärung von {self.account.name}"
