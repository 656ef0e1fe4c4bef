"""What surrounds the figures of a run in its documents: issuer, signatures, versions, what a correction replaces."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from procurement.allocation.delta import delta
from procurement.allocation.models import AllocationRun
from procurement.allocation.queries import versions_of
from procurement.allocation.queries_figures import distribution_of
from procurement.allocation.run_figures import RunFigures
from procurement.core import clock
from procurement.documents.allocation_of_run import Surroundings, correction
from procurement.documents.contents import AnnexFile, ChangeLogEntry, DocumentIdentity, SignOff, SignOffs
from procurement.documents.contents_allocation import Correction
from procurement.documents.kinds import DocumentKind
from procurement.documents.numbering import Designation
from procurement.documents.queries import issued_for_run
from procurement.documents.queries_issuer import contact, letterhead, sign_off
from procurement.documents.statement_of_run import Addressee, EarlierStatement
from procurement.members.kinds import MemberKind
from procurement.members.models import Account, Member
from procurement.tenders.queries import participants_of
from procurement.values.money import Money

WITH_AGS = {MemberKind.MUNICIPALITY, MemberKind.DISTRICT}
FIRST_VERSION = "Erste Fassung"


@dataclass(frozen=True, slots=True)
class Predecessor:
    """The version whose documents a correction replaces: its figures, and the numbers of its statements by member."""

    run: AllocationRun
    figures: RunFigures
    statements: Mapping[int, str] = field(default_factory=dict)

    def told(self, member: Member) -> EarlierStatement | None:
        """What this member was told, if a statement went out."""
        number = self.statements.get(member.id)
        return EarlierStatement(number, self._gross(member.key)) if number else None

    def _gross(self, key: str) -> Money:
        return self.figures.members[self.figures.index_of(key)].gross


def surroundings(
    run: AllocationRun,
    figures: RunFigures,
    identity: DocumentIdentity,
    annexes: tuple[AnnexFile, ...],
    predecessor: Predecessor | None,
) -> Surroundings:
    """All that the document about a run says besides its figures."""
    return Surroundings(
        letterhead=letterhead(),
        identity=identity,
        sign_offs=sign_offs(run),
        lot_titles={lot.number: lot.title for lot in run.tender.lots},
        contact=contact(),
        annexes=annexes,
        change_log=_change_log(run),
        correction=_correction(run, figures, predecessor) if predecessor else None,
    )


def sign_offs(run: AllocationRun) -> SignOffs:
    """Who calculated, checked and approved the run, and when."""
    return SignOffs(
        prepared=sign_off(run.prepared_by, run.prepared_at),
        checked=_step(run.checked_by, run.checked_at),
        approved=_step(run.approved_by, run.approved_at),
    )


def _step(account: Account | None, at: datetime | None) -> SignOff | None:
    return sign_off(account, at) if account is not None and at is not None else None


def _change_log(run: AllocationRun) -> tuple[ChangeLogEntry, ...]:
    """Every approved version up to this one, oldest first."""
    return tuple(
        ChangeLogEntry(
            version=version.number,
            on=clock.in_berlin(version.approved_at or version.prepared_at).date(),
            author=version.prepared_by.name,
            change=version.correction_reason or FIRST_VERSION,
        )
        for version in versions_of(run)
        if version.number <= run.number
    )


def predecessor(run: AllocationRun) -> Predecessor | None:
    """What this run replaces: the last version with documents, else the version before; ``None`` for a first one."""
    earlier = run.corrects
    while earlier is not None:
        statements = {
            document.member_id: document.number
            for document in issued_for_run(earlier.id)
            if document.kind is DocumentKind.MEMBER_STATEMENT and document.member_id is not None
        }
        if statements or earlier.corrects is None:
            return Predecessor(earlier, distribution_of(earlier), statements)
        earlier = earlier.corrects
    return None


def _correction(run: AllocationRun, figures: RunFigures, replaced: Predecessor) -> Correction:
    earlier = replaced.run
    number = Designation(DocumentKind.ALLOCATION, earlier.tender.reference, earlier.number).number
    return correction(delta(replaced.figures, figures), number, earlier.number, run.correction_reason)


def members_of(run: AllocationRun) -> dict[str, Member]:
    """The members of a run by their keys."""
    return {member.key: member for member in participants_of(run.tender_id)}


def addressee(member: Member, name: str, replaced: Predecessor | None) -> Addressee:
    """Whom a statement goes to; ``name`` is the member's name in the run."""
    ags = member.key if member.kind in WITH_AGS else ""
    earlier = replaced.told(member) if replaced else None
    return Addressee(member.key, name, ags, member.routing_id or "", earlier)
