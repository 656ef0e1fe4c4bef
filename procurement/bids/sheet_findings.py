"""Findings as they are stored with a reading, and back; all values are text, so that the stored list stays readable."""

from collections.abc import Iterable, Mapping

from procurement.bids.findings import Finding, FindingCode

BLOCKING, NOTED = "blocking", "noted"
CODES = {code.value: code for code in FindingCode}


def stored(findings: Iterable[Finding]) -> list[dict[str, str]]:
    """Findings as plain texts, in their order."""
    return [
        {
            "sheet": finding.sheet,
            "cell": finding.cell,
            "code": finding.code.value,
            "message": finding.message,
            "weight": BLOCKING if finding.is_blocking else NOTED,
        }
        for finding in findings
    ]


def restored(rows: Iterable[Mapping[str, str]]) -> list[Finding]:
    """The findings of a stored list."""
    return [
        Finding(row["sheet"], row["cell"], CODES[row["code"]], row["message"], row["weight"] == BLOCKING)
        for row in rows
    ]


def same_name(written: str, registered: str) -> bool:
    """Whether two spellings of a bidder's name differ in spaces and capitals only."""
    return " ".join(written.split()).casefold() == " ".join(registered.split()).casefold()
