"""The page of one criterion's scale."""

from flask import url_for
from flask_babel import gettext as _
from flask_login import current_user

from procurement.core.db import existing
from procurement.tenders import actions_scales, queries
from procurement.tenders.criteria_scales import scale_of
from procurement.tenders.forms_scales import EVERY_POINT, ScaleForm, scale_form
from procurement.tenders.models import AwardCriterion
from procurement.tenders.routes import REFUSED, Answer, blueprint, done, page


def _criterion(award_criterion_id: int) -> AwardCriterion:
    found = existing(AwardCriterion, award_criterion_id)
    queries.tender_for(current_user, found.tender_id)
    return found


def _page(criterion: AwardCriterion, form: ScaleForm, status: int = 200) -> Answer:
    back = url_for("tenders.criteria", tender_id=criterion.tender_id)
    values = {"criterion": criterion, "form": form, "every_point": EVERY_POINT, "back": back}
    return page("scale", criterion.tender, status, **values)


@blueprint.get("/criterion/<int:award_criterion_id>/scale")
def scale(award_criterion_id: int) -> Answer:
    """How points come about for one criterion."""
    criterion = _criterion(award_criterion_id)
    return _page(criterion, scale_form(criterion.tender, scale_of(criterion.scale), formdata=None))


@blueprint.post("/criterion/<int:award_criterion_id>/scale")
def set_scale(award_criterion_id: int) -> Answer:
    """Store it."""
    criterion = _criterion(award_criterion_id)
    form = scale_form(criterion.tender, scale_of(criterion.scale))
    if form.validate_on_submit():
        typed, seen = form.scale(), form.seen_version()
        if form.attempt(lambda: actions_scales.set_scale(criterion, typed, by=current_user, seen_version=seen)):
            return done(_("Die Bewertungsskala ist gespeichert."), "criteria", criterion.tender_id)
    return _page(criterion, form, REFUSED)
