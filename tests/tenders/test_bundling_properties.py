"""Whatever is merged, split, undone, moved, reported late or withdrawn, in any order: both sums hold after every step.

The bookkeeping is done a second time in plain dictionaries of exact fractions in the members' own units: a part of an
item lies in a line, on the way of one merging or of none. What the database says must be what the dictionaries say.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TypeVar

import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from procurement.core.db import db
from procurement.core.errors import Refused
from procurement.demand.models import Article, DemandItem
from procurement.members.models import Account
from procurement.tenders import actions_bill, actions_bundling, actions_shares, queries_bill, queries_lineage
from procurement.tenders.lineage import objections_to_items, objections_to_lineage
from procurement.tenders.models import LineMerge, LineShare, Lot, LotItem, Tender
from procurement.values.payment import Period
from procurement.values.quantity import Quantity
from tests.factories import bundling as make_bundle
from tests.factories import members as make

FACTORS = (Fraction(1), Fraction(10), Fraction(1, 10), Fraction(12), Fraction(1, 12), Fraction(5, 2), Fraction(3))
PERIODS = {Period.NONE: Fraction(1), Period.MONTH: Fraction(48), Period.YEAR: Fraction(4)}
T = TypeVar("T")
Way = tuple[int, int | None]  # demand item, merging


class NothingThere(Exception):
    """The step has nothing to work on."""


def pick(options: Sequence[T], number: int) -> T:
    """One of the options, whatever the number."""
    if not options:
        raise NothingThere
    return options[number % len(options)]


@dataclass
class Ledger:
    """The second bookkeeping: per line and way the part in the member's own unit; factors by article and merging."""

    piles: dict[int, dict[Way, Fraction]] = field(default_factory=dict)
    base: dict[int, Fraction] = field(default_factory=dict)  # demand item -> factor of its period
    factors: dict[int, Fraction] = field(default_factory=dict)  # active merging -> factor
    into: dict[int, int] = field(default_factory=dict)  # active merging -> line
    origin: dict[int, int] = field(default_factory=dict)  # split-off line -> line
    needed: dict[int, Fraction] = field(default_factory=dict)

    def factor(self, way: Way) -> Fraction:
        return self.base[way[0]] * (self.factors[way[1]] if way[1] else 1)

    def quantity(self, line: int) -> Fraction:
        return sum((own * self.factor(way) for way, own in self.piles[line].items()), Fraction(0))

    def put(self, line: int, way: Way, own: Fraction) -> None:
        pile = self.piles.setdefault(line, {})
        pile[way] = pile.get(way, Fraction(0)) + own

    def tidy(self) -> None:
        """Lines without parts disappear, mergings without parts are over."""
        self.piles = {line: pile for line, pile in self.piles.items() if pile}
        ways = {way[1] for pile in self.piles.values() for way in pile}
        self.factors = {merge: factor for merge, factor in self.factors.items() if merge in ways}


