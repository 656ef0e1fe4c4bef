"""What journeys stand on: a running site, a real Chromium, and people who sign in through the form.

Plain fixtures instead of the plugin of Playwright's makers, so that one browser serves all journeys and a page that
complains about anything (a script error, the content policy, a missing file) fails the journey that opened it.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from procurement import create_app
from procurement.core import clock
from procurement.core.db import db
from tests.conftest import FixedClock, Installation, settings_for
from tests.factories import members as make
from tests.journeys.looking import WIDE, listen
from tests.journeys.site import Site, Worker, serving

HERE = Path(__file__).parent
QUIET = (
    "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update",
    "--disable-sync",
)  # fmt: skip
PATIENCE_MS = 10_000

# Flask-Compress streams static files and leaves closing them to the garbage collector, which Python remarks upon.
LEFT_TO_THE_COLLECTOR = "ignore:unclosed file .*static:ResourceWarning"

Visitor = Callable[..., Page]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Journeys are served by a real server, so they meet what a test client never does."""
    for item in items:
        if item.path.parent == HERE:
            item.add_marker(pytest.mark.filterwarnings(LEFT_TO_THE_COLLECTOR))


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One browser for all journeys of this process."""
    path = os.environ.get("TEST_CHROMIUM") or shutil.which("chromium")
    if not path:
        pytest.skip("no Chromium: sudo apt-get install chromium")
    expect.set_options(timeout=PATIENCE_MS)
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=path, args=list(QUIET))
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Installation, str, Worker]]:
    """A migrated installation on SQLite behind a web server, with its address and its worker."""
    folder = tmp_path_factory.mktemp("site")
    database = folder / "site.sqlite3"
    installation = Installation(create_app(settings_for(folder, f"sqlite:///{database}")), database)
    with serving(installation.app) as url, Worker(installation.app) as worker:
        yield installation, url, worker
    with installation.app.app_context():
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def site(running: tuple[Installation, str, Worker]) -> Site:
    """The site with an empty database and a clock that stands still until the journey moves its hand."""
    installation, url, worker = running
    hand = FixedClock()
    with worker.pause:
        installation.reset()
        clock.install(installation.app, hand)
    return Site(installation.app, url, hand)


@pytest.fixture
def visitor(chromium: Browser, site: Site) -> Iterator[Visitor]:
    """``visitor()`` is the page of somebody who has not signed in; keyword arguments are those of a browser context."""
    contexts, complaints = [], []

    def _visitor(**wishes: Any) -> Page:
        usual = {"locale": "de-DE", "timezone_id": "Europe/Berlin", "reduced_motion": "reduce", "viewport": WIDE}
        context = chromium.new_context(base_url=site.url, **(usual | wishes))
        contexts.append(context)
        context.set_default_timeout(PATIENCE_MS)
        page = context.new_page()
        listen(page, complaints)
        return page

    yield _visitor
    for context in contexts:
        context.close()
    assert not complaints, "\n".join(complaints)


@pytest.fixture
def person(visitor: Visitor) -> Visitor:
    """``person("petra@kaaw.example")`` signs in through the form, in a browser of its own, and is on the start page."""

    def _person(email: str, password: str = make.PASSWORD, **wishes: Any) -> Page:
        page = visitor(**wishes)
        sign_in(page, email, password)
        page.wait_for_url("**/")
        return page

    return _person


def sign_in(page: Page, email: str, password: str = make.PASSWORD) -> None:
    """Fill in the sign-in form and send it."""
    page.goto("/members/login")
    page.get_by_label("E-Mail-Adresse").fill(email)
    page.get_by_label("Kennwort").fill(password)
    page.get_by_role("button", name="Anmelden").click()
