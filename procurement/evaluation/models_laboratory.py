"""Why a scoring method was chosen: the comparison made in the laboratory, on file before the publication."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from procurement.core.db import Base, Moment, labelled
from procurement.members.models import Account
from procurement.tenders.kinds import TieRule
from procurement.tenders.models import Tender


class MethodChoice(Base):
    """A chosen method with its parameters, the comparison as canonical text, and the reason; never changed.

    ``chosen_column`` is the place of the chosen method in the comparison, from 1.
    """

    __tablename__ = "method_choice"

    id: Mapped[int] = mapped_column(primary_key=True)
    tender_id: Mapped[int] = mapped_column(sa.ForeignKey("tender.id"))
    number: Mapped[int]
    method: Mapped[str] = mapped_column(sa.String(40))
    parameters: Mapped[dict[str, Any]] = mapped_column(sa.JSON)
    tie_rule: Mapped[TieRule] = mapped_column(labelled(TieRule))
    chosen_column: Mapped[int]
    comparison: Mapped[str] = mapped_column(sa.Text)
    comparison_hash: Mapped[str] = mapped_column(sa.String(64))
    reason: Mapped[str] = mapped_column(sa.Text)
    chosen_by_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"))
    chosen_at: Mapped[datetime] = mapped_column(Moment)

    tender: Mapped[Tender] = relationship()
    chosen_by: Mapped[Account] = relationship()

    __table_args__ = (
        sa.UniqueConstraint("tender_id", "number"),
        sa.CheckConstraint("length(reason) > 0", name="reason_given"),
    )

    @property
    def audit_label(self) -> str:
        return f"{self.tender.reference}, Methodenwahl {self.number}"
