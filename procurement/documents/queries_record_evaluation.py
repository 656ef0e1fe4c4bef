"""How the bids were evaluated, for the procurement record: method, panel, every run, reruns, drawings, distribution."""

import sqlalchemy as sa

from procurement.audit.events import Event
from procurement.core.db import db
from procurement.documents.contents_evaluation_matrix import Rerun
from procurement.documents.contents_procurement_record import Fact, FactGroup, RecordChapter
from procurement.documents.matrix_wording import bid_name
from procurement.documents.notation import NOTHING, euro, moment
from procurement.documents.queries_matrix import reruns_of_tender, result_hash
from procurement.documents.queries_record_trail import RecordCase, of_distribution
from procurement.documents.record_wording import chapter, group, lines
from procurement.evaluation import queries as evaluation
from procurement.evaluation import queries_exclusion, queries_lot_award
from procurement.evaluation.exclusion_rules import ExclusionState
from procurement.evaluation.models import EvaluationRun
from procurement.evaluation.models_exclusion import ExclusionProposal
from procurement.evaluation.models_laboratory import MethodChoice
from procurement.evaluation.models_lot_award import LotAwardRun
from procurement.evaluation.queries_lot_page import ShownAward, shown, worded
from procurement.evaluation.queries_single_bid import note_of
from procurement.tenders import queries_panel as panels
from procurement.tenders.lot_rules import worded as worded_rules
from procurement.tenders.models import Lot
from procurement.tenders.scoring_setup import METHODS, worded_setup
from procurement.values.figures import german

ASKS = "Wertung nach § 127 GWB und § 58 VgV; jede Wertung bleibt mit Eingaben, Ergebnis und Prüfsumme erhalten."
ASKS_LOTS = "Begrenzung und Verbindung von Losen nach § 30 VgV; Ziel und Regeln sind vorab bekannt gemacht."


def evaluation_of(case: RecordCase) -> RecordChapter:
    """Method, panel, runs of every lot, exclusions after a ranking with both rankings, drawings."""
    tender = case.tender
    method = worded_setup(tender.method, tender.parameters, tender.tie_rule)
    proof = f"Veröffentlichung mit SHA-256\n{tender.frozen_hash}" if tender.frozen_hash else ""
    proposals = sorted(queries_exclusion.proposals_of(tender.id), key=lambda one: one.id)
    return chapter(
        "Wertung",
        ASKS,
        [
            group("Veröffentlichte Methode", [Fact(name, says, proof) for name, says in method]),
            group("Wahl der Methode", _choices(case)),
            group("Wertungsgremium", _panel(case)),
            *(_lot(case, lot) for lot in tender.lots),
            group("Ausschlüsse nach einer Wertung", [_proposal(case, one) for one in proposals]),
            group("Rangfolge vor und nach dem Ausschluss", [_rerun(one) for one in reruns_of_tender(tender.id)]),
        ],
    )


def _choices(case: RecordCase) -> list[Fact]:
    query = sa.select(MethodChoice).filter_by(tender_id=case.tender.id).order_by(MethodChoice.number)
    return [
        Fact(
            f"Vergleich {one.number}",
            lines(METHODS[one.method].label, f"Gründe: {one.reason}"),
            lines(
                case.trail.note(Event.METHOD_CHOSEN, one) or f"{moment(one.chosen_at)}, {one.chosen_by.name}",
                f"Vergleich mit SHA-256\n{one.comparison_hash}",
            ),
        )
        for one in db.session.scalars(query)
    ]


def _panel(case: RecordCase) -> list[Fact]:
    """Who judged; single notes are not part of the record (OLG Düsseldorf, Verg 6/19)."""
    return [
        Fact(
            one.account.name,
            lines(
                f"Benannt {moment(one.named_at)}",
                f"Punkte abgegeben {moment(one.submitted_at)}" if one.submitted_at else "Punkte noch nicht abgegeben",
                f"Ausgeschieden {moment(one.removed_at)}: {one.removed_reason}" if one.removed_at else "",
            ),
            case.trail.note(Event.EVALUATOR_NAMED, one),
        )
        for one in panels.members_of(case.tender.id)
    ]


