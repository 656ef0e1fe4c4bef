"""Pages of the lineage both ways, and the building of lots."""

from flask import render_template, request
from flask_babel import gettext as _
from flask_login import current_user

from procurement.core.fragments import is_fragment
from procurement.tenders import actions_lots, lot_plan, queries, queries_lineage, queries_lots
from procurement.tenders.forms_bundling import BuildForm
from procurement.tenders.lot_plan import LotBasis
from procurement.tenders.models import Tender
from procurement.tenders.routes import REFUSED, Answer, blueprint, done, page


@blueprint.get("/<int:tender_id>/lines/<int:line_id>/lineage")
def lineage_of_line(tender_id: int, line_id: int) -> Answer:
    """Whose quantities a line is made of, each in the words and the unit of the member's own report."""
    tender = queries.tender_for(current_user, tender_id)
    line = queries.line_of(tender, line_id)
    return page("lineage_line", tender, line=line, parts=queries_lineage.parts_of_line(line_id))


@blueprint.get("/items/<int:item_id>")
def lineage_of_item(item_id: int) -> Answer:
    """In which lines a member's item went; a row for htmx, a page of its own without it."""
    lineage = queries_lineage.item_lineage(current_user, item_id)
    template = "_lineage_places" if is_fragment() else "lineage_item"
    return render_template(f"tenders/{template}.html", lineage=lineage, sees_all=queries.sees_all(current_user))


def _building(tender: Tender, form: BuildForm, status: int = 200) -> Answer:
    basis = form.basis.data if isinstance(form.basis.data, LotBasis) else LotBasis.CATEGORY
    limits = form.size_limits()
    usable = basis is not LotBasis.SIZE or not lot_plan.objections_to_limits(limits)
    planned = queries_lots.planned_lots(tender.id, basis, limits) if usable else []
    return page("build_lots", tender, status, form=form, planned=planned, basis=basis, bases=list(LotBasis))


@blueprint.get("/<int:tender_id>/lots/build")
def build_lots(tender_id: int) -> Answer:
    """The lots as they would be, by article group, region or size, before anything changes."""
    tender = queries.tender_for(current_user, tender_id)
    form = BuildForm(request.args, data={"version": tender.version}, meta={"csrf": False})
    form.version.data = str(tender.version)
    return _building(tender, form)


@blueprint.post("/<int:tender_id>/lots/build")
def build_lots_now(tender_id: int) -> Answer:
    """Build the lots as the preview showed them."""
    tender, form = queries.tender_for(current_user, tender_id), BuildForm()
    if form.validate_on_submit() and form.attempt(
        lambda: actions_lots.build_lots(
            tender, form.basis.data, form.size_limits(), by=current_user, seen_version=form.seen_version()
        )
    ):
        return done(_("Die Lose sind neu gebildet."), "lots", tender_id)
    return _building(tender, form, REFUSED)
