"""Items of the procurement record that concern the procedure: 1, 6 to 9, 11 and 12 of § 8 Abs. 2 VgV."""

import json

from procurement.audit.events import Event
from procurement.bids import queries as bids
from procurement.bids import queries_negotiation
from procurement.documents.contents_procurement_record import Fact, FactGroup, RecordChapter
from procurement.documents.notation import day, euro, moment
from procurement.documents.queries_issuer import letterhead
from procurement.documents.queries_record_trail import RecordCase, named, of_distribution
from procurement.documents.record_wording import group, item, lines, plural
from procurement.evaluation import queries_lot_award
from procurement.evaluation.queries_lot_page import shown
from procurement.tenders.kinds import CriterionKind, ProcedureType, TenderStage
from procurement.tenders.models import Lot, Participant, ValueEstimate
from procurement.tenders.models_cancellation import Cancellation
from procurement.tenders.queries_cancellation import cancellations_of, lots_going_on
from procurement.tenders.queries_participation import participants
from procurement.tenders.queries_publication import estimates_of
from procurement.tenders.queries_succession import predecessor_of, successors_of
from procurement.values.figures import german

WITH_CALL, WITHOUT_CALL = 6, 7
NORMS = {WITH_CALL: "§ 14 Abs. 3 VgV", WITHOUT_CALL: "§ 14 Abs. 4 VgV"}


def subject(case: RecordCase) -> RecordChapter:
    """Item 1: who buys what, for whom, and what it is worth."""
    tender, members = case.tender, participants(case.tender.id)
    estimates = sorted(estimates_of(tender.id), key=lambda one: one.number)
    missing = [
        f"Die verbindliche Teilnahme von {one.member.name} ist nicht bestätigt."
        for one in members
        if one.confirmed_at is None
    ]
    if not estimates:
        missing.append("Eine Schätzung des Auftragswerts liegt nicht vor (§ 3 VgV).")
    return item(
        1,
        [
            _buyer(case),
            group("Beteiligte Mitglieder", [_member(case, one) for one in members]),
            _object(case),
            group("Geschätzter Wert", [_estimate(one) for one in estimates]),
        ],
        missing,
    )


def _buyer(case: RecordCase) -> FactGroup:
    issuer = letterhead()
    return group(
        "Öffentlicher Auftraggeber",
        [
            Fact("Name und Anschrift", lines(issuer.name, *issuer.address_lines), "Angaben des Verbands"),
            Fact("Rolle", case.tender.procurement_role.label, case.trail.note(Event.ROLE_CHOSEN)),
        ],
    )


def _member(case: RecordCase, one: Participant) -> Fact:
    if one.confirmed_at is None:
        return Fact(one.member.name, "Teilnahme noch nicht bestätigt")
    mandate = f"Vollmacht vom {day(one.mandate_on)}" if one.mandate_on else ""
    document = f"{one.mandate_file_name}, SHA-256\n{one.mandate_file_hash}" if one.mandate_file_hash else ""
    told = f"Verbindliche Teilnahme bestätigt {moment(one.confirmed_at)}"
    proof = case.trail.note(Event.PARTICIPATION_CONFIRMED, one)
    return Fact(one.member.name, lines(told, one.mandate_scope, mandate, document), proof)


def _object(case: RecordCase) -> FactGroup:
    tender = case.tender
    term = f"{tender.term_months} Monate" if tender.term_months else "ohne feste Laufzeit"
    option = f", dazu Verlängerung um bis zu {tender.option_months} Monate" if tender.option_months else ""
    facts = [
        Fact("Auftrag", lines(f"{tender.reference} {tender.title}", tender.description), _planned(case)),
        Fact("Verfahrensart", tender.procedure_type.label, case.trail.note(Event.PROCEDURE_DECIDED)),
        Fact("Laufzeit", f"{term}{option}"),
    ]
    facts += [
        Fact(f"Los {lot.number}", f"{lot.title}: {plural(len(lot.lines), 'Position', 'Positionen')}")
        for lot in tender.lots
    ]
    if tender.frozen_hash:
        proof = lines(f"SHA-256\n{tender.frozen_hash}", case.trail.note(Event.TENDER_PUBLISHED))
        facts.append(Fact("Veröffentlichung", moment(tender.published_at) if tender.published_at else "", proof))
    return group("Gegenstand", facts)


def _planned(case: RecordCase) -> str:
    return case.trail.note(Event.TENDER_PLANNED)


def _estimate(one: ValueEstimate) -> Fact:
    says = lines(
        f"{euro(one.total_net)} netto; Schwellenwert {euro(one.threshold_net)} ({one.rule})",
        f"Grundlage: {one.basis}",
        f"Anlass: {one.cause}" if one.cause else "",
    )
    return Fact(f"Schätzung {one.number}", says, f"Schätzung {one.number}, {moment(one.made_at)}, {one.made_by.name}")


