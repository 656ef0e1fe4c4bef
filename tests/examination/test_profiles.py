"""The order of stages: proposed from procedure and day, free only where no VgV applies, fixed once bids are open."""

from datetime import date

import pytest

from procurement.examination.profiles import (
    BIDS_FIRST,
    SUITABILITY_FIRST,
    PlanEntry,
    ProfileKey,
    Stage,
    objections_to_choosing,
    profiles_on,
    proposed,
)
from procurement.tenders.kinds import ProcedureType

OLD, NEW = date(2026, 6, 30), date(2026, 7, 1)


@pytest.mark.parametrize(
    ("procedure", "day", "order", "norm"),
    [
        (ProcedureType.OPEN, NEW, BIDS_FIRST, "§ 42 Abs. 4 VgV"),
        (ProcedureType.OPEN, OLD, SUITABILITY_FIRST, "§ 42 Abs. 1 VgV"),
        (ProcedureType.RESTRICTED, NEW, SUITABILITY_FIRST, "§ 42 Abs. 1 VgV"),
        (ProcedureType.NATIONAL_PUBLIC, NEW, SUITABILITY_FIRST, "§ 75a GO NRW"),
        (ProcedureType.NATIONAL_PUBLIC, date(2025, 12, 31), SUITABILITY_FIRST, "§ 26 KomHVO NRW"),
    ],
)
def test_procedure_and_day_propose_the_order(procedure, day, order, norm):
    profile = proposed(procedure, day)
    assert profile.order == order
    assert profile.norm.startswith(norm)


def test_before_the_reform_bids_may_come_first_in_the_open_procedure_as_an_exception():
    assert profiles_on(OLD)[ProfileKey.EU_BIDS_FIRST].norm == "§ 42 Abs. 3 VgV"


def texts(entry, procedure=ProcedureType.NATIONAL_PUBLIC, **facts):
    return [one.text for one in objections_to_choosing(entry, procedure, is_opened=False, **facts)]


def test_below_the_threshold_the_order_is_free_but_begins_with_the_formal_check():
    free = (Stage.FORMAL, Stage.AWARD, Stage.PRICE, Stage.SUITABILITY)
    assert texts(PlanEntry(ProfileKey.BELOW_THRESHOLD, "Zügiger", order=free)) == []
    assert "steht immer am Anfang" in texts(PlanEntry(ProfileKey.BELOW_THRESHOLD, "Zügiger", order=free[::-1]))[0]
    twice = (Stage.FORMAL, Stage.PRICE, Stage.PRICE, Stage.AWARD)
    assert "genau einmal" in texts(PlanEntry(ProfileKey.BELOW_THRESHOLD, "Zügiger", order=twice))[0]


def test_an_own_bylaw_names_its_norm_and_every_choice_its_reason():
    assert "Stelle der Satzung" in texts(PlanEntry(ProfileKey.OWN_BYLAW, "Satzung gilt"))[0]
    assert texts(PlanEntry(ProfileKey.OWN_BYLAW, "Satzung gilt", "§ 4 Vergabesatzung")) == []
    assert "begründen" in texts(PlanEntry(ProfileKey.BELOW_THRESHOLD))[0]


def test_a_procedure_of_the_vgv_has_a_profile_of_the_vgv():
    assert "folgt der VgV" in texts(PlanEntry(ProfileKey.OWN_BYLAW, "x", "§ 4"), ProcedureType.OPEN)[0]
    first = PlanEntry(ProfileKey.EU_BIDS_FIRST, "x")
    assert texts(first, ProcedureType.OPEN) == []
    assert "Nur im offenen Verfahren" in texts(first, ProcedureType.RESTRICTED)[0]


def test_once_the_bids_are_open_nothing_can_be_chosen():
    entry = PlanEntry(ProfileKey.EU_BIDS_FIRST, "x")
    assert [one.text for one in objections_to_choosing(entry, ProcedureType.OPEN, is_opened=True)] == [
        "Die Angebote sind geöffnet; die Reihenfolge der Prüfung steht damit fest."
    ]
