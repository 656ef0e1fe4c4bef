"""Association, members, reference figures, accounts with their roles, signed-in sessions and sign-in attempts."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from procurement.core import clock
from procurement.core.db import Base, Moment, labelled
from procurement.core.permissions import Role
from procurement.members.kinds import FigureKind, MemberKind, PopulationBasis

LONGEST_NAME = 200


class Association(Base):
    """The procuring association itself: one row, the letterhead of every document."""

    __tablename__ = "association"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(sa.String(200))
    short_name: Mapped[str] = mapped_column(sa.String(40))
    street: Mapped[str] = mapped_column(sa.String(120), default="")
    postcode: Mapped[str] = mapped_column(sa.String(10), default="")
    city: Mapped[str] = mapped_column(sa.String(80), default="")
    contact: Mapped[str] = mapped_column(sa.String(200), default="")
    legal_basis: Mapped[str] = mapped_column(sa.Text, default="")
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}

    @property
    def audit_label(self) -> str:
        return self.short_name


class Member(Base):
    """A member of the association; ``key`` is the AGS of a municipality or district, else a short own key."""

    __tablename__ = "member"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(sa.String(20), unique=True)
    name: Mapped[str] = mapped_column(sa.String(120))
    sort_key: Mapped[str] = mapped_column(sa.String(120), index=True)
    kind: Mapped[MemberKind] = mapped_column(labelled(MemberKind))
    district: Mapped[str] = mapped_column(sa.String(80), default="")
    population_basis: Mapped[PopulationBasis] = mapped_column(labelled(PopulationBasis))
    routing_id: Mapped[str | None] = mapped_column(sa.String(50))
    joined_on: Mapped[date | None]
    left_on: Mapped[date | None]
    requires_approval: Mapped[bool] = mapped_column(default=False, server_default=sa.false())
    successor_id: Mapped[int | None] = mapped_column(sa.ForeignKey("member.id"))
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}

    @property
    def audit_label(self) -> str:
        return f"{self.name} ({self.key})"


class ReferenceFigure(Base):
    """A dated figure of a member with its source; never changed, a better figure is a new row of a later recording."""

    __tablename__ = "reference_figure"

    id: Mapped[int] = mapped_column(primary_key=True)
    member_id: Mapped[int] = mapped_column(sa.ForeignKey("member.id"), index=True)
    kind: Mapped[FigureKind] = mapped_column(labelled(FigureKind))
    reference_date: Mapped[date]
    value: Mapped[int] = mapped_column(sa.BigInteger)
    source: Mapped[str] = mapped_column(sa.String(200))
    census_basis: Mapped[str] = mapped_column(sa.String(60), default="")
    recorded_at: Mapped[datetime] = mapped_column(Moment)
    recorded_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"))

    member: Mapped[Member] = relationship()

    __table_args__ = (
        sa.UniqueConstraint("member_id", "kind", "reference_date", "source"),
        sa.CheckConstraint("value >= 0", name="value_not_negative"),
    )

    @property
    def audit_label(self) -> str:
        return f"{self.kind.label} {self.member.name} zum {self.reference_date:%d.%m.%Y}"


class Account(Base):
    """A person who can sign in; what the person may do hangs on the assignments, not on the account."""

    __tablename__ = "account"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(sa.String(200), unique=True)
    name: Mapped[str] = mapped_column(sa.String(200))
    password_hash: Mapped[str] = mapped_column(sa.String(200))
    is_active: Mapped[bool] = mapped_column(default=True)
    is_demonstration: Mapped[bool] = mapped_column(default=False)
    opening_key: Mapped[bytes | None] = mapped_column(sa.LargeBinary)
    created_at: Mapped[datetime] = mapped_column(Moment)
    version: Mapped[int] = mapped_column(default=1)

    assignments: Mapped[list["Assignment"]] = relationship(
        back_populates="account", order_by="Assignment.id", lazy="selectin"
    )
    delegations: Mapped[list["Delegation"]] = relationship(
        foreign_keys="Delegation.to_account_id", order_by="Delegation.id", lazy="selectin"
    )

    __mapper_args__ = {"version_id_col": version}

    is_authenticated = True
    is_anonymous = False
    session_token = ""

    def get_id(self) -> str:
        """What the sign-in cookie carries: the token of the server-side session, never the account number."""
        return self.session_token

    @property
    def roles(self) -> frozenset[Role]:
        """Every role this account holds; a substitute is a lead as long as the delegation runs."""
        own = frozenset(assignment.role for assignment in self.assignments)
        return own | {Role.MEMBER_LEAD} if self.delegated_member_ids else own

    @property
    def member_ids(self) -> frozenset[int]:
        """The members this account acts for as lead, by its own role or as a substitute of today."""
        return self.own_member_ids | self.delegated_member_ids

    @property
    def own_member_ids(self) -> frozenset[int]:
        """The members this account leads by its own role; only for these it may name substitutes."""
        return frozenset(
            a.member_id for a in self.assignments if a.role is Role.MEMBER_LEAD and a.member_id is not None
        )

    @property
    def delegated_member_ids(self) -> frozenset[int]:
        """The members this account stands in for today (dated delegation)."""
        return frozenset(delegation.member_id for delegation in self.running_delegations)

    @property
    def running_delegations(self) -> tuple["Delegation", ...]:
        """The substitutions of today."""
        today = clock.today()
        return tuple(delegation for delegation in self.delegations if delegation.is_valid_on(today))

    def acting_name(self, member_id: int | None) -> str:
        """The name as an entry about this member keeps it; a substitute's says "in Vertretung"."""
        if member_id is None or member_id in self.own_member_ids:
            return self.name
        standing_in = [d.member.name for d in self.running_delegations if d.member_id == member_id]
        return f"{self.name} (in Vertretung für {standing_in[0]})"[:LONGEST_NAME] if standing_in else self.name

    @property
    def audit_label(self) -> str:
        return f"{self.name} <{self.email}>"


