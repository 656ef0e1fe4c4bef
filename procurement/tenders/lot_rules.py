"""Announced rules on several lots: limits of bids and awards, capacity, combination rebates, the objective (§ 30 VgV).

Who may win how many lots, and by which objective rule the lots are chosen when a bidder would win more, has to be
announced beforehand (§ 30 Abs. 1 and 2 VgV); lots that are awarded together have to be named (§ 30 Abs. 3 VgV).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from procurement.values.decimals import NotExact, scaled
from procurement.values.label import Labelled
from procurement.values.objection import Objection

CAPACITY_DECIMALS = 3
LEAST_COMBINED = 2


class LotMode(Labelled):
    """Whether rebates for winning several lots count."""

    NONE = "none", "Keine Koppelnachlässe"
    FRANKFURT = "frankfurt", "Koppelnachlass nur, wenn in jedem Los der Kombination am günstigsten"
    COMBINATION = "combination", "Vergleich der benannten Loskombinationen (§ 30 Abs. 3 VgV)"


class LotObjective(Labelled):
    """By which rule lots are chosen when a bidder would win more than it may."""

    PRICE = "price", "Rang 1 je Los, soweit möglich; dabei niedrigste Gesamtsumme"
    SCORE = "score", "Höchste Summe der Wertungspunkte, nach Auftragswert der Lose gewichtet"
    PREFERENCE = "preference", "Rang 1 je Los, soweit möglich; dabei nach Rangliste des Bieters"
    DISTANCE = "distance", "Rang 1 je Los, soweit möglich; dabei größter Abstand zum Zweiten"


class LotTieRule(Labelled):
    """The announced rule for distributions that are equal in everything; without one, lots are drawn by two people."""

    DRAWING = "drawing", "Losentscheid"
    FIRST_RANKS = "first_ranks", "mehr Lose an Rang 1"
    BIDDERS = "bidders", "mehr verschiedene Bieter (§ 97 Abs. 4 GWB)"


EXPLANATIONS = {
    LotMode.NONE: "Nachlässe für mehrere Lose bleiben außer Betracht. Jedes Los zählt mit seinem eigenen Preis.",
    LotMode.FRANKFURT: "Ein Nachlass zählt nur, wenn das Angebot mit Nachlass in jedem einzelnen Los der Kombination "
    "nicht teurer ist als jedes andere Angebot ohne Nachlass (OLG Frankfurt, 09.05.2017, 11 Verg 5/17).",
    LotMode.COMBINATION: "Unter allen zulässigen Verteilungen der Lose gewinnt die mit der niedrigsten Gesamtsumme "
    "nach Nachlass. Das muss vorbehalten und die Kombinationen müssen benannt sein (§ 30 Abs. 3 VgV).",
    LotObjective.PRICE: "Möglichst viele Lose gehen an das Angebot auf Rang 1. Wo eine Grenze das verhindert, entsteht "
    "der kleinste Verlust: Die Summe aller Preise ist so niedrig wie möglich. Ist der Preis das einzige Kriterium, "
    "zählt allein die Summe.",
    LotObjective.SCORE: "Die Punkte jedes Angebots werden auf 0 bis 100 gebracht (bestes Angebot des Loses = 100) und "
    "mit dem Anteil des Loses am geschätzten Auftragswert gewichtet; die höchste Summe gewinnt, bei gleicher Summe der "
    "niedrigere Preis. Nachlässe mindern den Preis, ändern aber die Auswahl nicht.",
    LotObjective.PREFERENCE: "Ein Bieter über seiner Grenze behält die Lose, die er in seinem Angebot vorn genannt "
    "hat; danach entscheidet die niedrigste Gesamtsumme.",
    LotObjective.DISTANCE: "Ein Bieter über seiner Grenze behält die Lose, in denen sein Abstand zum zweiten Angebot "
    "am größten ist (in Hundertsteln des besten Wertes); danach entscheidet die niedrigste Gesamtsumme.",
}


@dataclass(frozen=True, slots=True)
class LotRules:
    """What is announced; ``weights`` is the capacity that each lot needs by lot number, as decimal text.

    ``combinable`` names the groups of lots within which rebates may be offered; none means any lots.
    """

    bid_limit: int | None = None
    award_limit: int | None = None
    mode: LotMode = LotMode.NONE
    objective: LotObjective = LotObjective.PRICE
    tie_rule: LotTieRule = LotTieRule.DRAWING
    combinable: tuple[tuple[int, ...], ...] = ()
    capacity: str | None = None
    weights: Mapping[int, str] = field(default_factory=dict)

    @property
    def is_plain(self) -> bool:
        """Whether every lot is awarded on its own, so that nothing has to be determined over all lots."""
        return self.award_limit is None and self.mode is LotMode.NONE and not self.weights

    def admits(self, lots: Sequence[int]) -> bool:
        """Whether a rebate for these lots counts as announced: all of them stand in one named group."""
        return not self.combinable or any(set(lots) <= set(group) for group in self.combinable)


def objections_to_lot_rules(rules: LotRules, lot_numbers: Sequence[int]) -> list[Objection]:
    """What is wrong with announced rules, each at its field."""
    found = []
    for name, limit in (("bid_limit", rules.bid_limit), ("award_limit", rules.award_limit)):
        if limit is not None and not 1 <= limit <= max(len(lot_numbers), 1):
            found.append(Objection(f"Bitte eine Zahl von 1 bis {len(lot_numbers)} angeben (Anzahl der Lose).", name))
    if rules.bid_limit is not None and rules.award_limit is not None and rules.award_limit > rules.bid_limit:
        text = "Wer nur für wenige Lose bieten darf, kann nicht mehr davon gewinnen; bitte eine der Grenzen ändern."
        found.append(Objection(text, "award_limit"))
    if len(lot_numbers) < LEAST_COMBINED and not rules.is_plain:
        found.append(Objection("Regeln über mehrere Lose setzen mindestens zwei Lose voraus."))
    return found + _objections_to_combinations(rules, lot_numbers) + _objections_to_capacity(rules, lot_numbers)


def _objections_to_combinations(rules: LotRules, lot_numbers: Sequence[int]) -> list[Objection]:
    if rules.mode is LotMode.NONE and rules.combinable:
        return [Objection("Ohne Koppelnachlässe gibt es keine Kombinationen zu benennen.", "combinable")]
    if rules.mode is LotMode.COMBINATION and not rules.combinable:
        text = "Bitte benennen, welche Lose zusammen vergeben werden können (§ 30 Abs. 3 VgV), zum Beispiel 1+2."
        return [Objection(text, "combinable")]
    found = []
    for group in rules.combinable:
        unknown = [number for number in group if number not in lot_numbers]
        if unknown:
            found.append(Objection(f"Los {unknown[0]} gibt es in dieser Ausschreibung nicht.", "combinable"))
        elif len(set(group)) < LEAST_COMBINED:
            found.append(Objection("Eine Kombination nennt mindestens zwei verschiedene Lose.", "combinable"))
    return found


def _objections_to_capacity(rules: LotRules, lot_numbers: Sequence[int]) -> list[Objection]:
    found = []
    texts = list(rules.weights.values()) + ([] if rules.capacity is None else [rules.capacity])
    if any(capacity_of(text) is None for text in texts):
        found.append(Objection("Kapazitäten sind Zahlen ab 0 mit höchstens drei Nachkommastellen.", "weights"))
    if rules.weights and set(rules.weights) != set(lot_numbers):
        found.append(Objection("Bitte für jedes Los angeben, wie viel Kapazität es braucht.", "weights"))
    if rules.capacity is not None and not rules.weights:
        found.append(Objection("Eine Grenze der Kapazität wirkt erst mit dem Bedarf jedes Loses.", "capacity"))
    return found


def capacity_of(text: str) -> Fraction | None:
    """A capacity as exact figure; ``None`` if the text is none."""
    try:
        figure = scaled(text, CAPACITY_DECIMALS)
    except NotExact:
        return None
    return Fraction(figure, 10**CAPACITY_DECIMALS) if figure >= 0 else None


def combinations_in(text: str) -> tuple[tuple[int, ...], ...]:
    """Groups of lots as people write them, ``1+2; 3+4``; raises :class:`ValueError` for anything else."""
    groups = [group for group in text.replace("\n", ";").split(";") if group.strip()]
    return tuple(tuple(int(number) for number in group.replace(",", "+").split("+")) for group in groups)


def combinations_text(groups: Sequence[Sequence[int]]) -> str:
    """The same groups as text."""
    return "; ".join("+".join(str(number) for number in group) for group in groups)


def worded(rules: LotRules | None) -> list[tuple[str, str]]:
    """The rules as name and value, for pages and the trail."""
    if rules is None:
        return []
    rows = [
        ("Angebotslimitierung", f"höchstens {rules.bid_limit} Lose" if rules.bid_limit else "keine"),
        ("Zuschlagslimitierung", f"höchstens {rules.award_limit} Lose je Bieter" if rules.award_limit else "keine"),
        ("Koppelnachlässe", rules.mode.label),
        ("Auswahl der Lose", rules.objective.label),
        ("Bei gleichwertigen Verteilungen", rules.tie_rule.label),
    ]
    if rules.combinable:
        rows.append(("Benannte Kombinationen", combinations_text(rules.combinable)))
    if rules.weights:
        needs = ", ".join(f"Los {number}: {need}" for number, need in sorted(rules.weights.items()))
        rows.append(("Kapazität je Los", needs))
        rows.append(("Kapazität je Bieter", rules.capacity or "wie im Angebot nachgewiesen"))
    return rows
