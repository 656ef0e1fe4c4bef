"""The lock in front of every change of a tender: one writer at a time, on what the person saw, not after publication.

The row of the tender is locked for the rest of the transaction and its version counts every change below it too. So a
publication never misses a line that somebody adds at the same moment, and nobody publishes what they did not see.
"""

from sqlalchemy.orm.attributes import flag_modified

from procurement.core.db import db
from procurement.core.errors import Conflict, refuse_if
from procurement.tenders import rules
from procurement.tenders.models import Tender


def hold(tender: Tender, seen_version: int | None = None) -> None:
    """Lock the tender, read it as it is now, compare it with what the person saw; counts as a change of the tender."""
    db.session.refresh(tender, with_for_update={"of": Tender})
    if seen_version is not None and seen_version != tender.version:
        raise Conflict(
            f"Die Ausschreibung wurde inzwischen geändert: Sie sahen Stand {seen_version}, gespeichert ist Stand "
            f"{tender.version} („{tender.stage.label}“). Bitte vergleichen Sie beide, bevor Sie weitermachen."
        )
    flag_modified(tender, "stage")


def hold_for_change(tender: Tender, seen_version: int | None = None) -> None:
    """The same for everything that is fixed at publication; raises :class:`Refused` from then on."""
    hold(tender, seen_version)
    refuse_if(rules.objections_to_changing(tender))
