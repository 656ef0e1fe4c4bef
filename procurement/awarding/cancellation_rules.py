"""When a procedure or a lot is cancelled (§ 63 VgV), and when that may cost damages.

A buyer can always end a procedure; only without a ground of the law it may owe the bidders what they spent. So the risk
is shown and has to be acknowledged, it forbids nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from procurement.tenders.cancellation import CancellationEntry, CancellationGround, FollowUp, NoAwardCode
from procurement.tenders.kinds import ProcedureType, TenderStage
from procurement.tenders.lifecycle import objections_to_move
from procurement.values.objection import Objection

LOT_STAGES = frozenset(
    {
        TenderStage.PUBLISHED,
        TenderStage.BIDS_CLOSED,
        TenderStage.OPENED,
        TenderStage.NEGOTIATION,
        TenderStage.EVALUATED,
        TenderStage.AWARD_DECIDED,
        TenderStage.STANDSTILL,
    }
)
WITHOUT_BIDS = frozenset({NoAwardCode.NOTHING_RECEIVED, NoAwardCode.ALL_REJECTED})
AFTER_COMPETITION = frozenset({ProcedureType.OPEN, ProcedureType.RESTRICTED})


@dataclass(frozen=True, slots=True)
class CancellationFacts:
    """Where the tender stands; ``estimated_at`` are the moments of its value estimates.

    ``lots_left`` is how many lots would go on, nothing when the whole procedure is meant; ``bids_received`` counts the
    bids for what is to be cancelled.
    """

    stage: TenderStage
    procedure_type: ProcedureType
    bids_received: int
    estimated_at: Sequence[datetime]
    opened_at: datetime | None
    lots_left: int | None = None
    is_cancelled: bool = False


def has_earlier_estimate(facts: CancellationFacts) -> bool:
    """Whether the value was estimated and documented before the bids were opened."""
    return any(facts.opened_at is None or at < facts.opened_at for at in facts.estimated_at)


def risk_of(facts: CancellationFacts, ground: CancellationGround) -> str:
    """Why bidders could claim damages for this cancellation; empty where the law gives the ground."""
    if ground is CancellationGround.UNECONOMIC and not has_earlier_estimate(facts):
        return (
            "Ein unwirtschaftliches Ergebnis lässt sich nur an einer Schätzung messen, die vor der Öffnung der "
            "Angebote dokumentiert war; hier fehlt sie. Bieter können Schadensersatz verlangen."
        )
    if ground is CancellationGround.NONE:
        return "Ohne Grund nach § 63 Abs. 1 VgV ist die Aufhebung wirksam, Bieter können aber Schadensersatz verlangen."
    return ""


def objections_to_cancelling(facts: CancellationFacts, entry: CancellationEntry) -> list[Objection]:
    """Why this cannot be cancelled as entered."""
    found = objections_to_place(facts)
    if found:
        return found
    if not entry.reason.strip():
        text = "Bitte den Grund der Aufhebung angeben; er gehört in den Vergabevermerk (§ 8 Abs. 2 Nr. 8, § 63 VgV)."
        found.append(Objection(text, "reason"))
    if entry.code is NoAwardCode.NOTHING_RECEIVED and facts.bids_received:
        found.append(Objection(f"Es sind {facts.bids_received} Angebote eingegangen; no-rece passt nicht.", "code"))
    if entry.ground is CancellationGround.NO_ADMISSIBLE_BID and entry.code not in WITHOUT_BIDS:
        text = "Zu diesem Grund gehört no-rece (nichts eingegangen) oder all-rej (alle ausgeschlossen)."
        found.append(Objection(text, "code"))
    if risk_of(facts, entry.ground) and not entry.knows_risk:
        text = f"{risk_of(facts, entry.ground)} Bitte bestätigen, dass Sie das Risiko kennen."
        found.append(Objection(text, "knows_risk"))
    return found + _objections_to_follow_up(facts, entry)


def objections_to_place(facts: CancellationFacts) -> list[Objection]:
    """Why nothing can be cancelled here at all, whatever is entered."""
    if facts.stage is TenderStage.PLANNED:
        return [Objection("Diese Ausschreibung ist noch nicht veröffentlicht. Ziehen Sie die Planung einfach zurück.")]
    if facts.lots_left is None:
        return objections_to_move(facts.stage, TenderStage.CANCELLED)
    if facts.is_cancelled:
        return [Objection("Dieses Los ist schon aufgehoben.")]
    if facts.stage not in LOT_STAGES:
        text = f"Ein Los wird zwischen Veröffentlichung und Zuschlag aufgehoben; der Stand ist „{facts.stage.label}“."
        return [Objection(text)]
    if not facts.lots_left:
        return [Objection("Es ist das letzte Los, das noch läuft. Bitte das ganze Verfahren aufheben.")]
    return []


def _objections_to_follow_up(facts: CancellationFacts, entry: CancellationEntry) -> list[Objection]:
    """§ 14 Abs. 4 Nr. 1 VgV: no bid or no suitable one in an open or restricted procedure, conditions kept."""
    if entry.follow_up is not FollowUp.WITHOUT_CALL:
        return []
    found = []
    if entry.ground is not CancellationGround.NO_ADMISSIBLE_BID or facts.procedure_type not in AFTER_COMPETITION:
        text = (
            "Ohne Teilnahmewettbewerb verhandelt werden darf nur, wenn in einem offenen oder nicht offenen Verfahren "
            "keine oder keine geeigneten Angebote eingingen (§ 14 Abs. 4 Nr. 1 VgV)."
        )
        found.append(Objection(text, "follow_up"))
    if not entry.is_unchanged:
        text = "Bitte bestätigen, dass die Auftragsbedingungen nicht grundlegend geändert werden."
        found.append(Objection(text, "is_unchanged"))
    if not entry.follow_up_reason.strip():
        found.append(Objection("Bitte begründen, warum so weiter verfahren wird.", "follow_up_reason"))
    return found
