"""What the award over all lots is computed from, as one canonical text that anybody can recompute and hash.

It names the evaluation run of every lot by its hash, so that it is tied to the rankings it follows. Bids stand in it
with rank, score and price as that run gave them; only ranked bids take part. The announced rules come from the
publication.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from fractions import Fraction
from typing import Any

from procurement.evaluation.lot_award import LotCase, Rebate, Volume, Worth
from procurement.evaluation.ranking import LEAST_WINS
from procurement.tenders.lot_rules import LotMode, LotObjective, LotRules, LotTieRule, capacity_of
from procurement.tenders.method import PRICE_RANKED_METHODS

FULL_SCORE = 100


@dataclass(frozen=True, slots=True)
class RankedBid:
    """A bid with its rank in one lot; price in cents, ``score`` exact as the method gives it."""

    bid_id: int
    number: int
    bidder: str
    price_cents: int
    rank: int
    score: Fraction

    @property
    def name(self) -> str:
        """How sentences name the bid."""
        return f"{self.number} ({self.bidder})"


@dataclass(frozen=True, slots=True)
class RankedLot:
    """A lot with the ranking that its latest run gave; ``run_hash`` is empty for a lot nobody bid for."""

    number: int
    estimate_cents: int
    run_hash: str
    bids: tuple[RankedBid, ...]


@dataclass(frozen=True, slots=True)
class Discount:
    """A rebate as offered: for these lots together, or from ``least`` lots on for all that are won."""

    bid_id: int
    lots: tuple[int, ...]
    least: int | None
    share: Fraction


@dataclass(frozen=True, slots=True)
class BidTerms:
    """What a bid says for several lots: proven capacity, and the lots it wants most, first."""

    bid_id: int
    capacity: str | None
    preference: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class LotAwardInput:
    """The whole input."""

    tender: str
    published_hash: str
    method: str
    rules: LotRules
    lots: tuple[RankedLot, ...]
    discounts: tuple[Discount, ...]
    linked: tuple[tuple[int, ...], ...]
    terms: tuple[BidTerms, ...]

    @property
    def bids(self) -> dict[int, RankedBid]:
        """One line of every ranked bid, by id, in the order of the bids' numbers; for their names."""
        found = {bid.bid_id: bid for lot in self.lots for bid in lot.bids}
        return dict(sorted(found.items(), key=lambda item: item[1].number))

    @property
    def is_price_only(self) -> bool:
        """Whether the lowest price decides among the bids that are ranked, with a threshold before it or without."""
        return self.method in {method.value for method in PRICE_RANKED_METHODS}

    @property
    def does_least_win(self) -> bool:
        """Whether a score is an amount of which the least wins: a price, or a price less its bonus."""
        return self.method in {method.value for method in LEAST_WINS}


def canonical(given: LotAwardInput) -> str:
    """The one text of an input."""
    content = _plain(asdict(given))
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _plain(value: Any) -> Any:
    if isinstance(value, Fraction):
        return str(value)
    if isinstance(value, Mapping):
        return {str(name): _plain(part) for name, part in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(part) for part in value]
    return getattr(value, "value", value)


def read(text: str) -> LotAwardInput:
    """The input behind a canonical text."""
    content: dict[str, Any] = json.loads(text)
    return LotAwardInput(
        tender=content["tender"],
        published_hash=content["published_hash"],
        method=content["method"],
        rules=_rules(content["rules"]),
        lots=tuple(
            RankedLot(
                **row | {"bids": tuple(RankedBid(**bid | {"score": Fraction(bid["score"])}) for bid in row["bids"])}
            )
            for row in content["lots"]
        ),
        discounts=tuple(
            Discount(row["bid_id"], tuple(row["lots"]), row["least"], Fraction(row["share"]))
            for row in content["discounts"]
        ),
        linked=tuple(tuple(group) for group in content["linked"]),
        terms=tuple(BidTerms(row["bid_id"], row["capacity"], tuple(row["preference"])) for row in content["terms"]),
    )


def _rules(row: Mapping[str, Any]) -> LotRules:
    return LotRules(
        bid_limit=row["bid_limit"],
        award_limit=row["award_limit"],
        mode=LotMode(row["mode"]),
        objective=LotObjective(row["objective"]),
        tie_rule=LotTieRule(row["tie_rule"]),
        combinable=tuple(tuple(group) for group in row["combinable"]),
        capacity=row["capacity"],
        weights={int(number): need for number, need in row["weights"].items()},
    )


