"""The ZIP file: complete, the same every time, and checkable with nothing but its own list of checksums."""

import hashlib
import json
import zipfile
from datetime import UTC, datetime
from io import BytesIO

from procurement.documents.archive import ArchivedFile, archive

ISSUED = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def file(name: str, content: bytes, member: str = "") -> ArchivedFile:
    sha256 = hashlib.sha256(content).hexdigest()
    return ArchivedFile(
        name, f"N-{name}", "allocation", "Firewall", member, "application/pdf", sha256, "e" * 64, ISSUED, "Ada", content
    )


FILES = [file("b-Köln.pdf", b"zwei", "05315000"), file("a.pdf", b"eins")]


def unpacked(packed: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(packed)) as found:
        assert found.testzip() is None
        return {name: found.read(name) for name in found.namelist()}


def test_the_archive_holds_every_file_in_order_and_the_list_of_them():
    found = unpacked(archive("Fassung 1", FILES))
    assert list(found) == ["a.pdf", "b-Köln.pdf", "manifest.json"]
    assert found["b-Köln.pdf"] == b"zwei"


def test_the_list_names_the_checksum_of_each_file():
    found = unpacked(archive("Fassung 1", FILES))
    manifest = json.loads(found["manifest.json"])
    assert manifest["subject"] == "Fassung 1"
    for entry in manifest["documents"]:
        assert entry["sha256"] == hashlib.sha256(found[entry["file"]]).hexdigest()
        assert entry["size"] == len(found[entry["file"]])
    assert [entry["member"] for entry in manifest["documents"]] == [None, "05315000"]
    assert manifest["documents"][0]["issued_at"] == "2026-11-23T09:00:00+00:00"


def test_the_order_in_which_files_arrive_does_not_change_a_byte():
    assert archive("Fassung 1", FILES) == archive("Fassung 1", FILES[::-1])
