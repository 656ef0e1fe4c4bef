"""The tabs "Wertung" and "Zuschlag" of a tender: what they show per lot, and what has to happen next."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from procurement.bids.models import Bid
from procurement.bids.queries_comparison import LOW_BID_RULE
from procurement.core.access import may
from procurement.core.db import db
from procurement.core.permissions import Permission
from procurement.evaluation import queries, rules
from procurement.evaluation.models import AwardDecision, EvaluationRun
from procurement.evaluation.models_single_bid import SingleBidNote
from procurement.evaluation.points_sheet import PointsSheet
from procurement.evaluation.queries import LotState
from procurement.evaluation.queries_points import points_sheet
from procurement.evaluation.queries_single_bid import note_of
from procurement.evaluation.run_display import ScoreDisplay, display_of, with_prices
from procurement.evaluation.run_input import read
from procurement.examination.queries_bid import objections_to_scoring, objections_to_winning
from procurement.members.models import Account
from procurement.rulebook.thresholds import rule_on
from procurement.tenders import queries_bill, queries_panel
from procurement.tenders.estimate import lot_values
from procurement.tenders.kinds import TenderStage
from procurement.tenders.models import Lot, Tender
from procurement.tenders.queries_page import NextStep
from procurement.tenders.queries_page import next_step_of as next_step_of_tender
from procurement.values.money import Money
from procurement.values.objection import Objection


@dataclass(frozen=True, slots=True)
class LonelyBid:
    """The only bid that could be ranked, held against our own estimate, if there is one (§ 63 Abs. 1 Nr. 3 VgV)."""

    name: str
    price: Money
    estimate: Money | None
    deviation_percent: Fraction | None


@dataclass(frozen=True, slots=True)
class ShownLot:
    """A lot on the tab "Wertung"; ``objections`` say why it cannot be evaluated now."""

    state: LotState
    sheet: PointsSheet
    display: ScoreDisplay | None
    runs: Sequence[EvaluationRun]
    objections: Sequence[Objection]
    lonely: LonelyBid | None

    @property
    def lot(self) -> Lot:
        """The lot itself."""
        return self.state.lot

    @property
    def is_outdated(self) -> bool:
        """Whether the shown run no longer fits what is stored."""
        return self.state.run is not None and not self.state.is_current


@dataclass(frozen=True, slots=True)
class AwardLot:
    """A lot on the tab "Zuschlag" with what keeps this reader from proposing, drawing, confirming and rejecting."""

    state: LotState
    display: ScoreDisplay | None
    rejected: Sequence[AwardDecision]
    proposing: Sequence[Objection]
    drawing: Sequence[Objection]
    confirming: Sequence[Objection]
    rejecting: Sequence[Objection]
    note: SingleBidNote | None = None

    @property
    def needs_note(self) -> bool:
        """Whether only one bid came in and its price has to be judged before the proposal."""
        bids = self.state.input.bids
        if self.state.decision or len(bids) != 1 or self.state.facts.is_cancelled:
            return False
        return self.note is None or (self.note.bid_id, self.note.price_net) != (bids[0].bid_id, bids[0].price)

    @property
    def lot(self) -> Lot:
        """The lot itself."""
        return self.state.lot


def display(run: EvaluationRun) -> ScoreDisplay:
    """A stored run made ready for reading, with hints by the rule of the day on which the procedure began."""
    day = run.lot.tender.procedure_started_on
    return with_prices(display_of(queries.result_of(run), rule_on(LOW_BID_RULE, day).number), read(run.input))


def shown_lot(lot: Lot) -> ShownLot:
    """One lot of the tab "Wertung"."""
    state = queries.lot_state(lot)
    return ShownLot(
        state=state,
        sheet=points_sheet(lot, state.offers),
        display=display(state.run) if state.run else None,
        runs=queries.runs_of(lot.id),
        objections=rules.objections_to_evaluating(state.run_facts) + objections_to_scoring(lot.tender),
        lonely=_lonely(state),
    )


def award_lot(lot: Lot, reader: Account) -> AwardLot:
    """One lot of the tab "Zuschlag"."""
    state = queries.lot_state(lot)
    facts = queries.answer_facts(state, state.decision, reader) if state.decision else None
    return AwardLot(
        state=state,
        display=display(state.run) if state.run else None,
        rejected=[decision for decision in queries.decisions_of(lot.id) if decision is not state.decision],
        proposing=rules.objections_to_proposing(state.proposal_facts) + _examined(state),
        drawing=rules.objections_to_drawing(state.proposal_facts),
        confirming=rules.objections_to_confirming(facts) if facts else [],
        rejecting=rules.objections_to_answering(facts) if facts else [],
        note=note_of(lot.id),
    )


def _examined(state: LotState) -> list[Objection]:
    """What of the chosen order of examination the winner still lacks."""
    bid = db.session.get(Bid, state.winner.bid_id) if state.winner else None
    return objections_to_winning(bid) if bid else []


def _lonely(state: LotState) -> LonelyBid | None:
    scored = [bid for bid in state.result.bids if bid.score is not None] if state.result else []
    if len(scored) != 1:
        return None
    only = scored[0]
    price = Money.rounded(only.price or Fraction(0))
    values = lot_values(queries_bill.estimated_lines(state.lot.tender_id))
    estimate = next((value.total_net for value in values if value.lot_number == state.lot.number), Money(0))
    if not estimate:
        return LonelyBid(only.name, price, None, None)
    return LonelyBid(only.name, price, estimate, Fraction((price - estimate).cents * 100, estimate.cents))


def next_step(tender: Tender, lots: Sequence[ShownLot]) -> NextStep:
    """What has to happen next in the evaluation; the button only for those who may press it."""
    if tender.stage in rules.RATING:
        waiting = [lot for lot in lots if lot.state.decision is None and lot.state.input.bids]
        for lot in waiting:
            if lot.sheet.blank:
                return _agree(lot) if queries_panel.panel_of(tender.id) else _rate(lot)
        for lot in waiting:
            if not lot.state.is_current:
                return _evaluate(lot)
        if not waiting and tender.stage is TenderStage.OPENED:
            return NextStep(
                _("Es liegt kein Angebot vor. Die Ausschreibung kann aufgehoben werden (§ 63 VgV)."),
                who=_("Vergabestelle"),
                action=_action(url_for("awarding.cancellation", tender_id=tender.id), _("Aufhebung vorbereiten")),
            )
    return next_step_of_tender(tender)


def _rate(lot: ShownLot) -> NextStep:
    blank = ngettext("eine Angabe fehlt", "%(num)s Angaben fehlen", lot.sheet.blank)
    return NextStep(
        _("Los %(number)s: Punkte vergeben und begründen, %(blank)s noch.", number=lot.lot.number, blank=blank),
        who=_("Vergabestelle"),
        action=_action(url_for("evaluation.points", lot_id=lot.lot.id), _("Punkte vergeben")),
    )


def _agree(lot: ShownLot) -> NextStep:
    return NextStep(
        _("Los %(number)s: Das Wertungsgremium bewertet die Angebote und legt die Punkte fest.", number=lot.lot.number),
        who=_("Wertungsgremium"),
        action=_action(url_for("evaluation.panel", tender_id=lot.lot.tender_id), _("Zum Gremium")),
    )


def _evaluate(lot: ShownLot) -> NextStep:
    number = lot.lot.number
    action = _action(url_for("evaluation.evaluate", lot_id=lot.lot.id), _("Los %(number)s werten", number=number))
    return NextStep(
        _("Los %(number)s ist vollständig bewertet und kann gewertet werden.", number=number)
        if lot.state.run is None
        else _("In Los %(number)s hat sich seit der letzten Wertung etwas geändert.", number=number),
        who=_("Vergabestelle"),
        action=action | {"method": "post"} if action else None,
        objections=lot.objections,
        consequence=_("Eingaben und Ergebnis werden mit Prüfsumme gespeichert; frühere Wertungen bleiben lesbar."),
    )


def _action(url: str, label: str) -> dict[str, str] | None:
    return {"label": label, "url": url} if may(Permission.EVALUATION_MANAGE) else None
