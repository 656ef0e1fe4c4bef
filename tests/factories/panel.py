"""Panels as tests need them: people named and declared, their notes kept and submitted, by the same actions."""

from collections.abc import Mapping

from procurement.evaluation import actions_panel, queries, queries_panel
from procurement.evaluation.entries import PointsEntry
from procurement.members.models import Account
from procurement.tenders import queries_panel as panels
from procurement.tenders.models import Lot, Tender
from procurement.tenders.models_panel import PanelMember
from tests.factories import evaluation as given
from tests.factories import members as make

Notes = Mapping[str, Mapping[str, int]]
ANNAS: Notes = {"Netz GmbH": {"K1": 9, "K2": 8}, "Kabel AG": {"K1": 6, "K2": 7}}
# K1 Netz 9 against 5 lies 4 apart, Kabel 6 against 7 lies 1 apart, K2 is the same for both.
OTTOS: Notes = {"Netz GmbH": {"K1": 5, "K2": 8}, "Kabel AG": {"K1": 7, "K2": 7}}


def named(tender: Tender, *people: Account) -> list[PanelMember]:
    """These officers as the panel, each having declared that there is no conflict of interest."""
    by = make.officer("Vera Vergabe")
    members = [actions_panel.name_evaluator(tender, person, by=by) for person in people]
    for person in people:
        if panels.declaration_of(tender.id, person.id) is None:
            actions_panel.declare(tender, has_conflict=False, by=person)
    return members


def noted(lot: Lot, notes: Notes, *, by: Account) -> None:
    """Notes by bidder and criterion number, each with a reason that names both and the person."""
    leaves = {leaf.number: leaf.id for leaf in queries.leaves_of(lot.tender_id)}
    entries = [
        PointsEntry(given.bid_of(lot.tender, bidder).id, leaves[number], points, f"{by.name} zu {bidder} bei {number}")
        for bidder, of in notes.items()
        for number, points in of.items()
    ]
    actions_panel.save_notes(lot, entries, by=by)


def submitted(lot: Lot, notes: Notes, *, by: Account) -> None:
    """The only lot noted and submitted."""
    noted(lot, notes, by=by)
    actions_panel.submit_notes(lot.tender, by=by)


def compared(lot: Lot, anna: Account, otto: Account) -> queries_panel.Comparison:
    """A panel of two that has submitted Anna's and Otto's notes."""
    named(lot.tender, anna, otto)
    submitted(lot, ANNAS, by=anna)
    submitted(lot, OTTOS, by=otto)
    return queries_panel.comparison(lot)
