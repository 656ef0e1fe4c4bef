"""What bidders must hand in and prove besides prices: documents by type and criteria of suitability, both published.

The type of a document decides whether it may be asked for later (§ 56 Abs. 2 und 3 VgV): what counts in the award
never, a price only where it is immaterial. Suitability is met or not; what is asked for here is no award criterion.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from procurement.values.label import Labelled
from procurement.values.objection import Objection, objections_to_lengths

LONGEST_TITLE, LONGEST_TEXT = 200, 1000


class DocumentKind(Labelled):
    """The types of § 56 VgV."""

    COMPANY = "company", "Unternehmensbezogene Unterlage"
    PERFORMANCE = "performance", "Leistungsbezogene Unterlage"
    AWARD = "award", "Leistungsbezogene Unterlage, die in die Wertung eingeht"
    IMMATERIAL_PRICE = "immaterial_price", "Unwesentliche Preisangabe"

    @property
    def may_be_requested(self) -> bool:
        """Whether it may be asked for after the bids are opened."""
        return self is not DocumentKind.AWARD


class AnnouncedPriceBasis(Labelled):
    """The announced rule for a line whose unit price and written total contradict each other."""

    UNIT_PRICE = "unit_price", "Der Einheitspreis gilt"
    WRITTEN_TOTAL = "written_total", "Der eingetragene Gesamtbetrag gilt"


@dataclass(frozen=True, slots=True)
class DocumentEntry:
    """A demanded document as it is typed."""

    title: str
    kind: DocumentKind
    description: str = ""


@dataclass(frozen=True, slots=True)
class SuitabilityEntry:
    """A criterion of suitability as it is typed; ``evidence`` says by what it is proven."""

    title: str
    evidence: str = ""


def objections_to_document(entry: DocumentEntry, existing: Iterable[str]) -> list[Objection]:
    """What is wrong with a demanded document: no name, one that exists, too much text."""
    return [
        *_objections_to_title(entry.title, existing),
        *objections_to_lengths(entry, [("description", "Die Erläuterung", LONGEST_TEXT)]),
    ]


def objections_to_suitability(
    entry: SuitabilityEntry, existing: Iterable[str], award_titles: Iterable[str]
) -> list[Objection]:
    """What is wrong with a criterion of suitability; it must not come back as an award criterion."""
    found = [
        *_objections_to_title(entry.title, existing),
        *objections_to_lengths(entry, [("evidence", "Der Nachweis", LONGEST_TEXT)]),
    ]
    if _same(entry.title) in {_same(title) for title in award_titles}:
        text = (
            f"„{entry.title.strip()}“ ist schon Zuschlagskriterium. Was die Eignung belegt, darf nicht noch einmal "
            "gewertet werden (§ 122 und § 127 GWB)."
        )
        found.append(Objection(text, "title"))
    return found


def reused_in_award(suitability_titles: Iterable[str], award_titles: Iterable[str]) -> list[str]:
    """Titles that stand both among the criteria of suitability and of the award."""
    award = {_same(title) for title in award_titles}
    return [title for title in suitability_titles if _same(title) in award]


def _objections_to_title(title: str, existing: Iterable[str]) -> list[Objection]:
    if not title.strip():
        return [Objection("Bitte eine Bezeichnung angeben.", "title")]
    if len(title.strip()) > LONGEST_TITLE:
        return [Objection(f"Die Bezeichnung darf höchstens {LONGEST_TITLE} Zeichen haben.", "title")]
    if _same(title) in {_same(other) for other in existing}:
        return [Objection(f"„{title.strip()}“ gibt es bereits.", "title")]
    return []


def _same(title: str) -> str:
    return " ".join(title.split()).casefold()
