"""The evaluation price from its announcement to the ranking, and that nothing of it reaches the costs of members."""

import json
from datetime import timedelta
from decimal import Decimal
from fractions import Fraction

import pytest

from procurement.allocation.queries_input import awarded_lines
from procurement.allocation.queries_suggestion import suggested_entry
from procurement.bids import actions_figures
from procurement.bids.evaluation_price import OfferedRebate, OfferedSkonto
from procurement.bids.evaluation_price_sheet import price_layouts
from procurement.bids.figures_entries import FigureEntry, FiguresEntry
from procurement.bids.queries_comparison import price_comparison
from procurement.bids.queries_figures import priced_bids
from procurement.contracts.actions import conclude
from procurement.contracts.entries import ContractEntry
from procurement.core import clock
from procurement.core.errors import Conflict, Refused
from procurement.documents.comparison_of_prices import price_lines
from procurement.evaluation import queries, queries_award
from procurement.evaluation.run_input import canonical, read
from procurement.tenders import queries_publication
from procurement.tenders.price_terms import PartKind, PricePart, PriceTerms
from procurement.values.money import Money
from procurement.values.quantity import Quantity
from tests.factories import awarding
from tests.factories import evaluation as evaluate
from tests.factories import members as make
from tests.page_reading import seen_on

TERMS = PriceTerms(
    (
        PricePart("W1", "Wartung", PartKind.MAINTENANCE_MONTH, duration=48),
        PricePart("L1", "Energie", PartKind.LIFE_CYCLE, duration=3),
    ),
    rate_percent="5",
)
PRESENT_VALUE = Fraction(25_220_000, 9261)  # of 1,000.00 at the end of each of three years at 5 %


def said(maintenance: str | None, energy: str = "1000.00", **more: object) -> FiguresEntry:
    figures = [
        FigureEntry("W1", None if maintenance is None else Money.of(maintenance), "Preisblatt S. 2"),
        FigureEntry("L1", Money.of(energy), "Datenblatt S. 7"),
    ]
    return FiguresEntry(figures, **more)


def opened(**details):
    return evaluate.opened_tender(price_terms=TERMS, **details)


def test_the_announced_parts_turn_the_ranking_and_stand_in_the_run_line_by_line(context):
    tender = opened(method="lowest_price")
    lot, officer = tender.lots[0], make.officer()
    netz, kabel = evaluate.bid_of(tender, "Netz GmbH"), evaluate.bid_of(tender, "Kabel AG")
    # Netz 6,000.00 + 48 × 10.00 + NPV = 6,480.00 + NPV; Kabel 5,400.00 + 48 × 40.00 + NPV = 7,320.00 + NPV
    actions_figures.enter_figures(netz, lot, said("10.00"), by=officer)
    actions_figures.enter_figures(kabel, lot, said("40.00"), by=officer)
    run = evaluate.evaluate(lot)
    result = queries.result_of(run)
    assert [(one.rank, one.bidder) for one in result.ranked] == [(1, "Netz GmbH"), (2, "Kabel AG")]
    stored = next(one for one in read(run.input).bids if one.bid_id == netz.id)
    assert [line.amount for line in stored.price_lines] == [6000, 480, PRESENT_VALUE]
    assert stored.price == Money.of("9203.25")  # 6480 + 2723.2480…
    assert queries.proof_of(run).is_good
    assert canonical(read(run.input)) == run.input


def test_owed_are_the_positions_less_the_rebate_and_nothing_else_of_the_evaluation_price(context):
    tender = opened(method="lowest_price")
    lot, officer = tender.lots[0], make.officer()
    skonto, rebate = OfferedSkonto("3", 30), OfferedRebate(percent="1")
    for name in evaluate.TWO_BIDS:
        more = {"skonto": skonto, "skonto_source": "S. 1", "rebate": rebate, "rebate_source": "S. 1"}
        actions_figures.enter_figures(evaluate.bid_of(tender, name), lot, said("10.00", **more), by=officer)
    run = evaluate.evaluate(lot)
    # 5,400.00 + 48 × 10.00 + 2,723.248… − 54.00
    assert Money.rounded(queries.result_of(run).winner.price) == Money.of("8549.25")
    evaluate.confirmed(lot)
    awarding.awarded(tender)
    prices = queries_award.awarded_prices(tender)
    assert Money.total(price.total_net for price in prices.values()) == Money.of("5346.00")
    # 4 × 900.00 and 40 × 45.00: two thirds and one third of 54.00
    assert sorted(price.rebate_net.cents for price in prices.values()) == [1800, 3600]
    assert Money.total(line.total_net for line in awarded_lines(tender)) == Money.of("5346.00")
    blocks = {block.title: block for block in suggested_entry(tender).blocks}
    [maintenance] = blocks["Wartung"].free_amounts
    assert maintenance.amount == Money.of("120.00")
    assert maintenance.evidence == "Kabel AG, Los 1, W1 Wartung (Preis je Monat × 48 Monate), ein Jahr"
    entry = ContractEntry("V-1", "Firewalls", clock.today(), clock.today() + timedelta(days=365), None)
    contract = conclude(lot, entry, by=officer)
    assert sorted(line.unit_price_net.millionths for line in contract.lines) == [45_000_000, 900_000_000]
    # The maximum is what was awarded: 5,400.00 less 1 %; so is what a call-off counts.
    assert contract.maximum_net == Money.of("5346.00")
    assert sorted(line.price.times(Quantity.of(1)).cents for line in contract.lines) == [44_55, 891_00]


