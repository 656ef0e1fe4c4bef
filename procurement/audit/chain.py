"""The hash chain: each hash covers its entry and the hash before it, so nothing can be slipped in or taken out.

Pure: works on plain values, so that an auditor's own program can repeat it from an export.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

GENESIS = "0" * 64


@dataclass(frozen=True, slots=True)
class Link:
    """What the hash of one entry covers, plus the two hashes as stored."""

    number: int
    at: datetime
    event: str
    actor_id: int | None
    actor_name: str
    subject_type: str
    subject_id: int
    subject_label: str
    tender_id: int | None
    member_id: int | None
    changes: str
    previous_hash: str
    hash: str = ""


@dataclass(frozen=True, slots=True)
class Flaw:
    """The first thing wrong with an entry, in a German sentence; ``number`` names the entry."""

    number: int
    text: str


def hash_of(link: Link) -> str:
    """SHA-256 over the entry as canonical JSON; moments in UTC with microseconds."""
    content = [
        link.number,
        link.at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
        link.event,
        link.actor_id,
        link.actor_name,
        link.subject_type,
        link.subject_id,
        link.subject_label,
        link.tender_id,
        link.member_id,
        link.changes,
        link.previous_hash,
    ]
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def flaws(links: Iterable[Link], last_number: int, last_hash: str) -> Iterator[Flaw]:
    """Name every changed, deleted or inserted entry, reading the chain from its beginning in the order of numbers."""
    number, previous = 0, GENESIS
    for link in links:
        if link.number > number + 1:
            missing = f"{number + 1}" if link.number == number + 2 else f"{number + 1} bis {link.number - 1}"
            yield Flaw(number + 1, f"Eintrag {missing} fehlt: Er wurde gelöscht.")
        if hash_of(link) != link.hash:
            yield Flaw(link.number, f"Eintrag {link.number} wurde geändert: Seine Prüfsumme passt nicht zum Inhalt.")
        elif link.number == number + 1 and link.previous_hash != previous:
            yield Flaw(
                link.number,
                f"Eintrag {link.number} schließt nicht an Eintrag {number} an: "
                "Einer von beiden wurde eingefügt oder ersetzt.",
            )
        number, previous = link.number, link.hash
    if number < last_number:
        yield Flaw(number + 1, f"Die Einträge ab {number + 1} fehlen: Die Kette müsste bis {last_number} reichen.")
    elif number > last_number:
        yield Flaw(number, f"Eintrag {number} wurde eingefügt: Die Kette endet bei {last_number}.")
    elif previous != last_hash and number:
        yield Flaw(number, f"Eintrag {number} wurde ersetzt: Das Ende der Kette trägt eine andere Prüfsumme.")