def with_call(case: RecordCase) -> RecordChapter:
    """Item 6: why a negotiated procedure, and how the negotiations went."""
    kind = case.tender.procedure_type
    if kind is ProcedureType.NEGOTIATED_WITHOUT_CALL:
        return item(6, nothing=f"Verfahrensart ist „{kind.label}“; die Umstände stehen unter Nummer 7.")
    return _negotiated(case, WITH_CALL, ProcedureType.NEGOTIATED_WITH_CALL)


def without_call(case: RecordCase) -> RecordChapter:
    """Item 7: why without a call for competition."""
    return _negotiated(case, WITHOUT_CALL, ProcedureType.NEGOTIATED_WITHOUT_CALL)


def _negotiated(case: RecordCase, number: int, wanted: ProcedureType) -> RecordChapter:
    kind = case.tender.procedure_type
    if kind is ProcedureType.UNDECIDED:
        return item(number, missing=["Über die Verfahrensart ist noch nicht entschieden (§ 14 VgV)."])
    if kind is not wanted:
        return item(number, nothing=f"Verfahrensart ist „{kind.label}“.")
    entry = case.trail.last(Event.PROCEDURE_DECIDED)
    reason = "" if entry is None else _text(json.loads(entry.changes).get("Begründung", ""))
    reasons = [Fact("Umstände", reason, named(entry))] if entry is not None and reason else []
    if number == WITHOUT_CALL:
        reasons += _predecessor(case)
    text = f"Die Umstände nach {NORMS[number]}, die „{kind.label}“ rechtfertigen, sind nicht festgehalten."
    missing = [] if reasons else [text]
    return item(number, [group("", reasons), group("Verhandlungsrunden", _rounds(case))], missing)


def _predecessor(case: RecordCase) -> list[Fact]:
    """The cancelled procedure that this one follows, with why it ended (§ 14 Abs. 4 Nr. 1 VgV)."""
    before = predecessor_of(case.tender.id)
    if before is None:
        return []
    return [
        Fact(
            f"Vorangegangenes Verfahren {before.reference}",
            lines(f"{one.ground.label}: {one.reason}", one.follow_up_reason),
            f"Aufhebung, {moment(one.cancelled_at)}, {one.cancelled_by.name}",
        )
        for one in cancellations_of(before.id)
    ]


def _text(change: object) -> str:
    return str(change[1]) if isinstance(change, list) else str(change)


def _rounds(case: RecordCase) -> list[Fact]:
    return [
        Fact(
            f"Runde {one.number}",
            lines(
                f"Aufgefordert {moment(one.invited_at)}, Frist {moment(one.deadline_at)}",
                f"Gegenstand: {one.topics}",
                f"Eingeladen: {', '.join(f'Angebot {bid.number}' for bid in queries_negotiation.invited_bids(one))}",
                f"Nicht mehr eingeladen, weil: {one.reason_left_out}" if one.reason_left_out else "",
            ),
            case.trail.note(Event.NEGOTIATION_INVITED, one) or f"{moment(one.invited_at)}, {one.invited_by.name}",
        )
        for one in queries_negotiation.rounds(case.tender.id)
    ]


def not_awarded(case: RecordCase) -> RecordChapter:
    """Item 8: what was not awarded, and why."""
    found = [_cancelled(case, one) for one in cancellations_of(case.tender.id)]
    if not found and case.tender.stage is TenderStage.CANCELLED:
        proof = case.trail.note(Event.TENDER_CANCELLED)
        found = [Fact("Ganzes Verfahren", case.tender.cancelled_reason or "", proof)]
    if case.tender.stage is TenderStage.AWARDED:
        found += _lots_without_award(case)
    following = [
        Fact(f"Neues Verfahren {one.reference}", one.title, f"Stand: {one.stage.label}")
        for one in reversed(successors_of(case.tender.id))
    ]
    return item(
        8, [group("", found), group("Danach", following)], nothing="Weder das Verfahren noch ein Los ist aufgehoben."
    )


def _cancelled(case: RecordCase, one: Cancellation) -> Fact:
    about = f"Los {one.lot.number}: {one.lot.title}" if one.lot else "Ganzes Verfahren"
    follow_up = f"Weiteres Vorgehen: {one.follow_up.label}. {one.follow_up_reason}".strip()
    says = lines(
        f"Aufgehoben {moment(one.cancelled_at)}: {one.ground.label}",
        f"Gründe: {one.reason}",
        f"Schlüssel der Bekanntmachung: {one.code.value}",
        f"Eingegangene Angebote: {one.bids_received}",
        f"Zur Kenntnis genommen: {one.warning}" if one.warning else "",
        follow_up,
    )
    event = Event.LOT_CANCELLED if one.lot else Event.TENDER_CANCELLED
    proof = case.trail.note(event, one) or case.trail.note(event, one.lot or one.tender)
    return Fact(about, says, proof or f"{moment(one.cancelled_at)}, {one.cancelled_by.name}")


