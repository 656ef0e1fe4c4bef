"""Fonts: tabular figures, a fallback for what Fira Sans lacks, and nothing that could hide or print as a box."""

import importlib.util

import pytest
from reportlab.pdfbase.pdfmetrics import stringWidth

from procurement.documents.fonts import BOLD, FALLBACK, REGULAR, Run, legible, register_fonts, runs, text_width


@pytest.fixture(autouse=True, scope="module")
def _registered():
    register_fonts()


def test_all_figures_and_the_minus_sign_have_one_width_also_in_bold():
    widths = {stringWidth(figure, font, 10) for figure in "0123456789−" for font in (REGULAR, BOLD)}
    assert len(widths) == 1


def test_plain_text_is_one_run():
    assert runs("Müller & Söhne „§ 60“ 1.234,56 €", BOLD) == (Run(BOLD, "Müller & Söhne „§ 60“ 1.234,56 €"),)


def test_nothing_has_no_run():
    assert runs("", REGULAR) == ()


def test_a_tick_is_set_in_the_fallback_font():
    assert runs("stimmt ✓ ja", REGULAR) == (Run(REGULAR, "stimmt "), Run(FALLBACK, "✓"), Run(REGULAR, " ja"))


@pytest.mark.parametrize("text", ["ООО Сеть", "Ελλάς", "Łódź", "ǅ", "▼ ⚠ ✗"])
def test_foreign_letters_are_kept_as_they_are(text):
    assert legible(text) == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Firma 😀", "Firma [U+1F600]"),
        ("gut\u202eesöb", "gut[U+202E]esöb"),
        ("null\u200bbreit", "null[U+200B]breit"),
        ("漢", "[U+6F22]"),
        ("a\x00b", "a[U+0000]b"),
        ("\ue000", "[U+E000]"),
    ],
)
def test_what_cannot_be_seen_is_spelled_out(text, shown):
    assert legible(text) == shown


def test_letters_are_composed_and_spaces_made_plain():
    assert legible("u\u0308ber\tden\u2009Zaun\r\nweg\u00adwerfen 5\u202f€") == "über den Zaun\nwegwerfen 5\u00a0€"


def test_width_adds_the_runs():
    assert text_width("✓1", REGULAR, 10) == stringWidth("✓", FALLBACK, 10) + stringWidth("1", REGULAR, 10)


def test_the_accelerator_of_reportlab_is_installed():
    assert importlib.util.find_spec("_rl_accel")
