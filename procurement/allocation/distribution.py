"""Cost blocks and keys become cents per member, with every step kept so that a document can print the proof.

Order of calculation: all blocks with weights of their own, then those weighted by volume, then VAT. A block weighted by
volume looks at the net of all other blocks except those like itself, so nothing ever depends on its own result.

An awarded line is rounded once, over the quantity of all members, and then split by their quantities. Rejected:
rounding quantity x price for every member, whose sum can differ by cents from the invoice that has to be paid.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from procurement.allocation.cost_blocks import (
    CostBlock,
    Participant,
    QuantityPosition,
    objection_to_block,
    objections_to_distributing,
)
from procurement.allocation.keys import AllocationKey, Pot, is_weighted_by_volume, pots_of, split_into_pots
from procurement.allocation.proof import ControlSum, prove
from procurement.allocation.taxation import MixedSigns, Percent, VatCase, supplier_vat_split, vat_on
from procurement.values.money import Money
from procurement.values.objection import Objection
from procurement.values.shares import Split, split


class NotDistributable(ValueError):
    """The inputs cannot be allocated; carries every objection."""

    def __init__(self, objections: Sequence[Objection]) -> None:
        self.objections = tuple(objections)
        super().__init__(" ".join(objection.text for objection in objections))


@dataclass(frozen=True, slots=True)
class PotShares:
    """One pot and how it fell to the participants; all figures of the split are cents, in participant order."""

    pot: Pot
    split: Split


@dataclass(frozen=True, slots=True)
class PositionShares:
    """One awarded line and how its total fell to the participants by their quantities."""

    position: QuantityPosition
    split: Split


@dataclass(frozen=True, slots=True)
class BlockShares:
    """One cost block with its steps: split into pots (mixed keys only), then pots or positions, then net amounts."""

    block: CostBlock
    pot_split: Split | None
    pots: tuple[PotShares, ...]
    positions: tuple[PositionShares, ...]
    amounts: tuple[Money, ...]

    @property
    def net(self) -> Money:
        """Net amount of the whole block."""
        return self.block.net


@dataclass(frozen=True, slots=True)
class Vat:
    """The tax of an allocation, ``amounts`` in participant order.

    Case V1: tax on ``supplier_net``, one split over the blocks with supplier VAT; no split if there is nothing to tax.
    Case V2: rounded per member, so ``total`` may differ by cents from ``on_total``. That is lawful and only shown.
    """

    case: VatCase
    rate: Percent
    supplier_net: Money
    split: Split | None
    amounts: tuple[Money, ...]
    on_total: Money

    @property
    def total(self) -> Money:
        """What all members together pay as tax or as tax burden."""
        return Money.total(self.amounts)

    @property
    def supplier_vat(self) -> Money:
        """The tax the suppliers invoice: cost in case V1, deducted by the association in case V2."""
        return vat_on(self.supplier_net, self.rate)

    @property
    def rounding_difference(self) -> Money:
        """Sum of the members' tax minus tax on the sum; always zero in case V1."""
        return self.total - self.on_total


@dataclass(frozen=True, slots=True)
class MemberShare:
    """What one participant pays: ``amounts`` net per block in block order, their sum, the tax and the amount due."""

    participant: Participant
    amounts: tuple[Money, ...]
    net: Money
    vat: Money
    gross: Money


@dataclass(frozen=True, slots=True)
class Distribution:
    """A whole allocation, proven: blocks and members in the order they were given, totals and control sums."""

    blocks: tuple[BlockShares, ...]
    members: tuple[MemberShare, ...]
    vat: Vat
    net: Money
    gross: Money
    control_sums: tuple[ControlSum, ...]

    def share_of(self, key: str) -> MemberShare:
        """The share of the participant with this key; :class:`KeyError` if it takes no part."""
        for member in self.members:
            if member.participant.key == key:
                return member
        raise KeyError(key)


def distribute(
    blocks: Sequence[CostBlock], participants: Sequence[Participant], vat_case: VatCase, vat_rate: Percent
) -> Distribution:
    """Allocate all blocks to the cent; ``vat_rate`` in percent.

    Raise :class:`NotDistributable` for incomplete inputs and :class:`~procurement.allocation.proof.SumNotProven` should
    any sum not add up.
    """
    objections = objections_to_distributing(blocks, participants)
    if vat_rate < 0:
        objections.append(Objection("Der Steuersatz ist negativ. Geben Sie ihn in Prozent an, mindestens 0."))
    if objections:
        raise NotDistributable(objections)
    shares = _blocks_shared(blocks, participants)
    vat = _vat(shares, participants, vat_case, vat_rate)
    members = tuple(_member_share(index, shares, vat, participant) for index, participant in enumerate(participants))
    net = Money.total(block.net for block in blocks)
    gross = net + vat.total
    control_sums = _control_sums(shares, members, vat, net)
    prove(control_sums)
    return Distribution(blocks=shares, members=members, vat=vat, net=net, gross=gross, control_sums=control_sums)


def _blocks_shared(blocks: Sequence[CostBlock], participants: Sequence[Participant]) -> tuple[BlockShares, ...]:
    """First the blocks with weights of their own, then those by volume; the result keeps the given order."""
    shared: dict[str, BlockShares] = {}
    for block in blocks:
        if not is_weighted_by_volume(block.key, block.pots):
            shared[block.number] = _block_shared(block, participants, {})
    volume = {participant.key: 0 for participant in participants}
    for block_shares in shared.values():
        for participant, amount in zip(participants, block_shares.amounts, strict=True):
            volume[participant.key] += amount.cents
    for block in blocks:
        if block.number not in shared:
            _refuse_unusable_volume(block, volume)
            shared[block.number] = _block_shared(block, participants, volume)
    return tuple(shared[block.number] for block in blocks)


