"""Closed lists of this feature: stages, procedure types, kinds of criteria, origins of lines, tie rules."""

from procurement.values.label import Labelled


class TenderStage(Labelled):
    """Where a tender stands; the allowed moves are the table in :mod:`procurement.tenders.lifecycle`."""

    PLANNED = "planned", "Geplant"
    PUBLISHED = "published", "Veröffentlicht"
    BIDS_CLOSED = "bids_closed", "Angebotsfrist abgelaufen"
    OPENED = "opened", "Angebote geöffnet"
    NEGOTIATION = "negotiation", "Verhandlung"
    EVALUATED = "evaluated", "Gewertet"
    AWARD_DECIDED = "award_decided", "Zuschlagsentscheidung"
    STANDSTILL = "standstill", "Stillhaltefrist"
    AWARDED = "awarded", "Zuschlag erteilt"
    CANCELLED = "cancelled", "Aufgehoben"


class ProcedureType(Labelled):
    """Procedure types with their eForms codes (BT-105); below the threshold the national ones; or not decided yet."""

    OPEN = "open", "Offenes Verfahren"
    RESTRICTED = "restricted", "Nicht offenes Verfahren"
    NEGOTIATED_WITH_CALL = "neg-w-call", "Verhandlungsverfahren mit Teilnahmewettbewerb"
    NEGOTIATED_WITHOUT_CALL = "neg-wo-call", "Verhandlungsverfahren ohne Teilnahmewettbewerb"
    NATIONAL_PUBLIC = "national-public", "Öffentliche Ausschreibung unterhalb des Schwellenwerts"
    NATIONAL_DIRECT = "national-direct", "Direktauftrag"
    UNDECIDED = "undecided", "Noch zu entscheiden"


class ProcurementRole(Labelled):
    """In which capacity the association buys (§ 120 Abs. 4 GWB, § 4 VgV); below the stored value its German name."""

    CENTRAL_PURCHASING_OWN_NAME = "central_own_name", "Zentrale Beschaffungsstelle im eigenen Namen"
    CENTRAL_PURCHASING_ON_BEHALF = "central_on_behalf", "Zentrale Beschaffungsstelle im Namen der Mitglieder"
    OCCASIONAL_JOINT = "occasional_joint", "Gelegentliche gemeinsame Auftragsvergabe"


class LineOrigin(Labelled):
    """Where the quantity of a tender line comes from."""

    DEMAND = "demand", "aus Bedarfsmeldungen"
    JOINT = "joint", "Gemeinschaftsposition"


class CriterionKind(Labelled):
    """A-criteria exclude, B-criteria are scored."""

    EXCLUSION = "exclusion", "Ausschlusskriterium (A)"
    SCORED = "scored", "Bewertungskriterium (B)"


class TieRule(Labelled):
    """The published rule for equal scores; without one, lots are drawn by two people."""

    QUALITY = "quality", "höhere Leistungspunkte"
    PRICE = "price", "niedrigerer Preis"
    NONE = "none", "Losentscheid"
