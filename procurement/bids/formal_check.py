"""Formal check of a bid: every reason why it may not be ranked, with its ground in § 57 VgV. None: rankable.

Reasons, not a verdict: the list greys the button, is shown to the officer and goes into the record. The exclusion
itself is decided by a person. A missing price has no exception here: the immaterial single prices of § 57 Abs. 1 Nr. 5
VgV are asked for and entered (§ 56 Abs. 3 VgV), after which the bid is complete. Below the EU threshold the VgV does
not bind; the association applies the same grounds as its own practice.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from procurement.bids.arithmetic import Completeness
from procurement.rulebook import sources
from procurement.values.label import Labelled

SMALLEST_DELAY = timedelta(seconds=1)
SHOWN_KEYS = 10


class ExclusionGround(Labelled):
    """The six grounds of § 57 Abs. 1 VgV, and that of Abs. 2 for an admitted variant."""

    LATE_OR_WRONG_FORM = "late_or_wrong_form", "Nicht form- oder fristgerecht eingegangen"
    DOCUMENTS_MISSING = "documents_missing", "Geforderte oder nachgeforderte Unterlagen fehlen"
    AMBIGUOUS_CHANGES = "ambiguous_changes", "Änderungen des Bieters nicht zweifelsfrei"
    TENDER_DOCUMENTS_CHANGED = "tender_documents_changed", "Vergabeunterlagen geändert oder ergänzt"
    PRICES_MISSING = "prices_missing", "Erforderliche Preisangaben fehlen"
    VARIANT_NOT_ADMITTED = "variant_not_admitted", "Nebenangebot nicht zugelassen"
    VARIANT_BELOW_REQUIREMENTS = "variant_below", "Nebenangebot erfüllt die Mindestanforderungen nicht"

    @property
    def norm(self) -> str:
        """The part of § 57 VgV that says so."""
        return NORMS[self]


NORMS: Mapping[ExclusionGround, str] = {
    ExclusionGround.LATE_OR_WRONG_FORM: sources.VGV_57_1_1,
    ExclusionGround.DOCUMENTS_MISSING: sources.VGV_57_1_2,
    ExclusionGround.AMBIGUOUS_CHANGES: sources.VGV_57_1_3,
    ExclusionGround.TENDER_DOCUMENTS_CHANGED: sources.VGV_57_1_4,
    ExclusionGround.PRICES_MISSING: sources.VGV_57_1_5,
    ExclusionGround.VARIANT_NOT_ADMITTED: sources.VGV_57_1_6,
    ExclusionGround.VARIANT_BELOW_REQUIREMENTS: sources.VGV_57_2,
}


@dataclass(frozen=True, slots=True)
class FormalFinding:
    """Something found when the bid was read or checked by hand; only a blocking one keeps it out of the ranking."""

    ground: ExclusionGround
    text: str
    is_blocking: bool = True


@dataclass(frozen=True, slots=True)
class BidFacts:
    """What is checked, for one lot; both moments are aware.

    ``lateness_excuse`` is the officer's recorded reason why the bidder is not to blame for the delay. A lot for which
    the bidder did not bid at all (:attr:`Completeness.is_absent`) is not checked, unless it is the only one.
    """

    received_at: datetime
    bid_deadline_at: datetime
    completeness: Completeness
    findings: Sequence[FormalFinding] = ()
    lateness_excuse: str = ""


@dataclass(frozen=True, slots=True)
class FormalObjection:
    """One reason against ranking the bid: its ground as code, the norm, and a German sentence."""

    ground: ExclusionGround
    text: str

    @property
    def norm(self) -> str:
        """The norm of the ground, as documents cite it."""
        return self.ground.norm


def objections_to_ranking(facts: BidFacts) -> list[FormalObjection]:
    """Every reason against ranking the bid, in the order of § 57 VgV; an empty list means it may be ranked."""
    found = [
        *_lateness(facts),
        *_missing_prices(facts.completeness),
        *(FormalObjection(finding.ground, finding.text) for finding in facts.findings if finding.is_blocking),
    ]
    return sorted(found, key=lambda objection: objection.norm)


def is_late(received_at: datetime, bid_deadline_at: datetime) -> bool:
    """Whether a bid arrived a full second or more after the deadline; in the second of the deadline it is in time."""
    return received_at - bid_deadline_at >= SMALLEST_DELAY


def _lateness(facts: BidFacts) -> list[FormalObjection]:
    """Late without an excuse (Nr. 1)."""
    if not is_late(facts.received_at, facts.bid_deadline_at) or facts.lateness_excuse.strip():
        return []
    delay = _in_words(facts.received_at - facts.bid_deadline_at)
    text = (
        f"Das Angebot ging {delay} nach Ablauf der Angebotsfrist ein. Es ist auszuschließen, sofern Sie nicht "
        "festhalten, dass der Bieter die Verspätung nicht zu vertreten hat."
    )
    return [FormalObjection(ExclusionGround.LATE_OR_WRONG_FORM, text)]


def _missing_prices(completeness: Completeness) -> list[FormalObjection]:
    """Positions without a price (Nr. 5)."""
    if completeness.is_complete:
        return []
    shown = ", ".join(completeness.missing[:SHOWN_KEYS])
    more = len(completeness.missing) - SHOWN_KEYS
    rest = f" und {more} weitere" if more > 0 else ""
    text = (
        f"Preise fehlen in {len(completeness.missing)} von {completeness.expected} Positionen: {shown}{rest}. "
        "Ein unvollständiges Angebot wird nicht mit der Summe der vorhandenen Preise gewertet."
    )
    return [FormalObjection(ExclusionGround.PRICES_MISSING, text)]


def _in_words(delay: timedelta) -> str:
    """A delay as a clerk writes it, in full seconds: "1 Tag, 2 Stunden, 1 Sekunde"."""
    hours, seconds = divmod(delay.seconds, 3600)
    minutes, seconds = divmod(seconds, 60)
    parts = (
        (delay.days, "Tag", "Tage"),
        (hours, "Stunde", "Stunden"),
        (minutes, "Minute", "Minuten"),
        (seconds, "Sekunde", "Sekunden"),
    )
    return ", ".join(f"{count} {one if count == 1 else many}" for count, one, many in parts if count)
