"""The Preisspiegel of all lots as an Excel file, for the page that offers it and for the file of the tender."""

from procurement.bids import comparison_workbook as workbook
from procurement.bids import queries, queries_comparison, queries_figures
from procurement.bids.evaluation_price_sheet import price_layouts
from procurement.bids.models import BidOpening
from procurement.core.filters import exact_moment
from procurement.core.spreadsheets import write_workbook
from procurement.tenders.models import Tender
from procurement.values.sheet_layout import HeaderLine, WorkbookProperties

AUTHOR = "Vergabestelle"


def comparison_filename(tender: Tender) -> str:
    """What the file is called."""
    return f"Preisspiegel_{tender.reference}.xlsx"


def comparison_workbook(tender: Tender) -> bytes:
    """The whole Preisspiegel; the caller has made sure that the bids are opened."""
    opening = queries.opening_for(tender)
    prices, head = queries_comparison.price_comparison(tender), _header_lines(tender, opening)
    return write_workbook(
        workbook.layouts(prices, head) + price_layouts(queries_figures.priced_bids(tender, prices), head),
        WorkbookProperties(f"Preisspiegel {tender.reference}", AUTHOR, opening.second_at or opening.first_at),
    )


def _header_lines(tender: Tender, opening: BidOpening) -> tuple[HeaderLine, ...]:
    return (
        HeaderLine("Ausschreibung", f"{tender.reference} {tender.title}"),
        HeaderLine("Angebote geöffnet", exact_moment(opening.second_at)),
        HeaderLine("Maßgeblich", queries_comparison.price_basis(tender).label),
    )
