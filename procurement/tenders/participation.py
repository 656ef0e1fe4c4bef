"""Binding participation of a member and its mandate: what is missing, and why something cannot be confirmed.

No tender is published while a participating member has not confirmed (§ 4, § 21 Abs. 2 VgV). In which capacity the
association buys decides whether a signed mandate is needed: whoever buys in the name of others, or together with them,
needs it from each of them; a central purchasing body in its own name does not (§ 120 Abs. 4 GWB).
"""

import hashlib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from procurement.tenders.kinds import ProcurementRole, TenderStage
from procurement.values.objection import Objection

SCOPE_LENGTH = 2000
NAME_LENGTH = 200
LARGEST_DOCUMENT = 10 * 1024 * 1024
PDF_MARK = b"%PDF-"
WITH_MANDATE = frozenset({ProcurementRole.CENTRAL_PURCHASING_ON_BEHALF, ProcurementRole.OCCASIONAL_JOINT})

MEANINGS: Mapping[ProcurementRole, str] = {
    ProcurementRole.CENTRAL_PURCHASING_OWN_NAME: (
        "Der Verband kauft im eigenen Namen und gibt an die Mitglieder weiter. Die Rechnung geht an den Verband, die "
        "Kosten werden aufgeteilt. Eine unterschriebene Vollmacht ist nicht nötig (§ 120 Abs. 4 GWB)."
    ),
    ProcurementRole.CENTRAL_PURCHASING_ON_BEHALF: (
        "Der Verband vergibt im Namen der Mitglieder. Sie werden selbst Vertragspartner und zahlen selbst. Jedes "
        "Mitglied erteilt dafür eine unterschriebene Vollmacht (§ 120 Abs. 4 GWB, § 21 Abs. 2 VgV)."
    ),
    ProcurementRole.OCCASIONAL_JOINT: (
        "Mehrere Auftraggeber vergeben diesen Auftrag einmalig gemeinsam und haften gemeinsam für das Verfahren. Jedes "
        "Mitglied erteilt dafür eine unterschriebene Vollmacht (§ 4 Abs. 1 und 2 VgV)."
    ),
}


@dataclass(frozen=True, slots=True)
class Participation:
    """Who takes part: how many, who has not confirmed yet, and since when they were asked (the planning)."""

    count: int
    missing: tuple[str, ...] = ()
    since: date | None = None


@dataclass(frozen=True, slots=True)
class Mandate:
    """The document as it was sent."""

    file_name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Confirmation:
    """What is entered when a member takes part bindingly: the day of the decision, its scope, the document if any.

    ``seen_terms`` is the mark of what the person saw (:func:`terms_mark`); empty for a confirmation on paper.
    """

    on: date | None
    scope: str
    document: Mandate | None = None
    seen_terms: str = ""


def objections_to_participation(participation: Participation) -> list[Objection]:
    """Why a tender waits for its members: nobody takes part, or somebody has not confirmed."""
    if not participation.count:
        return [
            Objection("Es nimmt kein Mitglied teil. Eine Ausschreibung braucht mindestens ein Mitglied mit Bedarf.")
        ]
    if not participation.missing:
        return []
    since = f" (seit {participation.since:%d.%m.%Y})" if participation.since else ""
    text = (
        f"Die verbindliche Teilnahme ist nicht vollständig bestätigt. Es fehlen: {', '.join(participation.missing)}"
        f"{since}. Bitte unter „Teilnahme“ erinnern oder mit unterschriebenem Dokument für das Mitglied bestätigen."
    )
    return [Objection(text)]


def objections_to_confirming(
    entry: Confirmation, today: date, *, is_confirmed: bool, needs_document: bool
) -> list[Objection]:
    """What is missing in a confirmation; the stage of the tender is judged on its own."""
    if is_confirmed:
        return [Objection("Die Teilnahme ist schon bestätigt. Die Vergabestelle kann sie mit Begründung zurücknehmen.")]
    found = []
    if entry.on is None:
        found.append(Objection("Bitte das Datum der Entscheidung oder Vollmacht angeben.", "mandate_on"))
    elif entry.on > today:
        text = f"Das Datum {entry.on:%d.%m.%Y} liegt in der Zukunft. Bitte den Tag der Entscheidung angeben."
        found.append(Objection(text, "mandate_on"))
    if not entry.scope.strip():
        found.append(Objection("Bitte angeben, wozu das Mitglied den Verband ermächtigt.", "scope"))
    elif len(entry.scope.strip()) > SCOPE_LENGTH:
        found.append(Objection(f"Der Umfang darf höchstens {SCOPE_LENGTH} Zeichen haben.", "scope"))
    return found + objections_to_document(entry.document, is_needed=needs_document)


def objections_to_document(document: Mandate | None, *, is_needed: bool) -> list[Objection]:
    """What is wrong with the document: missing though needed, no PDF, too large."""
    if document is None:
        return [Objection("Bitte das unterschriebene Dokument als PDF beifügen.", "document")] if is_needed else []
    if not document.content.startswith(PDF_MARK):
        text = f"„{document.file_name}“ ist keine PDF-Datei. Bitte das Dokument als PDF speichern oder einscannen."
        return [Objection(text, "document")]
    if len(document.content) > LARGEST_DOCUMENT:
        return [Objection("Das Dokument ist größer als 10 MB. Bitte kleiner einscannen.", "document")]
    if len(document.file_name) > NAME_LENGTH:
        return [Objection(f"Der Dateiname darf höchstens {NAME_LENGTH} Zeichen haben.", "document")]
    return []


def objections_to_taking_back(reason: str, *, is_confirmed: bool) -> list[Objection]:
    """Why a confirmation cannot be taken back: there is none, or nobody says why."""
    if not is_confirmed:
        return [Objection("Dieses Mitglied hat seine Teilnahme noch nicht bestätigt.")]
    if not reason.strip():
        return [Objection("Bitte begründen, warum die Bestätigung zurückgenommen wird.", "reason")]
    return []


def objections_to_role(confirmed: Collection[str]) -> list[Objection]:
    """Why the capacity cannot be changed any more: members have confirmed on its terms."""
    if not confirmed:
        return []
    text = (
        f"Bestätigt haben schon: {', '.join(confirmed)}. Sie haben der bisherigen Rolle zugestimmt. Bitte deren "
        "Bestätigungen zuerst zurücknehmen."
    )
    return [Objection(text, "role")]


def objections_to_asking(stage: TenderStage) -> list[Objection]:
    """Why nobody confirms any more: from publication on, who takes part is fixed (§ 21 Abs. 2 VgV)."""
    if stage is TenderStage.PLANNED:
        return []
    return [Objection("Wer teilnimmt, steht seit der Veröffentlichung fest und lässt sich nicht mehr ändern.")]


def terms_mark(role: ProcurementRole, quantities: Iterable[tuple[str, str]]) -> str:
    """A short mark of what a member agrees to: the capacity of the association and its own quantity of every line.

    The version of the tender would not do: it counts the confirmation of every other member, too.
    """
    text = "\n".join([role.value, *(f"{number} {quantity}" for number, quantity in quantities)])
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def usual_scope(reference: str, title: str, role: ProcurementRole) -> str:
    """The words a member usually agrees to, as a suggestion in the form."""
    power = (
        "Vollmacht, das Vergabeverfahren in unserem Namen durchzuführen und den Zuschlag zu erteilen"
        if role in WITH_MANDATE
        else "Auftrag, das Vergabeverfahren durchzuführen und den Zuschlag im eigenen Namen zu erteilen"
    )
    return f"{reference} {title}: verbindliche Teilnahme mit den gemeldeten Mengen; {power}."
