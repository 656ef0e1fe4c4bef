"""Reading the announced rules on several lots, for the page, the publication and the award."""

from procurement.core.db import db
from procurement.tenders.freeze import FrozenLotRules
from procurement.tenders.lot_rules import LotRules
from procurement.tenders.models_lot_rules import AnnouncedLotRules


def lot_rules_of(tender_id: int) -> LotRules | None:
    """The announced rules; ``None`` where every lot stands for itself."""
    found = db.session.get(AnnouncedLotRules, tender_id)
    return found.rules if found else None


def frozen_lot_rules(tender_id: int) -> FrozenLotRules | None:
    """The rules as publication freezes them."""
    rules = lot_rules_of(tender_id)
    if rules is None:
        return None
    return FrozenLotRules(
        bid_limit=rules.bid_limit,
        award_limit=rules.award_limit,
        mode=rules.mode.value,
        objective=rules.objective.value,
        tie_rule=rules.tie_rule.value,
        combinable=rules.combinable,
        capacity=rules.capacity,
        weights={str(number): need for number, need in rules.weights.items()},
    )
