"""Keeping what a round's demand is worth: a version per changed value, a mail when it crosses the threshold."""

from procurement.audit.actions import Change, record
from procurement.audit.actor import Actor
from procurement.audit.events import Event
from procurement.core import clock, filters, links, mail
from procurement.core.db import db
from procurement.core.errors import Refused
from procurement.demand.actions_guard import hold
from procurement.demand.models import DemandRound
from procurement.members.models import Account
from procurement.rulebook.thresholds import NoRuleInForce
from procurement.tenders import queries_watch
from procurement.tenders.models import RoundEstimate
from procurement.tenders.procedure_choice import crosses
from procurement.tenders.value_watch import CAUSE_LENGTH
from procurement.values.money import Money
from procurement.values.objection import Objection

ON_REQUEST = "Auf Anforderung neu geschätzt"


def estimate_round(round_: DemandRound, *, cause: str, by: Actor) -> RoundEstimate | None:
    """Store a new version of the round's value; nothing if neither value nor threshold changed since the last one."""
    hold(round_)
    try:
        value = queries_watch.value_now(round_)
    except NoRuleInForce as unknown:
        raise Refused([Objection(str(unknown))]) from unknown
    before = queries_watch.latest_of(round_.id)
    before_net = before.total_net if before else Money(0)
    limit_net = value.threshold_net
    if before_net == value.submitted_net and (before is None or before.threshold_net == limit_net):
        return None
    made = RoundEstimate(
        round=round_,
        number=before.number + 1 if before else 1,
        total_net=value.submitted_net,
        threshold_net=limit_net,
        rule=value.threshold.title,
        basis=value.basis,
        cause=cause.strip()[:CAUSE_LENGTH],
        made_at=clock.now(),
        made_by_id=by.id,
    )
    db.session.add(made)
    changes: dict[str, Change | str] = {
        "Wert des eingereichten Bedarfs netto": (filters.euro(before_net), filters.euro(made.total_net)),
        "Schwellenwert netto": filters.euro(limit_net),
        "Anlass": made.cause,
        "Grundlage": made.basis,
    }
    record(Event.ROUND_ESTIMATED, made, by=by, changes=changes)
    if crosses(before_net, made.total_net, limit_net):
        _tell(round_, made, before_net)
    return made


def _tell(round_: DemandRound, made: RoundEstimate, before_net: Money) -> None:
    """Write to whoever made the round that the law which applies has changed with the value."""
    person = db.session.get(Account, round_.created_by_id)
    if person is None or not person.is_active:
        return
    is_above = made.total_net >= made.threshold_net
    subject = f"{round_.reference}: EU-Schwellenwert {'erreicht' if is_above else 'wieder unterschritten'}"
    law = (
        "Damit sind nur noch Verfahren der VgV zulässig (§ 14 VgV)."
        if is_above
        else "Damit ist die Wahl der Verfahrensart wieder frei (§ 75a GO NRW)."
    )
    text = (
        f"Guten Tag {person.name},\n\nder eingereichte Bedarf der Runde {round_.audit_label} ist jetzt "
        f"{filters.euro(made.total_net)} netto wert (bisher {filters.euro(before_net)}). Der EU-Schwellenwert beträgt "
        f"{filters.euro(made.threshold_net)}. {law}\n\nAnlass: {made.cause}\n\n"
        f"{links.absolute('tenders.watch', round_id=round_.id)}\n"
    )
    mail.enqueue_mail(person.email, subject, text)
