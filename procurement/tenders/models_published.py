"""What happens to a tender between publication and bid deadline: versions, notices, questions, late members."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from procurement.core.db import Base, Moment, labelled
from procurement.members.models import Account, Member
from procurement.tenders.change_classification import ChangeClass
from procurement.tenders.models import Tender
from procurement.tenders.question_rules import QuestionState


class PublicationVersion(Base):
    """One state of what was published, as canonical text with its hash; never changed, so every state stays readable.

    The latest version's text and hash also stand at the tender. A tender published before there were versions has none
    until its first change; its first version is then what was stored at its publication.
    """

    __tablename__ = "publication_version"

    id: Mapped[int] = mapped_column(primary_key=True)
    tender_id: Mapped[int] = mapped_column(sa.ForeignKey("tender.id"))
    number: Mapped[int]
    classification: Mapped[ChangeClass] = mapped_column(labelled(ChangeClass))
    classified_because: Mapped[str] = mapped_column(sa.Text, default="")
    reason: Mapped[str] = mapped_column(sa.Text, default="")
    content: Mapped[str] = mapped_column(sa.Text, deferred=True)
    content_hash: Mapped[str] = mapped_column(sa.String(64))
    bid_deadline_at: Mapped[datetime | None] = mapped_column(Moment)
    made_at: Mapped[datetime] = mapped_column(Moment)
    made_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"))

    tender: Mapped[Tender] = relationship()
    made_by: Mapped[Account | None] = relationship()

    __table_args__ = (sa.UniqueConstraint("tender_id", "number"),)

    @property
    def audit_label(self) -> str:
        return f"{self.tender.reference}, Fassung {self.number}"


class ChangeNotice(Base):
    """The correction of the notice that a version makes necessary: a to-do with its day, then when and how it went."""

    __tablename__ = "change_notice"

    id: Mapped[int] = mapped_column(primary_key=True)
    version_id: Mapped[int] = mapped_column(sa.ForeignKey("publication_version.id"), unique=True)
    due_on: Mapped[date]
    sent_at: Mapped[datetime | None] = mapped_column(Moment)
    sent_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"))
    reference: Mapped[str] = mapped_column(sa.String(200), default="")

    version: Mapped[PublicationVersion] = relationship()
    sent_by: Mapped[Account | None] = relationship()

    @property
    def audit_label(self) -> str:
        return f"Änderungsbekanntmachung zu {self.version.audit_label}"


class BidderQuestion(Base):
    """A bidder's question; only ``published_text`` and ``answer`` ever leave the procurement office.

    ``sender`` and ``original`` are confidential (§ 5 VgV). ``no_extension_reason`` says why an answer that came late
    moves no deadline.
    """

    __tablename__ = "bidder_question"

    id: Mapped[int] = mapped_column(primary_key=True)
    tender_id: Mapped[int] = mapped_column(sa.ForeignKey("tender.id"))
    number: Mapped[int]
    received_at: Mapped[datetime] = mapped_column(Moment)
    is_late: Mapped[bool] = mapped_column(default=False)
    sender: Mapped[str] = mapped_column(sa.String(200), default="")
    original: Mapped[str] = mapped_column(sa.Text)
    published_text: Mapped[str] = mapped_column(sa.Text, default="")
    answer: Mapped[str] = mapped_column(sa.Text, default="")
    changes_documents: Mapped[bool] = mapped_column(default=False)
    answered_at: Mapped[datetime | None] = mapped_column(Moment)
    answered_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"))
    state: Mapped[QuestionState] = mapped_column(labelled(QuestionState), default=QuestionState.OPEN)
    withdrawn_reason: Mapped[str] = mapped_column(sa.Text, default="")
    no_extension_reason: Mapped[str] = mapped_column(sa.Text, default="")
    version: Mapped[int] = mapped_column(default=1)

    tender: Mapped[Tender] = relationship()
    answered_by: Mapped[Account | None] = relationship()

    __table_args__ = (sa.UniqueConstraint("tender_id", "number"),)
    __mapper_args__ = {"version_id_col": version}

    @property
    def audit_label(self) -> str:
        return f"{self.tender.reference}, Bieterfrage {self.number}"


class LateMember(Base):
    """A member that is to come into a published tender: asked, bindingly confirmed, then added by a new version.

    It is no participant before that version, because who takes part is published.
    """

    __tablename__ = "late_member"

    id: Mapped[int] = mapped_column(primary_key=True)
    tender_id: Mapped[int] = mapped_column(sa.ForeignKey("tender.id"))
    member_id: Mapped[int] = mapped_column(sa.ForeignKey("member.id"), index=True)
    asked_at: Mapped[datetime] = mapped_column(Moment)
    asked_by_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"))
    confirmed_at: Mapped[datetime | None] = mapped_column(Moment)
    confirmed_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"))
    mandate_on: Mapped[date | None]
    mandate_scope: Mapped[str] = mapped_column(sa.Text, default="")
    mandate_file_name: Mapped[str] = mapped_column(sa.String(200), default="")
    mandate_file_hash: Mapped[str] = mapped_column(sa.String(64), default="")
    added_by_version_id: Mapped[int | None] = mapped_column(sa.ForeignKey("publication_version.id"))
    version: Mapped[int] = mapped_column(default=1)

    tender: Mapped[Tender] = relationship()
    member: Mapped[Member] = relationship(lazy="joined")
    confirmed_by: Mapped[Account | None] = relationship(foreign_keys=[confirmed_by_id])
    added_by_version: Mapped[PublicationVersion | None] = relationship()

    __table_args__ = (sa.UniqueConstraint("tender_id", "member_id"),)
    __mapper_args__ = {"version_id_col": version}

    @property
    def audit_label(self) -> str:
        return f"{self.tender.reference}: {self.member.name} nachträglich"
