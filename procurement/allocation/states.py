"""Closed lists of this feature: states of a run, charge types."""

from procurement.values.label import Labelled


class RunState(Labelled):
    """Life of an allocation run; from APPROVED on its figures never change, a correction is a new run."""

    CALCULATED = "calculated", "Berechnet"
    CHECKED = "checked", "Geprüft"
    APPROVED = "approved", "Freigegeben"
    CORRECTED = "corrected", "Durch neue Fassung ersetzt"
    DISCARDED = "discarded", "Verworfen"


class ChargeType(Labelled):
    """The three money flows that are never mixed (§ 19 GkG NRW)."""

    LEVY = "levy", "Verbandsumlage"
    COST_REIMBURSEMENT = "cost_reimbursement", "Kostenerstattung"
    PASS_THROUGH = "pass_through", "durchlaufende Mittel"


class CaseState(Labelled):
    """Life of a member's objection to an allocation."""

    OPEN = "open", "Offen"
    ACCEPTED = "accepted", "Berechtigt, wird korrigiert"
    DISMISSED = "dismissed", "Zurückgewiesen"
