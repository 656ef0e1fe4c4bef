"""Reading the panel of a tender and the declarations of § 6 VgV, and the two refusals that follow from them."""

from collections.abc import Sequence

import sqlalchemy as sa

from procurement.audit.queries import withhold
from procurement.core.db import db
from procurement.core.errors import Withheld
from procurement.members.models import Account
from procurement.tenders.models import Tender
from procurement.tenders.models_panel import ConflictDeclaration, PanelMember

PANEL_PAGE = "evaluation.panel"
NOTES_PAGE = "evaluation.notes"


def members_of(tender_id: int) -> Sequence[PanelMember]:
    """Everybody who was ever named, also those who left, by the order of naming."""
    return db.session.scalars(sa.select(PanelMember).filter_by(tender_id=tender_id).order_by(PanelMember.id)).all()


def panel_of(tender_id: int) -> list[PanelMember]:
    """The evaluators of a tender as it stands; empty if there is no panel."""
    return [member for member in members_of(tender_id) if member.removed_at is None]


def member_of(tender_id: int, account_id: int | None) -> PanelMember | None:
    """The standing membership of this account."""
    return next((member for member in panel_of(tender_id) if member.account_id == account_id), None)


def have_all_submitted(tender_id: int) -> bool:
    """Whether there is a panel and nobody of it has still to submit."""
    panel = panel_of(tender_id)
    return bool(panel) and all(member.submitted_at is not None for member in panel)


def declarations_of(tender_id: int) -> Sequence[ConflictDeclaration]:
    """What everybody declared for a tender, oldest first (item 10 of the procurement record)."""
    query = sa.select(ConflictDeclaration).filter_by(tender_id=tender_id)
    return db.session.scalars(query.order_by(ConflictDeclaration.id)).all()


def declaration_of(tender_id: int, account_id: int | None) -> ConflictDeclaration | None:
    """What counts for this account now: the latest declaration."""
    query = sa.select(ConflictDeclaration).filter_by(tender_id=tender_id, account_id=account_id)
    return db.session.scalar(query.order_by(ConflictDeclaration.id.desc()).limit(1))


def conflicted_tenders(account_id: int | None) -> sa.Select[int]:
    """The tenders for which this account declared a conflict, as a part of other queries."""
    return sa.select(ConflictDeclaration.tender_id).filter_by(account_id=account_id, has_conflict=True)


def tenders_to_score(account_id: int | None) -> sa.Select[int]:
    """The tenders of which this account is an evaluator and has still to submit."""
    standing = (PanelMember.submitted_at.is_(None), PanelMember.removed_at.is_(None))
    return sa.select(PanelMember.tender_id).where(PanelMember.account_id == account_id, *standing)


def withheld_tenders(account_id: int | None) -> sa.CompoundSelect[int]:
    """The tenders whose prices this account must not know now, as a part of other queries."""
    return sa.union(conflicted_tenders(account_id), tenders_to_score(account_id))


withhold(withheld_tenders)


def has_conflict(tender_id: int, account_id: int | None) -> bool:
    """Whether this account declared a conflict of interest for a tender."""
    found = conflicted_tenders(account_id).where(ConflictDeclaration.tender_id == tender_id)
    return db.session.scalar(found.limit(1)) is not None


def refuse_conflicted(tender: Tender, account: Account) -> None:
    """Raise :class:`Withheld` for whoever declared a conflict: nothing of this tender (§ 6 VgV)."""
    if has_conflict(tender.id, account.id):
        text = (
            f"Sie haben für {tender.reference} einen Interessenkonflikt erklärt. Akte, Angebote, Wertung, Kosten, "
            "Vertrag und Dokumente dieser Ausschreibung sind für Sie deshalb gesperrt (§ 6 VgV)."
        )
        raise Withheld(text, "Wegen Ihrer Erklärung gesperrt", "Zur Erklärung", PANEL_PAGE, tender_id=tender.id)


def refuse_withheld(tender: Tender, account: Account) -> None:
    """Both refusals, for whatever shows what a tender costs."""
    refuse_conflicted(tender, account)
    refuse_before_submitting(tender, account)


def has_to_submit(tender_id: int, account_id: int | None) -> bool:
    """Whether this account is an evaluator who still has to submit."""
    member = member_of(tender_id, account_id)
    return member is not None and member.submitted_at is None


def refuse_before_submitting(tender: Tender, account: Account) -> None:
    """Raise :class:`Withheld` for an evaluator who still has to submit: points are given without knowing prices."""
    if has_to_submit(tender.id, account.id):
        text = (
            f"Sie gehören zum Wertungsgremium von {tender.reference} und haben Ihre Punkte noch nicht abgegeben. "
            "Damit die Leistung unabhängig vom Preis bewertet wird, sehen Sie Preise, Rangfolge und Preisdokumente "
            "erst danach."
        )
        raise Withheld(text, "Preise sind noch verdeckt", "Zu meinen Punkten", NOTES_PAGE, tender_id=tender.id)
