from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from math import floor

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from procurement.allocation.cost_blocks import CostBlock, Participant, QuantityPosition
from procurement.allocation.distribution import Distribution, NotDistributable, distribute
from procurement.allocation.keys import AllocationKey, Pot
from procurement.allocation.taxation import VatCase
from procurement.values.money import Money, UnitPrice
from procurement.values.quantity import Quantity
from tests.examples import firewall_3_6 as paper
from tests.examples.firewall_3_6 import ROWS, SUMS, cents

unhurried = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
RATE = Decimal(paper.VAT_RATE)
AGS_OF = {row.name: row.ags for row in ROWS}
MEMBERS = [Participant(row.ags, row.name, {"inhabitants": row.inhabitants, "clients": row.clients}) for row in ROWS]
POTS = (
    Pot(Decimal(paper.BASE_PERCENT), AllocationKey.EQUAL),
    Pot(Decimal(paper.POPULATION_PERCENT), AllocationKey.INHABITANTS),
)


def position(label: str, price: str, pieces: dict[str, int]) -> QuantityPosition:
    quantities = {AGS_OF[name]: Quantity.of(count) for name, count in pieces.items()}
    return QuantityPosition(label, "Stück", UnitPrice.of(price), quantities)


SET_UP = CostBlock("A", "Einrichtung", AllocationKey.MIXED, Money(cents(paper.SET_UP)), POTS)
DEVICES = CostBlock(
    "B", "Geräte", AllocationKey.ACTUAL_QUANTITY, positions=tuple(position(*line) for line in paper.DEVICES)
)
OPERATION = CostBlock("C", "Betrieb Jahr 1", AllocationKey.CLIENTS, Money(cents(paper.OPERATION)))
OWN_COST = CostBlock(
    "D", "KAAW-Beschaffungskosten", AllocationKey.VOLUME, Money(cents(paper.OWN_COST)), has_supplier_vat=False
)
BLOCKS = [SET_UP, DEVICES, OPERATION, OWN_COST]

TWO = [Participant("a", "Adorf", {"clients": 1}), Participant("b", "Bstadt", {"clients": 3})]


def firewall(vat_case: VatCase) -> Distribution:
    return distribute(BLOCKS, MEMBERS, vat_case, RATE)


@pytest.mark.parametrize("index", range(9), ids=[row.name for row in ROWS])
def test_every_cell_of_the_firewall_table(index: int):
    row = ROWS[index]
    cost, taxed = firewall(VatCase.COST_GROSS), firewall(VatCase.TAXED_19)
    base, population = cost.blocks[0].pots
    assert base.split.shares[index] == cents(row.base)
    assert population.split.shares[index] == cents(row.population)
    v1, v2 = cost.members[index], taxed.members[index]
    assert v1.participant.name == v2.participant.name == row.name
    set_up, devices, operation, own_cost = (amount.cents for amount in v1.amounts)
    assert set_up == cents(row.base) + cents(row.population)
    assert devices == cents(row.devices)
    assert operation == cents(row.operation)
    assert own_cost == cents(row.own_cost)
    assert v1.net.cents == v2.net.cents == cents(row.net)
    assert (v1.vat.cents, v1.gross.cents) == (cents(row.v1_burden), cents(row.v1_due))
    assert (v2.vat.cents, v2.gross.cents) == (cents(row.v2_vat), cents(row.v2_gross))


def test_the_sum_line_of_the_firewall_table():
    cost, taxed = firewall(VatCase.COST_GROSS), firewall(VatCase.TAXED_19)
    base, population = cost.blocks[0].pots
    assert (base.split.total, population.split.total) == (cents(SUMS.base), cents(SUMS.population))
    assert (base.split.total_weight, population.split.total_weight) == (9, SUMS.inhabitants)
    assert cost.blocks[2].pots[0].split.total_weight == SUMS.clients
    assert [block.net.cents for block in cost.blocks] == [
        cents(paper.SET_UP),
        cents(SUMS.devices),
        cents(SUMS.operation),
        cents(SUMS.own_cost),
    ]
    assert cost.net.cents == taxed.net.cents == cents(SUMS.net)
    assert (cost.vat.total.cents, cost.gross.cents) == (cents(SUMS.v1_burden), cents(SUMS.v1_due))
    assert (taxed.vat.total.cents, taxed.gross.cents) == (cents(SUMS.v2_vat), cents(SUMS.v2_gross))
    assert not taxed.vat.rounding_difference


def test_supplier_net_and_tax_of_the_firewall_case_leave_out_own_staff_cost():
    for case in VatCase:
        assert firewall(case).vat.supplier_net.cents == cents(paper.SUPPLIER_NET)
        assert firewall(case).vat.supplier_vat.cents == cents(paper.SUPPLIER_VAT)


