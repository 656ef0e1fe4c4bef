"""Taking ratings of an earlier round over for further bids: one by one, by decision, and marked as such."""

from collections.abc import Collection

from procurement.audit.actions import Change, record
from procurement.audit.events import Event
from procurement.core.errors import Refused
from procurement.evaluation.actions import save_ratings
from procurement.evaluation.entries import AnswerEntry, FigureEntry, PointsEntry
from procurement.evaluation.models import Score
from procurement.evaluation.models_panel import StatedFigure
from procurement.evaluation.queries import Rating
from procurement.evaluation.queries_takeover import EarlierRating, earlier_ratings
from procurement.members.models import Account
from procurement.tenders.models import Lot


def take_over(lot: Lot, keys: Collection[str], *, by: Account) -> list[Rating]:
    """Give further bids the chosen ratings of the bids they replaced; the reason says where it comes from.

    Raises :class:`Refused` if nothing was chosen or something of it was rated meanwhile.
    """
    offered = {one.key: one for one in earlier_ratings(lot)}
    if not keys:
        raise Refused("Bitte mindestens eine Bewertung wählen, die übernommen wird.")
    if any(key not in offered for key in keys):
        raise Refused("Eine gewählte Bewertung ist nicht mehr zu übernehmen. Bitte neu laden und prüfen.")
    chosen = [one for key, one in offered.items() if key in keys]
    points = [entry for entry in map(_entry, chosen) if isinstance(entry, PointsEntry)]
    answers = [entry for entry in map(_entry, chosen) if isinstance(entry, AnswerEntry)]
    figures = [entry for entry in map(_entry, chosen) if isinstance(entry, FigureEntry)]
    saved = save_ratings(lot, points, answers, figures, by=by)
    words: dict[str, Change | str] = {f"{one.bid.shown_name}, {one.criterion.number}": one.words for one in chosen}
    record(Event.RATINGS_TAKEN_OVER, lot, by=by, changes=words, tender_id=lot.tender_id)
    return saved


def _entry(one: EarlierRating) -> PointsEntry | AnswerEntry | FigureEntry:
    cell, rating = (one.bid.id, one.criterion.id), one.rating
    reason = f"Übernommen aus Angebot {one.earlier.number} (Runde {one.earlier.round_number}): {rating.reason}"
    if isinstance(rating, Score):
        return PointsEntry(*cell, rating.points, reason, 0)
    if isinstance(rating, StatedFigure):
        return FigureEntry(*cell, rating.figure.replace(".", ","), reason, 0)
    return AnswerEntry(*cell, rating.is_met, reason, 0)
