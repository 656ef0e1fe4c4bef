"""Buttons that issue the evaluation matrix of a run and the procurement record of a tender."""

from flask import flash, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from procurement.core.fragments import see_other
from procurement.documents import actions_matrix, actions_record, queries_record
from procurement.documents.routes import blueprint
from procurement.evaluation import queries as evaluation


@blueprint.post("/evaluation-run/<int:evaluation_run_id>/matrix")
def issue_evaluation_matrix(evaluation_run_id: int) -> Response:
    """Issue the matrix of one run; refused to an evaluator who must not see prices yet."""
    run = evaluation.run(evaluation_run_id, current_user)
    issued = actions_matrix.issue_evaluation_matrix(run, by=current_user)
    flash(_("Die Bewertungsmatrix %(number)s ist ausgestellt.", number=issued.number), "success")
    return see_other(url_for("documents.of_tender", tender_id=issued.tender_id))


@blueprint.post("/tender/<int:tender_id>/procurement-record")
def issue_procurement_record(tender_id: int) -> Response:
    """Issue the procurement record as it stands."""
    tender = queries_record.recordable_tender(tender_id, current_user)
    issued = actions_record.issue_procurement_record(tender, by=current_user)
    flash(_("Der Vergabevermerk %(number)s ist ausgestellt.", number=issued.number), "success")
    return see_other(url_for("documents.of_tender", tender_id=tender_id))
