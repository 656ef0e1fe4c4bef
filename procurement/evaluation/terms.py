"""Whether method and criteria are still those of the publication: nothing else may ever be evaluated with.

Only the parts that enter a run are compared. Lots, lines and participants have their own proof on the tender's file,
and a change there must not look like a change of the award criteria.
"""

import json
from dataclasses import asdict
from typing import Any

from procurement.evaluation.run_input import RunInput, hash_of
from procurement.tenders.freeze import PART_NAMES


def changed_terms(frozen_text: str | None, frozen_hash: str | None, run_input: RunInput) -> tuple[str, ...]:
    """The German names of what differs from the publication; an altered or missing text of it is named as a whole."""
    if not frozen_text or hash_of(frozen_text) != frozen_hash:
        return ("Text der Veröffentlichung",)
    was: dict[str, Any] = json.loads(frozen_text)
    now = {
        "method": run_input.method,
        "parameters": dict(run_input.parameters),
        "tie_rule": run_input.tie_rule.value,
        "criteria": [asdict(entry) | {"position": place} for place, entry in enumerate(run_input.criteria, 1)],
    }
    return tuple(PART_NAMES[part] for part, content in now.items() if was.get(part) != content)
