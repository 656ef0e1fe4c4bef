"""What a tender's file holds about evaluation, decision, award, cancellation and contracts.

Whoever calls has made sure that the reader may see the bids with their prices. The notes of single evaluators are in
it only once all of them have submitted, as on the pages.
"""

import json
from collections.abc import Sequence

import sqlalchemy as sa

from procurement.awarding import queries as awarding
from procurement.contracts.models import CallOff, Contract
from procurement.core.db import db
from procurement.documents.file_registers import Register
from procurement.documents.queries_file_bids import bid_name
from procurement.evaluation.models import AwardDecision, EvaluationRun, ExclusionAnswer, LotDrawing, Score
from procurement.evaluation.models_lot_award import LotAwardDrawing, LotAwardRun
from procurement.evaluation.models_panel import PanelNote, StatedFigure
from procurement.evaluation.models_single_bid import SingleBidNote
from procurement.evaluation.queries_exclusion import proposals_of
from procurement.tenders.models import Lot, Tender
from procurement.tenders.queries_cancellation import cancellations_of
from procurement.tenders.queries_panel import have_all_submitted


def points(tender: Tender) -> Register:
    """The points on record with their reasons."""
    query = sa.select(Score).join(Lot, Lot.id == Score.lot_id).where(Lot.tender_id == tender.id)
    lots = {lot.id: lot.number for lot in tender.lots}
    return Register(
        "Punkte",
        "Punkte je Angebot und Kriterium mit Begründung",
        [
            {
                "Los": lots[one.lot_id],
                "Angebot": bid_name(one.bid),
                "Kriterium": f"{one.criterion.number} {one.criterion.title}",
                "Punkte": one.points,
                "Begründung": one.reason,
                "Person": one.given_by.name,
                "Zeitpunkt": one.given_at,
                "Übereinstimmend": one.agreed_by,
            }
            for one in db.session.scalars(query.order_by(Lot.number, Score.bid_id, Score.criterion_id))
        ],
    )


def answers(tender: Tender) -> Register:
    """The answers to criteria of exclusion, and the figures stated for computed points."""
    lots = {lot.id: lot.number for lot in tender.lots}
    given = sa.select(ExclusionAnswer).where(ExclusionAnswer.lot_id.in_(lots)).order_by(ExclusionAnswer.id)
    stated = sa.select(StatedFigure).where(StatedFigure.lot_id.in_(lots)).order_by(StatedFigure.id)
    rows: list[tuple[ExclusionAnswer | StatedFigure, str]] = [
        (one, "erfüllt" if one.is_met else "nicht erfüllt") for one in db.session.scalars(given)
    ]
    rows += [(one, one.figure) for one in db.session.scalars(stated)]
    return Register(
        "Ausschlusskriterien-und-Kennwerte",
        "Antworten zu Ausschlusskriterien und angegebene Kennwerte",
        [
            {
                "Los": lots[one.lot_id],
                "Angebot": bid_name(one.bid),
                "Kriterium": f"{one.criterion.number} {one.criterion.title}",
                "Angabe": told,
                "Begründung": one.reason,
                "Person": one.given_by.name,
                "Zeitpunkt": one.given_at,
            }
            for one, told in rows
        ],
    )


def panel_notes(tender: Tender) -> Register:
    """What each evaluator noted; nothing before the last one has submitted."""
    query = sa.select(PanelNote).join(Lot, Lot.id == PanelNote.lot_id).where(Lot.tender_id == tender.id)
    lots = {lot.id: lot.number for lot in tender.lots}
    notes = db.session.scalars(query.order_by(PanelNote.id)).all() if have_all_submitted(tender.id) else ()
    return Register(
        "Notizen-des-Gremiums",
        "Punkte der einzelnen Personen vor dem Konsens",
        [
            {
                "Los": lots[one.lot_id],
                "Person": one.member.account.name,
                "Angebot": bid_name(one.bid),
                "Kriterium": f"{one.criterion.number} {one.criterion.title}",
                "Punkte": one.points,
                "Begründung": one.reason,
                "Zeitpunkt": one.noted_at,
            }
            for one in notes
        ],
    )


def runs_of(tender: Tender) -> Sequence[EvaluationRun]:
    """Every evaluation run, lot by lot."""
    query = sa.select(EvaluationRun).join(Lot, Lot.id == EvaluationRun.lot_id).where(Lot.tender_id == tender.id)
    return db.session.scalars(query.order_by(Lot.number, EvaluationRun.number)).all()


def latest_runs(tender: Tender) -> list[EvaluationRun]:
    """The run of each lot that counts."""
    return list({run.lot_id: run for run in runs_of(tender)}.values())


