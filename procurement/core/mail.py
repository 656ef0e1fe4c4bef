"""E-mail: written into an outbox in the caller's transaction, delivered later by the worker, never by a web request.

A mail is sent only if the change it tells of was committed. Delivery is at least once: a worker killed between the
server's "accepted" and our note of it sends that one mail again. Plain text, one recipient per mail, so that nobody
reads who else was written to.
"""

import smtplib
import ssl
from datetime import datetime, timedelta
from email.errors import HeaderParseError
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime

import sqlalchemy as sa
from flask import current_app
from sqlalchemy.orm import Mapped, mapped_column

from procurement.config import Settings
from procurement.core import clock, jobs
from procurement.core.db import Base, Moment, db

PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 240, 720))
"""After each failed try; after the last one the mail is given up, about 17 hours after the first."""
PATIENCE_SECONDS = 20
PERMANENT = range(500, 600)
JOB = "core:mail"


class OutgoingMail(Base):
    """A mail of the outbox; without ``sent_at`` it waits, unless it was given up.

    Its text is erased once it is sent: it may hold a personal link, and nobody needs it here any more.
    """

    __tablename__ = "outgoing_mail"

    id: Mapped[int] = mapped_column(primary_key=True)
    recipient: Mapped[str] = mapped_column(sa.String(200))
    subject: Mapped[str] = mapped_column(sa.String(300))
    text: Mapped[str] = mapped_column(sa.Text)
    created_at: Mapped[datetime] = mapped_column(Moment)
    next_try_at: Mapped[datetime] = mapped_column(Moment)
    sent_at: Mapped[datetime | None] = mapped_column(Moment)
    given_up_at: Mapped[datetime | None] = mapped_column(Moment)
    tries: Mapped[int] = mapped_column(default=0)
    last_error: Mapped[str] = mapped_column(sa.Text, default="")

    __table_args__ = (sa.Index("ix_outgoing_mail_waiting", "sent_at", "given_up_at", "next_try_at"),)

    @property
    def audit_label(self) -> str:
        return f"E-Mail an {self.recipient}: {self.subject}"


class NotDelivered(Exception):
    """The mail server did not take the mail; ``is_permanent``: it never will."""

    def __init__(self, message: str, *, is_permanent: bool) -> None:
        super().__init__(message)
        self.is_permanent = is_permanent


def enqueue_mail(to: str, subject: str, text: str) -> OutgoingMail:
    """Put a mail into the outbox, in the caller's transaction; line breaks in address or subject become spaces."""
    now = clock.now()
    made = OutgoingMail(
        recipient=_one_line(to)[:200], subject=_one_line(subject)[:300], text=text, created_at=now, next_try_at=now
    )
    db.session.add(made)
    db.session.flush()
    _deliver_soon(made.id)
    return made


def retry(mail: OutgoingMail) -> OutgoingMail:
    """Try a mail again at once that waits or was given up."""
    mail.given_up_at, mail.next_try_at, mail.tries = None, clock.now(), 0
    db.session.flush()
    _deliver_soon(mail.id)
    return mail


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _deliver_soon(mail_id: int) -> None:
    jobs.enqueue(JOB, unique_key=f"{JOB}:{mail_id}", mail_id=mail_id)


@jobs.periodic
def resume(now: datetime) -> None:
    """Take up every mail whose next try is due; without a mail server they wait."""
    settings: Settings = current_app.extensions["settings"]
    if not settings.smtp_host:
        return
    waiting = sa.select(OutgoingMail.id).filter_by(sent_at=None, given_up_at=None)
    for mail_id in db.session.scalars(waiting.where(OutgoingMail.next_try_at <= now)).all():
        _deliver_soon(mail_id)


@jobs.handler(JOB)
def deliver(progress: jobs.Progress, mail_id: int) -> None:
    """Deliver one mail; what goes wrong is kept with it, and the next try is later each time."""
    settings: Settings = current_app.extensions["settings"]
    mail = db.session.get_one(OutgoingMail, mail_id)
    if not settings.smtp_host or mail.sent_at is not None or mail.given_up_at is not None:
        return
    if mail.next_try_at > clock.now():
        return
    try:
        message = written(mail, settings.mail_sender)
        progress.report(0, 1)  # ends the transaction: no lock is held while the mail server takes its time
        _hand_over(message, settings)
    except (ValueError, IndexError, HeaderParseError):
        _keep_failure(mail, NotDelivered("Das ist keine E-Mail-Adresse.", is_permanent=True))
    except NotDelivered as error:
        _keep_failure(mail, error)
    else:
        mail.sent_at, mail.last_error, mail.tries = clock.now(), "", mail.tries + 1
        mail.text = ""


def _keep_failure(mail: OutgoingMail, error: NotDelivered) -> None:
    now = clock.now()
    mail.tries, mail.last_error = mail.tries + 1, str(error)[:2000]
    if error.is_permanent or mail.tries > len(PAUSES):
        mail.given_up_at = now
    else:
        mail.next_try_at = now + PAUSES[mail.tries - 1]


def written(mail: OutgoingMail, sender: str) -> EmailMessage:
    """The mail as it goes over the wire; the message class refuses line breaks in headers."""
    message = EmailMessage()
    # One address and not a header to be parsed: "a@x, b@y" would reach two people.
    message["To"] = Address(addr_spec=mail.recipient)
    message["From"], message["Subject"] = sender, mail.subject
    message["Date"] = format_datetime(mail.created_at)
    message["Message-ID"] = f"<outgoing-{mail.id}-{mail.created_at:%Y%m%d%H%M%S}@{sender.rpartition('@')[2]}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(mail.text)
    return message


def _hand_over(message: EmailMessage, settings: Settings) -> None:
    """Give the mail to the configured server; raise :class:`NotDelivered` with its answer in words."""
    try:
        with smtplib.SMTP(settings.smtp_host, settings.smtp_port, timeout=PATIENCE_SECONDS) as server:
            if settings.smtp_starttls:
                server.starttls(context=ssl.create_default_context())
            if settings.smtp_user:
                server.login(settings.smtp_user, settings.smtp_password)
            server.send_message(message)
    except smtplib.SMTPRecipientsRefused as error:
        code, answer = next(iter(error.recipients.values()))
        said = f"Der Mailserver nimmt die Adresse nicht an: {code} {_answer(answer)}"
        raise NotDelivered(said, is_permanent=code in PERMANENT) from error
    except smtplib.SMTPNotSupportedError as error:
        raise NotDelivered(f"Der Mailserver kann das nicht: {error}", is_permanent=True) from error
    except smtplib.SMTPAuthenticationError as error:
        said = f"Der Mailserver nimmt Benutzer oder Kennwort nicht an: {error.smtp_code} {_answer(error.smtp_error)}"
        raise NotDelivered(said, is_permanent=False) from error
    except smtplib.SMTPResponseException as error:
        said = f"Der Mailserver nimmt die Nachricht nicht an: {error.smtp_code} {_answer(error.smtp_error)}"
        raise NotDelivered(said, is_permanent=False) from error
    except (smtplib.SMTPException, OSError) as error:
        said = f"Der Mailserver {settings.smtp_host}:{settings.smtp_port} ist nicht erreichbar: {error}"
        raise NotDelivered(said, is_permanent=False) from error


def _answer(text: bytes | str) -> str:
    return text.decode("utf-8", "replace") if isinstance(text, bytes) else text
