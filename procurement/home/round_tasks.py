"""What an officer has to do about demand rounds: finish, remind, close, and plan a tender from what was reported."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from procurement.demand.states import RoundState
from procurement.home.tasks import Task, Urgency, named

REMIND_WITHIN = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class RoundFacts:
    """A round that is not closed; ``unanswered`` are the names of invited members without an answer."""

    id: int
    reference: str
    title: str
    state: RoundState
    deadline_at: datetime
    invited: int
    unanswered: tuple[str, ...]

    @property
    def answered(self) -> int:
        """Members that submitted a demand or reported none."""
        return self.invited - len(self.unanswered)


def round_task(facts: RoundFacts, now: datetime) -> Task | None:
    """What this round asks of the procurement office now; nothing while members answer in good time."""
    if facts.state is RoundState.DRAFT:
        note = "noch nicht geöffnet"
        return Task(f"Bedarfsrunde vorbereiten: {facts.title}", note, Urgency.PREPARE, "demand.show", _values(facts))
    if now > facts.deadline_at:
        return _closing(facts, Urgency.OVERDUE)
    if not facts.unanswered:
        return _closing(facts, Urgency.NOW)
    if facts.deadline_at - now > REMIND_WITHIN:
        return None
    return Task(
        f"An Antworten erinnern: {facts.title}",
        missing_in_words(facts),
        Urgency.SOON,
        "demand.show",
        _values(facts),
        facts.deadline_at,
    )


def _closing(facts: RoundFacts, urgency: Urgency) -> Task:
    label = f"Bedarfsrunde schließen: {facts.title}"
    return Task(label, missing_in_words(facts), urgency, "demand.confirm_close", _values(facts), facts.deadline_at)


def missing_in_words(facts: RoundFacts) -> str:
    """Who has not answered: ``2 von 9 ohne Antwort: Laer, Velen``."""
    if not facts.unanswered:
        return f"alle {facts.invited} haben geantwortet"
    return f"{len(facts.unanswered)} von {facts.invited} ohne Antwort: {named(facts.unanswered)}"


def _values(facts: RoundFacts) -> dict[str, int]:
    return {"round_id": facts.id}


def planning_task(round_id: int, title: str, open_articles: int) -> Task:
    """A closed round with articles that are in no tender yet."""
    one = open_articles == 1
    note = f"{open_articles} {'Artikel ist' if one else 'Artikel sind'} in keiner Ausschreibung"
    return Task(f"Ausschreibung planen: {title}", note, Urgency.NOW, "tenders.plan", {"round": round_id})
