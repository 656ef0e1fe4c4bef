"""What an evaluation matrix says, read for one run: the stored figures, and the reasons as they stood when it was made.

Reasons are not part of what a run is computed from. One that was changed after the run is therefore read from the trail
as it was on record before the run's own entry there.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import sqlalchemy as sa

from procurement.audit.events import Event
from procurement.audit.models import AuditEntry
from procurement.bids.queries_comparison import LOW_BID_RULE
from procurement.core.db import db
from procurement.documents import matrix_of_run as matrix
from procurement.documents import matrix_wording as wording
from procurement.documents.contents import ClosingNotes, DocumentIdentity, SignOff
from procurement.documents.contents_evaluation_matrix import EvaluationMatrixContent, MatrixProof, Rerun
from procurement.documents.matrix_of_run import GivenReason
from procurement.documents.notation import moment
from procurement.documents.pairs import Pair
from procurement.documents.queries_bids import RETENTION
from procurement.documents.queries_issuer import contact, letterhead
from procurement.evaluation import queries as evaluation
from procurement.evaluation.models import EvaluationRun, Score
from procurement.evaluation.models_exclusion import ExclusionRerun
from procurement.evaluation.queries import Rating
from procurement.evaluation.run_comparison import compared_runs
from procurement.evaluation.run_display import ScoreDisplay, display_of, with_prices
from procurement.evaluation.run_input import RunInput, read
from procurement.members.models import Account
from procurement.rulebook.thresholds import rule_on
from procurement.tenders import queries_panel as panels
from procurement.tenders.models import AwardCriterion, Lot, Tender
from procurement.tenders.scoring_setup import worded_setup

RATED = (Event.POINTS_GIVEN, Event.POINTS_AGREED, Event.EXCLUSION_ANSWERED, Event.FIGURE_STATED)


@dataclass(frozen=True, slots=True)
class _Told:
    """What the trail says of one rating."""

    reason: str
    by: str
    agreed_by: str
    entry: AuditEntry


def part_of(run: EvaluationRun) -> str:
    """What names the matrix of this run among those of its tender."""
    return f"L{run.lot.number}-W{run.number}"


def matrix_content(run: EvaluationRun, identity: DocumentIdentity, prepared: SignOff) -> EvaluationMatrixContent:
    """The matrix of a run; the caller has made sure that its reader may see the prices."""
    run_input, display = read(run.input), _display(run)
    setup, given, lot = run_input.setup, _given(run, run_input), run.lot
    return EvaluationMatrixContent(
        letterhead=letterhead(),
        identity=identity,
        tender_title=lot.tender.title,
        tender_number=lot.tender.reference,
        lot=f"Los {lot.number}: {lot.title}",
        method=tuple(worded_setup(run_input.method, run_input.parameters, run_input.tie_rule)),
        rounding=wording.rounding(setup.parameters),
        tie=wording.tie(setup.parameters),
        columns=matrix.columns_of(display),
        bids=matrix.bids_of(display),
        winners=", ".join(display.result.bid(one).name for one in display.result.winners) or wording.NO_BID_RANKED,
        drawing=_drawing(run),
        nodes=matrix.nodes_of(run_input),
        rated=tuple(wording.bid_name(bid.bidder, bid.number) for bid in matrix.rated_of(display)),
        rows=matrix.rows_of(display),
        totals=tuple(bid.points for bid in matrix.rated_of(display)),
        answers=matrix.answers_of(run_input, display, given),
        reasons=matrix.reasons_of(run_input, display, given),
        panel=_panel(lot.tender),
        minimums=matrix.minimums_of(run_input, display),
        prices=matrix.prices_of(display),
        references=matrix.references_of(display),
        reruns=_reruns(run),
        proof=_proof(run, run_input),
        notices=_notices(run),
        prepared=prepared,
        closing=ClosingNotes(RETENTION, contact()),
    )


def _display(run: EvaluationRun) -> ScoreDisplay:
    trigger = rule_on(LOW_BID_RULE, run.lot.tender.procedure_started_on).number
    return with_prices(display_of(evaluation.result_of(run), trigger), read(run.input))


def _given(run: EvaluationRun, run_input: RunInput) -> list[GivenReason]:
    """The reasons that stood when the run was made, for what was given then."""
    numbers = {leaf.id: leaf for leaf in evaluation.leaves_of(run.lot.tender_id)}
    ratings, told = evaluation.ratings_of(run.lot_id), _told_before(run)
    values = {bid.bid_id: _values(run_input, bid.bid_id) for bid in run_input.bids}
    found = []
    for (bid_id, criterion_id), rating in ratings.items():
        criterion = numbers.get(criterion_id)
        value = values.get(bid_id, {}).get(criterion.number) if criterion else None
        if criterion is not None and value is not None:
            found.append(_reason(rating, criterion, value, told))
    return found


def _values(run_input: RunInput, bid_id: int) -> dict[str, str]:
    """Points, answers and stated figures of one bid as they entered the run, in words, by criterion."""
    bid = next(one for one in run_input.bids if one.bid_id == bid_id)
    answers = {number: "erfüllt" if is_met else "nicht erfüllt" for number, is_met in bid.answers.items()}
    figures = {number: figure.replace(".", ",") for number, figure in bid.figures.items()}
    return {number: str(points) for number, points in bid.points.items()} | answers | figures


def _reason(
    rating: Rating, criterion: AwardCriterion, value: str, told: Mapping[tuple[str, int], _Told]
) -> GivenReason:
    """As the trail says where it is on record, else as it is stored."""
    known = told.get((rating.__tablename__, rating.id))
    if known is None:
        agreed_by = rating.agreed_by if isinstance(rating, Score) else ""
        return GivenReason(
            rating.bid_id, criterion.number, value, rating.reason, rating.given_by.name, rating.given_at, agreed_by
        )
    return GivenReason(rating.bid_id, criterion.number, value, known.reason, known.by, known.entry.at, known.agreed_by)


def _told_before(run: EvaluationRun) -> dict[tuple[str, int], _Told]:
    """The latest entry of every rating before the run's own entry; nothing for a run without one."""
    made = made_entry(run)
    if made is None:
        return {}
    query = sa.select(AuditEntry).where(
        AuditEntry.tender_id == run.lot.tender_id,
        AuditEntry.event.in_([event.value for event in RATED]),
        AuditEntry.number < made.number,
    )
    entries = db.session.scalars(query.order_by(AuditEntry.number))
    return {(entry.subject_type, entry.subject_id): _read(entry) for entry in entries}