def _refuse_unusable_volume(block: CostBlock, volume: Mapping[str, int]) -> None:
    """A volume can only weigh if it exists and if nobody's credit is turned into somebody's extra cost."""
    if any(cents < 0 for cents in volume.values()):
        raise NotDistributable([objection_to_block(block, "Ein Mitglied hat ein negatives Netto-Auftragsvolumen.")])
    if not any(volume.values()):
        fault = "Die anderen Kostenblöcke ergeben kein Auftragsvolumen als Schlüssel."
        raise NotDistributable([objection_to_block(block, fault)])


def _block_shared(block: CostBlock, participants: Sequence[Participant], volume: Mapping[str, int]) -> BlockShares:
    keys = [participant.key for participant in participants]
    if block.key is AllocationKey.ACTUAL_QUANTITY:
        positions = tuple(_position_shared(position, keys) for position in block.positions)
        amounts = _added(keys, [shares.split for shares in positions])
        return BlockShares(block=block, pot_split=None, pots=(), positions=positions, amounts=amounts)
    pots = pots_of(block.key, block.pots)
    pot_split = split_into_pots(block.net.cents, pots) if block.key is AllocationKey.MIXED else None
    pot_cents = pot_split.shares if pot_split else (block.net.cents,)
    shared = tuple(
        PotShares(pot, split(cents, _weights(pot.key, participants, volume), keys))
        for pot, cents in zip(pots, pot_cents, strict=True)
    )
    amounts = _added(keys, [shares.split for shares in shared])
    return BlockShares(block=block, pot_split=pot_split, pots=shared, positions=(), amounts=amounts)


def _position_shared(position: QuantityPosition, keys: Sequence[str]) -> PositionShares:
    quantities = [position.quantities[key].as_decimal() if key in position.quantities else 0 for key in keys]
    return PositionShares(position, split(position.line_total.cents, quantities, keys))


def _weights(key: AllocationKey, participants: Sequence[Participant], volume: Mapping[str, int]) -> list[int]:
    if key is AllocationKey.EQUAL:
        return [1 for _ in participants]
    if key is AllocationKey.VOLUME:
        return [volume[participant.key] for participant in participants]
    return [participant.figures[key] for participant in participants]


def _added(keys: Sequence[str], splits: Sequence[Split]) -> tuple[Money, ...]:
    return tuple(Money(sum(part.shares[index] for part in splits)) for index in range(len(keys)))


def _vat(
    shares: Sequence[BlockShares], participants: Sequence[Participant], vat_case: VatCase, vat_rate: Percent
) -> Vat:
    taxed = [part for part in shares if part.block.has_supplier_vat]
    supplier_net = Money.total(part.net for part in taxed)
    if vat_case is VatCase.TAXED_19:
        nets = _nets(shares, len(participants))
        amounts = tuple(vat_on(net, vat_rate) for net in nets)
        return Vat(vat_case, vat_rate, supplier_net, None, amounts, vat_on(Money.total(nets), vat_rate))
    nets = _nets(taxed, len(participants))
    if not any(nets):
        amounts = tuple(Money(0) for _ in participants)
        return Vat(vat_case, vat_rate, supplier_net, None, amounts, Money(0))
    try:
        vat_split = supplier_vat_split(nets, vat_rate, [participant.key for participant in participants])
    except MixedSigns as error:
        raise NotDistributable([Objection(str(error))]) from error
    amounts = tuple(Money(cents) for cents in vat_split.shares)
    return Vat(vat_case, vat_rate, supplier_net, vat_split, amounts, Money(vat_split.total))


def _nets(shares: Sequence[BlockShares], count: int) -> list[Money]:
    return [Money.total(part.amounts[index] for part in shares) for index in range(count)]


def _member_share(index: int, shares: Sequence[BlockShares], vat: Vat, participant: Participant) -> MemberShare:
    amounts = tuple(part.amounts[index] for part in shares)
    net = Money.total(amounts)
    return MemberShare(participant, amounts, net, vat.amounts[index], net + vat.amounts[index])


def _control_sums(
    shares: Sequence[BlockShares], members: Sequence[MemberShare], vat: Vat, net: Money
) -> tuple[ControlSum, ...]:
    """What must hold, each side added up along its own way: cost by blocks against what the members pay."""
    sums = []
    for index, part in enumerate(shares):
        name = f"Kostenblock {part.block.number} ({part.block.label})"
        paid = Money.total(member.amounts[index] for member in members)
        sums.append(ControlSum(f"{name}: Anteile aller Mitglieder", part.net, paid))
        if part.pot_split is not None:
            pots = Money(sum(pot.split.total for pot in part.pots))
            sums.append(ControlSum(f"{name}: Teiltöpfe", part.net, pots))
    sums.append(ControlSum("Netto aller Mitglieder", net, Money.total(member.net for member in members)))
    if vat.case is VatCase.COST_GROSS:
        burden = Money.total(member.vat for member in members)
        sums.append(ControlSum("Umsatzsteuer der Lieferanten", vat.supplier_vat, burden))
    gross = Money.total(member.gross for member in members)
    sums.append(ControlSum("Zahlbetrag aller Mitglieder", net + vat.total, gross))
    return tuple(sums)
