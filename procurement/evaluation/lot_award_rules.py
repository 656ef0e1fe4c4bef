"""When the award over all lots can be determined, and what is wrong with discounts, links and drawings."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from procurement.evaluation.rules import LONGEST_REASON, RATING, objections_to_text
from procurement.tenders.kinds import TenderStage
from procurement.tenders.lot_rules import LotRules, capacity_of
from procurement.values.objection import Objection

LEAST_LINKED = 2


@dataclass(frozen=True, slots=True)
class DiscountEntry:
    """A rebate as it stands in the bid: for a package of lots, or from ``least`` lots on; ``share`` of one."""

    bid_id: int
    lots: tuple[int, ...]
    least: int | None
    share: Fraction | None
    source: str


@dataclass(frozen=True, slots=True)
class TermsEntry:
    """Proven capacity and preferred lots of one bid, and where that stands."""

    bid_id: int
    capacity: str | None
    preference: tuple[int, ...]
    source: str


@dataclass(frozen=True, slots=True)
class LotAwardFacts:
    """What decides whether the award over all lots can be determined now; lots by number.

    ``bids_per_bidder`` counts the lots that each bid is ranked in; ``is_current`` means nothing changed since the last.
    """

    stage: TenderStage
    rules: LotRules | None
    decided: Sequence[int]
    without_run: Sequence[int]
    bids_per_bidder: Mapping[str, int]
    is_current: bool = False


def objections_to_entering(stage: TenderStage, rules: LotRules | None, decided: Sequence[int]) -> list[Objection]:
    """Why discounts, links and terms cannot be entered: before the opening, or once an award is proposed."""
    if rules is None:
        return [Objection("Für diese Ausschreibung sind keine Regeln über mehrere Lose bekannt gemacht.")]
    if stage not in RATING:
        return [Objection(f"Das wird zwischen Öffnung und Zuschlagsvorschlag eingetragen; Stand ist „{stage.label}“.")]
    return _objections_to_decided(decided)


def _objections_to_decided(decided: Sequence[int]) -> list[Objection]:
    if not decided:
        return []
    named = ", ".join(str(number) for number in decided)
    return [Objection(f"Für Los {named} ist der Zuschlag schon vorgeschlagen; die Verteilung steht damit fest.")]


def objections_to_determining(facts: LotAwardFacts) -> list[Objection]:
    """Why the lots cannot be distributed now."""
    found = objections_to_entering(facts.stage, facts.rules, facts.decided)
    if found or facts.rules is None:
        return found
    if facts.without_run:
        named = ", ".join(str(number) for number in facts.without_run)
        return [
            Objection(f"Los {named} ist noch nicht oder nicht mehr gültig gewertet. Bitte zuerst alle Lose werten.")
        ]
    limit = facts.rules.bid_limit
    too_many = {name: count for name, count in facts.bids_per_bidder.items() if limit is not None and count > limit}
    if too_many:
        named = ", ".join(f"{name}: {count}" for name, count in too_many.items())
        text = f"Mehr als {limit} Lose geboten (Angebotslimitierung): {named}. Bitte die überzähligen Angebote prüfen"
        return [Objection(f"{text} und nach den bekannt gemachten Regeln ausschließen (§ 57 VgV).")]
    if not facts.bids_per_bidder:
        return [Objection("In keinem Los ist ein Angebot in der Rangfolge; zu verteilen ist nichts.")]
    return [Objection("Seit der letzten Verteilung hat sich nichts geändert.")] if facts.is_current else []


def objections_to_discount(entry: DiscountEntry, offered: Collection[int], lot_count: int) -> list[Objection]:
    """What is wrong with an entered rebate; ``offered`` are the lots that the bid is for."""
    found = []
    if entry.share is None or not 0 < entry.share < 1:
        found.append(Objection("Bitte einen Nachlass über 0 und unter 100 % angeben.", "percent"))
    if entry.least is None:
        missing = [lot for lot in entry.lots if lot not in offered]
        if len(set(entry.lots)) < LEAST_LINKED:
            text = "Ein Paket nennt mindestens zwei Lose, zum Beispiel 2+3; ein Mengennachlass stattdessen ab wann."
            found.append(Objection(text, "lots"))
        elif missing:
            found.append(Objection(f"Für Los {missing[0]} liegt von diesem Bieter kein Angebot vor.", "lots"))
    elif entry.lots:
        found.append(Objection("Bitte entweder die Lose des Pakets oder „ab so vielen Losen“ angeben.", "least"))
    elif not 1 <= entry.least <= lot_count:
        found.append(Objection(f"Bitte eine Zahl von 1 bis {lot_count} angeben.", "least"))
    return found + _objections_to_source(entry.source)


def _objections_to_source(source: str) -> list[Objection]:
    if not source.strip():
        return [
            Objection("Bitte angeben, wo das im Angebot steht, zum Beispiel „Angebotsschreiben, Seite 2“.", "source")
        ]
    if len(source) > LONGEST_REASON:
        return [Objection(f"Der Text darf höchstens {LONGEST_REASON} Zeichen haben.", "source")]
    return []


def objections_to_terms(entry: TermsEntry, lot_numbers: Collection[int]) -> list[Objection]:
    """What is wrong with a bid's capacity and preference."""
    found = []
    if entry.capacity is not None and capacity_of(entry.capacity) is None:
        found.append(Objection("Bitte eine Zahl ab 0 mit höchstens drei Nachkommastellen angeben.", "capacity"))
    if len(set(entry.preference)) < len(entry.preference) or not set(entry.preference) <= set(lot_numbers):
        found.append(Objection("Bitte jedes Los höchstens einmal nennen, wichtigstes zuerst: 3, 1, 2.", "preference"))
    return found + _objections_to_source(entry.source)


def objections_to_link(bid_ids: Collection[int], reason: str) -> list[Objection]:
    """What is wrong with linking bidders."""
    found = []
    if len(set(bid_ids)) < LEAST_LINKED:
        found.append(Objection("Bitte mindestens zwei Bieter wählen.", "bids"))
    return found + objections_to_text(reason)


def objections_to_award_drawing(
    stored: Mapping[str, object] | None, *, is_current: bool, is_drawn: bool, people: tuple[int | None, int | None]
) -> list[Objection]:
    """Why no lots are drawn between equal distributions."""
    if stored is None or not is_current:
        return [Objection("Es gibt keine gültige Verteilung der Lose.")]
    if not stored["needs_drawing"] or is_drawn:
        text = "Das Los ist bereits gezogen." if is_drawn else "Ein Losentscheid ist nicht nötig."
        return [Objection(text)]
    if people[1] is None or people[0] == people[1]:
        text = "Das Los ziehen zwei Personen. Bitte die andere Person der Vergabestelle wählen, die dabei war."
        return [Objection(text, "second")]
    return []
