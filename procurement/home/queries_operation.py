"""What keeps the installation running: mails that wait, were sent or given up, and jobs that run or failed."""

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from flask import current_app

from procurement.config import Settings
from procurement.core.db import db
from procurement.core.errors import NotFound
from procurement.core.job_table import Job, JobState
from procurement.core.mail import OutgoingMail
from procurement.core.permissions import Role
from procurement.members.models import Account

SHOWN = 20


@dataclass(frozen=True, slots=True)
class Outbox:
    """The outbox: how many mails stand where, and the latest of each; without a server nothing leaves it."""

    is_set_up: bool
    waiting_count: int
    given_up_count: int
    sent_count: int
    waiting: list[OutgoingMail]
    given_up: list[OutgoingMail]
    sent: list[OutgoingMail]


@dataclass(frozen=True, slots=True)
class JobList:
    """Jobs that wait or run, and those that failed."""

    waiting_count: int
    running: list[Job]
    failed: list[Job]


IS_WAITING = sa.and_(OutgoingMail.sent_at.is_(None), OutgoingMail.given_up_at.is_(None))
IS_GIVEN_UP = sa.and_(OutgoingMail.sent_at.is_(None), OutgoingMail.given_up_at.is_not(None))
IS_SENT = OutgoingMail.sent_at.is_not(None)


def outbox() -> Outbox:
    """The outbox of this installation."""
    settings: Settings = current_app.extensions["settings"]
    return Outbox(
        bool(settings.smtp_host),
        _count(IS_WAITING),
        _count(IS_GIVEN_UP),
        _count(IS_SENT),
        _mails(IS_WAITING, OutgoingMail.id),
        _mails(IS_GIVEN_UP, OutgoingMail.given_up_at.desc()),
        _mails(IS_SENT, OutgoingMail.sent_at.desc()),
    )


def outbox_counts() -> tuple[int, int]:
    """How many mails wait and how many were given up, for the start page."""
    return _count(IS_WAITING), _count(IS_GIVEN_UP)


def _count(condition: sa.ColumnElement[bool]) -> int:
    return db.session.scalar(sa.select(sa.func.count()).select_from(OutgoingMail).where(condition)) or 0


def _mails(condition: sa.ColumnElement[bool], order: Any) -> list[OutgoingMail]:
    query = sa.select(OutgoingMail).options(sa.orm.defer(OutgoingMail.text)).where(condition)
    return list(db.session.scalars(query.order_by(order, OutgoingMail.id.desc()).limit(SHOWN)))


def job_list() -> JobList:
    """What the worker has to do, does, and could not do."""
    counted = sa.select(sa.func.count()).select_from(Job).filter_by(state=JobState.QUEUED)
    return JobList(
        db.session.scalar(counted) or 0,
        list(db.session.scalars(sa.select(Job).filter_by(state=JobState.RUNNING).order_by(Job.id))),
        list(db.session.scalars(sa.select(Job).filter_by(state=JobState.FAILED).order_by(Job.id.desc()).limit(SHOWN))),
    )


def job_for(account: Account, job_id: int) -> Job:
    """A job of this account, for administrators any job; else :class:`NotFound`."""
    job = db.session.get(Job, job_id)
    if job is None or (job.account_id != account.id and Role.ADMINISTRATOR not in account.roles):
        raise NotFound
    return job


def failed_job(job_id: int) -> Job:
    """A job that failed, or :class:`NotFound`."""
    job = db.session.get(Job, job_id)
    if job is None or job.state is not JobState.FAILED:
        raise NotFound
    return job


def unsent_mail(mail_id: int) -> OutgoingMail:
    """A mail that has not left the outbox, or :class:`NotFound`."""
    mail = db.session.get(OutgoingMail, mail_id)
    if mail is None or mail.sent_at is not None:
        raise NotFound
    return mail
