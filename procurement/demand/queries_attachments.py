"""The files of a demand; whoever may read the demand may read them, and nobody else."""

from typing import NoReturn

import sqlalchemy as sa

from procurement.core.db import db
from procurement.core.errors import NotFound
from procurement.core.files import StoredFile
from procurement.demand.models import Attachment, Demand


def attachments_of(demand: Demand) -> list[Attachment]:
    """The files that belong to the demand now, in the order in which they came."""
    query = sa.select(Attachment).filter_by(demand_id=demand.id).where(Attachment.removed_at.is_(None))
    return list(db.session.scalars(query.order_by(Attachment.id)))


def attachment_of(demand: Demand, attachment_id: int) -> Attachment:
    """One of these files, or :class:`NotFound`."""
    query = sa.select(Attachment).filter_by(demand_id=demand.id, id=attachment_id)
    return db.session.scalar(query.where(Attachment.removed_at.is_(None))) or _missing()


def content_of(attachment: Attachment) -> bytes:
    """The bytes of the file."""
    stored = db.session.get(StoredFile, attachment.file_hash)
    return stored.content if stored is not None else _missing()


def _missing() -> NoReturn:
    raise NotFound
