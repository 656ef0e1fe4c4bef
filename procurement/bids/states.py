"""Closed lists of this feature: states of a bid."""

from procurement.values.label import Labelled


class BidState(Labelled):
    """Life of a bid; nobody reads it before it is opened."""

    SEALED = "sealed", "Verschlossen eingegangen"
    OPENED = "opened", "Geöffnet"
    EXCLUDED = "excluded", "Ausgeschlossen"
    WITHDRAWN = "withdrawn", "Zurückgezogen"
