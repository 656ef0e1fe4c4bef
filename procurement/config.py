"""Settings: read once from ``instance/settings.toml`` and the secret file, checked, then frozen.

Two environment variables are looked at, here and nowhere else: ``PROCUREMENT_INSTANCE`` (another instance folder) and
``PROCUREMENT_DATABASE_URL`` (so that a password need not stand in a file).
"""

import os
import re
import secrets
import tomllib
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any, Self

ROOT = Path(__file__).resolve().parent.parent
MEBIBYTE = 1024 * 1024
MOST_PERCENT = 100
SENDER = re.compile(r"[^\s@<>,]+@[^\s@<>,]+")


class SettingsError(Exception):
    """The settings file names an unknown or unusable setting."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that differs between installations; the defaults suit the demonstration on one machine."""

    instance: Path
    secret_key: str
    database_url: str
    demonstration: bool = True
    official_site: bool = False
    secure_cookies: bool = False
    session_hours: int = 10
    upload_limit_bytes: int = 20 * MEBIBYTE
    password_memory_kib: int = 19 * 1024
    password_iterations: int = 2
    failed_sign_ins_per_account: int = 5
    failed_sign_ins_per_address: int = 50
    sign_in_window_minutes: int = 15
    base_url: str = "http://127.0.0.1:8000"
    mail_sender: str = ""
    smtp_host: str = ""
    smtp_port: int = 587
    smtp_user: str = ""
    smtp_password: str = ""
    smtp_starttls: bool = True
    substantial_change_percent: int = 10

    @classmethod
    def load(cls, instance: Path | None = None) -> Self:
        """Read the settings of this installation; raise :class:`SettingsError` naming the line to mend."""
        folder = instance or Path(os.environ.get("PROCUREMENT_INSTANCE") or ROOT / "instance")
        folder.mkdir(parents=True, exist_ok=True)
        written = _written_settings(folder / "settings.toml")
        url = os.environ.get("PROCUREMENT_DATABASE_URL") or written.pop("database_url", None)
        settings = cls(
            instance=folder,
            secret_key=_secret(folder / "secret_key"),
            database_url=str(url or f"sqlite:///{folder / 'procurement.sqlite3'}"),
        )
        chosen = replace(settings, **written)
        _check(chosen)
        return chosen


def _check(settings: "Settings") -> None:
    """Settings that only fit together: links need an address, mail needs a sender, a password needs encryption."""
    if not settings.base_url.startswith(("http://", "https://")):
        raise SettingsError("settings.toml: base_url must begin with http:// or https://")
    if settings.smtp_host and not SENDER.fullmatch(settings.mail_sender):
        raise SettingsError("settings.toml: smtp_host needs mail_sender, for example einkauf@example.de")
    if settings.smtp_user and not settings.smtp_starttls:
        raise SettingsError("settings.toml: smtp_user needs smtp_starttls = true, or the password travels unencrypted")
    if not 0 <= settings.substantial_change_percent <= MOST_PERCENT:
        raise SettingsError("settings.toml: substantial_change_percent must be a whole number from 0 to 100")


def _written_settings(path: Path) -> dict[str, Any]:
    """The settings file as a mapping of known names to values of the right type."""
    if not path.exists():
        return {}
    try:
        written = tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"{path.name}: {error}") from error
    known = {field.name: field.type for field in fields(Settings)}
    for name, value in written.items():
        if name not in known or name in {"instance", "secret_key"}:
            raise SettingsError(f"{path.name}: unknown setting {name!r}")
        if known[name] is not type(value):
            raise SettingsError(f"{path.name}: {name} must be of type {known[name]}")
    return written


def _secret(path: Path) -> str:
    """The key that signs cookies; made at first start, readable by the owner only."""
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text(encoding="ascii").strip()
    with os.fdopen(handle, "w", encoding="ascii") as file:
        key = secrets.token_hex(32)
        file.write(key)
    return key
