"""Closed list of this feature: kinds of documents."""

from procurement.values.label import Labelled


class DocumentKind(Labelled):
    """What a document is; the annexes are the figures of an allocation for machines."""

    ALLOCATION = "allocation", "Kostenaufteilung"
    MEMBER_STATEMENT = "member_statement", "Kostenmitteilung"
    PRICE_COMPARISON = "price_comparison", "Preisspiegel"
    OPENING_RECORD = "opening_record", "Niederschrift der Angebotsöffnung"
    EVALUATION_MATRIX = "evaluation_matrix", "Bewertungsmatrix"
    PROCUREMENT_RECORD = "procurement_record", "Vergabevermerk"
    TENDER_FILE = "tender_file", "Vergabeakte"
    ANNEX_JSON = "annex_json", "Rechendaten (JSON)"
    ANNEX_CSV = "annex_csv", "Rechendaten (CSV)"


ON_BIDS = frozenset(
    {
        DocumentKind.PRICE_COMPARISON,
        DocumentKind.OPENING_RECORD,
        DocumentKind.EVALUATION_MATRIX,
        DocumentKind.PROCUREMENT_RECORD,
        DocumentKind.TENDER_FILE,
    }
)
"""Kinds that say what is in the bids."""
SAFE_BEFORE_OPENING = frozenset({DocumentKind.PROCUREMENT_RECORD, DocumentKind.TENDER_FILE})
"""Those of them that may exist before the opening, when they say nothing of bids."""
