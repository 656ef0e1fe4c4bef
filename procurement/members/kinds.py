"""Closed lists of this feature: kinds of members, of reference figures, and how districts count."""

from procurement.values.label import Labelled


class MemberKind(Labelled):
    """Who can be a member of the association."""

    MUNICIPALITY = "municipality", "Stadt oder Gemeinde"
    DISTRICT = "district", "Kreis"
    SPECIAL_PURPOSE_ASSOCIATION = "special_purpose_association", "Zweckverband"


class FigureKind(Labelled):
    """A figure of a member that a cost key can weigh."""

    INHABITANTS = "inhabitants", "Einwohner"
    CLIENTS = "clients", "Clients"


class PopulationBasis(Labelled):
    """How a member counts in an inhabitants key: districts would count their municipalities twice."""

    OWN = "own", "eigene Einwohner"
    NONE = "none", "keine Einwohner"
    DISTRICT_WITHOUT_MEMBERS = "district_without_members", "Kreis ohne Mitgliedskommunen"
