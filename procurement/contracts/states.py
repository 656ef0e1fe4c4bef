"""Closed lists of this feature."""

from procurement.values.label import Labelled


class CallOffState(Labelled):
    """Life of a call-off: within the own quota it is released at once, above it the procurement office decides."""

    REQUESTED = "requested", "Wartet auf Freigabe"
    RELEASED = "released", "Abgerufen"
    REFUSED = "refused", "Abgelehnt"
