"""Replaying demand rounds: officers ask, leads look, answer and wish, members are reminded, the round closes."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from procurement.core import clock
from procurement.demand import actions, actions_answers, actions_reminders, actions_wishes
from procurement.demand.entries import ArticleEntry, ItemEntry, JointCostEntry, RoundEntry, WishEntry
from procurement.demand.models import Demand, DemandRound
from procurement.demand.states import ReminderKind
from procurement.members.models import Account
from procurement.scenario.cast import Cast
from procurement.scenario.errors import ScenarioError, at_path
from procurement.scenario.schema_demand import ArticlePart, NeedPart, RoundPart, WishPart
from procurement.scenario.timeline import Timeline, moment
from procurement.values.money import Money, UnitPrice
from procurement.values.payment import ContractTerm
from procurement.values.quantity import Quantity

USUAL_PERIOD = timedelta(days=28)
REMINDERS = {"reminder": ReminderKind.REMINDER, "escalation": ReminderKind.ESCALATION}


def replay(part: RoundPart, path: str, cast: Cast, timeline: Timeline) -> DemandRound:
    """Ask, answer and, unless the file leaves the round open, close it."""
    today = clock.now()
    with at_path(path):
        # Read before the clock goes back: days from today count from the real today.
        opened_at, deadline, reminder, escalation = map(
            _moment, (part.opened_at, part.deadline, part.reminder, part.escalation)
        )
    with at_path(path), clock.at(timeline.jump(opened_at)):
        round_ = _opened(part, _entry_of(part, deadline or timeline.now + USUAL_PERIOD, reminder, escalation), cast)
    demands = {demand.member.key: demand for demand in round_.demands}
    _answer(part, demands, path, cast, timeline)
    for name, kind in REMINDERS.items():
        at = {"reminder": reminder, "escalation": escalation}[name]
        if at is not None and at <= today:
            with at_path(f"{path}.{name}"), clock.at(timeline.jump(at)):
                actions_reminders.remind_when_due(round_, kind, by=cast.preparer)
    if part.is_closed:
        with at_path(path), clock.at(timeline.jump(round_.deadline_at + timedelta(minutes=1))):
            actions.close_round(round_, by=cast.preparer)
    return round_


def _moment(written: str | None) -> datetime | None:
    return moment(written) if written else None


def _entry_of(
    part: RoundPart, deadline: datetime, reminder: datetime | None, escalation: datetime | None
) -> RoundEntry:
    term = ContractTerm(part.term_months, part.option_months, part.has_total_price)
    joint = part.joint_cost
    cost = JointCostEntry()
    if joint is not None:
        cost = JointCostEntry(Money.of(joint.from_), Money.of(joint.to), joint.key, joint.reference_date)
    return RoundEntry(
        part.reference, part.title, part.description, deadline, reminder, escalation, term=term, joint_cost=cost
    )


def _opened(part: RoundPart, entry: RoundEntry, cast: Cast) -> DemandRound:
    by = cast.preparer
    round_ = actions.create_round(entry, by=by)
    actions.add_articles(round_, [_entry(article) for article in part.articles], by=by)
    keys = list(cast.members) if part.invited == "all" else part.invited
    actions.invite(round_, [cast.member(key) for key in keys], by=by)
    actions.open_round(round_, by=by)
    return round_


def _entry(part: ArticlePart) -> ArticleEntry:
    planned, low, high = (
        UnitPrice.of(price) if price is not None else None
        for price in (part.planning_price, part.price_from, part.price_to)
    )
    return ArticleEntry(
        part.number,
        part.title,
        part.unit,
        part.nature,
        part.category,
        part.cpv,
        planned,
        part.explanation,
        period=part.period,
        price_from_net=low,
        price_to_net=high,
    )


def _answer(part: RoundPart, demands: Mapping[str, Demand], path: str, cast: Cast, timeline: Timeline) -> None:
    """Everybody looks at the round before answering; a wish belongs to a member that answers."""
    strangers = [key for key in part.wishes if not (part.demands.get(key) or part.drafts.get(key))]
    if strangers:
        raise ScenarioError([(f"{path}.wishes.{strangers[0]}", "Einen Wunsch hat nur, wer auch Mengen meldet.")])
    for key in part.opened:
        with at_path(f"{path}.opened"), clock.at(timeline.step()):
            actions_reminders.mark_opened(demand_of(demands, key), by=cast.leads[key])
    for kind, answers in (("demands", part.demands), ("drafts", part.drafts)):
        for key, needs in answers.items():
            with at_path(f"{path}.{kind}.{key}"), clock.at(timeline.step()):
                wishes = part.wishes.get(key, [])
                _report(demand_of(demands, key), needs, wishes, cast.leads[key], is_submitted=kind == "demands")


def demand_of(demands: Mapping[str, Demand], key: str) -> Demand:
    """The member's demand; LookupError with a German sentence if it is not invited."""
    if key not in demands:
        raise LookupError(f"Das Mitglied {key} ist zu dieser Bedarfsrunde nicht eingeladen.")
    return demands[key]


def _report(
    demand: Demand, needs: Mapping[str, NeedPart], wishes: Sequence[WishPart], by: Account, *, is_submitted: bool
) -> None:
    """One member's answer; no needs at all is a nil return."""
    actions_reminders.mark_opened(demand, by=by)
    if not needs:
        actions_answers.report_nil(demand, by=by)
        return
    actions_answers.save_draft(demand, entries_of(demand, needs), by=by)
    for wish in wishes:
        entry = WishEntry(wish.title, wish.unit, Quantity.of(wish.quantity), wish.note)
        actions_wishes.add_wish(demand, entry, by=by).cpv = wish.cpv
    if is_submitted:
        actions_answers.submit(demand, by=by)


def entries_of(demand: Demand, needs: Mapping[str, NeedPart]) -> list[ItemEntry]:
    """What the file says a member needs, as a lead would type it."""
    articles = {article.number: article.id for article in demand.round.articles}
    unknown = [number for number in needs if number not in articles]
    if unknown:
        raise LookupError(f"Den Artikel {unknown[0]} gibt es in dieser Bedarfsrunde nicht.")
    return [
        ItemEntry(
            articles[number],
            Quantity.of(need.minimum),
            Quantity.of(need.expected),
            Quantity.of(need.maximum),
            need.note,
            need.site,
            need.start_on,
            need.budget_account,
        )
        for number, need in needs.items()
    ]
