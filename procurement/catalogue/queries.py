"""Reading the catalogue and the table of CPV codes."""

from collections.abc import Iterable
from dataclasses import dataclass

import sqlalchemy as sa

from procurement.catalogue.cpv import Candidate, CpvEntry, best_first, wanted_by
from procurement.catalogue.models import CatalogueArticle, CpvCode
from procurement.core.db import db, existing
from procurement.members.sorting import german_sort_key

MOST_CODES = 20


@dataclass(frozen=True, slots=True)
class CatalogueFilter:
    """What the reader is looking for; everything empty means all active articles."""

    category_code: str = ""
    text: str = ""
    with_inactive: bool = False


ALL_ACTIVE = CatalogueFilter()


@dataclass(frozen=True, slots=True)
class Category:
    """Articles of one category, in the order of their numbers."""

    code: str
    name: str
    articles: tuple[CatalogueArticle, ...]


def article(article_id: int) -> CatalogueArticle:
    """One article, or :class:`NotFound`."""
    return existing(CatalogueArticle, article_id)


def articles(wanted: CatalogueFilter = ALL_ACTIVE) -> list[CatalogueArticle]:
    """The articles that fit, by category and number; a text finds number, title, category and CPV code."""
    query = sa.select(CatalogueArticle).order_by(CatalogueArticle.category_code, CatalogueArticle.number)
    if wanted.category_code:
        query = query.where(CatalogueArticle.category_code == wanted.category_code)
    if not wanted.with_inactive:
        query = query.where(CatalogueArticle.is_active.is_(True))
    words = german_sort_key(wanted.text).split()
    return [found for found in db.session.scalars(query) if _fits(found, words)]


def _fits(found: CatalogueArticle, words: list[str]) -> bool:
    """Whether every word stands in the article; a catalogue is small enough to look through it in Python."""
    text = german_sort_key(f"{found.number} {found.title} {found.category} {found.unit} {found.cpv}")
    return all(word in text for word in words)


def by_category(found: Iterable[CatalogueArticle]) -> list[Category]:
    """The articles in groups, groups in the order in which they come."""
    groups: dict[str, list[CatalogueArticle]] = {}
    for one in found:
        groups.setdefault(one.category_code, []).append(one)
    return [Category(code, group[0].category, tuple(group)) for code, group in groups.items()]


def categories() -> list[tuple[str, str]]:
    """Every category as code and name."""
    query = sa.select(CatalogueArticle.category_code, sa.func.min(CatalogueArticle.category))
    rows = db.session.execute(query.group_by(CatalogueArticle.category_code).order_by(CatalogueArticle.category_code))
    return [(code, name) for code, name in rows]


def article_numbers(*, besides: int | None = None) -> frozenset[str]:
    """The numbers that are taken."""
    query = sa.select(CatalogueArticle.number)
    return frozenset(db.session.scalars(query.where(CatalogueArticle.id != besides) if besides else query))


def is_empty() -> bool:
    """Whether there is no article at all."""
    return db.session.scalar(sa.select(CatalogueArticle.id).limit(1)) is None


def cpv_count() -> int:
    """How many CPV codes are known."""
    return db.session.scalar(sa.select(sa.func.count()).select_from(CpvCode)) or 0


def cpv_entries(codes: Iterable[str] | None = None) -> dict[str, CpvEntry]:
    """The entries of these codes of eight digits, or of all; codes that are not in the table are missing."""
    query = sa.select(CpvCode.code, CpvCode.check_digit, CpvCode.label)
    if codes is not None:
        query = query.where(CpvCode.code.in_(set(codes)))
    return {code: CpvEntry(code, digit, label) for code, digit, label in db.session.execute(query)}


def search_cpv(typed: str, most: int = MOST_CODES) -> list[CpvEntry]:
    """The codes that begin with the typed digits and hold all typed words, best first; nothing for an empty search."""
    wanted = wanted_by(typed)
    if not wanted:
        return []
    query = sa.select(CpvCode.code, CpvCode.check_digit, CpvCode.label, CpvCode.search_text)
    for prefix in wanted.prefixes:
        query = query.where(CpvCode.code.startswith(prefix))
    for word in wanted.words:
        query = query.where(CpvCode.search_text.contains(word, autoescape=True))
    found = (Candidate(code, digit, label, folded) for code, digit, label, folded in db.session.execute(query))
    return best_first(found, wanted, most)
