"""Documents in one ZIP file that an auditor can take along and check without this program or a network.

The same documents give the same file, byte for byte: fixed times, names in order, nothing compressed, since packing
differs between versions of the library and the PDF files inside are packed already.
"""

import json
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO

MANIFEST = "manifest.json"
FORMAT = 1
FIXED_TIME = (1980, 1, 1, 0, 0, 0)
UNIX = 3
READABLE_BY_ALL = 0o644 << 16


@dataclass(frozen=True, slots=True)
class ArchivedFile:
    """One issued document as it lies in the archive; ``member`` is the key of the member it is for, if for one."""

    filename: str
    number: str
    kind: str
    title: str
    member: str
    media_type: str
    sha256: str
    input_sha256: str
    issued_at: datetime
    issued_by: str
    content: bytes


def archive(subject: str, files: Sequence[ArchivedFile]) -> bytes:
    """The ZIP file with every document and the list of their checksums; ``subject`` says what they are about."""
    ordered = sorted(files, key=lambda file: file.filename)
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as target:
        for file in ordered:
            target.writestr(entry(file.filename), file.content)
        target.writestr(entry(MANIFEST), manifest(subject, ordered))
    return packed.getvalue()


def manifest(subject: str, files: Sequence[ArchivedFile]) -> bytes:
    """Every file with its checksum as JSON; only what was fixed when the documents were issued."""
    listed = [
        {
            "file": file.filename,
            "sha256": file.sha256,
            "size": len(file.content),
            "media_type": file.media_type,
            "number": file.number,
            "kind": file.kind,
            "title": file.title,
            "member": file.member or None,
            "input_sha256": file.input_sha256,
            "issued_at": file.issued_at.isoformat(),
            "issued_by": file.issued_by,
        }
        for file in files
    ]
    content = {"format": FORMAT, "subject": subject, "documents": listed}
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()


def entry(name: str) -> zipfile.ZipInfo:
    """A place in an archive without a time of its own."""
    made = zipfile.ZipInfo(name, FIXED_TIME)
    made.create_system, made.external_attr = UNIX, READABLE_BY_ALL
    return made
