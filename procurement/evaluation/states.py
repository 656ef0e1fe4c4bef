"""Closed lists of this feature: states of an award decision."""

from procurement.values.label import Labelled


class AwardState(Labelled):
    """Life of an award decision."""

    PROPOSED = "proposed", "Vorgeschlagen"
    CONFIRMED = "confirmed", "Bestätigt"
    REJECTED = "rejected", "Abgelehnt"
