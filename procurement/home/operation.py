"""What an administrator looks after: accounts, members' figures, and the first steps of an empty installation.

A figure counts as current for two years from its reference date: official inhabitants appear in the autumn of the year
after, so a shorter limit would complain about figures nobody can renew yet.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

CURRENT_FOR_YEARS = 2
OFFICERS_NEEDED = 2


@dataclass(frozen=True, slots=True)
class AccountFacts:
    """An account; ``member_ids`` are the members it acts for as lead."""

    id: int
    name: str
    email: str
    is_active: bool
    has_role: bool = True
    is_officer: bool = False
    is_auditor: bool = False
    member_ids: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class MemberFacts:
    """A member with the latest reference date of each figure; ``counts_inhabitants`` is false where there are none."""

    id: int
    name: str
    counts_inhabitants: bool
    inhabitants_on: date | None
    clients_on: date | None


@dataclass(frozen=True, slots=True)
class FigureGap:
    """A member whose figures are missing or too old, with what is wrong in words."""

    member: MemberFacts
    text: str


@dataclass(frozen=True, slots=True)
class FirstStep:
    """One step of setting up; ``endpoint`` is the page where it is done."""

    label: str
    note: str
    endpoint: str
    is_done: bool


def first_steps(
    members: Sequence[MemberFacts], accounts: Sequence[AccountFacts], today: date, *, has_association: bool
) -> list[FirstStep]:
    """What an installation needs before the first round; nothing once it could run one."""
    officers = sum(account.is_officer and account.is_active for account in accounts)
    if has_association and members and officers >= OFFICERS_NEEDED:
        return []
    gaps, without = figure_gaps(members, today), members_without_lead(members, accounts)
    has_auditor = any(account.is_auditor and account.is_active for account in accounts)
    return [
        FirstStep("Verband eintragen", "Name und Anschrift für alle Schreiben", "members.association", has_association),
        FirstStep("Mitglieder erfassen", f"bisher {len(members)}", "members.new", bool(members)),
        FirstStep(
            "Kennzahlen erfassen",
            "Einwohner und Clients mit Stichtag und Quelle",
            "members.index",
            bool(members) and not gaps,
        ),
        FirstStep(
            "Zwei Konten der Vergabestelle anlegen",
            f"Angebote öffnen immer zwei Personen; bisher {officers}",
            "members.new_account",
            officers >= OFFICERS_NEEDED,
        ),
        FirstStep(
            "Je Mitglied ein Konto der IT-Leitung anlegen",
            "Ohne Konto kann ein Mitglied keinen Bedarf melden.",
            "members.new_account",
            bool(members) and not without,
        ),
        FirstStep(
            "Konto der Rechnungsprüfung anlegen", "liest alles, ändert nichts", "members.new_account", has_auditor
        ),
    ]


def figure_gaps(members: Iterable[MemberFacts], today: date) -> list[FigureGap]:
    """The members whose figures are missing or older than two years, in the order given."""
    checked = ((member, _gap_in_words(member, today)) for member in members)
    return [FigureGap(member, text) for member, text in checked if text]


def _gap_in_words(member: MemberFacts, today: date) -> str:
    figures = [("Clients", member.clients_on)]
    if member.counts_inhabitants:
        figures.insert(0, ("Einwohner", member.inhabitants_on))
    missing = [name for name, on in figures if on is None]
    outdated = [f"{name} vom {on:%d.%m.%Y}" for name, on in figures if on is not None and is_outdated(on, today)]
    words = [f"fehlt: {', '.join(missing)}"] if missing else []
    words += [f"veraltet: {', '.join(outdated)}"] if outdated else []
    return "; ".join(words)


def is_outdated(reference_date: date, today: date) -> bool:
    """Whether more than two years have passed since the reference date."""
    limit = (today.year - CURRENT_FOR_YEARS, today.month, today.day)
    return (reference_date.year, reference_date.month, reference_date.day) < limit


def members_without_lead(members: Iterable[MemberFacts], accounts: Iterable[AccountFacts]) -> list[MemberFacts]:
    """The members for which nobody active can report a demand."""
    led = {member_id for account in accounts if account.is_active for member_id in account.member_ids}
    return [member for member in members if member.id not in led]


def accounts_without_role(accounts: Iterable[AccountFacts]) -> list[AccountFacts]:
    """The active accounts that may do nothing."""
    return [account for account in accounts if account.is_active and not account.has_role]


def closed_accounts(accounts: Iterable[AccountFacts]) -> list[AccountFacts]:
    """The accounts that cannot sign in."""
    return [account for account in accounts if not account.is_active]
