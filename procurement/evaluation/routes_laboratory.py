"""The formula laboratory of a planned tender: trying changes nothing, choosing puts the whole comparison on file.

From the publication on the laboratory is closed: what other methods would have made of the bids must not be asked any
more. What was put on file before stays readable.
"""

from dataclasses import dataclass

from flask import flash, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.datastructures import MultiDict

from procurement.core.fragments import is_fragment, see_other
from procurement.evaluation import actions_laboratory, queries_laboratory
from procurement.evaluation.forms_laboratory import ChoiceForm, LaboratoryForm, laboratory_form, surplus_rows
from procurement.evaluation.laboratory_comparison import Comparison, Experiment, comparison_of, outcomes_of
from procurement.evaluation.laboratory_picture import CurvePicture, curve_picture
from procurement.evaluation.laboratory_rules import objections_to_experiment
from procurement.evaluation.queries_laboratory import Start
from procurement.evaluation.routes import Answer, blueprint, frame
from procurement.tenders import queries as tenders
from procurement.tenders import rules
from procurement.tenders.method_warnings import UNLAWFUL_METHODS
from procurement.tenders.models import Tender
from procurement.values.objection import Objection

REFUSED = 422


@dataclass(frozen=True, slots=True)
class Trial:
    """What is on the bench: the form, what it makes, or why it makes nothing yet."""

    start: Start
    form: LaboratoryForm
    experiment: Experiment | None
    objections: list[Objection]
    comparison: Comparison | None = None
    picture: CurvePicture | None = None


def _trial(tender: Tender, typed: MultiDict[str, str]) -> Trial:
    start = queries_laboratory.start_of(tender)
    form = laboratory_form(start, tender.tie_rule, typed)
    if "seed" in typed and not form.validate():
        return Trial(start, form, None, [])
    unread = [
        Objection(_("Zeile %(row)s: Bitte Leistungspunkte und Preis angeben.", row=n)) for n in form.unread_bids()
    ]
    experiment = form.experiment(start.max_points)
    objections = surplus_rows(typed) + unread + objections_to_experiment(experiment)
    if objections:
        return Trial(start, form, experiment, objections)
    outcomes = outcomes_of(experiment)
    through = experiment.bids[form.through_place()]
    picture = curve_picture(outcomes, experiment.bids, through, experiment.max_points)
    return Trial(start, form, experiment, [], comparison_of(experiment, outcomes), picture)


def _page(tender: Tender, trial: Trial | None, choice: ChoiceForm, status: int = 200) -> Answer:
    return render_template(
        "evaluation/laboratory.html",
        frame=frame(tender, "tenders.criteria"),
        tender=tender,
        trial=trial,
        form=choice,
        choices=queries_laboratory.choices_of(tender),
        unlawful=UNLAWFUL_METHODS,
    ), status


@blueprint.get("/<int:tender_id>/laboratory")
def laboratory(tender_id: int) -> Answer:
    """Hypothetical bids under several methods side by side; only the choices on file once the tender is published."""
    tender = tenders.tender_for(current_user, tender_id)
    trial = None if rules.objections_to_changing(tender) else _trial(tender, request.args)
    return _page(tender, trial, ChoiceForm(formdata=None, data={"version": str(tender.version)}))


@blueprint.post("/<int:tender_id>/laboratory")
def choose_method(tender_id: int) -> Answer:
    """Put the comparison on file with the chosen method and the reason."""
    tender, choice = tenders.tender_for(current_user, tender_id), ChoiceForm()
    if rules.objections_to_changing(tender):
        return _page(tender, None, choice, REFUSED)
    trial = _trial(tender, request.form)
    experiment, chosen, reason = trial.experiment, choice.chosen.data, choice.reason.data or ""
    seen = choice.seen_version()
    if experiment is not None and choice.validate_on_submit():
        made = choice.attempt(
            lambda: actions_laboratory.choose_method(
                tender, experiment, chosen, reason, by=current_user, seen_version=seen
            )
        )
        if made is not None:
            flash(_("Die Wertungsmethode ist übernommen, Vergleich und Begründung sind in der Akte."), "success")
            return see_other(url_for("tenders.criteria", tender_id=tender_id))
    return _page(tender, trial, choice, choice.status)


@blueprint.get("/method-choices/<int:choice_id>")
def method_choice(choice_id: int) -> Answer:
    """One choice as it was put on file; nothing is calculated."""
    choice = queries_laboratory.choice_for(current_user, choice_id)
    return render_template(
        "evaluation/method_choice.html",
        frame=frame(choice.tender, "tenders.criteria"),
        tender=choice.tender,
        shown=queries_laboratory.shown(choice),
        choice=choice,
        comparison=queries_laboratory.comparison_of(choice),
    )


@blueprint.get("/<int:tender_id>/method-choices")
def method_choices(tender_id: int) -> Answer:
    """The latest choice in short, for the pages of criteria and publication; as a page of its own without htmx."""
    tender = tenders.tender_for(current_user, tender_id)
    choices = queries_laboratory.choices_of(tender)
    if is_fragment():
        return render_template("evaluation/_method_choice.html", tender=tender, choices=choices)
    return render_template(
        "evaluation/method_choices.html", frame=frame(tender, "tenders.criteria"), tender=tender, choices=choices
    )
