"""What is next from the decision to the last duty after an award, in one sentence, and where on the page it is done."""

from dataclasses import dataclass
from datetime import date

from procurement.awarding.rules import LETTER_STAGES, AwardFacts
from procurement.tenders.holidays import in_words

OFFICE = "Vergabestelle"
PLACE = ("Zum Zuschlag", "checks")


@dataclass(frozen=True, slots=True)
class NextAward:
    """The box "Als Nächstes"; ``place`` is the section of the page where it is done, ``label`` the word on the link."""

    text: str
    who: str
    label: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class Duties:
    """Days until which something is owed after the award; nothing for what is done."""

    notice_due_on: date | None = None
    statistics_due_on: date | None = None


def next_award(facts: AwardFacts, duties: Duties | None) -> NextAward | None:
    """The next step; ``duties`` are those of an award that was made."""
    if duties is not None:
        return _after(duties)
    if facts.stage not in LETTER_STAGES or not facts.is_decided:
        return None
    return _missing(facts) or _waiting(facts) or NextAward("Nichts steht dem Zuschlag entgegen.", OFFICE, *PLACE)


def _missing(facts: AwardFacts) -> NextAward | None:
    """What the office can do now: ask the register, inform the bidders."""
    if facts.unasked:
        text = f"Die Auskunft des Wettbewerbsregisters fehlt zu {', '.join(facts.unasked)}."
        return NextAward(text, OFFICE, "Auskunft festhalten", "register")
    if facts.is_eu and (facts.missing or facts.unsent):
        if facts.unsent:
            text = "Die Schreiben an die Bieter sind entworfen. Bitte prüfen und versenden (§ 134 GWB)."
        else:
            text = "Die Bieter sind zu informieren (§ 134 GWB). Die Schreiben entstehen aus der Wertung."
        return NextAward(text, OFFICE, "Zu den Schreiben", "letters")
    return None


def _waiting(facts: AwardFacts) -> NextAward | None:
    if facts.locks:
        return NextAward(" ".join(facts.locks), "Vergabekammer")
    if facts.is_eu and facts.earliest_on is not None and facts.today < facts.earliest_on:
        return NextAward(f"Die Stillhaltefrist läuft. Zuschlag frühestens am {in_words(facts.earliest_on)}.", OFFICE)
    return None


def _after(duties: Duties) -> NextAward | None:
    owed = [
        (day, name)
        for day, name in (
            (duties.notice_due_on, "Die Vergabebekanntmachung"),
            (duties.statistics_due_on, "Die Vergabestatistik"),
        )
        if day is not None
    ]
    if not owed:
        return None
    day, name = min(owed)
    return NextAward(f"{name} ist fällig bis {in_words(day)}.", OFFICE, "Zu den Pflichten", "after")
