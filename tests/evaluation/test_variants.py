"""A variant (Nebenangebot) is a bid of its own: sealed, opened and ranked, or left out where none is admitted."""

import pytest

from procurement.bids import queries
from procurement.bids.actions import exclude_bid, register_bidder, withdraw_bid
from procurement.bids.formal_check import ExclusionGround
from procurement.core import clock
from procurement.core.errors import Refused
from procurement.evaluation import queries as evaluation
from procurement.examination.actions import record_formal
from procurement.examination.queries_bid import proposed_ground
from procurement.examination.rules import FormalEntry
from procurement.tenders import actions_price_terms, queries_publication
from procurement.tenders.price_terms import NOTHING_ANNOUNCED
from procurement.tenders.variants import Variants, objections_to_variants
from tests.factories import bids as bid
from tests.factories import evaluation as evaluate
from tests.factories import members as make
from tests.factories import tenders
from tests.page_reading import seen_on

ADMITTED = Variants(True, "Mindestens 10 Gbit/s Durchsatz")
PRICES = {"FW-1": "700.00", "FW-2": "40.00"}  # 4 × 700 + 40 × 40 = 4,400.00


def with_variant(variants):
    """Both main bids and a variant of Netz GmbH, opened."""
    tender = tenders.published_tender(variants=variants)
    for name, prices in evaluate.TWO_BIDS.items():
        bid.sealed_bid(tender, prices, name)
    variant = bid.sealed_variant(tender, PRICES)
    bid.opened(tender)
    return tender, variant


def test_an_admitted_variant_is_ranked_as_a_row_of_its_own(context):
    tender, variant = with_variant(ADMITTED)
    assert variant.audit_label == f"{tender.reference}: Angebot 3, Nebenangebot 1 zu Angebot 1"
    lot, officer = tender.lots[0], make.officer()
    evaluate.rate(lot, evaluate.TWO_POINTS)
    for number in ("K1", "K2"):
        criterion = evaluate.criterion_of(tender, number)
        evaluate.actions.give_points(lot, variant, criterion, 8, "Gleichwertig nachgewiesen", by=officer)
    result = evaluation.result_of(evaluate.evaluate(lot))
    # Z = L/P: variant 8,000/4,400 before Netz 8,600/6,000 before Kabel 6,400/5,400
    assert [(one.rank, one.bidder) for one in result.ranked] == [
        (1, "Netz GmbH, Nebenangebot 1 zu Angebot 1"),
        (2, "Netz GmbH"),
        (3, "Kabel AG"),
    ]
    assert evaluation.proof_of(evaluation.latest_run(lot)).is_good


def test_a_variant_below_the_minimum_requirements_is_noted_and_leaves_the_ranking(context):
    tender, variant = with_variant(ADMITTED)
    lot, officer = tender.lots[0], make.officer()
    ground = ExclusionGround.VARIANT_BELOW_REQUIREMENTS
    record_formal(lot, variant, FormalEntry(ground, "Durchsatz nur 8 Gbit/s"), by=officer)
    norm, text = proposed_ground(variant)
    assert (norm, text) == ("§ 57 Abs. 2 VgV", "Durchsatz nur 8 Gbit/s")
    exclude_bid(variant, norm, text, by=officer)
    evaluate.rate(lot, evaluate.TWO_POINTS)
    result = evaluation.result_of(evaluate.evaluate(lot))
    assert [one.bidder for one in result.ranked] == ["Netz GmbH", "Kabel AG"]
    assert "§ 57 Abs. 2 VgV" in result.unranked[0].reason


def test_the_page_of_a_variant_shows_what_it_has_to_meet_and_its_main_bid(saved, browser):
    with saved():
        officers = [make.officer(), make.officer()]
        tender = tenders.published_tender(variants=ADMITTED, officers=officers)
        bid.sealed_bid(tender, PRICES)
        variant = bid.sealed_variant(tender, PRICES)
        bid.opened(tender)
        officer_id, pages = officers[0].id, [f"/bids/bid/{variant.id}", f"/examination/bids/{variant.id}"]
    for page in pages:
        words = seen_on(browser(officer_id).get(page))
        assert ADMITTED.requirements in words
        assert "Neben Angebot 1 desselben Bieters" in words


def test_a_variant_that_is_not_admitted_is_recorded_and_stays_out(context):
    tender, variant = with_variant(None)
    offer = next(one for one in evaluation.offers_of(tender.lots[0]) if one.bid_id == variant.id)
    assert offer.exclusion.norm == "§ 57 Abs. 1 Nr. 6 VgV"
    assert len(evaluation.rateable_offers(tender.lots[0])) == 2


def test_one_bidder_hands_in_one_main_bid_and_any_number_of_variants(context):
    tender = tenders.published_tender(variants=ADMITTED)
    bid.sealed_bid(tender, PRICES)
    first, second = bid.sealed_variant(tender, PRICES), bid.sealed_variant(tender, PRICES)
    assert (first.variant_number, second.variant_number) == (1, 2)
    with pytest.raises(Refused, match="liegt bereits Angebot 1 vor"):
        bid.sealed_bid(tender, PRICES)
    with clock.at(first.received_at):
        withdraw_bid(first, by=make.officer())
    assert bid.sealed_variant(tender, PRICES).variant_number == 3
    assert queries.bid_of(tender.id, first.bidder_id).number == 1


def test_requirements_are_published_with_the_admission_and_frozen(context):
    tender = tenders.published_tender(variants=ADMITTED)
    content = queries_publication.content_of(tender)
    assert content.variant_requirements == ADMITTED.requirements
    with pytest.raises(Refused):
        actions_price_terms.set_price_terms(tender, NOTHING_ANNOUNCED, by=make.officer())
    tender.admits_variants = False
    assert queries_publication.verify_frozen(tender).changed == ("Mindestanforderungen an Nebenangebote",)


def test_admission_without_minimum_requirements_is_refused():
    assert "§ 35 Abs. 2 VgV" in objections_to_variants(Variants(True, " "))[0].text
    assert objections_to_variants(Variants()) == []


def test_the_receipt_names_the_variant(context):
    tender = tenders.published_tender()
    officer = make.officer()
    register_bidder(bid.BidderEntry("Solo GmbH"), by=officer)
    bid.sealed_variant(tender, PRICES, "Solo GmbH")
    [receipt] = queries.receipts(tender, officer)
    assert receipt.bidder_name == "Solo GmbH, Nebenangebot 1"
