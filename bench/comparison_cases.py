"""The Preisspiegel of 20 bids × 5,000 positions: page, workbook and PDF, each beside the least that any program needs.

What they show is compared with figures worked out in decimals from what was written, see :mod:`bench.large_tender`.
"""

import io
import re
import sqlite3
import uuid
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import sqlalchemy as sa
import xlsxwriter  # type: ignore[import-untyped]
from flask.testing import FlaskClient
from pypdf import PdfReader
from reportlab.lib.pagesizes import A4, landscape
from reportlab.pdfgen.canvas import Canvas

from bench.installation import PASSWORD, Installation
from bench.large_tender import EXCLUDED, LargeTender, opened_tender
from bench.measuring import Case, listed, must
from procurement.audit.actor import COMMAND_LINE
from procurement.bids.comparison_filters import RowFilter, RowOrder
from procurement.bids.comparison_view import PriceView
from procurement.bids.models import Bid
from procurement.core import jobs
from procurement.core.db import db, transaction
from procurement.core.filters import amount, unit_price
from procurement.core.permissions import Role
from procurement.core.spreadsheets import ReadLimits, read_workbook
from procurement.documents.models import IssuedDocument
from procurement.members.actions import set_up_association
from procurement.members.actions_accounts import create_account
from procurement.values.money import Money, UnitPrice
from procurement.values.sheet import Cell

BIDDERS, POSITIONS = 20, 5_000
SIZE = f"{BIDDERS} bids x {POSITIONS} positions"
MOST_BYTES = 300_000
FIGURES_A_ROW = 63
OVERVIEW_COLUMNS = 6
PDF_ROWS = 21
PRICES = """
    SELECT bid_id, line_id, unit_price_net, written_total_net FROM bid_price
    WHERE line_id IN (SELECT id FROM lot_item WHERE lot_id = 1) ORDER BY bid_id, line_id
"""
LIMITS = ReadLimits(cells=1_000_000, cpu_seconds=200, wall_seconds=600)
PAGES = (
    "",
    f"?view={PriceView.TOTAL.value}&offset=2500",
    f"?rows={RowFilter.CONSPICUOUS.value}&view={PriceView.FROM_MEAN.value}",
    f"?rows={RowFilter.OUTLYING.value}&order={RowOrder.SPREAD.value}",
    f"?order={RowOrder.VALUE.value}&view={PriceView.FROM_ESTIMATE.value}&offset=4900",
    f"?rows={RowFilter.MISSING.value}&sought=artikel",
    "?lot=2",
)


@dataclass(frozen=True, slots=True)
class Opened:
    """The installation with the large tender and an officer's browser."""

    installation: Installation
    browser: FlaskClient
    tender: LargeTender

    @property
    def place(self) -> str:
        """The address of the Preisspiegel."""
        return f"/bids/{self.tender.tender_id}/comparison"


def cases(folder: Path) -> Iterator[Case]:
    """Page, workbook and PDF, in an installation of their own."""
    folder.mkdir()
    installation = Installation.in_folder(folder)
    with installation.app.app_context(), transaction():
        set_up_association("Zweckverband KAAW", "KAAW", by=COMMAND_LINE)
        officer = installation.person(Role.OFFICER)
        second = create_account("Zweite Person", "second@bench.example", PASSWORD, by=COMMAND_LINE)
        tender = opened_tender((officer.id, second.id), BIDDERS, POSITIONS)
    opened = Opened(installation, installation.browser(Role.OFFICER), tender)
    bare = sqlite3.connect(installation.database)
    yield _page(opened, bare)
    yield _choices(opened, bare)
    yield _workbook(opened)
    yield _paper(opened)
    bare.close()


def _page(opened: Opened, bare: sqlite3.Connection) -> Case:
    """The first page as the server makes it, beside fetching every price of the lot."""
    place, tender = opened.place, opened.tender

    def check(page: object, rows: object) -> None:
        text = str(page)
        must(len(text.encode()) < MOST_BYTES, "the page stays light")
        must(len(listed(rows)) == tender.prices, "the bare query fetches every price")
        for rank, bid in enumerate(tender.ranked, start=1):
            total = amount(Money.of(bid.total))
            must(bool(re.search(rf"{re.escape(total)}\s*<span[^>]*>Rang {rank}<", text)), f"{total} has rank {rank}")
        for bid in tender.bids:
            must(not bid.missing or f"({bid.missing} Preise fehlen)" in text, "incomplete bids are called so")
        marked = re.findall(r"num--best[^>]*>([\d.,]+)<", text)
        must(set(marked) == {unit_price(UnitPrice.of(price)) for price in tender.cheapest[:100]}, "lowest prices")

    return Case("comparison", SIZE, lambda: opened.browser.get(place).text, _fetch(bare), check)


