"""What counts in the evaluation price besides the positions: announced parts, rebate, skonto; § 58, § 59 VgV.

An announced part is asked of every bidder as one figure: an option and the share of it that counts, maintenance per
month or year and for how many months, yearly costs over so many years, discounted at the published rate. An
unconditional rebate always counts. Skonto counts only where it is announced, and only if the bidder grants at least the
announced days to pay. Stored as plain texts, so that the published text and its hash do not depend on the database.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from fractions import Fraction
from typing import Any

from procurement.values.figures import percent
from procurement.values.label import Labelled
from procurement.values.objection import Objection

WHOLE = 100
MONTHS_PER_YEAR = 12
MOST_MONTHS = 240
MOST_YEARS = 40
HIGHEST_RATE = 20
MOST_SKONTO_DAYS = 90
NUMBER_LENGTH, TITLE_LENGTH = 20, 120
RESERVED = frozenset({"rebate", "skonto"})


class PartKind(Labelled):
    """What an announced part of the evaluation price is."""

    OPTION = "option", "Option"
    MAINTENANCE_MONTH = "maintenance_month", "Wartung, Preis je Monat"
    MAINTENANCE_YEAR = "maintenance_year", "Wartung, Preis je Jahr"
    LIFE_CYCLE = "life_cycle", "Lebenszykluskosten je Jahr (Barwert)"


KINDS = {kind.value: kind for kind in PartKind}
MAINTENANCE = frozenset({PartKind.MAINTENANCE_MONTH, PartKind.MAINTENANCE_YEAR})


@dataclass(frozen=True, slots=True)
class PricePart:
    """One announced part; ``lot`` is the only lot it is asked in, nothing for every lot.

    ``percent`` is what of an option counts, exact decimal text; ``duration`` counts months of maintenance or years of
    life-cycle costs.
    """

    number: str
    title: str
    kind: PartKind
    lot: int | None = None
    percent: str = ""
    duration: int | None = None

    @property
    def share(self) -> Fraction:
        """What of an option's price counts, as a share of one."""
        return Fraction(self.percent or "0") / WHOLE

    @property
    def asked(self) -> str:
        """What the bidder is asked for, in words."""
        units = {
            PartKind.OPTION: "Preis der Option",
            PartKind.MAINTENANCE_MONTH: "Preis je Monat",
            PartKind.MAINTENANCE_YEAR: "Preis je Jahr",
            PartKind.LIFE_CYCLE: "Kosten je Jahr",
        }
        return units[self.kind]


@dataclass(frozen=True, slots=True)
class PriceTerms:
    """Everything announced about the evaluation price; ``rate_percent`` discounts life-cycle costs.

    ``skonto_percent`` is the share of an offered skonto that counts, empty for none; ``skonto_days`` the days to pay
    that the offer must at least leave.
    """

    parts: tuple[PricePart, ...] = ()
    rate_percent: str = ""
    skonto_percent: str = ""
    skonto_days: int | None = None

    @property
    def rate(self) -> Fraction:
        """The discount rate as a share of one."""
        return Fraction(self.rate_percent or "0") / WHOLE

    @property
    def skonto_share(self) -> Fraction:
        """What of an offered skonto counts, as a share of one; nothing unless announced."""
        return Fraction(self.skonto_percent or "0") / WHOLE

    @property
    def is_empty(self) -> bool:
        """Whether nothing but the positions and an unconditional rebate counts."""
        return not self.parts and not self.skonto_percent

    def asked_in(self, lot: int) -> tuple[PricePart, ...]:
        """The parts every bidder for this lot has to price."""
        return tuple(part for part in self.parts if part.lot in (None, lot))


NOTHING_ANNOUNCED = PriceTerms()


def as_stored(terms: PriceTerms) -> dict[str, Any] | None:
    """The terms as they are stored and published; nothing where nothing is announced."""
    if terms.is_empty:
        return None
    return {
        "parts": [asdict(part) | {"kind": part.kind.value} for part in terms.parts],
        "rate_percent": terms.rate_percent,
        "skonto_percent": terms.skonto_percent,
        "skonto_days": terms.skonto_days,
    }


def from_stored(stored: Mapping[str, Any] | None) -> PriceTerms:
    """The terms behind what is stored."""
    if not stored:
        return NOTHING_ANNOUNCED
    parts = tuple(PricePart(**{**row, "kind": KINDS[row["kind"]]}) for row in stored["parts"])
    return PriceTerms(parts, stored["rate_percent"], stored["skonto_percent"], stored["skonto_days"])


