"""Sending files: exact bytes, a readable name, and no guessing of types by the browser."""

from io import BytesIO

from flask import send_file
from werkzeug.wrappers import Response

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PDF = "application/pdf"
ZIP = "application/zip"
CSV = "text/csv; charset=utf-8"
ICS = "text/calendar; charset=utf-8"


def attachment(content: bytes, filename: str, media_type: str) -> Response:
    """Answer with the bytes as a download."""
    return send_file(BytesIO(content), mimetype=media_type, as_attachment=True, download_name=filename, max_age=0)
