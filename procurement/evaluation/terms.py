"""Whether method and criteria are still those of the publication: nothing else may ever be evaluated with.

Only the parts that enter a run are compared. Lots, lines and participants have their own proof on the tender's file,
and a change there must not look like a change of the award criteria.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from procurement.evaluation.run_input import RunInput, hash_of
from procurement.tenders.freeze import ADDED_LATER, PART_NAMES
from procurement.tenders.lot_references import parameters_in_lot


def changed_terms(
    frozen_text: str | None, frozen_hash: str | None, run_input: RunInput, announced: Mapping[str, Any] | None = None
) -> tuple[str, ...]:
    """The German names of what differs from the publication; an altered or missing text of it is named as a whole.

    ``announced`` are further parts as they are stored now, by their name in the publication.
    """
    if not frozen_text or hash_of(frozen_text) != frozen_hash:
        return ("Text der Veröffentlichung",)
    was: dict[str, Any] = json.loads(frozen_text)
    was["parameters"] = parameters_in_lot(was.get("parameters", {}), run_input.lot)
    was["criteria"] = [_as_frozen(criterion) for criterion in was.get("criteria", [])]
    now = {
        "method": run_input.method,
        "parameters": dict(run_input.parameters),
        "tie_rule": run_input.tie_rule.value,
        "criteria": [
            _as_frozen(asdict(entry)) | {"position": place} for place, entry in enumerate(run_input.criteria, 1)
        ],
        **(announced or {}),
    }
    return tuple(PART_NAMES[part] for part, content in now.items() if was.get(part) != content)


def _as_frozen(criterion: Mapping[str, Any]) -> dict[str, Any]:
    """A criterion as publication fixes it: what came later is left out where there is none."""
    return {name: value for name, value in criterion.items() if value or name not in ADDED_LATER}
