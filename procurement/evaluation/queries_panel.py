"""Reading the panel's work: the own notes, and once all have submitted those of everybody beside each other."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import sqlalchemy as sa

from procurement.bids.models import Bid, BidFile
from procurement.core.db import db
from procurement.core.permissions import Role
from procurement.evaluation import queries
from procurement.evaluation.consensus import Agreement, NoteRow, agreement_of, spread
from procurement.evaluation.models import Score
from procurement.evaluation.models_panel import PanelNote
from procurement.evaluation.panel_rules import EvaluatorFacts, NamingFacts, PanelFacts
from procurement.evaluation.points_sheet import PointsSheet, SheetBid, SheetCell, SheetCriterion
from procurement.evaluation.queries import Cell, LotOffer
from procurement.evaluation.queries_points import points_sheet
from procurement.members.models import Account
from procurement.tenders import queries_panel as panels
from procurement.tenders.models import Lot, Tender
from procurement.tenders.models_panel import PanelMember


@dataclass(frozen=True, slots=True)
class OwnCell:
    """One bid under one criterion with what this evaluator noted; fixed once submitted in an earlier round."""

    cell: SheetCell
    points: int | None
    reason: str
    is_fixed: bool = False

    @property
    def is_done(self) -> bool:
        """Points and reason are there."""
        return self.points is not None and bool(self.reason)


@dataclass(frozen=True, slots=True)
class OwnNotes:
    """All cells of one lot that this evaluator has to fill."""

    lot: Lot
    cells: tuple[OwnCell, ...]

    @property
    def criteria(self) -> list[SheetCriterion]:
        """The criteria to judge, in their order."""
        return list(dict.fromkeys(own.cell.criterion for own in self.cells))

    def of(self, criterion_id: int) -> list[OwnCell]:
        """All bids under one criterion."""
        return [own for own in self.cells if own.cell.criterion.id == criterion_id]

    @property
    def done(self) -> int:
        """How many are complete."""
        return sum(own.is_done for own in self.cells)

    @property
    def missing(self) -> list[str]:
        """One sentence per criterion with a gap."""
        gaps: dict[str, list[str]] = {}
        for own in self.cells:
            if not own.is_done:
                name = f"Los {self.lot.number}, {own.cell.criterion.number} {own.cell.criterion.title}"
                gaps.setdefault(name, []).append(own.cell.bid.bidder)
        sentences = [f"{name}: Es fehlen Punkte oder Begründung für {', '.join(who)}" for name, who in gaps.items()]
        return [text if text.endswith(".") else f"{text}." for text in sentences]


@dataclass(frozen=True, slots=True)
class ComparedCell:
    """One bid under one criterion: everybody's notes, how far they lie apart, and what is on record."""

    bid: SheetBid
    criterion: SheetCriterion
    notes: tuple[NoteRow, ...]
    score: Score | None

    @property
    def key(self) -> str:
        """The cell's name in form fields."""
        return f"{self.bid.id}-{self.criterion.id}"

    @property
    def agreement(self) -> Agreement:
        """What the notes ask for."""
        return agreement_of([note.points for note in self.notes])

    @property
    def spread(self) -> int:
        """Highest minus lowest points."""
        return spread([note.points for note in self.notes])


@dataclass(frozen=True, slots=True)
class Comparison:
    """All compared cells of one lot."""

    lot: Lot
    cells: tuple[ComparedCell, ...]

    @property
    def criteria(self) -> list[SheetCriterion]:
        """The judged criteria, in their order."""
        return list(dict.fromkeys(cell.criterion for cell in self.cells))

    def of(self, criterion_id: int) -> list[ComparedCell]:
        """All bids under one criterion, for the view across bids."""
        return [cell for cell in self.cells if cell.criterion.id == criterion_id]

    @property
    def open(self) -> list[ComparedCell]:
        """Cells without points on record."""
        return [cell for cell in self.cells if cell.score is None]

    @property
    def adoptable(self) -> list[ComparedCell]:
        """Open cells where all gave the same points."""
        return [cell for cell in self.open if cell.agreement is Agreement.UNANIMOUS]


def notes_of(lot: Lot) -> list[NoteRow]:
    """The notes of all evaluators of a lot, once the last one has submitted; nothing before and without a panel."""
    if not panels.have_all_submitted(lot.tender_id):
        return []
    query = (
        sa.select(PanelNote)
        .join(PanelMember, PanelMember.id == PanelNote.panel_member_id)
        .where(PanelNote.lot_id == lot.id, PanelNote.points.is_not(None), PanelMember.removed_at.is_(None))
        .options(sa.orm.joinedload(PanelNote.bid), sa.orm.joinedload(PanelNote.criterion))
        .order_by(PanelNote.criterion_id, PanelNote.bid_id, PanelMember.id)
    )
    return [
        NoteRow(
            evaluator_id=note.member.account_id,
            evaluator=note.member.account.name,
            bid_id=note.bid_id,
            bid_number=note.bid.number,
            criterion_number=note.criterion.number,
            points=note.points or 0,
            reason=note.reason,
        )
        for note in db.session.scalars(query)
    ]


