"""Which files a member may add to its demand: papers, tables, pictures and plain texts, recognised by their beginning.

The ending alone proves nothing, and a full look inside would promise more than it keeps: files are handed out as
downloads only and never opened here.
"""

import re

from procurement.values.objection import Objection

MEGABYTE = 1024 * 1024
LARGEST_MEGABYTES = 10
MOST_ATTACHMENTS = 30
LONGEST_NAME = 120

ZIP_SIGNATURE = b"PK\x03\x04"
KINDS: dict[str, tuple[str, bytes]] = {
    "pdf": ("application/pdf", b"%PDF-"),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ZIP_SIGNATURE),
    "docx": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", ZIP_SIGNATURE),
    "odt": ("application/vnd.oasis.opendocument.text", ZIP_SIGNATURE),
    "png": ("image/png", b"\x89PNG\r\n\x1a\n"),
    "jpg": ("image/jpeg", b"\xff\xd8\xff"),
    "jpeg": ("image/jpeg", b"\xff\xd8\xff"),
    "txt": ("text/plain", b""),
    "csv": ("text/csv", b""),
}
ACCEPTED = ",".join(f".{ending}" for ending in KINDS)
ALLOWED = "PDF, XLSX, DOCX, ODT, PNG, JPG, TXT und CSV"


def ending_of(file_name: str) -> str:
    """The ending in small letters, without its dot; empty when there is none."""
    name, dot, ending = file_name.rpartition(".")
    return ending.casefold() if name and dot else ""


def media_type_of(file_name: str) -> str:
    """The media type that belongs to the ending of an allowed file."""
    return KINDS[ending_of(file_name)][0]


def clean_name(file_name: str) -> str:
    """The name without folders, control characters and everything a file system could object to."""
    last = re.sub(r"\s+", " ", re.split(r"[/\\]", file_name)[-1])
    kept = "".join(sign if sign.isalnum() or sign in "._,+()§ -" else "_" for sign in last).strip(" .")
    name, ending = kept.rpartition(".")[0] or "Anlage", ending_of(kept)
    return f"{name[:LONGEST_NAME].rstrip()}.{ending}" if ending else kept[:LONGEST_NAME]


def objections_to_attachment(file_name: str, content: bytes, *, already: int) -> list[Objection]:
    """Why a file is not taken; ``already`` is how many files the demand has."""
    if not file_name:
        return [Objection("Bitte eine Datei wählen.", "file")]
    if already >= MOST_ATTACHMENTS:
        return [Objection(f"Es sind schon {MOST_ATTACHMENTS} Anlagen vorhanden. Bitte zuerst eine entfernen.", "file")]
    ending = ending_of(file_name)
    if ending not in KINDS:
        return [Objection(f"„{file_name}“ wird nicht angenommen. Möglich sind {ALLOWED}.", "file")]
    return _objections_to_content(file_name, ending, content)


def _objections_to_content(file_name: str, ending: str, content: bytes) -> list[Objection]:
    if not content:
        return [Objection(f"Die Datei „{file_name}“ ist leer.", "file")]
    if len(content) > LARGEST_MEGABYTES * MEGABYTE:
        return [Objection(f"Die Datei „{file_name}“ ist größer als {LARGEST_MEGABYTES} MB.", "file")]
    signature = KINDS[ending][1]
    if not content.startswith(signature) or (not signature and b"\0" in content):
        sentence = f"Der Inhalt von „{file_name}“ passt nicht zur Endung .{ending}. Bitte die Datei neu speichern."
        return [Objection(sentence, "file")]
    return []
