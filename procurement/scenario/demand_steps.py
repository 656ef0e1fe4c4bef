"""Replaying demand rounds: officers ask, leads answer, the round closes."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from procurement.core import clock
from procurement.demand import actions, actions_answers
from procurement.demand.entries import ArticleEntry, ItemEntry, RoundEntry
from procurement.demand.models import Demand, DemandRound
from procurement.scenario.cast import Cast
from procurement.scenario.errors import at_path
from procurement.scenario.schema import ArticlePart, NeedPart, RoundPart
from procurement.scenario.timeline import Timeline, moment
from procurement.values.money import UnitPrice
from procurement.values.quantity import Quantity

USUAL_PERIOD = timedelta(days=28)


def replay(part: RoundPart, path: str, cast: Cast, timeline: Timeline) -> DemandRound:
    """Ask, answer and, unless the file leaves the round open, close it."""
    with at_path(path):
        # Read before the clock goes back: days from today count from the real today.
        opened_at = moment(part.opened_at) if part.opened_at else None
        deadline = moment(part.deadline) if part.deadline else None
    with at_path(path), clock.at(timeline.jump(opened_at)):
        round_ = _opened(part, deadline or timeline.now + USUAL_PERIOD, cast)
    demands = {demand.member.key: demand for demand in round_.demands}
    for key, needs in part.demands.items():
        with at_path(f"{path}.demands.{key}"), clock.at(timeline.step()):
            _report(demands, key, needs, cast, is_submitted=True)
    for key, needs in part.drafts.items():
        with at_path(f"{path}.drafts.{key}"), clock.at(timeline.step()):
            _report(demands, key, needs, cast, is_submitted=False)
    if part.is_closed:
        with at_path(path), clock.at(timeline.jump(round_.deadline_at + timedelta(minutes=1))):
            actions.close_round(round_, by=cast.preparer)
    return round_


def _opened(part: RoundPart, deadline: datetime, cast: Cast) -> DemandRound:
    by = cast.preparer
    round_ = actions.create_round(RoundEntry(part.reference, part.title, part.description, deadline), by=by)
    actions.add_articles(round_, [_entry(article) for article in part.articles], by=by)
    keys = list(cast.members) if part.invited == "all" else part.invited
    actions.invite(round_, [cast.member(key) for key in keys], by=by)
    actions.open_round(round_, by=by)
    return round_


def _entry(part: ArticlePart) -> ArticleEntry:
    price = UnitPrice.of(part.planning_price) if part.planning_price is not None else None
    return ArticleEntry(
        part.number, part.title, part.unit, part.nature, part.category, part.cpv, price, part.explanation
    )


def _report(
    demands: Mapping[str, Demand], key: str, needs: Mapping[str, NeedPart], cast: Cast, *, is_submitted: bool
) -> None:
    """One member's answer; no needs at all is a nil return."""
    if key not in demands:
        raise LookupError(f"Das Mitglied {key} ist zu dieser Bedarfsrunde nicht eingeladen.")
    demand, by = demands[key], cast.leads[key]
    if not needs:
        actions_answers.report_nil(demand, by=by)
        return
    articles = {article.number: article.id for article in demand.round.articles}
    unknown = [number for number in needs if number not in articles]
    if unknown:
        raise LookupError(f"Den Artikel {unknown[0]} gibt es in dieser Bedarfsrunde nicht.")
    entries = [
        ItemEntry(
            articles[number],
            Quantity.of(need.minimum),
            Quantity.of(need.expected),
            Quantity.of(need.maximum),
            need.note,
        )
        for number, need in needs.items()
    ]
    actions_answers.save_draft(demand, entries, by=by)
    if is_submitted:
        actions_answers.submit(demand, by=by)
