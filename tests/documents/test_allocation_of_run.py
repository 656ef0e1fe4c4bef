"""How the frozen figures of a run are worded on paper: keys, evidence, remarks, remainder tables, tax."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction

from procurement.allocation.calculation import calculated
from procurement.allocation.keys import AllocationKey, Pot
from procurement.allocation.run_figures import RunFigures
from procurement.allocation.run_input import AmountPart, InputBlock, InputMember, KeyFigure, LinePart, RunInput
from procurement.allocation.states import ChargeType
from procurement.allocation.taxation import VatCase
from procurement.documents import key_wording
from procurement.documents.allocation_of_run import Surroundings, allocation_content, vat_treatment
from procurement.documents.contents import DocumentIdentity, DocumentStatus, SignOff, SignOffs
from procurement.documents.statement_of_run import Addressee, EarlierStatement, statement_content
from procurement.values.money import Money, UnitPrice
from procurement.values.payment import Nature
from procurement.values.quantity import Quantity
from tests.factories.documents import LETTERHEAD

ISSUED = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
COUNTED = date(2024, 12, 31)
IDENTITY = DocumentIdentity("KA-V-1-1", 1, DocumentStatus.FINAL, ISSUED, "1", "e" * 64, "0.1.0")


def inhabitants(value: int, on: date | None = COUNTED, source: str = "Destatis", note: str = "") -> KeyFigure:
    return KeyFigure(AllocationKey.INHABITANTS, value, on, source, "Zensus 2022", note)


def member(key: str, figure: KeyFigure) -> InputMember:
    return InputMember(key, f"Ort {key}", (figure,))


MEMBERS = (member("1", inhabitants(100)), member("2", inhabitants(200)), member("3", inhabitants(300)))


def line(price: str, quantities: dict[str, str]) -> LinePart:
    """An awarded line; the members' quantities by key."""
    shares = tuple((key, Quantity.of(amount)) for key, amount in quantities.items())
    whole, unit_price = Quantity.total(amount for _, amount in shares), UnitPrice.of(price)
    return LinePart(
        line_id=1, lot=1, number="1.1", title="Kabel", unit="Meter", nature=Nature.ONE_OFF, supplier="Netz GmbH",
        awarded_on=date(2026, 10, 12), unit_price=unit_price, quantity=whole, full_quantity=whole,
        full_total=unit_price.times(whole), member_quantities=shares,
    )  # fmt: skip


def block(number: str, key: AllocationKey, *parts: LinePart | AmountPart, **details: object) -> InputBlock:
    typed = {
        "title": f"Block {number}", "pots": (), "reason": "Vorteil", "nature": Nature.ONE_OFF, "has_supplier_vat": True,
        "lines": tuple(part for part in parts if isinstance(part, LinePart)),
        "amounts": tuple(part for part in parts if isinstance(part, AmountPart)),
    }  # fmt: skip
    return InputBlock(number=number, key=key, **(typed | details))


def run(*blocks: InputBlock, vat_case: VatCase = VatCase.COST_GROSS, members=MEMBERS) -> RunFigures:
    return calculated(
        RunInput(
            "V-1", "Kabel", "Kabel, Jahr 1", ChargeType.COST_REIMBURSEMENT, vat_case, Decimal(19), date(2027, 1, 1),
            date(2027, 12, 31), COUNTED, None, "§ 19 GkG NRW\n\nSatzung", tuple(members), blocks,
        )
    )  # fmt: skip


def content(figures: RunFigures):
    signed = SignOffs(SignOff("Ada", "Vergabestelle", ISSUED))
    return allocation_content(figures, Surroundings(LETTERHEAD, IDENTITY, signed, {1: "Netz"}))


def one_amount(number: str = "A", key: AllocationKey = AllocationKey.INHABITANTS, cents: int = 10000) -> InputBlock:
    return block(number, key, AmountPart(Money(cents), "Rechnung 4711"))


def test_a_key_says_what_it_counts_on_which_day_and_by_whom():
    (told,) = content(run(one_amount())).blocks
    assert told.definition == "Einwohner am 31.12.2024 (Destatis, Zensus 2022)."
    assert told.evidence == "Rechnung 4711: 100,00\u00a0€"


def test_volume_names_the_blocks_it_looks_at():
    figures = run(one_amount("A"), one_amount("B"), one_amount("D", AllocationKey.VOLUME))
    assert content(figures).blocks[2].definition.endswith("an den übrigen Kostenblöcken (A, B).")


def test_a_mixed_key_is_told_pot_by_pot():
    pots = (Pot(Fraction(40), AllocationKey.EQUAL), Pot(Fraction(60), AllocationKey.INHABITANTS))
    printed = content(run(block("A", AllocationKey.MIXED, AmountPart(Money(10000), "Rechnung"), pots=pots)))
    told = printed.blocks[0]
    assert told.definition.startswith("Teiltopf A1 (40 % Pauschale (Sockel)): Gleicher Betrag je Mitglied. Teiltopf A2")
    assert [column.code for column in printed.positions.columns] == ["A1", "A2"]