def _lot(case: RecordCase, lot: Lot) -> FactGroup:
    facts = []
    for run in reversed(evaluation.runs_of(lot.id)):
        facts.append(_run(case, run))
        drawing = evaluation.drawing_of(run)
        if drawing is not None:
            winner = evaluation.result_of(run).bid(drawing.bid_id).name
            words = f"Das Los fiel auf Angebot {winner}. {drawing.record}"
            people = f"{drawing.recorded_by.name} und {drawing.second.name}, {moment(drawing.recorded_at)}"
            about = f"Losentscheid zu Wertung {run.number}"
            facts.append(Fact(about, lines(words, people), case.trail.note(Event.LOT_DRAWN, drawing)))
    note = note_of(lot.id)
    if note is not None:
        estimate = euro(note.estimate_net) if note.estimate_net is not None else "keine"
        says = lines(
            f"{bid_name(note.bid.shown_name, note.bid.number)}: Preis {euro(note.price_net)}, Schätzung {estimate}",
            note.plausibility,
            f"Markt: {note.market_note}",
        )
        facts.append(Fact("Einziges Angebot", says, case.trail.note(Event.SINGLE_BID_NOTED, note)))
    return group(f"Los {lot.number}: {lot.title}", facts)


def _run(case: RecordCase, run: EvaluationRun) -> Fact:
    result = evaluation.result_of(run)
    first = ", ".join(result.bid(one).name for one in result.winners) or "kein Angebot"
    tie = " Gleichstand; das Los entscheidet." if result.needs_drawing else ""
    says = lines(
        f"{moment(run.made_at)}, {run.made_by.name}. Rang 1: {first}.{tie}",
        f"Gewertet: {len(result.ranked)}, nicht in der Rangfolge: {len(result.unranked)}",
    )
    proof = lines(
        case.trail.note(Event.EVALUATED, run),
        "Eingaben mit SHA-256",
        run.input_hash,
        "Ergebnis mit SHA-256",
        result_hash(run),
    )
    return Fact(f"Wertung {run.number}", says, proof)


def _proposal(case: RecordCase, one: ExclusionProposal) -> Fact:
    events = {ExclusionState.CONFIRMED: Event.EXCLUSION_CONFIRMED, ExclusionState.REJECTED: Event.EXCLUSION_REJECTED}
    answered = ""
    if one.answered_by and one.answered_at:
        answered = f"{one.state.label} von {one.answered_by.name}, {moment(one.answered_at)}: {one.answer_reason}"
    says = lines(
        f"{one.norm}: {one.reason}",
        f"Vorgeschlagen von {one.proposed_by.name}, {moment(one.proposed_at)}",
        answered or "Die zweite Person hat noch nicht entschieden.",
    )
    event = events.get(one.state, Event.EXCLUSION_PROPOSED)
    return Fact(bid_name(one.bid.shown_name, one.bid.number), says, case.trail.note(event, one))


def _rerun(one: Rerun) -> Fact:
    changed = "Rang 1 ändert sich." if one.winner_before != one.winner_after else "Rang 1 bleibt."
    moved = [
        f"Angebot {row.bid}: Rang {row.rank_before or NOTHING} → {row.rank_after or NOTHING}, "
        f"Ergebnis {row.score_before} → {row.score_after}"
        for row in one.rows
    ]
    says = lines(f"Ausschluss von {one.excluded}. {changed}", *moved)
    return Fact(f"Los {one.lot}: Wertung {one.before} → {one.after}", says, lines(*one.proofs))


