"""CPV codes: a search that answers while typing, suggestions for form fields, and reading in the official list."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from procurement.catalogue import actions_cpv, queries, queries_cpv
from procurement.catalogue.forms_cpv import ListForm
from procurement.catalogue.routes import Answer, blueprint
from procurement.core.fragments import is_fragment, see_other
from procurement.members.import_rows import objections_to_applying
from procurement.members.kinds_import import ImportKind
from procurement.members.queries_import import imported_file

SHOWN_ROWS = 200
MOST_SUGGESTIONS = 8


@blueprint.get("/cpv")
def cpv() -> str:
    """The search; htmx gets the results alone."""
    typed = request.args.get("q", "").strip()
    found = queries.search_cpv(typed)
    if is_fragment():
        return render_template("catalogue/_cpv_results.html", typed=typed, found=found)
    return render_template("catalogue/cpv.html", typed=typed, found=found, count=queries.cpv_count())


@blueprint.get("/cpv/suggestions")
def suggest_cpv() -> Answer:
    """The list below a form field; a plain request goes on to the search, which does the same."""
    typed = request.args.get("cpv", "").strip()
    if not is_fragment():
        return redirect(url_for("catalogue.cpv", q=typed))
    return render_template("catalogue/_cpv_suggestions.html", found=queries.search_cpv(typed, MOST_SUGGESTIONS))


@blueprint.get("/cpv/import")
def import_cpv() -> str:
    """Where the official list is chosen."""
    return render_template("catalogue/cpv_import.html", form=ListForm(formdata=None), count=queries.cpv_count())


@blueprint.post("/cpv/import")
def receive_cpv() -> Answer:
    """Keep an uploaded list and show what it would change."""
    form = ListForm()
    if form.validate_on_submit():
        content, filename = form.content_and_name()
        kept = form.attempt(lambda: actions_cpv.receive_list(content, filename, by=current_user))
        if kept is not None:
            return see_other(url_for("catalogue.preview_cpv", imported_id=kept.id))
    return render_template("catalogue/cpv_import.html", form=form, count=queries.cpv_count()), 422


@blueprint.get("/cpv/import/<int:imported_id>")
def preview_cpv(imported_id: int) -> str:
    """What the list would change; nothing is stored yet."""
    imported = imported_file(imported_id, ImportKind.CPV)
    preview = queries_cpv.preview_list(imported)
    return render_template(
        "catalogue/cpv_preview.html",
        imported=imported,
        preview=preview,
        rows=preview.first_rows(SHOWN_ROWS),
        objections=objections_to_applying(preview),
    )


@blueprint.post("/cpv/import/<int:imported_id>")
def apply_cpv(imported_id: int) -> Answer:
    """Add the new codes and change the labels that the preview showed."""
    taken = actions_cpv.apply_list(imported_file(imported_id, ImportKind.CPV), by=current_user)
    flash(_("%(count)s CPV-Codes sind aufgenommen oder geändert.", count=taken), "success")
    return see_other(url_for("catalogue.cpv"))
