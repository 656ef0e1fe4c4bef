"""What bidders do against a procedure: complaints to the buyer and reviews by the public procurement tribunal."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from procurement.awarding.states import ComplaintState, Recognisable, ReviewOutcome
from procurement.core.db import Base, Moment, labelled
from procurement.members.models import Account
from procurement.tenders.kinds import TenderStage
from procurement.tenders.models import Tender


class Complaint(Base):
    """A complaint (Rüge): what came when, whether it was in time, the answer and what it led back to."""

    __tablename__ = "complaint"

    id: Mapped[int] = mapped_column(primary_key=True)
    tender_id: Mapped[int] = mapped_column(sa.ForeignKey("tender.id"))
    number: Mapped[int]
    received_at: Mapped[datetime] = mapped_column(Moment)
    sender: Mapped[str] = mapped_column(sa.String(200))
    breach: Mapped[str] = mapped_column(sa.Text)
    known_on: Mapped[date | None]
    recognisable: Mapped[Recognisable] = mapped_column(labelled(Recognisable))
    preclusion: Mapped[str] = mapped_column(sa.Text, default="")
    state: Mapped[ComplaintState] = mapped_column(labelled(ComplaintState), default=ComplaintState.OPEN)
    answer: Mapped[str] = mapped_column(sa.Text, default="")
    stepped_back_to: Mapped[TenderStage | None] = mapped_column(labelled(TenderStage))
    answered_at: Mapped[datetime | None] = mapped_column(Moment)
    answered_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"))
    recorded_at: Mapped[datetime] = mapped_column(Moment)
    recorded_by_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"))
    version: Mapped[int] = mapped_column(default=1)

    tender: Mapped[Tender] = relationship()
    answered_by: Mapped[Account | None] = relationship(foreign_keys=answered_by_id)
    recorded_by: Mapped[Account] = relationship(foreign_keys=recorded_by_id)

    __table_args__ = (sa.UniqueConstraint("tender_id", "number"),)
    __mapper_args__ = {"version_id_col": version}

    @property
    def audit_label(self) -> str:
        return f"{self.tender.reference}: Rüge {self.number}"


class Review(Base):
    """A review (Nachprüfung): locks the award from the tribunal's notice until a decision document ends the lock.

    ``stepped_back_at`` is set when the procedure was led back after the applicant won; only then the lock ends.
    """

    __tablename__ = "review"

    id: Mapped[int] = mapped_column(primary_key=True)
    tender_id: Mapped[int] = mapped_column(sa.ForeignKey("tender.id"))
    number: Mapped[int]
    chamber: Mapped[str] = mapped_column(sa.String(200))
    file_number: Mapped[str] = mapped_column(sa.String(80), default="")
    applicant: Mapped[str] = mapped_column(sa.String(200), default="")
    notified_at: Mapped[datetime] = mapped_column(Moment)
    recorded_by_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"))
    outcome: Mapped[ReviewOutcome | None] = mapped_column(labelled(ReviewOutcome))
    decided_on: Mapped[date | None]
    served_on: Mapped[date | None]
    has_appeal: Mapped[bool] = mapped_column(default=False)
    appeal_decided_on: Mapped[date | None]
    document_name: Mapped[str] = mapped_column(sa.String(200), default="")
    document_hash: Mapped[str | None] = mapped_column(sa.ForeignKey("stored_file.sha256"))
    ended_at: Mapped[datetime | None] = mapped_column(Moment)
    ended_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"))
    stepped_back_at: Mapped[datetime | None] = mapped_column(Moment)
    version: Mapped[int] = mapped_column(default=1)

    tender: Mapped[Tender] = relationship()
    recorded_by: Mapped[Account] = relationship(foreign_keys=recorded_by_id)
    ended_by: Mapped[Account | None] = relationship(foreign_keys=ended_by_id)

    __table_args__ = (sa.UniqueConstraint("tender_id", "number"),)
    __mapper_args__ = {"version_id_col": version}

    @property
    def audit_label(self) -> str:
        return f"{self.tender.reference}: Nachprüfung {self.number}"
