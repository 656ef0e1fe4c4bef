"""A bid's further figures as an officer enters them, how they are stored, and what may be wrong with them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from procurement.bids.evaluation_price import OfferedFigures, OfferedRebate, OfferedSkonto, named
from procurement.bids.states import BidState
from procurement.tenders.kinds import TenderStage
from procurement.tenders.price_terms import PricePart
from procurement.values.figures import german
from procurement.values.money import Money
from procurement.values.objection import Objection

ENTERING = frozenset({TenderStage.OPENED, TenderStage.EVALUATED})
REBATE, SKONTO = "rebate", "skonto"
LARGEST = Money.of("9999999999.99")
SOURCE_LENGTH, REASON_LENGTH = 200, 2000
MOST_DAYS = 90
WHOLE = 100

Stored = dict[str, dict[str, str]]


@dataclass(frozen=True, slots=True)
class FigureEntry:
    """The figure of one announced part and where in the bid it stands; no amount while the bid does not say."""

    number: str
    amount: Money | None
    source: str = ""


@dataclass(frozen=True, slots=True)
class FiguresEntry:
    """Everything entered about one bid in one lot; a correction says why."""

    figures: Sequence[FigureEntry] = ()
    rebate: OfferedRebate | None = None
    rebate_source: str = ""
    skonto: OfferedSkonto | None = None
    skonto_source: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class EnteringFacts:
    """What decides whether figures may be entered; ``is_correction`` when a version is there already.

    ``positions`` is the sum of the positions, nothing for an incomplete sheet.
    """

    stage: TenderStage
    state: BidState
    is_correction: bool
    asked: Sequence[PricePart] = field(default_factory=tuple)
    positions: Money | None = None


def objections_to_time(stage: TenderStage, state: BidState) -> list[Objection]:
    """Why nothing can be entered now: figures belong to an opened bid and are settled with the award proposal."""
    if stage not in ENTERING:
        return [Objection(f"Preisangaben werden zwischen Öffnung und Zuschlag erfasst; der Stand ist „{stage.label}“.")]
    if state is not BidState.OPENED:
        return [Objection(f"Das Angebot ist im Zustand „{state.label}“; seine Angaben bleiben, wie sie sind.")]
    return []


def objections_to_figures(facts: EnteringFacts, entry: FiguresEntry) -> list[Objection]:
    """Everything that keeps these figures from being stored."""
    found = objections_to_time(facts.stage, facts.state)
    asked = {part.number: part for part in facts.asked}
    for one in entry.figures:
        part = asked.get(one.number)
        if part is None:
            found.append(Objection(f"{one.number} ist für dieses Los nicht bekannt gemacht und zählt nicht."))
        elif one.amount is not None:
            found += _objections_to_amount(named(part), one.amount) + _objections_to_source(named(part), one.source)
    found += _objections_to_rebate(entry, facts.positions) + _objections_to_skonto(entry)
    if facts.is_correction and not entry.reason.strip():
        found.append(Objection("Bitte begründen, warum die erfassten Angaben berichtigt werden.", "reason"))
    return found


def _objections_to_amount(name: str, amount: Money) -> list[Objection]:
    if Money(0) <= amount <= LARGEST:
        return []
    return [Objection(f"{name}: Der Betrag darf nicht negativ sein; Erlöse sind eine eigene Position.")]


def _objections_to_source(name: str, source: str) -> list[Objection]:
    if source.strip() and len(source) <= SOURCE_LENGTH:
        return []
    return [Objection(f"{name}: Bitte die Fundstelle im Angebot angeben, zum Beispiel „Angebotsschreiben S. 3“.")]


def _objections_to_rebate(entry: FiguresEntry, positions: Money | None) -> list[Objection]:
    rebate = entry.rebate
    if rebate is None:
        return []
    if rebate.percent and rebate.amount is not None:
        return [Objection("Bitte den Nachlass entweder in Prozent oder als Betrag angeben.", "rebate_percent")]
    found = _objections_to_source("Nachlass", entry.rebate_source)
    if rebate.amount is not None:
        found += _objections_to_amount("Nachlass", rebate.amount)
        if positions is not None and rebate.amount >= positions:
            found.append(Objection("Der Nachlass muss kleiner als die Summe der Positionen sein.", "rebate_amount"))
    elif not 0 < Fraction(rebate.percent or "0") < WHOLE:
        found.append(Objection("Der Nachlass muss zwischen 0 und 100 % liegen.", "rebate_percent"))
    return found


def _objections_to_skonto(entry: FiguresEntry) -> list[Objection]:
    skonto = entry.skonto
    if skonto is None:
        return []
    found = _objections_to_source("Skonto", entry.skonto_source)
    if not 0 < Fraction(skonto.percent or "0") < WHOLE:
        found.append(Objection("Das Skonto muss zwischen 0 und 100 % liegen.", "skonto_percent"))
    if not 0 < skonto.days <= MOST_DAYS:
        found.append(Objection(f"Bitte die Zahlungsfrist des Skontos angeben, 1 bis {MOST_DAYS} Tage.", "skonto_days"))
    return found


def as_stored(entry: FiguresEntry) -> Stored:
    """The entry as plain texts, amounts in cents."""
    stored: Stored = {
        one.number: {"cents": str(one.amount.cents), "source": one.source.strip()}
        for one in entry.figures
        if one.amount is not None
    }
    if entry.rebate is not None:
        rebate = entry.rebate
        value = {"percent": rebate.percent} if rebate.amount is None else {"cents": str(rebate.amount.cents)}
        stored[REBATE] = value | {"source": entry.rebate_source.strip()}
    if entry.skonto is not None:
        skonto = entry.skonto
        stored[SKONTO] = {"percent": skonto.percent, "days": str(skonto.days), "source": entry.skonto_source.strip()}
    return stored


def offered(stored: Mapping[str, Mapping[str, str]]) -> OfferedFigures:
    """What the bid offers, out of what is stored."""
    amounts = {
        number: Money(int(figure["cents"])) for number, figure in stored.items() if number not in (REBATE, SKONTO)
    }
    rebate, skonto = stored.get(REBATE), stored.get(SKONTO)
    return OfferedFigures(
        amounts,
        _rebate(rebate) if rebate else None,
        OfferedSkonto(skonto["percent"], int(skonto["days"])) if skonto else None,
    )


def _rebate(stored: Mapping[str, str]) -> OfferedRebate:
    return OfferedRebate(stored.get("percent", ""), Money(int(stored["cents"])) if "cents" in stored else None)


def worded(stored: Mapping[str, Mapping[str, str]]) -> dict[str, str]:
    """What is stored in words, for the trail: figure and source by name."""
    names = {REBATE: "Nachlass", SKONTO: "Skonto"}
    return {names.get(number, number): _worded(figure) for number, figure in stored.items()}


def _worded(figure: Mapping[str, str]) -> str:
    if "cents" in figure:
        value = f"{german(Fraction(int(figure['cents']), WHOLE))} €"
    else:
        value = f"{figure['percent'].replace('.', ',')} %"
    days = f" in {figure['days']} Tagen" if "days" in figure else ""
    return f"{value}{days} ({figure['source']})"
