"""Replaying a panel: people named and declared, their notes blind to prices and to each other, what they agreed on."""

from procurement.core import clock
from procurement.evaluation import actions_consensus, actions_panel, queries, queries_panel
from procurement.evaluation.consensus import AgreedEntry
from procurement.evaluation.entries import PointsEntry
from procurement.scenario.bid_steps import Received
from procurement.scenario.cast import Cast
from procurement.scenario.errors import at_path
from procurement.scenario.schema import PointsPart, TenderPart
from procurement.scenario.tender_steps import all_lots
from procurement.scenario.timeline import Timeline
from procurement.tenders.models import Lot, Tender
from procurement.tenders.queries_panel import have_all_submitted

READING_DAYS = 2


def name(tender: Tender, part: TenderPart, path: str, cast: Cast, timeline: Timeline) -> None:
    """Name the panel before the bids are opened; everybody declares that there is no conflict of interest."""
    if not part.panel:
        return
    with at_path(f"{path}.panel"), clock.at(timeline.step()):
        for email in part.panel:
            person = cast.officer(email)
            actions_panel.name_evaluator(tender, person, by=cast.preparer)
            actions_panel.declare(tender, has_conflict=False, by=person)


def score(tender: Tender, part: TenderPart, received: Received, path: str, cast: Cast, timeline: Timeline) -> None:
    """Let everybody with notes on every bid submit them; after the last one the panel agrees."""
    with at_path(path):
        for email in part.panel:
            if all(email in bid.notes for bid in part.bids):
                with clock.at(timeline.later(READING_DAYS)):
                    _note(tender, part, received, cast, email)
        if part.panel and have_all_submitted(tender.id):
            with clock.at(timeline.later(1)):
                for lot in all_lots(tender):
                    _agree(lot, received, cast, part.panel[0])


def _note(tender: Tender, part: TenderPart, received: Received, cast: Cast, email: str) -> None:
    person = cast.officer(email)
    for lot in all_lots(tender):
        offered = {offer.bid_id for offer in queries.rateable_offers(lot)}
        entries = [
            PointsEntry(received.bids[bid.bidder].id, _leaf(tender, number), given.points, given.reason)
            for bid in part.bids
            if received.bids[bid.bidder].id in offered
            for number, given in bid.notes[email].items()
        ]
        actions_panel.save_notes(lot, entries, by=person)
    actions_panel.submit_notes(tender, by=person)


def _agree(lot: Lot, received: Received, cast: Cast, email: str) -> None:
    """Where all gave the same it is taken over; the rest is the file's ``points`` with their reasons."""
    by, found = cast.officer(email), queries_panel.comparison(lot)
    if found.adoptable:
        actions_consensus.adopt_unanimous(lot, by=by)
    written: dict[int, dict[str, PointsPart]] = {
        received.bids[bidder].id: dict(part.points) for bidder, part in received.parts.items()
    }
    entries = []
    for cell in queries_panel.comparison(lot).open:
        given = written[cell.bid.id].get(cell.criterion.number)
        if given is None:
            raise LookupError(f"{cell.bid.bidder}: Zu Kriterium {cell.criterion.number} fehlt, was vereinbart wurde.")
        entries.append(AgreedEntry(cell.bid.id, cell.criterion.id, given.points, given.reason))
    if entries:
        actions_consensus.agree(lot, entries, by=by)


def _leaf(tender: Tender, number: str) -> int:
    found = [leaf.id for leaf in queries.leaves_of(tender.id) if leaf.number == number]
    if not found:
        raise LookupError(f"notes: Ein Kriterium {number} gibt es nicht, oder es hat Unterkriterien.")
    return found[0]
