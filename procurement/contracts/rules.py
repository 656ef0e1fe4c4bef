"""What is allowed with contracts and call-offs, as objections."""

from collections.abc import Collection
from datetime import date

from procurement.contracts.drawdown import LineMeter, ValueMeter, Verdict, verdict
from procurement.contracts.entries import CallOffEntry, ContractEntry
from procurement.contracts.owed_price import Price
from procurement.contracts.states import CallOffState
from procurement.values.figures import german_decimal
from procurement.values.money import Money
from procurement.values.objection import Objection
from procurement.values.quantity import Quantity

LONGEST_REFERENCE = 40
LONGEST_TITLE = 200


def objections_to_concluding(
    entry: ContractEntry, *, is_awarded: bool, has_contract: bool, is_taken: bool
) -> list[Objection]:
    """Why a lot gets no contract: it is not awarded, has one already, or the entry is wrong."""
    if has_contract:
        return [Objection("Zu diesem Los gibt es schon einen Vertrag.")]
    if not is_awarded:
        return [Objection("Der Zuschlag auf dieses Los ist noch nicht erteilt. Erst danach entsteht der Vertrag.")]
    return _entry_objections(entry, is_taken=is_taken)


def _entry_objections(entry: ContractEntry, *, is_taken: bool) -> list[Objection]:
    found = []
    if not entry.reference.strip():
        found.append(Objection("Bitte ein Vertragszeichen vergeben, zum Beispiel VT-2026-01.", "reference"))
    elif is_taken:
        found.append(Objection(f"Das Vertragszeichen {entry.reference} trägt schon ein anderer Vertrag.", "reference"))
    elif len(entry.reference.strip()) > LONGEST_REFERENCE:
        found.append(Objection(f"Das Zeichen darf höchstens {LONGEST_REFERENCE} Zeichen haben.", "reference"))
    if not entry.title.strip() or len(entry.title.strip()) > LONGEST_TITLE:
        found.append(Objection(f"Bitte einen Titel mit höchstens {LONGEST_TITLE} Zeichen eingeben.", "title"))
    if entry.ends_on < entry.starts_on:
        found.append(Objection("Das Ende der Laufzeit liegt vor ihrem Beginn.", "ends_on"))
    if entry.maximum_net is not None and entry.maximum_net <= Money(0):
        found.append(Objection("Der Höchstwert muss größer als 0 sein.", "maximum_net"))
    return found


def objections_to_time(starts_on: date, ends_on: date, left_on: date | None, today: date) -> list[Objection]:
    """Why nothing can be called off today: before or after the term, or the member has left (story P23)."""
    if left_on is not None and left_on <= today:
        return [
            Objection(f"Die Mitgliedschaft endete am {left_on:%d.%m.%Y}; damit enden auch die Abrufrechte.", "quantity")
        ]
    if today < starts_on:
        return [Objection(f"Abrufe sind erst ab dem {starts_on:%d.%m.%Y} möglich.", "quantity")]
    if today > ends_on:
        return [Objection(f"Der Vertrag ist am {ends_on:%d.%m.%Y} ausgelaufen.", "quantity")]
    return []


def objections_to_call_off(
    entry: CallOffEntry, line: LineMeter, value: ValueMeter, price: Price, unit: str
) -> list[Objection]:
    """Why a call-off is refused; above the own quota it is only refused without a reason."""
    if entry.quantity <= Quantity(0):
        return [Objection("Bitte eine Menge größer als 0 eingeben.", "quantity")]
    found = verdict(entry.quantity, line, value, price)
    if found is Verdict.ABOVE_MAXIMUM:
        return [
            Objection(
                f"Die Höchstmenge der Rahmenvereinbarung beträgt {_german(line.maximum)} {unit}; davon sind noch "
                f"{_german(line.rest)} frei. Darüber hinaus darf niemand abrufen (EuGH C-23/20).",
                "quantity",
            )
        ]
    if found is Verdict.ABOVE_VALUE:
        text = "Der Abruf überschreitet den Höchstwert der Rahmenvereinbarung und ist damit nicht zulässig."
        return [Objection(text + " Bitte wenden Sie sich an die Vergabestelle.", "quantity")]
    if found is Verdict.NEEDS_RELEASE and not entry.reason.strip():
        text = (
            f"Frei sind in Ihrer eigenen Abrufmenge noch {_german(line.own_rest)} {unit}. Für mehr braucht es die "
            "Freigabe der Vergabestelle; bitte begründen Sie den Mehrbedarf."
        )
        return [Objection(text, "reason")]
    return []


def objections_to_deciding(state: CallOffState, decision: str) -> list[Objection]:
    """Why a call-off cannot be decided: it is decided already, or nobody says why."""
    if state is not CallOffState.REQUESTED:
        return [Objection(f"Dieser Abruf ist schon entschieden: {state.label}.")]
    if not decision.strip():
        return [Objection("Bitte die Entscheidung begründen.", "decision")]
    return []


def objections_to_member(member_ids: Collection[int], member_id: int) -> list[Objection]:
    """Only a member named in the notice may call off (§ 21 Abs. 2 VgV)."""
    if member_id in member_ids:
        return []
    text = (
        "Dieses Mitglied ist in der Bekanntmachung nicht als Abrufberechtigte genannt und darf aus diesem Vertrag "
        "nicht abrufen (§ 21 Abs. 2 VgV)."
    )
    return [Objection(text)]


def _german(quantity: Quantity) -> str:
    return german_decimal(quantity.as_decimal())
