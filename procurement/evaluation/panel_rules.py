"""Who may be named, declare, note, submit and agree in a panel, and when (domain rule 3.2, § 6 VgV)."""

from collections.abc import Sequence
from dataclasses import dataclass

from procurement.evaluation.rules import LONGEST_REASON, RATING, objections_to_text
from procurement.tenders.kinds import TenderStage
from procurement.values.objection import Objection

NAMING = frozenset({TenderStage.PUBLISHED, TenderStage.BIDS_CLOSED, TenderStage.OPENED})
USUAL_SIZE = 2


@dataclass(frozen=True, slots=True)
class NamingFacts:
    """What decides whether a person may be named; ``person`` is empty while only the form is shown."""

    stage: TenderStage
    has_points: bool
    are_notes_open: bool
    person: str = ""
    is_officer: bool = True
    is_named: bool = False
    was_removed: bool = False
    has_conflict: bool = False


@dataclass(frozen=True, slots=True)
class EvaluatorFacts:
    """Where one person stands in the panel of a tender; ``has_to_note_again`` for the bids of a negotiated round."""

    stage: TenderStage
    is_member: bool
    has_declared: bool
    has_submitted: bool
    has_to_note_again: bool = False


@dataclass(frozen=True, slots=True)
class PanelFacts:
    """Where the panel stands; ``waiting`` are the names of those who still have to submit."""

    is_member: bool
    has_panel: bool
    waiting: Sequence[str]


def objections_to_naming(facts: NamingFacts) -> list[Objection]:
    """Why nobody, or not this person, can be named."""
    if facts.stage not in NAMING:
        text = (
            f"Das Wertungsgremium wird zwischen Veröffentlichung und Wertung benannt; Stand ist „{facts.stage.label}“."
        )
        return [Objection(text)]
    if facts.are_notes_open:
        return [Objection("Alle haben ihre Punkte abgegeben und sehen die der anderen. Niemand kommt mehr hinzu.")]
    if facts.has_points:
        text = "Es sind schon Punkte vergeben, die alle lesen können. Ein Gremium kann nicht mehr verdeckt bewerten."
        return [Objection(text)]
    return _objections_to_person(facts)


def _objections_to_person(facts: NamingFacts) -> list[Objection]:
    if not facts.is_officer:
        return [Objection("Benannt werden Personen der Vergabestelle. Bitte eine davon wählen.", "person")]
    if facts.is_named:
        return [Objection(f"{facts.person} gehört bereits zum Wertungsgremium.", "person")]
    if facts.has_conflict:
        text = f"{facts.person} hat für diese Ausschreibung einen Interessenkonflikt erklärt (§ 6 VgV)."
        return [Objection(text, "person")]
    if facts.was_removed:
        text = f"{facts.person} ist ausgeschieden und kann inzwischen Preise gesehen haben; eine Rückkehr geht nicht."
        return [Objection(text, "person")]
    return []


def objections_to_removing(*, has_submitted: bool, reason: str) -> list[Objection]:
    """Why somebody cannot be taken out of the panel: the points count already, or no reason is given."""
    if has_submitted:
        return [Objection("Die Punkte dieser Person sind abgegeben und bleiben Teil der Bewertung.")]
    return objections_to_text(reason)


def objections_to_declaring(*, earlier: bool | None, has_conflict: bool | None, text: str) -> list[Objection]:
    """What is wrong with a declaration; ``earlier`` is what was declared before, nothing for nothing."""
    if earlier:
        return [Objection("Ihr Interessenkonflikt ist erklärt. Er lässt sich nicht zurücknehmen.")]
    if has_conflict is None:
        return [Objection("Bitte eine der beiden Erklärungen wählen.", "has_conflict")]
    if earlier is False and not has_conflict:
        return [Objection("Sie haben bereits erklärt, dass kein Interessenkonflikt besteht.")]
    if has_conflict and not text.strip():
        return [Objection("Bitte beschreiben, worin der Interessenkonflikt besteht.", "text")]
    if len(text) > LONGEST_REASON:
        return [Objection(f"Der Text darf höchstens {LONGEST_REASON} Zeichen haben.", "text")]
    return []


def objections_to_noting(facts: EvaluatorFacts) -> list[Objection]:
    """Why this person cannot note points now."""
    if not facts.is_member:
        return [Objection("Sie gehören nicht zum Wertungsgremium dieser Ausschreibung.")]
    if facts.has_submitted:
        return [Objection("Sie haben Ihre Punkte abgegeben; sie stehen damit fest.")]
    if facts.stage not in RATING:
        text = f"Punkte werden zwischen Öffnung und Zuschlagsvorschlag vergeben; Stand ist „{facts.stage.label}“."
        return [Objection(text)]
    if not facts.has_declared:
        return [Objection("Bitte zuerst erklären, ob ein Interessenkonflikt besteht (§ 6 VgV), unter „Gremium“.")]
    return []


def objections_to_submitting(facts: EvaluatorFacts, missing: Sequence[str]) -> list[Objection]:
    """Why the own notes cannot be submitted: the same, or cells without points or reason."""
    return objections_to_noting(facts) or [Objection(text) for text in missing]


def objections_to_agreeing(facts: PanelFacts) -> list[Objection]:
    """Why this person cannot record what the panel agreed on."""
    if not facts.has_panel:
        return [Objection("Es ist kein Wertungsgremium benannt; Punkte werden unmittelbar vergeben.")]
    if facts.waiting:
        named = ", ".join(facts.waiting)
        return [Objection(f"Die Punkte der anderen bleiben verdeckt, bis alle abgegeben haben. Es fehlen: {named}.")]
    if not facts.is_member:
        return [Objection("Den Konsens hält jemand aus dem Wertungsgremium fest.")]
    return []


def objections_to_points_alone(*, has_panel: bool) -> list[Objection]:
    """Why points are not given directly."""
    if not has_panel:
        return []
    return [Objection("Für diese Ausschreibung ist ein Wertungsgremium benannt; Punkte entstehen im Konsens.")]
