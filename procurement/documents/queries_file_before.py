"""What a tender's file holds already before the bids are opened: planning, publication, questions, remedies, trail."""

import json
from collections.abc import Sequence

import sqlalchemy as sa

from procurement.audit.chain import Link
from procurement.audit.events import Event
from procurement.audit.models import AuditEntry
from procurement.awarding.queries_remedies import complaints_of, reviews_of
from procurement.core.db import db
from procurement.core.files import StoredFile
from procurement.documents.file_registers import Register
from procurement.documents.kinds import DocumentKind
from procurement.documents.models import IssuedDocument
from procurement.evaluation.models_laboratory import MethodChoice
from procurement.tenders.models import Tender
from procurement.tenders.queries_panel import declarations_of, members_of
from procurement.tenders.queries_participation import participants
from procurement.tenders.queries_publication import estimates_of
from procurement.tenders.queries_questions import questions_of
from procurement.tenders.queries_versions import notices_of, versions_of


def estimates(tender: Tender) -> Register:
    """Every version of the value estimate."""
    return Register(
        "Auftragswertschätzungen",
        "Schätzungen des Auftragswerts mit dem Schwellenwert ihres Tages (§ 3 VgV)",
        [
            {
                "Nummer": one.number,
                "Wert netto €": one.total_net,
                "Schwellenwert netto €": one.threshold_net,
                "Regel": one.rule,
                "Grundlage": one.basis,
                "Anlass": one.cause,
                "Zeitpunkt": one.made_at,
                "Person": one.made_by.name,
            }
            for one in reversed(estimates_of(tender.id))
        ],
    )


def members_taking_part(tender: Tender) -> Register:
    """Who takes part with which mandate."""
    return Register(
        "Teilnehmer",
        "Teilnehmende Mitglieder mit Bestätigung und Vollmacht (§ 4 VgV)",
        [
            {
                "Schlüssel": one.member.key,
                "Mitglied": one.member.name,
                "Bestätigt": one.confirmed_at,
                "Vollmacht vom": one.mandate_on,
                "Umfang": one.mandate_scope,
                "Datei": one.mandate_file_name,
                "SHA-256": one.mandate_file_hash,
            }
            for one in participants(tender.id)
        ],
    )


def method_choices(tender: Tender) -> Sequence[MethodChoice]:
    """The choices made in the laboratory before publication, oldest first."""
    return db.session.scalars(
        sa.select(MethodChoice).filter_by(tender_id=tender.id).order_by(MethodChoice.number)
    ).all()


def plain_choice(choice: MethodChoice) -> dict[str, object]:
    """One of them with its comparison."""
    return {
        "number": choice.number,
        "method": choice.method,
        "parameters": choice.parameters,
        "tie_rule": choice.tie_rule.label,
        "reason": choice.reason,
        "chosen_by": choice.chosen_by.name,
        "chosen_at": choice.chosen_at,
        "comparison_sha256": choice.comparison_hash,
        "comparison": json.loads(choice.comparison),
    }


def declarations(tender: Tender) -> Register:
    """Declarations of conflicts of interest."""
    return Register(
        "Erklärungen-Interessenkonflikt",
        "Erklärungen zu Interessenkonflikten (§ 6 VgV)",
        [
            {
                "Person": one.account.name,
                "Konflikt": one.has_conflict,
                "Angaben": one.text,
                "Zeitpunkt": one.declared_at,
            }
            for one in declarations_of(tender.id)
        ],
    )


def panel(tender: Tender) -> Register:
    """The evaluators."""
    return Register(
        "Wertungsgremium",
        "Wertungsgremium mit Benennung und Abgabe der Punkte",
        [
            {
                "Person": one.account.name,
                "Benannt": one.named_at,
                "Benannt von": one.named_by.name,
                "Punkte abgegeben": one.submitted_at,
                "Ausgeschieden": one.removed_at,
                "Grund": one.removed_reason,
            }
            for one in members_of(tender.id)
        ],
    )


def versions(tender: Tender) -> Register:
    """The list of what was published, oldest first."""
    notices = {one.version.number: one for one in notices_of(tender.id)}
    return Register(
        "Fassungen",
        "Veröffentlichte Fassungen mit Anlass, Prüfsumme und Bekanntmachung",
        [
            {
                "Fassung": one.number,
                "Art": one.kind,
                "Einstufung, weil": one.because,
                "Grund": one.reason,
                "Angebotsfrist": one.bid_deadline_at,
                "Zeitpunkt": one.made_at,
                "Person": one.made_by,
                "SHA-256": one.content_hash,
                "Änderungsbekanntmachung versandt": notices[one.number].sent_at if one.number in notices else None,
                "Nummer der Bekanntmachung": notices[one.number].reference if one.number in notices else "",
            }
            for one in reversed(versions_of(tender))
        ],
    )


