"""The standstill between informing the losing bidders and the contract (§ 134 Abs. 2 GWB).

It begins the day after dispatch and has calendar days. Whether it too ends only on a working day is disputed; this
product counts the cautious way, and says so when holidays lie inside, because a period laid over holidays on purpose
is not accepted by the courts.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from procurement.rulebook import thresholds
from procurement.rulebook.rule import DatedRule
from procurement.tenders.holidays import holidays_between, in_words, is_day_off, why_off, working_day_from

ELECTRONIC_RULE = "STANDSTILL_E"
OTHERWISE_RULE = "STANDSTILL_POST"
# Where holidays left four or five working days, the courts let the period not even begin (OLG Düsseldorf, Verg 20/14).
FEWEST_WORKING_DAYS = 6


@dataclass(frozen=True, slots=True)
class Standstill:
    """The period of one dispatch: its last calendar day, its last day as counted here, the first day to contract."""

    rule: DatedRule
    sent_on: date
    raw_last_day: date
    last_day: date
    holidays: tuple[date, ...]

    @property
    def earliest_contract_on(self) -> date:
        """The first day on which the contract may be made."""
        return self.last_day + timedelta(days=1)

    @property
    def remarks(self) -> list[str]:
        """What to bear in mind: holidays inside the period."""
        if not self.holidays:
            return []
        named = ", ".join(f"{in_words(day)} ({why_off(day)})" for day in self.holidays)
        remark = (
            f"In der Stillhaltefrist liegen Feiertage: {named}. Eine über Feiertage gelegte Frist kann unwirksam sein; "
            "besser früher oder später informieren."
        )
        return [remark]

    @property
    def working_days(self) -> int:
        """The working days between dispatch and the last calendar day."""
        days = (self.raw_last_day - self.sent_on).days
        return sum(not is_day_off(self.sent_on + timedelta(days=number)) for number in range(1, days + 1))

    @property
    def warnings(self) -> list[str]:
        """Why this dispatch is risky: too few working days, or a last day that is none."""
        found = []
        if self.working_days < FEWEST_WORKING_DAYS:
            found.append(
                f"Zwischen Versand und {in_words(self.raw_last_day)} liegen nur {self.working_days} Werktage. Gerichte "
                "haben eine so über freie Tage gelegte Frist nicht anlaufen lassen (OLG Düsseldorf, 05.11.2014, "
                "Verg 20/14). Bitte früher oder später informieren oder die Frist verlängern und das allen Bietern "
                "mitteilen."
            )
        if is_day_off(self.raw_last_day):
            found.append(
                f"Der letzte Tag {self.raw_last_day:%d.%m.%Y} ist kein Werktag ({why_off(self.raw_last_day)}). Ob die "
                f"Frist sich verlängert, ist umstritten; gerechnet wird vorsichtig bis {in_words(self.last_day)}."
            )
        return found


def standstill(sent_on: date, procedure_started_on: date, *, is_electronic: bool = True) -> Standstill:
    """The standstill after informing the bidders on that day, by the rule of the day the procedure began."""
    rule = thresholds.rule_on(ELECTRONIC_RULE if is_electronic else OTHERWISE_RULE, procedure_started_on)
    raw = sent_on + timedelta(days=rule.number)
    last_day = working_day_from(raw)
    inside = holidays_between(sent_on + timedelta(days=1), last_day)
    return Standstill(rule, sent_on, raw, last_day, tuple(inside))
