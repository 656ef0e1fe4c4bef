"""Closed list of this feature: kinds of documents."""

from procurement.values.label import Labelled


class DocumentKind(Labelled):
    """What a document is; the stored value is part of its number."""

    ALLOCATION = "allocation", "Kostenaufteilung"
    MEMBER_STATEMENT = "member_statement", "Kostenmitteilung"
    PRICE_COMPARISON = "price_comparison", "Preisspiegel"
    OPENING_RECORD = "opening_record", "Niederschrift der Angebotsöffnung"
