"""Putting the choice of a scoring method on file: the method goes into the tender, the comparison into the record."""

from procurement.audit.actions import record
from procurement.audit.actor import Actor
from procurement.audit.events import Event
from procurement.core import clock
from procurement.core.db import db
from procurement.core.errors import refuse_if
from procurement.evaluation import queries_laboratory
from procurement.evaluation.laboratory_comparison import (
    Comparison,
    Experiment,
    VariantEntry,
    comparison_of,
    outcomes_of,
)
from procurement.evaluation.laboratory_record import canonical
from procurement.evaluation.laboratory_rules import objections_to_choosing, objections_to_experiment
from procurement.evaluation.models_laboratory import MethodChoice
from procurement.evaluation.queries_laboratory import attainable_points
from procurement.evaluation.run_input import hash_of
from procurement.tenders import rules
from procurement.tenders.actions_scoring import set_method
from procurement.tenders.method import ROUNDING
from procurement.tenders.models import Tender
from procurement.tenders.scoring_setup import TIE_PARAMETERS, TREE_PARAMETERS

KEPT = (*TREE_PARAMETERS, *TIE_PARAMETERS, *ROUNDING)


def choose_method(
    tender: Tender,
    experiment: Experiment,
    chosen: int | None,
    reason: str,
    *,
    by: Actor,
    seen_version: int | None = None,
) -> MethodChoice:
    """Take over the chosen variant (numbered from 1) and keep the whole comparison with the reason.

    Everything is calculated again from the tried bids, so that the file holds what follows from them and nothing else.
    """
    refuse_if(rules.objections_to_changing(tender) or objections_to_experiment(experiment))
    comparison = comparison_of(experiment, outcomes_of(experiment))
    refuse_if(objections_to_choosing(comparison, chosen, reason, attainable_points(tender.parameters)))
    place = chosen or 1
    entry = experiment.variants[place - 1]
    set_method(tender, entry.method, _kept(tender, entry), experiment.tie_rule, by=by, seen_version=seen_version)
    choice = _put_on_file(tender, comparison, place, reason.strip(), by=by)
    changes = {
        "Verfahren": entry.method.label,
        "Verglichen": ", ".join(column.label for column in comparison.columns),
        "Begründung": choice.reason,
        "Startwert der Zufallssätze": str(comparison.seed),
        "Prüfsumme des Vergleichs": choice.comparison_hash,
    }
    record(Event.METHOD_CHOSEN, choice, by=by, changes=changes, tender_id=tender.id)
    return choice


def _put_on_file(tender: Tender, comparison: Comparison, place: int, reason: str, *, by: Actor) -> MethodChoice:
    """Keep the comparison beside what the tender says now."""
    text = canonical(comparison)
    choice = MethodChoice(
        tender=tender,
        number=queries_laboratory.next_number(tender),
        method=tender.method or "",
        parameters=dict(tender.parameters),
        tie_rule=tender.tie_rule,
        chosen_column=place,
        comparison=text,
        comparison_hash=hash_of(text),
        reason=reason,
        chosen_by_id=by.id,
        chosen_at=clock.now(),
    )
    db.session.add(choice)
    db.session.flush()
    return choice


def _kept(tender: Tender, entry: VariantEntry) -> dict[str, str]:
    """The variant's parameters; what concerns the criteria tree stays as the tender has it."""
    own = {name: str(tender.parameters[name]) for name in KEPT if tender.parameters.get(name)}
    return {name: text for name, text in entry.parameters.items() if name not in (*KEPT, "max_points")} | own
