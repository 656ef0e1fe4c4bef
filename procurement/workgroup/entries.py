"""What people enter: a proposal, an interest, an announcement; as typed, before any rule looked at it."""

from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any, TypeVar

from procurement.values.money import Money
from procurement.workgroup.states import Stance

Entry = TypeVar("Entry", "ProposalEntry", "InterestEntry", "AnnouncementEntry")


@dataclass(frozen=True, slots=True)
class ProposalEntry:
    """What is entered about a proposal; the range of the cost idea is net and may be open on either side."""

    title: str
    problem: str = ""
    solution: str = ""
    cost_idea: str = ""
    cost_from_net: Money | None = None
    cost_to_net: Money | None = None
    funding: str = ""


@dataclass(frozen=True, slots=True)
class InterestEntry:
    """What a member says about joining in."""

    stance: Stance
    note: str = ""


@dataclass(frozen=True, slots=True)
class AnnouncementEntry:
    """What is entered about an announcement; it counts up to and including its last day."""

    title: str
    text: str
    is_for_all: bool = True
    valid_until: date | None = None


def tidied(entry: Entry) -> Entry:
    """The same without blanks around texts and with plain line ends, as it is kept."""
    values = {field.name: getattr(entry, field.name) for field in fields(entry)}
    texts: dict[str, Any] = {name: plain(value) for name, value in values.items() if type(value) is str}
    return replace(entry, **texts)


def plain(text: str) -> str:
    """A text with plain line ends and without blanks around it; browsers send carriage returns."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()
