"""Why a procedure or one lot of it ends without an award: grounds of § 63 Abs. 1 VgV, eForms codes, what comes next.

The codes are those of BT-144 in eForms. A lot that is cancelled stays in what was published; it is only not awarded.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from procurement.values.label import Labelled


class CancellationGround(Labelled):
    """The four grounds of the law, and the cancellation without one, which ends the procedure but may cost damages."""

    NO_ADMISSIBLE_BID = "no_admissible_bid", "Kein Angebot, das den Bedingungen entspricht (§ 63 Abs. 1 Nr. 1 VgV)"
    BASIS_CHANGED = "basis_changed", "Grundlagen des Verfahrens wesentlich geändert (§ 63 Abs. 1 Nr. 2 VgV)"
    UNECONOMIC = "uneconomic", "Kein wirtschaftliches Ergebnis (§ 63 Abs. 1 Nr. 3 VgV)"
    OTHER_SERIOUS = "other_serious", "Andere schwerwiegende Gründe (§ 63 Abs. 1 Nr. 4 VgV)"
    NONE = "none", "Ohne Grund nach § 63 Abs. 1 VgV (Schadensersatz möglich)"


class NoAwardCode(Labelled):
    """Why there is no award, as the notice says it (eForms BT-144)."""

    NOTHING_RECEIVED = "no-rece", "Keine Angebote eingegangen (no-rece)"
    ALL_REJECTED = "all-rej", "Alle Angebote ausgeschlossen oder zurückgezogen (all-rej)"
    ONLY_ONE = "one-admis", "Nur ein Angebot eingegangen (one-admis)"
    NEED_CHANGED = "chan-need", "Bedarf geändert (chan-need)"
    NO_FUNDS = "ins-fund", "Mittel reichen nicht (ins-fund)"
    REVIEW_BODY = "rev-body", "Entscheidung der Nachprüfungsinstanz (rev-body)"
    REVIEW_BUYER = "rev-buyer", "Eigene Überprüfung des Auftraggebers (rev-buyer)"
    PROCEDURE_ERROR = "tch-pr-error", "Technischer oder Verfahrensfehler (tch-pr-error)"
    NOT_SIGNED = "no-signed", "Vertrag nicht unterzeichnet (no-signed)"
    OTHER = "other", "Sonstiges (other)"


class FollowUp(Labelled):
    """What happens with the need."""

    OPEN_AGAIN = "open_again", "Neues offenes Verfahren"
    WITHOUT_CALL = "without_call", "Verhandlungsverfahren ohne Teilnahmewettbewerb (§ 14 Abs. 4 Nr. 1 VgV)"
    NOTHING = "nothing", "Noch offen oder kein neues Verfahren"


USUAL_CODES: Mapping[CancellationGround, NoAwardCode] = {
    CancellationGround.NO_ADMISSIBLE_BID: NoAwardCode.ALL_REJECTED,
    CancellationGround.BASIS_CHANGED: NoAwardCode.NEED_CHANGED,
    CancellationGround.UNECONOMIC: NoAwardCode.NO_FUNDS,
    CancellationGround.OTHER_SERIOUS: NoAwardCode.OTHER,
    CancellationGround.NONE: NoAwardCode.OTHER,
}


@dataclass(frozen=True, slots=True)
class CancellationEntry:
    """What is typed when a procedure or a lot is cancelled.

    ``knows_risk`` is the acknowledgement of a warning of damages, ``is_unchanged`` the statement that the conditions
    of the contract do not change fundamentally in the procedure that follows.
    """

    ground: CancellationGround
    code: NoAwardCode
    reason: str
    follow_up: FollowUp = FollowUp.NOTHING
    follow_up_reason: str = ""
    knows_risk: bool = False
    is_unchanged: bool = False
