"""All that a letter to a bidder says on paper: the text as sent, to whom, by whom, and the points told with it."""

from dataclasses import dataclass

from procurement.documents.contents import DocumentIdentity, Letterhead

Reference = tuple[str, str]


@dataclass(frozen=True, slots=True)
class ToldPoints:
    """The points of one lot: per main criterion those of the recipient and of the bid that wins, as written figures."""

    title: str
    rows: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class BidderLetterContent:
    """One letter; ``text`` is stored and never reworded here, ``farewell`` is empty where the text ends with one."""

    letterhead: Letterhead
    identity: DocumentIdentity
    kind: str
    procedure: str
    bidder: str
    recipient: tuple[str, ...]
    references: tuple[Reference, ...]
    subject: str
    text: str
    farewell: str
    sender: str
    points: tuple[ToldPoints, ...] = ()
