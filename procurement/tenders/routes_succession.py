"""A new tender out of a cancelled one, and the comparison of the two."""

from flask import flash, url_for
from flask_babel import gettext as _
from flask_login import current_user

from procurement.core.fragments import see_other
from procurement.tenders import actions_succession, queries, queries_succession
from procurement.tenders.routes import Answer, blueprint, page


@blueprint.post("/<int:tender_id>/successor")
def succeed(tender_id: int) -> Answer:
    """Make the new tender."""
    made = actions_succession.succeed(queries.tender_for(current_user, tender_id), by=current_user)
    text = _("%(reference)s ist angelegt. Prüfen Sie den Vergleich, dann Fristen, Wert und Teilnahme.",
             reference=made.reference)  # fmt: skip
    flash(text, "success")
    return see_other(url_for("tenders.predecessor", tender_id=made.id))


@blueprint.get("/<int:tender_id>/predecessor")
def predecessor(tender_id: int) -> Answer:
    """What differs from the cancelled tender, and what of it is fundamental (§ 14 Abs. 4 Nr. 1 VgV)."""
    tender = queries.tender_for(current_user, tender_id)
    found = queries_succession.comparison(tender)
    return page("predecessor", tender, found=found, objections=queries_succession.objections_to_following(tender))