def distribution(case: RecordCase) -> RecordChapter | None:
    """The award over all lots with its proof; ``None`` where every lot is awarded on its own."""
    rules = queries_lot_award.rules_over_lots(case.tender.id)
    if rules is None:
        return None
    rows = [Fact(name, says, case.trail.note(Event.LOT_RULES_CHANGED)) for name, says in worded_rules(rules)]
    run = queries_lot_award.latest_of(case.tender.id)
    if run is None:
        text = "Die Lose sind noch nicht verteilt."
        return chapter("Zuschlag über alle Lose", ASKS_LOTS, [group("Bekannt gemachte Regeln", rows)], [text])
    found = shown(run)
    missing = [] if found.is_current else ["Die Verteilung gilt nicht mehr; Wertungen oder Nachlässe sind geändert."]
    if run.result["needs_drawing"] and found.drawing is None:
        missing.append("Mehrere Verteilungen sind gleichwertig; der Losentscheid ist noch nicht festgehalten.")
    groups = [
        group("Bekannt gemachte Regeln", rows),
        group("Angebotene Nachlässe", _discounts(case)),
        group("Verteilung", _shares(found)),
        group("Beweis", _proofs(run, found)),
    ]
    return chapter("Zuschlag über alle Lose", ASKS_LOTS, groups, missing)


def _discounts(case: RecordCase) -> list[Fact]:
    return [
        Fact(
            bid_name(one.bid.shown_name, one.bid.number),
            lines(worded(one), f"Fundstelle: {one.source}"),
            case.trail.note(Event.LOT_DISCOUNT_ENTERED, one),
        )
        for one in queries_lot_award.discounts_of(case.tender.id)
    ]


def _shares(found: ShownAward) -> list[Fact]:
    proof = of_distribution(found.run)
    facts = []
    for row in found.rows:
        price = f" zu {german(row.price)} € (Rang {row.rank})" if row.price is not None else ""
        others = f"Ohne Grenzen ginge das Los an {row.unlimited}, Los für Los an {row.by_hand}."
        facts.append(Fact(f"Los {row.lot}", lines(f"{row.bidder}{price}", others), proof))
    facts += [
        Fact(f"Nachlass Lose {one.lots}", f"{one.bidder}: {one.share}, {german(one.amount)} €", proof)
        for one in found.rebates
    ]
    return [*facts, Fact("Summe nach Nachlass", f"{german(found.total)} €", proof)]


def _proofs(run: LotAwardRun, found: ShownAward) -> list[Fact]:
    result, proof = run.result, of_distribution(run)
    facts = [
        Fact("Verfahren", str(result["method"]), proof),
        Fact(
            "Optimum",
            "bewiesen: keine zulässige Verteilung ist besser" if result["is_optimal"] else "nicht bewiesen",
            f"Schranke {german(found.bound)} €" if found.bound is not None else proof,
        ),
        Fact("Eindeutigkeit", _uniqueness(run), proof),
    ]
    search = result["search"]
    if search is not None and found.search_total is not None:
        agrees = "stimmt überein" if search["agrees"] else "stimmt NICHT überein"
        text = f"{search['tried']} Verteilungen durchgerechnet, beste Summe {german(found.search_total)} €: {agrees}"
        facts.append(Fact("Vollständige Suche", text, proof))
    facts += [
        Fact(
            f"Preis der Grenze für {one.bidders}",
            lines(
                f"höchstens {one.most}: {german(one.cost)} €" if one.cost is not None else f"höchstens {one.most}",
                f"Verdrängt: {one.displaced}" if one.displaced else "",
            ),
            proof,
        )
        for one in found.limits
    ]
    if found.drawing is not None:
        words = f"{found.drawing.record} ({found.drawing.recorded_by.name}, {found.drawing.second.name})"
        facts.append(Fact("Losentscheid", words, moment(found.drawing.recorded_at)))
    return facts


def _uniqueness(run: LotAwardRun) -> str:
    if run.result["is_unique"]:
        return "bewiesen: eine zweite Suche findet keine andere ebenso gute Verteilung"
    return f"{run.result['found_equal']} gleichwertige Verteilungen; es gilt die bekannt gemachte Regel"
