"""Addresses that work outside the browser, in mails and calendar files: the installation's own address and a path."""

from typing import Any

from flask import current_app

from procurement.config import Settings


def absolute(endpoint: str, **values: Any) -> str:
    """The full address of a page; needs no request, because mails are written by the worker."""
    settings: Settings = current_app.extensions["settings"]
    path: str = current_app.url_map.bind("localhost").build(endpoint, values)
    return settings.base_url.rstrip("/") + path
