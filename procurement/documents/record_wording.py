"""What § 8 Abs. 2 VgV asks, number by number, and the sentences of a procurement record that stand for themselves."""

from collections.abc import Iterable

from procurement.documents.contents_procurement_record import Fact, FactGroup, RecordChapter
from procurement.rulebook.sources import VGV_8_2

ITEMS: tuple[tuple[str, str], ...] = (
    (
        "Auftraggeber, Gegenstand und Wert",
        (
            "den Namen und die Anschrift des öffentlichen Auftraggebers sowie Gegenstand und Wert des Auftrags, der "
            "Rahmenvereinbarung oder des dynamischen Beschaffungssystems"
        ),
    ),
    (
        "Berücksichtigte Bewerber oder Bieter",
        "die Namen der berücksichtigten Bewerber oder Bieter und die Gründe für ihre Auswahl",
    ),
    (
        "Nicht berücksichtigte Angebote, Bewerber und Bieter",
        (
            "die nicht berücksichtigten Angebote und Teilnahmeanträge sowie die Namen der nicht berücksichtigten "
            "Bewerber oder Bieter und die Gründe für ihre Nichtberücksichtigung"
        ),
    ),
    (
        "Ungewöhnlich niedrige Angebote",
        "die Gründe für die Ablehnung von Angeboten, die für ungewöhnlich niedrig befunden wurden",
    ),
    (
        "Erfolgreicher Bieter",
        (
            "den Namen des erfolgreichen Bieters und die Gründe für die Auswahl seines Angebots sowie, falls bekannt, "
            "den Anteil am Auftrag oder an der Rahmenvereinbarung, den der Zuschlagsempfänger an Dritte weiterzugeben "
            "beabsichtigt, und gegebenenfalls, soweit zu jenem Zeitpunkt bekannt, die Namen der Unterauftragnehmer des "
            "Hauptauftragnehmers"
        ),
    ),
    (
        "Verhandlungsverfahren und wettbewerblicher Dialog",
        (
            "bei Verhandlungsverfahren und wettbewerblichen Dialogen die in § 14 Absatz 3 genannten Umstände, die die "
            "Anwendung dieser Verfahren rechtfertigen"
        ),
    ),
    (
        "Verhandlungsverfahren ohne Teilnahmewettbewerb",
        (
            "bei Verhandlungsverfahren ohne vorherigen Teilnahmewettbewerb die in § 14 Absatz 4 genannten Umstände, "
            "die die Anwendung dieses Verfahrens rechtfertigen"
        ),
    ),
    (
        "Verzicht auf die Vergabe",
        (
            "gegebenenfalls die Gründe, aus denen der öffentliche Auftraggeber auf die Vergabe eines Auftrags, den "
            "Abschluss einer Rahmenvereinbarung oder die Einrichtung eines dynamischen Beschaffungssystems "
            "verzichtet hat"
        ),
    ),
    (
        "Andere als elektronische Mittel",
        (
            "gegebenenfalls die Gründe, aus denen andere als elektronische Mittel für die Einreichung der Angebote "
            "verwendet wurden"
        ),
    ),
    (
        "Interessenkonflikte und Abhilfe",
        "gegebenenfalls Angaben zu aufgedeckten Interessenkonflikten und getroffenen Abhilfemaßnahmen",
    ),
    (
        "Gemeinsame Vergabe mehrerer Lose",
        "gegebenenfalls die Gründe, aufgrund derer mehrere Teil- oder Fachlose zusammen vergeben wurden",
    ),
    (
        "Nichtangabe der Gewichtung",
        "gegebenenfalls die Gründe für die Nichtangabe der Gewichtung von Zuschlagskriterien",
    ),
)
PURPOSE = (
    f"Vermerk nach {VGV_8_2}. Er ist aus den gespeicherten Daten der Vergabe erzeugt; nichts davon ist von Hand "
    "nachgetragen. Jede Angabe nennt die Stelle, an der sie steht: die Wertung mit Nummer und Prüfsumme oder den "
    "Eintrag im Prüfpfad. Was noch fehlt, ist als offen bezeichnet."
)
UNOPENED = "Die Angebote sind noch nicht geöffnet; bis dahin kennt niemand ihren Inhalt (§ 55 Abs. 1 VgV)."


def item(
    number: int, groups: Iterable[FactGroup] = (), missing: Iterable[str] = (), nothing: str = ""
) -> RecordChapter:
    """The item of this number; groups without facts fall away, and ``nothing`` counts only where nothing is stated."""
    title, asks = ITEMS[number - 1]
    return chapter(title, f"{VGV_8_2.replace('Abs. 2', f'Abs. 2 Nr. {number}')}: {asks}.", groups, missing, nothing)


def chapter(
    title: str, asks: str, groups: Iterable[FactGroup] = (), missing: Iterable[str] = (), nothing: str = ""
) -> RecordChapter:
    """A chapter of facts."""
    filled, lacking = tuple(group for group in groups if group.facts), tuple(dict.fromkeys(missing))
    said = f"Nicht zutreffend: {nothing}" if nothing and not filled and not lacking else ""
    return RecordChapter(title, asks, filled, lacking, said)


def group(title: str, facts: Iterable[Fact]) -> FactGroup:
    """Facts under a heading."""
    return FactGroup(title, tuple(facts))


def lines(*parts: str) -> str:
    """Sentences one below the other, empty ones left out."""
    return "\n".join(part for part in parts if part)


def plural(count: int, one: str, many: str) -> str:
    """A count in words: ``1 Angebot``, ``3 Angebote``."""
    return f"{count} {one if count == 1 else many}"