def test_the_steps_of_pot_a2_are_kept_for_the_document():
    proof = firewall(VatCase.COST_GROSS).blocks[0].pots[1].split
    assert proof.weights == tuple(row.weight for row in paper.PROOF_OF_A2)
    assert proof.floors == tuple(row.floor for row in paper.PROOF_OF_A2)
    assert proof.remainders == tuple(row.remainder for row in paper.PROOF_OF_A2)
    assert proof.extra == tuple(row.extra for row in paper.PROOF_OF_A2)


def test_a_printed_quantity_weighs_in_pieces_not_in_thousandths():
    branch_units = firewall(VatCase.COST_GROSS).blocks[1].positions[2].split
    assert branch_units.weights == (4, 2, 3, 3, 0, 1, 2, 2, 1)


def test_control_sums_name_both_sides_and_differ_by_nothing():
    control_sums = firewall(VatCase.COST_GROSS).control_sums
    by_label = {control.label: (control.expected.cents, control.actual.cents) for control in control_sums}
    assert by_label["Kostenblock A (Einrichtung): Teiltöpfe"] == (4850000, 4850000)
    assert by_label["Netto aller Mitglieder"] == (cents(SUMS.net), cents(SUMS.net))
    assert by_label["Umsatzsteuer der Lieferanten"] == (4150580, 4150580)
    assert by_label["Zahlbetrag aller Mitglieder"] == (cents(SUMS.v1_due), cents(SUMS.v1_due))
    assert all(not control.difference for control in control_sums)


@unhurried
@given(order=st.permutations(range(9)), blocks=st.permutations(BLOCKS))
def test_neither_the_order_of_members_nor_of_blocks_changes_what_anybody_pays(order, blocks):
    turned = distribute(blocks, [MEMBERS[index] for index in order], VatCase.COST_GROSS, RATE)
    assert [part.block.number for part in turned.blocks] == [block.number for block in blocks]
    assert [member.participant.key for member in turned.members] == [MEMBERS[index].key for index in order]
    for row in ROWS:
        assert turned.share_of(row.ags).gross.cents == cents(row.v1_due)


def test_tax_on_33_33_and_33_33_and_33_34_is_shown_to_differ_but_not_repaired():
    members = [Participant(key, key, {}) for key in "abc"]
    block = CostBlock("A", "Lizenz", AllocationKey.EQUAL, Money.of("100.00"))
    result = distribute([block], members, VatCase.TAXED_19, RATE)
    assert [member.net for member in result.members] == [Money.of("33.34"), Money.of("33.33"), Money.of("33.33")]
    assert result.vat.total == Money.of("18.99")
    assert result.vat.on_total == Money.of("19.00")
    assert result.vat.rounding_difference == Money.of("-0.01")
    assert result.gross == Money.of("118.99")


def test_an_awarded_line_is_rounded_once_and_then_split_by_quantity():
    # 3 x 1,50 pages at 0.005 euro: 0.0225 euro are 2 cents, while 0.75 cents would round to 1 cent for each of three.
    members = [Participant(key, key, {}) for key in "abc"]
    pages = QuantityPosition("Seite", "1", UnitPrice.of("0.005"), {key: Quantity.of("1.5") for key in "abc"})
    block = CostBlock("A", "Druck", AllocationKey.ACTUAL_QUANTITY, positions=(pages,))
    result = distribute([block], members, VatCase.TAXED_19, RATE)
    assert result.net == pages.line_total == Money(2)
    assert [member.net.cents for member in result.members] == [1, 1, 0]


def test_two_blocks_by_volume_do_not_see_each_other():
    blocks = [
        CostBlock("A", "Betrieb", AllocationKey.CLIENTS, Money(400)),
        CostBlock("B", "Beratung", AllocationKey.VOLUME, Money(100)),
        CostBlock("C", "Bekanntmachung", AllocationKey.VOLUME, Money(40)),
    ]
    shares = distribute(blocks, TWO, VatCase.TAXED_19, RATE).blocks
    assert shares[1].pots[0].split.weights == shares[2].pots[0].split.weights == (100, 300)
    assert [amount.cents for amount in shares[1].amounts] == [25, 75]
    assert [amount.cents for amount in shares[2].amounts] == [10, 30]


def test_a_mixed_block_with_a_pot_by_volume_waits_and_is_no_volume_itself():
    half = Decimal(50)
    blocks = [
        CostBlock(
            "A", "Begleitung", AllocationKey.MIXED, Money(200),
            (Pot(half, AllocationKey.EQUAL), Pot(half, AllocationKey.VOLUME)),
        ),
        CostBlock("B", "Betrieb", AllocationKey.CLIENTS, Money(400)),
    ]  # fmt: skip
    first = distribute(blocks, TWO, VatCase.TAXED_19, RATE).blocks[0]
    assert first.pots[1].split.weights == (100, 300)
    assert [amount.cents for amount in first.amounts] == [50 + 25, 50 + 75]


def test_without_supplier_tax_nobody_bears_any():
    block = replace(OPERATION, has_supplier_vat=False)
    result = distribute([block], MEMBERS, VatCase.COST_GROSS, RATE)
    assert result.vat.split is None
    assert result.gross == result.net


