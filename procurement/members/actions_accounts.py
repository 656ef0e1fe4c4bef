"""Accounts, their roles and passwords, and signed-in sessions: everything that changes them."""

import secrets
from datetime import timedelta

import sqlalchemy as sa
from flask import current_app

from procurement.audit.actions import record
from procurement.audit.actor import Actor
from procurement.audit.events import Event
from procurement.config import Settings
from procurement.core import clock, passwords
from procurement.core.db import db
from procurement.core.errors import Refused, TooManyAttempts, refuse_if
from procurement.core.permissions import Role
from procurement.members import queries
from procurement.members.models import Account, Assignment, LoginAttempt, LoginSession, Member
from procurement.members.passwords import objections_to_password
from procurement.sealing import officer_keys
from procurement.values.objection import Objection


def create_account(name: str, email: str, password: str, *, by: Actor, is_demonstration: bool = False) -> Account:
    """Create an account without any role; its opening key is sealed with the password."""
    address = email.strip().casefold()
    found = [] if is_demonstration else objections_to_password(password, address, name)
    if queries.account_by_email(address) is not None:
        found.append(Objection("Ein Benutzerkonto mit dieser E-Mail-Adresse gibt es bereits.", "email"))
    refuse_if(found)
    account = Account(
        name=name.strip(),
        email=address,
        password_hash=passwords.hashed(password),
        created_at=clock.now(),
        is_demonstration=is_demonstration,
    )
    db.session.add(account)
    db.session.flush()
    account.opening_key = officer_keys.new_officer_key(str(account.id), password, passwords.sealing_cost()).to_bytes()
    record(Event.ACCOUNT_CREATED, account, by=by)
    return account


def assign_role(account: Account, role: Role, member: Member | None = None, *, by: Actor) -> Assignment:
    """Give an account a role; a lead needs the member the person works for."""
    if (role is Role.MEMBER_LEAD) != (member is not None):
        raise Refused([Objection("Eine IT-Leitung braucht genau ein Mitglied, andere Rollen haben keines.", "member")])
    if any(a.role is role and a.member is member for a in account.assignments):
        raise Refused([Objection("Diese Rolle hat das Konto bereits.", "role")])
    assignment = Assignment(role=role, member=member)
    account.assignments.append(assignment)
    words = f"{role.label} ({member.name})" if member else role.label
    record(Event.ROLE_ASSIGNED, account, by=by, changes={"Rolle": words}, member_id=member.id if member else None)
    return assignment


def remove_role(assignment: Assignment, *, by: Actor) -> None:
    """Take a role away and sign the person out everywhere."""
    account = assignment.account
    if account.id == by.id and assignment.role is Role.ADMINISTRATOR:
        raise Refused("Die eigene Rolle als Administration kann nur eine andere Person entziehen.")
    account.assignments.remove(assignment)
    db.session.delete(assignment)
    end_all_sessions(account)
    record(Event.ROLE_REMOVED, account, by=by, changes={"Rolle": assignment.role.label})


def set_active(account: Account, *, active: bool, by: Actor) -> None:
    """Close or reopen an account; a closed account cannot sign in and its entries stay."""
    if account.id == by.id:
        raise Refused("Das eigene Konto kann nur eine andere Person sperren.")
    before, account.is_active = account.is_active, active
    words = {True: "aktiv", False: "gesperrt"}
    end_all_sessions(account)
    record(Event.ACCOUNT_CHANGED, account, by=by, changes={"Zustand": (words[before], words[active])})


def change_password(account: Account, old: str, new: str) -> Account:
    """Change the own password; the opening key is wrapped anew, so tenders under way stay openable."""
    if not passwords.matches(account.password_hash, old):
        raise Refused([Objection("Das bisherige Kennwort stimmt nicht.", "old_password")])
    refuse_if(objections_to_password(new, account.email, account.name))
    if account.opening_key:
        key = officer_keys.OfficerKey.from_bytes(account.opening_key)
        account.opening_key = officer_keys.rewrap(key, old, new).to_bytes()
    account.password_hash = passwords.hashed(new)
    end_all_sessions(account)
    record(Event.PASSWORD_CHANGED, account, by=account)
    return account


def reset_password(account: Account, new: str, *, by: Actor) -> Account:
    """Set a new password for somebody who forgot the old one; their opening key is lost with it and made anew."""
    refuse_if(objections_to_password(new, account.email, account.name))
    account.password_hash = passwords.hashed(new)
    end_all_sessions(account)
    account.opening_key = officer_keys.new_officer_key(str(account.id), new, passwords.sealing_cost()).to_bytes()
    record(Event.PASSWORD_CHANGED, account, by=by, changes={"Anlass": "durch die Administration neu gesetzt"})
    return account


def start_session(email: str, password: str, address: str) -> tuple[Account, str]:
    """Check a sign-in and start a server-side session; return the account and the token for the cookie.

    Failed attempts are counted per account name and per address; beyond the limit even the right password waits.
    """
    name = email.strip().casefold()[:200]
    settings: Settings = current_app.extensions["settings"]
    window = timedelta(minutes=settings.sign_in_window_minutes)
    too_many = (
        queries.failed_attempts(LoginAttempt.email, name, window) >= settings.failed_sign_ins_per_account
        or queries.failed_attempts(LoginAttempt.address, address, window) >= settings.failed_sign_ins_per_address
    )
    if too_many:
        raise TooManyAttempts(
            f"Zu viele gescheiterte Anmeldungen. Bitte warten Sie {settings.sign_in_window_minutes} Minuten und "
            "versuchen Sie es dann noch einmal."
        )
    account = queries.account_by_email(name)
    fits = passwords.matches(account.password_hash if account else None, password)
    succeeded = fits and account is not None and account.is_active
    db.session.add(LoginAttempt(at=clock.now(), email=name, address=address, succeeded=succeeded))
    if account is None or not succeeded:
        if account is not None:
            record(Event.SIGN_IN_FAILED, account, by=account)
        raise Refused("E-Mail-Adresse oder Kennwort stimmt nicht.")
    token = secrets.token_urlsafe(32)
    db.session.add(_session_of(account, token, address, timedelta(hours=settings.session_hours)))
    record(Event.SIGNED_IN, account, by=account)
    return account, token


def _session_of(account: Account, token: str, address: str, length: timedelta) -> LoginSession:
    started = clock.now()
    return LoginSession(
        account=account,
        token_hash=queries.token_hash(token),
        started_at=started,
        expires_at=started + length,
        address=address,
    )


def end_session(account: Account, token: str) -> None:
    """Sign this browser out."""
    query = sa.select(LoginSession).filter_by(token_hash=queries.token_hash(token), ended_at=None)
    for session in db.session.scalars(query):
        session.ended_at = clock.now()
    record(Event.SIGNED_OUT, account, by=account)


def end_all_sessions(account: Account) -> None:
    """Sign the person out everywhere: after a change of password, role or state."""
    running = sa.update(LoginSession).where(LoginSession.account_id == account.id, LoginSession.ended_at.is_(None))
    db.session.execute(running.values(ended_at=clock.now()))
