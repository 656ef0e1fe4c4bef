"""Members out of a table: new ones with their figure, known ones compared and left as they are."""

import csv
from datetime import date
from pathlib import Path

import pytest

from procurement.members.import_members import HEADINGS, Inhabitants, MemberRow, StoredMember, preview_of_members
from procurement.members.import_table import table_in, titles_of
from procurement.members.kinds import MemberKind, PopulationBasis
from procurement.members.kinds_import import RowState
from procurement.members.queries_import import CARRIED_MEMBERS
from tests.examples.sheets import sheet_of

DAY = date(2024, 12, 31)
TODAY = date(2026, 11, 23)
AHAUS = ("05554004", "Ahaus", "Stadt", "Borken", 40176, "31.12.2024", "Destatis GV", "Zensus 2022")
STORED = StoredMember("Ahaus", MemberKind.MUNICIPALITY, "Borken", {DAY: frozenset({40176})})


def preview(*rows, known=None):
    table = table_in(sheet_of(tuple(titles_of(HEADINGS)), *rows), HEADINGS, 50)
    return preview_of_members(table, known or {}, TODAY)


def test_a_new_member_comes_with_its_dated_figure():
    assert preview(AHAUS).entries(RowState.NEW) == [
        MemberRow(
            "05554004",
            "Ahaus",
            MemberKind.MUNICIPALITY,
            "Borken",
            Inhabitants(40176, DAY, "Destatis GV", "Zensus 2022"),
        )
    ]


def test_a_figure_without_its_day_is_left_out_and_that_is_said():
    (row,) = preview(("03459004", "Bad Iburg", "Stadt", "", 10682, "", "Liste", "")).rows
    assert row.state is RowState.NEW
    assert row.entry.inhabitants is None
    assert row.remarks == ("Die Einwohnerzahl hat keinen Stichtag und wird nicht übernommen.",)


@pytest.mark.parametrize(
    ("word", "basis"),
    [
        ("Gemeinde", PopulationBasis.OWN),
        ("Kreis", PopulationBasis.DISTRICT_WITHOUT_MEMBERS),
        ("Zweckverband", PopulationBasis.NONE),
    ],
)
def test_how_a_member_counts_in_an_inhabitants_key_follows_from_its_kind(word, basis):
    (member,) = preview(("X", "Ein Mitglied", word)).entries(RowState.NEW)
    assert member.population_basis is basis


def test_a_member_that_is_the_same_is_known():
    assert preview(AHAUS, known={"05554004": STORED}).count(RowState.KNOWN) == 1


def test_what_differs_is_listed():
    other = ("05554004", "Ahaus (Westf.)", "Kreis", "Steinfurt", 40152, "31.12.2024", "Destatis GV", "")
    (row,) = preview(other, known={"05554004": STORED}).rows
    assert row.state is RowState.DIFFERENT
    assert row.remarks == (
        "Name: erfasst ist „Ahaus“, in der Datei steht „Ahaus (Westf.)“.",
        "Art: erfasst ist „Stadt oder Gemeinde“, in der Datei steht „Kreis“.",
        "Kreis: erfasst ist „Borken“, in der Datei steht „Steinfurt“.",
        "Einwohner zum 31.12.2024: 40.152 sind so nicht erfasst. Dafür gibt es „Kennzahlen einlesen“.",
    )


def test_the_same_key_twice_is_a_fault_of_the_second_row():
    (_first, second) = preview(AHAUS, AHAUS).rows
    assert [str(fault) for fault in second.faults] == ["Zelle A3: Der Schlüssel 05554004 steht schon in Zeile 2."]


def test_every_fault_of_a_row_is_named_by_its_cell():
    (row,) = preview(("", "😀", "Dorf", "", "viele", "31.12.2027", "", "")).rows
    assert [fault.reference for fault in row.faults] == ["A2", "B2", "C2", "E2", "G2", "F2"]


def test_the_list_this_product_carries_is_the_given_one_cell_by_cell():
    given = Path(__file__).resolve().parents[3] / "shared" / "domain" / "members.csv"
    if not given.exists():
        pytest.skip("the source is not here: shared/domain/members.csv is missing")
    with given.open(encoding="utf-8", newline="") as source, CARRIED_MEMBERS.open(encoding="utf-8") as carried:
        wanted, found = list(csv.DictReader(source, delimiter=";")), list(csv.DictReader(carried, delimiter=";"))
    assert [(r["Schlüssel"], r["Mitglied"], r["Art"], r["Kreis"], r["Einwohner"], r["Stichtag"]) for r in found] == [
        (r["ags"], r["name"], r["kind"], r["district"], r["inhabitants"], r["reference_date"]) for r in wanted
    ]
    dated = [r for r in found if r["Stichtag"]]
    assert {(r["Quelle"], r["Zensusbasis"]) for r in dated} == {("Destatis Gemeindeverzeichnis", "Zensus 2022")}


def test_the_carried_list_holds_46_municipalities_whose_sums_per_district_are_known():
    with CARRIED_MEMBERS.open(encoding="utf-8") as carried:
        rows = list(csv.DictReader(carried, delimiter=";"))
    assert len(rows) == len({row["Schlüssel"] for row in rows}) == 46
    # the sums of all municipalities of a district are the district's own figures on 31.12.2024
    sums = {name: sum(int(r["Einwohner"]) for r in rows if r["Kreis"] == name) for name in ("Borken", "Steinfurt")}
    assert sums == {"Borken": 380_796, "Steinfurt": 451_712}