def objections_to_terms(terms: PriceTerms, lots: Sequence[int]) -> list[Objection]:
    """Everything that keeps these terms from being stored or published."""
    numbers = [part.number for part in terms.parts]
    found = []
    for place, part in enumerate(terms.parts, 1):
        if not part.number.strip() or not part.title.strip():
            found.append(Objection(f"Preisbestandteil {place}: Bitte Nummer und Bezeichnung angeben."))
        elif numbers.index(part.number) != place - 1 or part.number in RESERVED:
            found.append(Objection(f"Preisbestandteil {part.number}: Bitte jede Nummer nur einmal vergeben."))
        elif len(part.number) > NUMBER_LENGTH or len(part.title) > TITLE_LENGTH:
            text = f"höchstens {NUMBER_LENGTH} Zeichen für die Nummer und {TITLE_LENGTH} für die Bezeichnung."
            found.append(Objection(f"Preisbestandteil {place}: {text}"))
        if part.lot is not None and part.lot not in lots:
            found.append(Objection(f"Preisbestandteil {part.number}: Ein Los {part.lot} gibt es nicht."))
        found += _objections_to_part(part)
    return found + _objections_to_rate(terms) + _objections_to_skonto(terms)


def _objections_to_part(part: PricePart) -> list[Objection]:
    if part.kind is PartKind.OPTION:
        if part.percent and 0 <= part.share <= 1:
            return []
        text = f"Option {part.number}: Bitte angeben, zu wie viel Prozent sie zählt, zwischen 0 und 100."
        return [Objection(text)]
    if part.kind in MAINTENANCE:
        if part.duration is not None and 0 < part.duration <= MOST_MONTHS:
            return []
        text = f"Wartung {part.number}: Bitte angeben, wie viele Monate zählen, höchstens {MOST_MONTHS}."
        return [Objection(text)]
    if part.duration is not None and 0 < part.duration <= MOST_YEARS:
        return []
    text = f"Lebenszykluskosten {part.number}: Bitte angeben, wie viele Jahre zählen, höchstens {MOST_YEARS}."
    return [Objection(text)]


def _objections_to_rate(terms: PriceTerms) -> list[Objection]:
    """A net present value without a published rate is no announced method (§ 59 Abs. 2 VgV)."""
    if any(part.kind is PartKind.LIFE_CYCLE for part in terms.parts) and not terms.rate_percent:
        text = "Für Lebenszykluskosten fehlt der Zinssatz des Barwerts. Er ist bekannt zu machen (§ 59 Abs. 2 VgV)."
        return [Objection(text, "rate_percent")]
    if not 0 <= terms.rate * WHOLE <= HIGHEST_RATE:
        return [Objection(f"Der Zinssatz muss zwischen 0 und {HIGHEST_RATE} % liegen.", "rate_percent")]
    return []


def _objections_to_skonto(terms: PriceTerms) -> list[Objection]:
    if not terms.skonto_percent:
        if terms.skonto_days is None:
            return []
        return [Objection("Bitte auch angeben, zu wie viel Prozent ein Skonto zählt.", "skonto_percent")]
    found = []
    if not 0 < terms.skonto_share <= 1:
        text = "Ein Skonto zählt zu mehr als 0 und höchstens 100 %. Soll es nicht zählen, bitte leer lassen."
        found.append(Objection(text, "skonto_percent"))
    if terms.skonto_days is None or not 0 < terms.skonto_days <= MOST_SKONTO_DAYS:
        text = f"Bitte die Zahlungsfrist angeben, die ein Skonto mindestens lassen muss, 1 bis {MOST_SKONTO_DAYS} Tage."
        found.append(Objection(text, "skonto_days"))
    return found


def worded_part(part: PricePart, rate: Fraction) -> str:
    """How a part counts, as it is published."""
    if part.kind is PartKind.OPTION:
        return f"{part.asked} zählt zu {percent(part.share)}"
    if part.kind is PartKind.MAINTENANCE_MONTH:
        return f"{part.asked} × {part.duration} Monate"
    if part.kind is PartKind.MAINTENANCE_YEAR:
        return f"{part.asked} × {part.duration} ÷ {MONTHS_PER_YEAR} Monate"
    years = "Jahr" if part.duration == 1 else "Jahre"
    return f"Barwert über {part.duration} {years} bei {percent(rate)}, Zahlung am Jahresende"


def worded_skonto(terms: PriceTerms) -> str:
    """How skonto counts, as it is published."""
    if not terms.skonto_percent:
        return "zählt nicht"
    return f"zählt zu {percent(terms.skonto_share)}, wenn mindestens {terms.skonto_days} Tage Zahlungsfrist bleiben"


def worded_terms(terms: PriceTerms) -> list[tuple[str, str]]:
    """The terms in words, for pages and for the trail."""
    parts = [(f"{part.number} {part.title}", _in_lot(part) + worded_part(part, terms.rate)) for part in terms.parts]
    return [*parts, ("Nachlass ohne Bedingung", "zählt immer"), ("Skonto", worded_skonto(terms))]


def _in_lot(part: PricePart) -> str:
    return f"Los {part.lot}: " if part.lot is not None else ""
