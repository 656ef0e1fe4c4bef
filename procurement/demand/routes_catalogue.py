"""Taking articles out of the catalogue into a round in preparation."""

from flask import flash, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from procurement.catalogue import queries as catalogue_queries
from procurement.catalogue.queries import CatalogueFilter
from procurement.core.fragments import see_other
from procurement.demand import actions, queries, rules
from procurement.demand.catalogue_articles import entry_of
from procurement.demand.entries import ArticleEntry
from procurement.demand.forms_catalogue import ChoiceForm
from procurement.demand.models import DemandRound
from procurement.demand.routes import Answer, blueprint


@blueprint.get("/<int:round_id>/articles/from-catalogue")
def choose_from_catalogue(round_id: int) -> str:
    """The active articles of the catalogue, filtered; those the round has already are marked."""
    return _page(queries.round_for(current_user, round_id), ChoiceForm(formdata=None))


@blueprint.post("/<int:round_id>/articles/from-catalogue")
def add_from_catalogue(round_id: int) -> Answer:
    """Take the chosen articles into the round, all or none."""
    round_, form = queries.round_for(current_user, round_id), ChoiceForm()
    form.offer(article.id for article in catalogue_queries.articles())
    if form.validate_on_submit():
        made = form.attempt(lambda: actions.add_articles(round_, _entries(form.chosen()), by=current_user))
        if made is not None:
            flash(_("%(count)s Artikel sind aus dem Katalog übernommen.", count=len(made)), "success")
            return see_other(url_for("demand.articles", round_id=round_id))
    return _page(round_, form), 422


def _entries(chosen: frozenset[int]) -> list[ArticleEntry]:
    """The chosen articles as entries, in the order of the catalogue."""
    articles = [article for article in catalogue_queries.articles() if article.id in chosen]
    codes = catalogue_queries.cpv_entries(article.cpv for article in articles)
    written = {code: entry.written for code, entry in codes.items()}
    return [entry_of(article, written.get(article.cpv, article.cpv)) for article in articles]


def _page(round_: DemandRound, form: ChoiceForm) -> str:
    wanted = CatalogueFilter(request.args.get("category", ""), request.args.get("q", ""))
    found = catalogue_queries.articles(wanted)
    return render_template(
        "demand/from_catalogue.html",
        round=round_,
        form=form,
        wanted=wanted,
        chosen=form.chosen(),
        taken={article.number for article in queries.articles_of(round_.id)},
        categories=catalogue_queries.by_category(found),
        all_categories=catalogue_queries.categories(),
        is_empty=catalogue_queries.is_empty(),
        objections=rules.objections_to_changing_articles(round_),
    )
