"""Two rankings of one lot side by side: ranks before and after, who moved, what became of the reference values."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from procurement.evaluation.run_display import ScoreDisplay
from procurement.evaluation.run_result import BidResult, RunResult

LAST = 1_000_000


@dataclass(frozen=True, slots=True)
class MovedBid:
    """One bid in both rankings; without a rank it is not in that ranking."""

    name: str
    rank_before: int | None
    rank_after: int | None
    score_before: Fraction | None
    score_after: Fraction | None
    reason: str

    @property
    def places_gained(self) -> int | None:
        """Positive for a better rank; nothing unless ranked both times."""
        if self.rank_before is None or self.rank_after is None:
            return None
        return self.rank_before - self.rank_after


@dataclass(frozen=True, slots=True)
class MovedReference:
    """A figure that all bids are measured against, before and after."""

    label: str
    before: Fraction | None
    after: Fraction | None

    @property
    def has_changed(self) -> bool:
        """Whether the exact figures differ as shown."""
        return self.before != self.after


@dataclass(frozen=True, slots=True)
class RunComparison:
    """Both rankings of a lot; ``places`` are the decimals of the scores."""

    lot: int
    bids: Sequence[MovedBid]
    references: Sequence[MovedReference]
    winner_before: str
    winner_after: str
    places: int

    @property
    def changes_winner(self) -> bool:
        """Whether rank 1 goes to somebody else."""
        return self.winner_before != self.winner_after


def compared_runs(lot: int, before: ScoreDisplay, after: ScoreDisplay) -> RunComparison:
    """Put two score sheets of one lot side by side, in the order of the new ranking."""
    later = {bid.bid_id: bid for bid in after.result.bids}
    bids = [_moved(bid, later.get(bid.bid_id)) for bid in before.result.bids]
    known = {bid.bid_id for bid in before.result.bids}
    bids += [_moved(None, bid) for bid in after.result.bids if bid.bid_id not in known]
    bids.sort(key=lambda bid: (bid.rank_after or LAST, bid.rank_before or LAST, bid.name))
    old, new = ({one.label: one.shown for one in shown.references} for shown in (before, after))
    return RunComparison(
        lot=lot,
        bids=bids,
        references=[MovedReference(label, old.get(label), new.get(label)) for label in dict.fromkeys([*old, *new])],
        winner_before=_winners(before.result),
        winner_after=_winners(after.result),
        places=max(before.score_places, after.score_places),
    )


def _moved(before: BidResult | None, after: BidResult | None) -> MovedBid:
    shown = after or before
    return MovedBid(
        name=shown.name if shown else "",
        rank_before=before.rank if before else None,
        rank_after=after.rank if after else None,
        score_before=before.display_score if before else None,
        score_after=after.display_score if after else None,
        reason=after.reason if after else "",
    )


def _winners(result: RunResult) -> str:
    return ", ".join(result.bid(bid_id).name for bid_id in result.winners) or "kein Angebot"
