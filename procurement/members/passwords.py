"""What a password must be like; length protects, forced special characters do not (BSI ORP.4)."""

from procurement.values.objection import Objection

MINIMUM_LENGTH = 12
MINIMUM_VARIETY = 5
TELLING_LENGTH = 4


def objections_to_password(password: str, email: str, name: str) -> list[Objection]:
    """Why a password is too easy to guess; empty means that it may be used."""
    found = []
    if len(password) < MINIMUM_LENGTH:
        found.append(Objection(f"Das Kennwort braucht mindestens {MINIMUM_LENGTH} Zeichen.", "password"))
    lowered = password.casefold()
    own_words = [
        word for word in (*name.casefold().split(), email.casefold().partition("@")[0]) if len(word) >= TELLING_LENGTH
    ]
    if any(word in lowered for word in own_words):
        found.append(Objection("Das Kennwort darf weder Ihren Namen noch Ihre E-Mail-Adresse enthalten.", "password"))
    if len(set(password)) < MINIMUM_VARIETY:
        found.append(Objection("Das Kennwort besteht aus zu wenigen verschiedenen Zeichen.", "password"))
    return found
