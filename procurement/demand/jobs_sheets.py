"""Reading a large demand sheet outside the request that uploaded it."""

from flask import current_app

from procurement.core import jobs
from procurement.core.db import db
from procurement.demand.actions_sheets import READING, read_upload
from procurement.demand.models_sheets import SheetUpload


@jobs.handler(READING)
def read_sheet(progress: jobs.Progress, upload_id: int) -> str:
    """Read one upload and lead to its preview."""
    read_upload(db.session.get_one(SheetUpload, upload_id), progress.report)
    path: str = current_app.url_map.bind("localhost").build("demand.sheet_preview", {"upload_id": upload_id})
    return path
