"""Which procedure a value allows, and when the decision has to be made anew (§ 14 VgV).

A value that crosses the threshold between two versions of its estimate takes back a choice that is no longer open; the
procedure is then undecided until somebody decides again with a reason. A procedure of the VgV stays, because it is open
above and below the threshold.
"""

from procurement.tenders.kinds import ProcedureType
from procurement.values.money import Money
from procurement.values.objection import Objection

EU_PROCEDURES = frozenset(
    {
        ProcedureType.OPEN,
        ProcedureType.RESTRICTED,
        ProcedureType.NEGOTIATED_WITH_CALL,
        ProcedureType.NEGOTIATED_WITHOUT_CALL,
    }
)
REASON_LENGTH = 1000


def crosses(before_net: Money, after_net: Money, threshold_net: Money) -> bool:
    """Whether a value was on one side of the threshold and is now on the other."""
    return (before_net >= threshold_net) is not (after_net >= threshold_net)


def reopens(procedure_type: ProcedureType, before_net: Money, after_net: Money, threshold_net: Money) -> bool:
    """Whether a changed value takes back the choice of the procedure."""
    if procedure_type in EU_PROCEDURES or procedure_type is ProcedureType.UNDECIDED:
        return False
    return crosses(before_net, after_net, threshold_net)


def objections_to_procedure(procedure_type: ProcedureType, total_net: Money, threshold_net: Money) -> list[Objection]:
    """Why this procedure may not be chosen for that value: from the threshold on, only EU procedures are open."""
    if procedure_type is ProcedureType.UNDECIDED:
        return objections_to_undecided(total_net, threshold_net)
    if total_net < threshold_net or procedure_type in EU_PROCEDURES:
        return []
    text = (
        f"Der geschätzte Wert erreicht den EU-Schwellenwert; „{procedure_type.label}“ ist dann nicht zulässig. "
        "Bitte eine Verfahrensart der VgV wählen, in der Regel das offene oder das nicht offene Verfahren (§ 14 VgV)."
    )
    return [Objection(text, "procedure_type")]


def objections_to_undecided(total_net: Money, threshold_net: Money) -> list[Objection]:
    """What to do about a procedure that is not decided."""
    side = (
        "Der geschätzte Wert erreicht den EU-Schwellenwert, zulässig sind nur Verfahren der VgV (§ 14 VgV)."
        if total_net >= threshold_net
        else "Der geschätzte Wert liegt unter dem EU-Schwellenwert, jede Verfahrensart ist zulässig."
    )
    return [Objection(f"Bitte die Verfahrensart neu entscheiden: {side}", "procedure_type")]


def objections_to_deciding(procedure_type: ProcedureType, reason: str) -> list[Objection]:
    """What is missing in a decision: a procedure, or why it was chosen; the value is judged on its own."""
    found = []
    if procedure_type is ProcedureType.UNDECIDED:
        found.append(Objection("Bitte eine Verfahrensart wählen.", "procedure_type"))
    if not reason.strip():
        text = "Bitte kurz begründen, warum diese Verfahrensart gewählt wird; der Grund steht in der Vergabeakte."
        found.append(Objection(text, "reason"))
    elif len(reason.strip()) > REASON_LENGTH:
        found.append(Objection(f"Die Begründung darf höchstens {REASON_LENGTH} Zeichen haben.", "reason"))
    return found


def objections_to_changing_procedure(before: ProcedureType, after: ProcedureType) -> list[Objection]:
    """Why an open decision is not closed by the way, among other details."""
    if before is not ProcedureType.UNDECIDED or after is ProcedureType.UNDECIDED:
        return []
    text = "Die Verfahrensart ist offen. Bitte entscheiden Sie sie unter „Wert“ mit einer kurzen Begründung."
    return [Objection(text, "procedure_type")]
