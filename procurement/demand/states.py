"""Closed lists of this feature: states of rounds and demands, and how an article is paid."""

from procurement.values.label import Labelled


class RoundState(Labelled):
    """Life of a demand round."""

    DRAFT = "draft", "In Vorbereitung"
    OPEN = "open", "Offen"
    CLOSED = "closed", "Geschlossen"


class DemandState(Labelled):
    """Life of one member's demand in a round."""

    OPEN = "open", "Offen"
    DRAFT = "draft", "Entwurf"
    SUBMITTED = "submitted", "Eingereicht"
    NIL = "nil", "Fehlanzeige"
    FROZEN = "frozen", "Eingefroren"


class Nature(Labelled):
    """Whether a position is paid once or again and again."""

    ONE_OFF = "one_off", "einmalig"
    RECURRING = "recurring", "laufend"
