"""Is this the document that was issued? Stored file, register and audit trail must agree on its checksum."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RecordedIssue:
    """What the audit trail says about the issuing: the checksum named there, and whether the entry itself is whole."""

    number: int
    sha256: str
    is_intact: bool


@dataclass(frozen=True, slots=True)
class Finding:
    """One comparison in words."""

    text: str
    is_right: bool


@dataclass(frozen=True, slots=True)
class Verification:
    """The checksum computed now from the stored bytes, and every comparison made with it."""

    computed: str
    findings: tuple[Finding, ...]

    @property
    def is_genuine(self) -> bool:
        """Whether every comparison holds."""
        return all(finding.is_right for finding in self.findings)

    @property
    def faults(self) -> Sequence[Finding]:
        """The comparisons that do not hold."""
        return [finding for finding in self.findings if not finding.is_right]


def verify(content: bytes, registered: str, recorded: RecordedIssue | None) -> Verification:
    """Compare the bytes as they are stored with the register of documents and with the audit trail."""
    computed = hashlib.sha256(content).hexdigest()
    return Verification(computed, (_register(computed, registered), *_trail(computed, recorded)))


def _register(computed: str, registered: str) -> Finding:
    if computed == registered:
        return Finding("Die gespeicherte Datei hat die Prüfsumme, unter der sie ausgestellt wurde.", is_right=True)
    return Finding(f"Die gespeicherte Datei wurde verändert: Ausgestellt wurde sie mit {registered}.", is_right=False)


def _trail(computed: str, recorded: RecordedIssue | None) -> list[Finding]:
    if recorded is None:
        return [Finding("Im Prüfpfad steht kein Eintrag über die Ausstellung dieses Dokuments.", is_right=False)]
    place = f"Eintrag {recorded.number} im Prüfpfad"
    same = recorded.sha256 == computed
    named = (
        f"{place} nennt dieselbe Prüfsumme."
        if same
        else f"{place} nennt eine andere Prüfsumme: {recorded.sha256 or 'keine'}."
    )
    whole = (
        f"{place} ist unverändert; seine eigene Prüfsumme passt zu seinem Inhalt."
        if recorded.is_intact
        else f"{place} wurde verändert: Seine eigene Prüfsumme passt nicht zu seinem Inhalt."
    )
    return [Finding(named, is_right=same), Finding(whole, is_right=recorded.is_intact)]
