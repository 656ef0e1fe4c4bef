"""Closed lists of this feature: states of rounds, demands, adjustments and changes after the deadline."""

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
    AWAITING_APPROVAL = "awaiting_approval", "Wartet auf Freigabe"
    SUBMITTED = "submitted", "Eingereicht"
    NIL = "nil", "Fehlanzeige"
    FROZEN = "frozen", "Eingefroren"
    LATE = "late", "Nachmeldung"
    WITHDRAWN = "withdrawn", "Zurückgezogen"
    REJECTED = "rejected", "Nachmeldung abgelehnt"


UNANSWERED = (DemandState.OPEN, DemandState.DRAFT, DemandState.AWAITING_APPROVAL)
"""Still to answer: a demand that waits for the own member's second person has not arrived."""


class JointCostKey(Labelled):
    """By which key a round's joint cost is forecast per member."""

    CLIENTS = "clients", "Clients"
    INHABITANTS = "inhabitants", "Einwohner"
    EQUAL = "equal", "gleiche Teile"


class AdjustmentState(Labelled):
    """Life of an adjusted quantity: it counts only once the member has confirmed it."""

    PROPOSED = "proposed", "Vorgeschlagen"
    CONFIRMED = "confirmed", "Bestätigt"
    OBJECTED = "objected", "Widersprochen"
    TAKEN_BACK = "taken_back", "Zurückgenommen"


class ChangeKind(Labelled):
    """What may still happen to a member's demand after its round was closed."""

    LATE = "late", "Nachmeldung"
    WITHDRAWAL = "withdrawal", "Rücknahme"


class ChangeState(Labelled):
    """Life of a change after the deadline: somebody decides, with a reason."""

    PENDING = "pending", "Zu entscheiden"
    ACCEPTED = "accepted", "Angenommen"
    REJECTED = "rejected", "Abgelehnt"


class ReminderKind(Labelled):
    """Which mail about a round went out to a member."""

    INVITATION = "invitation", "Einladung"
    REMINDER = "reminder", "Erinnerung"
    ESCALATION = "escalation", "Letzte Erinnerung"


class SheetState(Labelled):
    """Life of an uploaded demand sheet."""

    WAITING = "waiting", "Wird gelesen"
    READ = "read", "Gelesen"
    REFUSED = "refused", "Nicht lesbar"
    APPLIED = "applied", "Übernommen"
