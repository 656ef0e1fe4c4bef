"""``flask calc robustness``: how firmly rank 1 stands, from the same JSON request as ``flask calc score``.

Fields of the answer; every exact figure is text such as ``"2573580/11"`` with a rounded ``…_decimal`` beside it:

- ``winner``, ``tie``: the bids on rank 1, as in ``flask calc score``.
- ``headroom``: for the winner, ``break_even`` is the price up to which it stays on rank 1.
- ``bids``: for each rival, ``break_even`` is the nearest price with which it is on rank 1, ``against_winner`` the one
  with which it draws level with the present winner alone; ``missing_points`` the points it lacks at its own price.
  ``last_cent`` is the outermost whole-cent price that does, ``first_cent`` its neighbour that does not; ``change`` is
  the way there in euro and ``percent`` in percent of the own price.
- ``point_value``: euro that one more performance point makes up for at the winner.
- ``quality_weight``: from ``low`` to ``high`` the winner stays; at an end there is a tie, which a published tie rule
  may decide either way. ``low_rival`` and ``high_rival`` take over there. Where the price is one criterion, the figures
  are the weight points of the price. With a published rounding the win may also come and go by a step of it between.
- ``price_scale``: who would be on rank 1 with the fixed amount in euro (``reference_price``, ``bonus_per_point``) a
  fifth lower and higher; empty for methods that do not depend on one.
- ``drop_one``: who would be on rank 1 without each rival. ``dominance``: pairs in which one bid is nowhere worse.

``break_even`` is null with ``last_cent`` given if the price is no fraction (powers, published rounding); it then lies
between the two cents. Anything else that is null has its ``reason``. Bids that the request excludes take no part.
"""

from dataclasses import replace
from fractions import Fraction

from procurement.calc.score import Answer, answered
from procurement.evaluation.bid_figures import BidFigures
from procurement.evaluation.break_even import BreakEven, break_even, break_even_against, headroom
from procurement.evaluation.contest import Contest, contest_of
from procurement.evaluation.drop_one import dominances, drop_one
from procurement.evaluation.one_point_flips import highest_points, points_needed
from procurement.evaluation.point_value import point_value
from procurement.evaluation.price_scale import rescaled_amounts
from procurement.evaluation.scoring import BidScore, score
from procurement.evaluation.weight_interval import NO_WEIGHTS, Bound, WeightInterval, quality_interval
from procurement.tenders.method import ScoringMethod, ScoringParameters
from procurement.values.figures import fixed, significant

CENT_PLACES = 2
PERCENT_PLACES = 3
ON_RANK_ONE = "Dieses Angebot steht auf Rang 1."
TIED = "Mehrere Angebote stehen auf Rang 1; keines hat einen Abstand."
ALONE = "Es ist nur ein Angebot in der Wertung."
NO_WINNER = "Kein Angebot steht auf Rang 1."


def answer(request: object) -> Answer:
    """Answer one request; raise :class:`BadInput` naming the place."""
    return answered(request, _answer)


def _answer(bids: list[BidFigures], method: ScoringMethod, parameters: ScoringParameters) -> Answer:
    sheet = score(bids, method, parameters)
    contest, unpriced = _comparable(contest_of(bids, method, parameters))
    return {
        "method": method.value,
        "winner": list(sheet.winners),
        "tie": sheet.needs_drawing,
        "headroom": _headroom(contest, sheet.winners) | unpriced,
        "bids": [_bid(contest, sheet.bid(name), sheet.winners) | unpriced for name in contest.names],
        "point_value": _point_value(contest, sheet.winners),
        "quality_weight": _quality_weight(contest, sheet.winners),
        "price_scale": [
            {one.parameter: str(one.amount), "winner": list(one.winners), "changes": one.changes_winner}
            for one in rescaled_amounts(contest)
        ],
        "drop_one": [
            {"id": one.bid, "winner": list(one.winners), "changes": one.changes_winner} for one in drop_one(contest)
        ],
        "dominance": [
            {"better": one.better, "worse": one.worse, "violated": one.is_violated}
            for one in (() if unpriced else dominances(contest))
        ],
    }


