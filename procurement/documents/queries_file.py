"""Everything that belongs into the whole file of a tender, as entries whose contents are read one after the other.

Before the opening nothing of the bids is in it, not even a name. Whoever calls has made sure that the reader may see
the bids with their prices as soon as they are opened.
"""

import tempfile
from collections.abc import Iterable, Iterator
from functools import partial

from procurement.awarding.queries_remedies import reviews_of
from procurement.bids.models import BidFile
from procurement.bids.queries import is_opened, readable_tender, tender_with_bids
from procurement.bids.queries_workbook import comparison_filename, comparison_workbook
from procurement.core.spreadsheets import write_csv
from procurement.documents import queries, queries_file_award, queries_file_before, queries_file_bids, queries_letters
from procurement.documents.file_registers import Register, csv_of, json_of, json_text
from procurement.documents.kinds import ON_BIDS, DocumentKind
from procurement.documents.models import IssuedDocument
from procurement.documents.numbering import LONGEST_NAME, safe
from procurement.documents.tender_file import FileEntry, Folder, Report, write_tender_file
from procurement.members.models import Account
from procurement.tenders.models import Tender
from procurement.tenders.queries_participation import document_of, participants
from procurement.tenders.queries_versions import contents_of

FOLDERS = {
    DocumentKind.OPENING_RECORD: Folder.OPENING,
    DocumentKind.PRICE_COMPARISON: Folder.PRICES,
    DocumentKind.EVALUATION_MATRIX: Folder.EVALUATION,
    DocumentKind.PROCUREMENT_RECORD: Folder.RECORD,
}
"""Where issued documents lie; all others are about the cost allocation."""


def readable_file(tender_id: int, account: Account) -> Tender:
    """A tender whose file this account may have now: see :func:`bids.readable_tender` once the bids are opened."""
    tender = tender_with_bids(tender_id, account)
    return readable_tender(tender_id, account) if is_opened(tender) else tender


def packed_file(tender: Tender, account: Account, report: Report) -> tuple[bytes, str]:
    """The archive as it stands and the SHA-256 of its manifest; written to disk first, one file in memory at a time."""
    with tempfile.TemporaryFile() as target:
        manifest_hash = write_tender_file(tender.audit_label, file_entries(tender, account), target, report)
        target.seek(0)
        return target.read(), manifest_hash


def file_entries(tender: Tender, account: Account) -> list[FileEntry]:
    """Every file of the tender's file that there is now."""
    opened = is_opened(tender)
    found = [*_before(tender), *_remedies(tender), *_issued(tender, account, opened=opened)]
    found += _listed(Folder.RECEIPT, [queries_file_bids.receipts(tender, with_names=opened)])
    if opened:
        found += [*_bids(tender), *_examination(tender), *_evaluation(tender), *_letters(tender), *_ending(tender)]
    else:
        found += _listed(Folder.ENDING, [queries_file_award.cancellations(tender)])
    return found


def _listed(folder: Folder, registers: Iterable[Register]) -> Iterator[FileEntry]:
    """Each list that has rows, for people and for programs."""
    for one in registers:
        if one.lines:
            yield FileEntry(folder, f"{one.stem}.csv", one.about, partial(_csv, one))
            yield FileEntry(folder, f"{one.stem}.json", f"{one.about}; als Daten", partial(json_of, one))


def _csv(register: Register) -> bytes:
    return write_csv(csv_of(register))


def _before(tender: Tender) -> Iterator[FileEntry]:
    kept = queries_file_before
    yield from _listed(Folder.PLANNING, [kept.estimates(tender), kept.members_taking_part(tender)])
    yield from _listed(Folder.PLANNING, [kept.declarations(tender), kept.panel(tender)])
    for one in participants(tender.id):
        if one.mandate_file_hash:
            name = f"Vollmachten/{one.member.key}_{safe(one.mandate_file_name) or 'Vollmacht'}"
            yield FileEntry(Folder.PLANNING, name, f"Vollmacht von {one.member.name}", partial(document_of, one))
    for choice in kept.method_choices(tender):
        content = partial(json_text, kept.plain_choice(choice))
        yield FileEntry(Folder.PLANNING, f"Methodenwahl-{choice.number}.json", "Wahl der Wertungsmethode", content)
    yield from _listed(Folder.PUBLICATION, [kept.versions(tender)])
    texts = {one.number: one.content for one in contents_of(tender.id)}
    if not texts and tender.frozen_content:
        texts = {1: tender.frozen_content}
    for number, text in texts.items():
        name, about = f"Fassung-{number}.json", f"Veröffentlichte Fassung {number} im Wortlaut"
        yield FileEntry(Folder.PUBLICATION, name, about, text.encode)
    yield from _listed(Folder.QUESTIONS, [kept.questions(tender)])
    entries = kept.trail_of(tender)
    about = "Auszug aus dem Prüfpfad mit allen Angaben, aus denen die Prüfsummen gebildet sind"
    yield FileEntry(Folder.TRAIL, "Prüfpfad.json", about, partial(json_text, kept.plain_trail(entries)))
    yield FileEntry(Folder.TRAIL, "Prüfpfad.csv", "Auszug aus dem Prüfpfad", partial(_csv, kept.trail(entries)))


