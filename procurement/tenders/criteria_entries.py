"""Award criteria as rows of a table, and the tree they form: what a person types and what is stored.

Weights are exact text: ``33.5``, or a fraction ``100/3``, because thirds have no exact decimal form. A row that cannot
be placed in the tree is an objection, never silently moved to the top.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from procurement.tenders.criteria_scales import FREE, Scale, objections_to_scale, scale_of
from procurement.tenders.criteria_tree import CriteriaTree, Criterion, objections_to_tree
from procurement.tenders.kinds import CriterionKind
from procurement.values.objection import Objection

TYPED = re.compile(r"\d{1,4}(?:,\d{1,6})?|\d{1,6}/[1-9]\d{0,4}")
STORED = re.compile(r"\d{1,4}(?:\.\d{1,6})?|\d{1,6}/[1-9]\d{0,4}")
LENGTHS = (("number", "Die Nummer", 20), ("title", "Die Bezeichnung", 200))
DEEPEST = 20


@dataclass(frozen=True, slots=True)
class CriterionEntry:
    """One criterion; percentages are exact text with a decimal point or a fraction, nothing for none.

    ``scale`` is the text of :func:`criteria_scales.as_text`, empty for whole points of 0 to 10.
    """

    number: str
    title: str
    parent_number: str = ""
    kind: CriterionKind = CriterionKind.SCORED
    weight_percent: str | None = None
    minimum_percent: str | None = None
    description: str = ""
    scale: str = ""


def percent_text(typed: str) -> str | None:
    """What is stored for a percentage typed as ``33,5`` or ``100/3``; nothing for nothing, else :class:`ValueError`."""
    cleaned = typed.replace(" ", "").replace("\u00a0", "").removesuffix("%")
    if not cleaned:
        return None
    if not TYPED.fullmatch(cleaned):
        raise ValueError(typed)
    return cleaned.replace(",", ".")


def tree_of(
    entries: Sequence[CriterionEntry],
    *,
    total_points: int = 1000,
    whole_points: bool = False,
    minimum_percent: str = "",
) -> CriteriaTree:
    """The tree of these rows; rows below an unknown parent are missing, so ask :func:`objections_to_rows` first."""
    return CriteriaTree(
        main_groups=_children_of("", entries, 0),
        total_points=total_points,
        whole_points=whole_points,
        minimum_share=_share(minimum_percent),
    )


def _children_of(parent: str, entries: Sequence[CriterionEntry], depth: int) -> tuple[Criterion, ...]:
    if depth > DEEPEST:
        return ()
    return tuple(
        Criterion(
            number=entry.number,
            title=entry.title,
            weight_percent=Fraction(entry.weight_percent) if entry.weight_percent else None,
            children=_children_of(entry.number, entries, depth + 1),
            minimum_share=_share(entry.minimum_percent),
            kind=entry.kind,
            scale=readable_scale(entry) or FREE,
        )
        for entry in entries
        if entry.parent_number == parent
    )


def readable_scale(entry: CriterionEntry) -> Scale | None:
    """The scale of this row; nothing if its text is none, which :func:`objections_to_rows` says."""
    try:
        return scale_of(entry.scale)
    except ValueError:
        return None


def _share(percent: str | None) -> Fraction | None:
    return Fraction(percent) / 100 if percent else None


def objections_to_rows(entries: Sequence[CriterionEntry]) -> list[Objection]:
    """What keeps single rows from being stored: no number, a number twice, an unknown or own parent, too much text."""
    numbers = [entry.number for entry in entries]
    found = []
    for place, entry in enumerate(entries, 1):
        if not entry.number.strip() or not entry.title.strip():
            found.append(Objection(f"Zeile {place}: Jedes Kriterium braucht eine Nummer und eine Bezeichnung."))
        if numbers.index(entry.number) != place - 1:
            text = f"Die Nummer {entry.number} kommt mehrfach vor. Bitte jede Nummer nur einmal vergeben."
            found.append(Objection(text))
        if entry.parent_number and entry.parent_number not in numbers:
            text = f"{entry.number}: Ein übergeordnetes Kriterium {entry.parent_number} gibt es nicht. Bitte anlegen."
            found.append(Objection(text))
        found += [
            Objection(f"{entry.number}: „{text}“ ist kein Anteil. Bitte wie 40, 33.5 oder als Bruch 100/3 angeben.")
            for text in (entry.weight_percent, entry.minimum_percent)
            if text and not STORED.fullmatch(text)
        ]
        found += [
            Objection(f"{entry.number}: {subject} darf höchstens {limit} Zeichen haben.")
            for name, subject, limit in LENGTHS
            if len(getattr(entry, name)) > limit
        ]
    return found or _objections_to_circles(entries) + _objections_to_scales(entries)


def _objections_to_scales(entries: Sequence[CriterionEntry]) -> list[Objection]:
    """Only B-criteria that nothing stands below are given points, so only they have a scale."""
    groups = {entry.parent_number for entry in entries}
    found = []
    for entry in entries:
        scale = readable_scale(entry)
        if scale is None:
            found.append(Objection(f"{entry.number}: Die Bewertungsskala ist nicht lesbar. Bitte neu festlegen."))
        elif entry.scale and (entry.number in groups or entry.kind is not CriterionKind.SCORED):
            text = "Nur ein Bewertungskriterium ohne Unterkriterien hat eine Bewertungsskala. Bitte entfernen."
            found.append(Objection(f"{entry.number}: {text}"))
        else:
            found += objections_to_scale(scale, entry.number)
    return found


def _objections_to_circles(entries: Sequence[CriterionEntry]) -> list[Objection]:
    """Rows that are their own ancestor or lie too deep."""
    parents = {entry.number: entry.parent_number for entry in entries}
    found = []
    for entry in entries:
        above, steps = entry.parent_number, 0
        while above and steps <= DEEPEST:
            above, steps = parents[above], steps + 1
        if steps > DEEPEST:
            found.append(
                Objection(f"{entry.number}: Die Kriterien hängen im Kreis oder liegen tiefer als {DEEPEST} Ebenen.")
            )
    return found


def objections_to_criteria(
    tree: CriteriaTree, entries: Sequence[CriterionEntry], *, is_scored: bool
) -> list[Objection]:
    """What keeps these criteria from being published; without scoring only exclusion criteria have a meaning."""
    found = objections_to_rows(entries)
    if found:
        return found
    if is_scored:
        if not entries:
            return [Objection("Es gibt noch keine Zuschlagskriterien. Bitte unter „Kriterien“ welche anlegen.")]
        return objections_to_tree(tree)
    scored = [entry.number for entry in entries if entry.kind is CriterionKind.SCORED]
    if not scored:
        return []
    return [
        Objection(
            f"Beim niedrigsten Preis werden keine Punkte vergeben, aber {', '.join(scored)} sind Bewertungskriterien. "
            "Bitte entfernen, als Ausschlusskriterium führen oder eine andere Methode wählen."
        )
    ]
