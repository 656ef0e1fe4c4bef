"""Reviews: from the tribunal's notice the award is forbidden (§ 169 Abs. 1 GWB); when that ends depends on the law.

In procedures begun from 01.07.2026 on, the award is free at once when the buyer wins, because an appeal of the loser no
longer suspends (§ 173 Abs. 1 GWB). In earlier ones it stays forbidden until the two weeks of the appeal are over
(§§ 169 Abs. 1, 172 Abs. 1 GWB), and with an appeal two weeks longer unless the court decided or ordered otherwise.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from procurement.awarding.states import ReviewOutcome
from procurement.rulebook import thresholds
from procurement.tenders.holidays import in_words, working_day_from
from procurement.values.objection import Objection

APPEAL_RULE = "APPEAL_SUSPENSIVE"
APPEAL_DAYS = 14
SUSPENSION_DAYS = 14


@dataclass(frozen=True, slots=True)
class ReviewFacts:
    """Where a review stands; without an outcome it runs."""

    outcome: ReviewOutcome | None
    served_on: date | None
    has_appeal: bool
    appeal_decided_on: date | None
    was_stepped_back: bool
    procedure_started_on: date


def appeal_suspends(procedure_started_on: date) -> bool:
    """Whether the appeal of the losing bidder suspends: by the law of the day on which the procedure began."""
    versions = thresholds.versions_of(APPEAL_RULE)
    rule = next((one for one in versions if one.is_in_force(procedure_started_on)), None)
    return rule is None or rule.holds


def lock(facts: ReviewFacts, today: date) -> str:
    """Why the award is forbidden today; empty when it is not."""
    if facts.outcome is None:
        return "Nachprüfung läuft: Der Zuschlag ist verboten, bis die Entscheidung vorliegt (§ 169 Abs. 1 GWB)."
    if facts.outcome is ReviewOutcome.APPLICANT_WON:
        text = "Der Nachprüfungsantrag hatte Erfolg: Vor dem Zuschlag ist das Verfahren zurückzuversetzen."
        return "" if facts.was_stepped_back else text
    if facts.outcome is ReviewOutcome.SETTLED:
        return ""
    free = free_from(facts)
    text = f"Nachprüfung: Zuschlag erst ab {in_words(free)} (§§ 169, 172, 173 GWB alter Fassung)."
    return text if today < free else ""


def free_from(facts: ReviewFacts) -> date:
    """The first day on which the award is free again after the buyer won."""
    served = facts.served_on or date.max
    if not appeal_suspends(facts.procedure_started_on):
        return served
    if facts.has_appeal and facts.appeal_decided_on is not None:
        return facts.appeal_decided_on
    end_of_appeal = working_day_from(served + timedelta(days=APPEAL_DAYS))
    if facts.has_appeal:
        end_of_appeal = working_day_from(end_of_appeal + timedelta(days=SUSPENSION_DAYS))
    return end_of_appeal + timedelta(days=1)


def objections_to_ending(
    *, is_over: bool, outcome: ReviewOutcome | None, served_on: date | None, today: date, has_document: bool
) -> list[Objection]:
    """Why the end of a review is not recorded: over already, no outcome, no day, or no decision document."""
    if is_over:
        return [Objection("Das Ende dieser Nachprüfung ist schon festgehalten.")]
    found = []
    if outcome is None:
        found.append(Objection("Bitte den Ausgang wählen.", "outcome"))
    if served_on is None or served_on > today:
        found.append(Objection("Bitte den Tag der Zustellung angeben; er liegt nicht in der Zukunft.", "served_on"))
    if not has_document:
        text = "Ohne die Entscheidung als Datei bleibt der Zuschlag gesperrt. Bitte die Entscheidung hochladen."
        found.append(Objection(text, "document"))
    return found
