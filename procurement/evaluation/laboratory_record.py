"""A comparison as canonical text for the file: JSON with sorted keys, fractions as texts, prices in whole cents."""

import json
from dataclasses import asdict
from fractions import Fraction
from typing import Any

from procurement.evaluation.laboratory import TriedBid
from procurement.evaluation.laboratory_comparison import Cell, Column, Comparison
from procurement.evaluation.laboratory_remarks import Remark
from procurement.evaluation.laboratory_simulation import Ranges
from procurement.values.money import Money


def canonical(comparison: Comparison) -> str:
    """The one text of a comparison."""
    content = asdict(comparison) | {
        "bids": [{"name": bid.name, "points": bid.points, "price_cents": bid.price.cents} for bid in comparison.bids],
        "columns": [_stored_column(column) for column in comparison.columns],
    }
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def read(text: str) -> Comparison:
    """The comparison behind a canonical text, exactly as it was shown when it was put on file."""
    content: dict[str, Any] = json.loads(text)
    return Comparison(
        bids=tuple(TriedBid(bid["name"], bid["points"], Money(bid["price_cents"])) for bid in content["bids"]),
        columns=tuple(_read_column(column) for column in content["columns"]),
        hints=tuple(content["hints"]),
        different_winners=content["different_winners"],
        max_points=content["max_points"],
        seed=content["seed"],
        sets=content["sets"],
        per_set=content["per_set"],
        ranges=Ranges(**content["ranges"]),
    )


def _stored_column(column: Column) -> dict[str, Any]:
    return asdict(column) | {
        "cells": [{"score": _text(cell.score), "rank": cell.rank} for cell in column.cells],
        "price_effect": _text(column.price_effect),
    }


def _read_column(stored: dict[str, Any]) -> Column:
    return Column(
        **stored
        | {
            "words": tuple((name, text) for name, text in stored["words"]),
            "problems": tuple(stored["problems"]),
            "cells": tuple(Cell(_fraction(cell["score"]), cell["rank"]) for cell in stored["cells"]),
            "winners": tuple(stored["winners"]),
            "price_effect": _fraction(stored["price_effect"]),
            "remarks": tuple(Remark(**remark) for remark in stored["remarks"]),
        }
    )


def _text(figure: Fraction | None) -> str | None:
    return None if figure is None else str(figure)


def _fraction(text: str | None) -> Fraction | None:
    return None if text is None else Fraction(text)
