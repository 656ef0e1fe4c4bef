"""The sentences of a record of a bid opening, and how one bid stands there."""

from procurement.rulebook.sources import VGV_54, VGV_55_1, VGV_55_2

IMPORTED = (
    "Die Angebote wurden auf „{platform}“ geöffnet und danach übernommen. Versiegelte Dateien liegen hier nicht vor; "
    "die beiden unten genannten Personen stehen für die Übernahme ein."
)
KEPT = (
    f"Die Angebote blieben bis zum Ablauf der Angebotsfrist verschlüsselt ({VGV_54}); "
    f"bis dahin nahm niemand von ihrem Inhalt Kenntnis ({VGV_55_1})."
)
OPENED = f"Zwei Vertreter des Auftraggebers haben gemeinsam geöffnet; Bieter waren nicht zugelassen ({VGV_55_2})."


def notes(imported_from: str) -> tuple[str, ...]:
    """How the bids were kept and opened; bids that were opened on another platform say so."""
    return (IMPORTED.format(platform=imported_from),) if imported_from else (KEPT, OPENED)


def lot_name(number: int | None) -> str:
    """The lot of a file, or that it belongs to the bid as a whole."""
    return "weitere Unterlagen" if number is None else str(number)


def excuse(reason: str) -> str:
    """What is noted beside a late bid that stays in all the same."""
    return f"Verspätung nicht vom Bieter zu vertreten: {reason}" if reason else ""
