"""An opened tender as large as they come, written through the tables themselves; its figures are worked out beside.

The figures beside are decimals straight from what was written, so that they owe nothing to the program: sums by bidder,
the cheapest bid of a position. What bids say is what real ones say: prices with up to six decimals, gaps, a price far
off, a written total that contradicts its line, one bid excluded, one lot for which half of the firms do not bid.
"""

import random
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import sqlalchemy as sa

from procurement.bids.models import Bid, Bidder, BidOpening, BidPrice
from procurement.bids.states import BidState
from procurement.core import clock
from procurement.core.db import db
from procurement.rulebook.sources import VGV_57_1_5
from procurement.tenders.kinds import LineOrigin, ProcedureType, TenderStage
from procurement.tenders.models import Lot, LotItem, Tender
from procurement.values.money import Money, UnitPrice
from procurement.values.payment import Nature
from procurement.values.quantity import Quantity

SEED = 20261123
CENT = Decimal("0.01")
GAPS, OUTLIERS, CONTRADICTIONS = 0.004, 0.01, 0.002
INCOMPLETE, EXCLUDED = (3, 17), 7
"""Bids by number: those that leave prices out, and the one that is excluded."""
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Sums:
    """One bid in the first lot as added up by hand: euro of its priced lines, and how many lines have no price."""

    name: str
    total: Decimal
    missing: int
    is_excluded: bool


@dataclass(frozen=True, slots=True)
class LargeTender:
    """A tender with what its Preisspiegel must show; ``cheapest`` holds the lowest unit price of each position."""

    tender_id: int
    positions: int
    bids: tuple[Sums, ...]
    cheapest: tuple[Decimal, ...]
    numbers: tuple[str, ...]
    prices: int

    @property
    def ranked(self) -> list[Sums]:
        """The bids that have a rank, the cheapest first."""
        return sorted((b for b in self.bids if not b.missing and not b.is_excluded), key=lambda bid: bid.total)

    @property
    def lacking(self) -> int:
        """How many prices are missing in bids that count."""
        return sum(bid.missing for bid in self.bids if not bid.is_excluded)


def opened_tender(officers: tuple[int, int], bidders: int, positions: int, small_lot: int = 50) -> LargeTender:
    """A tender whose first lot has ``positions`` lines; in the second, smaller one every other firm bids."""
    chance = random.Random(SEED)  # noqa: S311 - the same figures every time are the point
    tender = _tender(officers[0])
    lines, few = _lines(tender, 1, positions, chance), _lines(tender, 2, small_lot, chance)
    opened_at = clock.now() - timedelta(days=1)
    bid_ids = _bids(tender, bidders, opened_at)
    first, second = officers
    db.session.add(
        BidOpening(tender_id=tender.id, first_by_id=first, first_at=opened_at, second_by_id=second, second_at=opened_at)
    )
    offered = {number: _prices(bid_id, number, lines, chance) for number, bid_id in enumerate(bid_ids, start=1)}
    further = [_prices(bid_id, 0, few, chance) for bid_id in bid_ids[::2]]
    rows = [row for prices in (*offered.values(), *further) for row in prices]
    db.session.execute(sa.insert(BidPrice), rows)
    tender.stage, tender.published_at = TenderStage.OPENED, opened_at - timedelta(days=40)
    db.session.flush()
    counting = [rows for number, rows in offered.items() if number != EXCLUDED]
    return LargeTender(
        tender_id=tender.id,
        positions=positions,
        bids=tuple(_sums(number, prices, lines) for number, prices in offered.items()),
        cheapest=_cheapest(counting, lines),
        numbers=tuple(line["number"] for line in lines.values()),
        prices=sum(map(len, offered.values())),
    )


def _tender(created_by_id: int) -> Tender:
    made = Tender(
        reference="V-2026-90",
        title="Rahmenvereinbarung über Ausstattung und Verbrauchsmaterial",
        procedure_type=ProcedureType.OPEN,
        procedure_started_on=clock.today() - timedelta(days=60),
        bid_deadline_at=clock.now() - timedelta(days=1, hours=1),
        created_by_id=created_by_id,
    )
    db.session.add(made)
    db.session.flush()
    return made


