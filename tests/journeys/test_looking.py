"""The eyes of the journeys: a check that never complains proves nothing, so each is shown something to complain of."""

import pytest

from tests.factories import members as make
from tests.factories import tenders
from tests.journeys.looking import accessible, kind_of, links_of, listen, opens, violations, width_on_phone

pytestmark = pytest.mark.browser
GOOD = "<!doctype html><html lang=de><title>Gut</title><main><h1>Gut</h1><p>Lesbar</p></main>"


def test_a_field_without_a_name_and_pale_text_are_found(visitor):
    page = visitor()
    page.set_content(GOOD.replace("<p>", "<input type=text><p style='color:#ccc'>"))
    found = violations(page)
    assert [line.split(" ")[0] for line in found] == ["color-contrast", "label"]
    with pytest.raises(AssertionError, match="color-contrast"):
        accessible(page)


def test_a_page_wider_than_a_phone_is_found_and_a_good_one_passes(visitor):
    page = visitor()
    page.set_content(GOOD.replace("<p>", "<p style='width:40rem'>"))
    assert width_on_phone(page) > 600
    page.set_content(GOOD)
    accessible(page)


def test_what_the_content_policy_refuses_and_what_fails_is_noted(chromium, site):
    notes = []
    with chromium.new_page(base_url=site.url) as page:
        listen(page, notes)
        page.goto("/members/login")
        assert notes == []
        with page.expect_console_message():
            page.evaluate("document.body.insertAdjacentHTML('beforeend', '<p style=\"color: red\">rot</p>')")
        with page.expect_event("pageerror"):
            page.evaluate("() => { setTimeout(() => { throw new Error('kaputt') }) }")
        with page.expect_response("**/gibt-es-nicht.js"):
            page.evaluate("fetch('/static/gibt-es-nicht.js')")
    assert [note for note in notes if "Content Security Policy" in note]
    assert [note for note in notes if "kaputt" in note]
    assert f"{site.url}/static/gibt-es-nicht.js answers 404" in notes


def test_addresses_that_differ_in_values_only_are_of_one_kind():
    assert kind_of("http://x/tenders/12/lots?page=2&lot=1") == kind_of("http://x/tenders/7/lots?lot=3&page=9")
    assert kind_of("http://x/allocation/2/cells/A/05900001") == kind_of("http://x/allocation/2/cells/USt/05900002")
    assert kind_of("http://x/tenders/12") != kind_of("http://x/tenders/12/lots")


def test_links_are_read_as_addresses_without_their_fragment(visitor):
    page = visitor()
    page.goto("/members/login")
    page.evaluate("document.querySelector('main').innerHTML = '<a href=\"/tenders/1#lots\">Los</a>'")
    assert links_of(page)[-1].endswith("/tenders/1")


def test_a_file_is_told_from_a_page_and_a_dead_link_fails(person, site):
    with site.saved():
        make.account(make.Role.OFFICER, email="petra@kaaw.example")
        lot_id = tenders.published_tender().lots[0].id
    page = person("petra@kaaw.example")
    assert not opens(page, f"{site.url}/bids/price-sheet/{lot_id}", "somewhere")
    assert opens(page, f"{site.url}/tenders/", "somewhere")
    with pytest.raises(AssertionError, match=r"somewhere leads to .*/tenders/99, which answers 404"):
        opens(page, f"{site.url}/tenders/99", "somewhere")