def test_a_rebate_that_leaves_nothing_to_pay_is_refused(context):
    tender = opened(method="lowest_price")
    entry = said("10.00", rebate=OfferedRebate(amount=Money.of("5400.00")), rebate_source="S. 1")
    with pytest.raises(Refused, match="kleiner als die Summe der Positionen"):
        actions_figures.enter_figures(evaluate.bid_of(tender, "Kabel AG"), tender.lots[0], entry, by=make.officer())


def test_a_bid_without_an_announced_figure_is_incomplete_and_has_no_rank(context):
    tender = opened(method="lowest_price")
    lot, officer = tender.lots[0], make.officer()
    actions_figures.enter_figures(evaluate.bid_of(tender, "Netz GmbH"), lot, said("10.00"), by=officer)
    actions_figures.enter_figures(evaluate.bid_of(tender, "Kabel AG"), lot, said(None), by=officer)
    result = queries.result_of(evaluate.evaluate(lot))
    [left_out] = result.unranked
    assert left_out.bidder == "Kabel AG"
    assert "W1 Wartung" in left_out.reason


def test_a_correction_is_a_new_version_with_a_reason_and_asks_for_a_new_run(context):
    tender = opened(method="lowest_price")
    lot, officer = tender.lots[0], make.officer()
    netz, kabel = evaluate.bid_of(tender, "Netz GmbH"), evaluate.bid_of(tender, "Kabel AG")
    actions_figures.enter_figures(kabel, lot, said("40.00"), by=officer)
    actions_figures.enter_figures(netz, lot, said("10.00"), by=officer)
    evaluate.evaluate(lot)
    with pytest.raises(Refused, match="begründen"):
        actions_figures.enter_figures(netz, lot, said("100.00"), by=officer)
    corrected = said("100.00", reason="Zahlendreher, S. 2 nennt 100,00")
    with pytest.raises(Conflict, match="Fassung 1"):
        actions_figures.enter_figures(netz, lot, corrected, by=officer, seen=0)
    assert actions_figures.enter_figures(netz, lot, corrected, by=officer, seen=1).number == 2
    assert not queries.lot_state(lot).is_current


def test_terms_are_frozen_and_a_tender_without_them_keeps_its_text(context):
    with_terms, without = opened(), evaluate.opened_tender()
    assert json.loads(with_terms.frozen_content)["price_terms"]["rate_percent"] == "5"
    assert "price_terms" not in json.loads(without.frozen_content)
    assert "price_lines" not in evaluate.evaluate(_rated(without)).input
    with_terms.price_terms = {**with_terms.price_terms, "rate_percent": "0"}
    assert queries_publication.verify_frozen(with_terms).changed == ("Bestandteile des Wertungspreises",)
    assert queries.lot_state(with_terms.lots[0]).run_facts.changed_terms == ("Bestandteile des Wertungspreises",)


def _rated(tender):
    evaluate.rate(tender.lots[0], evaluate.TWO_POINTS)
    return tender.lots[0]


def test_an_officer_enters_figures_and_every_page_shows_the_lines(saved, browser):
    with saved():
        officers = [make.officer(), make.officer()]
        tender = opened(officers=officers, method="lowest_price")
        kabel, lot = evaluate.bid_of(tender, "Kabel AG"), tender.lots[0]
        actions_figures.enter_figures(kabel, lot, said("40.00"), by=officers[0])
        tender_id, bid_id, officer_id = tender.id, evaluate.bid_of(tender, "Netz GmbH").id, officers[0].id
    client = browser(officer_id)
    page = f"/bids/bid/{bid_id}/lots/1/figures"
    assert "fehlt" in seen_on(client.get(page))
    form = {
        "rows-0-number": "W1", "rows-0-amount": "10,00", "rows-0-source": "S. 2",
        "rows-1-number": "L1", "rows-1-amount": "1.000,00", "rows-1-source": "S. 7",
        "skonto_percent": "2", "skonto_days": "14", "skonto_source": "S. 1", "version": "0",
    }  # fmt: skip
    assert client.post(page, form).status_code == 303
    for address in (f"/bids/bid/{bid_id}", f"/bids/{tender_id}/comparison"):
        words = seen_on(client.get(address))
        assert "2.723,25" in words
        assert "9.203,25" in words
    assert "nicht bekannt gemacht" in seen_on(client.get(page))
    assert client.post(page, form).status_code == 422


def test_excel_and_pdf_of_the_preisspiegel_show_every_line_too(context):
    tender = opened(method="lowest_price")
    lot, officer = tender.lots[0], make.officer()
    rebate = {"rebate": OfferedRebate(percent="1"), "rebate_source": "S. 1"}
    actions_figures.enter_figures(evaluate.bid_of(tender, "Netz GmbH"), lot, said("10.00", **rebate), by=officer)
    prices = price_comparison(tender)
    priced = priced_bids(tender, prices)
    [sheet] = price_layouts(priced, ())
    rows = {(row[2], row[3]): row[5] for row in sheet.rows}
    assert rows["Netz GmbH", "L1 Energie"] == Decimal("2723.248029")
    assert rows["Netz GmbH", "Nachlass ohne Bedingung"] == Decimal(-60)
    assert rows["Netz GmbH", "Wertungspreis"] == Money.of("9143.25")
    assert rows["Kabel AG", "Wertungspreis"] is None
    printed = {(line.bidder, line.title): line.amount for line in price_lines("1", priced)}
    assert printed["Netz GmbH", "L1 Energie"] == "2.723,25"
    assert printed["Netz GmbH", "Nachlass ohne Bedingung"] == "−60,00"
    assert printed["Kabel AG", "W1 Wartung"] == "fehlt"
    assert printed["Kabel AG", "Wertungspreis"] == "unvollständig"
    without = evaluate.opened_tender()
    assert priced_bids(without, price_comparison(without)) == []
