"""Lists in a tender's file: the same rows as CSV, which a clerk opens in Excel, and as JSON, which a program reads."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal

from procurement.documents.notation import in_berlin
from procurement.values.label import Labelled
from procurement.values.money import Money, UnitPrice
from procurement.values.quantity import Quantity
from procurement.values.sheet_layout import CellValue

Figure = Money | UnitPrice | Quantity
Cell = str | int | bool | date | datetime | Decimal | Figure | None
Line = Mapping[str, Cell]


@dataclass(frozen=True, slots=True)
class Register:
    """One list: the stem of its file names, what it is, and its rows, all with the same columns."""

    stem: str
    about: str
    lines: Sequence[Line]


def json_text(content: object) -> bytes:
    """Readable JSON with its keys in the order given, one line end at the end."""
    return (json.dumps(content, ensure_ascii=False, indent=1, default=_plain) + "\n").encode()


def json_of(register: Register) -> bytes:
    """The rows as objects; amounts as decimal text, moments in UTC."""
    return json_text([{name: _stated(cell) for name, cell in line.items()} for line in register.lines])


def csv_of(register: Register) -> list[list[CellValue]]:
    """The column names and the rows as a spreadsheet shows them; moments in German time."""
    names = list(register.lines[0])
    return [list[CellValue](names), *([_shown(line[name]) for name in names] for line in register.lines)]


def _stated(cell: Cell) -> object:
    if isinstance(cell, Labelled):
        return cell.label
    return cell if cell is None or isinstance(cell, str | int) else _plain(cell)


def _plain(value: object) -> str:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Money | UnitPrice | Quantity):
        return str(value.as_decimal())
    return str(value)


def _shown(cell: Cell) -> CellValue:
    if isinstance(cell, Labelled):
        return cell.label
    if isinstance(cell, bool):
        return "ja" if cell else "nein"
    if isinstance(cell, datetime):
        return f"{in_berlin(cell):%d.%m.%Y %H:%M:%S}"
    return cell
