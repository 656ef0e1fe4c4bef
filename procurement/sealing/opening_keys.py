"""A tender's key pair and how two officers open it: nested envelopes, one per ordered pair of officers.

Bids are sealed to the public key. The private key is never stored: it lies in an inner envelope for the second officer,
which lies in an outer envelope for the first (HPKE, RFC 9180). Every ordered pair gets its own, so either officer of a
pair may come first: 3 officers make 6 envelopes, 5 make 20. Rejected: Shamir's secret sharing; for two of n, pairs need
no new mathematics, and a changed share gives a wrong key silently.

Honest limits. This protects the database, its backups, and against one insider. While two officers type their
passwords, the running server can see them and the key. Nothing cryptographic enforces the deadline: the application
refuses and records. After the first release the second officer can open alone, which is its purpose, so the
application must refuse the first release before the deadline as well. Someone who can write to the database before
publication could put in a public key of their own; therefore its fingerprint belongs into the audit trail, and
:func:`release_second` checks that both keys belong together.
"""

import hashlib
import itertools
from collections.abc import Mapping
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

from procurement.sealing.framing import bound_to
from procurement.sealing.officer_keys import SealingError

SUITE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
FEWEST_OFFICERS = 2


class TooFewOfficers(SealingError):
    """A tender needs at least two officers with an opening key."""

    sentence = (
        "Für die Angebotsöffnung werden mindestens zwei Personen mit Öffnungsschlüssel gebraucht, besser drei. "
        "Bitte benennen Sie weitere Personen der Vergabestelle."
    )


class SameOfficerTwice(SealingError):
    """Both releases would come from one person."""

    sentence = "Die Angebote müssen von zwei verschiedenen Personen geöffnet werden. Sie haben bereits freigegeben."


class EnvelopeRefused(SealingError):
    """The envelope does not open: another person, another tender, the wrong order, or changed bytes."""

    sentence = (
        "Diese Freigabe ist mit Ihrem Öffnungsschlüssel für diese Ausschreibung nicht möglich. "
        "Bitte prüfen Sie, ob Sie für die Öffnung benannt sind und ob die Freigaben zur selben Ausschreibung gehören."
    )


class KeyMismatch(SealingError):
    """The opened private key is not the other half of the tender's public key: one of them was exchanged."""

    sentence = (
        "Der geöffnete Schlüssel gehört nicht zum veröffentlichten Schlüssel der Ausschreibung. "
        "Bitte brechen Sie die Öffnung ab und lassen Sie den Prüfpfad kontrollieren."
    )


@dataclass(frozen=True, slots=True, order=True)
class OfficerPair:
    """Two different officers in the order in which they release; raises :class:`SameOfficerTwice`."""

    first: str
    second: str

    def __post_init__(self) -> None:
        if self.first == self.second:
            raise SameOfficerTwice


@dataclass(frozen=True, slots=True)
class TenderKey:
    """The public key bids are sealed to, and one envelope per ordered pair that opens its private half."""

    public: bytes
    envelopes: Mapping[OfficerPair, bytes]


def fingerprint(public: bytes) -> str:
    """SHA-256 of a public key in hexadecimal, for the audit trail and the notice to bidders."""
    return hashlib.sha256(public).hexdigest()


def new_tender_key(tender_ref: str, officers: Mapping[str, bytes]) -> TenderKey:
    """Make a tender's key pair for ``officers`` (id to public key); raise :class:`TooFewOfficers` below two."""
    if len(officers) < FEWEST_OFFICERS:
        raise TooFewOfficers
    private = X25519PrivateKey.generate()
    raw = private.private_bytes_raw()
    pairs = [OfficerPair(first, second) for first, second in itertools.permutations(sorted(officers), 2)]
    envelopes = {}
    for pair in pairs:
        inner = SUITE.encrypt(raw, _public(officers[pair.second]), info=_inner(tender_ref, pair))
        envelopes[pair] = SUITE.encrypt(inner, _public(officers[pair.first]), info=_outer(tender_ref, pair))
    return TenderKey(private.public_key().public_bytes_raw(), envelopes)


def release_first(tender_ref: str, pair: OfficerPair, envelope: bytes, first_private: X25519PrivateKey) -> bytes:
    """Take off the outer envelope; the rest can be stored, because only the second officer of the pair opens it."""
    return _opened(envelope, first_private, _outer(tender_ref, pair))


def release_second(
    tender_ref: str, pair: OfficerPair, half_open: bytes, second_private: X25519PrivateKey, tender_public: bytes
) -> X25519PrivateKey:
    """Take off the inner envelope: the tender's private key, checked against its public key, never to be stored."""
    raw = _opened(half_open, second_private, _inner(tender_ref, pair))
    tender_private = X25519PrivateKey.from_private_bytes(raw)
    if tender_private.public_key().public_bytes_raw() != tender_public:
        raise KeyMismatch
    return tender_private


def _opened(envelope: bytes, private: X25519PrivateKey, bound: bytes) -> bytes:
    """Open one layer; whatever is wrong with it, the answer is the same."""
    try:
        return SUITE.decrypt(envelope, private, info=bound)
    except (InvalidTag, ValueError) as error:
        raise EnvelopeRefused from error


def _outer(tender_ref: str, pair: OfficerPair) -> bytes:
    """What the outer envelope is bound to."""
    return bound_to("outer envelope", tender_ref, pair.first, pair.second)


def _inner(tender_ref: str, pair: OfficerPair) -> bytes:
    """What the inner envelope is bound to."""
    return bound_to("inner envelope", tender_ref, pair.first, pair.second)


def _public(raw: bytes) -> X25519PublicKey:
    """A public key from its 32 bytes."""
    return X25519PublicKey.from_public_bytes(raw)
