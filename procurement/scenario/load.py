"""Replaying a scenario: stage after stage through the actions of the features, in the caller's transaction."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

from procurement.bids.tabulation import Tabulation
from procurement.core import clock
from procurement.demand.models import DemandRound
from procurement.scenario import (
    allocation_steps,
    award_steps,
    bid_steps,
    demand_changes_steps,
    demand_steps,
    document_steps,
    examination_steps,
    lot_steps,
    panel_steps,
    tender_steps,
    workgroup_steps,
)
from procurement.scenario.cast import Cast, assemble
from procurement.scenario.errors import ScenarioError, at_path
from procurement.scenario.schema import STAGES, JointItemPart, LotPart, ScenarioFile, TenderPart
from procurement.scenario.schema_demand import RoundPart
from procurement.scenario.timeline import Timeline, moment
from procurement.tenders.models import Tender
from procurement.values.money import UnitPrice
from procurement.values.payment import Nature
from procurement.values.rounding import half_up

TAKEN_OVER = "Position der übernommenen Angebotstabelle"


@dataclass(frozen=True)
class Play:
    """What every step needs: the file and its folder, the people, the time, the rounds so far."""

    scenario: ScenarioFile
    folder: Path
    cast: Cast
    timeline: Timeline
    rounds: dict[str, DemandRound]

    def reaches(self, stage: str) -> bool:
        """Whether the scenario goes on to this stage."""
        return STAGES.index(self.scenario.stop_after) >= STAGES.index(stage)


def load(scenario: ScenarioFile, folder: Path) -> None:
    """Run the scenario up to the stage it asks for; raise :class:`ScenarioError` with the path of a fault."""
    with at_path("starts_at"):
        timeline = Timeline(moment(scenario.starts_at))
    with clock.at(timeline.now):
        cast = assemble(scenario)
    play = Play(scenario, folder, cast, timeline, {})
    if play.reaches("demand"):
        _ask(play)
    if play.reaches("tender"):
        for index, part in enumerate(scenario.tenders):
            _procure(play, part, f"tenders[{index}]")
    if play.reaches("demand"):
        _work_together(play)
        _ask(play, still_open=True)


def _work_together(play: Play) -> None:
    """Proposals and announcements are of today like the rounds still open, so they come after all that is over."""
    for index, proposal in enumerate(play.scenario.proposals):
        workgroup_steps.propose(proposal, f"proposals[{index}]", play.cast, play.timeline)
    for index, announcement in enumerate(play.scenario.announcements):
        workgroup_steps.announce(announcement, f"announcements[{index}]", play.cast, play.timeline)


def _ask(play: Play, *, still_open: bool = False) -> None:
    """Replay the closed rounds before the tenders, and the rounds still open at the very end: they are of today."""
    for index, part in enumerate(play.scenario.rounds):
        if part.is_closed is not still_open:
            path = f"rounds[{index}]"
            round_ = demand_steps.replay(part, path, play.cast, play.timeline)
            play.rounds[part.reference] = round_
            if part.is_closed:
                _change_demand(play, part, round_, path)


def _change_demand(play: Play, part: RoundPart, round_: DemandRound, path: str) -> None:
    """What comes after closing; without a tender to be planned it is decided at once."""
    demand_changes_steps.after_closing(part, round_, path, play.cast, play.timeline)
    is_planned = play.reaches("tender") and any(tender.round == part.reference for tender in play.scenario.tenders)
    if not is_planned:
        demand_changes_steps.before_confirmation(part, round_, path, play.cast, play.timeline)


def _procure(play: Play, part: TenderPart, path: str) -> None:
    """One tender from its plan to the issued documents, as far as the scenario goes."""
    cast, timeline = play.cast, play.timeline
    table = bid_steps.read_table(part.tabulation, f"{path}.tabulation", play.folder) if part.tabulation else None
    laid_out = _with_items_of(part, table)
    tender = tender_steps.plan(laid_out, path, _round_of(play, part, path), cast, timeline)
    _follow(play, part, demand_changes_steps.before_confirmation)
    if not _announce(play, tender, part, path):
        return
    received = bid_steps.receive(tender, part.bids, path, cast, timeline) if table is None else None
    if not play.reaches("opening"):
        return
    if table is not None:
        received = bid_steps.take_over(tender, table, f"{path}.tabulation", cast, timeline)
    elif received is not None and received.bids:
        bid_steps.open_bids(tender, received, path, cast, timeline)
    if received is not None and received.bids and play.reaches("evaluation"):
        _conclude(play, tender, part, received, path)


def _conclude(play: Play, tender: Tender, part: TenderPart, received: bid_steps.Received, path: str) -> None:
    """From the opened bids to the issued documents, as far as the scenario and this tender go."""
    cast, timeline = play.cast, play.timeline
    examination_steps.examine(tender, part, received, path, cast, timeline)
    panel_steps.score(tender, part, received, path, cast, timeline)
    if part.until == "opened":
        return
    award_steps.evaluate(tender, received, path, cast, timeline, is_agreed=bool(part.panel))
    lot_steps.distribute(tender, part, received, path, cast, timeline)
    if part.until == "evaluated":
        return
    if play.reaches("award") and part.awards != []:
        award_steps.award(tender, part, path, cast, timeline)
    if play.reaches("allocation") and part.allocations:
        runs = allocation_steps.allocate(tender, part, path, cast, timeline)
        if play.reaches("documents"):
            document_steps.issue(tender, runs, path, cast, timeline)


def _announce(play: Play, tender: Tender, part: TenderPart, path: str) -> bool:
    """Confirm and publish, as far as the scenario goes; whether bids come in next."""
    if not play.reaches("publication"):
        return False
    tender_steps.take_part(tender, part, path, play.cast, play.timeline)
    _follow(play, part, demand_changes_steps.after_confirmation)
    if part.mandates.missing or part.until == "planned":
        return False
    tender_steps.publish(tender, part, path, play.cast, play.timeline)
    panel_steps.name(tender, part, path, play.cast, play.timeline)
    return play.reaches("bids")


def _follow(
    play: Play, part: TenderPart, decide: Callable[[RoundPart, DemandRound, str, Cast, Timeline], None]
) -> None:
    """Let the changes of the tender's round be decided with its first tender; later ones find nothing left."""
    first = next(tender for tender in play.scenario.tenders if tender.round == part.round)
    for index, asked in enumerate(play.scenario.rounds):
        if part is first and asked.reference == part.round:
            decide(asked, play.rounds[asked.reference], f"rounds[{index}]", play.cast, play.timeline)


