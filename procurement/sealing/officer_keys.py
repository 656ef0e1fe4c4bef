"""An officer's key pair for opening bids; the private half is stored only encrypted under the officer's login password.

The password is typed again when bids are opened (step-up confirmation) and turned into an encryption key by Argon2id,
so neither the database nor a backup opens a bid. The honest limits: the running server sees the password while it is
typed; whoever controls the server at that moment can read what that officer may read. A *changed* password re-wraps
the key (:func:`rewrap` needs the old and the new one). A *reset* password loses the key for good, because nobody knows
the old one: hence a tender needs at least two officers, better three. Rejected: a separate passphrase, which people
write down.

This module knows nothing of tenders or bids and may be used wherever a password is set.
"""

import os
import unicodedata
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from procurement.sealing.framing import DamagedBlob, bound_to, pack, unpack

KIND = b"kaaw officer key 1\n"
SALT_BYTES = 16
NONCE_BYTES = 12
KEY_BYTES = 32


class SealingError(Exception):
    """Something about sealed bids is refused; the text is a German sentence for the officer."""

    sentence = "Der Vorgang wurde aus Sicherheitsgründen abgelehnt."

    def __init__(self) -> None:
        super().__init__(self.sentence)


class WrongPassphrase(SealingError):
    """The officer's private key does not open with this password."""

    sentence = (
        "Das Passwort passt nicht zu Ihrem Öffnungsschlüssel. Bitte geben Sie Ihr Anmeldepasswort erneut ein. "
        "Wurde Ihr Passwort zurückgesetzt, müssen zwei andere für diese Ausschreibung benannte Personen öffnen."
    )


class DamagedOfficerKey(SealingError):
    """The stored officer key is cut off or of another kind."""

    sentence = (
        "Der gespeicherte Öffnungsschlüssel ist beschädigt. Bitte lassen Sie den Schlüssel aus einer Datensicherung "
        "wiederherstellen oder zwei andere benannte Personen öffnen."
    )


@dataclass(frozen=True, slots=True)
class KeyCost:
    """How hard Argon2id makes guessing: memory in KiB, passes over it, parallel lanes; about 0.1 s as it stands."""

    memory_kib: int = 64 * 1024
    iterations: int = 3
    lanes: int = 4


@dataclass(frozen=True, slots=True)
class OfficerKey:
    """What is stored for an officer; ``public`` is 32 bytes, ``sealed_private`` opens only with the password."""

    officer_id: str
    public: bytes
    salt: bytes
    nonce: bytes
    sealed_private: bytes
    cost: KeyCost

    def to_bytes(self) -> bytes:
        """One blob for one column."""
        cost = f"{self.cost.memory_kib} {self.cost.iterations} {self.cost.lanes}"
        texts = (self.officer_id.encode(), cost.encode())
        return pack(KIND, [*texts, self.public, self.salt, self.nonce, self.sealed_private])

    @classmethod
    def from_bytes(cls, blob: bytes) -> "OfficerKey":
        """Read what :meth:`to_bytes` wrote; raise :class:`DamagedOfficerKey` for anything else."""
        try:
            officer_id, cost, public, salt, nonce, sealed_private = unpack(KIND, blob, 6)
            memory_kib, iterations, lanes = (int(part) for part in cost.split())
            key_cost = KeyCost(memory_kib, iterations, lanes)
            return cls(officer_id.decode(), public, salt, nonce, sealed_private, key_cost)
        except (DamagedBlob, ValueError) as error:
            raise DamagedOfficerKey from error


def new_officer_key(officer_id: str, passphrase: str, cost: KeyCost | None = None) -> OfficerKey:
    """Make a fresh key pair whose private half opens only with ``passphrase``."""
    return _wrapped(X25519PrivateKey.generate(), officer_id, passphrase, cost or KeyCost())


def unlock(officer_key: OfficerKey, passphrase: str) -> X25519PrivateKey:
    """The private key, for one request and never stored; raise :class:`WrongPassphrase` if it does not open."""
    cipher = _cipher(passphrase, officer_key.salt, officer_key.cost)
    bound = bound_to("officer key", officer_key.officer_id)
    try:
        raw = cipher.decrypt(officer_key.nonce, officer_key.sealed_private, bound)
    except InvalidTag as error:
        raise WrongPassphrase from error
    private = X25519PrivateKey.from_private_bytes(raw)
    if private.public_key().public_bytes_raw() != officer_key.public:
        raise DamagedOfficerKey
    return private


def rewrap(officer_key: OfficerKey, old: str, new: str, cost: KeyCost | None = None) -> OfficerKey:
    """The same key pair under a new password, for a password change; envelopes made for it stay usable."""
    return _wrapped(unlock(officer_key, old), officer_key.officer_id, new, cost or officer_key.cost)


def _wrapped(private: X25519PrivateKey, officer_id: str, passphrase: str, cost: KeyCost) -> OfficerKey:
    """Encrypt a private key under a password with fresh salt and nonce."""
    salt, nonce = os.urandom(SALT_BYTES), os.urandom(NONCE_BYTES)
    cipher = _cipher(passphrase, salt, cost)
    sealed = cipher.encrypt(nonce, private.private_bytes_raw(), bound_to("officer key", officer_id))
    return OfficerKey(officer_id, private.public_key().public_bytes_raw(), salt, nonce, sealed, cost)


def _cipher(passphrase: str, salt: bytes, cost: KeyCost) -> AESGCM:
    """The cipher a password stands for; composed characters, so that "ü" is one key on every keyboard."""
    argon = Argon2id(
        salt=salt, length=KEY_BYTES, iterations=cost.iterations, lanes=cost.lanes, memory_cost=cost.memory_kib
    )
    return AESGCM(argon.derive(unicodedata.normalize("NFC", passphrase).encode()))
