"""What a person reads on a page: its text without marks, so that no random token in the markup can match."""

import html
import re

from werkzeug.test import TestResponse

UNSEEN = re.compile(r"<(script|style)\b.*?</\1>|<[^>]+>", re.DOTALL)


def seen_on(page: TestResponse) -> str:
    """The text that stands on the page, spaces and line ends as single spaces."""
    return re.sub(r"\s+", " ", html.unescape(UNSEEN.sub(" ", page.text))).strip()


def text_of(page: TestResponse) -> str:
    """The page with its marks, umlauts and quotation marks as characters."""
    return html.unescape(page.text)
