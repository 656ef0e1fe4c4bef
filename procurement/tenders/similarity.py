"""Which lines probably mean the same, and why: suggestions that a person accepts, changes or declines.

Compared are lines paid alike (once or again and again, with or without a period) in units that convert, whose CPV codes
are of one division or missing. Wording counts from 82 % on (token set ratio), because one says more words than the
other; so that "Lizenz" is not everything that has a licence, the wordings as a whole need 55 %, with the same CPV code
35 %, because the code already says what it is about. Figures and variants ("klein", "groß") must agree, because there
a single word makes another article. The library compares a block in one go.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Iterator, Sequence, Sized
from dataclasses import dataclass
from fractions import Fraction

from rapidfuzz import fuzz, process

from procurement.tenders.bundling import pair_of
from procurement.tenders.conversion import worded
from procurement.tenders.wording import VARIANTS, Measure, measure, numbers, words
from procurement.values.payment import Nature, Period

LEAST_SIMILARITY, LEAST_OVERALL, LEAST_OVERALL_OF_ONE_CODE = 82, 55, 35
CODE_DIGITS, CLASS_DIGITS, DIVISION_DIGITS = 8, 4, 2
SAME_CODE, SAME_CLASS, OTHER_CODE = 2, 1, 0


@dataclass(frozen=True, slots=True)
class ComparedLine:
    """A line as it is compared; lines that have absorbed others stay and take further ones in."""

    line_id: int
    number: str
    title: str
    unit: str
    nature: Nature
    cpv: str
    period: Period
    has_absorbed: bool = False


@dataclass(frozen=True, slots=True)
class Candidate:
    """A line that could be counted as part of another: one unit of it is ``factor`` units of the other."""

    line: ComparedLine
    factor: Fraction
    similarity: int
    reason: str


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Lines that probably mean the same as ``into``; ``reason`` is the sentence on the card."""

    into: ComparedLine
    candidates: tuple[Candidate, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class _Text:
    line: ComparedLine
    place: int
    words: tuple[str, ...]
    joined: str
    numbers: frozenset[str]
    variants: frozenset[str]
    measure: Measure


@dataclass(frozen=True, slots=True)
class _Pair:
    first: _Text
    second: _Text
    similarity: int
    code: int

    @property
    def strength(self) -> tuple[int, int]:
        """Same code before same class before wording alone, then the more similar."""
        return self.code, self.similarity


_Texts = Sequence[_Text]


def suggestions(lines: Sequence[ComparedLine], declined: Collection[tuple[str, str]] = ()) -> list[Suggestion]:
    """What a person should look at, the most convincing first; every line stands in one suggestion at most."""
    pairs = [p for p in _pairs(lines) if pair_of(p.first.line.number, p.second.line.number) not in declined]
    by_line: dict[int, list[_Pair]] = defaultdict(list)
    for pair in pairs:
        by_line[pair.first.place].append(pair)
        by_line[pair.second.place].append(pair)
    found: list[tuple[tuple[int, int], Suggestion]] = []
    used: set[int] = set()
    for best in sorted(pairs, key=lambda pair: (pair.strength, -pair.first.place), reverse=True):
        if used & {best.first.place, best.second.place}:
            continue
        group = [pair for pair in by_line[best.first.place] if not used & {pair.first.place, pair.second.place}]
        suggestion = _suggestion(best.first, group)
        if suggestion is not None:
            used |= {each.place for pair in group for each in (pair.first, pair.second)}
            found.append((best.strength, suggestion))
    return [suggestion for _, suggestion in found]


def _pairs(lines: Sequence[ComparedLine]) -> Iterator[_Pair]:
    """Every pair that is alike enough, each once: only lines paid and counted alike, of the same variant, are met."""
    alike: dict[Hashable, list[_Text]] = defaultdict(list)
    for text in (_text(place, line) for place, line in enumerate(lines)):
        if text.words:
            alike[text.line.nature, text.measure.base, text.measure.is_per_time, text.variants].append(text)
    for group in alike.values():
        for some, others in _agreeing(group, group, lambda text: text.line.cpv[:DIVISION_DIGITS]):
            for few, rest in _agreeing(some, others, lambda text: text.numbers):
                yield from _similar(few, rest)


def _agreeing(some: _Texts, others: _Texts, feature: Callable[[_Text], Sized]) -> Iterator[tuple[_Texts, _Texts]]:
    """Two lists cut into pairs of lists whose feature is the same, or missing on one side; no pair comes twice."""
    left = _by(some, feature)
    right = left if some is others else _by(others, feature)
    for value in left.keys() & right.keys():
        yield left[value], right[value]
    for one, other in ((left, right),) if some is others else ((left, right), (right, left)):
        for value in (value for value in one if not value):
            yield one[value], [text for wanted, texts in other.items() if wanted for text in texts]


def _by(texts: _Texts, feature: Callable[[_Text], Sized]) -> dict[Sized, list[_Text]]:
    found: dict[Sized, list[_Text]] = defaultdict(list)
    for text in texts:
        found[feature(text)].append(text)
    return dict(found)


def _similar(some: _Texts, others: _Texts) -> Iterator[_Pair]:
    """Pairs of similar wording out of two lists; the library halves the work when both are the same list."""
    if not some or not others:
        return
    joined = [text.joined for text in some]
    compared = joined if some is others else [text.joined for text in others]
    scores = process.cdist(joined, compared, scorer=fuzz.token_set_ratio, score_cutoff=LEAST_SIMILARITY)
    for row, column in zip(*scores.nonzero(), strict=True):
        first, second = some[row], others[column]
        if (some is others and row >= column) or not _may_be_same(first, second):
            continue
        early, late = sorted((first, second), key=lambda text: text.place)
        yield _Pair(early, late, int(scores[row, column]), _common_code(first.line.cpv, second.line.cpv))


def _may_be_same(first: _Text, second: _Text) -> bool:
    """No short title swallows a long one, and one of the two can be absorbed."""
    both_absorbed = first.line.has_absorbed and second.line.has_absorbed
    is_one_code = _common_code(first.line.cpv, second.line.cpv) == SAME_CODE
    least = LEAST_OVERALL_OF_ONE_CODE if is_one_code else LEAST_OVERALL
    return not both_absorbed and fuzz.token_sort_ratio(first.joined, second.joined) >= least


def _factor(first: _Text, second: _Text) -> Fraction:
    """How many units of the second one unit of the first is; only lines of one base unit are compared."""
    return first.measure.amount / second.measure.amount


def _text(place: int, line: ComparedLine) -> _Text:
    found = words(line.title)
    counted = measure(line.unit, line.title, line.period)
    return _Text(line, place, found, " ".join(found), numbers(found), VARIANTS & set(found), counted)


def _common_code(first: str, second: str) -> int:
    if first and first[:CODE_DIGITS] == second[:CODE_DIGITS]:
        return SAME_CODE
    return SAME_CLASS if first and first[:CLASS_DIGITS] == second[:CLASS_DIGITS] else OTHER_CODE


def _suggestion(centre: _Text, pairs: Sequence[_Pair]) -> Suggestion | None:
    """All lines alike to one of them; into goes what has absorbed others, else the smallest unit, else the first."""
    texts = {text.place: text for pair in pairs for text in (pair.first, pair.second)}
    absorbed = [text for text in texts.values() if text.line.has_absorbed]
    into = absorbed[0] if absorbed else min(texts.values(), key=lambda text: (text.measure.amount, text.place))
    by_other = {(pair.first.place if pair.second is centre else pair.second.place): pair for pair in pairs}
    candidates = []
    for place, text in texts.items():
        pair = by_other.get(place if place != centre.place else into.place)
        if text is into or pair is None or text.line.has_absorbed:
            continue
        factor = _factor(text, into)
        reason = _reason(pair, text, into, factor)
        candidates.append(Candidate(text.line, factor, pair.similarity, reason))
    if not candidates:
        return None
    weakest = min(pairs, key=lambda pair: pair.strength)
    sentence = f"{len(candidates) + 1} Wünsche meinen vermutlich dasselbe: {_likeness(weakest)}"
    return Suggestion(into.line, tuple(candidates), sentence)


def _likeness(pair: _Pair) -> str:
    codes = {SAME_CODE: "gleicher CPV-Code, ", SAME_CLASS: "verwandter CPV-Code, ", OTHER_CODE: ""}
    return f"{codes[pair.code]}{pair.similarity} % ähnlicher Wortlaut"


def _reason(pair: _Pair, text: _Text, into: _Text, factor: Fraction) -> str:
    conversion = "" if factor == 1 else f"; 1 {text.line.unit} = {worded(factor)} {into.line.unit}"
    likeness = _likeness(pair)
    return f"{likeness[0].upper()}{likeness[1:]}{conversion}."
