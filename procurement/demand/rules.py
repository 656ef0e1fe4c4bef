"""What is allowed in a demand round, as objections: they explain a locked button and guard the action behind it.

Whoever submits by the deadline to the second is in time. After it only the procurement office can act: it moves the
deadline of an open round or closes the round.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING

from procurement.demand.cockpit import objections_to_dates
from procurement.demand.entries import ArticleEntry, ItemEntry, RoundEntry
from procurement.demand.states import DemandState, JointCostKey, RoundState
from procurement.values.money import Money, UnitPrice
from procurement.values.objection import Objection, objections_to_lengths
from procurement.values.quantity import Quantity

if TYPE_CHECKING:
    from procurement.demand.models import Demand, DemandRound

CPV_CODE = re.compile(r"\d{8}(-\d)?")
ROUND_LENGTHS = (("reference", "Das Zeichen", 40), ("title", "Der Titel", 200))
ARTICLE_LENGTHS = (
    ("number", "Die Nummer", 40),
    ("title", "Die Bezeichnung", 300),
    ("unit", "Die Einheit", 40),
    ("category", "Die Warengruppe", 120),
)
ITEM_LENGTHS = (
    ("note", "Die Bemerkung", 1000),
    ("site", "Der Standort", 200),
    ("budget_account", "Die Haushaltsstelle", 60),
)
START_YEARS = range(2000, 2100)
LARGEST_QUANTITY = Quantity.of(99_999_999)
LONGEST_TERM = 240
LARGEST_JOINT_COST = Money.of("999999999.99")
LARGEST_PRICE = UnitPrice.of("9999999.99")
NOTHING_ENTERED = "Es ist keine Menge eingetragen. Wenn Sie nichts brauchen, wählen Sie „Kein Bedarf melden“."
SOMETHING_ENTERED = "Es sind Mengen eingetragen. Bitte leeren Sie diese zuerst oder reichen Sie den Bedarf ein."
AWAITS_APPROVAL = (
    "Dieser Bedarf wartet auf die Freigabe durch eine zweite Person seines Hauses. "
    "Zum Ändern geben Sie ihn bitte auf der Seite „Freigabe“ zurück."
)
LOCKED = (DemandState.SUBMITTED, DemandState.NIL, DemandState.FROZEN)


def objections_to_round(entry: RoundEntry, *, now: datetime, is_taken: bool) -> list[Objection]:
    """What is wrong with the entry of a round; ``is_taken``: another round has its reference already."""
    found = []
    if not entry.reference.strip():
        found.append(Objection("Bitte ein Zeichen vergeben, zum Beispiel B-2026-01.", "reference"))
    elif is_taken:
        found.append(Objection(f"Das Zeichen {entry.reference} trägt schon eine andere Bedarfsrunde.", "reference"))
    if not entry.title.strip():
        found.append(Objection("Bitte einen Titel eingeben.", "title"))
    if entry.deadline_at <= now:
        found.append(Objection("Die Frist muss in der Zukunft liegen.", "deadline_at"))
    found += objections_to_dates(entry.reminder_at, entry.escalation_at, entry.deadline_at)
    return (
        found
        + objections_to_lengths(entry, ROUND_LENGTHS)
        + objections_to_term(entry)
        + objections_to_joint_cost(entry)
    )


def objections_to_term(entry: RoundEntry) -> list[Objection]:
    """What is wrong with the planned contract term; it may be open, then prices per month or year have no sum."""
    found = []
    if entry.term.months is not None and not 1 <= entry.term.months <= LONGEST_TERM:
        sentence = f"Die Laufzeit muss zwischen 1 und {LONGEST_TERM} Monaten liegen oder frei bleiben."
        found.append(Objection(sentence, "term_months"))
    if not 0 <= entry.term.option_months <= LONGEST_TERM:
        sentence = f"Die Verlängerungen dürfen zusammen höchstens {LONGEST_TERM} Monate dauern."
        found.append(Objection(sentence, "option_months"))
    if entry.term.months is None and entry.term.option_months:
        found.append(Objection("Verlängerungen gibt es nur zu einer Laufzeit. Bitte diese angeben.", "term_months"))
    return found


def objections_to_joint_cost(entry: RoundEntry) -> list[Objection]:
    """What is wrong with the range of the joint cost; a forecast names the reference date of its key (story M6)."""
    joint, found = entry.joint_cost, []
    if joint.from_net is None and joint.to_net is None:
        return []
    if joint.from_net is None or joint.to_net is None:
        missing = "joint_cost_from_net" if joint.from_net is None else "joint_cost_to_net"
        return [Objection("Bitte beide Enden der gemeinsamen Kosten angeben; sie dürfen gleich sein.", missing)]
    if not Money(0) <= joint.from_net <= LARGEST_JOINT_COST or not joint.to_net <= LARGEST_JOINT_COST:
        sentence = "Die gemeinsamen Kosten müssen zwischen 0 und 999.999.999,99 € liegen."
        found.append(Objection(sentence, "joint_cost_from_net"))
    elif joint.to_net < joint.from_net:
        found.append(Objection("„bis“ ist kleiner als „von“. Bitte die Beträge tauschen.", "joint_cost_to_net"))
    if joint.reference_date is None and joint.key is not JointCostKey.EQUAL:
        sentence = f"Bitte den Stichtag angeben, zu dem der Schlüssel „{joint.key.label}“ gilt."
        found.append(Objection(sentence, "key_reference_date"))
    return found


def objections_to_article(entry: ArticleEntry, taken_numbers: Iterable[str]) -> list[Objection]:
    """What is wrong with the entry of an article; a CPV code has eight digits, with or without its check digit."""
    found = []
    if not entry.number.strip():
        found.append(Objection("Bitte eine Artikelnummer eingeben.", "number"))
    elif entry.number.strip() in taken_numbers:
        found.append(Objection(f"Die Artikelnummer {entry.number} gibt es in dieser Runde schon.", "number"))
    if not entry.title.strip():
        found.append(Objection("Bitte eine Bezeichnung eingeben.", "title"))
    if not entry.unit.strip():
        found.append(Objection("Bitte eine Einheit eingeben, zum Beispiel Stück.", "unit"))
    if entry.cpv and not CPV_CODE.fullmatch(entry.cpv):
        sentence = f"„{entry.cpv}“ ist kein CPV-Code. Er hat acht Ziffern, zum Beispiel 32420000 oder 32420000-3."
        found.append(Objection(sentence, "cpv"))
    price = entry.planning_price_net
    if price is not None and not UnitPrice(0) <= price <= LARGEST_PRICE:
        found.append(Objection("Der Planungspreis muss zwischen 0 und 9.999.999,99 € liegen.", "planning_price_net"))
    return found + objections_to_lengths(entry, ARTICLE_LENGTHS)


def objections_to_changing(round_: "DemandRound") -> list[Objection]:
    """Title, description and deadline may change until the round is closed."""
    if round_.state is RoundState.CLOSED:
        return [Objection("Die Bedarfsrunde ist geschlossen; ihre Angaben stehen fest.")]
    return []


def objections_to_changing_articles(round_: "DemandRound") -> list[Objection]:
    """Articles are fixed once members can answer: everybody answers the same question."""
    if round_.state is RoundState.DRAFT:
        return []
    return [Objection("Artikel lassen sich nur ändern, solange die Bedarfsrunde in Vorbereitung ist.")]


def objections_to_inviting(round_: "DemandRound") -> list[Objection]:
    """Members can be invited until the round is closed."""
    if round_.state is RoundState.CLOSED:
        return [Objection("Die Bedarfsrunde ist geschlossen; es kann niemand mehr eingeladen werden.")]
    return []


def objections_to_inviting_members(members: Iterable[tuple[str, date | None]], *, deadline_on: date) -> list[Objection]:
    """Who leaves on or before the day of the deadline is not asked any more; each name with its first day outside."""
    return [
        Objection(
            f"{name} ist zum {left_on:%d.%m.%Y} ausgetreten, die Frist endet am {deadline_on:%d.%m.%Y}. "
            "Dieses Mitglied kann nicht eingeladen werden.",
            "members",
        )
        for name, left_on in members
        if left_on is not None and left_on <= deadline_on
    ]


def objections_to_opening(round_: "DemandRound", articles: int, invited: int, *, now: datetime) -> list[Objection]:
    """What a round lacks before members can answer."""
    if round_.state is not RoundState.DRAFT:
        return [Objection("Die Bedarfsrunde wurde schon geöffnet.")]
    found = []
    if not articles:
        found.append(Objection("Es ist noch kein Artikel aufgenommen."))
    if not invited:
        found.append(Objection("Es ist noch kein Mitglied eingeladen."))
    if round_.deadline_at <= now:
        found.append(Objection("Die Frist ist schon vorbei. Bitte unter „Angaben ändern“ eine neue Frist setzen."))
    return found


def objections_to_closing(round_: "DemandRound") -> list[Objection]:
    """Only an open round can be closed; missing answers are named, but do not stop it."""
    if round_.state is RoundState.DRAFT:
        return [Objection("Die Bedarfsrunde ist noch nicht geöffnet.")]
    if round_.state is RoundState.CLOSED:
        return [Objection("Die Bedarfsrunde ist schon geschlossen.")]
    return []


def objections_to_saving(demand: "Demand", round_: "DemandRound", *, now: datetime, contact: str) -> list[Objection]:
    """Why a member cannot change its demand now; ``contact`` is whom to ask."""
    if round_.state is RoundState.DRAFT:
        return [Objection("Die Bedarfsrunde ist noch nicht geöffnet.")]
    if round_.state is RoundState.CLOSED:
        return [Objection(f"Die Bedarfsrunde ist geschlossen; die Mengen stehen fest. Fragen beantwortet {contact}.")]
    if demand.state is DemandState.AWAITING_APPROVAL:
        return [Objection(AWAITS_APPROVAL)]
    if demand.state in LOCKED:
        return [
            Objection(
                f"Dieser Bedarf steht auf „{demand.state.label}“ und ist gesperrt. "
                "Zum Ändern öffnen Sie ihn bitte mit einer Begründung wieder."
            )
        ]
    return _after_deadline(round_, now, contact)


def _after_deadline(round_: "DemandRound", now: datetime, contact: str) -> list[Objection]:
    if now <= round_.deadline_at:
        return []
    return [Objection(f"Die Frist dieser Bedarfsrunde ist abgelaufen. Bitte wenden Sie sich an {contact}.")]


def objections_to_items(entries: Iterable[ItemEntry], titles: Mapping[int, str]) -> list[Objection]:
    """What is wrong with the quantities, by article; the field is ``minimum-7`` for the minimum of article 7."""
    return [objection for entry in entries for objection in _objections_to_item(entry, titles)]


def _objections_to_item(entry: ItemEntry, titles: Mapping[int, str]) -> list[Objection]:
    title = titles.get(entry.article_id)
    if title is None:
        return [Objection("Ein Artikel gehört nicht zu dieser Bedarfsrunde. Bitte laden Sie die Seite neu.")]
    if entry.is_blank:
        return []
    texts = _objections_to_details(entry, title)
    outside = [
        Objection(f"Die Menge für „{title}“ muss zwischen 0 und 99.999.999 liegen.", f"{name}-{entry.article_id}")
        for name in ("minimum", "expected", "maximum")
        if not Quantity(0) <= (getattr(entry, name) or Quantity(0)) <= LARGEST_QUANTITY
    ]
    return (outside or _disordered(entry.completed(), title)) + texts


def _objections_to_details(entry: ItemEntry, title: str) -> list[Objection]:
    found = [
        Objection(f"{subject} für „{title}“ darf höchstens {limit} Zeichen haben.", f"{name}-{entry.article_id}")
        for name, subject, limit in ITEM_LENGTHS
        if len(getattr(entry, name).strip()) > limit
    ]
    if entry.start_on is not None and entry.start_on.year not in START_YEARS:
        sentence = f"Der Beginn für „{title}“ liegt außerhalb der Jahre {START_YEARS[0]} bis {START_YEARS[-1]}."
        found.append(Objection(sentence, f"start_on-{entry.article_id}"))
    return found


def _disordered(entry: ItemEntry, title: str) -> list[Objection]:
    if entry.expected is None or entry.minimum is None or entry.maximum is None:
        sentence = f"Bitte die erwartete Menge für „{title}“ eingeben, ohne Bedarf eine 0."
        return [Objection(sentence, f"expected-{entry.article_id}")]
    found = []
    if entry.maximum < entry.minimum:
        found.append(
            Objection(f"Die Höchstmenge für „{title}“ ist kleiner als die Mindestmenge.", f"maximum-{entry.article_id}")
        )
    elif entry.maximum < entry.expected:
        found.append(
            Objection(
                f"Die Höchstmenge für „{title}“ ist kleiner als die erwartete Menge.", f"maximum-{entry.article_id}"
            )
        )
    elif entry.minimum > entry.expected:
        found.append(
            Objection(
                f"Die Mindestmenge für „{title}“ ist größer als die erwartete Menge.", f"minimum-{entry.article_id}"
            )
        )
    return found


def objections_to_submitting(
    demand: "Demand", round_: "DemandRound", maxima: Iterable[Quantity], *, now: datetime, contact: str
) -> list[Objection]:
    """Why the demand cannot be submitted; ``maxima`` are the largest quantities of its items."""
    found = objections_to_saving(demand, round_, now=now, contact=contact)
    if not found and not any(maxima):
        found.append(Objection(NOTHING_ENTERED))
    return found


def objections_to_nil(
    demand: "Demand", round_: "DemandRound", maxima: Iterable[Quantity], *, now: datetime, contact: str
) -> list[Objection]:
    """Why "no demand" cannot be reported: quantities that are stored must not vanish by the way."""
    found = objections_to_saving(demand, round_, now=now, contact=contact)
    if not found and any(maxima):
        found.append(Objection(SOMETHING_ENTERED))
    return found


def objections_to_reopening(demand: "Demand", round_: "DemandRound", *, now: datetime, contact: str) -> list[Objection]:
    """Why a submitted demand stays as it is: after the deadline it could not be submitted again."""
    if round_.state is RoundState.CLOSED or demand.state is DemandState.FROZEN:
        return [Objection(f"Die Bedarfsrunde ist geschlossen; die Mengen stehen fest. Fragen beantwortet {contact}.")]
    if demand.state is DemandState.AWAITING_APPROVAL:
        return [Objection(AWAITS_APPROVAL)]
    if demand.state not in LOCKED:
        return [Objection("Dieser Bedarf ist nicht eingereicht und lässt sich ohne Weiteres ändern.")]
    return _after_deadline(round_, now, contact)
