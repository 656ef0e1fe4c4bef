"""Closed lists of the imports: what a file can hold, and what becomes of one of its rows."""

from procurement.values.label import Labelled


class ImportKind(Labelled):
    """What a file is read as."""

    MEMBERS = "members", "Mitglieder"
    FIGURES = "figures", "Kennzahlen"
    CPV = "cpv", "CPV-Liste"


class RowState(Labelled):
    """What becomes of a row when the file is taken over."""

    NEW = "new", "neu"
    CHANGED = "changed", "geändert"
    KNOWN = "known", "schon vorhanden"
    DIFFERENT = "different", "abweichend"
    CONFLICTING = "conflicting", "widerspricht"
    FAULTY = "faulty", "fehlerhaft"
