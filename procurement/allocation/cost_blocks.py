"""What an allocation starts from: participants with figures and cost blocks with keys, and what they still lack."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from procurement.allocation.keys import AllocationKey, Pot, figures_needed, objections_to_pots
from procurement.values.money import Money, UnitPrice
from procurement.values.objection import Objection
from procurement.values.quantity import Quantity


@dataclass(frozen=True, slots=True)
class Participant:
    """A member that takes part; ``key`` (the AGS where there is one) decides ties.

    ``figures`` is its snapshot of reference figures by kind, such as ``{"inhabitants": 51803, "clients": 620}``.
    """

    key: str
    name: str
    figures: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class QuantityPosition:
    """An awarded position with the quantity of every member, by participant key; who is not named takes none.

    ``awarded_total`` is set where the announced rule lets a written total count instead of quantity x unit price.
    """

    label: str
    unit: str
    unit_price: UnitPrice
    quantities: Mapping[str, Quantity]
    awarded_total: Money | None = None

    @property
    def quantity(self) -> Quantity:
        """The awarded quantity of all members together."""
        return Quantity.total(self.quantities.values())

    @property
    def line_total(self) -> Money:
        """Net total of the line as awarded and invoiced: rounded once, not once per member."""
        return self.unit_price.times(self.quantity) if self.awarded_total is None else self.awarded_total


@dataclass(frozen=True, slots=True)
class CostBlock:
    """A part of the cost with one key: net ``amount``, or ``positions`` for actual quantities, which bring their own.

    ``has_supplier_vat`` is false for the association's own cost such as staff. ``reason`` says why the key reflects
    the benefit, since § 19 GkG NRW makes benefit the rule.
    """

    number: str
    label: str
    key: AllocationKey
    amount: Money | None = None
    pots: tuple[Pot, ...] = ()
    positions: tuple[QuantityPosition, ...] = ()
    has_supplier_vat: bool = True
    reason: str = ""

    @property
    def net(self) -> Money:
        """Net amount of the whole block; actual quantities sum their lines."""
        if self.key is AllocationKey.ACTUAL_QUANTITY:
            return Money.total(position.line_total for position in self.positions)
        return self.amount or Money(0)


def objections_to_distributing(blocks: Sequence[CostBlock], participants: Sequence[Participant]) -> list[Objection]:
    """Why these blocks cannot be allocated to these participants yet; ``field`` is the number of the block, if any."""
    objections = []
    if not participants:
        objections.append(Objection("Es nimmt kein Mitglied teil. Wählen Sie mindestens ein Mitglied aus."))
    if not blocks:
        objections.append(Objection("Es gibt keinen Kostenblock. Legen Sie mindestens einen an."))
    objections.extend(
        Objection(f"Das Mitglied {key} ist mehrfach aufgeführt. Jedes Mitglied darf nur einmal teilnehmen.")
        for key in _repeated(participant.key for participant in participants)
    )
    objections.extend(
        Objection(f"Die Nummer {number} ist für mehrere Kostenblöcke vergeben. Nummern müssen eindeutig sein.", number)
        for number in _repeated(block.number for block in blocks)
    )
    for block in blocks:
        faults = [
            *(objection.text for objection in objections_to_pots(block.key, block.pots)),
            *_faults_of_amount(block),
            *_faults_of_positions(block, participants),
            *_faults_of_figures(block, participants),
        ]
        objections.extend(objection_to_block(block, fault) for fault in faults)
    return objections


def objection_to_block(block: CostBlock, fault: str) -> Objection:
    """Name the block in front of what is wrong with it."""
    return Objection(f"Kostenblock {block.number}: {fault}", block.number)


def _repeated(keys: Iterable[str]) -> list[str]:
    seen: set[str] = set()
    repeated: dict[str, None] = {}
    for key in keys:
        if key in seen:
            repeated[key] = None
        seen.add(key)
    return list(repeated)


def _faults_of_amount(block: CostBlock) -> list[str]:
    if block.key is not AllocationKey.ACTUAL_QUANTITY:
        return ["Der Nettobetrag fehlt."] if block.amount is None else []
    if block.amount is not None and block.amount != block.net:
        difference = f"{_euro(block.amount)} weicht von der Summe der Positionen {_euro(block.net)} ab"
        return [f"Der Nettobetrag {difference}. Lassen Sie ihn leer oder berichtigen Sie die Positionen."]
    return []


def _faults_of_positions(block: CostBlock, participants: Sequence[Participant]) -> list[str]:
    if block.key is not AllocationKey.ACTUAL_QUANTITY:
        return [f"Positionen gehören nicht zum Schlüssel „{block.key.label}“."] if block.positions else []
    if not block.positions:
        return ["Die Positionen mit den Mengen der Mitglieder fehlen."]
    known = {participant.key for participant in participants}
    faults = []
    for position in block.positions:
        for key, quantity in position.quantities.items():
            if key not in known:
                faults.append(f"{position.label}: Das Mitglied {key} hat eine Menge, nimmt aber nicht teil.")
            if quantity.thousandths < 0:
                faults.append(f"{position.label}: Die Menge von {key} ist negativ.")
        if not position.quantity:
            faults.append(f"{position.label}: Kein Mitglied hat eine Menge.")
    return faults


def _faults_of_figures(block: CostBlock, participants: Sequence[Participant]) -> list[str]:
    faults = []
    for kind in figures_needed(block.key, block.pots):
        for participant in participants:
            figure = participant.figures.get(kind)
            if figure is None:
                faults.append(f"Für {participant.name} fehlt die Schlüsselzahl „{kind.label}“.")
            elif figure < 0:
                faults.append(f"Für {participant.name} ist die Schlüsselzahl „{kind.label}“ negativ.")
        if participants and all(participant.figures.get(kind) == 0 for participant in participants):
            faults.append(f"Die Schlüsselzahl „{kind.label}“ ist bei allen Mitgliedern 0.")
    return faults


def _euro(amount: Money) -> str:
    return f"{amount.as_decimal():,} €".translate(str.maketrans(",.", ".,"))
