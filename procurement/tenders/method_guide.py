"""What each scoring method means, in words a member's head of IT understands, shown where it is chosen."""

from collections.abc import Mapping
from dataclasses import dataclass

from procurement.tenders.method import ScoringMethod


@dataclass(frozen=True, slots=True)
class MethodGuide:
    """A method in short: what it does, its formula, and what to know before choosing it."""

    text: str
    formula: str
    caution: str


GUIDES: Mapping[ScoringMethod, MethodGuide] = {
    ScoringMethod.LOWEST_PRICE: MethodGuide(
        "Die Leistungsbeschreibung legt die Qualität fest; unter den Angeboten, die alle Ausschlusskriterien erfüllen, "
        "gewinnt der niedrigste Wertungspreis.",
        "Rang 1 = niedrigster Preis P",
        "Geeignet, wenn die Leistung genau beschrieben ist und Angebote sich nur im Preis unterscheiden.",
    ),
    ScoringMethod.SIMPLE_RATIO: MethodGuide(
        "Leistungspunkte geteilt durch den Preis. Die Reihenfolge zweier Angebote hängt nie von einem dritten ab.",
        "Z = L ÷ P, der höchste Wert gewinnt",
        "Leistung und Preis zählen damit gleich stark. Punkte, die jeder bekommt, verschieben das Gewicht zum Preis.",
    ),
    ScoringMethod.EXTENDED_RATIO: MethodGuide(
        "Wie die einfache Richtwertmethode; unter allen Angeboten, die höchstens um den Korridor unter dem besten Wert "
        "liegen, entscheidet ein vorher genanntes Kriterium.",
        "Korridor: Z ≥ bestes Z × (1 − Korridor); darin entscheiden Leistungspunkte oder Preis",
        "Korridor und Entscheidungskriterium müssen bekannt gemacht sein; üblich sind 5 %, höchstens 10 %.",
    ),
    ScoringMethod.BEST_VALUE: MethodGuide(
        "Leistung und Preis erhalten feste Gewichte. Die Leistung misst sich an der höchsten erreichbaren Punktzahl, "
        "der Preis am niedrigsten Preis.",
        "S = Gewicht der Leistung × L ÷ Lmax + Gewicht des Preises × Pmin ÷ P",
        "Der niedrigste Preis ist Bezugsgröße: Wird dieses Angebot ausgeschlossen, kann sich die Reihenfolge ändern.",
    ),
    ScoringMethod.LINEAR: MethodGuide(
        "Wie die Bestwertmethode, aber die Preispunkte fallen in gerader Linie vom niedrigsten Preis bis zu einem "
        "Vielfachen davon auf null.",
        "Preispunkte = (n × Pmin − P) ÷ ((n − 1) × Pmin), nie unter 0; n ist der Nullpunkt, üblich 2",
        "Ein kleiner Nullpunkt vergrößert den Abstand im Preis; alle Angebote darüber erhalten gleich null Punkte.",
    ),
}
