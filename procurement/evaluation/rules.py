"""What may happen in the evaluation and when: points, runs, award proposals and their confirmation by another person.

Every rule returns its reasons; the same list is shown beside the locked button, raised by the action and asserted in
tests. Two people decide because § 58 Abs. 5 VgV asks for normally at least two representatives.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from procurement.evaluation.entries import AnswerEntry, DrawingEntry, FigureEntry, PointsEntry
from procurement.evaluation.states import AwardState
from procurement.tenders.criteria_scales import FREE, Scale, figure_text, objection_to_points
from procurement.tenders.kinds import TenderStage
from procurement.values.objection import Objection

RATING = frozenset({TenderStage.OPENED, TenderStage.EVALUATED})
LONGEST_REASON = 4000


@dataclass(frozen=True, slots=True)
class LotFacts:
    """Where a lot stands; ``decision`` is the state of its award decision that was not rejected, if there is one."""

    number: int
    stage: TenderStage
    decision: AwardState | None
    is_cancelled: bool = False


@dataclass(frozen=True, slots=True)
class RunFacts:
    """What decides whether a lot can be evaluated now; ``is_current`` means that nothing changed since the last run."""

    lot: LotFacts
    bids: int
    missing: Sequence[Objection]
    changed_terms: Sequence[str]
    is_current: bool


@dataclass(frozen=True, slots=True)
class ProposalFacts:
    """What decides whether an award can be proposed for a lot; ``winners`` are the names of all bids on rank 1.

    ``is_drawn`` means that lots were drawn between them and the drawing is on record; ``unexplained`` says which price
    of theirs has to be clarified first (§ 60 VgV); ``over_lots`` why the award over all lots gives it to nobody yet.
    """

    lot: LotFacts
    has_run: bool
    is_current: bool
    winners: Sequence[str]
    is_drawn: bool = False
    unexplained: Sequence[str] = ()
    over_lots: str = ""


@dataclass(frozen=True, slots=True)
class AnswerFacts:
    """What decides whether this person may confirm or reject a proposal."""

    lot: LotFacts
    proposed_by_id: int
    proposed_by_name: str
    answering_id: int | None
    is_current: bool


def objections_to_rating(lot: LotFacts) -> list[Objection]:
    """Why points and answers of a lot are fixed: before the opening, or once an award is proposed."""
    if lot.is_cancelled:
        return [Objection(_cancelled(lot))]
    if lot.stage not in RATING:
        return [
            Objection(f"Punkte werden zwischen Öffnung und Zuschlagsvorschlag vergeben; Stand ist „{lot.stage.label}“.")
        ]
    if lot.decision is not None:
        text = f"Für Los {lot.number} ist der Zuschlag {_in_words(lot.decision)}. Die Punkte stehen damit fest."
        return [Objection(text)]
    return []


def objections_to_points(entry: PointsEntry, scale: Scale = FREE) -> list[Objection]:
    """What is wrong with one cell of points: not on the published scale, or without a reason for the file (§ 8 VgV)."""
    against = objection_to_points(scale, entry.points)
    found = [Objection(against, f"value-{entry.cell}")] if against else []
    return found + _objections_to_reason(entry.reason, entry.cell)


def objections_to_figure(entry: FigureEntry) -> list[Objection]:
    """What is wrong with a stated figure: none, or not said where it stands in the bid."""
    found = []
    try:
        is_given = figure_text(entry.figure) is not None
    except ValueError:
        is_given = False
    if not is_given:
        text = f"„{entry.figure}“ ist keine Zahl. Bitte wie 12 oder 12,5 ohne Einheit eingeben, nicht negativ."
        found.append(Objection(text, f"value-{entry.cell}"))
    return found + _objections_to_reason(entry.reason, entry.cell)


def objections_to_answer(entry: AnswerEntry) -> list[Objection]:
    """What is wrong with one answer: none given, or a "no" without a reason."""
    if entry.is_met is None:
        return [Objection("Bitte „erfüllt“ oder „nicht erfüllt“ wählen.", f"value-{entry.cell}")]
    if entry.is_met and len(entry.reason) <= LONGEST_REASON:
        return []
    return _objections_to_reason(entry.reason, entry.cell)


def objections_to_evaluating(facts: RunFacts) -> list[Objection]:
    """Why a lot cannot be evaluated: wrong stage, decided, missing points, changed terms, nothing new."""
    found = objections_to_rating(facts.lot)
    if found:
        return found
    if not facts.bids:
        return [Objection(f"Für Los {facts.lot.number} liegt kein Angebot vor; zu werten ist nichts.")]
    if facts.changed_terms:
        named = ", ".join(facts.changed_terms)
        text = f"Seit der Veröffentlichung geändert: {named}. Gewertet wird nur nach dem, was veröffentlicht wurde."
        return [Objection(text)]
    if facts.missing:
        return list(facts.missing)
    if facts.is_current:
        return [Objection("Seit der letzten Wertung hat sich nichts geändert.")]
    return []


def objections_to_proposing(facts: ProposalFacts) -> list[Objection]:
    """Why no award can be proposed for a lot; on a tie without a published rule left, lots have to be drawn first."""
    found = _objections_to_settling(facts) or [Objection(text) for text in facts.unexplained]
    if found or len(facts.winners) == 1 or facts.is_drawn:
        return found
    return [Objection(_drawing(facts.winners))]


def _objections_to_settling(facts: ProposalFacts) -> list[Objection]:
    """What an award and a drawing of lots need alike: an undecided lot with a run of today and a bid on rank 1."""
    text = _unsettled(facts)
    return [Objection(text)] if text else []


def _unsettled(facts: ProposalFacts) -> str:
    lot = facts.lot
    reasons = (
        (lot.is_cancelled, _cancelled(lot)),
        (lot.decision is not None, f"Für Los {lot.number} ist der Zuschlag bereits {_in_words(lot.decision)}."),
        (
            lot.stage is not TenderStage.EVALUATED,
            f"Der Zuschlag wird vorgeschlagen, wenn alle Lose gewertet sind; Stand ist „{lot.stage.label}“.",
        ),
        (not facts.has_run, f"Los {lot.number} ist noch nicht gewertet."),
        (not facts.is_current, _OUTDATED),
        (bool(facts.over_lots), facts.over_lots),
        (
            not facts.winners,
            f"In Los {lot.number} kann kein Angebot gewertet werden; es kann kein Zuschlag erteilt werden.",
        ),
    )
    return next((text for applies, text in reasons if applies), "")


def objections_to_drawing(facts: ProposalFacts, entry: DrawingEntry | None = None) -> list[Objection]:
    """Why no lots are drawn: no tie, drawn already, one person alone, a bid that does not share rank 1, no record."""
    found = _objections_to_settling(facts)
    if not found and (len(facts.winners) == 1 or facts.is_drawn):
        text = "Ein Losentscheid ist nicht nötig." if len(facts.winners) == 1 else "Das Los ist bereits gezogen."
        found.append(Objection(text))
    if found or entry is None:
        return found
    if entry.winner not in facts.winners:
        found.append(Objection("Bitte eines der Angebote wählen, zwischen denen das Los gezogen wurde.", "bid"))
    if entry.second_id is None or entry.second_id == entry.recorded_by_id:
        text = "Das Los ziehen zwei Personen. Bitte die andere Person der Vergabestelle wählen, die dabei war."
        found.append(Objection(text, "second"))
    return found + objections_to_text(entry.record, "record")


def objections_to_answering(facts: AnswerFacts, reason: str | None = None) -> list[Objection]:
    """Why this person cannot confirm or reject a proposal; ``reason`` is left out while only the button is shown."""
    if facts.lot.decision is not AwardState.PROPOSED:
        state = facts.lot.decision.label if facts.lot.decision else AwardState.REJECTED.label
        return [Objection(f"Über diesen Vorschlag ist bereits entschieden: „{state}“.")]
    found = []
    if facts.answering_id == facts.proposed_by_id:
        found.append(
            Objection(
                f"{facts.proposed_by_name} hat den Zuschlag vorgeschlagen. Bestätigen oder ablehnen muss eine andere "
                "Person der Vergabestelle (Vier-Augen-Prinzip)."
            )
        )
    return found + ([] if reason is None else objections_to_text(reason))


def objections_to_confirming(facts: AnswerFacts, reason: str | None = None) -> list[Objection]:
    """The same for a confirmation, which also needs a run that still says what it said."""
    found = objections_to_answering(facts, reason)
    if facts.lot.decision is AwardState.PROPOSED and not facts.is_current:
        found.append(Objection(f"{_OUTDATED} Der Vorschlag kann nur noch abgelehnt werden."))
    return found


def objections_to_bid(chosen: str, entitled: str | None, *, is_over_lots: bool = False) -> list[Objection]:
    """Why the award cannot go to this bid: the published method says another one; nobody chooses freely."""
    if chosen == entitled:
        return []
    if is_over_lots:
        text = f"Angebot {chosen} erhält dieses Los nicht. Nach der Verteilung über alle Lose geht es an Angebot "
        return [Objection(f"{text}{entitled}.")]
    text = f"Angebot {chosen} steht nicht auf Rang 1. Nach der veröffentlichten Wertung geht der Zuschlag an Angebot "
    return [Objection(f"{text}{entitled}.")]


def objections_to_text(reason: str, field: str = "reason") -> list[Objection]:
    """What is wrong with the reason of a decision."""
    if not reason.strip():
        return [Objection("Bitte begründen; der Text gehört in die Vergabeakte (§ 8 VgV).", field)]
    if len(reason) > LONGEST_REASON:
        return [Objection(f"Der Text darf höchstens {LONGEST_REASON} Zeichen haben.", field)]
    return []


def objections_to_single_bid(lot: LotFacts, bids: int, plausibility: str, market: str) -> list[Objection]:
    """Why the price of an only bid cannot be judged: not the only one, decided already, or a text is missing."""
    if bids != 1:
        return [Objection(f"In Los {lot.number} liegen {bids} Angebote vor; die Notiz gilt dem einzigen Angebot.")]
    found = objections_to_rating(lot)
    return found or objections_to_text(plausibility, "plausibility") + objections_to_text(market, "market")


_OUTDATED = "Seit der letzten Wertung haben sich Punkte, Preise oder Ausschlüsse geändert. Bitte das Los neu werten."


def _cancelled(lot: LotFacts) -> str:
    return f"Los {lot.number} ist aufgehoben; gewertet und bezuschlagt wird es nicht (§ 63 VgV)."


def _drawing(winners: Sequence[str]) -> str:
    return (
        f"Gleichstand auf Rang 1: Angebote {' und '.join(winners)}. Eine veröffentlichte Regel entscheidet nicht, also "
        "ist ein Losentscheid nötig: zwei Personen, verdeckte Lose, Niederschrift. Erst danach kann der Zuschlag "
        "vorgeschlagen werden."
    )


def _in_words(decision: AwardState | None) -> str:
    return "vorgeschlagen" if decision is AwardState.PROPOSED else "bestätigt"


def _objections_to_reason(reason: str, cell: str) -> list[Objection]:
    return objections_to_text(reason, f"reason-{cell}")
