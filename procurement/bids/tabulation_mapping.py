"""What each column of somebody else's bid tabulation means, stated by an officer and proposed from its heading.

A column has one role; the columns of a bidder also say whose they are. A table has either one or two columns per bidder
or, in its long form, one row per position and bidder. Columns are numbered from 1 as they stand in the sheet, because
titles in such files are double, merged or missing. A mapping is remembered under the titles of its head row, so that
the next table of the same platform is mapped already.
"""

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from procurement.values.label import Labelled
from procurement.values.number_text import NumberStyle, decimal_in
from procurement.values.objection import Objection
from procurement.values.sheet import Sheet, column_letters

FEWEST_TITLES = 4
SEARCHED_ROWS = 40


class ColumnRole(Labelled):
    """What a column holds."""

    IGNORED = "ignored", "nicht übernehmen"
    LINE = "line", "Position"
    ARTICLE = "article", "Artikelnummer"
    TITLE = "title", "Bezeichnung"
    UNIT = "unit", "Einheit"
    QUANTITY = "quantity", "Menge"
    UNIT_PRICE = "unit_price", "Einzelpreis eines Bieters"
    LINE_TOTAL = "line_total", "Gesamtpreis eines Bieters"
    BIDDER = "bidder", "Bieter (eine Zeile je Position und Bieter)"
    ESTIMATE = "estimate", "eigene Schätzung, kein Bieter"
    WITHDRAWN = "withdrawn", "Bieter, der zurückgezogen hat"


ONCE = (ColumnRole.LINE, ColumnRole.ARTICLE, ColumnRole.TITLE, ColumnRole.UNIT, ColumnRole.QUANTITY, ColumnRole.BIDDER)
OF_BIDDER = (ColumnRole.UNIT_PRICE, ColumnRole.LINE_TOTAL, ColumnRole.WITHDRAWN)
NEEDED = (ColumnRole.LINE, ColumnRole.QUANTITY, ColumnRole.UNIT_PRICE)

# Words of headings, German and English, the longer ones first where one contains the other.
PRICE_WORDS = ("unit price", "einzelpreis", "einheitspreis", "ep netto", "e.p.", "ep")
TOTAL_WORDS = (
    "extended amount", "extension", "gesamtpreis", "gesamtbetrag", "positionspreis", "gp netto", "g.p.", "gp",
)  # fmt: skip
ESTIMATE_WORDS = ("engineer", "kostenschätzung", "schätzung", "estimate")
PLAIN_WORDS: tuple[tuple[ColumnRole, tuple[str, ...]], ...] = (
    (ColumnRole.BIDDER, ("bieter", "bidder", "bidder name", "bidder_no", "firma")),
    (ColumnRole.QUANTITY, ("menge", "quantity", "qty", "anzahl")),
    (ColumnRole.UNIT, ("einheit", "unit", "unitname", "unit name", "me")),
    (ColumnRole.ARTICLE, ("artikelnummer", "artikel-nr.", "artikel", "itemnumber", "item number", "item")),
    (ColumnRole.TITLE, ("bezeichnung", "beschreibung", "leistung", "text", "itemdescription", "description")),
    (ColumnRole.LINE, ("position", "pos.", "pos", "pos.-nr.", "linenumber", "line number", "line", "oz", "nr.")),
)


@dataclass(frozen=True, slots=True)
class MappedColumn:
    """One column, counted from 1, its role and, for a bidder's column, the bidder's name."""

    number: int
    role: ColumnRole
    bidder: str = ""


@dataclass(frozen=True, slots=True)
class TableMapping:
    """Where the table stands and what its columns mean; ``left_out`` are rows that are no positions, with a reason."""

    sheet: str
    head_row: int
    style: NumberStyle
    columns: tuple[MappedColumn, ...]
    left_out: tuple[int, ...] = ()
    left_out_reason: str = ""

    def column(self, role: ColumnRole) -> int | None:
        """The one column of a role that stands once, if there is one."""
        return next((column.number for column in self.columns if column.role is role), None)

    def bidder_columns(self, role: ColumnRole) -> dict[str, int]:
        """The columns of a role by bidder, in the order of the sheet."""
        return {column.bidder: column.number for column in self.columns if column.role is role}

    @property
    def is_long(self) -> bool:
        """Whether every row holds one position of one bidder."""
        return self.column(ColumnRole.BIDDER) is not None


