"""Complaints (§ 160 Abs. 3 GWB): whether one came in time, how long the bidder may still go to the tribunal.

A complaint alone never locks the award; whoever presses the button is warned. Preclusion is only computed from the
facts entered: it decides nothing, since the tribunal judges it, but it belongs into the answer.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from procurement.awarding.states import ComplaintState, Recognisable
from procurement.rulebook import thresholds
from procurement.tenders.holidays import in_words, working_day_from
from procurement.tenders.kinds import TenderStage
from procurement.values.objection import Objection

COMPLAINT_RULE = "RUEGE"
APPLICATION_RULE = "REVIEW_APPLICATION"
NORMS = {Recognisable.NOTICE: "§ 160 Abs. 3 Nr. 2 GWB", Recognisable.DOCUMENTS: "§ 160 Abs. 3 Nr. 3 GWB"}
# Where a complaint that is right may lead back to.
BACK_TO = (TenderStage.EVALUATED, TenderStage.OPENED)


@dataclass(frozen=True, slots=True)
class ComplaintFacts:
    """When a complaint came and when its sender could or did know; moments and days in Berlin."""

    received_at: datetime
    received_on: date
    known_on: date | None
    recognisable: Recognisable
    bid_deadline_at: datetime | None
    procedure_started_on: date


@dataclass(frozen=True, slots=True)
class Preclusion:
    """Whether the complaint came too late, and why, with the norm."""

    is_precluded: bool
    text: str


def preclusion(facts: ComplaintFacts) -> Preclusion:
    """Hold the complaint against both periods: ten calendar days from knowledge, and the end of the bid period."""
    late = []
    norm = NORMS.get(facts.recognisable)
    if norm and facts.bid_deadline_at and facts.received_at > facts.bid_deadline_at:
        late.append(f"Erkennbar {facts.recognisable.label}, aber nach Ablauf der Angebotsfrist gerügt ({norm}).")
    last = last_day_to_complain(facts)
    if last is not None and facts.received_on > last:
        late.append(
            f"Erkannt am {facts.known_on:%d.%m.%Y}, gerügt am {facts.received_on:%d.%m.%Y}; die Frist von 10 "
            f"Kalendertagen endete am {in_words(last)} (§ 160 Abs. 3 Nr. 1 GWB)."
        )
    if late:
        return Preclusion(is_precluded=True, text=" ".join(late))
    in_time = "Nach den eingetragenen Tatsachen rechtzeitig (§ 160 Abs. 3 Nr. 1 bis 3 GWB)."
    return Preclusion(is_precluded=False, text=in_time)


def last_day_to_complain(facts: ComplaintFacts) -> date | None:
    """The last day of the ten days; a period that ends on a day off runs to the next working day (§ 193 BGB)."""
    if facts.known_on is None:
        return None
    days = thresholds.rule_on(COMPLAINT_RULE, facts.procedure_started_on).number
    return working_day_from(facts.known_on + timedelta(days=days))


def last_day_to_apply(answered_on: date, procedure_started_on: date) -> date:
    """The last of the 15 calendar days for an application after a refusal (§ 160 Abs. 3 Nr. 4 GWB)."""
    return answered_on + timedelta(days=thresholds.rule_on(APPLICATION_RULE, procedure_started_on).number)


def objections_to_recording(sender: str, breach: str, received_at: datetime | None, now: datetime) -> list[Objection]:
    """What is wrong with a recorded complaint."""
    found = []
    if not sender.strip():
        found.append(Objection("Bitte angeben, wer rügt.", "sender"))
    if not breach.strip():
        found.append(Objection("Bitte den gerügten Verstoß festhalten.", "breach"))
    if received_at is None or received_at > now:
        text = "Bitte den Zeitpunkt des Eingangs angeben; er liegt nicht in der Zukunft."
        found.append(Objection(text, "received_at"))
    return found


def objections_to_answering(
    state: ComplaintState, verdict: ComplaintState, answer: str, stage: TenderStage, back_to: TenderStage | None
) -> list[Objection]:
    """Why a complaint cannot be answered this way: answered already, no reason, or no way back to that stage."""
    if state is not ComplaintState.OPEN:
        return [Objection(f"Diese Rüge ist schon beantwortet: „{state.label}“.")]
    found = []
    if verdict is ComplaintState.OPEN:
        found.append(Objection("Bitte entscheiden, ob der Rüge abgeholfen wird.", "verdict"))
    if not answer.strip():
        found.append(Objection("Bitte die Antwort festhalten; sie gehört in die Vergabeakte.", "answer"))
    if back_to is not None and verdict is not ComplaintState.REMEDY:
        found.append(Objection("Zurückversetzt wird nur, wenn der Rüge abgeholfen wird.", "back_to"))
    if back_to is not None and stage not in (TenderStage.AWARD_DECIDED, TenderStage.STANDSTILL):
        text = f"Der Stand ist „{stage.label}“; zurückversetzt wird zwischen Zuschlagsentscheidung und Zuschlag."
        found.append(Objection(text, "back_to"))
    return found