def _lots_without_award(case: RecordCase) -> list[Fact]:
    """Lots of an awarded tender that go to nobody although they were not cancelled."""
    found = []
    for lot in lots_going_on(case.tender):
        run = case.run_of(lot)
        if run is None:
            found.append(Fact(f"Los {lot.number}: {lot.title}", "Kein Angebot für dieses Los; es ist nicht vergeben."))
        elif queries_lot_award.is_left_unawarded(lot):
            found.append(
                Fact(f"Los {lot.number}: {lot.title}", "Die Verteilung über alle Lose vergibt es an niemanden.")
            )
        elif not run.result["winners"]:
            text = "Kein Angebot kann gewertet werden; das Los ist nicht vergeben (§ 63 Abs. 1 Nr. 1 VgV)."
            found.append(
                Fact(f"Los {lot.number}: {lot.title}", text, f"Wertung {run.number}, SHA-256 {run.input_hash}")
            )
    return found


def non_electronic(case: RecordCase) -> RecordChapter:
    """Item 9: nothing is handed in on paper here; what was opened elsewhere says where."""
    opening = bids.opening_of(case.tender.id)
    if opening is not None and opening.imported_from:
        text = (
            f"Die Angebote wurden auf „{opening.imported_from}“ entgegengenommen und geöffnet und danach hier "
            "übernommen. Eine andere als die elektronische Einreichung ist nicht vermerkt."
        )
        return item(9, [group("", [Fact("Einreichung", text, case.trail.note(Event.BIDS_IMPORTED))])])
    text = "Angebote werden nur elektronisch und verschlüsselt entgegengenommen; andere Mittel sind nicht zugelassen."
    return item(9, nothing=text)


def joined_lots(case: RecordCase) -> RecordChapter:
    """Item 11: lots that were put together with the reason, and lots awarded together by an announced combination."""
    joined = [lot for lot in case.tender.lots if lot.merging_reason or lot.joined_from]
    missing = [
        f"Los {lot.number}: Es fehlt die Begründung, warum zusammengefasst wurde ({_parts(lot)})."
        for lot in joined
        if not lot.merging_reason
    ]
    facts = [
        Fact(
            f"Los {lot.number}: {lot.title}",
            lines(f"Zusammengefasst aus: {_parts(lot)}" if lot.joined_from else "", f"Gründe: {lot.merging_reason}"),
            case.trail.note(Event.LOT_CHANGED, lot),
        )
        for lot in joined
        if lot.merging_reason
    ]
    groups = [
        group("Zusammengefasste Lose", facts),
        group("Gemeinsame Vergabe nach der geltenden Verteilung", _combined(case)),
    ]
    return item(11, groups, missing, nothing="Lose sind weder zusammengefasst noch gemeinsam vergeben.")


def _parts(lot: Lot) -> str:
    return ", ".join(part for part in lot.joined_from.splitlines() if part)


def _combined(case: RecordCase) -> list[Fact]:
    """Rebates over several lots that count in the distribution that stands."""
    run = queries_lot_award.latest_of(case.tender.id) if queries_lot_award.rules_over_lots(case.tender.id) else None
    if run is None or not queries_lot_award.is_current(run):
        return []
    return [
        Fact(
            f"Lose {one.lots}",
            f"{one.bidder}: Nachlass {one.share} bei gemeinsamer Vergabe, {german(one.amount)} €; angekündigt ist der "
            "Vergleich der Loskombinationen (§ 30 Abs. 3 VgV).",
            of_distribution(run),
        )
        for one in shown(run).rebates
    ]


def weights(case: RecordCase) -> RecordChapter:
    """Item 12: the weights are always published with the documents."""
    tender = case.tender
    if not tender.frozen_hash:
        text = "Die Kriterien sind noch nicht veröffentlicht; ihre Gewichtung wird mit der Veröffentlichung angegeben."
        return item(12, missing=[text])
    scored = [one for one in tender.criteria if one.kind is CriterionKind.SCORED]
    published = f"Fassung mit SHA-256 {tender.frozen_hash}"
    if not scored:
        return item(12, nothing=f"Einziges Zuschlagskriterium ist der Preis; veröffentlicht mit der {published}.")
    return item(12, nothing=f"Die Gewichtung der Zuschlagskriterien ({len(scored)}) ist veröffentlicht; {published}.")
