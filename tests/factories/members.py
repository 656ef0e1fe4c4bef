"""Members, figures and accounts as tests need them; a test states only what matters."""

import itertools
import secrets
from datetime import date, timedelta

from procurement.audit.actor import COMMAND_LINE
from procurement.core import clock
from procurement.core.db import db
from procurement.core.permissions import Role
from procurement.members import actions, actions_accounts
from procurement.members.kinds import FigureKind, MemberKind
from procurement.members.models import Account, Association, LoginSession, Member
from procurement.members.queries import token_hash

PASSWORD = "nur-fuer-Pruefzwecke"
_numbers = itertools.count(1)

# AGS, name, inhabitants on 31.12.2024, clients: the nine pilot members of the firewall case (allocation 3.6)
PILOT_MEMBERS = (
    ("05566028", "Ibbenbüren", 51803, 620),
    ("05554004", "Ahaus", 40176, 430),
    ("05554012", "Borken", 43035, 450),
    ("05554020", "Gronau (Westf.)", 50547, 520),
    ("05566036", "Laer", 6993, 62),
    ("05566060", "Neuenkirchen", 13915, 110),
    ("05554048", "Rhede", 19674, 165),
    ("05566084", "Steinfurt", 34860, 340),
    ("05554064", "Velen", 12678, 105),
)


def association() -> Association:
    return actions.set_up_association("Zweckverband KAAW", "KAAW", by=COMMAND_LINE, city="Ibbenbüren")


def member(name: str = "", key: str = "", **details: object) -> Member:
    number = next(_numbers)
    entry = actions.MemberEntry(
        key or f"059{number:05}", name or f"Gemeinde {number}", MemberKind.MUNICIPALITY, **details
    )
    return actions.add_member(entry, by=COMMAND_LINE)


def figure(of: Member, kind: FigureKind, value: int, on: date = date(2024, 12, 31)) -> None:
    entry = actions.FigureEntry(kind, on, value, "Destatis Gemeindeverzeichnis", "Zensus 2022")
    actions.record_figure(of, entry, by=COMMAND_LINE)


def pilot_members() -> list[Member]:
    made = []
    for key, name, inhabitants, clients in PILOT_MEMBERS:
        one = member(name, key)
        figure(one, FigureKind.INHABITANTS, inhabitants)
        figure(one, FigureKind.CLIENTS, clients)
        made.append(one)
    return made


def account(role: Role | None = None, of: Member | None = None, name: str = "", email: str = "") -> Account:
    number = next(_numbers)
    made = actions_accounts.create_account(
        name or f"Person {number}", email or f"person{number}@kaaw.example", PASSWORD, by=COMMAND_LINE
    )
    if role:
        actions_accounts.assign_role(made, role, of, by=COMMAND_LINE)
    return made


def officer(name: str = "") -> Account:
    return account(Role.OFFICER, name=name)


def lead(of: Member, name: str = "") -> Account:
    return account(Role.MEMBER_LEAD, of, name=name)


def auditor() -> Account:
    return account(Role.AUDITOR)


def administrator() -> Account:
    return account(Role.ADMINISTRATOR)


def running_session(account_id: int) -> str:
    """Start a session without a password and return its token for the cookie."""
    token, started = secrets.token_urlsafe(16), clock.now()
    db.session.add(
        LoginSession(
            account_id=account_id,
            token_hash=token_hash(token),
            started_at=started,
            expires_at=started + timedelta(days=365),
        )
    )
    return token
