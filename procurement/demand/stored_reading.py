"""A reading as it is kept with its upload: JSON text in which every quantity is a decimal text, and back."""

import json
from typing import Any

from procurement.demand.demand_sheet_reading import SheetReading
from procurement.demand.entries import ItemEntry
from procurement.demand.packed_entries import packed, unpacked
from procurement.demand.sheet_rows import SheetRow, Wish
from procurement.members.import_cells import Fault


def stored(reading: SheetReading) -> str:
    """The reading as JSON; strange characters are escaped, so that every database takes the text."""
    document = {
        "rows": [_packed_row(row) for row in reading.rows],
        "refusals": reading.refusals,
        "remarks": reading.remarks,
        "version": reading.version,
    }
    return json.dumps(document, separators=(",", ":"))


def restored(text: str) -> SheetReading:
    """The reading of a stored text; an empty one if nothing was read yet."""
    if not text:
        return SheetReading()
    document = json.loads(text)
    return SheetReading(
        rows=tuple(_row(parts) for parts in document["rows"]),
        refusals=tuple(document["refusals"]),
        remarks=tuple(document["remarks"]),
        version=document["version"],
    )


def _packed_row(row: SheetRow) -> dict[str, object]:
    """A row without its empty parts: most rows of a large sheet have only an article."""
    parts = {
        "number": row.number,
        "article": row.entry.article_id,
        "entry": packed(row.entry),
        "baseline": packed(row.baseline),
        "wish": [row.wish.title, row.wish.unit] if row.wish else None,
        "typed": row.typed if row.faults else None,
        "faults": [[fault.reference, fault.sentence, fault.asks_for_style] for fault in row.faults],
        "remarks": row.remarks,
    }
    return {name: value for name, value in parts.items() if value}


def _row(parts: dict[str, Any]) -> SheetRow:
    article_id = parts.get("article", 0)
    return SheetRow(
        number=parts["number"],
        entry=unpacked(parts.get("entry", ""), article_id) or ItemEntry(article_id),
        baseline=unpacked(parts.get("baseline", ""), article_id),
        wish=Wish(*parts["wish"]) if "wish" in parts else None,
        typed=tuple(parts.get("typed", ())),
        faults=tuple(Fault(*fault) for fault in parts.get("faults", ())),
        remarks=tuple(parts.get("remarks", ())),
    )