class Play:
    """One tender, the ledger beside it, and the steps that change both."""

    def __init__(self, tender: Tender, officer: Account) -> None:
        self.tender, self.officer, self.ledger = tender, officer, Ledger()
        for share in db.session.scalars(self._shares()):
            period = share.demand_item.article.period
            self.ledger.base[share.demand_item_id] = PERIODS[period]
            self.ledger.needed[share.demand_item_id] = share.demand_item.expected.thousandths * Fraction(1, 1000)
            self.ledger.put(share.line_id, (share.demand_item_id, None), self.ledger.needed[share.demand_item_id])

    def _shares(self) -> sa.Select[LineShare]:
        query = sa.select(LineShare).join(LotItem, LotItem.id == LineShare.line_id).join(Lot)
        return query.where(Lot.tender_id == self.tender.id).order_by(LineShare.id)

    def _lines(self) -> list[LotItem]:
        query = sa.select(LotItem).join(Lot, Lot.id == LotItem.lot_id).where(Lot.tender_id == self.tender.id)
        return list(db.session.scalars(query.order_by(LotItem.id)))

    def merge(self, a: int, b: int, c: int) -> None:
        lines = self._lines()
        line, into, factor = pick(lines, a), pick(lines, b), pick(FACTORS, c)
        line_id, into_id = line.id, into.id
        made = actions_bundling.merge(line, into, factor, "dasselbe gemeint", by=self.officer)
        self.ledger.factors[made.id] = factor
        for (item, way), own in self.ledger.piles.pop(line_id).items():
            assert way is None
            self.ledger.put(into_id, (item, made.id), own)

    def undo_merge(self, a: int, b: int, c: int) -> None:
        made = db.session.get_one(LineMerge, pick(sorted(self.ledger.factors), a))
        line = actions_bundling.undo_merge(made, by=self.officer)
        for pile in list(self.ledger.piles.values()):
            for item, way in [each for each in pile if each[1] == made.id]:
                self.ledger.put(line.id, (item, None), pile.pop((item, way)))

    def split(self, a: int, b: int, c: int) -> None:
        lines = self._lines()
        line = pick(lines, a)
        shares = actions_bundling.bundled(line).shares
        chosen = [share for place, share in enumerate(shares) if (b >> place) & 1] or shares[:1]
        parts = {s.id: s.quantity if c % 2 else Quantity(s.quantity.thousandths // 2) for s in chosen}
        lots = self.tender.lots
        made = actions_bundling.split_line(line, parts, pick(lots, c), by=self.officer)
        pile = self.ledger.piles[line.id]
        for share in chosen:
            way = (share.demand_item_id, share.merge_id)
            own = Fraction(parts[share.id].thousandths, 1000) / self.ledger.factor(way)
            pile[way] -= own
            self.ledger.put(made.id, way, own)
            if not pile[way]:
                del pile[way]

    def undo_split(self, a: int, b: int, c: int) -> None:
        line = pick([each for each in self._lines() if each.split_from_id], a)
        line_id = line.id
        into = actions_bundling.undo_split(line, by=self.officer)
        for way, own in self.ledger.piles.pop(line_id).items():
            self.ledger.put(into.id, way, own)

    def late(self, a: int, b: int, c: int) -> None:
        answer = pick(sorted(self.tender.round.demands, key=lambda each: each.id), a)
        query = sa.select(Article).where(Article.round_id == self.tender.round_id).order_by(Article.position)
        taken = sa.select(DemandItem.article_id).where(DemandItem.demand_id == answer.id)
        articles = list(db.session.scalars(query.where(Article.id.not_in(taken))))
        article = pick(articles, b)
        request = make_bundle.late_item(answer, article, Quantity(500 * (c % 20 + 1)))
        [line] = actions_shares.add_shares(self.tender, [request])
        self._expect_home(line.id, article.id, request.demand_item_id)
        item = request.demand_item_id
        self.ledger.base[item] = PERIODS[article.period]
        self.ledger.needed[item] = Fraction(request.expected.thousandths, 1000)
        share = db.session.scalars(sa.select(LineShare).filter_by(demand_item_id=item)).one()
        self.ledger.put(line.id, (item, share.merge_id), self.ledger.needed[item])

    def _expect_home(self, line_id: int, article_id: int, item: int) -> None:
        """The line holds the article already, if any line does."""
        rows = db.session.execute(sa.select(DemandItem.id, DemandItem.article_id))
        article_of = {row.id: row.article_id for row in rows}
        homes = {line for line, pile in self.ledger.piles.items() if any(article_of[w[0]] == article_id for w in pile)}
        assert line_id in homes if homes else line_id not in self.ledger.piles

    def withdraw(self, a: int, b: int, c: int) -> None:
        items = sorted({way[0] for pile in self.ledger.piles.values() for way in pile})
        gone = pick(items, a)
        actions_shares.remove_shares(self.tender, [gone])
        for pile in self.ledger.piles.values():
            for way in [each for each in pile if each[0] == gone]:
                del pile[way]
        db.session.delete(db.session.get_one(DemandItem, gone))

    def move(self, a: int, b: int, c: int) -> None:
        lines, lots = self._lines(), self.tender.lots
        actions_bill.move_line(pick(lines, a), pick(lots, b), by=self.officer)

    def add_lot(self, a: int, b: int, c: int) -> None:
        actions_bill.add_lot(self.tender, f"Los {a}", by=self.officer)

    def join_lots(self, a: int, b: int, c: int) -> None:
        lots = self.tender.lots
        actions_bill.join_lots(pick(lots, a), pick(lots, b), "gemeinsamer Betrieb", by=self.officer)

    def check(self) -> None:
        """Both sums hold, and the database says what the ledger says."""
        self.ledger.tidy()
        lines = self._lines()
        assert objections_to_lineage(queries_bill.line_sums(self.tender.id)) == []
        items = queries_lineage.item_sums(self.tender.id)
        assert objections_to_items(items) == []
        stored: dict[int, dict[Way, Fraction]] = {line.id: {} for line in lines}
        for share in db.session.scalars(self._shares()):
            own = Fraction(share.quantity.thousandths, 1000) / share.factor
            stored[share.line_id][share.demand_item_id, share.merge_id] = own
        assert stored == self.ledger.piles
        for line in lines:
            assert Fraction(line.quantity.thousandths, 1000) == self.ledger.quantity(line.id)
        active = sa.select(LineMerge.id).where(LineMerge.tender_id == self.tender.id, LineMerge.undone_at.is_(None))
        assert set(db.session.scalars(active)) == set(self.ledger.factors)
        assert len({line.number for line in lines}) == len(lines)


STEPS: tuple[Callable[[Play, int, int, int], None], ...] = (
    Play.merge, Play.merge, Play.merge, Play.undo_merge, Play.undo_merge, Play.split, Play.split, Play.undo_split,
    Play.late, Play.withdraw, Play.move, Play.add_lot, Play.join_lots,
)  # fmt: skip
SIZES = st.integers(0, 63)
SEQUENCES = st.lists(st.tuples(st.sampled_from(STEPS), SIZES, SIZES, SIZES), max_size=14)


def test_both_sums_hold_over_any_sequence_of_bundling(context):
    officer = make.officer()
    tender = make_bundle.planned(officer=officer)

    @settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
    @given(SEQUENCES)
    def play_all(sequence):
        with db.session.begin_nested() as beginning:
            db.session.expire_all()
            play = Play(tender, officer)
            for step, a, b, c in sequence:
                try:
                    with db.session.begin_nested():
                        step(play, a, b, c)
                except (Refused, NothingThere):
                    db.session.expire_all()
                play.check()
            beginning.rollback()

    play_all()
