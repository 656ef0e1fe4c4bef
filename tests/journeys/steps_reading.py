"""Reading a page as a person does: a figure by the name of its table and the head of its row."""

from playwright.sync_api import Page, expect


def figures(page: Page, table: str, row: str) -> list[str]:
    """What stands in the cells of one row, from left to right; the first line of a cell is its figure."""
    found = page.get_by_role("table", name=table).get_by_role("row").filter(
        has=page.get_by_role("rowheader", name=row)
    )  # fmt: skip
    expect(found).to_have_count(1)
    return [(text.splitlines() or [""])[0].strip() for text in found.get_by_role("cell").all_inner_texts()]


def told(page: Page, words: str) -> None:
    """Wait until the page says this."""
    expect(page.get_by_text(words).first).to_be_visible()


def follow(page: Page, name: str, place: str = "") -> None:
    """Follow the link with exactly this name; ``place`` names the navigation it stands in."""
    within = page.get_by_role("navigation", name=place) if place else page.get_by_role("main")
    within.get_by_role("link", name=name, exact=True).first.click()


def press(page: Page, name: str) -> None:
    """Press the button with exactly this name."""
    page.get_by_role("button", name=name, exact=True).click()


def fill(page: Page, **texts: str) -> None:
    """Fill fields by their labels; an underscore stands for a space."""
    for label, text in texts.items():
        page.get_by_label(label.replace("_", " ")).fill(text)


def unfold(page: Page, summary: str) -> None:
    """Open what is folded away behind these words."""
    page.locator("summary").filter(has_text=summary).first.click()


def to_section(page: Page, name: str) -> None:
    """Go to a section of the tender on screen."""
    page.get_by_role("navigation", name="Abschnitte der Ausschreibung").get_by_role(
        "link", name=name, exact=True
    ).click()
    expect(page.get_by_role("link", name=name, exact=True).and_(page.locator("[aria-current=page]"))).to_be_visible()
