"""The Preisspiegel: as a page in windows, and as an Excel file."""

from dataclasses import replace
from typing import Any

from flask import current_app, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from procurement.bids import queries, queries_comparison, queries_figures, queries_workbook
from procurement.bids.bid_lines import WINDOW, Window
from procurement.bids.compared_prices import ComparedPrices
from procurement.bids.comparison import window
from procurement.bids.comparison_filters import RowFilter
from procurement.bids.comparison_view import PriceView, Selection, chosen_lot, matching_rows
from procurement.bids.evaluation_price import rows_of
from procurement.bids.forms_comparison import ComparisonForm
from procurement.bids.routes import Answer, blueprint, frame
from procurement.core import downloads
from procurement.tenders.models import Tender

DOCUMENTS_PAGE = "documents.of_tender"


@blueprint.get("/<int:tender_id>/comparison")
def comparison(tender_id: int) -> Answer:
    """Positions x bidders of one lot: a window of rows, the totals of all."""
    tender = queries.readable_tender(tender_id, current_user)
    chosen = Selection.of(request.args)
    lot = chosen_lot(tender.lots, chosen)
    prices = queries_comparison.price_comparison(tender, [lot])
    beside = queries_figures.prices_beside(lot, prices)
    return render_template(
        "bids/comparison.html",
        frame=frame(tender, "bids.comparison"),
        tender=tender,
        prices=prices,
        lot=lot,
        standings=prices.standings_in(prices.lots[0]),
        price_rows=rows_of([price.lines for price in beside]),
        evaluation_prices=beside,
        documents_url=_documents_url(tender),
        **_shown(prices, replace(chosen, lot=lot.number)),
    )


def _shown(prices: ComparedPrices, chosen: Selection) -> dict[str, Any]:
    """The window of rows and the choices above it."""
    matching = matching_rows(prices, chosen)
    shown = Window.at(chosen.offset, len(matching))
    return {
        "chosen": chosen,
        "form": ComparisonForm.of(chosen),
        "views": list(PriceView),
        "everything": RowFilter.ALL,
        "window": shown,
        "lines": [prices.lines[row] for row in matching[shown.offset : shown.last]],
        "rows": window(prices.comparison, matching, shown.offset, WINDOW),
        "counting": frozenset(prices.counting_in(prices.lots[0])),
    }


def _documents_url(tender: Tender) -> str:
    """Where the PDF is issued; documents come later in the order of imports and are named by endpoint only."""
    is_there = DOCUMENTS_PAGE in current_app.view_functions
    return url_for(DOCUMENTS_PAGE, tender_id=tender.id) if is_there else ""


@blueprint.get("/<int:tender_id>/comparison.xlsx")
def comparison_workbook(tender_id: int) -> Response:
    """The whole Preisspiegel as an Excel file."""
    tender = queries.readable_tender(tender_id, current_user)
    content = queries_workbook.comparison_workbook(tender)
    return downloads.attachment(content, queries_workbook.comparison_filename(tender), downloads.XLSX)