def _comparable(contest: Contest) -> tuple[Contest, Answer]:
    """Where prices count for nothing and one is missing, none is compared; points likewise."""
    has_prices = all(bid.price is not None for bid in contest.bids)
    has_points = all(bid.points is not None for bid in contest.bids)
    bids = (
        replace(bid, price=bid.price if has_prices else Fraction(0), points=bid.points if has_points else None)
        for bid in contest.bids
    )
    return replace(contest, bids=tuple(bids)), {} if has_prices else {"price": None}


def _no_single(winners: tuple[str, ...]) -> str:
    return TIED if winners else NO_WINNER


def _headroom(contest: Contest, winners: tuple[str, ...]) -> Answer:
    found = headroom(contest)
    return {"id": None, "reason": _no_single(winners)} if found is None else {"id": found.bid} | _price(found)


def _bid(contest: Contest, line: BidScore, winners: tuple[str, ...]) -> Answer:
    own: Answer = {"id": line.id, "rank": line.rank}
    if line.id in winners:
        return own | _price(BreakEven(line.id, contest.prices[line.id], ON_RANK_ONE))
    against = break_even_against(contest, line.id, winners[0]) if len(winners) == 1 else None
    return (
        own
        | _price(break_even(contest, line.id))
        | _with_decimal("against_winner", against.exact if against else None, CENT_PLACES)
        | _missing_points(contest, line.id)
    )


def _price(found: BreakEven) -> Answer:
    return (
        {"price": str(found.price)}
        | _with_decimal("break_even", found.exact, CENT_PLACES)
        | {
            "last_cent": None if found.last_cent is None else _euro(found.last_cent),
            "first_cent": None if found.first_cent is None else _euro(found.first_cent),
        }
        | _with_decimal("change", found.change, CENT_PLACES)
        | _with_decimal("percent", found.percent, PERCENT_PLACES)
        | {"against": list(found.against), "reason": found.reason or None}
    )


def _missing_points(contest: Contest, name: str) -> Answer:
    if not contest.points:
        return {"missing_points": None, "missing_points_decimal": None}
    needed = points_needed(contest, name, highest_points(contest))
    exact = needed.missing
    return {
        "missing_points": None if exact is None else str(exact),
        "missing_points_decimal": None if exact is None else significant(exact),
    }


def _point_value(contest: Contest, winners: tuple[str, ...]) -> Answer:
    if len(winners) != 1:
        return {"id": None, "euro": None, "euro_decimal": None, "reason": _no_single(winners)}
    found = point_value(contest, winners[0])
    decimal = None if found.euro is None else significant(found.euro)
    exact = None if found.euro is None else str(found.euro)
    return {"id": found.bid, "euro": exact, "euro_decimal": decimal, "reason": found.reason or None}


def _quality_weight(contest: Contest, winners: tuple[str, ...]) -> Answer:
    found = quality_interval(contest)
    if found is not None:
        return _interval(found)
    reason = _no_single(winners) if len(winners) != 1 else ALONE if len(contest.bids) == 1 else NO_WEIGHTS
    return {"announced": None, "low": None, "high": None, "reason": reason}


def _interval(found: WeightInterval) -> Answer:
    return (
        {"announced": str(found.announced)} | _bound("low", found.low) | _bound("high", found.high) | {"reason": None}
    )


def _bound(name: str, bound: Bound) -> Answer:
    return {
        name: str(bound.nearest),
        f"{name}_decimal": significant(bound.nearest),
        f"{name}_is_exact": bound.exact is not None or bound.is_open,
        f"{name}_rival": list(bound.rivals),
    }


def _with_decimal(name: str, figure: Fraction | None, places: int) -> Answer:
    return {
        name: None if figure is None else str(figure),
        f"{name}_decimal": None if figure is None else fixed(figure, places),
    }


def _euro(price: Fraction) -> str:
    return fixed(price, CENT_PLACES) if (price * 100).denominator == 1 else str(price)