def own_notes(lot: Lot, member: PanelMember) -> OwnNotes:
    """What this evaluator has to fill in a lot and has filled so far."""
    stored = stored_notes(lot.id, member.id)
    cells = []
    for cell in _judged(_sheet(lot)):
        note = stored.get((cell.bid.id, cell.criterion.id))
        is_fixed = note is not None and note.bid.round_number <= member.submitted_round
        cells.append(OwnCell(cell, note.points if note else None, note.reason if note else "", is_fixed))
    return OwnNotes(lot, tuple(cells))


def stored_notes(lot_id: int, panel_member_id: int) -> dict[Cell, PanelNote]:
    """The notes of one evaluator by bid and criterion."""
    query = sa.select(PanelNote).filter_by(lot_id=lot_id, panel_member_id=panel_member_id)
    return {(note.bid_id, note.criterion_id): note for note in db.session.scalars(query)}


def comparison(lot: Lot) -> Comparison:
    """Everybody's notes beside each other; empty of notes until all have submitted."""
    notes, scores = notes_of(lot), queries.scores_of(lot.id)
    return Comparison(
        lot,
        tuple(
            ComparedCell(
                cell.bid,
                cell.criterion,
                tuple(
                    note
                    for note in notes
                    if (note.bid_id, note.criterion_number) == (cell.bid.id, cell.criterion.number)
                ),
                scores.get((cell.bid.id, cell.criterion.id)),
            )
            for cell in _judged(_sheet(lot))
        ),
    )


def lots_without_consensus(tender: Tender) -> list[Lot]:
    """The lots in which the panel still has to agree on points, once all have submitted."""
    if not panels.members_of(tender.id) or not panels.have_all_submitted(tender.id):
        return []
    return [lot for lot in tender.lots if comparison(lot).open]


def _sheet(lot: Lot) -> PointsSheet:
    """The sheet of points; figures of the price that are still to be entered keep nobody from judging the bid."""
    return points_sheet(lot, [_without_open_figures(offer) for offer in queries.offers_of(lot)])


def _without_open_figures(offer: LotOffer) -> LotOffer:
    figures = {line.title for line in offer.price_lines if line.amount is None}
    missing = tuple(number for number in offer.completeness.missing if number not in figures)
    return replace(offer, completeness=replace(offer.completeness, missing=missing))


def _judged(sheet: PointsSheet) -> list[SheetCell]:
    """The cells that people judge: no answers, no stated figures, no bids that are incomplete or out."""
    return [cell for cell in sheet.cells if cell.criterion.is_judged and cell.is_needed]


def concepts_of(bid_ids: Sequence[int]) -> dict[int, list[BidFile]]:
    """The opened files of these bids that are no price sheets, for evaluators to read."""
    query = sa.select(BidFile).where(
        BidFile.bid_id.in_(bid_ids), BidFile.lot_id.is_(None), BidFile.content_sha256.is_not(None)
    )
    found: dict[int, list[BidFile]] = {}
    for file in db.session.scalars(query.order_by(BidFile.number)):
        found.setdefault(file.bid_id, []).append(file)
    return found


def nameable(tender: Tender) -> list[Account]:
    """Who can still be named: the active people of the procurement office that were not named before."""
    named = sa.select(PanelMember.account_id).where(PanelMember.tender_id == tender.id)
    query = sa.select(Account).where(Account.is_active, Account.id.not_in(named)).order_by(Account.name, Account.id)
    return [account for account in db.session.scalars(query) if Role.OFFICER in account.roles]


def has_points(tender_id: int) -> bool:
    """Whether any points are on record for a tender."""
    query = sa.select(Score.id).join(Bid, Bid.id == Score.bid_id).where(Bid.tender_id == tender_id)
    return db.session.scalar(query.limit(1)) is not None


def naming_facts(tender: Tender, person: Account | None = None) -> NamingFacts:
    """What decides whether somebody may be named."""
    members, panel = panels.members_of(tender.id), panels.panel_of(tender.id)
    own = [one for one in members if person is not None and one.account_id == person.id]
    return NamingFacts(
        stage=tender.stage,
        has_points=has_points(tender.id),
        are_notes_open=bool(panel) and all(one.submitted_round for one in panel),
        person=person.name if person else "",
        is_officer=person is None or Role.OFFICER in person.roles,
        is_named=any(one.removed_at is None for one in own),
        was_removed=any(one.removed_at is not None for one in own),
        has_conflict=person is not None and panels.has_conflict(tender.id, person.id),
    )


def evaluator_facts(tender: Tender, account: Account) -> EvaluatorFacts:
    """Where this account stands in the panel."""
    member = panels.member_of(tender.id, account.id)
    return EvaluatorFacts(
        stage=tender.stage,
        is_member=member is not None,
        has_declared=panels.declaration_of(tender.id, account.id) is not None,
        has_submitted=member is not None and member.submitted_at is not None,
        has_to_note_again=member is not None and member.submitted_at is None and member.submitted_round > 0,
    )


def panel_facts(tender: Tender, account: Account) -> PanelFacts:
    """Where the panel stands for this account."""
    panel = panels.panel_of(tender.id)
    return PanelFacts(
        is_member=any(one.account_id == account.id for one in panel),
        has_panel=bool(panel),
        waiting=[one.account.name for one in panel if one.submitted_at is None],
    )
