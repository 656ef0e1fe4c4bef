"""What each role finds in the head of a page, and what it also may open in the foot."""

import re

import pytest

from procurement.core.permissions import Role
from tests.factories import members as make

COMMON = ["Start", "Ausschreibungen", "Kostenaufteilungen", "Verträge"]


@pytest.mark.parametrize(
    ("role", "head", "foot"),
    [
        (
            Role.MEMBER_LEAD,
            ["Start", "Bedarf", "Ausschreibungen", "Kosten", "Verträge", "Arbeitskreis"],
            ["Katalog", "Dokumente"],
        ),
        (
            Role.OFFICER,
            ["Start", "Bedarfsrunden", "Katalog", *COMMON[1:], "Mitglieder", "Arbeitskreis"],
            ["Dokumente", "Prüfpfad"],
        ),
        (
            Role.AUDITOR,
            [*COMMON, "Dokumente", "Prüfpfad"],
            ["Bedarfsrunden", "Katalog", "Mitglieder", "Arbeitskreis"],
        ),
        (Role.ADMINISTRATOR, ["Start", "Mitglieder", "Benutzer", "Prüfpfad", "Betrieb"], []),
    ],
)
def test_a_role_finds_what_it_comes_for_in_the_head_and_the_rest_in_the_foot(browser, saved, role, head, foot):
    with saved():
        person = make.account(role, make.member() if role is Role.MEMBER_LEAD else None).id
    page = browser(person).get("/").text
    assert _links(page, "Hauptnavigation") == head
    assert _links(page, "Weitere Seiten") == foot


def test_somebody_without_a_role_finds_the_start_page_only(browser, saved):
    with saved():
        person = make.account().id
    page = browser(person).get("/").text
    assert (_links(page, "Hauptnavigation"), _links(page, "Weitere Seiten")) == (["Start"], [])


def _links(page, name):
    place = page.partition(f'aria-label="{name}"')[2].partition("</nav>")[0]
    return re.findall(r">([^<>]+)</a>", place)
