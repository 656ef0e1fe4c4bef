"""Entering what a bid says besides its unit prices: every entry is a version, a correction says why."""

from procurement.audit.actions import Change, record
from procurement.audit.actor import Actor
from procurement.audit.events import Event
from procurement.bids import figures_entries, queries_comparison, queries_figures
from procurement.bids.actions import hold
from procurement.bids.figures_entries import EnteringFacts, FiguresEntry, objections_to_figures
from procurement.bids.models import Bid
from procurement.bids.models_figures import BidFigures
from procurement.core import clock
from procurement.core.db import db
from procurement.core.errors import Conflict, Refused, refuse_if
from procurement.tenders.models import Lot


def enter_figures(bid: Bid, lot: Lot, entry: FiguresEntry, *, by: Actor, seen: int | None = None) -> BidFigures:
    """Store the figures as the next version; ``seen`` is the number of the version the person saw, 0 for none.

    Raises :class:`Refused` with every objection, :class:`Conflict` if somebody else entered a version meanwhile.
    """
    hold(bid.tender)
    if lot.tender_id != bid.tender_id:
        raise Refused("Das Los gehört zu einer anderen Ausschreibung.")
    latest = queries_figures.latest_of(bid, lot)
    number = latest.number if latest else 0
    if seen is not None and seen != number:
        raise Conflict(
            f"Zu Angebot {bid.number} wurde inzwischen Fassung {number} erfasst; Sie sahen Fassung {seen}. Bitte "
            "vergleichen Sie beide und geben Sie dann noch einmal ein."
        )
    asked = queries_figures.terms_of(bid.tender).asked_in(lot.number)
    [standing] = queries_comparison.figures_in(lot, [bid])
    facts = EnteringFacts(bid.tender.stage, bid.state, latest is not None, asked, standing.evaluation_total)
    refuse_if(objections_to_figures(facts, entry))
    stored = figures_entries.as_stored(entry)
    before = latest.figures if latest else {}
    if latest is not None and stored == before:
        raise Refused("Es wurde nichts geändert; die erfassten Angaben bleiben, wie sie sind.")
    made = BidFigures(
        bid=bid,
        lot=lot,
        number=number + 1,
        figures=stored,
        reason=entry.reason.strip(),
        entered_at=clock.now(),
        entered_by_id=by.id,
    )
    db.session.add(made)
    db.session.flush()
    event = Event.FIGURES_CORRECTED if latest else Event.FIGURES_ENTERED
    record(event, made, by=by, changes=_words(made, before), tender_id=bid.tender_id)
    return made


def _words(made: BidFigures, before: figures_entries.Stored) -> dict[str, Change | str]:
    old, new = figures_entries.worded(before), figures_entries.worded(made.figures)
    words: dict[str, Change | str] = {
        name: (old.get(name, ""), new.get(name, ""))
        for name in dict.fromkeys([*old, *new])
        if old.get(name) != new.get(name)
    }
    words["Fassung"] = str(made.number)
    if made.reason:
        words["Grund"] = made.reason
    return words
