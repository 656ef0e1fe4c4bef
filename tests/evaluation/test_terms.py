import json
from dataclasses import asdict, replace

import pytest

from procurement.evaluation.run_input import hash_of
from procurement.evaluation.terms import changed_terms
from procurement.tenders.kinds import TieRule
from tests.factories.runs import g11

PUBLISHED = g11()
TEXT = json.dumps(
    {
        "method": "simple_ratio",
        "parameters": {"whole_points": "no"},
        "tie_rule": "none",
        "criteria": [asdict(entry) | {"position": place} for place, entry in enumerate(PUBLISHED.criteria, 1)],
        "lots": ["not part of this comparison"],
    }
)
FIRST, *REST = PUBLISHED.criteria


def test_what_was_published_is_evaluated_with():
    assert changed_terms(TEXT, hash_of(TEXT), PUBLISHED) == ()


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"method": "lowest_price"}, "Wertungsmethode"),
        ({"parameters": {"whole_points": "yes"}}, "Parameter der Wertung"),
        ({"tie_rule": TieRule.PRICE}, "Regel bei Gleichstand"),
        ({"criteria": (replace(FIRST, weight_percent="60"), *REST)}, "Kriterien"),
    ],
)
def test_a_later_change_is_named(change, named):
    assert changed_terms(TEXT, hash_of(TEXT), replace(PUBLISHED, **change)) == (named,)


def test_an_altered_or_missing_publication_is_named_as_a_whole():
    assert changed_terms(TEXT, hash_of(TEXT + " "), PUBLISHED) == ("Text der Veröffentlichung",)
    assert changed_terms(None, None, PUBLISHED) == ("Text der Veröffentlichung",)
