"""In which order opened bids are examined: the profiles as they are lawful, each with its norm and the order it gives.

Under the VgV the open procedure may put the bids before suitability (§ 42 Abs. 3 VgV) and since the reform does so as a
rule (Abs. 4); otherwise suitability comes first. Below the threshold the association orders the stages itself, by
§ 75a GO NRW or by its own bylaw. The order guides people and is shown; it never decides which bid wins.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from procurement.rulebook import sources
from procurement.rulebook.rule import REFORM
from procurement.rulebook.thresholds import NoRuleInForce, rule_on
from procurement.tenders.kinds import ProcedureType
from procurement.tenders.procedure_choice import EU_PROCEDURES
from procurement.values.label import Labelled
from procurement.values.objection import Objection

LONGEST_REASON = 1000


class Stage(Labelled):
    """The stages between opening and award decision; the formal check is always the first."""

    FORMAL = "formal", "Formale Prüfung und Nachforderung"
    SUITABILITY = "suitability", "Eignung"
    PRICE = "price", "Angemessenheit der Preise"
    AWARD = "award", "Wertung nach Zuschlagskriterien"


class ProfileKey(Labelled):
    """The known profiles."""

    EU_BIDS_FIRST = "eu_bids_first", "EU-Verfahren, Angebote vor der Eignung"
    EU_SUITABILITY_FIRST = "eu_suitability_first", "EU-Verfahren, Eignung vor den Angeboten"
    BELOW_THRESHOLD = "below_threshold", "Unterhalb des EU-Schwellenwerts"
    OWN_BYLAW = "own_bylaw", "Eigene Satzung"


SUITABILITY_FIRST = (Stage.FORMAL, Stage.SUITABILITY, Stage.PRICE, Stage.AWARD)
BIDS_FIRST = (Stage.FORMAL, Stage.PRICE, Stage.AWARD, Stage.SUITABILITY)


@dataclass(frozen=True, slots=True)
class Profile:
    """An order of stages with the norm that allows it; ``is_free`` means that the order is the association's own."""

    key: ProfileKey
    norm: str
    order: tuple[Stage, ...]
    is_free: bool = False

    @property
    def label(self) -> str:
        """How people call it."""
        return self.key.label


@dataclass(frozen=True, slots=True)
class PlanEntry:
    """A choice as it is typed; ``order`` and ``norm`` count for a free profile only."""

    key: ProfileKey
    reason: str = ""
    norm: str = ""
    order: tuple[Stage, ...] = SUITABILITY_FIRST


def profiles_on(day: date) -> dict[ProfileKey, Profile]:
    """Every profile with its norm by the law of the day on which the procedure began."""
    bids_first = sources.VGV_42_4 if day >= REFORM else sources.VGV_42_3
    known = (
        Profile(ProfileKey.EU_BIDS_FIRST, bids_first, BIDS_FIRST),
        Profile(ProfileKey.EU_SUITABILITY_FIRST, sources.VGV_42_1, SUITABILITY_FIRST),
        Profile(ProfileKey.BELOW_THRESHOLD, _norm_below(day), SUITABILITY_FIRST, is_free=True),
        Profile(ProfileKey.OWN_BYLAW, "", SUITABILITY_FIRST, is_free=True),
    )
    return {profile.key: profile for profile in known}


def proposed(procedure: ProcedureType, day: date) -> Profile:
    """The usual profile: what the procedure and the law of its first day suggest."""
    profiles = profiles_on(day)
    if procedure not in EU_PROCEDURES and procedure is not ProcedureType.UNDECIDED:
        return profiles[ProfileKey.BELOW_THRESHOLD]
    is_bids_first = procedure is ProcedureType.OPEN and day >= REFORM
    return profiles[ProfileKey.EU_BIDS_FIRST if is_bids_first else ProfileKey.EU_SUITABILITY_FIRST]


def objections_to_choosing(entry: PlanEntry, procedure: ProcedureType, *, is_opened: bool) -> list[Objection]:
    """Why this profile cannot be chosen: bids are open, wrong side of the threshold, no norm, no order, no reason."""
    if is_opened:
        return [Objection("Die Angebote sind geöffnet; die Reihenfolge der Prüfung steht damit fest.")]
    found = _objections_to_law(entry.key, procedure)
    if not entry.reason.strip() or len(entry.reason) > LONGEST_REASON:
        found.append(Objection(f"Bitte kurz begründen, höchstens {LONGEST_REASON} Zeichen.", "reason"))
    if entry.key is ProfileKey.OWN_BYLAW and not entry.norm.strip():
        found.append(Objection("Bitte die Stelle der Satzung nennen, zum Beispiel „§ 4 Vergabesatzung“.", "norm"))
    if set(entry.order) != set(Stage) or len(entry.order) != len(Stage):
        found.append(Objection("Bitte jede Stufe genau einmal in die Reihenfolge setzen.", "order"))
    elif entry.order[0] is not Stage.FORMAL:
        found.append(Objection("Die formale Prüfung steht immer am Anfang (§ 56 Abs. 1 VgV).", "order"))
    return found


def _objections_to_law(key: ProfileKey, procedure: ProcedureType) -> list[Objection]:
    is_eu = procedure in EU_PROCEDURES
    is_eu_profile = key in {ProfileKey.EU_BIDS_FIRST, ProfileKey.EU_SUITABILITY_FIRST}
    if is_eu and not is_eu_profile:
        text = f"„{procedure.label}“ folgt der VgV; die Reihenfolge gibt § 42 VgV vor. Bitte ein EU-Profil wählen."
        return [Objection(text, "profile")]
    if key is ProfileKey.EU_BIDS_FIRST and procedure not in {ProcedureType.OPEN, ProcedureType.UNDECIDED} and is_eu:
        text = "Nur im offenen Verfahren dürfen Angebote vor der Eignung geprüft werden (§ 42 VgV)."
        return [Objection(text, "profile")]
    return []


def order_of(stored: Sequence[str]) -> tuple[Stage, ...]:
    """The order behind stored values."""
    known = {stage.value: stage for stage in Stage}
    return tuple(known[value] for value in stored)


def _norm_below(day: date) -> str:
    try:
        return rule_on("NRW_SUBTH_REGIME", day).norm
    except NoRuleInForce:
        return sources.GO_NRW_75A
