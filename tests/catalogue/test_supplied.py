"""What the product brings along is what the sources say, cell by cell, and complete."""

import csv
import re
from decimal import Decimal
from pathlib import Path

import pytest

from procurement.catalogue.queries_supplied import FOLDER, supplied_articles, supplied_codes
from procurement.catalogue.supplied import cpv_of_row
from procurement.members.sorting import german_sort_key
from procurement.values.money import UnitPrice
from procurement.values.payment import Nature, Period

SHARED = Path(__file__).resolve().parents[3] / "shared"
DIVISIONS = ("30", "32", "48", "503", "516", "64", "72", "794", "805")


def given(name: str, delimiter: str) -> list[dict[str, str]]:
    path = SHARED / name
    if not path.exists():
        pytest.skip(f"the sources are not here: {path.relative_to(SHARED.parent)} is missing")
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter=delimiter))


def price(text: str) -> UnitPrice:
    return UnitPrice.of(Decimal(text.replace(".", "").replace(",", ".")))


def test_every_article_is_the_given_one_cell_by_cell():
    rows, articles = given("domain/catalogue.csv", ";"), supplied_articles()
    assert [(a.number, a.category_code, a.category, a.title, a.unit, a.nature.label, a.cpv) for a in articles] == [
        (r["item"], r["category"], r["category_name"], r["title"], r["unit"], r["kind"], r["cpv"]) for r in rows
    ]
    assert [(a.price_from_net, a.price_to_net, a.contract_form, a.suggested_key) for a in articles] == [
        (price(r["price_net_from"]), price(r["price_net_to"]), r["contract"], r["suggested_key"]) for r in rows
    ]


def test_every_code_is_the_official_one_and_none_of_its_divisions_is_missing():
    used = {article.cpv for article in supplied_articles()}
    wanted = [
        (row["code"], row["de"])
        for row in given("data/cpv/cpv-2008-de-en.csv", ",")
        if row["code"].startswith(DIVISIONS) or row["code"][:8] in used
    ]
    assert [(entry.written, entry.label) for entry in supplied_codes()] == wanted


def test_there_are_78_articles_in_eleven_categories():
    articles = supplied_articles()
    assert len(articles) == len({article.number for article in articles}) == 78
    # seven each, but eight clients, and Fachverfahren, E-Government and the rest seven: 10 × 7 + 8
    counts = {code: sum(a.category_code == code for a in articles) for code in {a.category_code for a in articles}}
    assert sorted(counts.values()) == [7] * 10 + [8]
    assert counts["CL"] == 8


def test_the_unit_of_an_article_names_its_period():
    periods = [article.period for article in supplied_articles()]
    assert (periods.count(Period.MONTH), periods.count(Period.YEAR), periods.count(Period.NONE)) == (18, 13, 47)
    by_number = {article.number: article for article in supplied_articles()}
    assert by_number["MS-01"].period is Period.MONTH
    assert by_number["DMS-02"].period is Period.YEAR
    assert by_number["PR-04"].nature is Nature.RECURRING
    assert by_number["PR-04"].price_from_net == UnitPrice.of("0.003")


def test_every_code_has_eight_digits_a_check_digit_and_a_label():
    entries = supplied_codes()
    assert len(entries) == len({entry.code for entry in entries})
    assert all(re.fullmatch(r"[0-9]{8}-[0-9]", entry.written) and entry.label.strip() for entry in entries)
    assert {entry.code[:2] for entry in entries} == {"30", "31", "32", "48", "50", "51", "64", "72", "79", "80"}


def test_the_number_of_codes_per_division_is_that_of_the_official_list():
    # counted with grep -c in the official list: 401 codes begin with 30, and so on; two more are used by articles
    lines = (FOLDER / "cpv_it.csv").read_text(encoding="utf-8").splitlines()[1:]
    counts = {start: sum(line.startswith(start) for line in lines) for start in DIVISIONS}
    assert counts == {
        "30": 401, "32": 226, "48": 198, "503": 60, "516": 8, "64": 55, "72": 252, "794": 21, "805": 24,
    }  # fmt: skip
    assert len(lines) == sum(counts.values()) + 2


def test_every_article_has_a_code_with_a_label():
    labels = {entry.code: entry.label for entry in supplied_codes()}
    assert {article.cpv for article in supplied_articles()} <= set(labels)
    assert labels["31154000"] == "Unterbrechungsfreie Stromversorgung"


def test_a_row_without_check_digit_is_refused():
    with pytest.raises(ValueError, match="32420000"):
        cpv_of_row({"code": "32420000", "label": "Netzausrüstung"})


def test_labels_are_found_without_umlauts():
    assert german_sort_key("Maßnahmen für Büros") == "massnahmen fur buros"
