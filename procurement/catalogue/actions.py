"""Keeping the catalogue: articles are added, changed, taken out of use; the starting catalogue is loaded once."""

from collections.abc import Iterable
from dataclasses import dataclass

import sqlalchemy as sa

from procurement.audit.actions import Change, record
from procurement.audit.actor import Actor
from procurement.audit.events import Event
from procurement.catalogue import queries, queries_supplied, rules
from procurement.catalogue.cpv import CpvEntry, code_and_digit
from procurement.catalogue.entries import CatalogueEntry
from procurement.catalogue.models import CatalogueArticle, CpvCode
from procurement.core.db import db
from procurement.core.errors import Conflict, refuse_if
from procurement.members.sorting import german_sort_key

FIELDS = {
    "number": "Nummer",
    "category_code": "Kürzel der Warengruppe",
    "category": "Warengruppe",
    "title": "Bezeichnung",
    "unit": "Einheit",
    "nature": "Zahlweise",
    "period": "Zeitraum",
    "cpv": "CPV-Code",
    "price_from_net": "Preis netto von",
    "price_to_net": "Preis netto bis",
    "contract_form": "Vertragsform",
    "suggested_key": "Vorgeschlagener Schlüssel",
}


@dataclass(frozen=True, slots=True)
class WholeCatalogue:
    """What the trail points at when the catalogue as a whole changes."""

    id: int = 0
    audit_label: str = "Startkatalog"

    __tablename__ = "catalogue_article"


def set_up_catalogue(*, by: Actor) -> int:
    """Load the starting catalogue into an empty one, and the CPV codes that are missing; return the number of articles.

    Safe to run again: an existing catalogue is left alone, however much or little of the starting one it still holds.
    """
    articles = queries_supplied.supplied_articles() if queries.is_empty() else []
    db.session.add_all(CatalogueArticle(**_columns(entry)) for entry in articles)
    known = queries.cpv_entries()
    codes = [entry for entry in queries_supplied.supplied_codes() if entry.code not in known]
    insert_codes(codes)
    if articles or codes:
        words: dict[str, Change | str] = {"Artikel": str(len(articles)), "CPV-Codes": str(len(codes))}
        record(Event.CATALOGUE_SET_UP, WholeCatalogue(), by=by, changes=words)
    return len(articles)


def insert_codes(entries: Iterable[CpvEntry]) -> None:
    """Add codes to the table; the caller records it."""
    rows = [
        {
            "code": entry.code,
            "check_digit": entry.check_digit,
            "label": entry.label,
            "division": entry.code[:2],
            "search_text": german_sort_key(entry.label),
        }
        for entry in entries
    ]
    if rows:
        db.session.execute(sa.insert(CpvCode), rows)


def add_article(entry: CatalogueEntry, *, by: Actor) -> CatalogueArticle:
    """Take an article into the catalogue."""
    refuse_if(rules.objections_to_article(entry, queries.article_numbers(), _known_code(entry)))
    made = CatalogueArticle(**_columns(entry))
    db.session.add(made)
    words: dict[str, Change | str] = {label: ("", getattr(made, field)) for field, label in FIELDS.items()}
    record(Event.CATALOGUE_ARTICLE_ADDED, made, by=by, changes=words)
    return made


def change_article(
    article: CatalogueArticle, entry: CatalogueEntry, *, by: Actor, seen_version: int | None = None
) -> CatalogueArticle:
    """Change an article; rounds that took it over keep what they asked for."""
    _compare(article, seen_version)
    taken = queries.article_numbers(besides=article.id)
    refuse_if(rules.objections_to_article(entry, taken, _known_code(entry)))
    wanted = _columns(entry)
    changes: dict[str, Change | str] = {
        FIELDS[field]: (getattr(article, field), value)
        for field, value in wanted.items()
        if getattr(article, field) != value
    }
    for field, value in wanted.items():
        setattr(article, field, value)
    record(Event.CATALOGUE_ARTICLE_CHANGED, article, by=by, changes=changes)
    return article


def set_active(
    article: CatalogueArticle, *, active: bool, by: Actor, seen_version: int | None = None
) -> CatalogueArticle:
    """Take an article out of use or back into it; nothing is deleted, because rounds and trail name it."""
    _compare(article, seen_version)
    if article.is_active is not active:
        words = {True: "in Gebrauch", False: "außer Gebrauch"}
        article.is_active = active
        changes: dict[str, Change | str] = {"Zustand": (words[not active], words[active])}
        record(Event.CATALOGUE_ARTICLE_CHANGED, article, by=by, changes=changes)
    return article


def _columns(entry: CatalogueEntry) -> dict[str, object]:
    stripped = entry.stripped()
    return {field: getattr(stripped, field) for field in FIELDS}


def _known_code(entry: CatalogueEntry) -> CpvEntry | None:
    parts = code_and_digit(entry.cpv)
    return queries.cpv_entries([parts[0]]).get(parts[0]) if parts else None


def _compare(article: CatalogueArticle, seen_version: int | None) -> None:
    if seen_version is not None and seen_version != article.version:
        raise Conflict(
            f"Der Artikel {article.number} wurde inzwischen geändert: Sie sahen Fassung {seen_version}, "
            f"gespeichert ist Fassung {article.version}. Bitte neu laden und prüfen."
        )
