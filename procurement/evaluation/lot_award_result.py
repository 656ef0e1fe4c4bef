"""What the award over all lots came to, as it is stored: plain JSON with exact fractions of a cent as text.

Bidders are the ids of their bids. Where several distributions are equal, the announced rule is applied to all of them;
if it leaves more than one, or not all could be listed, nobody wins until lots are drawn.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from procurement.evaluation.lot_award import Award, LotCase, amount_of, earned, standing, total_of
from procurement.evaluation.lot_award_determination import Determination, Report, determined
from procurement.evaluation.lot_award_input import LotAwardInput, canonical, case_of, read
from procurement.evaluation.lot_award_milp import SECONDS
from procurement.evaluation.run_input import hash_of
from procurement.tenders.lot_rules import LotTieRule

RECOMPUTED = 400


@dataclass(frozen=True, slots=True)
class LotAwardProof:
    """Whether a stored award still is what it was; ``is_recomputed`` says that it was searched for again as well."""

    is_input_intact: bool
    is_result_reproduced: bool
    is_recomputed: bool

    @property
    def is_good(self) -> bool:
        """Both."""
        return self.is_input_intact and self.is_result_reproduced


def calculated(given: LotAwardInput, *, seconds: float = SECONDS, report: Report | None = None) -> dict[str, Any]:
    """Distribute the lots; the stored form of the result. Raises :class:`NoDistribution`."""
    case = case_of(given)
    return as_stored(given, case, determined(case, seconds=seconds, report=report))


def as_stored(given: LotAwardInput, case: LotCase, found: Determination) -> dict[str, Any]:
    """A determination as plain JSON; its first part is what :func:`proof` computes again."""
    equals = _after_rule(given, case, found)
    award = equals[0]
    return {
        **_valued(case, award),
        "equals": [_bids(one) for one in equals],
        "found_equal": len(found.equals),
        "needs_drawing": len(equals) > 1,
        "is_optimal": found.is_optimal,
        "is_unique": found.is_unique,
        "bound": _text(found.bound),
        "method": found.method,
        "search": None
        if found.search is None
        else {"total": str(found.search.total), "tried": found.search.tried, "agrees": found.is_confirmed},
        "unlimited": _valued(case.without(None), found.unlimited.best[0]),
        "limits": [
            {
                "bids": [int(bidder) for bidder in one.limit.bidders],
                "most": one.limit.most,
                "cost": _text(one.cost),
                "displaced": [{"lot": int(lot), "bid": int(bidder)} for lot, bidder in one.displaced],
            }
            for one in found.limits
        ],
        "by_hand": _valued(case, found.by_hand),
    }


def _valued(case: LotCase, award: Award) -> dict[str, Any]:
    """A distribution with its total and the rebates in it."""
    return {
        "award": {lot: None if bidder is None else int(bidder) for lot, bidder in zip(case.lots, award, strict=True)},
        "total": str(total_of(case, award)),
        "rebates": [
            {
                "bid": int(one.bidder),
                "lots": [int(lot) for lot in one.lots],
                "share": str(one.discount),
                "amount": str(amount_of(case, one)),
            }
            for one in earned(case, award)
        ],
    }


def _bids(award: Award) -> list[int | None]:
    return [None if bidder is None else int(bidder) for bidder in award]


def _text(figure: Fraction | None) -> str | None:
    return None if figure is None else str(figure)


def _after_rule(given: LotAwardInput, case: LotCase, found: Determination) -> list[Award]:
    """The equal distributions that the announced rule leaves."""
    rule, equals = given.rules.tie_rule, list(found.equals)
    if rule is LotTieRule.DRAWING or len(equals) == 1:
        return equals
    firsts = {(str(bid.bid_id), str(lot.number)) for lot in given.lots for bid in lot.bids if bid.rank == 1}

    def merit(award: Award) -> int:
        if rule is LotTieRule.BIDDERS:
            return len(set(award) - {None})
        return sum((bidder, lot) in firsts for lot, bidder in zip(case.lots, award, strict=True))

    most = max(merit(award) for award in equals)
    return [award for award in equals if merit(award) == most]


def proof(stored_input: str, stored_hash: str, stored: Mapping[str, Any]) -> LotAwardProof:
    """Check hash and text, value the stored award again, and search for it again unless that takes long."""
    given = read(stored_input)
    is_intact = hash_of(stored_input) == stored_hash and canonical(given) == stored_input
    case = case_of(given)
    award = award_in(case, list(stored["award"].values()))
    is_valued = _valued(case, award) == {name: stored[name] for name in ("award", "total", "rebates")}
    if len(case.lots) * len(case.bidders) > RECOMPUTED or not stored["is_optimal"]:
        return LotAwardProof(is_intact, is_valued, is_recomputed=False)
    again = determined(case).award
    return LotAwardProof(is_intact, is_valued and standing(case, again) == standing(case, award), is_recomputed=True)


def award_in(case: LotCase, bids: Sequence[int | None]) -> Award:
    """A distribution in stored ids as the case names it."""
    named = tuple(None if bid is None else str(bid) for bid in bids)
    if len(named) != len(case.lots):
        raise ValueError("a distribution names one bid or none for every lot")
    return named
