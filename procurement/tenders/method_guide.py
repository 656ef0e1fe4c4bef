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
        "Korridor: Z ≥ bestes Z × (1 − Korridor); darin entscheiden Leistungspunkte, auch die einer "
        "Kriterienhauptgruppe, oder der Preis",
        "Korridor und Entscheidungskriterium müssen bekannt gemacht sein; üblich sind 5 %, höchstens 10 %.",
    ),
    ScoringMethod.WEIGHTED_MEDIAN: MethodGuide(
        "Leistung und Preis werden an der Mitte der Angebote gemessen: am Median der Leistungspunkte und am Median der "
        "Preise, jeweils mit festem Gewicht.",
        "Z = Gewicht der Leistung × L ÷ Median(L) − Gewicht des Preises × P ÷ Median(P)",
        "Bei gerader Anzahl ist der Median der Mittelwert der beiden mittleren Werte. Ein weiteres oder ein "
        "ausgeschlossenes Angebot verschiebt ihn und kann die Reihenfolge ändern; bei nur einem Angebot sagt das "
        "Ergebnis nichts aus.",
    ),
    ScoringMethod.WEIGHTED_REFERENCE: MethodGuide(
        "Leistung und Preis werden an zwei Werten gemessen, die vor der Öffnung feststehen, zum Beispiel aus der "
        "Auftragswertschätzung.",
        "Z = Gewicht der Leistung × L ÷ Referenzpunkte − Gewicht des Preises × P ÷ Referenzpreis",
        "Kein drittes Angebot ändert die Reihenfolge. Ein schlecht geschätzter Referenzpreis verschiebt aber das "
        "tatsächliche Gewicht des Preises.",
    ),
    ScoringMethod.WEIGHTED_MEAN: MethodGuide(
        "Wie die Medianmethode, gemessen am Mittelwert aller Angebote.",
        "Z = Gewicht der Leistung × L ÷ Mittelwert(L) − Gewicht des Preises × P ÷ Mittelwert(P)",
        "Die UfAB rät davon ab: Ein einziger Ausreißer verschiebt den Mittelwert und damit die Reihenfolge.",
    ),
    ScoringMethod.BEST_VALUE: MethodGuide(
        "Leistung und Preis erhalten feste Gewichte. Die Leistung misst sich an der höchsten erreichbaren Punktzahl "
        "oder am besten Angebot, der Preis am niedrigsten Preis.",
        "S = Gewicht der Leistung × L ÷ Lmax (oder L des besten Angebots) + Gewicht des Preises × Pmin ÷ P",
        "Der niedrigste Preis ist Bezugsgröße: Wird dieses Angebot ausgeschlossen, kann sich die Reihenfolge ändern.",
    ),
    ScoringMethod.LINEAR: MethodGuide(
        "Wie die Bestwertmethode, aber die Preispunkte fallen in gerader Linie vom niedrigsten Preis bis zu einem "
        "Vielfachen davon auf null.",
        "Preispunkte = (n × Pmin − P) ÷ ((n − 1) × Pmin), nie unter 0; n ist der Nullpunkt, üblich 2",
        "Ein kleiner Nullpunkt vergrößert den Abstand im Preis; alle Angebote darüber erhalten gleich null Punkte.",
    ),
    ScoringMethod.ADDITIVE: MethodGuide(
        "Der Preis ist ein Kriterium wie die anderen: Er hat Gewichtungspunkte und erhält 0 bis 10 Punkte; alles wird "
        "zusammengezählt.",
        "S = Σ Gewichtungspunkte × Punkte + Gewichtungspunkte des Preises × Punkte des Preises; Punkte des Preises = "
        "10 × Pmin ÷ P oder 10 × (n × Pmin − P) ÷ ((n − 1) × Pmin), nie unter 0",
        "Das Gewicht des Preises ist sein Anteil an allen Gewichtungspunkten. Der niedrigste Preis ist Bezugsgröße.",
    ),
    ScoringMethod.EXPONENTIAL: MethodGuide(
        "Leistung und Preis zählen mit festen Gewichten als Exponenten: Ein Prozent mehr Leistung zählt immer so viel, "
        "wie es das Gewicht sagt.",
        "S = L hoch Gewicht der Leistung ÷ P hoch Gewicht des Preises, der höchste Wert gewinnt",
        "Kein drittes Angebot ändert die Reihenfolge. Die Methode ist selten; erläutern Sie sie in den Unterlagen. "
        "Verglichen wird exakt mit ganzen Potenzen, bei 60 zu 40 mit L³ ÷ P².",
    ),
    ScoringMethod.QUALITY_ONLY: MethodGuide(
        "Der Preis steht fest; den Zuschlag erhält die beste Leistung.",
        "Rang 1 = höchste Leistungspunkte L",
        "Der Festpreis muss in den Unterlagen stehen (§ 58 Abs. 2 Satz 3 VgV).",
    ),
    ScoringMethod.BONUS: MethodGuide(
        "Jeder Leistungspunkt ist einen festen Betrag wert, der vom Preis abgezogen wird; der niedrigste bereinigte "
        "Preis gewinnt.",
        "P′ = P − Betrag je Punkt × (L − Ausgangspunkte); weniger Punkte als die Ausgangspunkte sind ein Malus",
        "Der Betrag muss bekannt gemacht und aus dem Nutzen begründet sein. Kein drittes Angebot ändert die "
        "Reihenfolge.",
    ),
    ScoringMethod.THRESHOLD_PRICE: MethodGuide(
        "Wer die verlangte Leistung erreicht, ist dabei; unter diesen Angeboten gewinnt der niedrigste Preis.",
        "L ≥ Schwelle × Lmax, danach Rang 1 = niedrigster Preis P",
        "Angebote unter der Schwelle scheiden aus, bevor Preise verglichen werden. Leistung über der Schwelle zählt "
        "nicht mehr.",
    ),
}