def questions(tender: Tender) -> Register:
    """Bidders' questions with the answers; the sender is confidential and stays in the file of the office."""
    return Register(
        "Bieterfragen",
        "Bieterfragen, wie sie an alle beantwortet wurden",
        [
            {
                "Nummer": one.number,
                "Eingang": one.received_at,
                "Nach der Frist": one.is_late,
                "Stand": one.state,
                "Frage, wie veröffentlicht": one.published_text,
                "Antwort": one.answer,
                "Beantwortet": one.answered_at,
                "Person": one.answered_by.name if one.answered_by else "",
                "Ändert die Unterlagen": one.changes_documents,
                "Keine Verlängerung, weil": one.no_extension_reason,
                "Zurückgezogen, weil": one.withdrawn_reason,
            }
            for one in questions_of(tender.id)
        ],
    )


def complaints(tender: Tender) -> Register:
    """Complaints with their answers, oldest first."""
    return Register(
        "Rügen",
        "Rügen mit Prüfung der Präklusion und Antwort (§ 160 Abs. 3 GWB)",
        [
            {
                "Nummer": one.number,
                "Eingang": one.received_at,
                "Absender": one.sender,
                "Gerügter Verstoß": one.breach,
                "Kenntnis am": one.known_on,
                "Erkennbar": one.recognisable,
                "Präklusion": one.preclusion,
                "Stand": one.state,
                "Antwort": one.answer,
                "Beantwortet": one.answered_at,
                "Beantwortet von": one.answered_by.name if one.answered_by else "",
                "Zurückversetzt in": one.stepped_back_to,
            }
            for one in reversed(complaints_of(tender.id))
        ],
    )


def reviews(tender: Tender) -> Register:
    """Reviews by the tribunal, oldest first."""
    return Register(
        "Nachprüfungen",
        "Nachprüfungsverfahren mit Ausgang",
        [
            {
                "Nummer": one.number,
                "Vergabekammer": one.chamber,
                "Aktenzeichen": one.file_number,
                "Antragsteller": one.applicant,
                "Übermittelt": one.notified_at,
                "Ausgang": one.outcome,
                "Entschieden am": one.decided_on,
                "Zugestellt am": one.served_on,
                "Beschwerde": one.has_appeal,
                "Beschwerde entschieden am": one.appeal_decided_on,
                "Entscheidung": one.document_name,
                "Beendet": one.ended_at,
            }
            for one in reversed(reviews_of(tender.id))
        ],
    )


def stored_content(sha256: str) -> bytes:
    """The bytes of a stored file."""
    return db.session.get_one(StoredFile, sha256).content


def trail_of(tender: Tender) -> list[AuditEntry]:
    """The entries about the tender up to the last one that changed something of its file.

    Reading by auditors and putting the file together change nothing: what follows last of these is left out, so that
    the same file is the same bytes.
    """
    query = sa.select(AuditEntry).filter_by(tender_id=tender.id).order_by(AuditEntry.number)
    entries = list(db.session.scalars(query))
    own = set(
        db.session.scalars(sa.select(IssuedDocument.id).filter_by(tender_id=tender.id, kind=DocumentKind.TENDER_FILE))
    )
    while entries and _changes_nothing(entries[-1], own):
        entries.pop()
    return entries


def _changes_nothing(entry: AuditEntry, own: set[int]) -> bool:
    is_own = entry.subject_type == IssuedDocument.__tablename__ and entry.subject_id in own
    return is_own or entry.event == Event.BID_READ_BY_AUDITOR.value


def trail(entries: Sequence[AuditEntry]) -> Register:
    """The trail for people."""
    return Register(
        "Prüfpfad",
        "Auszug aus dem Prüfpfad zu dieser Ausschreibung",
        [
            {
                "Nummer": one.number,
                "Zeitpunkt": one.at,
                "Ereignis": one.text,
                "Person": one.actor_name,
                "Gegenstand": one.subject_label,
                "Änderungen": one.detail,
                "SHA-256 des Vorgängers": one.previous_hash,
                "SHA-256": one.hash,
            }
            for one in entries
        ],
    )


def plain_trail(entries: Sequence[AuditEntry]) -> list[dict[str, object]]:
    """Every field that the hash of an entry covers, so that each can be recomputed."""
    return [{name: getattr(one, name) for name in Link.__slots__} for one in entries]
