"""The words of the mails about a round: what is asked, until when, where; short, read between other things.

Moments arrive in words, because how they look is the screen's business.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from procurement.demand.states import ReminderKind

GREETING = "Guten Tag"
AUTOMATIC = "Diese Nachricht wurde automatisch erstellt. Fragen beantwortet {contact}."


@dataclass(frozen=True, slots=True)
class RoundInWords:
    """A round as mails name it."""

    title: str
    deadline: str
    contact: str


@dataclass(frozen=True, slots=True)
class Letter:
    """Subject and text of a mail."""

    subject: str
    text: str


def letter_to_lead(kind: ReminderKind, asked: RoundInWords, *, name: str, member: str, link: str) -> Letter:
    """The mail to one lead of one member: an invitation, a reminder or the last reminder."""
    if kind is ReminderKind.INVITATION:
        subject = f"Bedarf melden bis {asked.deadline}: {asked.title}"
        said = f"die Bedarfsrunde „{asked.title}“ ist eröffnet, und {member} ist eingeladen."
    elif kind is ReminderKind.REMINDER:
        subject = f"Erinnerung: Bedarf melden bis {asked.deadline}: {asked.title}"
        said = f"von {member} fehlt noch die Antwort in der Bedarfsrunde „{asked.title}“."
    else:
        subject = f"Letzte Erinnerung: Bedarf melden bis {asked.deadline}: {asked.title}"
        said = (
            f"von {member} fehlt noch immer die Antwort in der Bedarfsrunde „{asked.title}“. "
            "Ohne Antwort wird die Ausschreibung ohne Ihren Bedarf geplant."
        )
    wanted = f"Bitte melden Sie Ihren Bedarf bis {asked.deadline}. Kein Bedarf? Auch das ist mit einem Klick gemeldet:"
    return Letter(subject, _text(f"{GREETING} {name},", said, f"{wanted}\n{link}", AUTOMATIC, asked))


def letter_to_office(asked: RoundInWords, missing: Sequence[str], *, name: str, link: str) -> Letter:
    """The mail to the person who made the round, when the last reminders have gone out."""
    subject = f"Ohne Antwort: {len(missing)} Mitglieder in der Runde {asked.title}"
    if len(missing) == 1:
        subject = f"Ohne Antwort: {missing[0]} in der Runde {asked.title}"
    said = f"in der Bedarfsrunde „{asked.title}“ (Frist {asked.deadline}) fehlt noch die Antwort von:"
    listed = "\n".join(f"- {member}" for member in missing)
    sent = "Diese Mitglieder haben soeben die letzte Erinnerung erhalten. Die Runde im Überblick:"
    return Letter(subject, _text(f"{GREETING} {name},", f"{said}\n{listed}", f"{sent}\n{link}", "", asked))


def _text(greeting: str, said: str, wanted: str, closing: str, asked: RoundInWords) -> str:
    paragraphs = (greeting, said, wanted, closing.format(contact=asked.contact))
    return "\n\n".join(paragraph for paragraph in paragraphs if paragraph) + "\n"
