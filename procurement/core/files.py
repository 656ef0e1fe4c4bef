"""Content-addressed file store inside the database: same bytes, same name, stored with what points at them.

Files in a folder were rejected: several machines share one PostgreSQL, and a backup of the database is then complete.
"""

import hashlib

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from procurement.core.db import Base, db


class StoredFile(Base):
    """Bytes under their SHA-256; never changed, never written twice."""

    __tablename__ = "stored_file"

    sha256: Mapped[str] = mapped_column(sa.String(64), primary_key=True)
    media_type: Mapped[str] = mapped_column(sa.String(100))
    size: Mapped[int]
    content: Mapped[bytes] = mapped_column(sa.LargeBinary, deferred=True)


def store(content: bytes, media_type: str) -> StoredFile:
    """Keep the bytes and return their record; bytes that are stored already are not stored again."""
    digest = hashlib.sha256(content).hexdigest()
    known = db.session.get(StoredFile, digest)
    if known is not None:
        return known
    kept = StoredFile(sha256=digest, media_type=media_type, size=len(content), content=content)
    db.session.add(kept)
    db.session.flush()
    return kept
