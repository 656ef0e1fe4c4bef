"""Long work while it runs, for the person who asked for it; and what the administration sees of operation."""

from flask import flash, make_response, render_template
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from procurement.core.fragments import is_fragment, see_other
from procurement.core.job_table import JobState
from procurement.home import actions, queries_operation
from procurement.home.routes import address, blueprint


@blueprint.get("/jobs/<int:job_id>")
def job_progress(job_id: int) -> Response | str:
    """How far a job is; when it is done, its result."""
    job = queries_operation.job_for(current_user, job_id)
    is_done = job.state is JobState.DONE and job.result_url.startswith("/") and not job.result_url.startswith("//")
    if not is_fragment():
        return see_other(job.result_url) if is_done else render_template("home/job.html", job=job)
    answer = make_response(render_template("home/_job.html", job=job))
    if is_done:
        answer.headers["HX-Redirect"] = job.result_url
    return answer


@blueprint.get("/operation")
def operation() -> str:
    """The outbox and the jobs of this installation."""
    return render_template("home/operation.html", outbox=queries_operation.outbox(), jobs=queries_operation.job_list())


@blueprint.post("/operation/mails/<int:mail_id>/retry")
def retry_mail(mail_id: int) -> Response:
    """Deliver a mail again."""
    actions.retry_mail(queries_operation.unsent_mail(mail_id), by=current_user)
    flash(_("Die E-Mail wird gleich noch einmal zugestellt."), "success")
    return see_other(address("home.operation"))


@blueprint.post("/operation/jobs/<int:job_id>/retry")
def retry_job(job_id: int) -> Response:
    """Run a failed job again."""
    actions.retry_job(queries_operation.failed_job(job_id), by=current_user)
    flash(_("Der Vorgang wird gleich noch einmal ausgeführt."), "success")
    return see_other(address("home.operation"))
