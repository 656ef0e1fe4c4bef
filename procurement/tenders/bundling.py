"""When two lines may become one, and a line two: all of it on a planned tender, all of it undone at any time.

A line that has absorbed others is not absorbed itself: so each merging can be undone alone and in any order, because a
share came to its line by one merging at most. What was merged by mistake is undone first and then merged anew.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from procurement.tenders.conversion import Part, converts, objections_to_conversion, objections_to_factor, own_part
from procurement.tenders.kinds import LineOrigin
from procurement.values.figures import german_decimal
from procurement.values.objection import Objection
from procurement.values.quantity import Quantity

LARGEST_LINE = Quantity.of(999_999_999)


@dataclass(frozen=True, slots=True)
class BundledShare:
    """One part of a line: whose it is, of which demand item, and how it converts; ``id`` names it in a form."""

    id: int
    member_name: str
    demand_item_id: int | None
    quantity: Quantity
    factor: Fraction
    merge_id: int | None = None


@dataclass(frozen=True, slots=True)
class BundledLine:
    """A line as merging and splitting look at it; ``absorbs``: other lines were merged into it."""

    tender_id: int
    line_id: int
    number: str
    origin: LineOrigin
    absorbs: bool
    shares: tuple[BundledShare, ...]

    @property
    def quantity(self) -> Quantity:
        """The sum of its parts."""
        return Quantity.total(share.quantity for share in self.shares)


def objections_to_merging(line: BundledLine, into: BundledLine, factor: Fraction, reason: str) -> list[Objection]:
    """Why a line cannot be counted as a part of another one."""
    found = _objections_to_pair(line, into) + objections_to_factor(factor)
    if not reason.strip():
        text = "Bitte begründen, warum die Positionen dasselbe meinen; die Begründung steht in der Vergabeakte."
        found.append(Objection(text, "reason"))
    if not found:
        parts = (Part(share.member_name, share.quantity) for share in line.shares)
        found += objections_to_conversion(parts, factor, "factor")
    if not found:
        found += _objections_to_sum(line, into, factor)
    return found


def _objections_to_pair(line: BundledLine, into: BundledLine) -> list[Objection]:
    if line.tender_id != into.tender_id or line.line_id == into.line_id:
        return [Objection("Bitte eine andere Position derselben Ausschreibung wählen.", "into")]
    found = [
        Objection(f"Position {each.number} ist eine Gemeinschaftsposition und wird nicht zusammengeführt.", "into")
        for each in (line, into)
        if each.origin is not LineOrigin.DEMAND
    ]
    if line.absorbs or any(share.merge_id is not None for share in line.shares):
        found.append(
            Objection(
                f"In Position {line.number} sind schon andere Positionen aufgegangen. Bitte diese Zusammenführung "
                "zuerst rückgängig machen, oder die andere Position in diese aufnehmen."
            )
        )
    return found


def _objections_to_sum(line: BundledLine, into: BundledLine, factor: Fraction) -> list[Objection]:
    """Two parts of one item must convert alike, and the line must stay within what a line can hold."""
    known = {share.demand_item_id: share.factor for share in into.shares if share.demand_item_id is not None}
    found = [
        Objection(
            f"{share.member_name}: Ein Teil derselben Meldung steht schon in Position {into.number}, aber mit einem "
            "anderen Umrechnungsfaktor. Bitte denselben Faktor wählen.",
            "factor",
        )
        for share in line.shares
        if share.demand_item_id in known and known[share.demand_item_id] != share.factor * factor
    ]
    if into.quantity.thousandths + line.quantity.thousandths * factor > LARGEST_LINE.thousandths:
        found.append(Objection("Die gemeinsame Menge wird zu groß. Bitte den Umrechnungsfaktor prüfen.", "factor"))
    return found


def objections_to_undoing_merge(*, is_undone: bool) -> list[Objection]:
    """Why a merging cannot be undone: it is no longer in effect."""
    if is_undone:
        return [Objection("Diese Zusammenführung ist schon rückgängig gemacht.")]
    return []


def objections_to_splitting(
    line: BundledLine, parts: Mapping[int, Quantity], *, is_same_tender: bool = True
) -> list[Objection]:
    """Why these parts (quantity by share) cannot leave a line; something has to stay in it."""
    if line.origin is not LineOrigin.DEMAND:
        text = f"Position {line.number} ist eine Gemeinschaftsposition ohne Mengen der Mitglieder."
        return [Objection(text)]
    if not is_same_tender:
        return [Objection("Das Los gehört zu einer anderen Ausschreibung.", "lot")]
    known = {share.id: share for share in line.shares}
    wanted = {share_id: quantity for share_id, quantity in parts.items() if quantity}
    if not wanted or not wanted.keys() <= known.keys():
        return [Objection("Bitte mindestens ein Mitglied dieser Position mit einer Menge auswählen.")]
    found = [o for share_id, quantity in wanted.items() for o in _objections_to_part(known[share_id], quantity)]
    if not found and Quantity.total(wanted.values()) == line.quantity:
        text = f"Von Position {line.number} bliebe nichts übrig. Bitte stattdessen die Position in das Los verschieben."
        found.append(Objection(text))
    return found


def _objections_to_part(share: BundledShare, quantity: Quantity) -> list[Objection]:
    if not Quantity(0) < quantity <= share.quantity:
        most = german_decimal(share.quantity.as_decimal())
        text = f"{share.member_name}: Die abgeteilte Menge muss größer als 0 und höchstens {most} sein."
        return [Objection(text, f"share_{share.id}")]
    if not converts(quantity, 1 / share.factor):
        own = own_part(quantity, share.factor)
        text = (
            f"{share.member_name}: In der eigenen Einheit wären das {own.numerator}/{own.denominator}, das lässt sich "
            "nicht mit drei Nachkommastellen schreiben. Bitte eine andere Menge wählen."
        )
        return [Objection(text, f"share_{share.id}")]
    return []


def objections_to_undoing_split(number: str) -> list[Objection]:
    """Why a line without an origin cannot be joined with one."""
    text = (
        f"Position {number} ist keine abgeteilte Position, oder die Position, von der sie stammt, gibt es nicht mehr."
    )
    return [Objection(text)]


def pair_of(first: str, second: str) -> tuple[str, str]:
    """Two numbers in a fixed order, so that a pair is found again whichever way round it is asked for."""
    return (first, second) if first <= second else (second, first)
