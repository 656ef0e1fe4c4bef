"""Proposals with their discussion and each member's interest; announcements with who has read them.

Who writes speaks for a *voice*: one member, or the procurement office, which is stored as no member at all.
"""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from procurement.core.db import Base, Moment, MoneyColumn, labelled
from procurement.demand.models import DemandRound
from procurement.members.models import Account, Member
from procurement.values.money import Money
from procurement.workgroup.states import AnnouncementState, ProposalState, Stance


class Proposal(Base):
    """An idea for something to buy together; ``member_id`` is empty where the procurement office proposes it."""

    __tablename__ = "proposal"

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(sa.String(200))
    problem: Mapped[str] = mapped_column(sa.Text, default="")
    solution: Mapped[str] = mapped_column(sa.Text, default="")
    cost_idea: Mapped[str] = mapped_column(sa.Text, default="")
    cost_from_net: Mapped[Money | None] = mapped_column(MoneyColumn)
    cost_to_net: Mapped[Money | None] = mapped_column(MoneyColumn)
    funding: Mapped[str] = mapped_column(sa.Text, default="")
    state: Mapped[ProposalState] = mapped_column(labelled(ProposalState), default=ProposalState.DRAFT, index=True)
    author_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"))
    member_id: Mapped[int | None] = mapped_column(sa.ForeignKey("member.id"), index=True)
    written_at: Mapped[datetime] = mapped_column(Moment)
    discussed_at: Mapped[datetime | None] = mapped_column(Moment)
    ended_at: Mapped[datetime | None] = mapped_column(Moment)
    ended_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"))
    end_reason: Mapped[str] = mapped_column(sa.Text, default="")
    round_id: Mapped[int | None] = mapped_column(sa.ForeignKey("demand_round.id"), unique=True)
    version: Mapped[int] = mapped_column(default=1)

    author: Mapped[Account] = relationship(foreign_keys=[author_id])
    ended_by: Mapped[Account | None] = relationship(foreign_keys=[ended_by_id])
    member: Mapped[Member | None] = relationship(lazy="joined")
    round: Mapped[DemandRound | None] = relationship()

    __mapper_args__ = {"version_id_col": version}

    @property
    def audit_label(self) -> str:
        return self.title


class Contribution(Base):
    """Something said in the discussion of a proposal: never changed, only withdrawn by the person who wrote it."""

    __tablename__ = "contribution"

    id: Mapped[int] = mapped_column(primary_key=True)
    proposal_id: Mapped[int] = mapped_column(sa.ForeignKey("proposal.id"), index=True)
    author_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"))
    member_id: Mapped[int | None] = mapped_column(sa.ForeignKey("member.id"))
    text: Mapped[str] = mapped_column(sa.Text)
    written_at: Mapped[datetime] = mapped_column(Moment)
    withdrawn_at: Mapped[datetime | None] = mapped_column(Moment)

    proposal: Mapped[Proposal] = relationship()
    author: Mapped[Account] = relationship()
    member: Mapped[Member | None] = relationship(lazy="joined")

    @property
    def audit_label(self) -> str:
        return f"Beitrag zu „{self.proposal.title}“"


class Interest(Base):
    """What one member says about joining in; one row per member, its earlier statements are in the trail."""

    __tablename__ = "interest"

    id: Mapped[int] = mapped_column(primary_key=True)
    proposal_id: Mapped[int] = mapped_column(sa.ForeignKey("proposal.id"))
    member_id: Mapped[int] = mapped_column(sa.ForeignKey("member.id"), index=True)
    stance: Mapped[Stance] = mapped_column(labelled(Stance))
    note: Mapped[str] = mapped_column(sa.Text, default="")
    stated_at: Mapped[datetime] = mapped_column(Moment)
    stated_by_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"))
    version: Mapped[int] = mapped_column(default=1)

    proposal: Mapped[Proposal] = relationship()
    member: Mapped[Member] = relationship(lazy="joined")

    __table_args__ = (sa.UniqueConstraint("proposal_id", "member_id"),)
    __mapper_args__ = {"version_id_col": version}

    @property
    def audit_label(self) -> str:
        return f"{self.member.name} zu „{self.proposal.title}“"


class Announcement(Base):
    """News from the office to all members or, with addressees, to the chosen ones only."""

    __tablename__ = "announcement"

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(sa.String(200))
    text: Mapped[str] = mapped_column(sa.Text)
    is_for_all: Mapped[bool]
    valid_until: Mapped[date | None]
    state: Mapped[AnnouncementState] = mapped_column(labelled(AnnouncementState), default=AnnouncementState.PUBLISHED)
    published_at: Mapped[datetime] = mapped_column(Moment, index=True)
    published_by_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"))
    reminded_at: Mapped[datetime | None] = mapped_column(Moment)
    withdrawn_at: Mapped[datetime | None] = mapped_column(Moment)
    withdrawal_reason: Mapped[str] = mapped_column(sa.Text, default="")
    version: Mapped[int] = mapped_column(default=1)

    published_by: Mapped[Account] = relationship()

    __mapper_args__ = {"version_id_col": version}

    @property
    def audit_label(self) -> str:
        return self.title


class Addressee(Base):
    """A member chosen for an announcement that is not for all."""

    __tablename__ = "announcement_addressee"

    announcement_id: Mapped[int] = mapped_column(sa.ForeignKey("announcement.id"), primary_key=True)
    member_id: Mapped[int] = mapped_column(sa.ForeignKey("member.id"), primary_key=True)


class Reading(Base):
    """One person has marked an announcement as read."""

    __tablename__ = "announcement_reading"

    announcement_id: Mapped[int] = mapped_column(sa.ForeignKey("announcement.id"), primary_key=True)
    account_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"), primary_key=True, index=True)
    read_at: Mapped[datetime] = mapped_column(Moment)