def made_entry(run: EvaluationRun) -> AuditEntry | None:
    """What the trail says of the making of this run."""
    query = sa.select(AuditEntry).filter_by(
        event=Event.EVALUATED.value, subject_type=EvaluationRun.__tablename__, subject_id=run.id
    )
    return db.session.scalar(query.order_by(AuditEntry.number).limit(1))


def _read(entry: AuditEntry) -> _Told:
    changes: dict[str, str | list[str]] = json.loads(entry.changes)
    reason = _new(changes, "Fundstelle") or _new(changes, "Begründung")
    return _Told(reason, entry.actor_name, _new(changes, "Beteiligt"), entry)


def _new(changes: Mapping[str, str | list[str]], name: str) -> str:
    change = changes.get(name, "")
    return change if isinstance(change, str) else change[1]


def _drawing(run: EvaluationRun) -> tuple[Pair, ...]:
    drawing = evaluation.drawing_of(run)
    if drawing is None:
        return ()
    return (
        ("Das Los fiel auf", evaluation.result_of(run).bid(drawing.bid_id).name),
        ("Gezogen durch", f"{drawing.recorded_by.name} und {drawing.second.name}"),
        ("Festgehalten", moment(drawing.recorded_at)),
        ("Niederschrift", drawing.record),
    )


def _panel(tender: Tender) -> tuple[Pair, ...]:
    """Who was named to judge, and when the own points were handed in; without single points."""
    return tuple(
        (
            one.account.name,
            f"benannt {moment(one.named_at)}"
            + (f", Punkte abgegeben {moment(one.submitted_at)}" if one.submitted_at else ", noch nicht abgegeben")
            + (f"; ausgeschieden {moment(one.removed_at)}: {one.removed_reason}" if one.removed_at else ""),
        )
        for one in panels.members_of(tender.id)
    )


def reruns_until(run: EvaluationRun) -> Sequence[ExclusionRerun]:
    """The exclusions after which this lot was evaluated anew, up to this run, in their order."""
    query = sa.select(ExclusionRerun).join(EvaluationRun, EvaluationRun.id == ExclusionRerun.after_id)
    query = query.where(ExclusionRerun.lot_id == run.lot_id, EvaluationRun.number <= run.number)
    return db.session.scalars(query.order_by(EvaluationRun.number)).all()


def reruns_of_tender(tender_id: int) -> list[Rerun]:
    """Every exclusion after which lots were evaluated anew, in their order."""
    query = sa.select(ExclusionRerun).join(Lot, Lot.id == ExclusionRerun.lot_id).where(Lot.tender_id == tender_id)
    return [rerun(one) for one in db.session.scalars(query.order_by(ExclusionRerun.id))]


def _reruns(run: EvaluationRun) -> tuple[Rerun, ...]:
    return tuple(rerun(one) for one in reruns_until(run))


def rerun(one: ExclusionRerun) -> Rerun:
    """Both rankings of a lot around a confirmed exclusion, with the people who decided."""
    proposal, bid = one.proposal, one.proposal.bid
    compared = compared_runs(one.lot.number, _display(one.before), _display(one.after))
    decided = (
        ("Vorgeschlagen", f"{proposal.proposed_by.name}, {moment(proposal.proposed_at)}"),
        ("Bestätigt", _answered(proposal.answered_by, proposal.answered_at)),
        ("Gründe der Bestätigung", proposal.answer_reason),
    )
    ground = (wording.bid_name(bid.shown_name, bid.number), proposal.norm, proposal.reason)
    proofs = tuple(f"Wertung {run.number}: SHA-256 der Eingaben {run.input_hash}" for run in (one.before, one.after))
    found = matrix.rerun_of(compared, (one.before.number, one.after.number), ground, decided)
    return replace(found, proofs=proofs)


def _answered(by: Account | None, at: datetime | None) -> str:
    return f"{by.name}, {moment(at)}" if by is not None and at is not None else ""


def result_hash(run: EvaluationRun) -> str:
    """SHA-256 over the stored result as JSON with sorted keys and no spaces, as anybody can compute it again."""
    text = json.dumps(run.result, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _proof(run: EvaluationRun, run_input: RunInput) -> MatrixProof:
    entry = made_entry(run)
    return MatrixProof(
        number=run.number,
        made_at=run.made_at,
        made_by=run.made_by.name,
        trail=f"Prüfpfad Nr. {entry.number}" if entry else "",
        input_hash=run.input_hash,
        result_hash=result_hash(run),
        published_hash=run_input.published_hash,
        is_reproduced=evaluation.proof_of(run).is_good,
    )


def _notices(run: EvaluationRun) -> tuple[str, ...]:
    """What a reader must know before using the figures."""
    latest = evaluation.latest_run(run.lot)
    if latest is None or latest.id == run.id:
        return ()
    return (f"Dies ist Wertung {run.number}. Es gilt Wertung {latest.number} vom {moment(latest.made_at)}.",)
