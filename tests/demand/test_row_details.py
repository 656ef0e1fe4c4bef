"""Pure parts of a row: dates as people write them, categories, names and kinds of files, words and marks of rows."""

from datetime import date

import pytest

from procurement.demand import rules
from procurement.demand.aggregation import RequestedArticle
from procurement.demand.attachment_kinds import (
    LARGEST_MEGABYTES,
    MEGABYTE,
    MOST_ATTACHMENTS,
    clean_name,
    objections_to_attachment,
)
from procurement.demand.entries import ItemEntry, WishEntry
from procurement.demand.grouping import by_category
from procurement.demand.start_date import read_start
from procurement.demand.wish_rules import MOST_WISHES, next_number, objections_to_wish
from procurement.values.payment import Nature
from procurement.values.quantity import Quantity


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("15.01.2027", date(2027, 1, 15)),
        (" 1.7.2027 ", date(2027, 7, 1)),
        ("01/2027", date(2027, 1, 1)),
        ("7.2027", date(2027, 7, 1)),
        ("2027-01", date(2027, 1, 1)),
        ("2027-01-15", date(2027, 1, 15)),
    ],
)
def test_a_start_is_a_day_or_a_month(typed, meant):
    assert read_start(typed) == meant


@pytest.mark.parametrize("typed", ["2027", "Januar", "31.02.2027", "13/2027", "01.27", "1.1.27"])
def test_a_start_that_could_mean_two_things_is_refused(typed):
    with pytest.raises(ValueError, match=r".*"):
        read_start(typed)


def test_categories_keep_the_order_of_the_round():
    articles = [
        RequestedArticle(number, f"1.{number}", "", "Stück", Nature.ONE_OFF, category)
        for number, category in enumerate(("B", "A", "B", ""))
    ]
    assert [(group.category, len(group.articles)) for group in by_category(articles)] == [("B", 2), ("A", 1), ("", 1)]


def test_a_row_in_words_names_everything_that_is_entered():
    entry = ItemEntry(
        1, Quantity.of(10), Quantity.of("12.5"), Quantity.of(15), "eilt", "Rathaus", date(2027, 1, 1), "11.1101", True
    )
    assert entry.in_words("Lizenz") == (
        "mindestens 10, erwartet 12,5, höchstens 15 Lizenz; Bemerkung: eilt; Standort: Rathaus; ab 01.01.2027; "
        "Haushaltsstelle: 11.1101; aus dem Vorjahr übernommen"
    )
    assert ItemEntry(1).in_words("Lizenz") == ""


def test_the_mark_of_a_row_tells_its_state_and_not_where_it_came_from():
    row = ItemEntry(1, Quantity.of(1), Quantity.of(1), Quantity.of(1))
    assert row.mark == ItemEntry(2, Quantity.of(1), Quantity.of(1), Quantity.of(1), is_taken_over=True).mark
    assert row.mark != ItemEntry(1, Quantity.of(1), Quantity.of(1), Quantity.of(1), "eilt").mark
    assert ItemEntry(1).mark == ItemEntry(7).mark != row.mark


def test_texts_of_a_row_have_a_length_and_a_start_a_sensible_year():
    entry = ItemEntry(
        7, Quantity.of(1), Quantity.of(1), Quantity.of(1), "n" * 1001, "s" * 201, date(1927, 1, 1), "h" * 61
    )
    found = {objection.field: objection.text for objection in rules.objections_to_items([entry], {7: "Cluster"})}
    assert set(found) == {"note-7", "site-7", "start_on-7", "budget_account-7"}
    assert found["budget_account-7"] == "Die Haushaltsstelle für „Cluster“ darf höchstens 60 Zeichen haben."
    assert found["start_on-7"] == "Der Beginn für „Cluster“ liegt außerhalb der Jahre 2000 bis 2099."


def test_a_row_with_only_a_site_asks_for_the_quantity():
    entry = ItemEntry(7, site="Rathaus")
    assert not entry.is_blank
    assert [o.field for o in rules.objections_to_items([entry], {7: "Cluster"})] == ["expected-7"]


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("C:\\Users\\ada\\Plan Rathaus.PDF", "Plan Rathaus.pdf"),
        ("../../etc/passwd.txt", "passwd.txt"),
        ("Angebot\n\tneu;<b>.csv", "Angebot neu__b_.csv"),
        (".txt", "txt"),
        ("Übersicht (2).xlsx", "Übersicht (2).xlsx"),
    ],
)
def test_names_of_files_are_cleaned(given, kept):
    assert clean_name(given) == kept


def test_a_file_is_taken_by_ending_and_beginning():
    assert not objections_to_attachment("plan.pdf", b"%PDF-1.7", already=0)
    assert not objections_to_attachment("liste.csv", "Müller;3".encode("cp1252"), already=0)


@pytest.mark.parametrize(
    ("name", "content", "already", "sentence"),
    [
        ("", b"x", 0, "Bitte eine Datei wählen."),
        ("virus.exe", b"MZ", 0, "„virus.exe“ wird nicht angenommen."),
        ("plan.pdf", b"", 0, "ist leer"),
        ("plan.pdf", b"MZ", 0, "passt nicht zur Endung .pdf"),
        ("liste.txt", b"\0\1", 0, "passt nicht zur Endung .txt"),
        ("plan.txt", b"x" * (LARGEST_MEGABYTES * MEGABYTE + 1), 0, "größer als 10 MB"),
        ("plan.txt", b"x", MOST_ATTACHMENTS, "Es sind schon 30 Anlagen vorhanden."),
    ],
)
def test_every_other_file_is_refused_with_a_sentence(name, content, already, sentence):
    (objection,) = objections_to_attachment(name, content, already=already)
    assert sentence in objection.text
    assert objection.field == "file"


def test_wishes_are_numbered_on_per_member():
    assert next_number("05566036", []) == "W-05566036-1"
    assert next_number("05566036", ["W-05566036-1", "W-05566036-9"]) == "W-05566036-10"


def test_a_wish_needs_words_a_unit_and_a_quantity():
    assert {o.field for o in objections_to_wish(WishEntry("", "", Quantity.of(0)))} == {"title", "unit", "expected"}
    assert not objections_to_wish(WishEntry("Schulung", "Tag", Quantity.of("0.5")))
    assert not objections_to_wish(WishEntry("Schulung", "Tag"), with_quantity=False)
    assert (
        "fassen Sie zusammen" in objections_to_wish(WishEntry("S", "Tag", Quantity.of(1)), already=MOST_WISHES)[0].text
    )
    assert [o.field for o in objections_to_wish(WishEntry("x" * 301, "Tag", Quantity.of(1)))] == ["title"]
