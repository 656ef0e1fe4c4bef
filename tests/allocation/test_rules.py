"""What is allowed with a run, as objections: every sentence a person can meet, without a database."""

from dataclasses import dataclass
from datetime import date

import pytest

from procurement.allocation import rules
from procurement.allocation.entries import BlockEntry, FreeSource, LineSource, RunEntry
from procurement.allocation.keys import AllocationKey
from procurement.allocation.states import ChargeType, RunState
from procurement.allocation.taxation import VatCase
from procurement.tenders.kinds import TenderStage
from procurement.values.money import Money
from procurement.values.quantity import Quantity
from tests.factories import allocation_input as given

PREPARER, OTHER = 1, 2
FREE = FreeSource(Money.of("100.00"), "Stundennachweis")
SHARES = {"1": Quantity.of(2), "2": Quantity.of(3)}
LINE = given.awarded_line(7, "FW-01", title="Firewall", quantity=Quantity.of(5), shares=SHARES)


@dataclass
class Run:
    """As much of a run as the rules look at."""

    state: RunState
    prepared_by_id: int = PREPARER


def texts(objections) -> list[str]:
    return [objection.text for objection in objections]


def entry(*blocks: BlockEntry, title: str = "Jahr 1", period_to: date = date(2027, 12, 31)) -> RunEntry:
    first, key_date = date(2027, 1, 1), date(2024, 12, 31)
    case = VatCase.COST_GROSS
    return RunEntry(title, ChargeType.LEVY, case, first, period_to, key_date, blocks=blocks)


def block(
    number: str = "A", title: str = "Betrieb", key: AllocationKey = AllocationKey.CLIENTS, **details
) -> BlockEntry:
    return BlockEntry(number, title, key, **({"sources": (FREE,)} | details))


def test_a_run_begins_after_the_award_when_no_other_is_open():
    assert rules.objections_to_starting(TenderStage.AWARDED, None) == []
    assert len(rules.objections_to_starting(TenderStage.OPENED, 3)) == 2


@pytest.mark.parametrize(
    ("state", "sentence"),
    [
        (RunState.CALCULATED, "noch nicht freigegeben"),
        (RunState.CHECKED, "noch nicht freigegeben"),
        (RunState.CORRECTED, "„Durch neue Fassung ersetzt“"),
        (RunState.DISCARDED, "„Verworfen“"),
    ],
)
def test_only_an_approved_version_is_corrected(state, sentence):
    assert sentence in texts(rules.objections_to_correcting(state, None))[0]
    assert rules.objections_to_correcting(RunState.APPROVED, None) == []


def test_checking_needs_a_calculated_run_and_another_person():
    assert rules.objections_to_checking(Run(RunState.CALCULATED), OTHER) == []
    assert "Vier-Augen-Prinzip" in texts(rules.objections_to_checking(Run(RunState.CALCULATED), PREPARER))[0]
    assert "steht auf „Geprüft“" in texts(rules.objections_to_checking(Run(RunState.CHECKED), OTHER))[0]


def test_approving_needs_a_checked_run_and_somebody_without_a_part_in_it():
    def found(state, account, reported=False):
        return texts(rules.objections_to_approving(Run(state), account, has_reported_demand=reported))

    assert found(RunState.CHECKED, OTHER) == []
    assert len(found(RunState.CHECKED, PREPARER, reported=True)) == 2
    assert found(RunState.CALCULATED, OTHER) == ["Diese Fassung ist noch nicht geprüft."]
    assert "steht auf „Verworfen“" in found(RunState.DISCARDED, OTHER)[0]


def test_an_open_run_is_discarded_and_nothing_else():
    assert rules.objections_to_discarding(Run(RunState.CHECKED)) == []
    assert texts(rules.objections_to_discarding(Run(RunState.DISCARDED))) == ["Diese Fassung ist schon verworfen."]
    assert "bleibt unverändert" in texts(rules.objections_to_discarding(Run(RunState.CORRECTED)))[0]


def test_a_sound_entry_has_no_objection():
    assert rules.objections_to_entry(entry(block())) == []


