"""The association as it presents itself on paper, and the persons who answer for a document."""

from datetime import datetime

from procurement.core.errors import Refused
from procurement.documents.contents import Letterhead, SignOff
from procurement.members import queries as members
from procurement.members.models import Account


def letterhead() -> Letterhead:
    """The issuer on top of every document; :class:`Refused` before the association is set up."""
    association = members.association()
    if association is None:
        raise Refused("Die Angaben des Verbands fehlen. Bitte erfassen Sie sie auf der Seite „Mitglieder“.")
    place = f"{association.postcode} {association.city}".strip()
    lines = tuple(line for line in (association.street, place) if line)
    return Letterhead(association.name, association.short_name, lines)


def contact() -> str:
    """Whom to ask about a document; without an entry of its own the association by name."""
    association = members.association()
    return (association.contact or association.name) if association else ""


def sign_off(account: Account, at: datetime) -> SignOff:
    """A person with the role in which it acted."""
    return SignOff(account.name, members.shown_account(account).role_label, at)
