"""Choosing the order of stages, and the formal check of a bid in a lot."""

from procurement.audit.actions import Change, record
from procurement.audit.events import Event
from procurement.bids.actions import hold
from procurement.bids.models import Bid
from procurement.bids.queries import is_opened
from procurement.core import clock
from procurement.core.db import db
from procurement.core.errors import Conflict, refuse_if
from procurement.examination import profiles, queries, rules
from procurement.examination.models import ExaminationPlan, FormalResult
from procurement.examination.profiles import PlanEntry
from procurement.examination.rules import FormalEntry
from procurement.members.models import Account
from procurement.tenders.models import Lot, Tender

Words = dict[str, Change | str]


def choose_profile(tender: Tender, entry: PlanEntry, *, by: Account, seen: int | None = None) -> ExaminationPlan:
    """Choose in which order bids are examined, with a reason; possible until they are opened."""
    hold(tender)
    refuse_if(profiles.objections_to_choosing(entry, tender.procedure_type, is_opened=is_opened(tender)))
    profile = profiles.profiles_on(tender.procedure_started_on)[entry.key]
    plan = queries.plan_of(tender.id)
    refuse_stale("Die Prüfreihenfolge", plan.version if plan else 0, seen)
    before = plan.profile if plan else None
    plan = plan or ExaminationPlan(tender=tender)
    plan.profile, plan.norm = entry.key, profile.norm or entry.norm.strip()
    plan.stages = [stage.value for stage in (entry.order if profile.is_free else profile.order)]
    plan.reason, plan.chosen_by_id, plan.chosen_at = entry.reason.strip(), by.id, clock.now()
    db.session.add(plan)
    db.session.flush()
    order = ", ".join(stage.label for stage in profiles.order_of(plan.stages))
    changes: Words = {"Profil": (before, plan.profile), "Norm": plan.norm}
    changes |= {"Reihenfolge": order, "Begründung": plan.reason}
    record(Event.PROFILE_CHOSEN, plan, by=by, changes=changes, tender_id=tender.id)
    return plan


def record_formal(lot: Lot, bid: Bid, entry: FormalEntry, *, by: Account) -> FormalResult:
    """Note the formal result of a bid in a lot; the exclusion itself is decided apart."""
    hold(lot.tender)
    refuse_if(rules.objections_to_examining(lot.tender.stage, bid.state) or rules.objections_to_formal(entry))
    found = queries.formal_result(lot, bid)
    refuse_stale("Das Ergebnis der formalen Prüfung", found.version if found else 0, entry.seen)
    before = _in_words(found) if found else ""
    result = found or FormalResult(lot=lot, bid=bid)
    result.ground, result.text = entry.ground, entry.text.strip()
    result.recorded_by_id, result.recorded_at = by.id, clock.now()
    db.session.add(result)
    db.session.flush()
    changes: Words = {"Ergebnis": (before, _in_words(result)), "Feststellung": result.text}
    record(Event.FORMALLY_CHECKED, result, by=by, changes=changes, tender_id=lot.tender_id)
    return result


def _in_words(result: FormalResult) -> str:
    return f"{result.ground.label} ({result.ground.norm})" if result.ground else "in Ordnung"


def refuse_stale(what: str, version: int, seen: int | None) -> None:
    """Refuse to overwrite what the person has not seen."""
    if seen is not None and seen != version:
        raise Conflict(
            f"{what} wurde inzwischen geändert: Sie sahen Stand {seen}, gespeichert ist Stand {version}. "
            "Bitte neu laden und vergleichen."
        )