def plain_run(run: EvaluationRun) -> dict[str, object]:
    """A run with its input, the hash of the input's text as it is stored, and its result."""
    drawing = db.session.scalar(sa.select(LotDrawing).filter_by(run_id=run.id))
    return {
        "lot": run.lot.number,
        "number": run.number,
        "method": run.method,
        "made_at": run.made_at,
        "made_by": run.made_by.name,
        "input_sha256": run.input_hash,
        "input_text": run.input,
        "input": json.loads(run.input),
        "result": run.result,
        "drawing": None
        if drawing is None
        else {
            "bid": bid_name(drawing.bid),
            "record": drawing.record,
            "people": [drawing.recorded_by.name, drawing.second.name],
            "recorded_at": drawing.recorded_at,
        },
    }


def lot_awards_of(tender: Tender) -> Sequence[LotAwardRun]:
    """Every distribution of the lots, oldest first."""
    query = sa.select(LotAwardRun).filter_by(tender_id=tender.id).order_by(LotAwardRun.number)
    return db.session.scalars(query).all()


def plain_lot_award(run: LotAwardRun) -> dict[str, object]:
    """A distribution with input, hash and result."""
    drawing = db.session.scalar(sa.select(LotAwardDrawing).filter_by(run_id=run.id))
    return {
        "number": run.number,
        "made_at": run.made_at,
        "made_by": run.made_by.name,
        "input_sha256": run.input_hash,
        "input_text": run.input,
        "input": json.loads(run.input),
        "result": run.result,
        "drawing": None
        if drawing is None
        else {
            "choice": drawing.choice,
            "record": drawing.record,
            "people": [drawing.recorded_by.name, drawing.second.name],
            "recorded_at": drawing.recorded_at,
        },
    }


def exclusions(tender: Tender) -> Register:
    """Exclusions of bids with the people who decided, oldest first."""
    return Register(
        "Ausschlüsse",
        "Ausschlüsse mit Vorschlag und Entscheidung zweier Personen",
        [
            {
                "Angebot": bid_name(one.bid),
                "Norm": one.norm,
                "Begründung": one.reason,
                "Stand": one.state,
                "Vorgeschlagen von": one.proposed_by.name,
                "Vorgeschlagen": one.proposed_at,
                "Entschieden von": one.answered_by.name if one.answered_by else "",
                "Entschieden": one.answered_at,
                "Begründung der Entscheidung": one.answer_reason,
                "Neue Wertungen": "; ".join(
                    f"Los {rerun.lot.number}: {rerun.before.number} → {rerun.after.number}" for rerun in one.reruns
                ),
            }
            for one in sorted(proposals_of(tender.id), key=lambda one: one.id)
        ],
    )


def single_bids(tender: Tender) -> Register:
    """Judgements of the only bid of a lot."""
    query = sa.select(SingleBidNote).join(Lot, Lot.id == SingleBidNote.lot_id).where(Lot.tender_id == tender.id)
    return Register(
        "Einziges-Angebot",
        "Beurteilung des einzigen Angebots nach Schätzung und Markt",
        [
            {
                "Los": one.lot.number,
                "Angebot": bid_name(one.bid),
                "Preis netto €": one.price_net,
                "Schätzung netto €": one.estimate_net,
                "Plausibilität": one.plausibility,
                "Markt": one.market_note,
                "Person": one.noted_by.name,
                "Zeitpunkt": one.noted_at,
            }
            for one in db.session.scalars(query.order_by(SingleBidNote.id))
        ],
    )


def decisions(tender: Tender) -> Register:
    """Award decisions, also those that fell."""
    query = sa.select(AwardDecision).join(Lot, Lot.id == AwardDecision.lot_id).where(Lot.tender_id == tender.id)
    return Register(
        "Zuschlagsentscheidungen",
        "Zuschlagsentscheidungen zweier Personen (§ 58 Abs. 5 VgV)",
        [
            {
                "Los": one.lot.number,
                "Wertung": one.run.number,
                "Angebot": bid_name(one.bid),
                "Stand": one.state,
                "Begründung": one.reason,
                "Vorgeschlagen von": one.proposed_by.name,
                "Vorgeschlagen": one.proposed_at,
                "Entschieden von": one.answered_by.name if one.answered_by else "",
                "Entschieden": one.answered_at,
                "Begründung der Entscheidung": one.answer_reason,
                "Zurückgenommen": one.withdrawn_at,
                "Zurückgenommen, weil": one.withdrawn_reason,
            }
            for one in db.session.scalars(query.order_by(Lot.number, AwardDecision.id))
        ],
    )