def case_of(given: LotAwardInput) -> LotCase:
    """The case to be solved; bidders are named by the id of their bid."""
    rules, bids = given.rules, [str(bid_id) for bid_id in given.bids]
    counting = [one for one in given.discounts if _counts(given, one)]
    return LotCase(
        lots=tuple(str(lot.number) for lot in given.lots),
        prices={
            bid: {str(lot.number): one.price_cents for lot in given.lots for one in lot.bids if str(one.bid_id) == bid}
            for bid in bids
        },
        packages=tuple(
            Rebate(str(one.bid_id), tuple(str(lot) for lot in one.lots), one.share)
            for one in counting
            if one.least is None
        ),
        volumes=tuple(Volume(str(one.bid_id), one.least, one.share) for one in counting if one.least is not None),
        limits={} if rules.award_limit is None else dict.fromkeys(bids, rules.award_limit),
        linked=tuple(tuple(str(bid_id) for bid_id in group if str(bid_id) in bids) for group in given.linked),
        needs={str(number): capacity_of(need) or Fraction(0) for number, need in rules.weights.items()},
        capacities=_capacities(given, bids) if rules.weights else {},
        mode=rules.mode,
        goals=_goals(given),
    )


def _counts(given: LotAwardInput, one: Discount) -> bool:
    """A rebate takes part if its bid is ranked in all its lots and the combination was announced."""
    offered = {lot.number for lot in given.lots for bid in lot.bids if bid.bid_id == one.bid_id}
    return bool(offered) and (one.least is not None or (set(one.lots) <= offered and given.rules.admits(one.lots)))


def _capacities(given: LotAwardInput, bids: list[str]) -> dict[str, Fraction]:
    """The smaller of the announced cap and the proven capacity; whoever has neither is not limited."""
    proven = {str(one.bid_id): one.capacity for one in given.terms if one.capacity is not None}
    found = {}
    for bid in bids:
        caps = [capacity_of(text) for text in (given.rules.capacity, proven.get(bid)) if text is not None]
        known = [cap for cap in caps if cap is not None]
        if known:
            found[bid] = min(known)
    return found


def _goals(given: LotAwardInput) -> tuple[Worth, ...]:
    """The announced objective as sums to be maximised before the total; none where only the price counts."""
    objective = given.rules.objective
    if objective is LotObjective.SCORE:
        return (_weighted_scores(given),)
    first = _first_ranks(given)
    if objective is LotObjective.PRICE:
        return () if given.is_price_only else (first,)
    second = _preferences(given, first) if objective is LotObjective.PREFERENCE else _distances(given)
    return first, second


def _first_ranks(given: LotAwardInput) -> Worth:
    return {_pair(lot, bid): Fraction(1) for lot in given.lots for bid in lot.bids if bid.rank == 1}


def _pair(lot: RankedLot, bid: RankedBid) -> tuple[str, str]:
    return str(bid.bid_id), str(lot.number)


def _weighted_scores(given: LotAwardInput) -> Worth:
    """v·S with S from 0 to 100, the best bid of the lot having 100, and v the lot's share of the estimated value."""
    value = sum(lot.estimate_cents for lot in given.lots)
    return {
        _pair(lot, bid): _relative(given, lot, bid) * (Fraction(lot.estimate_cents, value) if value else 1)
        for lot in given.lots
        for bid in lot.bids
    }


def _relative(given: LotAwardInput, lot: RankedLot, bid: RankedBid) -> Fraction:
    """The score in hundredths of the best of the lot; of amounts the lowest is the best.

    A bonus may exceed a price; where the best amount is not positive, no quotient says how near another one is.
    """
    scores = [one.score for one in lot.bids]
    if given.does_least_win:
        if bid.score == min(scores):
            return Fraction(FULL_SCORE)
        return FULL_SCORE * max(min(scores), Fraction(0)) / bid.score if bid.score > 0 else Fraction(0)
    return FULL_SCORE * bid.score / max(scores) if max(scores) else Fraction(FULL_SCORE)


def _preferences(given: LotAwardInput, first: Worth) -> Worth:
    """Less is lost by a lot that the bidder named later; one it did not name comes last."""
    wished = {str(one.bid_id): [str(lot) for lot in one.preference] for one in given.terms}
    return {
        (bid, lot): Fraction(-(wished[bid].index(lot) if lot in wished.get(bid, ()) else len(given.lots)))
        for bid, lot in first
    }


def _distances(given: LotAwardInput) -> Worth:
    """How far rank 1 is ahead of the best of the others, in hundredths of the best; 100 if it is alone."""
    found = {}
    for lot in given.lots:
        for bid in lot.bids:
            if bid.rank == 1:
                others = [_relative(given, lot, one) for one in lot.bids if one is not bid]
                found[_pair(lot, bid)] = _relative(given, lot, bid) - max(others, default=Fraction(0))
    return found