def _remedies(tender: Tender) -> Iterator[FileEntry]:
    kept = queries_file_before
    yield from _listed(Folder.REMEDIES, [kept.complaints(tender), kept.reviews(tender)])
    for one in reviews_of(tender.id):
        if one.document_hash:
            name = f"Nachprüfung-{one.number}_{safe(one.document_name) or 'Entscheidung'}"
            content = partial(kept.stored_content, one.document_hash)
            yield FileEntry(Folder.REMEDIES, name, f"Entscheidung zur Nachprüfung {one.number}", content)


def _issued(tender: Tender, account: Account, *, opened: bool) -> Iterator[FileEntry]:
    """Every issued document in all its versions, but no earlier file."""
    for one in queries.documents_of_tender(account, tender.id):
        is_open = opened or one.kind not in ON_BIDS
        if one.kind is not DocumentKind.TENDER_FILE and is_open:
            folder = FOLDERS.get(one.kind, Folder.ALLOCATION)
            yield FileEntry(folder, one.filename, f"{one.kind.label} {one.number}", partial(_stored, one))


def _stored(document: IssuedDocument) -> bytes:
    return queries_file_before.stored_content(document.file_sha256)


def _bids(tender: Tender) -> Iterator[FileEntry]:
    kept = queries_file_bids
    yield from _listed(Folder.RECEIPT, [kept.firms(tender), kept.notices(tender)])
    yield from _listed(Folder.OPENING, [kept.openings(tender), kept.negotiations(tender)])
    yield from _listed(Folder.BIDS, [kept.files_received(tender), kept.readings(tender)])
    for file in kept.opened_files(tender):
        about = f"{kept.bid_name(file.bid)}: {file.filename}"
        yield FileEntry(Folder.BIDS, _place(file), about, partial(kept.clear_bytes, file.id))
    content = partial(comparison_workbook, tender)
    yield FileEntry(Folder.PRICES, comparison_filename(tender), "Preisspiegel als Excel-Datei", content)


def _place(file: BidFile) -> str:
    bidder = safe(file.bid.bidder.name[:LONGEST_NAME])
    return f"Angebot-{file.bid.number:02d}_{bidder}/{file.number:02d}_{safe(file.filename) or 'Datei'}"


def _examination(tender: Tender) -> Iterator[FileEntry]:
    kept = queries_file_bids
    lists = (kept.formal_results, kept.documents_demanded, kept.document_requests)
    yield from _listed(Folder.EXAMINATION, [one(tender) for one in lists])
    yield from _listed(
        Folder.EXAMINATION, [kept.suitability(tender), kept.integrity(tender), kept.price_checks(tender)]
    )


def _evaluation(tender: Tender) -> Iterator[FileEntry]:
    kept = queries_file_award
    yield from _listed(Folder.EVALUATION, [kept.points(tender), kept.answers(tender), kept.panel_notes(tender)])
    yield from _listed(Folder.EVALUATION, [kept.exclusions(tender), kept.single_bids(tender)])
    for run in kept.runs_of(tender):
        name = f"Los-{run.lot.number:02d}_Wertung-{run.number}.json"
        about = f"Wertung {run.number} von Los {run.lot.number}: Eingabe, Prüfsumme, Ergebnis"
        yield FileEntry(Folder.EVALUATION, name, about, partial(json_text, kept.plain_run(run)))
    for award in kept.lot_awards_of(tender):
        about = f"Verteilung der Lose {award.number}: Eingabe, Prüfsumme, Ergebnis"
        content = partial(json_text, kept.plain_lot_award(award))
        yield FileEntry(Folder.EVALUATION, f"Verteilung-der-Lose-{award.number}.json", about, content)
    yield from _listed(Folder.DECISION, [kept.decisions(tender), kept.register_queries(tender)])


def _letters(tender: Tender) -> Iterator[FileEntry]:
    for letter in queries_letters.letters_sent(tender):
        one = queries_letters.archived_letters([letter])[0]
        yield FileEntry(Folder.LETTERS, one.filename, one.title, partial(bytes, one.content))


def _ending(tender: Tender) -> Iterator[FileEntry]:
    kept = queries_file_award
    yield from _listed(Folder.ENDING, [kept.award(tender), kept.debriefs(tender), kept.cancellations(tender)])
    yield from _listed(Folder.CONTRACTS, [kept.contract_lines(tender), kept.call_offs(tender)])
