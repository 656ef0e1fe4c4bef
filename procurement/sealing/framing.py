"""One blob from several byte strings and back, without ambiguity: a kind, then every field behind its length.

Used for what is stored (keys, sealed files) and for what a cipher binds itself to, where joining texts with a separator
would let "A|B" + "C" stand for "A" + "B|C".
"""

from collections.abc import Sequence

LENGTH_BYTES = 8


class DamagedBlob(ValueError):
    """Stored bytes are cut off, prolonged, or of another kind than expected."""


def pack(kind: bytes, fields: Sequence[bytes]) -> bytes:
    """Frame ``fields`` as one blob that begins with ``kind``."""
    return kind + b"".join(len(field).to_bytes(LENGTH_BYTES, "big") + field for field in fields)


def unpack(kind: bytes, blob: bytes, count: int) -> list[bytes]:
    """The ``count`` fields of a blob made by :func:`pack`; raise :class:`DamagedBlob` if a byte is missing or over."""
    if not blob.startswith(kind):
        raise DamagedBlob("the bytes are of another kind")
    fields = []
    start = len(kind)
    for _ in range(count):
        content = start + LENGTH_BYTES
        start = content + int.from_bytes(blob[start:content], "big")
        if start > len(blob):
            raise DamagedBlob("the bytes are cut off")
        fields.append(blob[content:start])
    if start != len(blob):
        raise DamagedBlob("there are bytes left over")
    return fields


def bound_to(purpose: str, *names: str) -> bytes:
    """What a ciphertext is bound to: it opens only for the same purpose and the same names in the same order."""
    return pack(purpose.encode(), [name.encode() for name in names])
