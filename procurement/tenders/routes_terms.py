"""Pages of what is announced besides the lots: criteria and method, deadlines, and the value behind the procedure."""

from flask import request
from flask_babel import gettext as _
from flask_login import current_user

from procurement.tenders import actions, actions_procedure, actions_publication, actions_scoring, queries, queries_terms
from procurement.tenders.criteria_table import table_of
from procurement.tenders.forms import DeadlinesForm
from procurement.tenders.forms_participation import ProcedureForm
from procurement.tenders.forms_scoring import CriteriaForm, MethodForm, criteria_form, method_form
from procurement.tenders.kinds import ProcedureType
from procurement.tenders.method import ScoringMethod
from procurement.tenders.method_guide import GUIDES
from procurement.tenders.method_warnings import UNLAWFUL_METHODS
from procurement.tenders.models import Tender
from procurement.tenders.price_terms import from_stored, worded_terms
from procurement.tenders.routes import REFUSED, Answer, blueprint, done, page
from procurement.tenders.scoring_setup import METHODS, tree_with, worded_setup


def _criteria(tender: Tender, form: CriteriaForm | None = None, method: MethodForm | None = None) -> Answer:
    """Criteria and method; a form that was refused comes back with its errors."""
    criteria = queries.criteria_of(tender.id)
    wanted = METHODS.get(request.values.get("method", tender.method or ""), ScoringMethod.SIMPLE_RATIO)
    return page(
        "criteria",
        tender,
        REFUSED if form or method else 200,
        tree=table_of(criteria, tree_with(tender.parameters, criteria)),
        criterion_ids={criterion.number: criterion.id for criterion in tender.criteria},
        criteria_form=form or criteria_form(tender, criteria),
        method_form=method or method_form(tender, wanted, formdata=None),
        form=form or method,
        chosen=wanted,
        guides=GUIDES,
        unlawful=UNLAWFUL_METHODS,
        method=METHODS.get(tender.method or ""),
        setup=worded_setup(tender.method, tender.parameters, tender.tie_rule),
        price_words=worded_terms(from_stored(tender.price_terms)),
    )


@blueprint.get("/<int:tender_id>/criteria")
def criteria(tender_id: int) -> Answer:
    """The tree of criteria with its weight points, and the method with its parameters."""
    return _criteria(queries.tender_for(current_user, tender_id))


@blueprint.post("/<int:tender_id>/criteria")
def set_criteria(tender_id: int) -> Answer:
    """Replace the tree by what the table says."""
    tender, form = queries.tender_for(current_user, tender_id), CriteriaForm()
    if form.validate_on_submit() and form.attempt(
        lambda: actions_scoring.set_criteria(tender, form.entries(), by=current_user, seen_version=form.seen_version())
    ):
        return done(_("Die Kriterien sind gespeichert."), "criteria", tender_id)
    return _criteria(tender, form=form)


@blueprint.post("/<int:tender_id>/method")
def set_method(tender_id: int) -> Answer:
    """Choose the scoring method with its parameters."""
    tender = queries.tender_for(current_user, tender_id)
    wanted = METHODS.get(request.form.get("method", ""), ScoringMethod.SIMPLE_RATIO)
    form = method_form(tender, wanted)
    if form.validate_on_submit() and form.attempt(
        lambda: actions_scoring.set_method(
            tender, wanted, form.parameters(), form.tie_rule.data, by=current_user, seen_version=form.seen_version()
        )
    ):
        return done(_("Die Wertungsmethode ist gespeichert."), "criteria", tender_id)
    return _criteria(tender, method=form)


@blueprint.get("/<int:tender_id>/deadlines")
def deadlines(tender_id: int) -> Answer:
    """Questions, bids, validity, with the minimum periods of the procedure."""
    tender = queries.tender_for(current_user, tender_id)
    return _deadlines(tender, DeadlinesForm(obj=tender))


def _deadlines(tender: Tender, form: DeadlinesForm, status: int = 200) -> Answer:
    return page("deadlines", tender, status, form=form, view=queries_terms.deadlines_view(tender))


@blueprint.post("/<int:tender_id>/deadlines")
def set_deadlines(tender_id: int) -> Answer:
    """Store the deadlines."""
    tender, form = queries.tender_for(current_user, tender_id), DeadlinesForm()
    if form.validate_on_submit() and form.attempt(
        lambda: actions.set_deadlines(tender, form.deadlines(), by=current_user, seen_version=form.seen_version())
    ):
        return done(_("Die Fristen sind gespeichert."), "deadlines", tender_id)
    return _deadlines(tender, form, REFUSED)


@blueprint.get("/<int:tender_id>/value")
def value(tender_id: int) -> Answer:
    """The estimated value against the threshold, with every version."""
    return _value(queries.tender_for(current_user, tender_id))


def _value(tender: Tender, form: ProcedureForm | None = None) -> Answer:
    """The value, and beside it the decision on the procedure while that is open."""
    stored = {"version": str(tender.version)}
    return page(
        "value",
        tender,
        REFUSED if form else 200,
        view=queries_terms.value_of(tender),
        is_undecided=tender.procedure_type is ProcedureType.UNDECIDED,
        form=form or ProcedureForm(formdata=None, data=stored),
    )


@blueprint.post("/<int:tender_id>/value")
def estimate_value(tender_id: int) -> Answer:
    """Make a new version of the estimate."""
    tender = queries.tender_for(current_user, tender_id)
    actions_publication.estimate_value(tender, by=current_user)
    return done(_("Der Auftragswert ist geschätzt."), "value", tender_id)


@blueprint.post("/<int:tender_id>/procedure")
def decide_procedure(tender_id: int) -> Answer:
    """Decide on the procedure with a short reason."""
    tender, form = queries.tender_for(current_user, tender_id), ProcedureForm()
    if form.validate_on_submit() and form.attempt(
        lambda: actions_procedure.decide_procedure(
            tender, form.procedure_type.data, form.reason.data, by=current_user, seen_version=form.seen_version()
        )
    ):
        return done(_("Die Verfahrensart ist entschieden."), "value", tender_id)
    return _value(tender, form)
