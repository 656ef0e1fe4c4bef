"""Numbers and file names of letters to bidders; like those of documents they follow from what the letter is.

The last part is the letter's own number in the installation: two letters of a kind to one bidder stay apart.
"""

from procurement.awarding.states import LetterKind as AwardLetterKind
from procurement.documents.numbering import LONGEST_NAME, safe
from procurement.examination.states import LetterKind as BidLetterKind

PREFIXES: dict[BidLetterKind | AwardLetterKind, str] = {
    BidLetterKind.DOCUMENT_REQUEST: "NF",
    BidLetterKind.PRICE_CLARIFICATION: "PA",
    BidLetterKind.CORRECTION: "RK",
    AwardLetterKind.INFORMATION: "IB",
    AwardLetterKind.EXTENSION: "VS",
    AwardLetterKind.AWARD: "ZS",
    AwardLetterKind.REJECTION: "AB",
    AwardLetterKind.CANCELLATION: "AH",
}


def letter_number(kind: BidLetterKind | AwardLetterKind, reference: str, letter_id: int) -> str:
    """Such as ``IB-VG-2026-01-7``."""
    return f"{PREFIXES[kind]}-{reference}-{letter_id}"


def letter_filename(kind: BidLetterKind | AwardLetterKind, number: str, bidder: str) -> str:
    """Such as ``IB-VG-2026-01-7_Information-nach-134-GWB_Kabel-AG.pdf``; safe on every system."""
    return "_".join(safe(part) for part in (number, kind.label, bidder[:LONGEST_NAME])) + ".pdf"
