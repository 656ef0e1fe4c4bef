"""Settings: defaults for the demonstration, a file for an installation, clear words for a wrong one."""

import stat

import pytest

from procurement.config import Settings, SettingsError


@pytest.fixture(autouse=True)
def plain_environment(monkeypatch):
    monkeypatch.delenv("PROCUREMENT_DATABASE_URL", raising=False)
    monkeypatch.delenv("PROCUREMENT_INSTANCE", raising=False)


def test_without_a_file_the_defaults_suit_a_demonstration_on_sqlite(tmp_path):
    settings = Settings.load(tmp_path)
    assert settings.demonstration is True
    assert settings.database_url == f"sqlite:///{tmp_path / 'procurement.sqlite3'}"


def test_the_secret_is_made_once_and_only_its_owner_may_read_it(tmp_path):
    first, second = Settings.load(tmp_path), Settings.load(tmp_path)
    assert first.secret_key == second.secret_key
    assert len(first.secret_key) == 64
    assert stat.S_IMODE((tmp_path / "secret_key").stat().st_mode) == 0o600


def test_the_file_overrides_the_defaults(tmp_path):
    (tmp_path / "settings.toml").write_text('demonstration = false\nsession_hours = 4\ndatabase_url = "sqlite://"\n')
    settings = Settings.load(tmp_path)
    assert (settings.demonstration, settings.session_hours, settings.database_url) == (False, 4, "sqlite://")


def test_the_database_address_may_come_from_the_environment(tmp_path, monkeypatch):
    monkeypatch.setenv("PROCUREMENT_DATABASE_URL", "postgresql+psycopg://somebody@/procurement")
    assert Settings.load(tmp_path).database_url == "postgresql+psycopg://somebody@/procurement"


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("sesion_hours = 4", "unknown setting 'sesion_hours'"),
        ('session_hours = "4"', "session_hours must be of type"),
        ('secret_key = "0000"', "unknown setting 'secret_key'"),
        ("session_hours = ", "settings.toml"),
    ],
)
def test_a_wrong_setting_is_named(tmp_path, line, words):
    (tmp_path / "settings.toml").write_text(line + "\n")
    with pytest.raises(SettingsError, match=words):
        Settings.load(tmp_path)


@pytest.mark.parametrize(
    ("written", "missing"),
    [
        ('smtp_host = "mail.example.de"', "smtp_host needs mail_sender"),
        ('smtp_host = "mail.example.de"\nmail_sender = "kein Absender"', "smtp_host needs mail_sender"),
        ('smtp_user = "einkauf"\nsmtp_starttls = false', "smtp_user needs smtp_starttls"),
        ('base_url = "einkauf.example.de"', "base_url must begin with"),
    ],
)
def test_settings_that_do_not_fit_together_are_named(tmp_path, written, missing):
    (tmp_path / "settings.toml").write_text(written, encoding="utf-8")
    with pytest.raises(SettingsError, match=missing):
        Settings.load(tmp_path)
