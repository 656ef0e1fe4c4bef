"""Firms take part before they bid: registered, told of every change, by post where no e-mail address is known."""

from procurement.audit.actions import Change, record
from procurement.audit.actor import Actor
from procurement.audit.events import Event
from procurement.bids import queries_firms
from procurement.bids.models import Bidder
from procurement.bids.models_firms import FirmNotice, FirmRegistration
from procurement.core import clock, mail
from procurement.core.db import db
from procurement.core.errors import Refused, refuse_if
from procurement.tenders.models import Tender
from procurement.tenders.question_rules import objections_to_time
from procurement.values.objection import Objection

Words = dict[str, Change | str]


def register_firm(tender: Tender, bidder: Bidder, *, by: Actor) -> FirmRegistration:
    """Note that a firm wants to be informed about this procedure, from publication to bid deadline."""
    db.session.refresh(tender, with_for_update={"of": Tender})
    refuse_if(objections_to_time(tender.stage, clock.now(), tender.published_at, tender.bid_deadline_at))
    if bidder.id in {one.bidder_id for one in queries_firms.registrations_of(tender.id)}:
        raise Refused([Objection(f"{bidder.name} ist schon vermerkt.", "bidder")])
    made = FirmRegistration(tender=tender, bidder=bidder, registered_at=clock.now(), registered_by_id=by.id)
    db.session.add(made)
    record(Event.FIRM_REGISTERED, made, by=by, changes={"Unternehmen": bidder.name}, tender_id=tender.id)
    return made


def inform_firms(tender: Tender, subject: str, text: str, *, by: Actor) -> list[FirmNotice]:
    """Tell every firm of a procedure the same: by e-mail, or as a letter to be sent by an officer."""
    made = [_notice(tender, firm, subject, text) for firm in queries_firms.firms_of(tender.id)]
    words: Words = {"Betreff": subject, "Per E-Mail": _names(made, by_mail=True) or "niemand"}
    by_post = _names(made, by_mail=False)
    if by_post:
        words["Zu informieren per Post"] = by_post
    record(Event.FIRMS_INFORMED, tender, by=by, changes=words, tender_id=tender.id)
    return made


def inform_firm(tender: Tender, firm: Bidder, subject: str, text: str) -> FirmNotice:
    """Write to one firm: by e-mail, or as a letter to be sent by an officer; whoever calls records what it is about."""
    notice = _notice(tender, firm, subject, text)
    db.session.flush()
    return notice


def _notice(tender: Tender, firm: Bidder, subject: str, text: str) -> FirmNotice:
    now = clock.now()
    notice = FirmNotice(
        tender=tender,
        bidder=firm,
        subject=subject,
        text=text,
        recipient=firm.email,
        made_at=now,
        informed_at=now if firm.email else None,
    )
    db.session.add(notice)
    if firm.email:
        mail.enqueue_mail(firm.email, subject, text)
    return notice


def _names(notices: list[FirmNotice], *, by_mail: bool) -> str:
    return ", ".join(notice.bidder.name for notice in notices if bool(notice.recipient) is by_mail)


def note_informed(notice: FirmNotice, *, by: Actor) -> FirmNotice:
    """Note that a firm without an e-mail address was informed by post."""
    db.session.refresh(notice, with_for_update={"of": FirmNotice})
    if notice.informed_at is not None:
        raise Refused(f"{notice.bidder.name} ist schon unterrichtet.")
    notice.informed_at, notice.informed_by_id = clock.now(), by.id
    words: Words = {"Unternehmen": notice.bidder.name, "Betreff": notice.subject}
    record(Event.FIRM_INFORMED_BY_POST, notice, by=by, changes=words, tender_id=notice.tender_id)
    return notice
