"""Closed lists of this feature: the life of a proposal, a member's interest, the life of an announcement."""

from procurement.values.label import Labelled


class ProposalState(Labelled):
    """Life of a proposal; an accepted one has become a demand round."""

    DRAFT = "draft", "Entwurf"
    DISCUSSION = "discussion", "In Diskussion"
    ACCEPTED = "accepted", "Angenommen"
    DECLINED = "declined", "Abgelehnt"
    WITHDRAWN = "withdrawn", "Zurückgezogen"


class Stance(Labelled):
    """What a member says about a proposal; it binds nobody and names no quantity."""

    JOIN = "join", "Wir machen mit"
    MAYBE = "maybe", "Vielleicht"
    NONE = "none", "Kein Interesse"


class AnnouncementState(Labelled):
    """Life of an announcement; whether it has run out follows from its last day and is not stored."""

    PUBLISHED = "published", "Veröffentlicht"
    WITHDRAWN = "withdrawn", "Zurückgezogen"
