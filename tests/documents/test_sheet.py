"""The sheet: page numbers, footers, bookmarks, watermark, and paragraphs without lonely lines."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from procurement.documents.contents import DocumentStatus
from procurement.documents.pairs import draw_pairs, draw_pairs_section
from procurement.documents.panels import draw_notice
from procurement.documents.sheet import Imprint, Sheet
from procurement.documents.typesetting import BODY
from tests.factories.documents import IDENTITY, INPUT_HASH, LETTERHEAD
from tests.pdf_reading import pages_of, reader, text_of


def a_sheet(status: DocumentStatus = DocumentStatus.FINAL, title: str = "Probe") -> Sheet:
    return Sheet(Imprint("Schriftstück", title, LETTERHEAD, replace(IDENTITY, status=status), "Stadt Velen"))


def test_every_footer_names_number_version_input_and_page_of_pages():
    sheet = a_sheet()
    sheet.break_page()
    sheet.break_page()
    pages = pages_of(sheet.save())
    assert len(pages) == 3
    for number, page in enumerate(pages, start=1):
        assert f"Seite {number} von 3" in page
        assert "KA-2026-0001 · Version 1 · Festgestellt · 23.11.2026, 10:42 Uhr" in page
        assert f"Lauf 17 · Programm 0.1.0 · Eingabe SHA-256 {INPUT_HASH}" in page


def test_the_running_header_stands_from_the_second_page_on():
    sheet = a_sheet()
    sheet.break_page()
    first, second = pages_of(sheet.save())
    assert "Schriftstück · Probe · Stadt Velen" not in first
    assert "Schriftstück · Probe · Stadt Velen" in second


def test_a_running_header_that_is_too_long_ends_with_dots():
    sheet = a_sheet(title="lang " * 60)
    sheet.break_page()
    assert "lang …" in pages_of(sheet.save())[1]


def places_of(sheet: Sheet) -> list[tuple[str, float, float]]:
    """What stands in the upper half of the first page, and where."""
    seen = []
    page = reader(sheet.save()).pages[0]
    page.extract_text(visitor_text=lambda text, _cm, at, *_: seen.append((text.strip(), round(at[4], 1), at[5])))
    return [found for found in seen if found[0] and found[2] > 400]


def test_figures_set_fast_read_the_same_and_stand_at_the_same_place_as_others():
    texts = ["1.234,56", "−20,0\u00a0%", "+3,2\u00a0%", "(5)\\", "Stück", "Сеть", "fehlt"]
    fast, plain = a_sheet(), a_sheet()
    style = fast.quick(BODY)
    for number, text in enumerate(texts):
        fast.quick_right_text(300, 600 - 20 * number, text, style)
        plain.right_text(300, 600 - 20 * number, text)
    places = places_of(fast)
    assert places == places_of(plain)
    assert [text for text, *_ in places] == [text.replace("\u00a0", " ") for text in texts]


@pytest.mark.parametrize(("status", "word"), [(DocumentStatus.DRAFT, "ENTWURF"), (DocumentStatus.REPLACED, "ERSETZT")])
def test_what_may_not_be_relied_on_says_so_across_every_page(status, word):
    sheet = a_sheet(status)
    sheet.break_page()
    assert all(word in page for page in pages_of(sheet.save()))


def test_a_final_document_has_no_watermark():
    assert "FESTGESTELLT" not in text_of(a_sheet().save())


def test_sections_are_numbered_and_bookmarked_on_their_page():
    sheet = a_sheet()
    sheet.section("Eins")
    sheet.break_page()
    sheet.section("Zwei <b>&")
    found = reader(sheet.save())
    assert [entry["/Title"] for entry in found.outline] == ["1  Eins", "2  Zwei <b>&"]
    assert [found.get_destination_page_number(entry) for entry in found.outline] == [0, 1]


def test_a_heading_is_never_left_alone_at_the_foot_of_a_page():
    sheet = a_sheet()
    sheet.skip(sheet.room - 40)
    sheet.section("Unten")
    assert sheet.page_number == 2


@pytest.mark.parametrize(("lines_of_room", "left_behind"), [(1, 0), (2, 2), (3, 3), (4, 3)])
def test_a_paragraph_of_five_lines_leaves_no_single_line_on_either_page(lines_of_room, left_behind):
    sheet = a_sheet()
    sheet.skip(sheet.room - lines_of_room * BODY.leading - 1)
    sheet.paragraph("Zeile\n" * 4 + "Zeile")
    first, second = pages_of(sheet.save())
    assert (first.count("Zeile"), second.count("Zeile")) == (left_behind, 5 - left_behind)


def test_a_paragraph_of_three_lines_stays_together():
    sheet = a_sheet()
    sheet.skip(sheet.room - 2 * BODY.leading - 1)
    sheet.paragraph("Zeile\nZeile\nZeile")
    assert [page.count("Zeile") for page in pages_of(sheet.save())] == [0, 3]


def test_pairs_without_a_value_are_left_out_and_long_values_run_over_pages():
    sheet = a_sheet()
    draw_pairs(sheet, [("Leer", ""), ("Voll", "Wort\n" * 120), ("Ein sehr langes Etikett mit vielen Wörtern", "kurz")])
    text = text_of(sheet.save())
    assert "Leer" not in text
    assert text.count("Wort\n") == 120


def test_a_section_of_pairs_moves_as_a_whole_but_a_long_one_begins_where_it_is():
    sheet = a_sheet()
    sheet.skip(sheet.room - 80)
    draw_pairs_section(sheet, "Kurz", [("Etikett", "Wert")] * 6)
    assert sheet.page_number == 2
    sheet.skip(sheet.room - 150)
    draw_pairs_section(sheet, "Lang", [("Etikett", "Wert")] * 60)
    assert sheet.bookmarks[1].page == 2


def test_a_notice_longer_than_a_page_goes_on_at_the_next():
    sheet = a_sheet()
    draw_notice(sheet, "Hinweis\n" * 90)
    assert text_of(sheet.save()).count("Hinweis") == 90


def test_documents_drawn_at_the_same_time_do_not_disturb_each_other():
    def drawn(number: int) -> bytes:
        sheet = a_sheet()
        for line in range(60):
            sheet.paragraph(f"Zeile {line} ✓ Сеть äöüß {number % 2}")
        return sheet.save()

    with ThreadPoolExecutor(4) as pool:
        files = list(pool.map(drawn, range(12)))
    assert set(files) == {drawn(0), drawn(1)}


def test_the_file_tells_its_title_author_language_and_time():
    found = reader(a_sheet().save())
    assert found.metadata is not None
    assert found.metadata.title == "Schriftstück KA-2026-0001: Probe"
    assert found.metadata.author == "Zweckverband Kommunale ADV-Anwendergemeinschaft West"
    assert found.metadata.subject == "Schriftstück, Version 1, Festgestellt"
    assert found.metadata["/CreationDate"] == "D:20261123104200+01'00'"
    assert found.trailer["/Root"]["/Lang"] == "de-DE"
    assert found.trailer["/Root"]["/ViewerPreferences"]["/DisplayDocTitle"]
