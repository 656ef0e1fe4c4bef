"""The page "Wie sicher ist dieses Ergebnis?" of one stored run; reading only, computed when it is opened."""

from flask import render_template
from flask_login import current_user

from procurement.evaluation import queries
from procurement.evaluation.queries_page import display
from procurement.evaluation.queries_robustness import shown_robustness
from procurement.evaluation.routes import Answer, blueprint, frame


@blueprint.get("/runs/<int:run_id>/robustness")
def robustness(run_id: int) -> Answer:
    """How firmly rank 1 of this run stands under the announced method."""
    run = queries.run(run_id, current_user)
    made = display(run)
    return render_template(
        "evaluation/robustness.html",
        frame=frame(run.lot.tender),
        run=run,
        lot=run.lot,
        runs=queries.runs_of(run.lot_id),
        display=made,
        shown=shown_robustness(run, made.map),
    )
