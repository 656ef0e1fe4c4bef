"""Keeping the catalogue: every change is recorded, the starting catalogue is loaded once."""

import pytest
import sqlalchemy as sa

from procurement.audit.actor import COMMAND_LINE
from procurement.audit.events import Event
from procurement.audit.models import AuditEntry
from procurement.catalogue import actions, queries
from procurement.catalogue.queries import CatalogueFilter
from procurement.core.db import db
from procurement.core.errors import Conflict, NotFound, Refused
from procurement.values.payment import Period
from tests.factories import catalogue

pytestmark = pytest.mark.usefixtures("context")


def entries(event: Event) -> list[AuditEntry]:
    return list(db.session.scalars(sa.select(AuditEntry).filter_by(event=event.value)))


def numbers(wanted: CatalogueFilter) -> list[str]:
    return [article.number for article in queries.articles(wanted)]


def test_the_starting_catalogue_brings_78_articles_and_their_codes():
    assert actions.set_up_catalogue(by=COMMAND_LINE) == 78
    assert len(queries.articles()) == 78
    assert queries.cpv_count() == 1247
    assert entries(Event.CATALOGUE_SET_UP)[0].worded_changes == ["Artikel: 78", "CPV-Codes: 1247"]


def test_loading_it_again_changes_nothing():
    catalogue.starting_catalogue()
    assert actions.set_up_catalogue(by=COMMAND_LINE) == 0
    assert len(queries.articles()) == 78
    assert len(entries(Event.CATALOGUE_SET_UP)) == 1


def test_an_own_catalogue_is_left_alone_and_gets_the_codes_only():
    catalogue.article("K-01")
    assert actions.set_up_catalogue(by=COMMAND_LINE) == 0
    assert numbers(CatalogueFilter()) == ["K-01"]
    assert queries.cpv_count() == 1247


def test_an_article_is_kept_with_the_period_of_its_unit_and_its_code_without_check_digit():
    made = catalogue.article("K-01", unit=" Nutzer/Monat ", cpv="32420000-3")
    assert (made.unit, made.period, made.cpv) == ("Nutzer/Monat", Period.MONTH, "32420000")


def test_a_number_that_is_taken_is_refused():
    catalogue.article("K-01")
    with pytest.raises(Refused, match="gibt es im Katalog schon"):
        catalogue.article("K-01")


def test_a_change_is_recorded_with_old_and_new_value():
    article = catalogue.article("K-01", title="Kabel")
    actions.change_article(article, catalogue.entry("K-01", title="Patchkabel"), by=COMMAND_LINE)
    assert entries(Event.CATALOGUE_ARTICLE_CHANGED)[0].worded_changes == ["Bezeichnung: Kabel → Patchkabel"]


def test_the_wrong_check_digit_is_refused_once_the_code_is_known():
    catalogue.cpv("32420000", "3", "Netzausrüstung")
    with pytest.raises(Refused, match="32420000-3 Netzausrüstung"):
        catalogue.article("K-01", cpv="32420000-9")


def test_whoever_saw_an_older_version_is_told_so():
    article = catalogue.article("K-01")
    db.session.flush()
    with pytest.raises(Conflict, match="gespeichert ist Fassung"):
        actions.set_active(article, active=False, by=COMMAND_LINE, seen_version=article.version + 1)


def test_an_article_out_of_use_is_not_offered_but_stays_to_be_seen():
    article = catalogue.article("K-01")
    actions.set_active(article, active=False, by=COMMAND_LINE)
    assert numbers(CatalogueFilter()) == []
    assert numbers(CatalogueFilter(with_inactive=True)) == ["K-01"]
    actions.set_active(article, active=True, by=COMMAND_LINE)
    assert numbers(CatalogueFilter()) == ["K-01"]


def test_articles_are_found_by_words_in_any_order_without_umlauts():
    catalogue.starting_catalogue()
    assert numbers(CatalogueFilter(text="gerat rollout")) == ["CL-07"]
    assert numbers(CatalogueFilter("MS", "nutzer")) == ["MS-01", "MS-02", "MS-03", "MS-06"]


def test_articles_come_in_groups_with_the_name_of_their_category():
    catalogue.starting_catalogue()
    groups = queries.by_category(queries.articles())
    assert len(groups) == len(queries.categories()) == 11
    assert (groups[0].code, groups[0].name, len(groups[0].articles)) == ("CL", "Notebooks / Clients", 8)


def test_an_article_that_does_not_exist_is_not_found():
    with pytest.raises(NotFound):
        queries.article(1)


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("server", "48820000-2"),
        ("3242", "32420000-3"),
        ("32420000-3", "32420000-3"),
        ("ausrustung netz", "32420000-3"),
        ("Netz Ausrüstung", "32420000-3"),
        ("324 komponenten", "32422000-7"),
    ],
)
def test_a_code_is_found_by_its_beginning_and_by_words_in_any_order(typed, first):
    catalogue.starting_catalogue()
    assert queries.search_cpv(typed)[0].written == first


def test_a_search_names_twenty_codes_at_most_and_signs_of_patterns_are_plain_letters():
    catalogue.starting_catalogue()
    assert len(queries.search_cpv("dienst")) == 20
    assert queries.search_cpv("%") == queries.search_cpv("_") == queries.search_cpv("") == []
