"""The frozen input as one canonical text with its hash: JSON with sorted keys and no spaces, the same on every machine.

Amounts are integer cents, prices, quantities and percents are decimal text, days are ISO dates; nothing is a binary
float. The text is the machine-readable annex of the printed allocation, so its names are plain and its order is fixed.
"""

import hashlib
import json
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from procurement.allocation.keys import AllocationKey, Pot
from procurement.allocation.run_input import AmountPart, InputBlock, InputMember, KeyFigure, LinePart, RunInput
from procurement.allocation.states import ChargeType
from procurement.allocation.taxation import VatCase
from procurement.values.money import Money, UnitPrice
from procurement.values.payment import Nature
from procurement.values.quantity import Quantity

FORMAT = 1

Object = dict[str, Any]


def written(given: RunInput) -> str:
    """The canonical text of an input."""
    return json.dumps(_run(given), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def fingerprint(text: str) -> str:
    """The SHA-256 of the text, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def read(text: str) -> RunInput:
    """The input of a text made by :func:`written`."""
    found: Object = json.loads(text)
    return RunInput(
        tender_reference=found["tender"]["reference"],
        tender_title=found["tender"]["title"],
        title=found["title"],
        charge_type=ChargeType(found["charge_type"]),
        vat_case=VatCase(found["vat"]["case"]),
        vat_rate_percent=Decimal(found["vat"]["rate_percent"]),
        period_from=date.fromisoformat(found["period"]["from"]),
        period_to=date.fromisoformat(found["period"]["to"]),
        key_reference_date=date.fromisoformat(found["key_reference_date"]),
        due_on=_day(found["due_on"]),
        legal_basis=found["legal_basis"],
        members=tuple(_read_member(member) for member in found["members"]),
        blocks=tuple(_read_block(block) for block in found["blocks"]),
        corrects=found["corrects"],
    )


def _run(given: RunInput) -> Object:
    return {
        "format": FORMAT,
        "tender": {"reference": given.tender_reference, "title": given.tender_title},
        "title": given.title,
        "charge_type": given.charge_type.value,
        "vat": {"case": given.vat_case.value, "rate_percent": str(given.vat_rate_percent)},
        "period": {"from": given.period_from.isoformat(), "to": given.period_to.isoformat()},
        "key_reference_date": given.key_reference_date.isoformat(),
        "due_on": given.due_on.isoformat() if given.due_on else None,
        "legal_basis": given.legal_basis,
        "members": [_member(member) for member in given.members],
        "blocks": [_block(block) for block in given.blocks],
        "corrects": given.corrects,
    }


def _member(member: InputMember) -> Object:
    return {"key": member.key, "name": member.name, "figures": {f.kind.value: _figure(f) for f in member.figures}}


def _figure(figure: KeyFigure) -> Object:
    return {
        "value": figure.value,
        "reference_date": figure.reference_date.isoformat() if figure.reference_date else None,
        "source": figure.source,
        "census_basis": figure.census_basis,
        "note": figure.note,
    }


def _block(block: InputBlock) -> Object:
    return {
        "number": block.number,
        "title": block.title,
        "key": block.key.value,
        "pots": [{"percent": _percent(pot.percent), "key": pot.key.value} for pot in block.pots],
        "reason": block.reason,
        "nature": block.nature.value,
        "has_supplier_vat": block.has_supplier_vat,
        "lines": [_line(line) for line in block.lines],
        "amounts": [{"amount_cents": part.amount.cents, "evidence": part.evidence} for part in block.amounts],
    }


def _line(line: LinePart) -> Object:
    return {
        "line_id": line.line_id,
        "lot": line.lot,
        "number": line.number,
        "title": line.title,
        "unit": line.unit,
        "nature": line.nature.value,
        "supplier": line.supplier,
        "awarded_on": line.awarded_on.isoformat(),
        "unit_price": str(line.unit_price),
        "quantity": str(line.quantity),
        "full_quantity": str(line.full_quantity),
        "full_total_cents": line.full_total.cents,
        "member_quantities": {key: str(quantity) for key, quantity in line.member_quantities},
    }


def _read_member(found: Object) -> InputMember:
    figures = {AllocationKey(kind): figure for kind, figure in found["figures"].items()}
    known = tuple(_read_figure(kind, figures[kind]) for kind in AllocationKey if kind in figures)
    return InputMember(found["key"], found["name"], known)


def _read_figure(kind: AllocationKey, found: Object) -> KeyFigure:
    day = _day(found["reference_date"])
    return KeyFigure(kind, found["value"], day, found["source"], found["census_basis"], found["note"])


def _read_block(found: Object) -> InputBlock:
    return InputBlock(
        number=found["number"],
        title=found["title"],
        key=AllocationKey(found["key"]),
        pots=tuple(Pot(Fraction(pot["percent"]), AllocationKey(pot["key"])) for pot in found["pots"]),
        reason=found["reason"],
        nature=Nature(found["nature"]),
        has_supplier_vat=found["has_supplier_vat"],
        lines=tuple(_read_line(line) for line in found["lines"]),
        amounts=tuple(AmountPart(Money(part["amount_cents"]), part["evidence"]) for part in found["amounts"]),
    )


def _read_line(found: Object) -> LinePart:
    return LinePart(
        line_id=found["line_id"],
        lot=found["lot"],
        number=found["number"],
        title=found["title"],
        unit=found["unit"],
        nature=Nature(found["nature"]),
        supplier=found["supplier"],
        awarded_on=date.fromisoformat(found["awarded_on"]),
        unit_price=UnitPrice.of(found["unit_price"]),
        quantity=Quantity.of(found["quantity"]),
        full_quantity=Quantity.of(found["full_quantity"]),
        full_total=Money(found["full_total_cents"]),
        member_quantities=tuple((key, Quantity.of(amount)) for key, amount in found["member_quantities"].items()),
    )


def _percent(percent: Fraction | Decimal) -> str:
    """The shortest exact text of a percentage: ``30``, ``12.5``, and ``100/3`` where no decimal is exact."""
    exact = Fraction(percent)
    decimal = Decimal(exact.numerator) / Decimal(exact.denominator)
    return f"{decimal.normalize():f}" if Fraction(decimal) == exact else str(exact)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
