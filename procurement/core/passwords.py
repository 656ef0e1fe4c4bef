"""Argon2id with the cost of the settings; checking an unknown account costs as much as checking a known one."""

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from flask import current_app

from procurement.config import Settings
from procurement.sealing.officer_keys import KeyCost

NOBODYS_PASSWORD = "kein Konto mit dieser Adresse"  # noqa: S105 - compared against when no account exists


def _hasher() -> PasswordHasher:
    settings: Settings = current_app.extensions["settings"]
    return PasswordHasher(
        time_cost=settings.password_iterations, memory_cost=settings.password_memory_kib, parallelism=1
    )


def hashed(password: str) -> str:
    """The Argon2id hash with its own salt and cost."""
    return _hasher().hash(password)


def matches(stored: str | None, password: str) -> bool:
    """Whether the password fits; without a stored hash the same work is done and the answer is no."""
    hasher = _hasher()
    if stored is None:
        hasher.hash(NOBODYS_PASSWORD)
        return False
    try:
        return hasher.verify(stored, password)
    except (VerificationError, InvalidHashError):
        return False


def sealing_cost() -> KeyCost:
    """The Argon2id cost for keys that a password seals: the same as for the password itself."""
    settings: Settings = current_app.extensions["settings"]
    return KeyCost(memory_kib=settings.password_memory_kib, iterations=settings.password_iterations, lanes=1)
