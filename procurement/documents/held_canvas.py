"""A canvas that knows how many pages it has before the first one is written, so that footers say "Seite 2 von 7".

Nothing is drawn twice. Rejected: a form object filled in at the end, which many programs lose when text is copied.
"""

from collections.abc import Callable
from io import BytesIO
from typing import Any

from reportlab.pdfgen.canvas import Canvas

from procurement.documents.fonts import REGULAR

Finish = Callable[[int, int], None]


class HeldCanvas(Canvas):
    """Keeps finished pages until it is saved; then ``finish(number, total)`` may still draw on each of them."""

    def __init__(self, buffer: BytesIO, size: tuple[float, float], finish: Finish) -> None:
        super().__init__(
            buffer,
            pagesize=size,
            pageCompression=1,
            invariant=1,
            lang="de-DE",
            initialFontName=REGULAR,  # type: ignore[arg-type]  # the stub asks for a number; a font name is meant
        )
        self.finish = finish
        self.held: list[dict[str, Any]] = []

    def showPage(self) -> None:  # noqa: N802  # the name is ReportLab's
        """Hold the page back and start the next one."""
        self.held.append(dict(self.__dict__))
        self._startPage()  # type: ignore[attr-defined]  # not in the stubs

    def save(self) -> None:
        """Finish every held page, now that their number is known, and write the file."""
        held = self.held
        for number, state in enumerate(held, start=1):
            self.__dict__.update(state)
            self.finish(number, len(held))
            super().showPage()
        super().save()