def as_stored(mapping: TableMapping) -> dict[str, Any]:
    """The mapping as plain JSON values."""
    return {
        "sheet": mapping.sheet,
        "head_row": mapping.head_row,
        "style": mapping.style.value,
        "columns": [[column.number, column.role.value, column.bidder] for column in mapping.columns],
        "left_out": list(mapping.left_out),
        "left_out_reason": mapping.left_out_reason,
    }


def from_stored(stored: Mapping[str, Any]) -> TableMapping:
    """The mapping behind stored values."""
    return TableMapping(
        sheet=stored["sheet"],
        head_row=stored["head_row"],
        style=NumberStyle(stored["style"]),
        columns=tuple(MappedColumn(number, ColumnRole(role), bidder) for number, role, bidder in stored["columns"]),
        left_out=tuple(stored["left_out"]),
        left_out_reason=stored["left_out_reason"],
    )


def titles_at(sheet: Sheet, head_row: int) -> list[str]:
    """The titles of a head row, spaces collapsed; a row outside the sheet has none."""
    if not 1 <= head_row <= len(sheet.rows):
        return []
    return [" ".join(cell.text.split()) for cell in sheet.rows[head_row - 1]]


def fingerprint(titles: Sequence[str]) -> str:
    """What a mapping is remembered under: SHA-256 of the titles without the bidders' names in them."""
    roles = [_role_of(title) for title in titles]
    bare = [_bare(title, role) for title, role in zip(titles, roles, strict=True)]
    kept = [text for text, role in zip(bare, roles, strict=True) if role not in OF_BIDDER]
    return hashlib.sha256(json.dumps([text.casefold() for text in kept], ensure_ascii=False).encode()).hexdigest()


def proposal(sheet: Sheet, head_row: int | None = None, style: NumberStyle | None = None) -> TableMapping:
    """A first mapping by the words of the headings; every column has a role, an unknown one is not taken over."""
    row = head_row or _likely_head(sheet)
    titles, roles = titles_at(sheet, row), [_role_of(title) for title in titles_at(sheet, row)]
    columns = []
    taken: set[ColumnRole] = set()
    for number, (title, role) in enumerate(zip(titles, roles, strict=True), start=1):
        chosen = ColumnRole.IGNORED if role in ONCE and role in taken else role
        taken.add(chosen)
        columns.append(MappedColumn(number, chosen, _bare(title, chosen) if chosen in OF_BIDDER else ""))
    if ColumnRole.BIDDER in taken:
        columns = [replace(column, bidder="") for column in columns]
    else:
        columns = [_without_nobody(column, titles[column.number - 1]) for column in columns]
    return TableMapping(sheet.name, row, style or _likely_style(sheet, row), tuple(columns))


def _without_nobody(column: MappedColumn, title: str) -> MappedColumn:
    """A price column that names nobody is none of a bidder's."""
    is_nobody = column.role in OF_BIDDER and column.bidder == title
    return MappedColumn(column.number, ColumnRole.IGNORED) if is_nobody else column


def adapted(remembered: TableMapping, sheet: Sheet, head_row: int) -> TableMapping:
    """A remembered mapping on a new table: the roles of the plain columns, the bidders as this table names them."""
    made = proposal(sheet, head_row, remembered.style)
    plain = iter(column.role for column in remembered.columns if column.role not in OF_BIDDER)
    columns = tuple(
        column if column.role in OF_BIDDER else replace(column, role=next(plain, column.role))
        for column in made.columns
    )
    return replace(made, columns=columns)