def _choices(opened: Opened, bare: sqlite3.Connection) -> Case:
    """One page of each kind: filters, orders, figures, a search, the last window, the other lot."""

    def check(pages: object, _rows: object) -> None:
        texts = [str(page) for page in listed(pages)]
        must(all(len(text.encode()) < MOST_BYTES for text in texts), "every page stays light")
        total = amount(Money.of(opened.tender.ranked[0].total))
        must(all(total in text for text in texts[:-1]), "the sums are those of all positions on every page")
        must(texts[5].count("fehlt<") == opened.tender.lacking, "every missing price is found")

    def path() -> object:
        return [opened.browser.get(opened.place + choice).text for choice in PAGES]

    return Case("choices", f"{len(PAGES)} pages of {SIZE}", path, lambda: [_fetch(bare)() for _ in PAGES], check)


def _workbook(opened: Opened) -> Case:
    """The download, beside the bare library that writes as many figures."""

    def floor() -> object:
        buffer = io.BytesIO()
        with xlsxwriter.Workbook(buffer, {"constant_memory": True}) as book:
            sheet = book.add_worksheet()
            look = book.add_format({"num_format": "#,##0.00####"})
            for row, price in enumerate(opened.tender.cheapest):
                sheet.write_string(row, 0, opened.tender.numbers[row])
                for column in range(1, FIGURES_A_ROW):
                    sheet.write_number(row, column, price, look)
        return buffer.getvalue()

    def check(content: object, _bare: object) -> None:
        sheets = {one.name: one for one in read_workbook(_octets(content), "Preisspiegel.xlsx", LIMITS).sheets}
        ranks = {row[2].text: (row[4].text, row[5].text) for row in sheets["Übersicht"].rows if _is_of_lot_1(row)}
        for rank, bid in enumerate(opened.tender.ranked, start=1):
            shown_rank, shown_total = ranks[bid.name]
            must((int(shown_rank), Decimal(shown_total)) == (rank, bid.total), f"rank and sum of {bid.name}")
        rows = [row for row in sheets["Los 1"].rows if len(row) > FIGURES_A_ROW and row[0].text[:3] == "01."]
        counting = [column for column, bid in enumerate(opened.tender.bids) if not bid.is_excluded]
        prices = ([row[6 + 3 * column].text for column in counting] for row in rows)
        lowest = [min(Decimal(text) for text in texts if text) for texts in prices]
        must(lowest == list(opened.tender.cheapest), "the lowest price of every position")

    return Case("workbook", SIZE, lambda: opened.browser.get(f"{opened.place}.xlsx").data, floor, check)


def _paper(opened: Opened) -> Case:
    """Ordering the PDF, its job with progress, and the stored file, beside the bare canvas with as many figures."""
    pages = -(-POSITIONS * BIDDERS // 3 // PDF_ROWS)
    result = f"/documents/tender/{opened.tender.tender_id}"
    issue = f"{result}/price-comparison"

    def path() -> object:
        with opened.installation.app.app_context(), transaction():
            # Nothing is drawn again as long as nothing has changed.
            excluded = sa.update(Bid).where(Bid.number == EXCLUDED)
            db.session.execute(excluded.values(exclusion_reason=f"Unterlagen fehlen ({uuid.uuid4().hex})."))
        order = {"idempotency_key": uuid.uuid4().hex}
        progress = opened.browser.post(issue, data=order).location
        with opened.installation.app.app_context():
            jobs.run_pending()
        must(opened.browser.get(progress).location.endswith(result), "the job leads to its result")
        with opened.installation.app.app_context():
            newest = sa.select(IssuedDocument).order_by(IssuedDocument.id.desc()).limit(1)
            return db.session.scalars(newest).one().file.content

    def floor() -> object:
        buffer = io.BytesIO()
        canvas = Canvas(buffer, pagesize=landscape(A4), pageCompression=1)
        for page in range(pages):
            canvas.setFont("Helvetica", 7)
            for row in range(PDF_ROWS):
                for column in range(18):
                    canvas.drawRightString(40 * column + 60, 20 * row + 40, f"{page},{row}{column}")
            canvas.showPage()
        canvas.save()
        return buffer.getvalue()

    def check(content: object, _bare: object) -> None:
        must(_octets(content).startswith(b"%PDF"), "the file is a PDF")
        pdf = PdfReader(io.BytesIO(_octets(content)))
        text = "".join(pdf.pages[number].extract_text() for number in range(4))
        must(len(pdf.pages) >= pages, "every position stands on paper for every bid")
        for bid in opened.tender.ranked:
            must(amount(Money.of(bid.total)) in text, f"the sum of {bid.name} stands on the first pages")

    return Case("paper", SIZE, path, floor, check)


def _fetch(bare: sqlite3.Connection) -> Callable[[], object]:
    return lambda: bare.execute(PRICES).fetchall()


def _is_of_lot_1(row: Sequence[Cell]) -> bool:
    return len(row) >= OVERVIEW_COLUMNS and row[0].text == "1" and bool(row[4].text)


def _octets(content: object) -> bytes:
    if not isinstance(content, bytes):
        raise TypeError(f"a file was expected, not {type(content).__name__}")
    return content
