"""What is allowed in a demand round, as objections: they explain a locked button and guard the action behind it.

Whoever submits by the deadline to the second is in time. After it only the procurement office can act: it moves the
deadline of an open round or closes the round.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from procurement.demand.entries import ArticleEntry, ItemEntry, RoundEntry
from procurement.demand.states import DemandState, RoundState
from procurement.values.money import UnitPrice
from procurement.values.objection import Objection
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
LARGEST_QUANTITY = Quantity.of(99_999_999)
LARGEST_PRICE = UnitPrice.of("9999999.99")
NOTHING_ENTERED = "Es ist keine Menge eingetragen. Wenn Sie nichts brauchen, wählen Sie „Kein Bedarf melden“."
SOMETHING_ENTERED = "Es sind Mengen eingetragen. Bitte leeren Sie diese zuerst oder reichen Sie den Bedarf ein."
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
    return found + _too_long(entry, ROUND_LENGTHS)


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
    return found + _too_long(entry, ARTICLE_LENGTHS)


def _too_long(entry: object, lengths: Sequence[tuple[str, str, int]]) -> list[Objection]:
    return [
        Objection(f"{subject} darf höchstens {limit} Zeichen haben.", name)
        for name, subject, limit in lengths
        if len(getattr(entry, name).strip()) > limit
    ]


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
    outside = [
        Objection(f"Die Menge für „{title}“ muss zwischen 0 und 99.999.999 liegen.", f"{name}-{entry.article_id}")
        for name in ("minimum", "expected", "maximum")
        if not Quantity(0) <= (getattr(entry, name) or Quantity(0)) <= LARGEST_QUANTITY
    ]
    return outside or _disordered(entry.completed(), title)


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
    if demand.state not in LOCKED:
        return [Objection("Dieser Bedarf ist nicht eingereicht und lässt sich ohne Weiteres ändern.")]
    return _after_deadline(round_, now, contact)
