"""The page "Zuschlag über alle Lose": what was entered, whether the lots can be distributed, and each distribution."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from procurement.bids.queries import readable_tender
from procurement.core.db import existing
from procurement.evaluation import lot_award_rules as rules
from procurement.evaluation import queries, queries_lot_award
from procurement.evaluation.lot_award_input import LotAwardInput, read
from procurement.evaluation.lot_award_result import LotAwardProof, proof
from procurement.evaluation.lot_award_rules import LotAwardFacts
from procurement.evaluation.models_lot_award import BidderLink, BidDiscount, BidLotTerms, LotAwardDrawing, LotAwardRun
from procurement.members.models import Account
from procurement.tenders.lot_rules import LotRules
from procurement.tenders.models import Tender
from procurement.tenders.queries_cancellation import lots_going_on
from procurement.tenders.queries_lot_rules import lot_rules_of
from procurement.values.figures import percent
from procurement.values.objection import Objection

CENTS = 100


@dataclass(frozen=True, slots=True)
class ShownRow:
    """One lot of a distribution: who gets it at which listed price, and who would without any limit or by hand."""

    lot: int
    bidder: str
    price: Fraction | None
    rank: int | None
    unlimited: str
    by_hand: str


@dataclass(frozen=True, slots=True)
class ShownLimit:
    """What a limit costs in euro and which lots these bidders would have won without it."""

    bidders: str
    most: int
    cost: Fraction | None
    displaced: str


@dataclass(frozen=True, slots=True)
class ShownRebate:
    """A rebate that counts, in euro."""

    bidder: str
    lots: str
    share: str
    amount: Fraction


@dataclass(frozen=True, slots=True)
class ShownAward:
    """A distribution made ready for reading; amounts in euro, exact; ``choices`` are the equal distributions."""

    run: LotAwardRun
    rows: Sequence[ShownRow]
    rebates: Sequence[ShownRebate]
    total: Fraction
    unlimited_total: Fraction
    by_hand_total: Fraction
    limits: Sequence[ShownLimit]
    choices: Sequence[str]
    bound: Fraction | None
    search_total: Fraction | None
    is_current: bool
    drawing: LotAwardDrawing | None


@dataclass(frozen=True, slots=True)
class LotAwardPage:
    """Everything on the page; ``entering`` says why nothing can be entered now, ``determining`` why not distributed."""

    rules: LotRules | None
    discounts: Sequence[tuple[BidDiscount, str, bool]]
    links: Sequence[tuple[BidderLink, str]]
    terms: Mapping[int, BidLotTerms]
    entering: Sequence[Objection]
    determining: Sequence[Objection]
    shown: ShownAward | None
    runs: Sequence[LotAwardRun]


def decided_lots(tender: Tender) -> list[int]:
    """The lots whose award is proposed or confirmed."""
    return [lot.number for lot in tender.lots if queries.standing_decision(lot.id) is not None]


def worded(discount: BidDiscount) -> str:
    """A rebate in one line."""
    if discount.share is None:
        return "zurückgenommen"
    share = percent(Fraction(discount.share))
    if discount.least_lots is not None:
        return f"{share} auf alle gewonnenen Lose ab {discount.least_lots} Losen"
    return f"{share} auf die Lose {'+'.join(str(lot) for lot in discount.lot_numbers)} zusammen"


def facts_of(tender: Tender) -> LotAwardFacts:
    """What decides whether the lots can be distributed now."""
    found = queries_lot_award.rules_over_lots(tender.id)
    latest = queries_lot_award.latest_of(tender.id)
    states = [queries.lot_state(lot) for lot in lots_going_on(tender)]
    offers = Counter(
        f"{one.number} ({one.bidder})" for state in states for one in state.offers if one.exclusion is None
    )
    return LotAwardFacts(
        stage=tender.stage,
        rules=found,
        decided=[state.lot.number for state in states if state.decision is not None],
        without_run=[state.lot.number for state in states if state.input.bids and not state.is_current],
        bids_per_bidder=offers,
        is_current=latest is not None and queries_lot_award.is_current(latest),
    )


def page_of(tender: Tender) -> LotAwardPage:
    """The page of a tender."""
    found, runs = lot_rules_of(tender.id), queries_lot_award.runs_of(tender.id)
    names = {bid.id: bid.bidder.name for bid in queries_lot_award.bids_of(tender)}
    return LotAwardPage(
        rules=found,
        discounts=[
            (one, worded(one), one.least_lots is not None or (found is not None and found.admits(one.lot_numbers)))
            for one in queries_lot_award.discounts_of(tender.id)
        ],
        links=[
            (one, ", ".join(names.get(bid_id, "–") for bid_id in one.bid_ids))
            for one in queries_lot_award.links_of(tender.id)
        ],
        terms=queries_lot_award.terms_of(tender.id),
        entering=rules.objections_to_entering(tender.stage, found, decided_lots(tender)),
        determining=rules.objections_to_determining(facts_of(tender)),
        shown=shown(runs[0]) if runs else None,
        runs=runs,
    )


def shown(run: LotAwardRun) -> ShownAward:
    """A stored distribution; lots that were drawn show the one that the lot fell on."""
    given, result = read(run.input), run.result
    names = {bid_id: bid.name for bid_id, bid in given.bids.items()}
    award = queries_lot_award.award_of(run)
    search = result["search"]
    return ShownAward(
        run=run,
        rows=_rows(given, award, result, names),
        rebates=[
            ShownRebate(
                names[one["bid"]],
                "+".join(str(lot) for lot in one["lots"]),
                percent(Fraction(one["share"])),
                _euro(one["amount"]),
            )
            for one in result["rebates"]
        ],
        total=_euro(result["total"]),
        unlimited_total=_euro(result["unlimited"]["total"]),
        by_hand_total=_euro(result["by_hand"]["total"]),
        limits=[_limit(one, names) for one in result["limits"]],
        choices=[_choice(given, one, names) for one in result["equals"]],
        bound=_euro(result["bound"]) if result["bound"] else None,
        search_total=_euro(search["total"]) if search else None,
        is_current=queries_lot_award.is_current(run),
        drawing=queries_lot_award.drawing_of(run),
    )


def _euro(cents: str) -> Fraction:
    return Fraction(cents) / CENTS


def _rows(
    given: LotAwardInput, award: Mapping[int, int | None] | None, result: Mapping[str, Any], names: Mapping[int, str]
) -> list[ShownRow]:
    rows = []
    for lot in given.lots:
        bids = {bid.bid_id: bid for bid in lot.bids}
        winner = None if award is None else award[lot.number]
        own = bids[winner] if winner is not None else None
        key = str(lot.number)
        rows.append(
            ShownRow(
                lot=lot.number,
                bidder="noch offen" if award is None else names.get(winner or 0, "niemand"),
                price=Fraction(own.price_cents, CENTS) if own else None,
                rank=own.rank if own else None,
                unlimited=names.get(result["unlimited"]["award"][key] or 0, "niemand"),
                by_hand=names.get(result["by_hand"]["award"][key] or 0, "niemand"),
            )
        )
    return rows


def _limit(one: Mapping[str, Any], names: Mapping[int, str]) -> ShownLimit:
    displaced = ", ".join(f"Los {pair['lot']}: {names[pair['bid']]}" for pair in one["displaced"])
    cost = None if one["cost"] is None else _euro(one["cost"])
    return ShownLimit(", ".join(names[bid_id] for bid_id in one["bids"]), one["most"], cost, displaced)


def _choice(given: LotAwardInput, bids: Sequence[int | None], names: Mapping[int, str]) -> str:
    pairs = zip(given.lots, bids, strict=True)
    return ", ".join(f"Los {lot.number}: {names.get(bid or 0, 'niemand')}" for lot, bid in pairs)


def run_for(run_id: int, reader: Account) -> LotAwardRun:
    """A distribution whose bids this account may read; :class:`NotFound` for everybody else."""
    found = existing(LotAwardRun, run_id)
    readable_tender(found.tender_id, reader)
    return found


def discount_for(discount_id: int, reader: Account) -> BidDiscount:
    """An entered rebate."""
    found = existing(BidDiscount, discount_id)
    readable_tender(found.bid.tender_id, reader)
    return found


def link_for(link_id: int, reader: Account) -> BidderLink:
    """A link between bidders."""
    found = existing(BidderLink, link_id)
    readable_tender(found.tender_id, reader)
    return found


def proof_of(run: LotAwardRun) -> LotAwardProof:
    """Compute a stored distribution again from its own text and compare."""
    return proof(run.input, run.input_hash, run.result)
