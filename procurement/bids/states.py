"""Closed lists of this feature: states of a bid, and what is announced for those who hand in no further one."""

from procurement.values.label import Labelled


class BidState(Labelled):
    """Life of a bid; nobody reads it before it is opened."""

    SEALED = "sealed", "Verschlossen eingegangen"
    OPENED = "opened", "Geöffnet"
    EXCLUDED = "excluded", "Ausgeschlossen"
    WITHDRAWN = "withdrawn", "Zurückgezogen"
    SUPERSEDED = "superseded", "Durch ein weiteres Angebot abgelöst"


class WithoutFurtherBid(Labelled):
    """What becomes of the earlier bid of somebody who was invited and hands in no further one."""

    STAYS = "stays", "Das bisherige Angebot gilt weiter"
    FALLS_OUT = "falls_out", "Der Bieter scheidet aus"
