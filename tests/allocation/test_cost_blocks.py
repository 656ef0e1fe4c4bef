from decimal import Decimal

import pytest

from procurement.allocation.cost_blocks import CostBlock, Participant, QuantityPosition, objections_to_distributing
from procurement.allocation.keys import AllocationKey, Pot
from procurement.values.money import Money, UnitPrice
from procurement.values.quantity import Quantity

AHAUS = Participant("05554004", "Ahaus", {"inhabitants": 40176, "clients": 430})
LAER = Participant("05566036", "Laer", {"inhabitants": 6993})
WATER_BOARD = Participant("W", "Wasserverband", {"inhabitants": 0, "clients": -1})

OTHER_THAN_LINES = (
    "Der Nettobetrag 1.234,60 € weicht von der Summe der Positionen 1.234,50 € ab. "
    "Lassen Sie ihn leer oder berichtigen Sie die Positionen."
)
EQUAL = CostBlock("A", "Einrichtung", AllocationKey.EQUAL, Money(100))


def line(price: str, **pieces: str) -> QuantityPosition:
    quantities = {key.removeprefix("_"): Quantity.of(count) for key, count in pieces.items()}
    return QuantityPosition("Firewall", "Stück", UnitPrice.of(price), quantities)


def by_quantity(*positions: QuantityPosition, amount: Money | None = None) -> CostBlock:
    return CostBlock("B", "Geräte", AllocationKey.ACTUAL_QUANTITY, amount, positions=positions)


def objections(blocks: list[CostBlock], members: list[Participant]) -> list[str]:
    return [objection.text for objection in objections_to_distributing(blocks, members)]


def test_complete_blocks_meet_no_objection():
    blocks = [EQUAL, by_quantity(line("9.90", _05554004="2"))]
    assert objections(blocks, [AHAUS, LAER]) == []


def test_the_net_of_a_block_by_quantity_is_the_sum_of_its_lines():
    block = by_quantity(line("9.90", _05554004="2", _05566036="1"), line("0.005", _05554004="1"))
    assert block.net == Money.of("29.71")
    assert objections([by_quantity(*block.positions, amount=Money.of("29.71"))], [AHAUS, LAER]) == []


@pytest.mark.parametrize(
    ("block", "objection"),
    [
        (CostBlock("A", "Betrieb", AllocationKey.EQUAL), "Der Nettobetrag fehlt."),
        (
            CostBlock("A", "Betrieb", AllocationKey.CLIENTS, Money(1)),
            "Für Laer fehlt die Schlüsselzahl „Arbeitsplätze (Clients)“.",
        ),
        (
            CostBlock("A", "Betrieb", AllocationKey.MIXED, Money(1), (Pot(Decimal(90), AllocationKey.INHABITANTS),)),
            "Die Anteile des Mischschlüssels ergeben 90 % statt 100 %.",
        ),
        (
            CostBlock("A", "Betrieb", AllocationKey.EQUAL, Money(1), positions=(line("1", _05554004="1"),)),
            "Positionen gehören nicht zum Schlüssel „Pauschale (Sockel)“.",
        ),
        (by_quantity(), "Die Positionen mit den Mengen der Mitglieder fehlen."),
        (by_quantity(line("1", W="1")), "Firewall: Das Mitglied W hat eine Menge, nimmt aber nicht teil."),
        (by_quantity(line("1", _05554004="2", _05566036="-1")), "Firewall: Die Menge von 05566036 ist negativ."),
        (by_quantity(line("1")), "Firewall: Kein Mitglied hat eine Menge."),
        (
            by_quantity(line("1234.50", _05554004="1"), amount=Money.of("1234.60")),
            OTHER_THAN_LINES,
        ),
    ],
)
def test_what_a_block_lacks_is_said_with_its_number(block: CostBlock, objection: str):
    assert objections([block], [AHAUS, LAER]) == [f"Kostenblock {block.number}: {objection}"]


def test_an_allocation_needs_members_and_blocks():
    assert objections([], []) == [
        "Es nimmt kein Mitglied teil. Wählen Sie mindestens ein Mitglied aus.",
        "Es gibt keinen Kostenblock. Legen Sie mindestens einen an.",
    ]


def test_members_and_block_numbers_occur_once_each():
    assert objections([EQUAL, EQUAL, EQUAL], [AHAUS, AHAUS]) == [
        "Das Mitglied 05554004 ist mehrfach aufgeführt. Jedes Mitglied darf nur einmal teilnehmen.",
        "Die Nummer A ist für mehrere Kostenblöcke vergeben. Nummern müssen eindeutig sein.",
    ]


def test_a_figure_of_zero_counts_but_not_for_everybody_and_never_below():
    by_clients = CostBlock("A", "Betrieb", AllocationKey.CLIENTS, Money(1))
    by_inhabitants = CostBlock("B", "Portal", AllocationKey.INHABITANTS, Money(1))
    assert objections([by_inhabitants], [AHAUS, WATER_BOARD]) == []
    assert objections([by_clients, by_inhabitants], [WATER_BOARD]) == [
        "Kostenblock A: Für Wasserverband ist die Schlüsselzahl „Arbeitsplätze (Clients)“ negativ.",
        "Kostenblock B: Die Schlüsselzahl „Einwohner“ ist bei allen Mitgliedern 0.",
    ]


def test_an_objection_points_at_its_block():
    objection = objections_to_distributing([CostBlock("C", "Betrieb", AllocationKey.EQUAL)], [AHAUS])[0]
    assert objection.field == "C"
