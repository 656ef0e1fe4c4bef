"""The life of one row of a demand: every old and new value, who, when, and why."""

from flask import render_template
from flask_login import current_user

from procurement.core.errors import NotFound
from procurement.demand import queries, queries_answers
from procurement.demand.queries_history import steps_of_item
from procurement.demand.routes import blueprint


@blueprint.get("/<int:round_id>/<int:member_id>/articles/<int:article_id>/history")
def item_history(round_id: int, member_id: int, article_id: int) -> str:
    """What happened to this member's quantities of one article."""
    demand = queries.demand_for(current_user, round_id, member_id)
    article = next((a for a in queries_answers.articles_for(demand) if a.article_id == article_id), None)
    if article is None:
        raise NotFound
    return render_template(
        "demand/item_history.html",
        demand=demand,
        round=demand.round,
        article=article,
        steps=list(reversed(steps_of_item(demand, article.number))),
    )
