"""For whom somebody speaks: one member, or the procurement office, which is no member.

A lead of two members says for which of them; an officer always speaks for the office. The office acts as one body: a
draft of one officer is a draft of all, as a draft of a member belongs to all its people.
"""

from collections.abc import Sequence
from dataclasses import dataclass

OFFICE = "Vergabestelle"


@dataclass(frozen=True, slots=True)
class Voice:
    """A member with its name, or the office without a number."""

    member_id: int | None
    name: str


OFFICE_VOICE = Voice(None, OFFICE)


def is_own(member_id: int | None, voices: Sequence[Voice]) -> bool:
    """Whether what was written for this member (or for the office) belongs to somebody with these voices."""
    return any(voice.member_id == member_id for voice in voices)


def name_of(member_name: str | None) -> str:
    """The name shown beside a person: of the member, or of the office."""
    return member_name or OFFICE