def objections_to_mapping(mapping: TableMapping, sheet: Sheet) -> list[Objection]:
    """What keeps a table from being read with this mapping; ``field`` names the field of the form."""
    if not 1 <= mapping.head_row <= len(sheet.rows):
        return [Objection(f"Eine Zeile {mapping.head_row} gibt es in diesem Blatt nicht.", "head_row")]
    found = []
    for role in ONCE:
        numbers = [column.number for column in mapping.columns if column.role is role]
        if len(numbers) > 1:
            named = " und ".join(column_letters(number) for number in numbers)
            found.append(Objection(f"„{role.label}“ ist für die Spalten {named} gewählt, möglich ist nur eine."))
    found += [
        Objection(f"Es fehlt die Spalte „{role.label}“. Bitte bei einer Spalte wählen.")
        for role in NEEDED
        if mapping.column(role) is None
    ]
    found += _objections_to_bidders(mapping)
    if mapping.left_out and not mapping.left_out_reason.strip():
        found.append(Objection("Bitte begründen, warum Zeilen ausgelassen werden.", "left_out_reason"))
    return found


def _objections_to_bidders(mapping: TableMapping) -> list[Objection]:
    found = []
    for role in OF_BIDDER:
        columns = [column for column in mapping.columns if column.role is role]
        if mapping.is_long:
            if len(columns) > 1:
                text = f"Mit einer Spalte „Bieter“ gibt es nur eine Spalte „{role.label}“."
                found.append(Objection(text))
            continue
        for column in columns:
            letters = column_letters(column.number)
            if not column.bidder.strip():
                found.append(Objection(f"Spalte {letters}: Bitte den Bieter nennen.", f"bidder_{column.number}"))
            elif [other.bidder for other in columns].count(column.bidder) > 1:
                text = f"Spalte {letters}: „{column.bidder}“ hat mehr als eine Spalte „{role.label}“."
                found.append(Objection(text, f"bidder_{column.number}"))
    return found


def _role_of(title: str) -> ColumnRole:
    """The role that the words of a heading suggest."""
    bare = " ".join(title.casefold().split())
    if any(word in bare for word in ESTIMATE_WORDS):
        return ColumnRole.ESTIMATE if _ends_with(bare, PRICE_WORDS) else ColumnRole.IGNORED
    for role, words in PLAIN_WORDS:
        if bare in words:
            return role
    if bare in {"unitprice", "unit_price", *PRICE_WORDS}:
        return ColumnRole.UNIT_PRICE
    if _ends_with(bare, TOTAL_WORDS):
        return ColumnRole.LINE_TOTAL
    return ColumnRole.UNIT_PRICE if _ends_with(bare, PRICE_WORDS) else ColumnRole.IGNORED


def _ends_with(bare: str, words: Sequence[str]) -> bool:
    return any(re.search(rf"(^|[\s(\[,:–-]){re.escape(word)}[)\]\s€]*$", bare) for word in words)


def _bare(title: str, role: ColumnRole) -> str:
    """The bidder in a heading such as ``Muster GmbH (Einzelpreis)``."""
    if role not in OF_BIDDER:
        return title
    for word in PRICE_WORDS if role is ColumnRole.UNIT_PRICE else TOTAL_WORDS:
        cut = re.sub(rf"[\s(\[,:–-]*\b{re.escape(word)}[)\]\s€]*$", "", title, flags=re.IGNORECASE)
        if cut != title:
            return cut.strip()
    return title


def _likely_head(sheet: Sheet) -> int:
    """The first of the upper rows whose headings name a quantity and at least three other known columns."""
    for row in range(1, min(len(sheet.rows), SEARCHED_ROWS) + 1):
        roles = [_role_of(title) for title in titles_at(sheet, row) if title]
        if ColumnRole.QUANTITY in roles and len(set(roles) - {ColumnRole.IGNORED}) >= FEWEST_TITLES - 1:
            return row
    return next((row for row in range(1, len(sheet.rows) + 1) if any(titles_at(sheet, row))), 1)


def _likely_style(sheet: Sheet, head_row: int) -> NumberStyle:
    """The style in which more of the texts below are numbers; the officer decides, and the preview shows it."""
    below = [cell.text for cells in sheet.rows[head_row : head_row + SEARCHED_ROWS] for cell in cells]
    readable = {style: sum(decimal_in(text, style) is not None for text in below) for style in NumberStyle}
    is_english = readable[NumberStyle.ENGLISH] > readable[NumberStyle.GERMAN]
    return NumberStyle.ENGLISH if is_english else NumberStyle.GERMAN
