"""The price comparison on paper: marks, gaps, incomplete bids, and any number of bidders side by side."""

from dataclasses import replace
from functools import cache

import pytest

from procurement.documents.price_comparison import draw_price_comparison
from procurement.values.money import Money, UnitPrice
from tests.factories.bid_documents import large_lot, price_comparison, small_lot
from tests.pdf_reading import cells, fonts_of, pages_of, text_of


@cache
def small_comparison() -> str:
    return text_of(draw_price_comparison(price_comparison(small_lot())))


def test_a_position_shows_prices_totals_and_deviations_with_the_lowest_marked():
    text = small_comparison()
    # 80.00 is 20 % below the mean of 100.00 and 27.3 % below the estimate of 110.00
    assert cells("▼", "80,00", "800,00", "−20,0 %", "−27,3 %") in text
    assert cells("120,00", "1.200,00", "+20,0 %", "+9,1 %") in text
    assert cells("1.1", "Switch 48 Port", "10", "Stück", "110,00", "100,00") in text


def test_totals_name_rank_gap_and_the_incomplete_bid_without_a_total():
    text = small_comparison()
    assert cells("1", "Netzwerk Müller GmbH", "▼", "1.021,25", "–", "−10,0 %", "30,1 %") in text
    assert cells("–", "Kabel AG", "unvollständig", "–", "–", "–", "1", "1.000,00") in text
    assert "fehlt" in text
    assert (
        cells("Angebotssumme netto €", "▼", "1.021,25", "–", "−10,0 %", "1.460,00", "–", "+4,0 %", "unvollständig")
        in text
    )


def test_the_warning_of_a_large_gap_stands_in_a_notice():
    text = small_comparison()
    assert cells("⚠", "Netzwerk Müller GmbH: Abstand zum nächsten Angebot 30,1 %, mindestens 20 %") in text


def test_arithmetic_differences_are_listed():
    text = small_comparison()
    assert cells("1.1", "Kabel AG", "1.000,10", "1.000,00", "+0,10") in text


def test_the_head_names_tender_file_and_opening():
    text = small_comparison()
    assert cells("Vergabe", "V-2026-008", "Aktenzeichen", "10-32-06/2026") in text
    assert cells("Angebotsöffnung", "23.11.2026, 10:42 Uhr") in text
    assert cells("Aufgestellt", "Petra Beispiel") in text


def test_foreign_and_marked_up_bidder_names_are_printed_as_they_are():
    assert "Сеть & <b>Söhne</b>" in small_comparison()


@pytest.mark.parametrize("bidders", [1, 4, 5, 12, 20])
def test_every_bidder_and_position_appears_however_many_there_are(bidders):
    text = text_of(draw_price_comparison(price_comparison(large_lot(bidders, 30))))
    groups = text.count("Los 1 Groß: Bieter")
    assert groups <= -(-bidders // 4)
    assert text.count("1.234,5678") == bidders * 30
    assert text.count("Position 30\n") == groups
    for number in range(1, bidders + 1):
        assert f"Bieter {number}\nRang {number}\n" in text


def test_very_long_figures_make_columns_wider_instead_of_touching():
    lot = small_lot()
    price = replace(lot.positions[0].prices[0], unit_price=UnitPrice.of("1234567.123456"), total=Money(123456789012))
    wide = replace(lot.positions[0], prices=(price, *lot.positions[0].prices[1:]))
    text = text_of(draw_price_comparison(price_comparison(replace(lot, positions=(wide, lot.positions[1])))))
    assert cells("1.234.567,123456", "1.234.567.890,12") in text


def test_the_grid_repeats_its_header_on_every_page():
    pages = pages_of(draw_price_comparison(price_comparison(large_lot(4, 100))))
    grid = [page for page in pages if "Position " in page.replace("Positionen", "")]
    assert len(grid) > 4
    assert all(cells("Einzelpreis", "Gesamt") in page for page in grid)


def test_pages_grow_with_the_number_of_prices_and_nothing_else():
    small = len(pages_of(draw_price_comparison(price_comparison(large_lot(4, 100)))))
    large = len(pages_of(draw_price_comparison(price_comparison(large_lot(4, 400)))))
    assert 3 * small < large < 4 * small


def test_a_lot_without_bids_says_so_and_several_lots_are_sections():
    empty = replace(small_lot(), number="2", title="Ohne Gebot", bidders=(), positions=(), estimate=None, mean=None)
    text = text_of(draw_price_comparison(price_comparison(small_lot(), empty)))
    assert "2  Los 2: Ohne Gebot" in text
    assert "kein Angebot eingegangen" in text


def test_a_bid_that_is_complete_but_excluded_has_no_rank():
    lot = small_lot()
    excluded = replace(lot.bidders[1], rank=None, remark="ausgeschlossen nach § 57 VgV")
    changed = replace(lot, bidders=(lot.bidders[0], excluded, lot.bidders[2]))
    content = replace(price_comparison(changed), prepared=None, opened_at=None)
    text = text_of(draw_price_comparison(content))
    assert "ohne Rang" in text
    assert "ausgeschlossen nach § 57 VgV" in text.replace("\n", " ")


def test_fonts_are_embedded_and_bytes_repeat():
    content = price_comparison(small_lot(), large_lot(7, 20))
    pdf = draw_price_comparison(content)
    assert all("/FontFile2" in descriptor for descriptor in fonts_of(pdf).values())
    assert pdf == draw_price_comparison(content)
