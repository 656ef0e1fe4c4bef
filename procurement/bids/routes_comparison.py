"""The Preisspiegel: as a page in windows, and as an Excel file."""

from typing import Any

from flask import current_app, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from procurement.bids import comparison_workbook as workbook
from procurement.bids import queries, queries_comparison
from procurement.bids.bid_lines import WINDOW, Window
from procurement.bids.comparison import window
from procurement.bids.comparison_filters import RowFilter, rows_matching
from procurement.bids.comparison_view import PriceView, Selection, chosen_lot
from procurement.bids.models import BidOpening
from procurement.bids.routes import Answer, blueprint, frame
from procurement.core import downloads
from procurement.core.filters import exact_moment
from procurement.core.fragments import is_fragment
from procurement.core.spreadsheets import write_workbook
from procurement.tenders.models import Tender
from procurement.values.sheet_layout import HeaderLine, WorkbookProperties

AUTHOR = "Vergabestelle"
DOCUMENTS_PAGE = "documents.of_tender"


@blueprint.get("/<int:tender_id>/comparison")
def comparison(tender_id: int) -> Answer:
    """Positions x bidders of one lot: a window of rows, the totals of all; htmx gets only further rows."""
    tender = queries.readable_tender(tender_id, current_user)
    chosen = Selection.of(request.args)
    prices = queries_comparison.price_comparison(tender, [chosen_lot(tender.lots, chosen)])
    matching = rows_matching(prices.comparison, chosen.rows)
    shown = Window.at(chosen.offset, len(matching))
    values: dict[str, Any] = {
        "tender": tender,
        "chosen": chosen,
        "prices": prices,
        "window": shown,
        "lines": [prices.lines[row] for row in matching[shown.offset : shown.last]],
        "counting": frozenset(prices.counting_in(prices.lots[0])),
        "rows": window(prices.comparison, matching, shown.offset, WINDOW),
    }
    if is_fragment() and shown.offset:
        return render_template("bids/_comparison_rows.html", **values)
    lot, total = prices.lots[0], prices.comparison.overall.estimate_total
    values |= {"lot": lot, "standings": prices.standings_in(lot), "estimate_total": total}
    values |= {"views": list(PriceView), "filters": list(RowFilter), "documents_url": _documents_url(tender)}
    return render_template("bids/comparison.html", frame=frame(tender, "bids.comparison"), **values)


def _documents_url(tender: Tender) -> str:
    """Where the PDF is issued; documents come later in the order of imports and are named by endpoint only."""
    is_there = DOCUMENTS_PAGE in current_app.view_functions
    return url_for(DOCUMENTS_PAGE, tender_id=tender.id) if is_there else ""


@blueprint.get("/<int:tender_id>/comparison.xlsx")
def comparison_workbook(tender_id: int) -> Response:
    """The whole Preisspiegel as an Excel file."""
    tender = queries.readable_tender(tender_id, current_user)
    opening = queries.opening_for(tender)
    content = write_workbook(
        workbook.layouts(queries_comparison.price_comparison(tender), _header_lines(tender, opening)),
        WorkbookProperties(f"Preisspiegel {tender.reference}", AUTHOR, opening.second_at or opening.first_at),
    )
    return downloads.attachment(content, f"Preisspiegel_{tender.reference}.xlsx", downloads.XLSX)


def _header_lines(tender: Tender, opening: BidOpening) -> tuple[HeaderLine, ...]:
    return (
        HeaderLine("Ausschreibung", f"{tender.reference} {tender.title}"),
        HeaderLine("Angebote geöffnet", exact_moment(opening.second_at)),
        HeaderLine("Maßgeblich", queries_comparison.price_basis(tender).label),
    )
