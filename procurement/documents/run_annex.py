"""The figures of a run for machines: JSON with the whole frozen input and every step, and the same steps as a table.

Whoever has one of the two can recompute every cent without this program: pots with their totals, all weights, and the
published rule. Amounts are whole cents, weights whole numbers; nothing is a binary float. The checksum of the input is
that of its canonical text: JSON with sorted keys, no spaces, UTF-8.
"""

import json
from collections.abc import Iterator, Sequence
from typing import Any

from procurement.allocation.proof import ControlSum
from procurement.allocation.run_figures import PotFigures, RunFigures
from procurement.documents.allocation_of_run import ROUNDING_RULE
from procurement.documents.contents import DocumentIdentity
from procurement.documents.key_wording import weight_unit

FORMAT = 1
HEAD = (
    "Art", "Kostenblock", "Teiltopf", "Bezeichnung", "Schlüssel", "Gewicht zählt", "Betrag des Topfs in Cent",
    "Mitglied", "Name", "Gewicht", "Summe der Gewichte", "abgerundet in Cent", "Rest", "Zusatzcent", "Betrag in Cent",
)  # fmt: skip
TAX_BLOCK = "USt"

Object = dict[str, Any]
Row = tuple[str | int, ...]


def annex_json(figures: RunFigures, input_text: str, identity: DocumentIdentity) -> bytes:
    """The JSON file; ``input_text`` is the canonical text of the frozen input as it was stored."""
    content = {
        "format": FORMAT,
        "document": _document(identity),
        "rounding_rule": ROUNDING_RULE,
        "input": json.loads(input_text),
        "result": {
            "blocks": [
                {
                    "number": part.block.number,
                    "title": part.block.title,
                    "net_cents": part.net.cents,
                    "pots": [_pot(figures, pot) for pot in part.pots],
                }
                for part in figures.blocks
            ],
            "supplier_vat": _pot(figures, figures.vat_pot) if figures.vat_pot else None,
            "members": [
                {
                    "key": member.key,
                    "name": member.name,
                    "net_cents": member.net.cents,
                    "vat_cents": member.vat.cents,
                    "gross_cents": member.gross.cents,
                }
                for member in figures.members
            ],
            "net_cents": figures.net.cents,
            "vat_cents": figures.vat.cents,
            "gross_cents": figures.gross.cents,
        },
        "control_sums": [_control_sum(control) for control in figures.control_sums],
    }
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()


def _document(identity: DocumentIdentity) -> Object:
    return {
        "number": identity.number,
        "version": identity.version,
        "run": identity.run_id,
        "issued_at": identity.issued_at.isoformat(),
        "input_sha256": identity.input_hash,
        "program_version": identity.program_version,
    }


def _pot(figures: RunFigures, pot: PotFigures) -> Object:
    return {
        "code": pot.code,
        "label": pot.label,
        "key": pot.key.value,
        "weight_unit": weight_unit(pot),
        "total_cents": pot.total.cents,
        "total_weight": pot.total_weight,
        "shares": [
            {
                "member": member.key,
                "weight": row.weight,
                "floor_cents": row.floor,
                "remainder": row.remainder,
                "extra_cent": row.extra,
                "amount_cents": row.amount.cents,
            }
            for member, row in zip(figures.members, pot.rows, strict=True)
        ],
    }


def _control_sum(control: ControlSum) -> Object:
    return {
        "label": control.label,
        "expected_cents": control.expected.cents,
        "actual_cents": control.actual.cents,
        "difference_cents": control.difference.cents,
    }


def annex_rows(figures: RunFigures) -> list[Sequence[str | int]]:
    """The table behind the CSV file: one row per pot and member, then net, tax and amount due of every member."""
    return [HEAD, *_share_rows(figures), *_result_rows(figures)]


def _share_rows(figures: RunFigures) -> Iterator[Row]:
    for part in figures.blocks:
        for pot in part.pots:
            yield from _pot_rows(figures, pot, part.block.number, f"{part.block.title}: {pot.label}")
    if figures.vat_pot:
        yield from _pot_rows(figures, figures.vat_pot, TAX_BLOCK, figures.vat_pot.label)


def _pot_rows(figures: RunFigures, pot: PotFigures, block: str, title: str) -> Iterator[Row]:
    head = (block, pot.code, title, pot.key.label, weight_unit(pot), pot.total.cents)
    for member, row in zip(figures.members, pot.rows, strict=True):
        steps = (str(row.weight), str(pot.total_weight), row.floor, str(row.remainder), row.extra)
        yield ("Anteil", *head, member.key, member.name, *steps, row.amount.cents)


def _result_rows(figures: RunFigures) -> Iterator[Row]:
    for member in figures.members:
        for kind, amount in (("Netto", member.net), ("Umsatzsteuer", member.vat), ("Zahlbetrag", member.gross)):
            yield (kind, "", "", "", "", "", "", member.key, member.name, "", "", "", "", "", amount.cents)
    for kind, amount in (("Netto", figures.net), ("Umsatzsteuer", figures.vat), ("Zahlbetrag", figures.gross)):
        yield (f"Summe {kind}", *[""] * (len(HEAD) - 2), amount.cents)