def register_queries(tender: Tender) -> Register:
    """What the competition register answered; for officers and auditors only (§ 6 Abs. 4 WRegG)."""
    return Register(
        "Wettbewerbsregister",
        "Abfragen des Wettbewerbsregisters (§ 6 WRegG)",
        [
            {
                "Unternehmen": one.bidder.name,
                "Auskunft vom": one.answered_on,
                "Ergebnis": one.result,
                "Bemerkung": one.note,
                "Person": one.recorded_by.name,
                "Zeitpunkt": one.recorded_at,
            }
            for one in awarding.register_queries_of(tender.id)
        ],
    )


def award(tender: Tender) -> Register:
    """The award and what was reported after it."""
    made = awarding.award_of(tender.id)
    found = [] if made is None else [made]
    return Register(
        "Zuschlag",
        "Erteilung des Zuschlags, Bekanntmachung und Statistik",
        [
            {
                "Erteilt": one.awarded_at,
                "Person": one.awarded_by.name,
                "Bemerkung": one.note,
                "Bekanntmachung fällig": one.notice_due_on,
                "Bekanntmachung versandt": one.notice_sent_on,
                "Statistik fällig": one.statistics_due_on,
                "Statistik gemeldet": one.statistics_sent_on,
            }
            for one in found
        ],
    )


def debriefs(tender: Tender) -> Register:
    """Requests for the reasons and the answers, oldest first."""
    return Register(
        "Unterrichtungen",
        "Unterrichtung auf Antrag (§ 62 Abs. 2 VgV)",
        [
            {
                "Unternehmen": one.bidder.name,
                "Antrag vom": one.received_on,
                "Antwort bis": one.due_on,
                "Beantwortet am": one.answered_on,
                "Antwort": one.answer,
                "Person": one.recorded_by.name,
            }
            for one in sorted(awarding.debriefs_of(tender.id), key=lambda one: one.id)
        ],
    )


def cancellations(tender: Tender) -> Register:
    """What was cancelled and why."""
    return Register(
        "Aufhebungen",
        "Aufhebung des Verfahrens oder einzelner Lose (§ 63 VgV)",
        [
            {
                "Umfang": f"Los {one.lot.number}" if one.lot else "ganzes Verfahren",
                "Grund": one.ground,
                "Code": one.code,
                "Begründung": one.reason,
                "Zur Kenntnis genommenes Risiko": one.warning,
                "Wie es weitergeht": one.follow_up,
                "Weil": one.follow_up_reason,
                "Eingegangene Angebote": one.bids_received,
                "Person": one.cancelled_by.name,
                "Zeitpunkt": one.cancelled_at,
            }
            for one in cancellations_of(tender.id)
        ],
    )


def _contracts(tender: Tender) -> Sequence[Contract]:
    return db.session.scalars(sa.select(Contract).filter_by(tender_id=tender.id).order_by(Contract.id)).all()


def contract_lines(tender: Tender) -> Register:
    """The contracts concluded, line by line."""
    return Register(
        "Verträge",
        "Verträge mit Positionen, Preisen und Höchstmengen",
        [
            {
                "Vertrag": one.reference,
                "Titel": one.title,
                "Los": one.lot.number,
                "Auftragnehmer": one.supplier,
                "Beginn": one.starts_on,
                "Ende": one.ends_on,
                "Höchstwert netto €": one.maximum_net,
                "Position": line.line.number,
                "Bezeichnung": line.line.title,
                "Einheit": line.line.unit,
                "Einheitspreis netto €": line.unit_price_net,
                "Höchstmenge": line.maximum,
                "Geschlossen": one.concluded_at,
                "Person": one.concluded_by.name,
            }
            for one in _contracts(tender)
            for line in one.lines
        ],
    )


def call_offs(tender: Tender) -> Register:
    """What members called off."""
    lines = {line.id for one in _contracts(tender) for line in one.lines}
    query = sa.select(CallOff).where(CallOff.contract_line_id.in_(lines)).order_by(CallOff.id)
    return Register(
        "Abrufe",
        "Abrufe der Mitglieder",
        [
            {
                "Vertrag": one.contract_line.contract.reference,
                "Position": one.contract_line.line.number,
                "Mitglied": one.member.name,
                "Menge": one.quantity,
                "Stand": one.state,
                "Begründung": one.reason,
                "Zeitpunkt": one.requested_at,
                "Person": one.requested_by.name,
                "Entscheidung": one.decision,
                "Entschieden": one.decided_at,
            }
            for one in db.session.scalars(query)
        ],
    )
