"""Saving as you go: changed rows come in one by one and the answer says what became of each of them, as JSON."""

from collections.abc import Iterable
from typing import Any

from flask import jsonify, render_template, request
from flask_login import current_user
from werkzeug.wrappers import Response

from procurement.audit.queries import history_of
from procurement.core import clock
from procurement.core.errors import ProcurementError
from procurement.demand import actions_items, queries, queries_answers
from procurement.demand.aggregation import RequestedArticle
from procurement.demand.completeness import completeness
from procurement.demand.entries import ItemEntry
from procurement.demand.forms_grid import grid_form
from procurement.demand.models import Demand
from procurement.demand.queries_forecast import forecast_of
from procurement.demand.routes import blueprint


@blueprint.post("/<int:round_id>/<int:member_id>/autosave")
def autosave(round_id: int, member_id: int) -> Response | tuple[Response, int]:
    """Save the rows that came; refused and conflicting ones are named in the answer, the others are stored."""
    demand = queries.demand_for(current_user, round_id, member_id)
    sent = [a for a in queries_answers.articles_for(demand) if f"expected-{a.article_id}" in request.form]
    form = grid_form(sent, queries_answers.entries_of(demand))
    form.validate()
    seen = {a.article_id: request.form.get(f"seen-{a.article_id}", "") for a in sent}
    try:
        saved = actions_items.save_rows(
            demand, form.entries(), by=current_user, seen_version=form.seen_version() or 0, seen=seen
        )
    except ProcurementError as refusal:
        return jsonify(messages=[objection.text for objection in refusal.objections]), refusal.status
    fields = form.objections()
    for objection in saved.objections:
        fields.setdefault(objection.field or "", []).append(objection.text)
    conflicts = [article for article in sent if article.article_id in saved.conflicts]
    return jsonify(fields=fields, conflicts=_conflicts(demand, conflicts), **_state(demand, sent))


def _state(demand: Demand, sent: Iterable[RequestedArticle]) -> dict[str, Any]:
    """How things stand after the save: version, time, the sent rows as stored, and the forecast as a piece of page."""
    articles, items = queries_answers.articles_for(demand), queries_answers.entries_of(demand)
    stored = {a.article_id: items.get(a.article_id, ItemEntry(a.article_id)) for a in sent}
    return {
        "version": demand.version,
        "saved_at": f"{clock.in_berlin(clock.now()):%H:%M}",
        "rows": {key: {"mark": item.mark, "is_taken_over": item.is_taken_over} for key, item in stored.items()},
        "forecast": render_template(
            "demand/_forecast.html", complete=completeness(articles, items), forecast=forecast_of(demand)
        ),
    }


def _conflicts(demand: Demand, articles: list[RequestedArticle]) -> list[dict[str, Any]]:
    """What is stored of the rows somebody else changed meanwhile, in words and as it would stand in the cells."""
    if not articles:
        return []
    items = queries_answers.entries_of(demand)
    form = grid_form(articles, items, typed=False)
    latest = history_of("demand", demand.id, 1)
    found = []
    for article in articles:
        item = items.get(article.article_id, ItemEntry(article.article_id))
        found.append(
            {
                "article": article.article_id,
                "who": latest[0].who if latest else "",
                "at": f"{clock.in_berlin(latest[0].at):%H:%M}" if latest else "",
                "stored": item.in_words(article.unit),
                "mark": item.mark,
                "cells": form.shown(article),
            }
        )
    return found
