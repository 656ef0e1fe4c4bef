"""German wording made comparable: letters folded, fillers and packs out, pack sizes and measures read from the words.

"SFP-Module 10G, 10er-Pack" and "SFP-Modul 10G" keep the same words; that one is ten of the other is said by the pack.
Rejected: stemming. The fuzzy comparison forgives endings, and a stemmer would be one more thing to look after.
"""

import re
from dataclasses import dataclass
from fractions import Fraction

from procurement.values.payment import MONTHS_PER_YEAR, Period

FOLDED = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "à": "a", "é": "e", "è": "e"})
FILLER = frozenset({
    "und", "oder", "mit", "ohne", "fuer", "inkl", "incl", "inklusive", "zzgl", "der", "die", "das", "den", "dem",
    "des", "ein", "eine", "einer", "eines", "einen", "von", "vom", "zu", "zum", "zur", "je", "pro", "per", "im",
    "in", "am", "an", "auf", "aus", "bei", "als", "nach", "sowie", "ca", "circa", "bzw", "ggf", "typ", "art",
    "stueck", "stk", "st", "lizenz", "nutzer", "user", "monat", "jahr", "monatlich", "jaehrlich", "monate",
})  # fmt: skip
CONTAINER = r"(?:packung|packungen|packs?|pakete?|kartons?|set|gebinde|box|buendel|vpe|rolle|satz)"
PIECES = r"(?:stueck|stk|st|einheiten)\.?"
PACKS = (
    re.compile(rf"\b(\d{{1,5}})\s*(?:er)[\s-]*{CONTAINER}\b"),
    re.compile(rf"\b{CONTAINER}\s*(?:a|zu|mit|von|mit je)\s*(\d{{1,5}})\b(?:\s*{PIECES})?"),
    re.compile(rf"\b{CONTAINER}\s*[(\[,]?\s*(\d{{1,5}})\s*{PIECES}\s*[)\]]?"),
    re.compile(rf"\b(\d{{1,5}})\s*{PIECES}\s*(?:/|je|pro)\s*{CONTAINER}\b"),
)
SAME_UNITS = {"stk": "stueck", "st": "stueck", "stuecke": "stueck", "user": "nutzer", "anwender": "nutzer"}
# Words that tell one variant of an article from another.
VARIANTS = frozenset({
    "gross", "mittel", "klein", "standard", "basis", "premium", "enterprise", "professional", "advanced", "erweitert",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Measure:
    """What one unit of a line counts: ``amount`` of a base unit, per time or not."""

    base: str
    is_per_time: bool
    amount: Fraction


def fold(text: str) -> str:
    """Small letters without umlauts: ``Größe`` becomes ``groesse``."""
    return text.casefold().translate(FOLDED)


def pack_size(*texts: str) -> int | None:
    """How many pieces a pack holds, read from unit or title; nothing when no pack is named."""
    for text in texts:
        found = next((match for pattern in PACKS if (match := pattern.search(fold(text)))), None)
        if found and int(found[1]) > 1:
            return int(found[1])
    return None


def words(title: str) -> tuple[str, ...]:
    """The words that say what is meant, without fillers and pack sizes, each once and in order of the alphabet."""
    text = fold(title)
    for pattern in PACKS:
        text = pattern.sub(" ", text)
    return tuple(sorted({word for word in re.findall(r"[a-z0-9]+", text) if word not in FILLER}))


def numbers(found: tuple[str, ...]) -> frozenset[str]:
    """The figures in the words: 14 inches are not 16 inches, however alike the rest is."""
    return frozenset(figure for word in found for figure in re.findall(r"\d+", word))


def measure(unit: str, title: str, period: Period) -> Measure:
    """What one unit counts; a pack counts its pieces, a year twelve months."""
    counted = re.split(r"[/×]", fold(unit), maxsplit=1)[0].strip(" .")
    size = pack_size(unit, title)
    time = Fraction(MONTHS_PER_YEAR) if period is Period.YEAR else Fraction(1)
    base = "stueck" if size else SAME_UNITS.get(counted, counted)
    return Measure(base, period is not Period.NONE, time * (size or 1))
