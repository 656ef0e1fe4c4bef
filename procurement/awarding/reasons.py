"""What a bidder may be told of the evaluation (§ 134 Abs. 1 GWB): rank, points per main criterion, what decided.

Prices of others are never named; a bidder that offered more quality for more money is only told that the price decided.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from procurement.evaluation.run_result import BidResult, RunResult
from procurement.tenders.criteria_entries import CriterionEntry
from procurement.tenders.kinds import CriterionKind
from procurement.values.figures import german


@dataclass(frozen=True, slots=True)
class PointsRow:
    """A main criterion: performance points of the recipient and of the winner."""

    number: str
    title: str
    own: Fraction
    winner: Fraction


@dataclass(frozen=True, slots=True)
class LotNews:
    """What one bidder is told about one lot; ``exclusion`` says why its bid was not ranked, empty if it was."""

    lot: int
    title: str
    winner: str
    rank: int | None
    ranked: int
    exclusion: str
    rows: tuple[PointsRow, ...]

    @property
    def decisive(self) -> PointsRow | None:
        """The main criterion in which the recipient lies furthest behind the winner."""
        behind = [row for row in self.rows if row.winner > row.own]
        return max(behind, key=lambda row: row.winner - row.own) if behind else None

    def as_stored(self) -> dict[str, Any]:
        """Plain values as they are kept with the letter; points as exact text."""
        rows = [{"number": r.number, "title": r.title, "own": str(r.own), "winner": str(r.winner)} for r in self.rows]
        plain = {"lot": self.lot, "title": self.title, "winner": self.winner, "rank": self.rank}
        return plain | {"ranked": self.ranked, "exclusion": self.exclusion, "rows": rows}


def from_stored(stored: Mapping[str, Any]) -> LotNews:
    """The news behind stored values."""
    rows = tuple(
        PointsRow(row["number"], row["title"], Fraction(row["own"]), Fraction(row["winner"])) for row in stored["rows"]
    )
    return LotNews(
        stored["lot"], stored["title"], stored["winner"], stored["rank"], stored["ranked"], stored["exclusion"], rows
    )


def news_for(
    lot: tuple[int, str], result: RunResult, winner_id: int, own_id: int | None, criteria: Sequence[CriterionEntry]
) -> LotNews:
    """The news about one lot for the bidder of ``own_id``; without a bid of its own only the winner is named."""
    number, title = lot
    winner, ranked = result.bid(winner_id), len(result.ranked)
    own = next((line for line in result.bids if line.bid_id == own_id), None)
    if own is None:
        return LotNews(number, title, winner.bidder, None, ranked, "", ())
    exclusion = own.reason if own.rank is None else ""
    rows = () if own.rank is None else _rows(criteria, own, winner)
    return LotNews(number, title, winner.bidder, own.rank, ranked, exclusion, rows)


def _rows(criteria: Sequence[CriterionEntry], own: BidResult, winner: BidResult) -> tuple[PointsRow, ...]:
    mains = [row for row in criteria if not row.parent_number and row.kind is CriterionKind.SCORED]
    found = []
    for main in mains:
        mine, theirs = _points(own, main.number), _points(winner, main.number)
        if mine is not None and theirs is not None:
            found.append(PointsRow(main.number, main.title, mine, theirs))
    return tuple(found)


def _points(bid: BidResult, number: str) -> Fraction | None:
    group = next((one.attained for one in bid.groups if one.number == number), None)
    return group if group is not None else next((one.performance for one in bid.leaves if one.number == number), None)


def reasons_of(news: Sequence[LotNews], *, is_applicant: bool) -> str:
    """The reasons in words, one paragraph per lot, as a proposal for the person who sends them."""
    if is_applicant:
        return "Sie haben sich am Verfahren beteiligt, aber kein Angebot abgegeben, das berücksichtigt werden konnte."
    return "\n\n".join(_paragraph(one) for one in news)


def _paragraph(news: LotNews) -> str:
    opening = f"Los {news.lot} „{news.title}“: "
    if news.exclusion:
        return f"{opening}Ihr Angebot konnte nicht berücksichtigt werden. {news.exclusion}"
    if news.rank is None:
        return f"{opening}Sie haben für dieses Los kein Angebot abgegeben."
    text = f"{opening}Ihr Angebot erreicht Rang {news.rank} von {news.ranked}."
    for row in news.rows:
        text += f" {row.number} {row.title}: {_figure(row.own)} Leistungspunkte (Zuschlag: {_figure(row.winner)})."
    if not news.rows:
        return f"{text} Ausschlaggebend ist der Preis als einziges Zuschlagskriterium."
    decisive = news.decisive
    if decisive is None:
        return f"{text} In der Leistung liegt Ihr Angebot nicht zurück; ausschlaggebend ist der Preis."
    return f"{text} Der größte Abstand liegt bei {decisive.number} {decisive.title}."


def _figure(points: Fraction) -> str:
    return german(points, 0 if points.denominator == 1 else 2)
