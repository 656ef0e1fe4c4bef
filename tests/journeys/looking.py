"""Looking at pages as people with different eyes and screens do, and walking through all that a person can reach.

``accessible(page)`` is for the page on screen; ``for address in every_page(page): accessible(page)`` for a whole role.
axe is injected by the driver, because our own content policy rightly refuses a foreign script tag.
"""

import re
from collections import Counter, deque
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urldefrag, urlsplit

import axe_playwright_python
from playwright.sync_api import APIResponse, ConsoleMessage, Error, Page, Response

RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
GRAVE = ("serious", "critical")
PHONE = 360
WIDE = {"width": 1280, "height": 900}
PAGES_AT_MOST = 150
OF_ONE_KIND = 2
REFUSED, FAULT = 400, 500
# What Chromium says about an answer like 422; those are told apart in the notes on answers.
ABOUT_AN_ANSWER = "Failed to load resource: the server responded with a status of"


@cache
def axe() -> str:
    """The source of axe, ending in a value the driver can carry back."""
    return (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8") + ";0"


def violations(page: Page) -> list[str]:
    """The grave violations on this page, one line each: rule, what it means, and where."""
    page.evaluate(axe())
    found: dict[str, Any] = page.evaluate(
        "rules => axe.run({runOnly: {type: 'tag', values: rules}, resultTypes: ['violations']})", list(RULES)
    )
    return [
        f"{rule['id']} ({rule['impact']}): {rule['help']}: {node['target']} {node['html'][:200]}"
        for rule in found["violations"]
        if rule["impact"] in GRAVE
        for node in rule["nodes"]
    ]


def width_on_phone(page: Page) -> int:
    """How wide the page is on a narrow phone; wide tables scroll inside their own frame."""
    before = page.viewport_size or WIDE
    page.set_viewport_size({"width": PHONE, "height": 740})
    width: int = page.evaluate("document.documentElement.scrollWidth")
    page.set_viewport_size(before)
    return width


def accessible(page: Page) -> None:
    """Fail if axe finds a serious or critical violation or if the page is wider than a phone."""
    assert not violations(page), f"{page.url}: " + "\n".join(violations(page))
    assert width_on_phone(page) <= PHONE, f"{page.url} is wider than {PHONE} px"


def listen(page: Page, complaints: list[str]) -> None:
    """Note script errors, refusals of the content policy, missing files and faults of the server."""

    def on_console(message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"} and not message.text.startswith(ABOUT_AN_ANSWER):
            complaints.append(f"{page.url}: {message.text}")

    def on_answer(response: Response) -> None:
        is_page = response.request.resource_type == "document"
        if response.status >= (FAULT if is_page else REFUSED):
            complaints.append(f"{response.url} answers {response.status}")

    page.on("console", on_console)
    page.on("pageerror", lambda error: complaints.append(f"{page.url}: {error}"))
    page.on("response", on_answer)


def every_page(
    page: Page, start: str = "/", *, limit: int = PAGES_AT_MOST, of_one_kind: int = OF_ONE_KIND
) -> Iterator[str]:
    """Follow every link to a page of this site from ``start`` on and yield each address once its page is on screen.

    Addresses that differ only in values are of one kind, of which the first few are opened. Downloads
    are asked for and must be there, but are not looked at. A link that leads nowhere fails.
    """
    origin = "{0.scheme}://{0.netloc}".format(urlsplit(page.url))
    waiting, seen, kinds = deque([(origin + start, page.url)]), set[str](), Counter[str]()
    opened = 0
    while waiting and opened < limit:
        address, linked_from = waiting.popleft()
        kind = kind_of(address)
        if address in seen or kinds[kind] >= of_one_kind:
            continue
        seen.add(address)
        kinds[kind] += 1
        if not opens(page, address, linked_from):
            continue
        opened += 1
        waiting.extend((link, address) for link in links_of(page) if link.startswith(origin + "/"))
        yield address.removeprefix(origin)


def opens(page: Page, address: str, linked_from: str) -> bool:
    """Go to the address; whether it is a page and not a file to keep. Fails if it answers with an error."""
    try:
        answer: APIResponse | Response | None = page.goto(address)
        is_page = True
    except Error as refusal:
        if "Download is starting" not in refusal.message:
            raise
        answer = page.context.request.get(address)
        is_page = False
    assert answer, address
    assert answer.status < REFUSED, f"{linked_from} leads to {address}, which answers {answer.status}"
    return is_page


def kind_of(address: str) -> str:
    """The address without the values of its path and parameters; words of our paths begin with a small letter."""
    parts = urlsplit(address)
    names = sorted(part.partition("=")[0] for part in parts.query.split("&"))
    return re.sub(r"(?<=/)[0-9A-ZÄÖÜ%][^/]*", "#", parts.path) + "?" + "&".join(names)


def links_of(page: Page) -> list[str]:
    """Where the links of this page lead, in their order."""
    found: list[str] = page.eval_on_selector_all("a[href]", "links => links.map(link => link.href)")
    return [urldefrag(address).url for address in found]
