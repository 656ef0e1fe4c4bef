"""The tree of award criteria: what it must fulfil, and how many weight points each leaf carries.

B-criteria are scored and their weights sum to 100 % among siblings; A-criteria only exclude and carry no weight, since
points that everybody gets would silently raise the weight of the price. Weight points are T times the product of the
weights down the tree, either as exact fractions or as published integers; both are lawful and give different results,
so the choice belongs to the publication. The integers go to the largest remainders, ties by the order of the criteria:
the general split of :mod:`procurement.values.shares` breaks ties by weight, which is not what is published here.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from math import floor

from procurement.tenders.criteria_scales import FREE, Scale
from procurement.tenders.kinds import CriterionKind
from procurement.values.figures import percent
from procurement.values.objection import NotAdmissible, Objection

TOP_OF_SCALE = 10
WHOLE_PERCENT = 100


@dataclass(frozen=True, slots=True)
class Criterion:
    """A node of the tree; the weight counts among its siblings, the minimum is a share of the attainable points."""

    number: str
    title: str
    weight_percent: Fraction | None = None
    children: tuple["Criterion", ...] = ()
    minimum_share: Fraction | None = None
    kind: CriterionKind = CriterionKind.SCORED
    scale: Scale = FREE

    @property
    def is_scored(self) -> bool:
        """Whether this is a B-criterion or a group of them."""
        return self.kind is CriterionKind.SCORED


@dataclass(frozen=True, slots=True)
class CriteriaTree:
    """The published tree: main groups, total weight points T, exact or integer points, minimum share in total."""

    main_groups: tuple[Criterion, ...]
    total_points: int = 1000
    whole_points: bool = False
    minimum_share: Fraction | None = None

    @property
    def attainable_points(self) -> Fraction:
        """Lmax: all weight points at the top of the scale of 0 to 10."""
        return Fraction(TOP_OF_SCALE * self.total_points)


def all_criteria(nodes: tuple[Criterion, ...]) -> Iterator[Criterion]:
    """Every node below, parents before their children, in the published order."""
    for node in nodes:
        yield node
        yield from all_criteria(node.children)


def scored_leaves(tree: CriteriaTree) -> list[Criterion]:
    """The B-criteria that receive points from 0 to 10."""
    return [node for node in all_criteria(tree.main_groups) if node.is_scored and not node.children]


def exclusion_leaves(tree: CriteriaTree) -> list[Criterion]:
    """The A-criteria that are answered with yes or no."""
    return [node for node in all_criteria(tree.main_groups) if not node.is_scored and not node.children]


def objections_to_tree(tree: CriteriaTree) -> list[Objection]:
    """Everything that keeps the tree from being published; empty means it may be."""
    objections = [objection for node in all_criteria(tree.main_groups) for objection in _objections_to_node(node)]
    objections += _objections_to_numbers(tree) + _objections_to_sums("der obersten Ebene", None, tree.main_groups)
    for node in all_criteria(tree.main_groups):
        objections += _objections_to_sums(f"unter {node.number}", node.number, node.children)
    objections += _objections_to_minimum("insgesamt", None, tree.minimum_share)
    if tree.total_points <= 0:
        objections.append(Objection("Die Summe der Gewichtungspunkte muss größer als 0 sein, üblich sind 1.000."))
    if not scored_leaves(tree):
        objections.append(Objection("Es gibt kein Bewertungskriterium. Legen Sie mindestens eines mit Gewicht an."))
    if not objections:
        objections = _objections_to_empty_points(tree)
    return objections


def weight_points(tree: CriteriaTree) -> dict[str, Fraction]:
    """Weight points GP per leaf number, summing exactly to T; :class:`NotAdmissible` if the tree has objections."""
    objections = objections_to_tree(tree)
    if objections:
        raise NotAdmissible(objections)
    return _points_by_leaf(tree)


def _points_by_leaf(tree: CriteriaTree) -> dict[str, Fraction]:
    points = dict(_products(tree.main_groups, Fraction(tree.total_points)))
    return _as_integers(points, tree.total_points) if tree.whole_points else points


def _products(nodes: tuple[Criterion, ...], points: Fraction) -> Iterator[tuple[str, Fraction]]:
    for node in nodes:
        if not node.is_scored:
            continue
        own = points * (node.weight_percent or Fraction(0)) / WHOLE_PERCENT
        if node.children:
            yield from _products(node.children, own)
        else:
            yield node.number, own


def _as_integers(points: dict[str, Fraction], total: int) -> dict[str, Fraction]:
    """Largest remainder; a stable sort leaves equal remainders in the published order of the criteria."""
    whole = {number: Fraction(floor(value)) for number, value in points.items()}
    missing = total - int(sum(whole.values()))
    by_remainder = sorted(points, key=lambda number: whole[number] - points[number])
    for number in by_remainder[:missing]:
        whole[number] += 1
    return whole


def _objections_to_node(node: Criterion) -> list[Objection]:
    objections = _objections_to_minimum(f"bei {node.number}", node.number, node.minimum_share)
    if not node.number.strip() or not node.title.strip():
        objections.append(Objection("Jedes Kriterium braucht eine Nummer und eine Bezeichnung.", node.number))
    if node.is_scored and (node.weight_percent is None or not 0 < node.weight_percent <= WHOLE_PERCENT):
        objections.append(
            Objection(f"Das Gewicht von {node.number} fehlt oder liegt nicht zwischen 0 % und 100 %.", node.number)
        )
    if node.is_scored and node.children and not any(child.is_scored for child in node.children):
        text = f"{node.number} hat ein Gewicht, aber kein Bewertungskriterium darunter. Legen Sie mindestens eines an."
        objections.append(Objection(text, node.number))
    if not node.is_scored and (node.weight_percent is not None or node.minimum_share is not None):
        text = f"{node.number} ist ein Ausschlusskriterium. Entfernen Sie Gewicht und Mindestpunktzahl."
        objections.append(Objection(text, node.number))
    if not node.is_scored and any(child.is_scored for child in node.children):
        text = f"{node.number} ist ein Ausschlusskriterium und kann keine Bewertungskriterien enthalten."
        objections.append(Objection(text, node.number))
    return objections


def _objections_to_minimum(place: str, field: str | None, share: Fraction | None) -> list[Objection]:
    if share is None or 0 < share <= 1:
        return []
    return [Objection(f"Die Mindestpunktzahl {place} muss über 0 % und höchstens bei 100 % liegen.", field)]


def _objections_to_numbers(tree: CriteriaTree) -> list[Objection]:
    counts = Counter(node.number for node in all_criteria(tree.main_groups))
    return [
        Objection(f"Die Nummer {number} kommt {count}-mal vor. Jede Nummer darf nur einmal vorkommen.", number)
        for number, count in counts.items()
        if count > 1
    ]


def _objections_to_sums(place: str, field: str | None, siblings: tuple[Criterion, ...]) -> list[Objection]:
    weights = [node.weight_percent or Fraction(0) for node in siblings if node.is_scored]
    total = sum(weights, Fraction(0))
    if not weights or total == WHOLE_PERCENT:
        return []
    text = f"Die Gewichte {place} ergeben {percent(total / WHOLE_PERCENT)}. Sie müssen genau 100 % ergeben."
    if percent(total / WHOLE_PERCENT) == "100,00 %":
        text = f"Die Gewichte {place} ergeben nur gerundet 100 %. Schreiben Sie Drittel als Bruch 100/3."
    return [Objection(text, field)]


def _objections_to_empty_points(tree: CriteriaTree) -> list[Objection]:
    return [
        Objection(f"{number} erhält 0 ganze Gewichtungspunkte. Erhöhen Sie die Summe der Gewichtungspunkte.", number)
        for number, points in _points_by_leaf(tree).items()
        if points == 0
    ]