class Assignment(Base):
    """One role of one account, for a lead bound to the member the person works for."""

    __tablename__ = "assignment"

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"), index=True)
    role: Mapped[Role] = mapped_column(labelled(Role))
    member_id: Mapped[int | None] = mapped_column(sa.ForeignKey("member.id"))

    account: Mapped[Account] = relationship(back_populates="assignments")
    member: Mapped[Member | None] = relationship(lazy="joined")

    __table_args__ = (
        sa.UniqueConstraint("account_id", "role", "member_id"),
        sa.CheckConstraint("(role = 'member_lead') = (member_id IS NOT NULL)", name="lead_has_member"),
    )


class Delegation(Base):
    """A dated substitution: the account acts for the member as its lead from the first to the last day."""

    __tablename__ = "delegation"

    id: Mapped[int] = mapped_column(primary_key=True)
    member_id: Mapped[int] = mapped_column(sa.ForeignKey("member.id"), index=True)
    to_account_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"), index=True)
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    reason: Mapped[str] = mapped_column(sa.Text, default="")
    granted_by_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"))
    granted_at: Mapped[datetime] = mapped_column(Moment)
    revoked_at: Mapped[datetime | None] = mapped_column(Moment)

    member: Mapped[Member] = relationship(lazy="joined")
    to_account: Mapped[Account] = relationship(foreign_keys=[to_account_id], overlaps="delegations")
    granted_by: Mapped[Account] = relationship(foreign_keys=[granted_by_id])

    __table_args__ = (sa.CheckConstraint("starts_on <= ends_on", name="days_in_order"),)

    @property
    def audit_label(self) -> str:
        return f"Vertretung {self.member.name} {self.starts_on:%d.%m.%Y} bis {self.ends_on:%d.%m.%Y}"

    def is_valid_on(self, day: date) -> bool:
        """Whether the substitute may act on this day."""
        return self.revoked_at is None and self.starts_on <= day <= self.ends_on


class LoginSession(Base):
    """A signed-in browser; ending it here signs the browser out, whatever cookie it still holds."""

    __tablename__ = "login_session"

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"), index=True)
    token_hash: Mapped[str] = mapped_column(sa.String(64), unique=True)
    started_at: Mapped[datetime] = mapped_column(Moment)
    expires_at: Mapped[datetime] = mapped_column(Moment)
    ended_at: Mapped[datetime | None] = mapped_column(Moment)
    address: Mapped[str] = mapped_column(sa.String(64), default="")

    account: Mapped[Account] = relationship()


class LoginAttempt(Base):
    """A failed or successful sign-in, counted per account name and per address to slow guessing down."""

    __tablename__ = "login_attempt"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(Moment, index=True)
    email: Mapped[str] = mapped_column(sa.String(200), index=True)
    address: Mapped[str] = mapped_column(sa.String(64), index=True)
    succeeded: Mapped[bool]
