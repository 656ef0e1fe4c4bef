"""What an auditor looks at first: cases that differ from the rule, each with the word for it.

Unusual is not wrong: a single bid, a late bid or a correction can be in order. The words only say where to look.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from procurement.tenders.kinds import TenderStage

NEW_FOR = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class TenderFacts:
    """A published tender; the figures of its bids are there from the opening on."""

    id: int
    reference: str
    title: str
    stage: TenderStage
    published_at: datetime | None
    is_opened: bool
    imported_from: str = ""
    bids: int = 0
    late: int = 0
    late_excused: int = 0
    excluded: int = 0


@dataclass(frozen=True, slots=True)
class AwardFacts:
    """A proposed or confirmed award: the rank of the chosen bid and how many bids share the first rank."""

    tender_id: int
    lot_number: int
    rank: int | None
    first_ranked: int


@dataclass(frozen=True, slots=True)
class Mark:
    """What is unusual, in words; ``endpoint`` is the page that shows it, with the tender as its parameter."""

    text: str
    tone: str
    endpoint: str


@dataclass(frozen=True, slots=True)
class UnusualCase:
    """A tender with at least one mark."""

    tender: TenderFacts
    marks: tuple[Mark, ...]


def unusual_cases(tenders: Iterable[TenderFacts], awards: Sequence[AwardFacts]) -> list[UnusualCase]:
    """The tenders with marks, in the order given."""
    found = []
    for tender in tenders:
        own = [award for award in awards if award.tender_id == tender.id]
        marks = (*_marks_on_bids(tender), *(mark for award in own for mark in _marks_on_award(award)))
        if tender.stage is TenderStage.CANCELLED:
            marks = (*marks, Mark("aufgehoben", "neutral", "tenders.record"))
        if marks:
            found.append(UnusualCase(tender, marks))
    return found


def new_cases(tenders: Iterable[TenderFacts], now: datetime) -> list[TenderFacts]:
    """The tenders published within the last thirty days."""
    return [tender for tender in tenders if tender.published_at is not None and now - tender.published_at <= NEW_FOR]


def _marks_on_bids(tender: TenderFacts) -> list[Mark]:
    if not tender.is_opened:
        return []
    found = []
    if tender.bids <= 1:
        found.append(Mark("nur ein Angebot" if tender.bids else "kein Angebot", "warning", "bids.index"))
    if tender.late:
        excused = f", {tender.late_excused} entschuldigt" if tender.late_excused else ""
        found.append(Mark(f"verspätete Angebote: {tender.late}{excused}", "warning", "bids.index"))
    if tender.excluded:
        found.append(Mark(f"ausgeschlossene Angebote: {tender.excluded}", "info", "bids.index"))
    if tender.imported_from:
        found.append(Mark(f"geöffnet auf anderer Plattform ({tender.imported_from})", "info", "bids.index"))
    return found


def _marks_on_award(award: AwardFacts) -> list[Mark]:
    found = []
    if award.rank != 1:
        place = f"Rang {award.rank}" if award.rank else "ein Angebot ohne Rang"
        found.append(Mark(f"Los {award.lot_number}: Zuschlag auf {place}", "danger", "evaluation.show"))
    if award.first_ranked > 1:
        text = f"Los {award.lot_number}: Gleichstand auf Rang 1 ({award.first_ranked} Angebote)"
        found.append(Mark(text, "warning", "evaluation.show"))
    return found