@pytest.mark.parametrize(
    ("title", "sentence"),
    [("  ", "Bitte einen Titel eingeben."), ("x" * 201, "Der Titel darf höchstens 200 Zeichen haben.")],
)
def test_a_title_is_given_and_fits(title, sentence):
    assert texts(rules.objections_to_entry(entry(block(), title=title))) == [sentence]


@pytest.mark.parametrize(
    ("made", "sentence"),
    [
        (block(number=" "), "Kostenblock (ohne Nummer): Die Nummer fehlt, zum Beispiel A."),
        (block(number="A/B"), "Kostenblock A/B: Die Nummer besteht aus höchstens 20 Buchstaben"),
        (block(number="USt"), "Kostenblock USt: Die Nummer besteht aus höchstens 20 Buchstaben"),
        (block(number="A" * 21), "Die Nummer besteht aus höchstens 20 Buchstaben"),
        (block(title=""), "Kostenblock A: Die Bezeichnung fehlt."),
        (block(title="x" * 201), "Kostenblock A: Die Bezeichnung darf höchstens 200 Zeichen haben."),
        (block(key=AllocationKey.INHABITANTS), "Kostenblock A: Der Schlüssel „Einwohner“ misst keine Nutzung"),
        (block(sources=()), "Kostenblock A: Es fehlen die Kosten"),
        (block(sources=(FreeSource(Money(1), ""),)), "Kostenblock A: Zum eigenen Betrag fehlt der Nachweis"),
        (block(key=AllocationKey.ACTUAL_QUANTITY), "Kostenblock A: Ein eigener Betrag hat keine Mengen."),
    ],
)
def test_a_block_names_what_it_lacks(made, sentence):
    found = texts(rules.objections_to_entry(entry(made)))
    assert len(found) == 1
    assert sentence in found[0]


def test_keys_that_measure_use_need_no_reason_but_all_others_do():
    use = {AllocationKey.ACTUAL_QUANTITY, AllocationKey.CLIENTS, AllocationKey.VOLUME}
    assert set(AllocationKey) - set(rules.KEYS_BEYOND_USE) == use


def found_in_sources(key: AllocationKey, quantity: str | None, line=LINE) -> list[str]:
    source = LineSource(7, Quantity.of(quantity) if quantity else None)
    return texts(rules.objections_to_sources([block(key=key, sources=(source,))], {7: line}))


def test_a_line_is_billed_as_awarded_or_in_part():
    assert found_in_sources(AllocationKey.CLIENTS, None) == []
    assert found_in_sources(AllocationKey.CLIENTS, "2.5") == []
    assert found_in_sources(AllocationKey.ACTUAL_QUANTITY, "5") == []


def test_a_billed_quantity_is_above_zero():
    assert "muss größer als 0 sein" in found_in_sources(AllocationKey.CLIENTS, "-1")[0]


def test_more_than_was_awarded_is_not_billed():
    assert found_in_sources(AllocationKey.CLIENTS, "6") == [
        "Position FW-01 Firewall: Abgerechnet würden 6 Stück, bezuschlagt sind 5. Verringern Sie die Menge."
    ]


def test_actual_quantities_bill_the_whole_line_because_the_members_quantities_belong_to_it():
    assert found_in_sources(AllocationKey.ACTUAL_QUANTITY, "4") == [
        (
            "Kostenblock A: Position FW-01 Firewall: Nach tatsächlicher Menge wird die ganze Position abgerechnet, "
            "das sind 5 Stück."
        )
    ]


def test_a_joint_line_has_no_quantities_of_members():
    joint = given.awarded_line(7, "FW-06", quantity=Quantity.of(5))
    assert "hat keine Mengen der Mitglieder" in found_in_sources(AllocationKey.ACTUAL_QUANTITY, None, joint)[0]


def test_a_line_without_award_is_named():
    source = LineSource(8)
    found = texts(rules.objections_to_sources([block(sources=(source,))], {7: LINE}))
    assert found == ["Kostenblock A: Eine Position gehört zu keinem bezuschlagten Los."]


def test_a_reason_is_a_sentence():
    assert texts(rules.objections_to_reason(" so ", "das Verwerfen")) == [
        "Bitte begründen Sie das Verwerfen in einem Satz."
    ]
    assert rules.objections_to_reason("Falscher Zeitraum.", "das Verwerfen") == []