def test_figures_of_another_day_and_notes_stand_beside_the_member():
    odd = inhabitants(250, date(2024, 6, 30), "IT.NRW", note="Kreis ohne Mitgliedskommunen")
    none = KeyFigure(AllocationKey.INHABITANTS, 0, None, "", note="zählt nicht")
    printed = content(run(one_amount(), members=(*MEMBERS[:2], member("3", odd), member("4", none))))
    remarks = [participant.remark for participant in printed.participants]
    assert remarks == ["", "", "Einwohner: Stichtag 30.06.2024; Kreis ohne Mitgliedskommunen", "zählt nicht"]
    assert printed.figure_kinds[0].source == "Destatis; IT.NRW"
    assert printed.figure_kinds[0].reference_date == COUNTED
    assert printed.figure_kinds[0].total == Quantity.of(550)


def test_figures_without_a_day_are_of_the_reference_date_of_the_run():
    figures = [KeyFigure(AllocationKey.CLIENTS, 1, None, "")]
    assert key_wording.reference_day(run(one_amount()).given, figures) == COUNTED
    assert key_wording.sources(figures) == "ohne Angabe"


def test_a_line_split_by_quantities_has_a_remainder_table_only_where_a_cent_was_left_over():
    # 3 × 1.00 divides evenly; 1.5 m × 0.335 = 0.50 euro over 0.5 m and 1 m: 16.67 and 33.33 cents
    even = run(block("B", AllocationKey.ACTUAL_QUANTITY, line("1.00", {"1": "1", "2": "2"})))
    assert content(even).pots[0].code == "USt"
    uneven = content(run(block("B", AllocationKey.ACTUAL_QUANTITY, line("0.335", {"1": "0.5", "2": "1"}))))
    assert uneven.pots[0].weight_unit == "Menge in 0,1 Meter"
    assert [share.amount.cents for share in uneven.pots[0].shares] == [17, 33, 0]
    assert [(one.participant_key, one.amount.cents) for one in uneven.quantity_lines] == [("1", 17), ("2", 33)]
    assert uneven.blocks[0].evidence == "Los 1: Netz GmbH, Zuschlag vom 12.10.2026; Mengen siehe unten"


def test_whole_quantities_are_weights_as_they_are():
    # 3 × 0.335 = 1.005, rounded to 1.01: 33.67 and 67.33 cents, so a cent is left over
    printed = content(run(block("B", AllocationKey.ACTUAL_QUANTITY, line("0.335", {"1": "1", "2": "2"}))))
    assert printed.pots[0].weight_unit == "Menge in Meter"


def test_legal_bases_stand_one_per_line_and_the_lot_has_its_title():
    printed = content(run(block("C", AllocationKey.INHABITANTS, line("10.00", {"1": "1"}))))
    assert printed.legal.bases == ("§ 19 GkG NRW", "Satzung")
    assert printed.tender.lot == "Los 1 Netz"
    assert printed.blocks[0].evidence.startswith("Los 1, Position 1.1 Kabel: 1 Meter × 10,00 € = 10,00\u00a0€ (Netz")


def test_own_cost_is_told_to_carry_no_tax_and_v1_shows_no_separate_tax():
    own = block("D", AllocationKey.VOLUME, AmountPart(Money(500), "Stunden"), has_supplier_vat=False)
    told = vat_treatment(run(one_amount("A"), own))
    assert (told.case, told.blocks) == ("V1", "Kostenblöcke A; D: eigene Kosten des Verbands, darin keine Umsatzsteuer")
    assert told.note.startswith("Kein gesonderter Steuerausweis")


def test_a_run_of_own_cost_only_names_no_taxed_block():
    own = replace(one_amount("D", AllocationKey.EQUAL), has_supplier_vat=False)
    assert vat_treatment(run(own)).blocks == "D: eigene Kosten des Verbands, darin keine Umsatzsteuer"


def test_v2_names_the_rounding_of_the_members_taxes_if_there_is_any():
    # 33.33 + 33.33 + 33.34 net: 6.33 each is 18.99, 19 % of 100.00 is 19.00
    equal = run(one_amount("A", AllocationKey.EQUAL), vat_case=VatCase.TAXED_19)
    assert "um −0,01 € gegenüber der Steuer auf die Gesamtsumme ab" in vat_treatment(equal).note
    assert content(equal).positions.vat_label == "USt 19\u00a0%"
    even = run(one_amount("A", AllocationKey.EQUAL, 30000), vat_case=VatCase.TAXED_19)
    assert vat_treatment(even).note == ""
    assert vat_treatment(even).blocks == "Kostenblöcke A"


def test_a_correction_that_changes_nothing_for_a_member_says_so():
    figures = run(one_amount())
    gross = figures.members[0].gross
    to = Addressee("1", "Ort 1", earlier=EarlierStatement("KM-V-1-1-1", gross))
    statement = statement_content(figures, content(figures), to, IDENTITY)
    assert statement.balance == Money(0)
    assert statement.payment.note == "Mit dieser Fassung ändert sich Ihr Betrag nicht."
    assert statement.settlement[0].amount == -gross


def test_a_share_carries_its_weight_and_a_quantity_none():
    figures = run(one_amount("A"), block("B", AllocationKey.ACTUAL_QUANTITY, line("1.00", {"1": "1", "2": "2"})))
    weighed, counted = statement_content(figures, content(figures), Addressee("2", "Ort 2"), IDENTITY).shares
    assert (weighed.weight, weighed.total_weight, weighed.part) == (200, 600, Fraction(1, 3))
    assert (counted.weight, counted.amount) == (None, Money(200))