def _lines(tender: Tender, number: int, count: int, chance: random.Random) -> dict[int, Row]:
    """Add a lot; return its lines by id."""
    lot = Lot(tender_id=tender.id, number=number, title=("Ausstattung", "Zubehör")[number - 1])
    db.session.add(lot)
    db.session.flush()
    rows: list[Row] = [
        {
            "lot_id": lot.id,
            "position": place,
            "number": f"{number:02}.{place // 100:02}.{place % 100:04}",
            "title": f"Artikel {place} mit einer Bezeichnung üblicher Länge, Ausführung {chance.randint(1, 9)}",
            "unit": chance.choice(("Stück", "m", "Psch", "Lizenz")),
            "nature": Nature.ONE_OFF,
            "origin": LineOrigin.JOINT,
            "quantity": Quantity.of(Decimal(chance.randint(1, 4_000)) / chance.choice((1, 1, 1, 4))),
            "estimate_net": UnitPrice(chance.randint(1, 500_000) * 10_000),
        }
        for place in range(1, count + 1)
    ]
    db.session.execute(sa.insert(LotItem), rows)
    ids = db.session.scalars(sa.select(LotItem.id).filter_by(lot_id=lot.id).order_by(LotItem.position))
    return dict(zip(ids, rows, strict=True))


def _bids(tender: Tender, count: int, opened_at: datetime) -> list[int]:
    names = [f"Bieter {number:02} Ausstattungs- und Handelsgesellschaft mbH" for number in range(1, count + 1)]
    firms = [Bidder(name=name) for name in names]
    db.session.add_all(firms)
    db.session.flush()
    made = [
        Bid(
            tender_id=tender.id,
            bidder_id=firm.id,
            number=number,
            state=BidState.EXCLUDED if number == EXCLUDED else BidState.OPENED,
            exclusion_norm=str(VGV_57_1_5) if number == EXCLUDED else "",
            exclusion_reason="Unterlagen fehlen." if number == EXCLUDED else "",
            received_at=opened_at - timedelta(hours=3),
        )
        for number, firm in enumerate(firms, start=1)
    ]
    db.session.add_all(made)
    db.session.flush()
    return [bid.id for bid in made]


def _prices(bid_id: int, number: int, lines: dict[int, Row], chance: random.Random) -> list[Row]:
    """The prices of one bid around the estimates."""
    level, rows = chance.uniform(0.9, 1.2), []
    for line_id, line in lines.items():
        if number in INCOMPLETE and chance.random() < GAPS:
            continue
        factor = level * chance.uniform(0.92, 1.08) * (2.5 if chance.random() < OUTLIERS else 1)
        price = Decimal(int(line["estimate_net"].millionths * factor) // 1_000).scaleb(-3)
        total = _product(price, line)
        written = total + 10 if chance.random() < CONTRADICTIONS else total
        row = {"unit_price_net": UnitPrice.of(price), "written_total_net": Money.of(written)}
        rows.append({"bid_id": bid_id, "line_id": line_id, **row})
    return rows


def _product(price: Decimal, line: Row) -> Decimal:
    quantity: Quantity = line["quantity"]
    return (price * quantity.as_decimal()).quantize(CENT, ROUND_HALF_UP)


def _sums(number: int, prices: list[Row], lines: dict[int, Row]) -> Sums:
    products = [_product(row["unit_price_net"].as_decimal(), lines[row["line_id"]]) for row in prices]
    name = f"Bieter {number:02} Ausstattungs- und Handelsgesellschaft mbH"
    return Sums(name, sum(products, Decimal(0)), len(lines) - len(prices), number == EXCLUDED)


def _cheapest(counting: list[list[Row]], lines: dict[int, Row]) -> tuple[Decimal, ...]:
    lowest: dict[int, Decimal] = {}
    for prices in counting:
        for row in prices:
            price = row["unit_price_net"].as_decimal()
            lowest[row["line_id"]] = min(price, lowest.get(row["line_id"], price))
    return tuple(lowest[line_id] for line_id in lines)
