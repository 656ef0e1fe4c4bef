"""Verbs of attachments: add a file to a demand or one of its articles, take it away; what was there stays on record."""

from procurement.audit.actions import record
from procurement.audit.events import Event
from procurement.core import clock, files
from procurement.core.db import db
from procurement.core.errors import refuse_if
from procurement.demand import queries_answers, queries_attachments, rules
from procurement.demand.actions_guard import hold_own
from procurement.demand.attachment_kinds import clean_name, media_type_of, objections_to_attachment
from procurement.demand.models import Attachment, Demand
from procurement.members.models import Account
from procurement.values.objection import Objection

WHOLE_DEMAND = "zum ganzen Bedarf"


def add_attachment(
    demand: Demand, file_name: str, content: bytes, *, by: Account, article_id: int | None = None
) -> Attachment:
    """Keep a file with the demand, or with one article this demand may answer."""
    hold_own(demand, by)
    name = clean_name(file_name)
    titles = {article.article_id: article.title for article in queries_answers.articles_for(demand)}
    found = _objections(demand)
    found += objections_to_attachment(name, content, already=len(queries_attachments.attachments_of(demand)))
    if article_id is not None and article_id not in titles:
        found.append(Objection("Dieser Artikel gehört nicht zu dieser Bedarfsrunde.", "article_id"))
    refuse_if(found)
    kept = files.store(content, media_type_of(name))
    made = Attachment(
        demand_id=demand.id,
        article_id=article_id,
        file_name=name,
        media_type=media_type_of(name),
        size=len(content),
        file_hash=kept.sha256,
        added_at=clock.now(),
        added_by_id=by.id,
    )
    db.session.add(made)
    about = titles[article_id] if article_id is not None else WHOLE_DEMAND
    words = {"Datei": f"{name} ({about})", "Prüfsumme": kept.sha256}
    record(Event.ATTACHMENT_ADDED, demand, by=by, changes=words, member_id=demand.member_id)
    return made


def remove_attachment(attachment: Attachment, *, by: Account) -> Attachment:
    """Take a file away from the demand; its row and its bytes stay for the record."""
    demand = attachment.demand
    hold_own(demand, by)
    refuse_if(_objections(demand))
    attachment.removed_at = clock.now()
    words = {"Datei": attachment.file_name, "Prüfsumme": attachment.file_hash}
    record(Event.ATTACHMENT_REMOVED, demand, by=by, changes=words, member_id=demand.member_id)
    return attachment


def _objections(demand: Demand) -> list[Objection]:
    contact = queries_answers.contact_of(demand.round)
    return rules.objections_to_saving(demand, demand.round, now=clock.now(), contact=contact)
