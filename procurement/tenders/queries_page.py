"""What every page of a tender shows around its content: stage tracker, tabs as links, and the box "Als Nächstes".

Bids, evaluation, allocation and documents come later in the order of imports but belong to the same object page. They
are named by endpoint only and appear as soon as they are registered and permitted; their pages extend
``tenders/frame.html`` with the frame made here, so that all tabs look alike.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from flask import current_app, request, url_for
from flask_babel import gettext as _

from procurement.audit.queries import history_of_tender
from procurement.core import clock, filters
from procurement.core.access import may
from procurement.core.endpoints import ENDPOINTS
from procurement.core.permissions import Permission
from procurement.tenders import lifecycle, queries, queries_publication
from procurement.tenders.kinds import TenderStage
from procurement.tenders.lifecycle import StageStep
from procurement.tenders.models import Tender
from procurement.tenders.publication import objections_to_publishing
from procurement.tenders.queries import OwnTender
from procurement.values.money import Money
from procurement.values.objection import Objection


@dataclass(frozen=True, slots=True)
class Tab:
    """One section of the object page."""

    label: str
    url: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class PageFrame:
    """Head of the object page; ``value_net`` is the latest estimate."""

    tender: Tender
    tone: str
    lots: int
    participants: int
    value_net: Money | None
    steps: list[StageStep]
    tabs: list[Tab]
    locks: tuple[str, ...] = ()


Lock = Callable[[Tender], str]
_LOCKS: list[Lock] = []


def lock_source(source: Lock) -> Lock:
    """Let a later feature say in a word what holds the tender beside its stage, such as a running review."""
    _LOCKS.append(source)
    return source


@dataclass(frozen=True, slots=True)
class RecentEntry:
    """What happened, when and through whom, in one line."""

    at: datetime
    who: str
    text: str


@dataclass(frozen=True, slots=True)
class NextStep:
    """The box "Als Nächstes"; ``action`` is a label and an address, nothing when the reader has nothing to do."""

    text: str
    who: str = ""
    until: datetime | None = None
    action: dict[str, str] | None = None
    objections: Sequence[Objection] = ()
    consequence: str = ""


# Pages of later features appear with the stage that gives them content.
_FIRST_STAGE = {
    "tenders.questions": TenderStage.PUBLISHED,
    "tenders.versions": TenderStage.PUBLISHED,
    "bids.index": TenderStage.PUBLISHED,
    "documents.of_tender": TenderStage.PUBLISHED,
    "bids.comparison": TenderStage.OPENED,
    "evaluation.panel": TenderStage.PUBLISHED,
    "evaluation.show": TenderStage.OPENED,
    "evaluation.award": TenderStage.EVALUATED,
    "awarding.show": TenderStage.OPENED,
    "awarding.objections": TenderStage.PUBLISHED,
    "allocation.of_tender": TenderStage.AWARDED,
}
# Forms that are shown again with errors belong to the section they came from.
_SECTION_OF = {
    "tenders.version_comparison": "tenders.versions",
    "tenders.change_published": "tenders.versions",
    "tenders.preview_change": "tenders.versions",
    "tenders.confirm_change": "tenders.versions",
    "tenders.new_question": "tenders.questions",
    "tenders.record_question": "tenders.questions",
    "tenders.question": "tenders.questions",
    "tenders.answer_question": "tenders.questions",
    "tenders.withdraw_question": "tenders.questions",
    "tenders.decline_extension": "tenders.questions",
    "tenders.late_members": "tenders.participation",
    "tenders.ask_late_member": "tenders.participation",
    "tenders.late_member": "tenders.participation",
    "tenders.add_late_member": "tenders.participation",
    "tenders.confirm_late_for": "tenders.participation",
    "tenders.confirm_late_for_member": "tenders.participation",
    "tenders.set_criteria": "tenders.criteria",
    "tenders.lot_rules": "tenders.lots",
    "tenders.set_lot_rules": "tenders.lots",
    "tenders.set_method": "tenders.criteria",
    "tenders.scale": "tenders.criteria",
    "tenders.set_scale": "tenders.criteria",
    "tenders.price_terms": "tenders.criteria",
    "tenders.set_price_terms": "tenders.criteria",
    "tenders.set_deadlines": "tenders.deadlines",
    "tenders.estimate_value": "tenders.value",
    "tenders.decide_procedure": "tenders.value",
    "tenders.choose_role": "tenders.participation",
    "tenders.confirm_for": "tenders.participation",
    "tenders.confirm_for_member": "tenders.participation",
    "tenders.take_back": "tenders.participation",
    "tenders.take_back_now": "tenders.participation",
    "tenders.set_estimates": "tenders.lots",
    "tenders.split": "tenders.lots",
    "tenders.split_line": "tenders.lots",
    "tenders.build_lots": "tenders.lots",
    "tenders.build_lots_now": "tenders.lots",
    "tenders.lineage_of_line": "tenders.lots",
    "tenders.suggestions": "tenders.bundling",
    "tenders.merge_lines": "tenders.bundling",
    "tenders.accept_suggestion": "tenders.bundling",
}


def recent_entries(tender_id: int) -> list[RecentEntry]:
    """The latest entries of the trail without their details, which the file shows."""
    return [RecentEntry(entry.at, entry.who, entry.text) for entry in history_of_tender(tender_id, limit=6)]


def frame_of(tender: Tender, section: str = "") -> PageFrame:
    """The frame around every page of a tender, for those who see all of it.

    A page below a section, such as one bid below the bids, names that section's endpoint: its tab is marked.
    """
    latest = next(iter(queries_publication.estimates_of(tender.id)), None)
    here = url_for(section, tender_id=tender.id) if section else ""
    tabs = [replace(tab, is_current=tab.url == here) if here else tab for tab in _tabs(tender)]
    return PageFrame(
        tender=tender,
        tone=lifecycle.TONES[tender.stage],
        lots=len(tender.lots),
        participants=len(queries.participants_of(tender.id)),
        value_net=latest.total_net if latest else None,
        steps=steps_of(tender),
        tabs=tabs,
        locks=tuple(word for source in _LOCKS if (word := source(tender))),
    )


def steps_of(tender: Tender | OwnTender) -> list[StageStep]:
    """The stages with the day each was reached; a published tender also says when its bid deadline is due."""
    words = {stage: filters.short_day(day) for stage, day in _reached(tender.id).items()}
    if tender.stage is TenderStage.PUBLISHED and tender.bid_deadline_at:
        words[TenderStage.BIDS_CLOSED] = filters.short_day(clock.in_berlin(tender.bid_deadline_at).date())
    return lifecycle.steps(tender.stage, words)


def _reached(tender_id: int) -> dict[TenderStage, date]:
    """Each stage a tender has seen with its last day of beginning."""
    return {change.stage: clock.in_berlin(change.at).date() for change in queries.stage_changes(tender_id)}


def _tabs(tender: Tender) -> list[Tab]:
    """The sections that exist, have content at this stage, and may be opened; the one on screen is marked."""
    labels = {
        "tenders.show": _("Übersicht"),
        "tenders.lots": _("Lose"),
        "tenders.bundling": _("Bündelung"),
        "tenders.criteria": _("Kriterien"),
        "tenders.deadlines": _("Fristen"),
        "tenders.value": _("Wert"),
        "tenders.participation": _("Teilnahme"),
        "tenders.changes": _("Bedarfsänderungen"),
        "tenders.questions": _("Bieterfragen"),
        "tenders.versions": _("Fassungen"),
        "bids.index": _("Angebote"),
        "bids.comparison": _("Preisspiegel"),
        "examination.show": _("Prüfung"),
        "evaluation.panel": _("Gremium"),
        "evaluation.show": _("Wertung"),
        "evaluation.award": _("Zuschlag"),
        "awarding.show": _("Information"),
        "awarding.objections": _("Rügen"),
        "allocation.of_tender": _("Kosten"),
        "documents.of_tender": _("Dokumente"),
        "tenders.record": _("Akte"),
    }
    seen = {tender.stage, *_reached(tender.id)}
    here = _SECTION_OF.get(request.endpoint or "", request.endpoint)
    return [
        Tab(label, url_for(endpoint, tender_id=tender.id), endpoint == here)
        for endpoint, label in labels.items()
        if (endpoint != "tenders.changes" or tender.round_id is not None)
        and _is_open(endpoint)
        and lifecycle.has_reached(_FIRST_STAGE.get(endpoint, TenderStage.PLANNED), seen)
    ]


def _is_open(endpoint: str) -> bool:
    """Whether the page exists in this installation and the reader may open it."""
    return endpoint in current_app.view_functions and endpoint in ENDPOINTS and may(ENDPOINTS[endpoint])


def next_step_of(tender: Tender) -> NextStep:
    """What has to happen next, by whom and until when; the button appears only for those who may press it."""
    if tender.stage is TenderStage.PLANNED:
        return _publish_next(tender)
    if tender.stage is TenderStage.PUBLISHED and tender.bid_deadline_at and clock.now() < tender.bid_deadline_at:
        return NextStep(
            _("Angebote gehen ein und bleiben bis zum Ende der Angebotsfrist verschlossen."),
            who=_("Bieter"),
            until=tender.bid_deadline_at,
            action=_link("bids.index", _("Eingang ansehen"), tender),
        )
    if tender.stage is TenderStage.CANCELLED:
        return NextStep(_("Die Ausschreibung ist aufgehoben. Der Bedarf kann neu ausgeschrieben werden."))
    return _after_deadline(tender)


def _publish_next(tender: Tender) -> NextStep:
    return NextStep(
        _("Ausschreibung prüfen und veröffentlichen."),
        who=_("Vergabestelle"),
        action=_link("tenders.publish", _("Veröffentlichung prüfen"), tender),
        objections=objections_to_publishing(queries_publication.publication_facts(tender)),
        consequence=_("Sie sehen vorher, was damit fest wird und wer davon erfährt."),
    )


def _open_next(tender: Tender) -> NextStep:
    return NextStep(
        _("Die Angebotsfrist ist abgelaufen. Zwei Personen öffnen die Angebote gemeinsam."),
        who=_("zwei Personen der Vergabestelle"),
        action=_link("bids.index", _("Zur Angebotsöffnung"), tender),
    )


def _after_deadline(tender: Tender) -> NextStep:
    if tender.stage in {TenderStage.PUBLISHED, TenderStage.BIDS_CLOSED}:
        return _open_next(tender)
    return (_until_ranking(tender) | _until_award(tender))[tender.stage]


def _until_ranking(tender: Tender) -> dict[TenderStage, NextStep]:
    return {
        TenderStage.OPENED: NextStep(
            _("Angebote prüfen, Punkte vergeben und werten."),
            who=_("Vergabestelle"),
            action=_link("evaluation.show", _("Zur Wertung"), tender),
        ),
        TenderStage.NEGOTIATION: NextStep(
            _("Die Verhandlung läuft; danach werden die neuen Angebote geöffnet."),
            who=_("Vergabestelle"),
            action=_link("bids.negotiation_rounds", _("Zur Verhandlung"), tender),
        ),
        TenderStage.EVALUATED: NextStep(
            _("Die Rangfolge steht. Eine Person schlägt den Zuschlag mit Begründung vor."),
            who=_("Vergabestelle"),
            action=_link("evaluation.award", _("Zuschlag vorschlagen"), tender),
        ),
    }


def _until_award(tender: Tender) -> dict[TenderStage, NextStep]:
    return {
        TenderStage.AWARD_DECIDED: NextStep(
            _("Eine zweite Person bestätigt den Zuschlag oder lehnt ihn ab; danach werden die Bieter informiert."),
            who=_("andere Person der Vergabestelle"),
            action=_link("evaluation.award", _("Vorschlag prüfen"), tender),
        ),
        TenderStage.STANDSTILL: NextStep(
            _("Die Bieter sind informiert. Nach der Stillhaltefrist wird der Zuschlag erteilt."),
            who=_("Vergabestelle"),
            action=_link("awarding.show", _("Information und Zuschlag"), tender),
        ),
        TenderStage.AWARDED: NextStep(
            _("Der Zuschlag ist erteilt. Die Kosten werden auf die Mitglieder aufgeteilt."),
            who=_("Vergabestelle"),
            action=_link("allocation.of_tender", _("Zur Kostenaufteilung"), tender),
        ),
    }


def may_manage() -> bool:
    """Whether the reader may change tenders at all."""
    return may(Permission.TENDERS_MANAGE)


def _link(endpoint: str, label: str, tender: Tender) -> dict[str, str] | None:
    """A button to another page; whoever only reads gets the pages by the tabs and no button to act."""
    if not _is_open(endpoint) or not may_manage():
        return None
    return {"label": label, "url": url_for(endpoint, tender_id=tender.id)}