def test_a_credit_mirrors_the_cost_it_takes_back():
    credit = distribute([replace(OPERATION, amount=-OPERATION.net)], MEMBERS, VatCase.COST_GROSS, RATE)
    cost = distribute([OPERATION], MEMBERS, VatCase.COST_GROSS, RATE)
    assert [member.gross for member in credit.members] == [-member.gross for member in cost.members]


def test_who_takes_no_part_has_no_share():
    with pytest.raises(KeyError):
        firewall(VatCase.COST_GROSS).share_of("05554008")


CASES = st.lists(
    st.tuples(st.integers(0, 5000), st.integers(1, 300), st.integers(0, 9)), min_size=1, max_size=8
).filter(lambda rows: any(inhabitants for inhabitants, _, _ in rows) and any(pieces for _, _, pieces in rows))


def by_formula(total: int, weights: dict[str, Fraction]) -> dict[str, int]:
    """The published rule once more with exact fractions, independent of the program."""
    whole = sum(weights.values())
    shares = {key: floor(total * weight / whole) for key, weight in weights.items()}
    rest = {key: total * weight / whole - shares[key] for key, weight in weights.items()}
    for key in sorted(weights, key=lambda key: (-rest[key], -weights[key], key))[: total - sum(shares.values())]:
        shares[key] += 1
    return shares


@unhurried
@given(rows=CASES, amount=st.integers(1, 10**8), own=st.integers(0, 10**6), price=st.integers(1, 10**6))
def test_a_second_calculation_of_a_whole_allocation_agrees(rows, amount: int, own: int, price: int):
    keys = [f"{number:02d}" for number in range(len(rows))]
    members = [
        Participant(key, key, {"inhabitants": row[0], "clients": row[1]}) for key, row in zip(keys, rows, strict=True)
    ]
    quantities = {key: Quantity.of(row[2]) for key, row in zip(keys, rows, strict=True)}
    line = QuantityPosition("Gerät", "Stück", UnitPrice(price * 10**4), quantities)
    blocks = [
        replace(SET_UP, amount=Money(amount)),
        replace(DEVICES, positions=(line,)),
        replace(OPERATION, amount=Money(amount)),
        replace(OWN_COST, amount=Money(own)),
    ]
    result = distribute(blocks, members, VatCase.COST_GROSS, RATE)

    pots = by_formula(amount, {"1": Fraction(30), "2": Fraction(70)})
    base = by_formula(pots["1"], dict.fromkeys(keys, Fraction(1)))
    population = by_formula(pots["2"], {key: Fraction(row[0]) for key, row in zip(keys, rows, strict=True)})
    clients = by_formula(amount, {key: Fraction(row[1]) for key, row in zip(keys, rows, strict=True)})
    supplier = {
        key: base[key] + population[key] + clients[key] + price * row[2] for key, row in zip(keys, rows, strict=True)
    }
    weights = {key: Fraction(net) for key, net in supplier.items()}
    own_cost = by_formula(own, weights)
    burden = by_formula(floor(Fraction(sum(supplier.values()) * 19, 100) + Fraction(1, 2)), weights)
    for key in keys:
        share = result.share_of(key)
        assert share.net.cents == supplier[key] + own_cost[key]
        assert share.vat.cents == burden[key]


def refused(blocks: list[CostBlock], members: list[Participant], rate: Decimal = RATE) -> str:
    with pytest.raises(NotDistributable) as refusal:
        distribute(blocks, members, VatCase.COST_GROSS, rate)
    assert str(refusal.value) == " ".join(str(objection) for objection in refusal.value.objections)
    return str(refusal.value)


def test_volume_needs_a_volume_of_other_blocks_and_no_credits_among_them():
    assert "ergeben kein Auftragsvolumen" in refused([OWN_COST], MEMBERS)
    credit = CostBlock("C", "Gutschrift", AllocationKey.CLIENTS, Money(-100))
    assert "ein negatives Netto-Auftragsvolumen" in refused([credit, OWN_COST], MEMBERS)


def test_supplier_tax_does_not_follow_credits_and_debits_in_one_allocation():
    position = QuantityPosition("Rückgabe", "Stück", UnitPrice.of("-1"), {"a": Quantity.of(1)})
    back = CostBlock("A", "Rückgabe", AllocationKey.ACTUAL_QUANTITY, positions=(position,))
    line = QuantityPosition("Kauf", "Stück", UnitPrice.of(2), {"b": Quantity.of(1)})
    bought = CostBlock("B", "Kauf", AllocationKey.ACTUAL_QUANTITY, positions=(line,))
    assert "Gutschriften in einer eigenen Kostenaufteilung" in refused([back, bought], TWO)


def test_a_negative_tax_rate_is_refused():
    assert "Der Steuersatz ist negativ." in refused(BLOCKS, MEMBERS, Decimal(-19))
