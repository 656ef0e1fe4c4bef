"""Closed lists of this feature: what became of documents, requests, suitability and price clarifications."""

from procurement.values.label import Labelled


class DocumentState(Labelled):
    """What was found of one demanded document in one bid."""

    PRESENT = "present", "liegt vor"
    INCOMPLETE = "incomplete", "unvollständig oder fehlerhaft"
    MISSING = "missing", "fehlt"
    RECEIVED_LATER = "received_later", "nachgereicht"

    @property
    def is_in_order(self) -> bool:
        """Whether nothing remains to be asked for."""
        return self in {DocumentState.PRESENT, DocumentState.RECEIVED_LATER}


class RequestState(Labelled):
    """What became of a request for documents (§ 56 Abs. 2 bis 5 VgV)."""

    OPEN = "open", "Frist läuft"
    COMPLETE = "complete", "Vollständig nachgereicht"
    INCOMPLETE = "incomplete", "Unvollständig nachgereicht"
    LATE = "late", "Verspätet nachgereicht"
    NOT_RECEIVED = "not_received", "Nicht nachgereicht"


class IntegrityFinding(Labelled):
    """Whether a ground of §§ 123, 124 GWB is there, and whether the bidder has cleaned itself (§ 125 GWB)."""

    NONE = "none", "Kein Ausschlussgrund bekannt"
    CLEANED = "cleaned", "Ausschlussgrund, Selbstreinigung nachgewiesen (§ 125 GWB)"
    MANDATORY = "mandatory", "Zwingender Ausschlussgrund (§ 123 GWB)"
    OPTIONAL = "optional", "Fakultativer Ausschlussgrund (§ 124 GWB)"

    @property
    def stands_in_the_way(self) -> bool:
        """Whether an exclusion has to be decided about."""
        return self in {IntegrityFinding.MANDATORY, IntegrityFinding.OPTIONAL}


class PriceOutcome(Labelled):
    """How the check of a conspicuous price ended; the law asks a person (§ 60 VgV)."""

    EXPLAINED = "explained", "Zufriedenstellend aufgeklärt"
    NOT_EXPLAINED = "not_explained", "Nicht zufriedenstellend aufgeklärt"
    NO_DOUBT = "no_doubt", "Kein Anlass zur Aufklärung"


class LetterKind(Labelled):
    """What a letter to a bidder is about."""

    DOCUMENT_REQUEST = "document_request", "Nachforderung von Unterlagen"
    PRICE_CLARIFICATION = "price_clarification", "Aufklärung des Preises"
    CORRECTION = "correction", "Mitteilung der Rechenkorrektur"
