"""The table of durable jobs: what is to be done, who asked for it, how far it is, how it ended."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from procurement.core.db import Base, Moment, labelled
from procurement.values.label import Labelled


class JobState(Labelled):
    """Life of a job."""

    QUEUED = "queued", "Wartet"
    RUNNING = "running", "Läuft"
    DONE = "done", "Erledigt"
    FAILED = "failed", "Gescheitert"


IS_QUEUED = sa.text("state = 'queued'")


class Job(Base):
    """One piece of work; it exists only if the transaction that asked for it was committed."""

    __tablename__ = "job"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(sa.String(80))
    args: Mapped[dict[str, Any]] = mapped_column(sa.JSON)
    unique_key: Mapped[str | None] = mapped_column(sa.String(200))
    account_id: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"))
    state: Mapped[JobState] = mapped_column(labelled(JobState), default=JobState.QUEUED)
    created_at: Mapped[datetime] = mapped_column(Moment)
    run_at: Mapped[datetime] = mapped_column(Moment)
    started_at: Mapped[datetime | None] = mapped_column(Moment)
    finished_at: Mapped[datetime | None] = mapped_column(Moment)
    lease_until: Mapped[datetime | None] = mapped_column(Moment)
    worker: Mapped[str] = mapped_column(sa.String(40), default="")
    tries: Mapped[int] = mapped_column(default=0)
    done_units: Mapped[int] = mapped_column(default=0)
    total_units: Mapped[int] = mapped_column(default=0)
    message: Mapped[str] = mapped_column(sa.String(500), default="")
    last_error: Mapped[str] = mapped_column(sa.Text, default="")
    result_url: Mapped[str] = mapped_column(sa.String(2000), default="")

    __table_args__ = (
        sa.Index("ix_job_state_run_at", "state", "run_at"),
        # A key keeps only waiting jobs apart: one that runs or has ended may come again.
        sa.Index(
            "uq_job_queued_unique_key",
            "unique_key",
            unique=True,
            sqlite_where=IS_QUEUED,
            postgresql_where=IS_QUEUED,
        ),
    )

    @property
    def audit_label(self) -> str:
        return f"Vorgang {self.id} ({self.kind})"

    @property
    def is_over(self) -> bool:
        """Whether nothing more will happen to this job."""
        return self.state in {JobState.DONE, JobState.FAILED}