def _round_of(play: Play, part: TenderPart, path: str) -> DemandRound | None:
    if part.round is None:
        if part.tabulation is None and not any(lot.joint_items for lot in part.lots):
            raise ScenarioError(
                [
                    (
                        f"{path}.round",
                        "Eine Ausschreibung braucht eine Bedarfsrunde, eigene Positionen oder eine Tabelle.",
                    )
                ]
            )
        return None
    if part.round not in play.rounds:
        raise ScenarioError([(f"{path}.round", f"Eine geschlossene Bedarfsrunde {part.round} gibt es nicht.")])
    return play.rounds[part.round]


def _with_items_of(part: TenderPart, table: Tabulation | None) -> TenderPart:
    """A tabulation brings its own bill of quantities."""
    if table is None:
        return part
    items = [
        JointItemPart(
            number=item.key,
            title=item.title,
            unit=item.unit,
            quantity=item.quantity.as_decimal(),
            nature=Nature.ONE_OFF,
            estimate=item.estimate.as_decimal() if item.estimate else _mean_price(table, item.key),
            reason=TAKEN_OVER if item.estimate else f"{TAKEN_OVER}; Schätzung: Mittelwert der Angebote",
        )
        for item in table.items
    ]
    return part.model_copy(update={"lots": [LotPart(title=part.title[:200], joint_items=items)]})


def _mean_price(table: Tabulation, item: str) -> Decimal | None:
    """A stand-in where the table gives no estimate, so that the tender can be published; the line says so."""
    offered = [price.millionths for (key, _bidder), price in table.prices.items() if key == item]
    return UnitPrice(half_up(Fraction(sum(offered), len(offered)))).as_decimal() if offered else None
