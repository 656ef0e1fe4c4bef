"""Letters to bidders as PDF: one at a time beside each letter, or all that went out in one archive."""

import hashlib

from flask_login import current_user
from werkzeug.wrappers import Response

from procurement.awarding import queries as awarding
from procurement.bids import queries as bids
from procurement.core import downloads
from procurement.core.errors import NotFound
from procurement.documents import queries_letters
from procurement.documents.archive import archive
from procurement.documents.queries_letters import PrintedLetter
from procurement.documents.routes import blueprint, file_answer
from procurement.examination import queries as examination


@blueprint.get("/letters/<int:bidder_letter_id>")
def letter(bidder_letter_id: int) -> Response:
    """A letter about the outcome; a draft is marked as one."""
    found = awarding.letter_of(bidder_letter_id, current_user)
    return _pdf(queries_letters.printed_bidder_letter(found))


@blueprint.get("/bid-letters/<int:letter_id>")
def bid_letter(letter_id: int) -> Response:
    """A letter of the examination."""
    found = examination.letter(letter_id, current_user)
    return _pdf(queries_letters.printed_bid_letter(found))


def _pdf(found: PrintedLetter) -> Response:
    return file_answer(found.content, found.filename, downloads.PDF, hashlib.sha256(found.content).hexdigest())


@blueprint.get("/tender/<int:tender_id>/letters")
def letters(tender_id: int) -> Response:
    """Every letter that went out, in one ZIP file with the list of their checksums."""
    tender = bids.readable_tender(tender_id, current_user)
    sent = queries_letters.letters_sent(tender)
    if not sent:
        raise NotFound
    content = archive(f"{tender.audit_label}: Schreiben", queries_letters.archived_letters(sent))
    name = f"Schreiben_{tender.reference}.zip"
    return file_answer(content, name, downloads.ZIP, hashlib.sha256(content).hexdigest())
