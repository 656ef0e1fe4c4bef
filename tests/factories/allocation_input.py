"""Frozen inputs and award lines as plain values, for tests of calculations that need no database."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal

from procurement.allocation.award import AwardedLine
from procurement.allocation.calculation import calculated
from procurement.allocation.keys import AllocationKey, Pot
from procurement.allocation.run_figures import RunFigures
from procurement.allocation.run_input import AmountPart, InputBlock, InputMember, KeyFigure, LinePart, RunInput
from procurement.allocation.states import ChargeType
from procurement.allocation.taxation import VatCase
from procurement.values.money import Money, UnitPrice
from procurement.values.payment import Nature
from procurement.values.quantity import Quantity
from tests.examples import firewall_3_6 as paper

AWARDED_ON = date(2026, 10, 12)
REFERENCE_DATE = date(2024, 12, 31)
SOURCE = ("Destatis Gemeindeverzeichnis", "Zensus 2022")
POTS = (
    Pot(Decimal(paper.BASE_PERCENT), AllocationKey.EQUAL),
    Pot(Decimal(paper.POPULATION_PERCENT), AllocationKey.INHABITANTS),
)
AGS_OF = {row.name: row.ags for row in paper.ROWS}


def awarded_line(line_id: int = 1, number: str = "P-1", **details: object) -> AwardedLine:
    """A line for one joint piece at 100.00 euro; ``details`` are its other fields."""
    typed = {
        "lot": 1, "title": f"Position {number}", "unit": "Stück", "nature": Nature.ONE_OFF, "quantity": Quantity.of(1),
        "unit_price": UnitPrice.of("100.00"), "supplier": "Netz GmbH", "awarded_on": AWARDED_ON, "shares": {},
    } | details  # fmt: skip
    total = typed.pop("total_net", typed["unit_price"].times(typed["quantity"]))
    return AwardedLine(line_id=line_id, number=number, total_net=total, **typed)


def line_part(number: str, title: str, price: str, pieces: Mapping[str, int | str], **details: object) -> LinePart:
    """A line billed in full; pieces by member key, or by anything if nobody in particular."""
    full = Quantity.total(Quantity.of(count) for count in pieces.values())
    made = LinePart(
        line_id=1, lot=1, number=number, title=title, unit="Stück", nature=Nature.ONE_OFF, supplier="Netz GmbH",
        awarded_on=AWARDED_ON, unit_price=UnitPrice.of(price), quantity=full, full_quantity=full,
        full_total=UnitPrice.of(price).times(full),
        member_quantities=tuple(sorted((key, Quantity.of(count)) for key, count in pieces.items())),
    )  # fmt: skip
    return replace(made, **details)


def block(number: str, key: AllocationKey, amount: str = "", *lines: LinePart, **details: object) -> InputBlock:
    """A block of one free amount, or of these lines."""
    amounts = (AmountPart(Money.of(amount), "Nachweis"),) if amount else ()
    made = InputBlock(number, f"Block {number}", key, (), "Weil es passt.", Nature.ONE_OFF, True, lines, amounts)
    return replace(made, **details)


def member(key: str, name: str, **figures: int) -> InputMember:
    """A member with its figures of the usual date and source."""
    known = (KeyFigure(AllocationKey(kind), value, REFERENCE_DATE, *SOURCE) for kind, value in figures.items())
    return InputMember(key, name, tuple(known))


def run_input(*blocks: InputBlock, members: tuple[InputMember, ...] = (), **details: object) -> RunInput:
    """An input of three members with 1, 2 and 3 clients unless others are given."""
    three = tuple(
        member(key, name, clients=count)
        for key, name, count in (("1", "Adorf", 1), ("2", "Bstadt", 2), ("3", "Cdorf", 3))
    )
    typed = {
        "tender_reference": "V-1", "tender_title": "Firewall", "title": "Jahr 1",
        "charge_type": ChargeType.COST_REIMBURSEMENT, "vat_case": VatCase.COST_GROSS,
        "vat_rate_percent": Decimal(19), "period_from": date(2027, 1, 1), "period_to": date(2027, 12, 31),
        "key_reference_date": REFERENCE_DATE, "due_on": None, "legal_basis": "§ 19 GkG NRW",
    } | details  # fmt: skip
    return RunInput(members=members or three, blocks=blocks, **typed)


def firewall(vat_case: VatCase = VatCase.COST_GROSS) -> RunFigures:
    """The case of the paper, calculated; members in the order of the printed table."""
    devices = [
        line_part(f"FW-{place:02}", title, price, {AGS_OF[name]: count for name, count in pieces.items() if count})
        for place, (title, price, pieces) in enumerate(paper.DEVICES, 1)
    ]
    own = block("D", AllocationKey.VOLUME, "9750.00", title="Beschaffungskosten", has_supplier_vat=False)
    members = tuple(member(r.ags, r.name, inhabitants=r.inhabitants, clients=r.clients) for r in paper.ROWS)
    return calculated(
        run_input(
            block("A", AllocationKey.MIXED, "48500.00", title="Einrichtung", pots=POTS),
            block("B", AllocationKey.ACTUAL_QUANTITY, "", *devices, title="Geräte"),
            block("C", AllocationKey.CLIENTS, "62400.00", title="Betrieb Jahr 1"),
            own,
            members=members,
            vat_case=vat_case,
        )
    )
