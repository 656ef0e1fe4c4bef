"""The box "Als Nächstes" of a contract: the office decides about the oldest call-off that waits, a lead waits."""

import pytest

from tests.factories import allocation, contracts
from tests.factories import members as make


@pytest.fixture
def contract(saved):
    """A contract with two call-offs above the quota, of Adorf first; ids by name."""
    with saved():
        members = allocation.three_members()
        made = contracts.contract(allocation.awarded_tender(members))
        calls = [contracts.call_off(contracts.clusters(made), one, 3, "Brand im Rechenzentrum.") for one in members[:2]]
        people = {"officer": make.officer(), "auditor": make.auditor(), "lead": make.lead(members[0])}
        return {"id": made.id, "first": calls[0].id} | {name: person.id for name, person in people.items()}


def box(browser, contract, role):
    """The text of the box, whitespace evened out."""
    page = browser(contract[role]).get(f"/contracts/{contract['id']}").text
    return " ".join(page.partition('class="next-step')[2].partition("</section>")[0].split())


def test_an_officer_is_led_to_the_oldest_call_off(browser, contract):
    found = box(browser, contract, "officer")
    assert "2 Abrufe über die Abrufmenge warten auf Ihre Entscheidung." in found
    assert f"/contracts/{contract['id']}/call-offs/{contract['first']}" in found
    assert "Adorf, beantragt am Mo., 23.11.2026" in found


@pytest.mark.parametrize(
    ("role", "words"),
    [("lead", "Ein Abruf wartet auf die Entscheidung"), ("auditor", "2 Abrufe warten auf die Entscheidung")],
)
def test_others_read_who_decides_and_get_no_button(browser, contract, role, words):
    found = box(browser, contract, role)
    assert words in found
    assert "call-offs" not in found
