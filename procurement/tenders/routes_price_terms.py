"""The page of the evaluation price: what counts besides the positions, and whether variants are admitted."""

from flask_babel import gettext as _
from flask_login import current_user

from procurement.tenders import actions_price_terms, queries
from procurement.tenders.forms_price_terms import PriceTermsForm, price_terms_form
from procurement.tenders.models import Tender
from procurement.tenders.price_terms import from_stored, worded_terms
from procurement.tenders.routes import REFUSED, Answer, blueprint, done, page


@blueprint.get("/<int:tender_id>/price-terms")
def price_terms(tender_id: int) -> Answer:
    """What is or will be announced about the evaluation price."""
    tender = queries.tender_for(current_user, tender_id)
    return _page(tender, price_terms_form(tender))


def _page(tender: Tender, form: PriceTermsForm, status: int = 200) -> Answer:
    words = worded_terms(from_stored(tender.price_terms))
    return page("price_terms", tender, status, form=form, price_words=words)


@blueprint.post("/<int:tender_id>/price-terms")
def set_price_terms(tender_id: int) -> Answer:
    """Store it."""
    tender, form = queries.tender_for(current_user, tender_id), PriceTermsForm()
    if form.validate_on_submit():
        terms, variants, seen = form.terms(), form.variants(), form.seen_version()
        if form.attempt(
            lambda: actions_price_terms.set_price_terms(tender, terms, variants, by=current_user, seen_version=seen)
        ):
            return done(_("Die Bestandteile des Wertungspreises sind gespeichert."), "criteria", tender_id)
    return _page(tender, form, REFUSED)
