"""Closed lists of this feature: states of an award decision."""

from procurement.values.label import Labelled


class AwardState(Labelled):
    """Life of an award decision; a decision taken back after it was made stays in the file as withdrawn."""

    PROPOSED = "proposed", "Vorgeschlagen"
    CONFIRMED = "confirmed", "Bestätigt"
    REJECTED = "rejected", "Abgelehnt"
    WITHDRAWN = "withdrawn", "Zurückgenommen"


STANDING = (AwardState.PROPOSED, AwardState.CONFIRMED)
