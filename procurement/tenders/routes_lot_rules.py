"""The page of the rules on several lots: what is announced, and the form while the tender is planned."""

from flask_babel import gettext as _
from flask_login import current_user

from procurement.tenders import actions_lot_rules, queries, queries_lot_rules
from procurement.tenders.forms_lot_rules import LotRulesForm, lot_rules_form
from procurement.tenders.lot_rules import EXPLANATIONS, LotMode, LotObjective, worded
from procurement.tenders.models import Tender
from procurement.tenders.routes import REFUSED, Answer, blueprint, done, page


def _lot_rules(tender: Tender, form: LotRulesForm | None = None) -> Answer:
    rules = queries_lot_rules.lot_rules_of(tender.id)
    return page(
        "lot_rules",
        tender,
        REFUSED if form else 200,
        rules=rules,
        worded=worded(rules),
        form=form or lot_rules_form(tender, rules, formdata=None),
        modes={mode: EXPLANATIONS[mode] for mode in LotMode},
        objectives={objective: EXPLANATIONS[objective] for objective in LotObjective},
    )


@blueprint.get("/<int:tender_id>/lot-rules")
def lot_rules(tender_id: int) -> Answer:
    """The rules on several lots."""
    return _lot_rules(queries.tender_for(current_user, tender_id))


@blueprint.post("/<int:tender_id>/lot-rules")
def set_lot_rules(tender_id: int) -> Answer:
    """Announce the rules."""
    tender, form = queries.tender_for(current_user, tender_id), LotRulesForm()
    if form.validate_on_submit() and form.attempt(
        lambda: actions_lot_rules.set_lot_rules(tender, form.rules(), by=current_user, seen_version=form.seen_version())
    ):
        return done(_("Die Regeln über mehrere Lose sind gespeichert."), "lot_rules", tender_id)
    return _lot_rules(tender, form)
