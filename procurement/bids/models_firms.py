"""Which firms take part in a procedure before they bid, and what each of them was told when."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from procurement.bids.models import Bidder
from procurement.core.db import Base, Moment
from procurement.members.models import Account
from procurement.tenders.models import Tender


class FirmRegistration(Base):
    """A firm that asked to be informed about a procedure (§ 9 Abs. 3 VgV); whoever bids is informed as well."""

    __tablename__ = "firm_registration"

    id: Mapped[int] = mapped_column(primary_key=True)
    tender_id: Mapped[int] = mapped_column(sa.ForeignKey("tender.id"))
    bidder_id: Mapped[int] = mapped_column(sa.ForeignKey("bidder.id"), index=True)
    registered_at: Mapped[datetime] = mapped_column(Moment)
    registered_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"))

    tender: Mapped[Tender] = relationship()
    bidder: Mapped[Bidder] = relationship(lazy="joined")

    __table_args__ = (sa.UniqueConstraint("tender_id", "bidder_id"),)

    @property
    def audit_label(self) -> str:
        return f"{self.tender.reference}: {self.bidder.name}"


class FirmNotice(Base):
    """One message to one firm: sent by e-mail, or to be given by post until an officer notes that it was."""

    __tablename__ = "firm_notice"

    id: Mapped[int] = mapped_column(primary_key=True)
    tender_id: Mapped[int] = mapped_column(sa.ForeignKey("tender.id"), index=True)
    bidder_id: Mapped[int] = mapped_column(sa.ForeignKey("bidder.id"), index=True)
    subject: Mapped[str] = mapped_column(sa.String(300))
    text: Mapped[str] = mapped_column(sa.Text)
    recipient: Mapped[str] = mapped_column(sa.String(200), default="")
    made_at: Mapped[datetime] = mapped_column(Moment)
    informed_at: Mapped[datetime | None] = mapped_column(Moment)
    informed_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"))

    tender: Mapped[Tender] = relationship()
    bidder: Mapped[Bidder] = relationship(lazy="joined")
    informed_by: Mapped[Account | None] = relationship()

    @property
    def audit_label(self) -> str:
        return f"{self.tender.reference}: {self.subject}"
