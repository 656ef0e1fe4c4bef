"""Giving points with reasons, checking A-criteria, and computing a lot: a new run whenever something changed.

The tender's row is locked first, so that points, runs and award decisions of a tender come one after the other.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from procurement.audit.actions import record
from procurement.audit.events import Event
from procurement.bids import queries_negotiation
from procurement.bids.actions import hold
from procurement.bids.models import Bid
from procurement.core import clock
from procurement.core.db import db
from procurement.core.errors import Conflict, NotFound, Refused, refuse_if
from procurement.evaluation import panel_rules, queries, rules
from procurement.evaluation.entries import AnswerEntry, FigureEntry, PointsEntry
from procurement.evaluation.errors import CannotEvaluate
from procurement.evaluation.models import EvaluationRun, ExclusionAnswer, Score
from procurement.evaluation.models_panel import StatedFigure
from procurement.evaluation.queries import Cell, LotState, Rating
from procurement.evaluation.run_calculation import calculated
from procurement.evaluation.run_input import RunInput, canonical, hash_of
from procurement.evaluation.run_result import RunResult, as_stored
from procurement.examination.queries_bid import objections_to_scoring
from procurement.members.models import Account
from procurement.tenders import queries_panel
from procurement.tenders.actions import advance
from procurement.tenders.criteria_scales import FigureScale, figure_text, scale_of
from procurement.tenders.kinds import CriterionKind, TenderStage
from procurement.tenders.models import AwardCriterion, Lot
from procurement.tenders.queries_cancellation import lots_going_on
from procurement.values.objection import NotAdmissible, Objection

Entry = PointsEntry | AnswerEntry | FigureEntry


@dataclass(frozen=True, slots=True)
class _Sheet:
    """What is needed to place an entry: the bids and criteria that can be rated, and what is stored already."""

    lot: Lot
    names: Mapping[int, str]
    criteria: Mapping[int, AwardCriterion]
    stored: Mapping[Cell, Rating]


def give_points(lot: Lot, bid: Bid, criterion: AwardCriterion, points: int, reason: str, *, by: Account) -> Score:
    """Give one bid points for one B-criterion, or change them; raises :class:`Refused` without a reason."""
    save_ratings(lot, [PointsEntry(bid.id, criterion.id, points, reason)], [], by=by)
    return queries.scores_of(lot.id)[bid.id, criterion.id]


def answer_criterion(
    lot: Lot, bid: Bid, criterion: AwardCriterion, *, is_met: bool, reason: str = "", by: Account
) -> ExclusionAnswer:
    """Note whether one bid meets one A-criterion; a "no" excludes it and needs a reason."""
    save_ratings(lot, [], [AnswerEntry(bid.id, criterion.id, is_met, reason)], by=by)
    return queries.answers_of(lot.id)[bid.id, criterion.id]


def state_figure(
    lot: Lot, bid: Bid, criterion: AwardCriterion, figure: str, reason: str, *, by: Account
) -> StatedFigure:
    """Note the figure a bid states for a criterion whose points are computed; ``reason`` says where it stands."""
    save_ratings(lot, [], [], [FigureEntry(bid.id, criterion.id, figure, reason)], by=by)
    return queries.figures_of(lot.id)[bid.id, criterion.id]


def save_ratings(
    lot: Lot,
    points: Sequence[PointsEntry],
    answers: Sequence[AnswerEntry],
    figures: Sequence[FigureEntry] = (),
    *,
    by: Account,
) -> list[Rating]:
    """Store every cell that was filled or changed and return those; all or none.

    Raises :class:`Conflict` if somebody else changed one of these cells since the page was shown.
    """
    hold(lot.tender)
    refuse_if(rules.objections_to_rating(queries.lot_facts(lot, queries.standing_decision(lot.id))))
    sheet = _sheet(lot)
    changed_points = [entry for entry in points if _is_change(entry, sheet)]
    others: list[Entry] = [*answers, *figures]
    changed_others = [entry for entry in others if _is_change(entry, sheet)]
    if changed_points:
        refuse_if(panel_rules.objections_to_points_alone(has_panel=bool(queries_panel.panel_of(lot.tender_id))))
    changed: list[Entry] = [*changed_points, *changed_others]
    refuse_if(_objections(changed, sheet))
    _compare(changed, sheet)
    return [_store(entry, sheet, by) for entry in changed]


def _objections(entries: Sequence[Entry], sheet: _Sheet) -> list[Objection]:
    """What is wrong with these cells; :class:`NotFound` or :class:`Refused` for a cell that is none."""
    found: list[Objection] = []
    for entry in entries:
        criterion = _find(entry, sheet)
        if isinstance(entry, PointsEntry):
            found += rules.objections_to_points(entry, scale_of(criterion.scale))
        elif isinstance(entry, FigureEntry):
            found += rules.objections_to_figure(entry)
        else:
            found += rules.objections_to_answer(entry)
    return found


def _sheet(lot: Lot) -> _Sheet:
    return _Sheet(
        lot=lot,
        names={one.bid_id: f"{one.number} ({one.bidder})" for one in queries.rateable_offers(lot)},
        criteria={leaf.id: leaf for leaf in queries.leaves_of(lot.tender_id)},
        stored=queries.ratings_of(lot.id),
    )


def _find(entry: Entry, sheet: _Sheet) -> AwardCriterion:
    """Only bids that are in the running for this lot, and only leaves of the right kind."""
    criterion = sheet.criteria.get(entry.criterion_id)
    kind = CriterionKind.EXCLUSION if isinstance(entry, AnswerEntry) else CriterionKind.SCORED
    is_stated = criterion is not None and isinstance(scale_of(criterion.scale), FigureScale)
    if criterion is None or criterion.kind is not kind or isinstance(entry, FigureEntry) > is_stated:
        raise NotFound("Dieses Kriterium gibt es hier nicht, oder es wird anders bewertet.")
    if entry.bid_id not in sheet.names:
        raise Refused("Dieses Angebot ist ausgeschlossen oder nicht für dieses Los abgegeben; es erhält keine Punkte.")
    return criterion


def _is_change(entry: Entry, sheet: _Sheet) -> bool:
    """Whether the cell says something else than what is stored."""
    stored = sheet.stored.get((entry.bid_id, entry.criterion_id))
    typed = _typed(entry)
    if stored is None:
        return typed not in (None, "") or bool(entry.reason.strip())
    return (typed, entry.reason.strip()) != (_value(stored), stored.reason)


def _typed(entry: Entry) -> int | bool | str | None:
    if isinstance(entry, PointsEntry):
        return entry.points
    if isinstance(entry, AnswerEntry):
        return entry.is_met
    try:
        return figure_text(entry.figure)
    except ValueError:
        return entry.figure


def _value(stored: Rating) -> int | bool | str:
    if isinstance(stored, Score):
        return stored.points
    return stored.figure if isinstance(stored, StatedFigure) else stored.is_met


def _compare(entries: Sequence[Entry], sheet: _Sheet) -> None:
    """Refuse to overwrite what the person has not seen, and show both."""
    texts = []
    for entry in entries:
        stored = sheet.stored.get((entry.bid_id, entry.criterion_id))
        if entry.seen is None or entry.seen == (stored.version if stored else 0):
            continue
        now = f"{_in_words(stored)} von {stored.given_by.name} („{stored.reason}“)" if stored else "nichts"
        texts.append(
            f"Angebot {sheet.names[entry.bid_id]}, Kriterium {sheet.criteria[entry.criterion_id].number}: inzwischen "
            f"gespeichert ist {now}; Ihre Eingabe ist {_in_words(entry)}."
        )
    if texts:
        raise Conflict(" ".join([*texts, "Bitte vergleichen Sie beide und speichern Sie dann noch einmal."]))


def _in_words(rating: Rating | Entry) -> str:
    if isinstance(rating, StatedFigure | FigureEntry):
        return rating.figure.replace(".", ",") if isinstance(rating, StatedFigure) else rating.figure
    if isinstance(rating, ExclusionAnswer | AnswerEntry):
        return "erfüllt" if rating.is_met else "nicht erfüllt"
    return "1 Punkt" if rating.points == 1 else f"{rating.points} Punkte"


def _store(entry: Entry, sheet: _Sheet, by: Account) -> Rating:
    if isinstance(entry, PointsEntry):
        return _store_points(entry, sheet, by)
    return _store_figure(entry, sheet, by) if isinstance(entry, FigureEntry) else _store_answer(entry, sheet, by)


def _store_figure(entry: FigureEntry, sheet: _Sheet, by: Account) -> StatedFigure:
    found = sheet.stored.get((entry.bid_id, entry.criterion_id))
    before = _in_words(found) if isinstance(found, StatedFigure) else None
    stated = found if isinstance(found, StatedFigure) else StatedFigure(lot_id=sheet.lot.id, bid_id=entry.bid_id)
    stated.criterion_id, stated.reason = entry.criterion_id, entry.reason.strip()
    stated.figure = figure_text(entry.figure) or ""
    stated.given_by_id, stated.given_at = by.id, clock.now()
    db.session.add(stated)
    db.session.flush()
    changes: dict[str, tuple[object, object]] = {"Zahl": (before, _in_words(stated))}
    changes |= {"Fundstelle": ("", stated.reason), "Los": ("", sheet.lot.number)}
    record(Event.FIGURE_STATED, stated, by=by, changes=changes, tender_id=sheet.lot.tender_id)
    return stated


def _store_points(entry: PointsEntry, sheet: _Sheet, by: Account) -> Score:
    found = sheet.stored.get((entry.bid_id, entry.criterion_id))
    before = (found.points, found.reason) if isinstance(found, Score) else (None, None)
    score = found if isinstance(found, Score) else Score(lot_id=sheet.lot.id, bid_id=entry.bid_id)
    score.criterion_id, score.points, score.reason = entry.criterion_id, entry.points or 0, entry.reason.strip()
    score.given_by_id, score.given_at = by.id, clock.now()
    db.session.add(score)
    db.session.flush()
    changes = {"Punkte": (before[0], score.points), "Begründung": (before[1], score.reason)}
    changes["Los"] = ("", sheet.lot.number)
    record(Event.POINTS_GIVEN, score, by=by, changes=changes, tender_id=sheet.lot.tender_id)
    return score


def _store_answer(entry: AnswerEntry, sheet: _Sheet, by: Account) -> ExclusionAnswer:
    found = sheet.stored.get((entry.bid_id, entry.criterion_id))
    before = _in_words(found) if isinstance(found, ExclusionAnswer) else None
    answer = found if isinstance(found, ExclusionAnswer) else ExclusionAnswer(lot_id=sheet.lot.id, bid_id=entry.bid_id)
    answer.criterion_id, answer.is_met, answer.reason = entry.criterion_id, bool(entry.is_met), entry.reason.strip()
    answer.given_by_id, answer.given_at = by.id, clock.now()
    db.session.add(answer)
    db.session.flush()
    changes: dict[str, tuple[object, object]] = {"Antwort": (before, _in_words(answer))}
    changes |= {"Begründung": ("", answer.reason), "Los": ("", sheet.lot.number)}
    record(Event.EXCLUSION_ANSWERED, answer, by=by, changes=changes, tender_id=sheet.lot.tender_id)
    return answer


def evaluate_in_order(lot: Lot, *, by: Account) -> EvaluationRun:
    """The same for a person at the page: not before the stages that the chosen order of examination puts first.

    The run after an exclusion is not held up by it: it only repeats what was in order before.
    """
    hold(lot.tender)
    refuse_if(objections_to_scoring(lot.tender))
    return evaluate(lot, by=by)


def evaluate(lot: Lot, *, by: Account) -> EvaluationRun:
    """Compute a lot from what is stored now: a new run, earlier ones stay; the last lot moves the tender on.

    Raises :class:`Refused` naming bid and criterion while points are missing, or if nothing changed since the last.
    """
    hold(lot.tender)
    state = queries.lot_state(lot)
    refuse_if(rules.objections_to_evaluating(state.run_facts))
    result = _calculated(state.input)
    text = canonical(state.input)
    run = EvaluationRun(
        lot=lot,
        number=state.run.number + 1 if state.run else 1,
        method=result.method,
        input=text,
        input_hash=hash_of(text),
        result=as_stored(result),
        made_at=clock.now(),
        made_by_id=by.id,
    )
    db.session.add(run)
    record(Event.EVALUATED, run, by=by, changes=_words(state, result, run), tender_id=lot.tender_id)
    if lot.tender.stage is TenderStage.OPENED and all(_is_done(other) for other in lots_going_on(lot.tender)):
        advance(lot.tender, TenderStage.EVALUATED, by=by)
    return run


def _calculated(run_input: RunInput) -> RunResult:
    try:
        return calculated(run_input)
    except NotAdmissible as error:
        raise Refused(error.objections) from error
    except CannotEvaluate as error:
        raise Refused(error.message) from error


def _words(state: LotState, result: RunResult, run: EvaluationRun) -> dict[str, str]:
    first = ", ".join(result.bid(bid_id).name for bid_id in result.winners) or "kein Angebot"
    return {
        "Methode": state.input.setup.method.label,
        "Rang 1": first,
        "Nicht gewertet": ", ".join(bid.name for bid in result.unranked) or "keines",
        "Prüfsumme der Eingaben, SHA-256": run.input_hash,
    }


def _is_done(lot: Lot) -> bool:
    """A lot for which nobody bid has nothing to evaluate; after a negotiated round every lot is evaluated anew."""
    if queries_negotiation.rounds(lot.tender_id):
        state = queries.lot_state(lot)
        return state.is_current or not state.offers
    return queries.latest_run(lot) is not None or not queries.offers_of(lot)
