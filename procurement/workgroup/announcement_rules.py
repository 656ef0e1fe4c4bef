"""What is allowed with announcements, as objections, and what their dates mean; a valid announcement can be read."""

from datetime import date
from typing import TYPE_CHECKING

from procurement.values.objection import Objection, objections_to_lengths
from procurement.workgroup.entries import AnnouncementEntry
from procurement.workgroup.rules import LONGEST_TEXT, LONGEST_TITLE
from procurement.workgroup.states import AnnouncementState

if TYPE_CHECKING:
    from procurement.workgroup.models import Announcement

LENGTHS = (("title", "Der Titel", LONGEST_TITLE), ("text", "Der Text", LONGEST_TEXT))
WITHDRAWN = "Die Mitteilung ist zurückgezogen."


def has_run_out(announcement: "Announcement", today: date) -> bool:
    """Whether the last day of an announcement is over; on that day itself it still counts."""
    return announcement.valid_until is not None and announcement.valid_until < today


def objections_to_announcement(entry: AnnouncementEntry, *, addressees: int, today: date) -> list[Objection]:
    """What is wrong with the entry of an announcement; ``addressees`` is the number of chosen members."""
    found = objections_to_lengths(entry, LENGTHS)
    if not entry.title.strip():
        found.append(Objection("Bitte einen Titel eingeben.", "title"))
    if not entry.text.strip():
        found.append(Objection("Bitte einen Text eingeben.", "text"))
    if entry.valid_until is not None and entry.valid_until < today:
        found.append(Objection("Der letzte Tag liegt in der Vergangenheit.", "valid_until"))
    if not entry.is_for_all and not addressees:
        found.append(Objection("Bitte mindestens ein Mitglied wählen oder die Mitteilung an alle richten.", "members"))
    return found


def objections_to_reading(announcement: "Announcement", *, is_addressed: bool) -> list[Objection]:
    """Who may mark an announcement as read: the people of the members it is for."""
    if not is_addressed:
        return [Objection("Als gelesen markieren die Personen, an die sich die Mitteilung richtet.")]
    if announcement.state is AnnouncementState.WITHDRAWN:
        return [Objection(WITHDRAWN)]
    return []


def objections_to_reminding(
    announcement: "Announcement", unread: int, *, today: date, reminded_on: date | None
) -> list[Objection]:
    """Why nobody is reminded now; at most one reminder a day, so that a second click annoys nobody."""
    if announcement.state is AnnouncementState.WITHDRAWN:
        return [Objection(WITHDRAWN)]
    if has_run_out(announcement, today):
        return [Objection("Die Mitteilung ist abgelaufen.")]
    if not unread:
        return [Objection("Alle haben die Mitteilung gelesen.")]
    if reminded_on == today:
        return [Objection("Heute wurde schon erinnert. Die nächste Erinnerung ist morgen möglich.")]
    return []


def objections_to_withdrawing(announcement: "Announcement") -> list[Objection]:
    """An announcement is withdrawn once; it stays visible with the reason."""
    return [Objection("Die Mitteilung ist schon zurückgezogen.")] if announcement.withdrawn_at else []


def mail_text(opening: str, title: str, text: str, link: str) -> str:
    """What the mail about an announcement says; it carries the whole text, so that nobody signs in for two lines."""
    return f"{opening}\n\n{title}\n\n{text}\n\nAnsehen und als gelesen markieren: {link}\n"
