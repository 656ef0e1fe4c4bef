"""When a cancelled procedure may be followed by another one, and what in that other one is fundamentally changed.

§ 14 Abs. 4 Nr. 1 VgV lets the buyer negotiate without a call after an open or restricted procedure without (suitable)
bids, if the original conditions of the contract are not fundamentally changed. The law gives no figure. Fundamental
here is what another circle of bidders could have answered: another line, unit or lot, a quantity beyond the percentage
that is substantial after publication, another term, other proofs, other parts of the price. Deadlines, members,
criteria and wording of titles are shown in the comparison and do not count; whoever changes them answers for it.
"""

import json
from collections.abc import Collection, Iterator, Mapping
from fractions import Fraction
from typing import Any

from procurement.tenders.cancellation import FollowUp
from procurement.tenders.freeze import PART_NAMES
from procurement.tenders.kinds import ProcedureType
from procurement.values.figures import german_decimal
from procurement.values.objection import Objection
from procurement.values.quantity import Quantity

CONDITIONS = ("term", "documents", "suitability", "price_terms", "variant_requirements")
KEPT_FIELDS = {"unit": "Einheit", "nature": "Zahlungsweise", "period": "Zeitraum"}
NATIONAL = frozenset({ProcedureType.NATIONAL_PUBLIC, ProcedureType.NATIONAL_DIRECT, ProcedureType.RESTRICTED})
WHOLE = 100


def objections_to_succeeding(cancelled_lots: int, free_lots: int, taken: Collection[str]) -> list[Objection]:
    """Why no new tender can be made: nothing is cancelled, there is one already, or the demand went elsewhere.

    ``free_lots`` are the cancelled ones in no standing successor, ``taken`` the lines with demand in another tender.
    """
    if not cancelled_lots:
        return [Objection("Weder das Verfahren noch eines seiner Lose ist aufgehoben.")]
    if not free_lots:
        return [Objection("Das Nachfolgeverfahren ist schon angelegt.")]
    if taken:
        named = ", ".join(sorted(taken))
        return [Objection(f"Der Bedarf dieser Positionen steht schon in einer anderen Ausschreibung: {named}.")]
    return []


def following_procedure(before: ProcedureType, follow_up: FollowUp) -> ProcedureType:
    """The procedure of the new tender: as decided at the cancellation, else a competition like the one before."""
    if follow_up is FollowUp.WITHOUT_CALL:
        return ProcedureType.NEGOTIATED_WITHOUT_CALL
    return before if before in NATIONAL else ProcedureType.OPEN


def repeated_part(content: str, lots: Mapping[int, int]) -> str:
    """The old canonical text with the repeated lots alone, under the numbers they have now."""
    whole = json.loads(content)
    kept = [lot | {"number": lots[lot["number"]]} for lot in whole["lots"] if lot["number"] in lots]
    return json.dumps(whole | {"lots": kept})


def fundamental_changes(old_text: str, new_text: str, percent: int) -> list[str]:
    """What differs fundamentally between two canonical texts; a quantity may differ by ``percent``."""
    old, new = json.loads(old_text), json.loads(new_text)
    found = [f"{PART_NAMES[part]}: anders als zuvor." for part in CONDITIONS if old.get(part) != new.get(part)]
    before, after = _lines(old), _lines(new)
    for number in dict.fromkeys([*before, *after]):
        found += _of_line(number, before.get(number), after.get(number), percent)
    return found


def objections_to_negotiating(fundamental: Collection[str], predecessor: str) -> list[Objection]:
    """Why a negotiation without a call cannot follow; nothing while the conditions are those of the predecessor."""
    if not fundamental:
        return []
    text = (
        f"Gegenüber {predecessor} sind die Bedingungen grundlegend geändert; ein Verhandlungsverfahren ohne "
        f"Teilnahmewettbewerb ist dann nicht zulässig (§ 14 Abs. 4 Nr. 1 VgV): {' '.join(fundamental)} "
        "Bitte zurücknehmen oder ein anderes Verfahren wählen."
    )
    return [Objection(text)]


def _lines(content: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    return {line["number"]: line | {"lot": lot["number"]} for lot in content["lots"] for line in lot["lines"]}


def _of_line(
    number: str, before: Mapping[str, Any] | None, after: Mapping[str, Any] | None, percent: int
) -> Iterator[str]:
    if before is None or after is None:
        yield f"Position {number}: {'neu' if before is None else 'entfallen'}."
        return
    if before["lot"] != after["lot"]:
        yield f"Position {number}: anderes Los."
    for field, name in KEPT_FIELDS.items():
        if before.get(field) != after.get(field):
            yield f"Position {number}: {name} geändert."
    was, now = Quantity.of(before["quantity"]), Quantity.of(after["quantity"])
    if Fraction(abs(now.thousandths - was.thousandths), was.thousandths) * WHOLE > percent:
        yield f"Position {number}: Menge {german_decimal(was.as_decimal())} → {german_decimal(now.as_decimal())}."
