"""The page of ratings from an earlier round, offered for further bids; it shows no prices."""

from flask import flash, render_template, url_for
from flask_babel import ngettext
from flask_login import current_user

from procurement.core.fragments import see_other
from procurement.evaluation import actions_takeover, queries, queries_takeover, rules
from procurement.evaluation.forms_takeover import TakeOverForm
from procurement.evaluation.routes import Answer, blueprint, frame
from procurement.tenders.models import Lot

REFUSED = 422


@blueprint.get("/lots/<int:lot_id>/earlier")
def earlier_ratings(lot_id: int) -> Answer:
    """What was found about the bids that were replaced."""
    return _page(queries.rateable_lot(lot_id, current_user))


def _page(lot: Lot, used: TakeOverForm | None = None) -> Answer:
    form = used or TakeOverForm(formdata=None)
    form.offer(queries_takeover.earlier_ratings(lot))
    page = render_template(
        "evaluation/earlier_ratings.html",
        frame=frame(lot.tender),
        lot=lot,
        form=form,
        objections=rules.objections_to_rating(queries.lot_facts(lot, queries.standing_decision(lot.id))),
    )
    return page, REFUSED if used else 200


@blueprint.post("/lots/<int:lot_id>/earlier")
def take_over(lot_id: int) -> Answer:
    """Take the chosen ones over."""
    lot, form = queries.rateable_lot(lot_id, current_user), TakeOverForm()
    form.offer(queries_takeover.earlier_ratings(lot))
    if form.validate_on_submit():
        keys = frozenset(form.cells.data or ())
        saved = form.attempt(lambda: actions_takeover.take_over(lot, keys, by=current_user))
        if saved is not None:
            words = ngettext("Eine Bewertung ist übernommen.", "%(num)s Bewertungen sind übernommen.", len(saved))
            flash(words, "success")
            return see_other(url_for("evaluation.points", lot_id=lot.id))
    return _page(lot, form)
