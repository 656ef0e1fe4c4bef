"""Demand sheets out and in: what a downloaded workbook holds, and what an uploaded one would change as of now."""

import sqlalchemy as sa

from procurement.core import clock
from procurement.core.db import db
from procurement.core.errors import NotFound
from procurement.core.filters import moment
from procurement.core.spreadsheets import write_csv, write_workbook
from procurement.demand import queries_answers
from procurement.demand.demand_sheet import SheetIdentity, SheetLine, csv_rows, demand_layout, layouts
from procurement.demand.models import Demand
from procurement.demand.models_sheets import SheetUpload
from procurement.demand.sheet_preview import Preview, preview_of
from procurement.demand.stored_reading import restored
from procurement.members.models import Account
from procurement.members.queries import association
from procurement.values.sheet_layout import WorkbookProperties

SHOWN_UPLOADS = 5


def identity_of(demand: Demand) -> SheetIdentity:
    """What a sheet of this demand says it belongs to."""
    round_, member = demand.round, demand.member
    return SheetIdentity(round_.id, round_.reference, round_.title, member.key, member.name, demand.version)


def sheet_lines(demand: Demand) -> list[SheetLine]:
    """Every article the demand may answer with what is stored and the figure of last time."""
    entries, last = queries_answers.entries_of(demand), queries_answers.last_figures(demand)
    return [
        SheetLine(article, entries.get(article.article_id), last.get(f"{article.number} {article.unit}"))
        for article in queries_answers.articles_for(demand)
    ]


def workbook_of(demand: Demand) -> bytes:
    """The demand as a protected workbook with instructions."""
    identity, known = identity_of(demand), association()
    properties = WorkbookProperties(identity.round_words, known.name if known else "", clock.now())
    return write_workbook(layouts(identity, sheet_lines(demand), moment(demand.round.deadline_at)), properties)


def csv_of(demand: Demand) -> bytes:
    """The demand as a CSV file with the same columns."""
    return write_csv(
        csv_rows(demand_layout(identity_of(demand), sheet_lines(demand), moment(demand.round.deadline_at)))
    )


def upload_for(account: Account, upload_id: int) -> SheetUpload:
    """An upload of this account, as long as it acts for the member; :class:`NotFound` for everybody else's."""
    found = db.session.get(SheetUpload, upload_id)
    if found is None or found.account_id != account.id or found.demand.member_id not in account.member_ids:
        raise NotFound
    return found


def uploads_of(account: Account, demand: Demand) -> list[SheetUpload]:
    """The latest uploads of this account for a demand, newest first."""
    query = sa.select(SheetUpload).filter_by(demand_id=demand.id, account_id=account.id)
    return list(db.session.scalars(query.order_by(SheetUpload.id.desc()).limit(SHOWN_UPLOADS)))


def preview(upload: SheetUpload) -> Preview:
    """What taking the file over would change now, whatever was stored since it was read."""
    demand = upload.demand
    articles, stored = queries_answers.articles_for(demand), queries_answers.entries_of(demand)
    return preview_of(restored(upload.reading), articles, stored)
