"""Cost allocation on paper: the document of the whole association, and one statement for each member.

A council reads one page: for what, how much, until when. Everything behind that page is for those who check it, in
sections that both documents share.
"""

from procurement.documents.allocation_basis import (
    draw_cost_blocks,
    draw_key_data,
    draw_quantities,
    draw_subject,
    draw_vat,
)
from procurement.documents.allocation_proof import (
    draw_changes,
    draw_comparisons,
    draw_control_sums,
    draw_positions,
    draw_pots,
    draw_sign_offs,
)
from procurement.documents.contents_allocation import AllocationContent
from procurement.documents.contents_member_statement import MemberStatementContent
from procurement.documents.kinds import DocumentKind
from procurement.documents.member_letter import draw_letter, draw_own_shares
from procurement.documents.notation import euro
from procurement.documents.panels import (
    draw_ending,
    draw_facts,
    draw_letterhead,
    draw_notice,
    draw_result,
    draw_title,
    identity_facts,
)
from procurement.documents.sheet import Imprint, Sheet
from procurement.documents.typesetting import SUBTITLE


def draw_allocation(content: AllocationContent) -> bytes:
    """The allocation of a whole tender as a PDF file; equal content gives equal bytes."""
    kind = DocumentKind.ALLOCATION.label
    sheet = Sheet(Imprint(kind, content.title, content.letterhead, content.identity))
    draw_letterhead(sheet)
    draw_title(sheet, kind, content.title)
    draw_facts(sheet, identity_facts(content.identity))
    _draw_predecessor(sheet, content)
    total = content.positions.total
    draw_result(
        sheet,
        [
            ("Netto aller Mitglieder", euro(total.net)),
            (content.positions.vat_label, euro(total.vat)),
            (content.positions.gross_label, euro(total.gross)),
        ],
    )
    draw_positions(sheet, content)
    draw_control_sums(sheet, content)
    draw_subject(sheet, content)
    _draw_basis_and_proof(sheet, content, "")
    return sheet.save()


def draw_member_statement(content: MemberStatementContent) -> bytes:
    """The statement for one member as a PDF file; equal content gives equal bytes."""
    allocation = content.allocation
    kind = DocumentKind.MEMBER_STATEMENT.label
    imprint = Imprint(kind, allocation.title, allocation.letterhead, content.identity, content.recipient.name)
    sheet = Sheet(imprint)
    draw_letter(sheet, content)
    sheet.break_page()
    sheet.paragraph("Nachweis zu Ihrer Kostenmitteilung", SUBTITLE, after=0)
    draw_own_shares(sheet, content)
    draw_subject(sheet, allocation)
    _draw_basis_and_proof(sheet, allocation, content.recipient.key)
    return sheet.save()


def _draw_predecessor(sheet: Sheet, content: AllocationContent) -> None:
    correction = content.correction
    if correction is None:
        return
    predecessor = f"{correction.predecessor_number}, Version {correction.predecessor_version}"
    draw_notice(sheet, f"Diese Fassung ersetzt {predecessor}. Grund: {correction.reason}")


def _draw_basis_and_proof(sheet: Sheet, content: AllocationContent, own_key: str) -> None:
    """All further sections; in a member's statement the results of all members and their control sums stand here."""
    draw_cost_blocks(sheet, content)
    draw_key_data(sheet, content, own_key)
    draw_quantities(sheet, content, own_key)
    draw_pots(sheet, content, own_key)
    draw_vat(sheet, content)
    if own_key:
        draw_positions(sheet, content, own_key)
        draw_control_sums(sheet, content)
    draw_comparisons(sheet, content)
    draw_changes(sheet, content, own_key)
    draw_sign_offs(sheet, content.sign_offs)
    draw_ending(sheet, content.closing)
