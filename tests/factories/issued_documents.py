"""Issued documents as tests and start pages need them, made by the same actions as the pages.

``firewall()`` is the case of the paper through the whole chain; ``small()`` are three members and five documents less.
"""

from procurement.allocation import actions as allocation_actions
from procurement.allocation.models import AllocationRun
from procurement.allocation.taxation import VatCase
from procurement.core import clock
from procurement.documents import actions
from procurement.documents.kinds import DocumentKind
from procurement.documents.models import IssuedDocument
from procurement.members.models import Account
from procurement.members.queries import association
from procurement.tenders.models import Tender
from tests.factories import allocation, evaluation, tenders
from tests.factories import bids as bid
from tests.factories import members as make


def issuer() -> None:
    """The association, if it is not set up yet."""
    if association() is None:
        make.association()


def approved_firewall(vat_case: VatCase = VatCase.COST_GROSS) -> AllocationRun:
    """The paper's allocation, calculated, checked and approved by three people."""
    issuer()
    return allocation.taken_to_approval(allocation.firewall_run(vat_case))


def approved_small() -> AllocationRun:
    """The allocation of three members, approved."""
    issuer()
    return allocation.approved_run()


def issued(run: AllocationRun, by: Account | None = None) -> dict[DocumentKind, list[IssuedDocument]]:
    """Every document of an approved run by kind; statements in the order of the members."""
    documents: dict[DocumentKind, list[IssuedDocument]] = {}
    for document in actions.issue_allocation(run, by=by or make.officer()):
        documents.setdefault(document.kind, []).append(document)
    return documents


def corrected(run: AllocationRun, amount: str = "240.00") -> AllocationRun:
    """The small case with other own cost, approved as a new version."""
    tender = run.tender
    blocks = [*allocation.usual_blocks(tender)[:-1], allocation.own_cost(amount=amount)]
    entry = allocation.entry(*blocks)
    reason = "Stundennachweis nachgereicht."
    return allocation.taken_to_approval(allocation_actions.correct(run, entry, reason, by=make.officer()))


def statement_of(documents: dict[DocumentKind, list[IssuedDocument]], name: str) -> IssuedDocument:
    """The statement for the member of this name."""
    statements = documents[DocumentKind.MEMBER_STATEMENT]
    return next(one for one in statements if one.member is not None and one.member.name == name)


def opened_tender() -> Tender:
    """A tender with two bids taken over after an opening elsewhere: Netz GmbH 6,000.00 and Kabel AG 5,400.00."""
    issuer()
    return evaluation.opened_tender()


def unsealed_tender() -> Tender:
    """A tender with the same two bids, sealed here and opened by two officers."""
    issuer()
    tender = tenders.published_tender()
    bid.opened_bids(tender, evaluation.TWO_BIDS)
    return tender


def bid_documents(tender: Tender, by: Account | None = None) -> tuple[IssuedDocument, IssuedDocument]:
    """The price comparison and the record of the opening, issued after the opening."""
    officer = by or make.officer()
    with clock.at(bid.after_deadline(tender)):
        return actions.issue_price_comparison(tender, by=officer), actions.issue_opening_record(tender, by=officer)
