"""Which tender took up the need of a cancelled one; never changed afterwards."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from procurement.core.db import Base, Moment
from procurement.tenders.models import Tender


class Succession(Base):
    """A new tender made from a cancelled one, or from cancelled lots; ``lots`` are their numbers there, in order."""

    __tablename__ = "tender_succession"

    tender_id: Mapped[int] = mapped_column(sa.ForeignKey("tender.id"), primary_key=True, autoincrement=False)
    predecessor_id: Mapped[int] = mapped_column(sa.ForeignKey("tender.id"), index=True)
    lots: Mapped[list[int]] = mapped_column(sa.JSON)
    made_at: Mapped[datetime] = mapped_column(Moment)
    made_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"))

    tender: Mapped[Tender] = relationship(foreign_keys=tender_id)
    predecessor: Mapped[Tender] = relationship(foreign_keys=predecessor_id)
