"""Verbs of operation: try again what could not be delivered or done."""

from procurement.audit.actions import record
from procurement.audit.actor import Actor
from procurement.audit.events import Event
from procurement.core import jobs, mail
from procurement.core.job_table import Job
from procurement.core.mail import OutgoingMail


def retry_mail(outgoing: OutgoingMail, *, by: Actor) -> OutgoingMail:
    """Deliver a mail again that waits or was given up."""
    mail.retry(outgoing)
    record(Event.MAIL_RETRIED, outgoing, by=by)
    return outgoing


def retry_job(job: Job, *, by: Actor) -> Job:
    """Run a failed job again."""
    jobs.retry(job)
    record(Event.JOB_RETRIED, job, by=by)
    return job
