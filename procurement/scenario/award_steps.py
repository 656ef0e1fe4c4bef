"""Replaying evaluation and award: points with reasons, one run per lot, a proposal and its confirmation."""

from datetime import datetime, time

from procurement.awarding import actions, actions_letters
from procurement.awarding import queries as awarding
from procurement.awarding.states import Channel, RegisterResult
from procurement.bids.models import Bid
from procurement.core import clock
from procurement.core.db import db
from procurement.evaluation import actions as evaluation_actions
from procurement.evaluation import actions_award, queries
from procurement.evaluation.entries import AnswerEntry, PointsEntry
from procurement.evaluation.queries_decision import is_decided
from procurement.evaluation.run_result import from_stored
from procurement.scenario.bid_steps import Received
from procurement.scenario.cast import Cast
from procurement.scenario.errors import at_path
from procurement.scenario.schema import AwardPart, TenderPart
from procurement.scenario.tender_steps import all_lots
from procurement.scenario.timeline import Timeline, moment
from procurement.tenders.kinds import CriterionKind
from procurement.tenders.models import AwardCriterion, Lot, Tender

RATING_DAYS = 7
OFFICE_HOUR = time(10)
ANSWERING_DAYS = 1
CHECKING_DAYS = 1
REPORTING_DAYS = 14
PLAUSIBLE = "Preis laut Szenario im Vergleich zur eigenen Schätzung geprüft."
MARKET = "Laut Szenario hat nur ein Unternehmen ein Angebot abgegeben."
DRAWN = "Losentscheid laut Szenario: Lose in verschlossenen Umschlägen, gezogen im Beisein beider Personen."


def evaluate(
    tender: Tender, received: Received, path: str, cast: Cast, timeline: Timeline, *, is_agreed: bool = False
) -> None:
    """Give every bid its points, unless a panel has agreed on them, and evaluate every lot that has bids."""
    leaves = {leaf.number: leaf for leaf in queries.leaves_of(tender.id)}
    for lot in all_lots(tender):
        if not queries.offers_of(lot):
            continue
        with at_path(path), clock.at(timeline.later(RATING_DAYS)):
            _rate(lot, leaves, received, cast, is_agreed=is_agreed)
        with at_path(path), clock.at(timeline.step()):
            evaluation_actions.evaluate(lot, by=cast.preparer)


def _rate(lot: Lot, leaves: dict[str, AwardCriterion], received: Received, cast: Cast, *, is_agreed: bool) -> None:
    """Points and answers of all bids of a lot at once; exclusion criteria not named as failed are met."""
    rateable = {offer.bid_id for offer in queries.rateable_offers(lot)}
    points, answers = [], []
    for name, part in received.parts.items():
        bid = received.bids[name]
        if bid.id not in rateable:
            continue
        unknown = [number for number in (*part.points, *part.fails) if number not in leaves]
        if unknown:
            raise LookupError(f"{name}: Ein Kriterium {unknown[0]} gibt es nicht, oder es hat Unterkriterien.")
        for number, given in ({} if is_agreed else part.points).items():
            points.append(PointsEntry(bid.id, leaves[number].id, given.points, given.reason))
        for leaf in leaves.values():
            if leaf.kind is CriterionKind.EXCLUSION:
                is_met = leaf.number not in part.fails
                answers.append(AnswerEntry(bid.id, leaf.id, is_met, "" if is_met else "Nicht erfüllt laut Szenario"))
    if points or answers:
        evaluation_actions.save_ratings(lot, points, answers, by=cast.preparer)


def award(tender: Tender, part: TenderPart, path: str, cast: Cast, timeline: Timeline) -> None:
    """Decide on each lot, then inform, wait and award; without awards in the file the first rank wins everywhere."""
    wanted = part.awards if part.awards is not None else [AwardPart(lot=lot.number) for lot in all_lots(tender)]
    lots = {lot.number: lot for lot in all_lots(tender)}
    for index, award_part in enumerate(wanted):
        with at_path(f"{path}.awards[{index}]"):
            if award_part.lot not in lots:
                raise LookupError(f"Ein Los {award_part.lot} gibt es nicht.")
            _decide(lots[award_part.lot], award_part, cast, timeline)
    if is_decided(tender) and part.until != "decided":
        with at_path(path):
            _conclude(tender, part, cast, timeline)


def _decide(lot: Lot, part: AwardPart, cast: Cast, timeline: Timeline) -> None:
    run = queries.latest_run(lot)
    if run is None:
        raise LookupError(f"Los {lot.number} hat keine Wertung, weil kein Angebot vorliegt.")
    result = from_stored(run.result)
    chosen = [line for line in result.bids if line.bidder == part.bidder] if part.bidder else []
    if part.bidder and not chosen:
        raise LookupError(f"Ein Angebot von {part.bidder} gibt es in Los {lot.number} nicht.")
    if not part.bidder and not result.winners:
        raise LookupError(f"In Los {lot.number} ist kein Angebot wertbar.")
    bid_id = chosen[0].bid_id if chosen else result.winners[0]
    bid = db.session.get_one(Bid, bid_id)
    if part.bidder and len(result.winners) > 1:
        with clock.at(timeline.step()):
            actions_award.record_drawing(run, bid, DRAWN, cast.checker, by=cast.preparer)
    if len(queries.lot_state(lot).input.bids) == 1:
        with clock.at(timeline.step()):
            actions_award.note_single_bid(lot, PLAUSIBLE, MARKET, by=cast.preparer)
    with clock.at(timeline.later(1)):
        decision = actions_award.propose_award(lot, run, bid, part.reason, by=cast.preparer)
    with clock.at(timeline.later(CHECKING_DAYS)):
        actions_award.confirm_award(decision, part.confirmation, by=cast.checker)


def _conclude(tender: Tender, part: TenderPart, cast: Cast, timeline: Timeline) -> None:
    """Inform the bidders over the platform, ask the register, wait out the standstill (§ 134 GWB), make the award."""
    with clock.at(timeline.jump(moment(part.informed_at) if part.informed_at else None)):
        if awarding.is_eu(tender) and awarding.award_facts(tender).missing:
            for letter in actions_letters.draft_letters(tender, by=cast.preparer):
                actions_letters.word_letter(letter, letter.reasons, Channel.ELECTRONIC, by=cast.preparer)
            actions_letters.send_letters(tender, by=cast.preparer)
    if part.until == "standstill":
        return
    with clock.at(timeline.later(ANSWERING_DAYS)):
        for bidder in awarding.unasked_winners(tender):
            asked = clock.today()
            actions.record_register_query(tender, bidder, asked, RegisterResult.NO_ENTRY, "", by=cast.preparer)
    earliest = awarding.award_facts(tender).earliest_on
    if earliest is not None:
        timeline.jump(clock.from_berlin(datetime.combine(earliest, OFFICE_HOUR)))
    with clock.at(timeline.step()):
        made = actions.award(tender, "", by=cast.preparer)
    if part.is_reported:
        with clock.at(timeline.later(REPORTING_DAYS)):
            actions.note_notice(made, clock.today(), by=cast.preparer)
            actions.note_statistics(made, clock.today(), by=cast.preparer)
