"""P13: unit price × quantity counts, or the total where that was announced; the bidder is shown the correction."""

import pytest

from procurement.bids.queries_comparison import lot_figures
from procurement.core.errors import Refused
from procurement.examination import actions_price, queries_prices
from procurement.tenders import actions_publication, actions_requirements
from procurement.tenders.requirements import AnnouncedPriceBasis
from procurement.values.money import Money
from tests.factories import bids as make_bids
from tests.factories import evaluation as given
from tests.factories import members as make
from tests.factories import tenders

# Kabel AG asks 900.00 for each of 4 but wrote 3,500.00 for 3,600.00; with 40 × 45.00 that is 5,400.00 or 5,300.00.
WRITTEN = {"Kabel AG": {"FW-1": "3500.00", "FW-2": "1800.00"}}


def opened(basis):
    officer = make.officer()
    tender = tenders.ready_tender(officer=officer)
    actions_requirements.announce_price_basis(tender, basis, by=officer)
    make.officer()
    actions_publication.publish(tender, by=officer)
    make_bids.imported_bids(tender, given.TWO_BIDS, WRITTEN)
    return tender


@pytest.mark.parametrize(
    ("basis", "total"),
    [(AnnouncedPriceBasis.UNIT_PRICE, "5400.00"), (AnnouncedPriceBasis.WRITTEN_TOTAL, "5300.00")],
)
def test_p13_the_announced_rule_decides_which_figure_counts(context, basis, total):
    tender = opened(basis)
    figures = {one.bidder_name: one.ranked_total for one in lot_figures(tender.lots[0])}
    assert figures["Kabel AG"] == Money.of(total)
    assert figures["Netz GmbH"] == Money.of("6000.00")
    assert tenders.is_as_published(tender)


def test_p13_the_rule_is_fixed_by_the_publication(context):
    tender = opened(AnnouncedPriceBasis.WRITTEN_TOTAL)
    assert "written_total" in tender.frozen_content
    with pytest.raises(Refused):
        actions_requirements.announce_price_basis(tender, AnnouncedPriceBasis.UNIT_PRICE, by=make.officer())


def test_p13_the_bidder_is_told_what_was_corrected_and_by_which_rule(context):
    tender = opened(AnnouncedPriceBasis.UNIT_PRICE)
    lot, bid = tender.lots[0], given.bid_of(tender, "Kabel AG")
    found = queries_prices.corrections_of(lot, bid)
    assert [(line.number, line.written, line.recomputed) for line in found.lines] == [("FW-1", "3.500,00", "3.600,00")]
    letter = actions_price.tell_corrections(lot, bid, by=make.officer())
    assert "Position FW-1: eingetragen 3.500,00 Euro, nachgerechnet 3.600,00 Euro" in letter.text
    assert "Der Einheitspreis gilt" in letter.text
    assert letter.notice.bidder.name == "Kabel AG"
    with pytest.raises(Refused, match="schon mitgeteilt"):
        actions_price.tell_corrections(lot, bid, by=make.officer())
    with pytest.raises(Refused, match="widersprechen sich"):
        actions_price.tell_corrections(lot, given.bid_of(tender, "Netz GmbH"), by=make.officer())
