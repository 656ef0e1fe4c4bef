"""Members and figures out of files: choose, look at the preview, take over."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import flash, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from procurement.core.downloads import CSV, attachment
from procurement.core.errors import NotFound
from procurement.core.fragments import see_other
from procurement.core.spreadsheets import write_csv
from procurement.members import actions_import, import_figures, import_members, queries_import
from procurement.members.forms_import import StyleForm, UploadForm
from procurement.members.import_rows import Preview, objections_to_applying
from procurement.members.import_table import titles_of
from procurement.members.kinds_import import ImportKind
from procurement.members.models_import import ImportedFile
from procurement.members.routes import Answer, blueprint
from procurement.values.number_text import NumberStyle

SHOWN_ROWS = 300
EXAMPLES = {
    ImportKind.MEMBERS: ("05554004", "Ahaus", "Stadt", "Borken", 40176, "31.12.2024", "Destatis GV", "Zensus 2022"),
    ImportKind.FIGURES: ("05554004", "Ahaus", "Clients", 430, "31.12.2025", "Eigenmeldung", ""),
}


@dataclass(frozen=True, slots=True)
class Import:
    """What differs between the two kinds of files."""

    kind: ImportKind
    titles: list[str]
    preview: Callable[[ImportedFile, NumberStyle | None], Preview[Any]]
    apply: Callable[..., int]


IMPORTS = {
    "members": Import(
        ImportKind.MEMBERS,
        titles_of(import_members.HEADINGS),
        queries_import.preview_members,
        actions_import.apply_members,
    ),
    "figures": Import(
        ImportKind.FIGURES,
        titles_of(import_figures.HEADINGS),
        queries_import.preview_figures,
        actions_import.apply_figures,
    ),
}


def _import(name: str) -> Import:
    if name not in IMPORTS:
        raise NotFound
    return IMPORTS[name]


@blueprint.get("/import")
def imports() -> str:
    """Where files of members and figures are chosen."""
    return _imports_page()


def _imports_page(used: dict[str, UploadForm] | None = None) -> str:
    """Both forms, told apart by a prefix; ``used`` is the one that was just refused."""
    forms = {name: UploadForm(formdata=None, prefix=f"{name}-") for name in IMPORTS} | (used or {})
    return render_template("members/imports.html", forms=forms, form=next(iter((used or {}).values()), None))


@blueprint.post("/import/<name>")
def receive_import(name: str) -> Answer:
    """Keep an uploaded file and show what it would change."""
    chosen, form = _import(name), UploadForm(prefix=f"{name}-")
    if form.validate_on_submit():
        content, filename = form.content_and_name()
        kept = form.attempt(lambda: actions_import.receive(chosen.kind, content, filename, by=current_user))
        if kept is not None:
            return see_other(url_for("members.preview_import", name=name, imported_id=kept.id))
    return _imports_page({name: form}), 422


@blueprint.post("/import/starting-members")
def receive_starting_members() -> Answer:
    """Show what the list of members this product carries would change."""
    content, filename = queries_import.carried_members(), queries_import.CARRIED_MEMBERS.name
    kept = actions_import.receive(ImportKind.MEMBERS, content, filename, by=current_user)
    return see_other(url_for("members.preview_import", name="members", imported_id=kept.id))


@blueprint.get("/import/<name>/<int:imported_id>")
def preview_import(name: str, imported_id: int) -> str:
    """What the file would change, row by row; nothing is stored yet."""
    chosen = _import(name)
    imported = queries_import.imported_file(imported_id, chosen.kind)
    form = StyleForm(request.args)
    preview = chosen.preview(imported, form.stated())
    return render_template(
        "members/import_preview.html",
        name=name,
        imported=imported,
        titles=chosen.titles,
        preview=preview,
        rows=preview.first_rows(SHOWN_ROWS),
        objections=objections_to_applying(preview),
        style_form=form,
    )


@blueprint.post("/import/<name>/<int:imported_id>")
def apply_import(name: str, imported_id: int) -> Answer:
    """Take over what the preview showed as new."""
    chosen = _import(name)
    imported = queries_import.imported_file(imported_id, chosen.kind)
    taken = chosen.apply(imported, by=current_user, style=StyleForm(request.form).stated())
    if chosen.kind is ImportKind.MEMBERS:
        flash(_("%(count)s Mitglieder sind aufgenommen.", count=taken), "success")
    else:
        flash(_("%(count)s Kennzahlen sind erfasst.", count=taken), "success")
    return see_other(url_for("members.index"))


@blueprint.get("/import/template/<name>.csv")
def import_template(name: str) -> Response:
    """A file with the right heads and one row as an example."""
    chosen = _import(name)
    content = write_csv([chosen.titles, EXAMPLES[chosen.kind]])
    return attachment(content, f"vorlage-{chosen.kind.label.casefold()}.csv", CSV)
