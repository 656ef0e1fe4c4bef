"""Tenders with rules over several lots: lots and bids of G13, price only, evaluated and ready to be distributed."""

from fractions import Fraction

from procurement.evaluation import actions_lot_award
from procurement.evaluation.lot_award_rules import DiscountEntry
from procurement.evaluation.models_lot_award import BidDiscount, LotAwardRun
from procurement.tenders import actions_lot_rules, actions_publication
from procurement.tenders.lot_rules import LotMode, LotRules
from procurement.tenders.models import Tender
from tests.factories import bids as bid
from tests.factories import evaluation as given
from tests.factories import members as make
from tests.factories import tenders
from tests.factories.lot_cases import G13, G13_PACKAGES
from tests.factories.tenders import Wish

LOTS = tuple((f"Los {lot}", (Wish(f"{lot}.1", f"Leistung {lot}", (1,), "150000.00"),)) for lot in "1234")
PRICES = {bidder: {f"{lot}.1": f"{price}000.00" for lot, price in of.items()} for bidder, of in G13.items()}
LIMIT_AND_REBATES = LotRules(award_limit=2, mode=LotMode.COMBINATION, combinable=((1, 2, 3, 4),))


def ready(rules: LotRules = LIMIT_AND_REBATES, lots=LOTS, officers=()) -> Tender:
    """A planned tender of G13 with these rules, ready for publication."""
    officers = list(officers) or [make.officer(), make.officer()]
    tender = tenders.ready_tender(lots, officer=officers[0], method="lowest_price")
    actions_lot_rules.set_lot_rules(tender, rules, by=officers[0])
    return tender


def evaluated(rules: LotRules = LIMIT_AND_REBATES, *, prices=None, lots=LOTS, officers=()) -> Tender:
    """The same published, with the bids of G13 opened and every lot evaluated."""
    tender = ready(rules, lots, officers)
    actions_publication.publish(tender, by=make.officer())
    bid.imported_bids(tender, prices or PRICES)
    for lot in tender.lots:
        given.evaluate(lot)
    return tender


def with_discounts(tender: Tender) -> list[BidDiscount]:
    """The packages of G13, entered from the bids."""
    return [discount(tender, one.bidder, tuple(int(lot) for lot in one.lots), one.discount) for one in G13_PACKAGES]


def discount(tender: Tender, bidder: str, lots: tuple[int, ...], share: Fraction, least: int | None = None):
    """One rebate, entered from the bid."""
    own = given.bid_of(tender, bidder)
    entry = DiscountEntry(own.id, lots, least, share, "Angebotsschreiben, Seite 2")
    return actions_lot_award.enter_discount(own, entry, by=make.officer())


def distributed(rules: LotRules = LIMIT_AND_REBATES, **details: object) -> LotAwardRun:
    """The lots of G13 with rebates, distributed by the rules."""
    tender = evaluated(rules, **details)
    with_discounts(tender)
    return actions_lot_award.determine(tender, by=make.officer())
