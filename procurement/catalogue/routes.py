"""Pages of the catalogue: the list by category, one article to keep, loading the starting catalogue."""

from flask import Blueprint, flash, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from procurement.audit.queries import history_of
from procurement.catalogue import actions, queries
from procurement.catalogue.forms import CatalogueArticleForm, CatalogueFilterForm
from procurement.catalogue.models import CatalogueArticle
from procurement.core.fragments import see_other

blueprint = Blueprint("catalogue", __name__, url_prefix="/catalogue")

Answer = str | Response | tuple[str, int]


@blueprint.get("/")
def index() -> str:
    """The articles by category, filtered."""
    form = CatalogueFilterForm(request.args)
    form.offer(queries.categories())
    found = queries.articles(form.wanted())
    return render_template(
        "catalogue/index.html",
        filter=form,
        categories=queries.by_category(found),
        count=len(found),
        codes=queries.cpv_entries(article.cpv for article in found),
        is_empty=queries.is_empty(),
    )


@blueprint.post("/starting-catalogue")
def set_up() -> Answer:
    """Load the starting catalogue."""
    count = actions.set_up_catalogue(by=current_user)
    flash(_("Der Startkatalog mit %(count)s Artikeln ist geladen.", count=count), "success")
    return see_other(url_for("catalogue.index"))


@blueprint.get("/new")
def new() -> str:
    """The form of a new article."""
    return _edit_page(None, CatalogueArticleForm())


@blueprint.post("/new")
def create() -> Answer:
    """Take an article into the catalogue."""
    form = CatalogueArticleForm()
    if form.validate_on_submit():
        made = form.attempt(lambda: actions.add_article(form.entry(), by=current_user))
        if made is not None:
            flash(_("Artikel %(label)s ist im Katalog.", label=made.audit_label), "success")
            return see_other(url_for("catalogue.index", category=made.category_code))
    return _edit_page(None, form), 422


@blueprint.get("/<int:article_id>")
def edit(article_id: int) -> str:
    """The article as a form."""
    article = queries.article(article_id)
    form = CatalogueArticleForm(obj=article)
    known = queries.cpv_entries([article.cpv]).get(article.cpv)
    if known is not None:
        form.cpv.data = known.written
    return _edit_page(article, form)


def _edit_page(article: CatalogueArticle | None, form: CatalogueArticleForm) -> str:
    entries = history_of("catalogue_article", article.id) if article else []
    return render_template("catalogue/edit.html", article=article, form=form, entries=entries)


@blueprint.post("/<int:article_id>")
def update(article_id: int) -> Answer:
    """Save the article."""
    article, form = queries.article(article_id), CatalogueArticleForm()
    if form.validate_on_submit():
        seen = form.seen_version()
        changed = form.attempt(
            lambda: actions.change_article(article, form.entry(), by=current_user, seen_version=seen)
        )
        if changed is not None:
            flash(_("Artikel %(label)s ist gespeichert.", label=changed.audit_label), "success")
            return see_other(url_for("catalogue.index", category=changed.category_code))
    return _edit_page(article, form), 422


@blueprint.post("/<int:article_id>/active")
def set_active(article_id: int) -> Answer:
    """Take an article out of use, or back into it."""
    article = queries.article(article_id)
    seen = request.form.get("version", type=int)
    actions.set_active(article, active=request.form.get("active") == "1", by=current_user, seen_version=seen)
    return see_other(url_for("catalogue.edit", article_id=article_id))
