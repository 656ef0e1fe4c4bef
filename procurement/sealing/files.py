"""Sealing a bid on arrival and unsealing it after the opening: nobody reads a bid before two officers released it.

Every file gets its own random AES-256-GCM key and is encrypted in pieces of 1 MiB whose order and end are
authenticated; the file key is wrapped with HPKE to the tender's public key
(:mod:`procurement.sealing.opening_keys`). The ciphertext is bound to tender and bid, so a sealed file cannot be passed
off as another bid's. The SHA-256 of the stored bytes goes on the bidder's receipt: anyone can recompute it, and it
proves that what is opened is what was handed in (§§ 10, 54 VgV).

The public key is public: someone who may write to the database could put a *different* sealed file in place. The cipher
does not notice; the receipt and the audit trail do, hence :func:`is_unchanged` before every unsealing.
"""

import hashlib
import hmac
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from procurement.sealing.framing import DamagedBlob, bound_to, pack, unpack
from procurement.sealing.officer_keys import SealingError
from procurement.sealing.opening_keys import SUITE

KIND = b"kaaw sealed bid 1\n"
PIECE = 1 << 20
TAG_BYTES = 16
COUNTER_BYTES = 11


class SealBroken(SealingError):
    """A sealed file does not open: another tender's key, another bid's place, or bytes cut off, moved or changed."""

    sentence = (
        "Das verschlossene Angebot lässt sich nicht öffnen: Es wurde verändert oder gehört zu einem anderen Vorgang. "
        "Bitte vergleichen Sie die Prüfsumme mit der Eingangsbestätigung und halten Sie den Befund fest."
    )


@dataclass(frozen=True, slots=True)
class SealedFile:
    """A sealed file: ``head`` is its wrapped key, ``body`` the encrypted pieces, ``sha256`` the checksum of both."""

    head: bytes
    body: bytes
    sha256: str

    def to_bytes(self) -> bytes:
        """One blob for storage; its plain SHA-256 is :attr:`sha256`."""
        return pack(KIND, [self.head, self.body])

    @classmethod
    def from_bytes(cls, blob: bytes) -> "SealedFile":
        """Read a stored blob and compute its checksum afresh; raise :class:`SealBroken` when it is no sealed file."""
        try:
            head, body = unpack(KIND, blob, 2)
        except DamagedBlob as error:
            raise SealBroken from error
        return cls(head, body, hashlib.sha256(blob).hexdigest())


def seal(tender_ref: str, bid_ref: str, tender_public: bytes, content: bytes) -> SealedFile:
    """Encrypt a file for the opening of one tender; ``bid_ref`` names the bid and, if it has several, the file."""
    bound = bound_to("bid file", tender_ref, bid_ref)
    file_key = AESGCM.generate_key(256)
    cipher = AESGCM(file_key)
    count = max(1, -(-len(content) // PIECE))
    pieces = (content[number * PIECE : (number + 1) * PIECE] for number in range(count))
    body = b"".join(cipher.encrypt(_nonce(number, count), piece, bound) for number, piece in enumerate(pieces))
    head = SUITE.encrypt(file_key, X25519PublicKey.from_public_bytes(tender_public), info=bound)
    return SealedFile(head, body, hashlib.sha256(pack(KIND, [head, body])).hexdigest())


def unseal(tender_ref: str, bid_ref: str, tender_private: X25519PrivateKey, sealed: SealedFile) -> bytes:
    """The file as it was handed in; raise :class:`SealBroken` when anything about it was changed or confused."""
    bound = bound_to("bid file", tender_ref, bid_ref)
    step = PIECE + TAG_BYTES
    pieces = [sealed.body[start : start + step] for start in range(0, len(sealed.body), step)]
    if not pieces:
        raise SealBroken
    try:
        cipher = AESGCM(SUITE.decrypt(sealed.head, tender_private, info=bound))
        clear = [cipher.decrypt(_nonce(number, len(pieces)), piece, bound) for number, piece in enumerate(pieces)]
    except (InvalidTag, ValueError) as error:
        raise SealBroken from error
    return b"".join(clear)


def is_unchanged(sealed: SealedFile, receipt_sha256: str) -> bool:
    """Whether a stored file still has the checksum that stands on the bidder's receipt."""
    return hmac.compare_digest(sealed.sha256, receipt_sha256.lower())


def _nonce(number: int, count: int) -> bytes:
    """Eleven bytes of position and one byte "this is the last piece"; unique, since every file has its own key."""
    return number.to_bytes(COUNTER_BYTES, "big") + bytes([number == count - 1])
